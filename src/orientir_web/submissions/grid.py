"""The tables of a form as HTML: fields to fill, numbers to read, or numbers with room for remarks.

Made in Python, because a hundred cells by a template cost several times as much. Every row and cell has a number
(`filling.spots_of`): fields are c1, c2, …, rows r1, r2, …, so that grid.js and the checks find them.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from enum import StrEnum
from urllib.parse import quote

from django.urls import reverse
from django.utils.html import conditional_escape as escape
from django.utils.html import format_html_join
from django.utils.safestring import SafeString, mark_safe
from django.utils.translation import gettext as _

from orientir.model.forms import AnswerKind
from orientir.sources.forms.layout import FIRST, TOTAL, CellPlace, RowPlace, SectionPlace
from orientir.sources.forms.limits import MARKS, YES_NO
from orientir_web.submissions.filling import Filling, spots_of, sums_of
from orientir_web.submissions.models import KnownCell
from orientir_web.submissions.sheets import Sheet
from orientir_web.submissions.states import CellState
from orientir_web.submissions.telling import at_rows, remarks_at_rows, wrong_codes
from orientir_web.submissions.words import cell_text, in_own_language


class Purpose(StrEnum):
    FILL = "fill"
    READ = "read"
    REVIEW = "review"
    PRINT = "print"


def grid(filling: Filling, purpose: Purpose) -> SafeString:
    """All sections of the form."""
    return mark_safe("".join(_Grid(filling, purpose).sections()))  # every part of it is escaped


class _Grid:
    def __init__(self, filling: Filling, purpose: Purpose) -> None:
        self._filling = filling
        self._purpose = purpose
        self._sheet: Sheet = filling.sheet
        self._spots = iter(spots_of(filling.sheet).items())
        self._wrong = wrong_codes(filling.sheet, filling.issues)
        self._issues = at_rows(filling.sheet, filling.issues)
        self._remarks = remarks_at_rows(filling.sheet, filling.remarks)
        self._cell_url = escape(reverse("form_cell", args=[filling.submission.pk]))
        shown = zip(filling.sheet.layout.shown_sums, sums_of(filling.sheet, filling.answers), strict=True)
        self._sums = {
            (one.sheet, one.row, one.column): (number, one.title, text)
            for number, ((one, _parts), text) in enumerate(shown)
        }
        self._row_number = 0
        self._before = escape(filling.period_before)
        self._words = {"history": escape(_("История")), "reason": escape(_("Причина изменения")),
                       "mark": escape(_("Отметка")), "remark": escape(_("Замечание")),
                       "answer": escape(_("Ответ")), "question": escape(_("Вопрос"))}  # fmt: skip

    def sections(self) -> Iterator[str]:
        for section in self._sheet.layout.sections:
            yield from self._section(section)

    # ---- a section

    def _section(self, section: SectionPlace) -> Iterator[str]:
        key, kind = escape(section.section.id), "matrix" if section.columns else "list"
        focus = "" if self._purpose is Purpose.FILL else ' tabindex="0"'
        yield f'<section class="part"><h2 id="h-{key}">{escape(section.section.title)}</h2>'
        if section.section.note and self._purpose is not Purpose.PRINT:
            yield f'<p class="note">{escape(section.section.note)}</p>'
        yield f'<div class="scroll" role="region" aria-labelledby="h-{key}"{focus}><table class="entry cards {kind}">'
        yield from self._head(section)
        yield "<tbody>"
        for row in section.rows:
            yield from self._row(section, row)
        yield from self._below(section)
        yield "</tbody></table></div>"
        if section.section.note and self._purpose is Purpose.PRINT:
            yield f'<p class="note">{escape(section.section.note)}</p>'
        yield "</section>"

    def _head(self, section: SectionPlace) -> Iterator[str]:
        words, key = self._words, escape(section.section.id)
        yield f'<thead><tr><th scope="col" class="number">№</th><th scope="col">{words["question"]}</th>'
        if section.columns:
            for place, (_member, title) in enumerate(section.columns):
                yield f'<th scope="col" class="number" id="h-{key}-{place}">{escape(title)}</th>'
            if section.section.row_total:
                yield f'<th scope="col" class="number">{escape(section.section.row_total)}</th>'
        else:
            yield f'<th scope="col" class="number">{words["answer"]}</th>'
        if self._purpose is Purpose.FILL:
            yield f'<th scope="col">{words["mark"]}</th>'
        yield f'<th scope="col">{words["reason"]}</th></tr></thead>'

    def _row(self, section: SectionPlace, row: RowPlace) -> Iterator[str]:
        self._row_number += 1
        number, title = self._row_number, escape(row.asked.title)
        own = [(next(self._spots), cell) for cell in row.cells]
        hint = f"<br><small>{escape(row.asked.hint)}</small>" if row.asked.hint else ""
        yield f'<tr><td class="number no">{row.number}</td><th scope="row"><span id="r{number}">{title}</span>{hint}'
        if self._purpose is not Purpose.PRINT:
            yield f'{self._remarks.get(number, "")}<div id="i{number}">{self._issues.get(number, "")}</div>'
        if self._purpose is Purpose.FILL:
            yield f'<div id="w{number}">{self._told(own)}</div>'
        yield "</th>"
        for place, ((code, spot), cell) in enumerate(own):
            column = f" h-{escape(section.section.id)}-{place}" if section.columns else ""
            yield self._cell(code, spot.number, cell, column, escape(spot.column_title))
        if section.columns and section.section.row_total:
            yield self._sum(row.cells[0].sheet, row.row, TOTAL)
        codes = [code for (code, _spot), _cell in own]
        yield from self._ends(row, codes, number, title)

    def _ends(self, row: RowPlace, codes: Sequence[str], number: int, title: str) -> Iterator[str]:
        """The mark and the reason, which belong to the whole row."""
        words, reason = self._words, escape(self._filling.reason(codes))
        if self._purpose is not Purpose.FILL:
            yield f'<td data-label="{words["reason"]}">{reason}</td></tr>'
            return
        yield f'<td data-label="{words["mark"]}">'
        if row.asked.answer is AnswerKind.NUMBER:
            options = "".join(_option(mark) for mark in MARKS)
            name = escape(codes[0])
            yield f'<select name="mark:{name}" aria-label="{words["mark"]}: {title}"><option></option>'
            yield f"{options}</select>"
        yield f'</td><td data-label="{words["reason"]}"><input name="reason:{escape(codes[0])}" value="{reason}" '
        yield f'maxlength="500" aria-label="{words["reason"]}: {title}" autocomplete="off"></td></tr>'

    def _told(self, own: Sequence[tuple[tuple[str, object], CellPlace]]) -> SafeString:
        typed = self._filling.typed
        said = ((typed[code].message,) for (code, _spot), _cell in own if code in typed)
        return format_html_join("", '<p class="issue error">{}</p>', said)

    def _below(self, section: SectionPlace) -> Iterator[str]:
        """Totals of columns, then what follows from the answers, one under the other."""
        ends = "<td></td><td></td></tr>" if self._purpose is Purpose.FILL else "<td></td></tr>"
        width = len(section.columns)
        for row in sorted({one.row for one in section.sums if one.is_shown} - {row.row for row in section.rows}):
            own = [one for one in section.sums if one.row == row and one.is_shown]
            is_total = any(one.column >= FIRST for one in own)
            span = "" if is_total or not width else f' colspan="{width + bool(section.section.row_total)}"'
            yield f'<tr class="sums"><td class="no"></td><th scope="row"{span}>{escape(own[0].title)}</th>'
            if is_total:
                yield from (self._sum(section.sheet, row, FIRST + place) for place in range(width))
            if section.section.row_total or not width or not is_total:
                yield self._sum(section.sheet, row, TOTAL)
            yield ends

    def _sum(self, sheet: str, row: int, column: int) -> str:
        found = self._sums.get((sheet, row, column))
        if found is None:
            return "<td></td>"
        number, title, text = found
        return f'<td class="number sum" data-label="{escape(title)}"><output id="t{number}">{text}</output></td>'

    # ---- a cell

    def _cell(self, code: str, number: int, place: CellPlace, column: str, label: str) -> str:
        text = self._filling.text(code, place.answer)
        before = self._known(code, place)
        if self._purpose is Purpose.FILL:
            inner = self._field(code, number, place, column, text)
        else:
            empty = "" if self._purpose is Purpose.PRINT else "—"  # on paper there is room to write
            said = escape(in_own_language(text)) or empty
            wrong = " wrong" if number in self._wrong else ""
            inner = f'<span id="c{number}" class="said{wrong}">{said}</span>'
        if self._purpose is Purpose.PRINT:
            return f'<td class="number">{inner}</td>'
        more = (
            f'<a class="more" id="l{number}" href="{self._cell_url}?code={quote(code)}" '
            f'title="{self._words["history"]}" aria-label="{self._words["history"]}" '
            f'aria-labelledby="l{number} r{self._row_number}{column}">⋯</a>'
        )
        remark = self._remark(code, label) if self._purpose is Purpose.REVIEW else ""
        status = f'<small class="status" id="s{number}"></small>' if self._purpose is Purpose.FILL else ""
        return (
            f'<td class="cell" data-label="{label}">{inner}<span class="under"><small id="b{number}">{before}</small>'
            f"{status}{more}</span>{remark}</td>"
        )

    def _field(self, code: str, number: int, place: CellPlace, column: str, text: str) -> str:
        cell, name = self._filling.cells.get(code), escape(code)
        version, state = (cell.version, cell.state) if cell else (0, CellState.EMPTY.value)
        row = self._row_number
        common = (
            f'id="c{number}" name="cell:{name}" data-version="{version}" data-state="{state}" data-row="{row}" '
            f'aria-labelledby="r{row}{column}" aria-describedby="b{number} s{number} i{row} w{row}"'
            f'{_bad(number in self._wrong or code in self._filling.typed)}'
        )  # fmt: skip
        if place.answer is AnswerKind.YES_NO:
            return f"<select {common}>{_options(text)}</select>"
        return f'<input {common} value="{escape(text)}" inputmode="numeric" autocomplete="off">'

    def _known(self, code: str, place: CellPlace) -> str:
        known = self._filling.known.get(code)
        return f"{self._before}: {escape(in_own_language(_text(place, known)))}" if known else ""

    def _remark(self, code: str, column: str) -> str:
        word = self._words["remark"]
        about = ", ".join(part for part in (escape(spots_of(self._sheet)[code].row_title), column) if part)
        return (f'<details><summary>{word}</summary><textarea name="remark:{escape(code)}" rows="3" maxlength="1000" '
                f'aria-label="{word}: {about}"></textarea></details>')  # fmt: skip


def _bad(is_wrong: bool) -> str:
    return ' aria-invalid="true"' if is_wrong else ""


def _text(place: CellPlace, known: KnownCell) -> str:
    return cell_text(place.answer, known.state, known.value)


def _options(text: str) -> str:
    """Yes, no, the marks; what was typed elsewhere and is none of them is kept to be seen."""
    known = ["", *YES_NO, *MARKS]
    every = known if text in known else [*known, text]
    return "".join(_option(one, " selected" if one == text else "") for one in every)


def _option(text: str, chosen: str = "") -> str:
    return f'<option value="{escape(text)}"{chosen}>{escape(in_own_language(text))}</option>'
