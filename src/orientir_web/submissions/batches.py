"""A batch of cells as a page sends it, and the answer to it: JSON, one entry for each cell, in their order."""

from __future__ import annotations

import json
from collections.abc import Mapping
from typing import Any

from orientir.model.status import Severity
from orientir_web.submissions.filling import spots_of, sums_of
from orientir_web.submissions.saving import CellResult, Edit, Saved
from orientir_web.submissions.sheets import Sheet, errors_in
from orientir_web.submissions.telling import at_rows, summary, wrong_codes
from orientir_web.submissions.words import cell_text

MOST = 2000  # cells in a batch; the largest form has a few hundred
_LONGEST = 400  # characters of what is typed into a cell


class BatchError(ValueError):
    """What was sent is no batch: a page of ours never sends such."""


def read_batch(body: bytes) -> tuple[int, list[Edit]]:
    """Who the page was made for, and the edits. Raises BatchError."""
    try:
        told = json.loads(body)
        edits = [_edit(one) for one in told["cells"]]
        person = int(told["person"])
    except (ValueError, KeyError, TypeError, RecursionError) as error:
        raise BatchError(str(error)) from error
    if not edits or len(edits) > MOST or len({one.code for one in edits}) < len(edits):
        raise BatchError("from one to two thousand cells, each once")
    return person, edits


def _edit(one: Mapping[str, Any]) -> Edit:
    code, text, version, reason = one["code"], one["text"], one["version"], one.get("reason", "")
    if not all(isinstance(part, str) for part in (code, text, reason)) or type(version) is not int or version < 0:
        raise BatchError("code, text and reason are texts, version is a whole number")
    return Edit(code[:_LONGEST], text[:_LONGEST], version, reason)


def answer_to(sheet: Sheet, saved: Saved) -> dict[str, Any]:
    """What became of each cell, and everything on the page that follows from the cells."""
    return {
        "cells": [_cell(sheet, one) for one in saved.cells],
        "issues": {f"i{row}": html for row, html in at_rows(sheet, saved.issues).items()},
        "wrong": [f"c{number}" for number in sorted(wrong_codes(sheet, saved.issues))],
        "summary": summary(sheet, saved.issues),
        "sums": sums_of(sheet, saved.answers),
        "filled": saved.filled,
        "asked": len(sheet.places),
        "errors": errors_in(saved.issues),
        "warnings": sum(one.severity is Severity.WARNING for one in saved.issues),
    }


def _cell(sheet: Sheet, one: CellResult) -> dict[str, Any]:
    place = sheet.places.get(one.code)
    text = cell_text(place.answer, one.state, one.value) if place else ""
    title = spots_of(sheet)[one.code].column_title if place else ""
    told = {"code": one.code, "outcome": one.outcome, "version": one.version, "state": one.state, "text": text}
    return told | {"reason": one.reason, "message": one.message, "title": title}
