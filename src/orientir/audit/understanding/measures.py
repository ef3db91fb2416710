"""Numbers of a table with their periods and roles, and who belongs together: a whole, a part of it and its share."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import replace
from itertools import groupby

from orientir.audit.document import Cell
from orientir.audit.report import Measure, Population, ReportTable, Role, TidyCell, Year
from orientir.audit.understanding.distributions import distributed
from orientir.audit.understanding.headers import head_path, is_empty, row_label, understand_head
from orientir.audit.understanding.numbers import cell_numbers, is_part_of_whole
from orientir.audit.understanding.periods import sole_year
from orientir.audit.understanding.populations import population_of, squeezed
from orientir.audit.understanding.topics import topic_of

_SHARE = re.compile(r"%|процент|^дол[яие]|доля|удельныйвес|впроцентах")
_WHOLE = re.compile(r"^(?:всего|общее|общая|итого|численность|контингент)|всего|общеечисло|общаячисленность|отобщего")
_NAMED = re.compile(r"№|«[^»]+»")
_COUNT = re.compile(r"^(?:кол-?во|количество|число|численность)")
_DONE = re.compile(
    r"поступ|принял|участ|прош(?:л|ед)|охвач|получ|оказан|выбра|изуча|занима|продолж|трудоустро|зачисл|включ|посет|"
    r"обратив|консультир|зарегистр|имеющ|охват|вовлеч|обучивш|состоящ|состави(?:л|вш)|побыва|стал[иа]|ставш|"
    r"выполни|написа|пользова"
)
_OF_THEM = re.compile(r"изних|втомчисле|вт\.ч")
_UNITS = tuple(
    (re.compile(pattern, re.IGNORECASE), unit)
    for pattern, unit in (
        (r"\bчел(?:\.|овек)?", "чел."), ("%", "%"), (r"\bмест\b", "мест"), (r"\bчас(?:ы|ов|а)?\b", "ч"),
        (r"\bед\.", "ед."), (r"\bшт\b", "шт."),
    )
)  # fmt: skip


def understand_table(table: ReportTable) -> None:
    """Fills cells and measures. A table of which no number is understood keeps both empty."""
    body = understand_head(table)
    table.subject = population_of(table.caption)
    table.topic = topic_of(table.caption)
    own = sole_year(table.caption)
    for row in table.table.rows[body:]:
        label = row_label(table, row)
        table.cells += list(_tidy_row(table, row, label, own))
    if table.cells:
        table.kind = "measures"
        table.measures = distributed(table) or list(
            _by_columns(table) if _has_years_above(table) or not _roles_in_rows(table) else _by_rows(table)
        )


def _tidy_row(table: ReportTable, row: Sequence[Cell], label: str, own: Year | None) -> Iterator[TidyCell]:
    seen: set[int] = set()
    for column in range(table.stub, len(row)):
        cell = row[column]
        if id(cell) in seen or is_empty(cell.text):
            continue
        seen.add(id(cell))
        path = head_path(table, column)
        year = next((found for text in reversed(path) if (found := sole_year(text))), None) or sole_year(label) or own
        numbers = cell_numbers(cell.text)
        told = (Role.PART, Role.WHOLE, Role.SHARE) if is_part_of_whole(cell.text) else (None, None)
        for number, own_role in zip(numbers, told, strict=False):
            role = Role.SHARE if number.is_percent else own_role or _role(path, label)
            if role is Role.SHARE and number is not numbers[-1]:  # «4 / 1,5 %» under a head with a percent sign
                role = Role.PART
            yield TidyCell(table, cell, number, role, year, path, label, _unit(path, label))


def _role(path: Sequence[str], label: str) -> Role | None:
    """By the head of the column from its end, then by the name of the row."""
    for text in (_tail(path), squeezed(label)):
        if not text:
            continue
        if _SHARE.search(text):
            return Role.SHARE
        if _DONE.search(text) or _OF_THEM.match(text):
            return Role.PART
        if _WHOLE.search(text) or (_COUNT.match(text) and population_of(text)):
            return Role.WHOLE
    return None


def _tail(path: Sequence[str]) -> str:
    return squeezed(" ".join(column_head(path)))


def column_head(path: Sequence[str]) -> tuple[str, ...]:
    """What a head says beside the year: what stands below the year, else above it; without a year its last words."""
    for place in range(len(path) - 1, -1, -1):
        if sole_year(path[place]):
            return tuple(path[place + 1 :]) or tuple(path[max(place - 1, 0) : place]) or (path[place],)
    return tuple(path[-1:])


def _unit(path: Sequence[str], label: str) -> str:
    said = " ".join((*path[-1:], label))
    return next((unit for pattern, unit in _UNITS if pattern.search(said)), "")


def _has_years_above(table: ReportTable) -> bool:
    return any(sole_year(text) for cell in table.cells for text in cell.path)


def _roles_in_rows(table: ReportTable) -> bool:
    """Rows say what is counted («Всего», «Доля, %»), and not where or when."""
    roles = {_role((), cell.row_label) for cell in table.cells if cell.row_label}
    return len(roles - {None}) > 1 or (len(roles) > 1 and Role.SHARE in roles)


# ---- groups


def _by_columns(table: ReportTable) -> Iterator[Measure]:
    """In each row, the columns of one year belong together; where rows hold the roles, the rows of one column."""
    if _has_years_above(table) and _roles_in_rows(table):
        yield from _by_rows(table)
        return
    for _, row in groupby(table.cells, key=lambda cell: cell.cell.row):
        groups: dict[Year | None, list[TidyCell]] = {}
        for cell in row:
            groups.setdefault(cell.year, []).append(cell)
        for group in groups.values():
            yield from _split(table, group)


def _by_rows(table: ReportTable) -> Iterator[Measure]:
    columns = sorted(table.cells, key=lambda cell: (cell.cell.column, cell.cell.row))
    for _, group in groupby(columns, key=lambda cell: cell.cell.column):
        yield from _split(table, list(group))


def _split(table: ReportTable, group: Sequence[TidyCell]) -> Iterator[Measure]:
    """One whole may be followed by several parts, each with its share."""
    cells = _with_roles(group)
    by_role = {cell.role: cell for cell in cells}
    if len(cells) == len(by_role) == len(Role):  # one of each, in any order
        yield _measure(table, by_role[Role.WHOLE], by_role[Role.PART], by_role[Role.SHARE])
        return
    whole = next((cell for cell in cells if cell.role is Role.WHOLE), None)
    pending: TidyCell | None = None
    found = False
    for cell in cells:
        if cell.role is Role.WHOLE:
            whole = cell
        elif cell.role is Role.PART:
            if pending is not None:
                yield _measure(table, whole, pending, None)
                found = True
            pending = cell
        elif cell.role is Role.SHARE:
            yield _measure(table, whole, pending, cell)
            pending, found = None, True
    if pending is not None or not found:
        yield _measure(table, whole, pending, None)


def _with_roles(group: Sequence[TidyCell]) -> list[TidyCell]:
    """Heads that say the same twice mean a count and its share; a first number without a role is the whole."""
    cells = list(group)
    parts = [place for place, cell in enumerate(cells) if cell.role is Role.PART]
    if len(parts) == 2 and not any(cell.role is Role.SHARE for cell in cells) and _same_head(cells, parts):
        cells[parts[1]] = _as(cells[parts[1]], Role.SHARE)
    has_whole = any(cell.role is Role.WHOLE for cell in cells)
    if (
        not has_whole
        and len(cells) > 1
        and cells[0].role is not Role.SHARE
        and _OF_THEM.match(squeezed(_named(cells[1])))
    ):
        cells[0] = _as(cells[0], Role.WHOLE)  # «участников ЕГЭ» — «из них по профилю»
    shares = [cell for cell in cells if cell.role is Role.SHARE]
    if len(shares) == 2 and not any(cell.role is Role.PART for cell in cells) and len(cells) == 3:
        first = next(place for place, cell in enumerate(cells) if cell.role is Role.SHARE)
        cells[first] = _as(cells[first], Role.PART)
    wholes = [place for place, cell in enumerate(cells) if cell.role is Role.WHOLE]
    if len(wholes) == 2 and len(cells) == 3 and not any(cell.role is Role.PART for cell in cells):
        cells[wholes[1]] = _as(cells[wholes[1]], Role.PART)
    return [_guessed(cell, place, cells) for place, cell in enumerate(cells)]


def _named(cell: TidyCell) -> str:
    return cell.row_label if cell.row_label and not sole_year(cell.row_label) else " ".join(column_head(cell.path))


def _same_head(cells: Sequence[TidyCell], parts: Sequence[int]) -> bool:
    one, other = (squeezed(cells[place].path[-1] if cells[place].path else "") for place in parts)
    return one == other or ("доля" in squeezed(cells[0].table.caption) and one[:12] == other[:12])


def _guessed(cell: TidyCell, place: int, cells: Sequence[TidyCell]) -> TidyCell:
    if cell.role is not None:
        return cell
    roles = {one.role for one in cells}
    if Role.SHARE in roles and Role.PART not in roles and Role.WHOLE in roles:
        return _as(cell, Role.PART)
    names_whom = Role.PART in roles and population_of(own_head(cell)) is not None
    if Role.SHARE in roles and Role.WHOLE not in roles and (place == 0 or names_whom) and len(cells) > 2:
        return _as(cell, Role.WHOLE)
    return _as(cell, Role.PART)


def _as(cell: TidyCell, role: Role) -> TidyCell:
    return TidyCell(cell.table, cell.cell, cell.number, role, cell.year, cell.path, cell.row_label, cell.unit)


def _measure(table: ReportTable, whole: TidyCell | None, part: TidyCell | None, share: TidyCell | None) -> Measure:
    known = next(cell for cell in (part, share, whole) if cell is not None)
    return Measure(table, known.year, known.row_label, whole, part, share, _population(table, whole))


def _population(table: ReportTable, whole: TidyCell | None) -> Population | None:
    if whole is None:
        return table.subject
    own = population_of(own_head(whole), table.caption) or population_of(" ".join(whole.path), table.caption)
    if own is None or own.kind:
        return own or table.subject
    # «Всего, 9–11 кл.»: who, the caption says.
    if table.subject is None or not table.subject.kind:
        return own
    head = population_of(" ".join(whole.path), table.caption) or own
    narrower = head if head.grades <= table.subject.grades or head is not own else table.subject
    if not narrower.grades:
        narrower = table.subject
    traits = own.traits | table.subject.traits
    return replace(table.subject, grades=narrower.grades, union=narrower.union, traits=traits)


def own_head(cell: TidyCell) -> str:
    """The head of the column without its year, and the name of the row if it is not that of one school."""
    row = "" if _NAMED.search(cell.row_label) else cell.row_label
    return " ".join((*column_head(cell.path), row))
