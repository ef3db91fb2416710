"""The tables of a form as HTML: fields to fill, numbers to read, or numbers with room for remarks.

Made in Python, because a hundred cells by a template cost several times as much; and what is the same on every page of
a form is made once (grid_shape.py), so that a page costs little more than what is said in its cells.
"""

from __future__ import annotations

from collections.abc import Sequence
from html import escape

from django.urls import reverse
from django.utils.html import format_html_join
from django.utils.safestring import SafeString, mark_safe
from django.utils.translation import get_language

from orientir.sources.forms.layout import CellPlace
from orientir.sources.forms.limits import MARKS, YES_NO
from orientir_web.submissions.filling import Filling, sums_of
from orientir_web.submissions.grid_shape import Purpose, option, shape_of
from orientir_web.submissions.states import CellState
from orientir_web.submissions.telling import at_rows, remarks_at_rows, wrong_codes
from orientir_web.submissions.words import cell_text, in_own_language


def grid(filling: Filling, purpose: Purpose) -> SafeString:
    """All sections of the form."""
    shape, said = shape_of(filling.sheet, purpose, get_language() or ""), _Said(filling)
    return mark_safe(shape.pattern % tuple(slot(said) for slot in shape.slots))  # every part of it is escaped


class _Said:
    """What one page puts into the shape. Every answer is HTML."""

    def __init__(self, filling: Filling) -> None:
        self._filling = filling
        self._wrong = wrong_codes(filling.sheet, filling.issues)
        self._issues = at_rows(filling.sheet, filling.issues)
        self._remarks = remarks_at_rows(filling.sheet, filling.remarks)
        self._sums = sums_of(filling.sheet, filling.answers)
        self._before = escape(filling.period_before)
        self.cell_url = escape(reverse("form_cell", args=[filling.submission.pk]))

    # ---- of a row

    def issues(self, row: int) -> str:
        return self._issues.get(row, "")

    def remarks(self, row: int) -> str:
        return self._remarks.get(row, "")

    def reason(self, codes: Sequence[str]) -> str:
        return escape(self._filling.reason(codes))

    def not_taken(self, codes: Sequence[str]) -> str:
        """Why what was typed could not be saved."""
        typed = self._filling.typed
        if not typed:
            return ""
        return format_html_join(
            "", '<p class="issue error">{}</p>', ((typed[one].message,) for one in codes if one in typed)
        )

    def sum(self, number: int) -> str:
        return self._sums[number]

    # ---- of a cell

    def seen(self, code: str) -> str:
        """Whose version and state the page has seen."""
        cell = self._filling.cells.get(code)
        version, state = (cell.version, cell.state) if cell else (0, CellState.EMPTY.value)
        return f'data-version="{version}" data-state="{state}"'

    def text(self, code: str, place: CellPlace) -> str:
        return escape(self._filling.text(code, place.answer))

    def options(self, code: str, place: CellPlace) -> str:
        """Yes, no, the marks; what was typed elsewhere and is none of them is kept to be seen."""
        text, known = self._filling.text(code, place.answer), ["", *YES_NO, *MARKS]
        every = known if text in known else [*known, text]
        return "".join(option(one, " selected" if one == text else "") for one in every)

    def words(self, code: str, place: CellPlace) -> str:
        return escape(in_own_language(self._filling.text(code, place.answer)))

    def is_bad(self, code: str, number: int) -> bool:
        return number in self._wrong or code in self._filling.typed

    def before(self, code: str, place: CellPlace) -> str:
        known = self._filling.known.get(code)
        if known is None:
            return ""
        return f"{self._before}: {escape(in_own_language(cell_text(place.answer, known.state, known.value)))}"
