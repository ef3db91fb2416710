"""What is the same on every page of a form: its tables with empty places, made once for a purpose and a language.

Every row and cell has a number (`filling.spots_of`): fields are c1, c2, …, rows r1, r2, …, so that grid.js and the
checks find them.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from enum import StrEnum
from functools import lru_cache
from typing import Protocol
from urllib.parse import quote

from django.utils.html import conditional_escape as escape
from django.utils.translation import gettext as _

from orientir.model.forms import AnswerKind
from orientir.sources.forms.layout import FIRST, TOTAL, CellPlace, RowPlace, SectionPlace
from orientir.sources.forms.limits import MARKS
from orientir_web.submissions.filling import spots_of
from orientir_web.submissions.sheets import Sheet
from orientir_web.submissions.words import in_own_language, speech

_MARK = "\x00"  # around the number of a place; stands in no title


class Purpose(StrEnum):
    FILL = "fill"
    READ = "read"
    REVIEW = "review"
    PRINT = "print"


class Said(Protocol):
    """What a page knows of the rows and cells of its form, as HTML."""

    cell_url: str

    def issues(self, row: int) -> str: ...
    def remarks(self, row: int) -> str: ...
    def reason(self, codes: Sequence[str]) -> str: ...
    def not_taken(self, codes: Sequence[str]) -> str: ...
    def sum(self, number: int) -> str: ...
    def seen(self, code: str) -> str: ...
    def text(self, code: str, place: CellPlace) -> str: ...
    def options(self, code: str, place: CellPlace) -> str: ...
    def words(self, code: str, place: CellPlace) -> str: ...
    def is_bad(self, code: str, number: int) -> bool: ...
    def before(self, code: str, place: CellPlace) -> str: ...


Slot = Callable[[Said], str]


@dataclass(frozen=True)
class Shape:
    """`pattern` has a «%s» for each of the slots, in their order."""

    pattern: str
    slots: tuple[Slot, ...]


@lru_cache(maxsize=64)
def shape_of(sheet: Sheet, purpose: Purpose, language: str) -> Shape:
    """`language` is the one that is active."""
    made = _Shaping(sheet, purpose)
    parts = "".join(made.sections()).split(_MARK)
    same, places = parts[::2], parts[1::2]
    pattern = "%s".join(part.replace("%", "%%") for part in same)
    return Shape(pattern, tuple(made.slots[int(place)] for place in places))


class _Shaping:
    def __init__(self, sheet: Sheet, purpose: Purpose) -> None:
        self._purpose = purpose
        self._sheet = sheet
        self._spots = iter(spots_of(sheet).items())
        self._sums = {
            (one.sheet, one.row, one.column): (number, one.title)
            for number, (one, _parts) in enumerate(sheet.layout.shown_sums)
        }
        self._row_number = 0
        self._ru = speech()
        self.slots: list[Slot] = []
        self._words = {"history": escape(_("История")), "reason": escape(_("Причина изменения")),
                       "mark": escape(_("Отметка")), "remark": escape(_("Замечание")),
                       "answer": escape(_("Ответ")), "question": escape(_("Вопрос"))}  # fmt: skip

    def _place(self, slot: Slot) -> str:
        """Where a page puts what `slot` tells."""
        self.slots.append(slot)
        return f"{_MARK}{len(self.slots) - 1}{_MARK}"

    def sections(self) -> Iterator[str]:
        for section in self._sheet.layout.sections:
            yield from self._section(section)

    # ---- a section

    def _section(self, section: SectionPlace) -> Iterator[str]:
        key, kind = escape(section.section.id), "matrix" if section.columns else "list"
        focus = "" if self._purpose is Purpose.FILL else ' tabindex="0"'
        yield f'<section class="part"><h2 id="h-{key}"{self._ru}>{escape(section.section.title)}</h2>'
        if section.section.note and self._purpose is not Purpose.PRINT:
            yield f'<p class="note"{self._ru}>{escape(section.section.note)}</p>'
        yield f'<div class="scroll" role="region" aria-labelledby="h-{key}"{focus}><table class="entry cards {kind}">'
        yield from self._head(section)
        yield "<tbody>"
        for row in section.rows:
            yield from self._row(section, row)
        yield from self._below(section)
        yield "</tbody></table></div>"
        if section.section.note and self._purpose is Purpose.PRINT:
            yield f'<p class="note"{self._ru}>{escape(section.section.note)}</p>'
        yield "</section>"

    def _head(self, section: SectionPlace) -> Iterator[str]:
        words, key = self._words, escape(section.section.id)
        yield f'<thead><tr><th scope="col" class="number">№</th><th scope="col">{words["question"]}</th>'
        if section.columns:
            for place, (_member, title) in enumerate(section.columns):
                yield f'<th scope="col" class="number" id="h-{key}-{place}"{self._ru}>{escape(title)}</th>'
            if section.section.row_total:
                yield f'<th scope="col" class="number"{self._ru}>{escape(section.section.row_total)}</th>'
        else:
            yield f'<th scope="col" class="number">{words["answer"]}</th>'
        if self._purpose is Purpose.FILL:
            yield f'<th scope="col">{words["mark"]}</th>'
        yield f'<th scope="col">{words["reason"]}</th></tr></thead>'

    def _row(self, section: SectionPlace, row: RowPlace) -> Iterator[str]:
        self._row_number += 1
        number, title = self._row_number, escape(row.asked.title)
        own = [(next(self._spots), cell) for cell in row.cells]
        hint = f"<br><small{self._ru}>{escape(row.asked.hint)}</small>" if row.asked.hint else ""
        yield f'<tr><td class="number no">{row.number}</td><th scope="row">'
        yield f'<span id="r{number}"{self._ru}>{title}</span>{hint}'
        if self._purpose is not Purpose.PRINT:
            yield self._place(lambda said: said.remarks(number))
            yield f'<div id="i{number}">{self._place(lambda said: said.issues(number))}</div>'
        codes = [code for (code, _spot), _cell in own]
        if self._purpose is Purpose.FILL:
            yield f'<div id="w{number}">{self._place(lambda said: said.not_taken(codes))}</div>'
        yield "</th>"
        for place, ((code, spot), cell) in enumerate(own):
            column = f" h-{escape(section.section.id)}-{place}" if section.columns else ""
            yield self._cell(code, spot.number, cell, column, escape(spot.column_title))
        if section.columns and section.section.row_total:
            yield self._sum(row.cells[0].sheet, row.row, TOTAL)
        yield from self._ends(row, codes, number, title)

    def _ends(self, row: RowPlace, codes: Sequence[str], number: int, title: str) -> Iterator[str]:
        """The mark and the reason, which belong to the whole row."""
        words = self._words
        if self._purpose is not Purpose.FILL:
            yield f'<td data-label="{words["reason"]}">{self._place(lambda said: said.reason(codes))}</td></tr>'
            return
        yield f'<td data-label="{words["mark"]}">'
        if row.asked.answer is AnswerKind.NUMBER:
            options = "".join(option(mark) for mark in MARKS)
            name = escape(codes[0])
            yield f'<select name="mark:{name}" aria-label="{words["mark"]}: {title}"><option></option>'
            yield f"{options}</select>"
        yield f'</td><td data-label="{words["reason"]}"><input name="reason:{escape(codes[0])}" '
        yield f'value="{self._place(lambda said: said.reason(codes))}" '
        yield f'maxlength="500" aria-label="{words["reason"]}: {title}" autocomplete="off"></td></tr>'

    def _below(self, section: SectionPlace) -> Iterator[str]:
        """Totals of columns, then what follows from the answers, one under the other."""
        ends = "<td></td><td></td></tr>" if self._purpose is Purpose.FILL else "<td></td></tr>"
        width = len(section.columns)
        for row in sorted({one.row for one in section.sums if one.is_shown} - {row.row for row in section.rows}):
            own = [one for one in section.sums if one.row == row and one.is_shown]
            is_total = any(one.column >= FIRST for one in own)
            span = "" if is_total or not width else f' colspan="{width + bool(section.section.row_total)}"'
            yield f'<tr class="sums"><td class="no"></td><th scope="row"{span}{self._ru}>{escape(own[0].title)}</th>'
            if is_total:
                yield from (self._sum(section.sheet, row, FIRST + place) for place in range(width))
            if section.section.row_total or not width or not is_total:
                yield self._sum(section.sheet, row, TOTAL)
            yield ends

    def _sum(self, sheet: str, row: int, column: int) -> str:
        found = self._sums.get((sheet, row, column))
        if found is None:
            return "<td></td>"
        number, title = found
        text = self._place(lambda said: said.sum(number))
        return f'<td class="number sum" data-label="{escape(title)}"><output id="t{number}">{text}</output></td>'

    # ---- a cell

    def _cell(self, code: str, number: int, place: CellPlace, column: str, label: str) -> str:
        inner = (
            self._field(code, number, place, column)
            if self._purpose is Purpose.FILL
            else self._said(code, number, place)
        )
        if self._purpose is Purpose.PRINT:
            return f'<td class="number">{inner}</td>'
        before = self._place(lambda said: said.before(code, place))
        status = f'<small class="status" id="s{number}"></small>' if self._purpose is Purpose.FILL else ""
        remark = self._remark(code, label) if self._purpose is Purpose.REVIEW else ""
        return (
            f'<td class="cell" data-label="{label}">{inner}<span class="under"><small id="b{number}">{before}</small>'
            f"{status}{self._more(code, number, column)}</span>{remark}</td>"
        )

    def _said(self, code: str, number: int, place: CellPlace) -> str:
        empty = "" if self._purpose is Purpose.PRINT else "—"  # on paper there is room to write
        wrong = self._place(lambda said: " wrong" if said.is_bad(code, number) else "")
        words = self._place(lambda said: said.words(code, place) or empty)
        return f'<span id="c{number}" class="said{wrong}">{words}</span>'

    def _field(self, code: str, number: int, place: CellPlace, column: str) -> str:
        name, row = escape(code), self._row_number
        seen = self._place(lambda said: said.seen(code))
        bad = self._place(lambda said: ' aria-invalid="true"' if said.is_bad(code, number) else "")
        common = (
            f'id="c{number}" name="cell:{name}" {seen} data-row="{row}" '
            f'aria-labelledby="r{row}{column}" aria-describedby="b{number} s{number} i{row} w{row}"{bad}'
        )  # fmt: skip
        if place.answer is AnswerKind.YES_NO:
            return f"<select {common}>{self._place(lambda said: said.options(code, place))}</select>"
        text = self._place(lambda said: said.text(code, place))
        return f'<input {common} value="{text}" inputmode="numeric" autocomplete="off">'

    def _more(self, code: str, number: int, column: str) -> str:
        word, url = self._words["history"], self._place(lambda said: said.cell_url)
        return (
            f'<a class="more" id="l{number}" href="{url}?code={quote(code)}" title="{word}" aria-label="{word}" '
            f'aria-labelledby="l{number} r{self._row_number}{column}">⋯</a>'
        )

    def _remark(self, code: str, column: str) -> str:
        word = self._words["remark"]
        about = ", ".join(part for part in (escape(spots_of(self._sheet)[code].row_title), column) if part)
        return (f'<details><summary>{word}</summary><textarea name="remark:{escape(code)}" rows="3" maxlength="1000" '
                f'aria-label="{word}: {about}"></textarea></details>')  # fmt: skip


def option(text: str, chosen: str = "") -> str:
    """Of a list to choose from."""
    return f'<option value="{escape(text)}"{chosen}>{escape(in_own_language(text))}</option>'
