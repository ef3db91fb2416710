"""A whole form as a browser without scripts sends it: what was changed on the page becomes edits, the rest is left.

The page carries the number of the last change it was made from (`seen`), so that a cell which somebody else has changed
meanwhile is a conflict only where this person changed it too.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping

from orientir_web.submissions.filling import Typed, spots_of
from orientir_web.submissions.models import CellChange, Submission
from orientir_web.submissions.saving import CellResult, Edit, Outcome
from orientir_web.submissions.sheets import sheet_of
from orientir_web.submissions.words import cell_text


def last_change(submission: Submission) -> int:
    """Ask for it before the cells: a cell that is newer than this is then compared, never overlooked."""
    return CellChange.objects.filter(submission=submission).order_by("-pk").values_list("pk", flat=True).first() or 0


def edits_of(submission: Submission, posted: Mapping[str, str]) -> list[Edit]:
    """What differs from what the page showed."""
    sheet, spots = sheet_of(submission), spots_of(sheet_of(submission))
    seen = _seen(submission, posted.get("seen", ""))
    edits = []
    for code, place in sheet.places.items():
        if f"cell:{code}" not in posted:
            continue
        was, head = seen.get(code), spots[code].head
        text = posted[f"cell:{code}"].strip() or posted.get(f"mark:{head}", "")
        reason = posted.get(f"reason:{code}", was.reason if was else "").strip()
        before = (cell_text(place.answer, was.state, was.value), was.reason) if was else ("", "")
        if (text, reason) != before:
            edits.append(Edit(code, text, was.version if was else 0, reason))
    return edits


def _seen(submission: Submission, number: str) -> dict[str, CellChange]:
    """Each cell as it was after that change."""
    last = int(number) if number.isascii() and number.isdigit() and len(number) < 19 else 0
    changes = CellChange.objects.filter(submission=submission, pk__lte=last).order_by("pk")
    return {one.code: one for one in changes}


def not_saved(edits: Iterable[Edit], results: Iterable[CellResult]) -> dict[str, Typed]:
    """What is to be shown again, with the reason; `edits` and `results` are in one order."""
    pairs = zip(edits, results, strict=True)
    return {
        edit.code: Typed(edit.text, told.message, edit.reason)
        for edit, told in pairs
        if told.outcome is not Outcome.SAVED
    }
