"""Form: numbers of tables and sections, labels of periods, the place the report is about."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable, Iterator

from orientir.audit.document import Paragraph
from orientir.audit.finding import Finding, Severity, rule
from orientir.audit.report import Report, ReportTable, TidyCell, Year
from orientir.audit.rules.parts_of_report import is_data
from orientir.audit.understanding.parts import CAPTION
from orientir.audit.understanding.territories import Municipality, municipalities, own_municipality

_NUMBER = re.compile(r"^(\d+\.)*\d+$")
_MENTIONED = re.compile(r"^\s*Табл(?:ица|\.)\s*(?:№\s*)?((?:\d+\.)*\d+)", re.I)
_LABEL = 20  # «за 2021-2022 учебный год» is a label, «конкурс «АгроНТИ-2022»» with all its words is a thing done
_COMPARED = re.compile(r"сравнен|соседн|в отличие|опыт|как и в|вместе с|совместно|граничит|выезд|поездк|гост")
_UNNAMED = re.compile(r"муниципальн(?:ого|ом|ому|ым) (район|округ)(?:а|е|у|ом)\b(?! или)", re.I)
_OWN = re.compile(r"(?:обучающи|выпускник|школьник|родител|школ|организаци|систем|мониторинг|отчет|отчёт)\w*\s", re.I)


@rule("table-number-gap")
def table_number_gap(report: Report) -> Iterator[Finding]:
    """A number that captions skip, or use twice."""
    captions = {found[1] for one in report.document.paragraphs if (found := _MENTIONED.match(one.text))}
    for series in _series(report.tables):
        yield from _repeated(series)
        yield from _skipped(series, captions)


def _series(tables: Iterable[ReportTable]) -> Iterator[list[ReportTable]]:
    """Tables numbered together: «2.1, 2.2» apart from «3.1», an annex that begins with 1 and 2 again apart too."""
    groups: dict[str, list[list[ReportTable]]] = {}
    numbered = [one for one in tables if one.number and _NUMBER.match(one.number) and not _goes_on(one)]
    for at, table in enumerate(numbered):
        chapter, own = _split(table)
        following = _split(numbered[at + 1]) if at + 1 < len(numbered) else ("", 0)
        series = groups.setdefault(chapter, [[]])
        if own == 1 and series[-1] and following == (chapter, 2) and any(_split(one)[1] == 2 for one in series[-1]):
            series.append([])
        series[-1].append(table)
    return (one for series in groups.values() for one in series)


def _goes_on(table: ReportTable) -> bool:
    return bool(re.search(r"продолжение|окончание", table.caption, re.I))


def _split(table: ReportTable) -> tuple[str, int]:
    chapter, _, own = (table.number or "0").rpartition(".")
    return chapter, int(own)


def _repeated(series: list[ReportTable]) -> Iterator[Finding]:
    first: dict[int, ReportTable] = {}
    for table in series:
        other = first.setdefault(_split(table)[1], table)
        if other is not table:
            message = (
                f"Номер таблицы {table.number} использован дважды: так же названа таблица в строке {other.place.line}."
            )
            yield _about(table, message, table.number or "")


def _skipped(series: list[ReportTable], captions: set[str]) -> Iterator[Finding]:
    chapter = _split(series[0])[0] if series else ""
    used = {_split(table)[1]: table for table in reversed(series)}
    first = 1 if min(used, default=1) <= 3 else min(used)
    for number in range(first, max(used, default=0)):
        printed = f"{chapter}.{number}" if chapter else str(number)
        if number not in used and printed not in captions:
            after = used[min(one for one in used if one > number)]
            before = [one for one in used if one < number]
            since = f"после таблицы {used[max(before)].number} идёт" if before else "первой идёт"
            yield _about(after, f"Нет таблицы {printed}: {since} таблица {after.number}.", after.number or "", printed)


def _about(table: ReportTable, message: str, reported: str, expected: str | None = None) -> Finding:
    return Finding(
        "table-number-gap", Severity.WARNING, table.place, message, table.number, reported=reported, expected=expected
    )


@rule("table-unnumbered")
def table_unnumbered(report: Report) -> Iterator[Finding]:
    """A table of data without a number; where no table has one, that is said once."""
    bare = [one for one in report.tables if one.number is None and is_data(one)]
    if any(one.number for one in report.tables):
        for table in bare:
            caption = f" «{table.caption[:80]}»" if table.caption else ""
            message = f"У таблицы{caption} нет номера, а другие таблицы отчёта пронумерованы: сослаться на неё нельзя."
            yield Finding("table-unnumbered", Severity.INFO, table.place, message)
    elif len(bare) > 1:
        message = f"Ни одна из {len(bare)} таблиц отчёта не пронумерована: на них нельзя сослаться."
        yield Finding("table-unnumbered", Severity.INFO, bare[0].place, message)


@rule("period-labels-mixed")
def period_labels_mixed(report: Report) -> Iterator[Finding]:
    """The same years are called «2020» in one table and «2019-2020» in another."""
    forms: dict[str, dict[int, tuple[Year, ReportTable]]] = {}
    for table in report.tables:
        for year in _printed(table):
            forms.setdefault(_form(year), {}).setdefault(year.ends, (year, table))
    both = [(one, other) for one in forms for other in forms if one < other and set(forms[one]) & set(forms[other])]
    if not both:
        return
    one, other = next((pair for pair in both if "calendar" in pair), both[0])
    ends = min(set(forms[one]) & set(forms[other]))
    (year, table), (again, second) = sorted(
        (forms[one][ends], forms[other][ends]), key=lambda found: found[1].place.line
    )
    message = (
        f"Один и тот же период обозначен по-разному: «{year.printed}» ({table.named}) и «{again.printed}» "
        f"({second.named}). Не ясно, календарный это год или учебный."
    )
    severity = Severity.WARNING if "calendar" in (one, other) else Severity.INFO
    yield Finding(
        "period-labels-mixed",
        severity,
        second.place,
        message,
        second.number,
        again.printed,
        again.printed,
        year.printed,
    )


def _printed(table: ReportTable) -> list[Year]:
    """The periods of a table; a register of events dates its rows and labels no periods."""
    if table.kind == "events":
        return []
    return [cell.year for cell in table.cells if cell.year and _labels(table, cell, cell.year)]


def _labels(table: ReportTable, cell: TidyCell, year: Year) -> bool:
    """Whether the period heads a column, a row or the table; a column «when» in a list of things done does not."""
    if year.printed in cell.row_label:
        return len(cell.row_label) <= len(year.printed) + _LABEL
    return not cell.row_label or any(year.printed in text for text in (*cell.path, table.caption))


def _form(year: Year) -> str:
    if not year.is_school_year:
        return "calendar"
    return "short" if re.search(r"\d{4}\s*[/\\]\s*\d{2}(?!\d)", year.printed) else "long"


@rule("territory-mismatch")
def territory_mismatch(report: Report) -> Iterator[Finding]:
    """Another municipality stands where the report speaks of its own pupils, schools and system."""
    own = own_municipality(report.document)
    if own is None:
        return
    texts = [one.text for one in report.document.paragraphs]
    places = Counter(named.stem for text in texts for named in municipalities(text))
    places[own.stem] = max(places[own.stem], sum(own.stem in text for text in texts))
    for paragraph in _own_lines(report):
        foreign = next((one for one in _foreign(paragraph, own) if places[one.stem] <= places[own.stem]), None)
        if foreign:
            message = f"Назван «{foreign.name}», а отчёт — «{own.name}»: вероятно, текст взят из чужого отчёта."
            yield _elsewhere(paragraph, Severity.WARNING, message, foreign.name, own.name)
        elif other := _other_type(paragraph, own):
            message = f"Сказано «{other}», а отчёт — «{own.name}»: вероятно, формулировка взята из чужого отчёта."
            yield _elsewhere(paragraph, Severity.INFO, message, other, own.name)


def _elsewhere(paragraph: Paragraph, severity: Severity, message: str, reported: str, expected: str) -> Finding:
    return Finding("territory-mismatch", severity, paragraph.place, message, None, None, reported, expected)


def _own_lines(report: Report) -> Iterator[Paragraph]:
    """Lines that speak of the report's own place: not of events, which may be held anywhere, nor of comparisons."""
    elsewhere = {one.place.line for part in report.sections_of("events") for one in part.paragraphs}
    for paragraph in report.document.paragraphs:
        if paragraph.place.line not in elsewhere and not _COMPARED.search(paragraph.text.lower()):
            yield paragraph


def _foreign(paragraph: Paragraph, own: Municipality) -> Iterator[Municipality]:
    """Others than our own, in a title or right after the word of what is theirs («обучающихся Лесогорского района»)."""
    is_title = bool(paragraph.heading or CAPTION.match(paragraph.text))
    for named in municipalities(paragraph.text):
        before = paragraph.text[: paragraph.text.find(named.stem)][-60:]
        if named.stem != own.stem and (is_title or _OWN.search(before)):
            yield named


def _other_type(paragraph: Paragraph, own: Municipality) -> str:
    """«муниципального района» without a name in the report of a district of another type."""
    found = _UNNAMED.search(paragraph.text)
    if not found or not own.type.startswith("муниципальн") or any(municipalities(paragraph.text)):
        return ""
    return "" if found[1].lower() in own.type else found[0]
