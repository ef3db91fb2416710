"""What goes back: the board for the coordinator, a protocol and a letter for every organisation. Offline, printable."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import Any

from jinja2 import Environment, PackageLoader, StrictUndefined

from orientir.collecting.board import Board, BoardRow, BoardState
from orientir.collecting.history import Change
from orientir.model.collection import Remark
from orientir.model.periods import Period
from orientir.presentation import agreed, counted, day, day_in_words, period_name
from orientir.sources.forms.looks import MADE, height

_KEYS = {
    BoardState.NOT_SENT: "not_sent",
    BoardState.WITH_ERRORS: "with_errors",
    BoardState.INCOMPLETE: "incomplete",
    BoardState.ACCEPTED: "accepted",
}


@dataclass(frozen=True)
class Papers:
    """Writes the papers of one collection into its folder of the package."""

    folder: Path
    territory: str
    period: Period
    synthetic: bool

    def write(self, board: Board, changes: Mapping[str, Sequence[Change]]) -> None:
        protocols = self.folder / "protocols"
        protocols.mkdir(parents=True)
        (self.folder / "letters").mkdir()
        for row in board.rows:
            self._school(protocols, row, changes.get(row.organisation.id, ()))
        self._save(self.folder / "board.html", "board.html.j2", self._board(board))
        write_board_sheet(self.folder / "board.xlsx", board, self)

    def _save(self, path: Path, template: str, given: Mapping[str, Any]) -> None:
        text = _templates().get_template(template).render(synthetic=self.synthetic, **given)
        path.write_text(text.strip("\n") + "\n", encoding="utf-8", newline="")

    # ---- one organisation

    def _school(self, folder: Path, row: BoardRow, changes: Sequence[Change]) -> None:
        remarks = list(remarks_of(row))
        given = {
            "title": f"Протокол замечаний. {row.organisation.title}",
            "organisation": row.organisation.title,
            "period": period_name(self.period),
            "state": row.shown_state,
            "file": row.file,
            "received": day(row.received) if row.received else "",
            "remarks": remarks,
            "changes": changes,
            "form": row.form.title,
            "deadline": day_in_words(row.deadline),
            "subject": _subject(row, remarks),
            "what": counted(len(remarks), "замечание"),
        }
        self._save(folder / f"{row.organisation.id}.html", "protocol.html.j2", given)
        text = _templates().get_template("letter.txt.j2").render(synthetic=self.synthetic, **given)
        # With a BOM, so that Notepad and Word read the letter as it is.
        (self.folder / "letters" / f"{row.organisation.id}.txt").write_text(text, encoding="utf-8-sig", newline="\r\n")
        if remarks:
            write_protocol_sheet(folder / f"{row.organisation.id}.xlsx", row, remarks, self)

    # ---- the board

    def _board(self, board: Board) -> dict[str, Any]:
        whole = len(board.rows) or 1
        return {
            "title": f"Сбор сведений: {self.territory}, {period_name(self.period)}",
            "lead": f"Получено {board.sent} из {len(board.rows)}.",
            "tally": [
                {"key": _KEYS[one], "count": board.counted(one), "width": round(100 * board.counted(one) / whole, 2),
                 "text": f"{one}: {board.counted(one)}"}
                for one in BoardState
            ],
            "rows": [_shown(row) for row in board.rows],
            "refused": board.refused,
        }  # fmt: skip


def remarks_of(row: BoardRow) -> Iterator[Remark]:
    """What was found in the file, then what the checks say; notes that ask for nothing come last."""
    asked = [one for one in row.remarks if one.is_error]
    told = [one for one in row.remarks if not one.is_error]
    issues = [Remark(issue.where, issue.message, issue.advice) for issue in row.issues if issue.severity != "info"]
    yield from (*asked, *issues, *told)


def _subject(row: BoardRow, remarks: Sequence[Remark]) -> str:
    if not row.file:
        return "форма не получена"
    return counted(len(remarks), "замечание") if remarks else "форма принята"


def _shown(row: BoardRow) -> dict[str, object]:
    return {
        "key": _KEYS[row.state],
        "title": row.organisation.title,
        "state": row.shown_state,
        "received": day(row.received) if row.received else "",
        "filled": f"{row.answered} из {row.asked}" if row.file else "",
        "remarks": sum(1 for _ in remarks_of(row)) if row.file else "",
        "link": f"protocols/{row.organisation.id}.html",
    }


@cache
def _templates() -> Environment:
    return Environment(
        loader=PackageLoader("orientir.collecting"),
        undefined=StrictUndefined,
        autoescape=lambda name: bool(name) and name.endswith(".html.j2"),  # type: ignore[union-attr]
        trim_blocks=True,
        lstrip_blocks=True,
    )


# ---- workbooks


def write_protocol_sheet(path: Path, row: BoardRow, remarks: Sequence[Remark], papers: Papers) -> None:
    head = (("№", 5), ("Где", 42), ("Что не так", 60), ("Что сделать", 48))
    lines = [(number, one.place, one.what, one.cure) for number, one in enumerate(remarks, 1)]
    title = f"Протокол замечаний. {row.organisation.title}, {period_name(papers.period)}. {row.shown_state}"
    _sheet(path, "Замечания", title, head, lines, papers.synthetic)


def write_board_sheet(path: Path, board: Board, papers: Papers) -> None:
    head = (("Организация", 44), ("Состояние", 28), ("Получено", 12), ("Ячеек", 10), ("Заполнено", 11),
            ("Замечаний", 11),
            ("Файл", 40))  # fmt: skip
    lines: list[Sequence[object]] = [
        (row.organisation.title, row.shown_state, day(row.received) if row.received else "", row.asked, row.answered,
         sum(1 for _ in remarks_of(row)), row.file)
        for row in board.rows
    ]  # fmt: skip
    lines += [("", f"файл не принят: {why}", "", "", "", "", name) for name, why in board.refused]
    title = f"{papers.territory}, {period_name(papers.period)}. Получено {board.sent} из {len(board.rows)}"
    _sheet(path, "Табло", title, head, lines, papers.synthetic)


def _sheet(
    path: Path,
    name: str,
    title: str,
    head: Sequence[tuple[str, int]],
    lines: Sequence[Sequence[object]],
    synthetic: bool,
) -> None:
    from xlsxwriter import Workbook

    with Workbook(str(path), {"in_memory": True}) as book:
        book.set_properties({"title": title, "created": MADE})
        bold, box = book.add_format({"bold": True}), {"border": 1, "text_wrap": True, "valign": "top"}
        top = book.add_format({**box, "bold": True, "bg_color": "#EEF1F5"})
        body = book.add_format(box)
        sheet = book.add_worksheet(name)
        sheet.write(0, 0, title + (". СИНТЕТИЧЕСКИЕ ДАННЫЕ" if synthetic else ""), bold)
        for column, (text, width) in enumerate(head):
            sheet.set_column(column, column, width)
            sheet.write(2, column, text, top)
        for row, line in enumerate(lines, 3):
            for column, value in enumerate(line):
                sheet.write(row, column, value, body)
            widest = [height(str(value), head[column][1]) for column, value in enumerate(line)]
            sheet.set_row(row, max(widest))
        sheet.freeze_panes(3, 0)
        sheet.set_paper(9)
        sheet.set_landscape()
        sheet.fit_to_pages(1, 0)
        sheet.repeat_rows(2)


def tally_line(board: Board) -> str:
    """«Получено 17 из 19: принято 12, с ошибками 3, заполнено не всё 2; не сдано 2.»"""
    states = ", ".join(f"{one} {board.counted(one)}" for one in reversed(BoardState) if board.counted(one))
    refused = len(board.refused)
    tail = f" Не {agreed(refused, 'принят')} {counted(refused, 'файл')}." if refused else ""
    return f"Получено {board.sent} из {len(board.rows)}: {states}.{tail}"
