"""What goes back: the board for the coordinator, a protocol and a letter for every organisation. Offline, printable.

A letter is plain text, for any mail program; where something is asked it is also a page, which keeps its table when it
is pasted into a message. Workbooks are made in workbooks.py.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from functools import cache, cached_property
from pathlib import Path
from typing import Any

from jinja2 import Environment, PackageLoader, StrictUndefined, Template

from orientir.collecting.board import Board, BoardRow, BoardState
from orientir.collecting.files import write_new
from orientir.collecting.history import Change
from orientir.collecting.intake import safe_name
from orientir.collecting.workbooks import EmptyWorkbook, Table, write_workbook
from orientir.model.collection import Remark
from orientir.model.forms import Form
from orientir.model.periods import Period
from orientir.presentation import agreed, counted, day, day_in_words, period_name

_KEYS = {
    BoardState.NOT_SENT: "not_sent",
    BoardState.WITH_ERRORS: "with_errors",
    BoardState.INCOMPLETE: "incomplete",
    BoardState.ACCEPTED: "accepted",
}
_BOM = b"\xef\xbb\xbf"  # so that Notepad and Word read the letter as it is


@dataclass(frozen=True)
class Papers:
    """Writes the papers of one collection into its folder of the package. `forms` are all that were sent out."""

    folder: Path
    territory: str
    period: Period
    synthetic: bool
    prepared_by: str
    forms: tuple[Form, ...]

    def __post_init__(self) -> None:
        for name in ("protocols", "letters"):
            (self.folder / name).mkdir(parents=True)

    def _save(self, name: str, template: str, given: Mapping[str, Any]) -> None:
        text = _template(template).render(given)
        write_new(f"{self.folder}/{name}", text.strip("\n").encode() + b"\n")

    # ---- one organisation

    def school(self, row: BoardRow, changes: Sequence[Change]) -> None:
        """Its protocol and the letter to it."""
        remarks = list(remarks_of(row))
        name = self._name(row)
        given = {
            "synthetic": self.synthetic,
            "prepared_by": self.prepared_by,
            "organisation": row.organisation.title,
            "title": f"Протокол замечаний. {row.organisation.title}",
            "period": period_name(self.period),
            "state": row.shown_state,
            "file": row.file,
            "received": day(row.received) if row.received else "",
            "filled": f"{row.answered} из {row.asked}",
            "remarks": remarks,
            "changes": changes,
            "form": row.form.title,
            "deadline": _deadline(row),
            "what": counted(len(remarks), "замечание") if remarks else "",
        }
        self._save(f"protocols/{name}.html", "protocol.html.j2", given)
        self._letter(f"letters/{name}", row, remarks, given)
        table = protocol_table(row, remarks, self)
        if remarks:
            write_workbook(self.folder / f"protocols/{name}.xlsx", table, self.synthetic)
        else:
            write_new(f"{self.folder}/protocols/{name}.xlsx", self._empty.told(table.title, table.about))

    @cached_property
    def _empty(self) -> EmptyWorkbook:
        return EmptyWorkbook(_PROTOCOL, self.synthetic)

    def _letter(self, name: str, row: BoardRow, remarks: Sequence[Remark], given: Mapping[str, Any]) -> None:
        text = _template("letter.txt.j2").render(given).strip("\n") + "\n"
        write_new(f"{self.folder}/{name}.txt", _BOM + text.replace("\n", "\r\n").encode())
        if remarks or not row.file:
            self._save(f"{name}.html", "letter.html.j2", given)

    def _name(self, row: BoardRow) -> str:
        """Of its papers; with the form where there is more than one."""
        name = safe_name(row.organisation.id)
        return name if len(self.forms) == 1 else f"{name}_{row.form.id}"

    # ---- the board

    def board(self, board: Board) -> None:
        # Piece by piece: the board of a region is too long to be held in one text.
        with (self.folder / "board.html").open("w", encoding="utf-8", newline="") as out:
            out.writelines(_template("board.html.j2").generate(self._board(board)))
            out.write("\n")
        write_workbook(self.folder / "board.xlsx", board_table(board, self), self.synthetic, long=True)

    def _board(self, board: Board) -> dict[str, Any]:
        whole = len(board.rows) or 1
        return {
            "synthetic": self.synthetic,
            "title": f"Сбор сведений. {self.territory}, {period_name(self.period)}",
            "lead": f"Получено {board.sent} из {len(board.rows)}.",
            "deadlines": tuple(dict.fromkeys(_deadline(row) for row in board.rows)),
            "tally": [
                {"key": _KEYS[one], "count": board.counted(one), "width": round(100 * board.counted(one) / whole, 2),
                 "text": f"{one} — {board.counted(one)}"}
                for one in BoardState
            ],
            "late": sum(row.is_late for row in board.rows),
            "several": len(self.forms) > 1,
            "rows": (self._shown(row) for row in board.rows),
            "refused": board.refused,
        }  # fmt: skip

    def _shown(self, row: BoardRow) -> dict[str, object]:
        return {
            "key": _KEYS[row.state],
            "title": row.organisation.title,
            "form": row.form.title,
            "state": row.shown_state,
            "received": day(row.received) if row.received else "",
            "filled": f"{row.answered} из {row.asked}" if row.file else "",
            "remarks": sum(1 for _ in remarks_of(row)) if row.file else "",
            "name": self._name(row),
        }


def remarks_of(row: BoardRow) -> Iterator[Remark]:
    """What was found in the file, then what the checks say; notes that ask for nothing come last."""
    yield from (one for one in row.remarks if one.is_error)
    yield from (Remark(issue.where, issue.message, issue.advice) for issue in row.issues)
    yield from (one for one in row.remarks if not one.is_error)


def _deadline(row: BoardRow) -> str:
    return _in_words(row.deadline)


_in_words = cache(day_in_words)


@cache
def _template(name: str) -> Template:
    environment = Environment(
        loader=PackageLoader("orientir.collecting"),
        undefined=StrictUndefined,
        autoescape=lambda name: bool(name) and name.endswith(".html.j2"),  # type: ignore[union-attr]
        trim_blocks=True,
        lstrip_blocks=True,
    )
    return environment.get_template(name)


# ---- the same as tables


_PROTOCOL = Table(
    "Замечания", "", "", columns=(("№", 5), ("Где", 40), ("Что не так", 56), ("Что сделать", 48)), rows=()
)


def protocol_table(row: BoardRow, remarks: Sequence[Remark], papers: Papers) -> Table:
    return replace(
        _PROTOCOL,
        title=f"Протокол замечаний. {row.organisation.title}, {period_name(papers.period)}",
        about=_about(row, remarks),
        rows=((number, one.place, one.what, one.cure) for number, one in enumerate(remarks, 1)),
    )


def _about(row: BoardRow, remarks: Sequence[Remark]) -> str:
    if not row.received:
        return f"Форма ещё не получена. Срок — {_deadline(row)}."
    told = f"Файл «{row.file}», получен {day(row.received)}: {row.shown_state}."
    return told if remarks else f"{told} Замечаний нет."


def board_table(board: Board, papers: Papers) -> Table:
    return Table(
        sheet="Табло",
        title=f"Сбор сведений. {papers.territory}, {period_name(papers.period)}",
        about=tally_line(board),
        columns=(
            ("Организация", 44), ("Состояние", 26), ("Получено", 12), ("Ячеек", 9), ("Заполнено", 11),
            ("Замечаний", 11), ("Файл", 40),
        ),
        rows=_board_rows(board),
    )  # fmt: skip


def _board_rows(board: Board) -> Iterator[Sequence[str | int]]:
    for row in board.rows:
        received = day(row.received) if row.received else ""
        found = sum(1 for _ in remarks_of(row))
        yield row.organisation.title, row.shown_state, received, row.asked, row.answered, found, row.file
    for name, why in board.refused:
        yield "", f"файл не принят: {why}", "", "", "", "", name


def tally_line(board: Board) -> str:
    """«Получено 17 из 19: принято 12, с ошибками 3, заполнено не всё 2, не сдано 2.»"""
    states = ", ".join(f"{one} {board.counted(one)}" for one in reversed(BoardState) if board.counted(one))
    late = sum(row.is_late for row in board.rows)
    refused = len(board.refused)
    told = f"Получено {board.sent} из {len(board.rows)}: {states}." if board.rows else "Получать не от кого."
    told += f" С опозданием {late}." if late else ""
    return told + (f" Не {agreed(refused, 'принят')} {counted(refused, 'файл')}." if refused else "")
