"""Forms for programs: listed, read, filled, submitted, returned, accepted, by the services that the pages call."""

from __future__ import annotations

from typing import Any

from django.http import HttpRequest
from django.shortcuts import get_object_or_404
from django.utils.translation import gettext as _
from ninja import Path, Query, Router

from orientir_web.api.access import allowed, token_in
from orientir_web.api.paging import page_of_rows
from orientir_web.api.problems import READ, WRITE
from orientir_web.api.schemas import (
    AcceptedOut,
    CellOut,
    CorrectionOut,
    EditsIn,
    Key,
    Line,
    Lines,
    LinesWanted,
    RemarkOut,
    RemarksIn,
    ResultOut,
    SavedOut,
    Sheet,
    TokenInfo,
    issue_out,
    line_of,
    number,
)
from orientir_web.people.roles import Action
from orientir_web.refusals import ActionRefused
from orientir_web.submissions import services
from orientir_web.submissions.models import Correction, Submission
from orientir_web.submissions.saving import CellResult, Edit, save_cells
from orientir_web.submissions.sheets import Stored, cells_of, corrected_cells, previous_of, sheet_of
from orientir_web.submissions.states import CellState

router = Router()


@router.get("/token", response={200: TokenInfo} | READ, summary="Что может этот ключ", url_name="api_token")
def token(request: HttpRequest) -> TokenInfo:
    own = token_in(request)
    return TokenInfo(
        title=own.title, organisation=own.organisation_id, organisation_title=own.organisation.title,
        rights=[Action(right) for right in own.rights], expires_at=own.expires_at,
    )  # fmt: skip


@router.get("/submissions", response={200: Lines} | READ, summary="Формы организаций", url_name="api_submissions")
def submissions(request: HttpRequest, wanted: Query[LinesWanted]) -> dict[str, Any]:
    rows = _rows(request, Action.SEE).order_by("organisation__path", "form", "pk")
    return page_of_rows(rows, wanted, line_of)


@router.get(
    "/submissions/{submission_id}",
    response={200: Sheet} | READ,
    summary="Форма с ячейками, замечаниями и проверкой",
    url_name="api_submission",
)
def submission(request: HttpRequest, submission_id: Path[Key]) -> dict[str, Any]:
    one = _one(request, submission_id, Action.SEE)
    sheet, cells = sheet_of(one), cells_of(one)
    stored = {cell.code: cell for cell in cells}
    remarks, corrections = one.remarks.filter(resolved_at__isnull=True), list(one.corrections.order_by("pk"))
    counting = corrected_cells(cells, corrections)
    return line_of(one) | {
        "cells": [_cell(code, stored.get(code)) for code in sheet.places],
        "remarks": [RemarkOut(code=remark.code, text=remark.text) for remark in remarks],
        "corrections": [_correction(one) for one in corrections],
        "issues": [issue_out(issue) for issue in sheet.issues(counting, previous_of(one))],
    }


@router.post(
    "/submissions/{submission_id}/cells",
    response={200: SavedOut} | WRITE,
    summary="Сохранить ячейки; у каждой свой исход",
    url_name="api_cells",
)
def cells(request: HttpRequest, submission_id: Path[Key], edits: EditsIn) -> SavedOut:
    one = _one(request, submission_id, Action.FILL)
    told = [Edit(edit.code, edit.text, edit.version, edit.reason) for edit in edits.cells]
    saved = save_cells(one, told, token_in(request).person)
    return SavedOut(
        cells=[_result(result) for result in saved.cells],
        issues=[issue_out(issue) for issue in saved.issues],
        filled=saved.filled,
    )


@router.post(
    "/submissions/{submission_id}/submit", response={200: Line} | WRITE, summary="Сдать форму", url_name="api_submit"
)
def submit(request: HttpRequest, submission_id: Path[Key]) -> dict[str, Any]:
    one = _one(request, submission_id, Action.FILL)
    services.submit(one, token_in(request).person)
    return line_of(one)


@router.post(
    "/submissions/{submission_id}/return",
    response={200: Line} | WRITE,
    summary="Вернуть форму с замечаниями",
    url_name="api_return",
)
def give_back(request: HttpRequest, submission_id: Path[Key], told: RemarksIn) -> dict[str, Any]:
    one = _one(request, submission_id, Action.REVIEW)
    remarks = {remark.code: remark.text for remark in told.remarks}
    codes = [remark.code for remark in told.remarks]
    wrong = {code for code in codes if codes.count(code) > 1} | (set(codes) - {"", *sheet_of(one).places})
    if wrong:
        told_codes = {"codes": ", ".join(sorted(wrong)) or "—"}
        raise ActionRefused(_("Замечание пишут к ячейке формы, к каждой одно. Не подошли: %(codes)s.") % told_codes)
    services.return_submission(one, remarks, token_in(request).person)
    return line_of(one)


@router.post(
    "/submissions/{submission_id}/accept",
    response={200: AcceptedOut} | WRITE,
    summary="Принять форму",
    url_name="api_accept",
)
def accept(request: HttpRequest, submission_id: Path[Key]) -> dict[str, Any]:
    one = _one(request, submission_id, Action.REVIEW)
    snapshot = services.accept(one, token_in(request).person)
    return line_of(one) | {"sha256": snapshot.sha256}


# ---- what they share


def _rows(request: HttpRequest, action: Action) -> Any:
    return allowed(request, Submission.objects.select_related("organisation", "campaign"), action)


def _one(request: HttpRequest, key: int, action: Action) -> Submission:
    found: Submission = get_object_or_404(_rows(request, action), pk=key)
    return found


def _cell(code: str, cell: Stored | None) -> CellOut:
    if cell is None:
        return CellOut(code=code, state=CellState.EMPTY, value=None, version=0, reason="")
    return CellOut(
        code=code, state=CellState(cell.state), value=number(cell.value), version=cell.version, reason=cell.reason
    )


def _correction(one: Correction) -> CorrectionOut:
    return CorrectionOut(
        code=one.code, state=CellState(one.state), value=number(one.value), reason=one.reason, at=one.at
    )


def _result(one: CellResult) -> ResultOut:
    return ResultOut(
        code=one.code, state=CellState(one.state), value=number(one.value), version=one.version, reason=one.reason,
        outcome=one.outcome, message=one.message,
    )  # fmt: skip
