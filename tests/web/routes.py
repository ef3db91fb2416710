"""What every address answers to whom. The walk (test_walk.py) fails for an address that has no row here.

A row says how the address is asked, which roles it serves, and what it names: the walk asks with the role's own object,
which must answer `ok`, and with that of the neighbouring region, which must not exist (404).
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field

from orientir_web.people.roles import Role
from web.computed import computation_of, job_of, stored_job, stored_release
from web.kept import (
    addressee_names,
    campaign_names,
    check_names,
    decision_names,
    district_names,
    draft_names,
    file_names,
    given_names,
    package_names,
    part_names,
    part_proof_names,
    proof_names,
    proven_names,
    row_names,
)
from web.world import CLOSES, District

EVERYBODY = frozenset(Role)
PEOPLE = frozenset({Role.COORDINATOR, Role.HEAD, Role.REGIONAL_OPERATOR, Role.OPERATOR})
MANAGERS = PEOPLE - {Role.HEAD}


@dataclass(frozen=True)
class Route:
    """`names` gives the arguments of the address in a district; `ok` are the answers to those it serves.

    `open_to_all` addresses answer `ok` to anybody, also without a log-in. Roles not in `roles` get 404 or 403.
    """

    roles: frozenset[Role] = EVERYBODY
    ok: int = 200
    method: str = "get"
    names: Callable[[District], Mapping[str, object]] | None = None
    data: Mapping[str, str] = field(default_factory=dict)
    open_to_all: bool = False
    shared: bool = False  # it names no object of a district: there is no foreign one


def _school(district: District) -> Mapping[str, object]:
    return {"organisation_id": district.schools[0].pk}


def _person(district: District) -> Mapping[str, object]:
    return {"person_id": district.people[Role.SCHOOL_OFFICER].pk}


def _officer(district: District) -> Mapping[str, object]:
    return {"membership_id": district.membership(Role.SCHOOL_OFFICER).pk}


def _key(district: District) -> Mapping[str, object]:
    """A key of the school's officer, made by whoever asks first."""
    from orientir_web.api.models import Token

    told = {"person": district.people[Role.SCHOOL_OFFICER], "organisation": district.schools[0], "rights": ["see"]}
    return {"token_id": Token.objects.create(token_hash=str(district.place.pk), expires_at=CLOSES, **told).pk}


def _form(district: District) -> Mapping[str, object]:
    return {"submission_id": district.submissions[0].pk}


def _api(method: str = "get", names: Callable[[District], Mapping[str, object]] | None = None) -> Route:
    """A key is asked; whoever is logged in is nobody here (test_api.py)."""
    return Route(ok=401, method=method, names=names, open_to_all=True)


FILLERS = frozenset({Role.SCHOOL_OFFICER, Role.COORDINATOR})
REVIEWERS = frozenset({Role.COORDINATOR})
READERS = FILLERS | {Role.PSYCHOLOGIST, Role.HEAD, Role.REGIONAL_OPERATOR}


def _campaign(district: District) -> Mapping[str, object]:
    return {"campaign_id": district.campaign.pk}


RUNNERS = frozenset({Role.COORDINATOR, Role.REGIONAL_OPERATOR})
CAMPAIGN_READERS = RUNNERS | {Role.PSYCHOLOGIST, Role.HEAD}


SEERS = EVERYBODY - {Role.AUDITOR, Role.OPERATOR}
COLLEGE = {"indicator": "college_9"}
DECIDERS = frozenset({Role.COORDINATOR, Role.HEAD})
AT_DISTRICT = frozenset({Role.PSYCHOLOGIST, Role.COORDINATOR, Role.HEAD})
ANSWERERS = frozenset({Role.SCHOOL_OFFICER, Role.COORDINATOR, Role.HEAD, Role.REGIONAL_OPERATOR})
KEEPERS = frozenset({Role.SCHOOL_OFFICER, Role.PSYCHOLOGIST, Role.COORDINATOR})


def _own_school(district: District) -> Mapping[str, object]:
    return {"campaign_id": district.campaign.pk, "organisation_id": district.schools[0].pk}


def _computed(**told: str) -> Callable[[District], Mapping[str, object]]:
    """Something of a computation that is ready."""
    return lambda district: {"computation_id": computation_of(district).pk, **told}


def _computed_table(district: District) -> Mapping[str, object]:
    """The table of the districts that one sees: the same address for everybody, other rows."""
    computation_of(district)
    return {"key": "t-districts", "kind": "csv"}


ROUTES: dict[str, Route] = {
    "home": Route(),
    "form": Route(READERS, names=_form),
    "save_form": Route(FILLERS, ok=302, method="post", names=_form),
    "save_batch": Route(FILLERS, ok=400, method="post", names=_form),
    "form_cell": Route(READERS, names=_form, data={"code": "graduates_9"}),
    "print_form": Route(READERS, names=_form),
    "form_workbook": Route(READERS, names=_form),
    "upload_workbook": Route(FILLERS, ok=409, method="post", names=_form),
    "submit_form": Route(FILLERS, names=_form),
    "review": Route(REVIEWERS, names=_form),
    "return_form": Route(REVIEWERS, ok=409, method="post", names=_form),
    "accept_form": Route(REVIEWERS, ok=409, method="post", names=_form),
    "correct_cell": Route(REVIEWERS, ok=409, method="post", names=_form),
    "campaign_approval": Route(READERS - {Role.SCHOOL_OFFICER}, names=_campaign),
    "approve_campaign": Route(frozenset({Role.HEAD}), ok=409, method="post", names=_campaign),
    "campaign": Route(CAMPAIGN_READERS, names=_campaign),
    "campaign_file": Route(CAMPAIGN_READERS, names=lambda district: {**_campaign(district), "kind": "csv"}),
    "new_campaign": Route(RUNNERS),
    "campaign_bulk": Route(RUNNERS, method="post", names=_campaign, data={"action": "remind", "all": "1"}),
    "campaign_letters": Route(RUNNERS, names=_campaign),
    "campaign_settings": Route(RUNNERS, names=_campaign),
    "campaign_lock": Route(RUNNERS, ok=302, method="post", names=_campaign, data={"lock-reason": "Итоги подведены"}),
    "campaign_unlock": Route(RUNNERS, ok=302, method="post", names=_campaign),
    "campaign_reschedule": Route(
        RUNNERS, ok=302, method="post", names=_campaign, data={"all-closes": "2090-01-31", "all-reason": "Каникулы"}
    ),
    "campaign_exception": Route(RUNNERS, ok=422, method="post", names=_campaign),
    "campaign_ask": Route(RUNNERS, ok=422, method="post", names=_campaign),
    "organisations": Route(PEOPLE),
    "organisation": Route(PEOPLE, names=_school),
    "invite": Route(
        MANAGERS,
        method="post",
        names=_school,
        data={"full_name": "Н. Н.", "email": "new@example.org", "role": "school_officer"},
    ),
    "add_organisation": Route(MANAGERS, names=_school),
    "change_organisation": Route(MANAGERS, names=_school),
    "add_organisations": Route(MANAGERS, names=_school),
    "invite_many": Route(MANAGERS, names=_school),
    "people": Route(PEOPLE),
    "password_link": Route(MANAGERS, method="post", names=_person),
    "reset_second_factor": Route(MANAGERS, names=_person),
    "end_membership": Route(MANAGERS, ok=302, method="post", names=_officer),
    "substitute": Route(MANAGERS, names=_officer),
    "registers": Route(SEERS),
    "register": Route(SEERS, names=lambda _: {"name": "events"}, shared=True),
    "register_add": Route(KEEPERS, names=lambda _: {"name": "events"}, shared=True),
    "register_import": Route(KEEPERS, names=lambda _: {"name": "events"}, shared=True),
    "register_export": Route(SEERS, names=lambda _: {"name": "events", "form": "csv"}, shared=True),
    "register_row": Route(SEERS, names=row_names),
    "register_row_remove": Route(KEEPERS, ok=302, method="post", names=row_names),
    "register_evidence": Route(KEEPERS, ok=409, method="post", names=row_names),
    "register_evidence_remove": Route(KEEPERS, ok=302, method="post", names=proof_names),
    "register_preview": Route(KEEPERS, names=draft_names),
    "register_confirm": Route(KEEPERS, ok=302, method="post", names=draft_names),
    "register_cancel": Route(KEEPERS, ok=302, method="post", names=draft_names),
    "evidence": Route(SEERS, names=file_names),
    "decisions": Route(SEERS),
    "decision_texts": Route(DECIDERS, names=campaign_names),
    "decision_text": Route(DECIDERS, ok=409, names=campaign_names),
    "decision_outcomes": Route(AT_DISTRICT | {Role.REGIONAL_OPERATOR}, names=campaign_names),
    "advice": Route(SEERS, names=addressee_names),
    "advice_acknowledge": Route(ANSWERERS, ok=302, method="post", names=addressee_names),
    "decision_file": Route(SEERS, names=given_names),
    "assignment_report": Route(
        ANSWERERS, ok=302, method="post", names=part_names, data={"status": "in_progress", "version": "1"}
    ),
    "assignment_evidence": Route(ANSWERERS, ok=409, method="post", names=part_names),
    "assignment_evidence_remove": Route(ANSWERERS, ok=302, method="post", names=part_proof_names),
    "decision_add": Route(DECIDERS, names=district_names),
    "decisions_export": Route(DECIDERS, names=district_names),
    "decision": Route(AT_DISTRICT | {Role.REGIONAL_OPERATOR}, names=decision_names),
    "decision_evidence": Route(DECIDERS, ok=409, method="post", names=decision_names),
    "decision_evidence_remove": Route(DECIDERS, ok=302, method="post", names=proven_names),
    "report_checks": Route(SEERS),
    "report_check": Route(AT_DISTRICT, names=check_names),
    "report_check_file": Route(AT_DISTRICT, names=lambda one: {**check_names(one), "kind": "report"}),
    "report_check_again": Route(AT_DISTRICT, ok=409, method="post", names=check_names),
    "report_check_delete": Route(frozenset({Role.COORDINATOR}), ok=302, method="post", names=check_names),
    "district_package": Route(RUNNERS, names=lambda one: {"organisation_id": one.place.pk}),
    "package_draft": Route(RUNNERS, names=package_names),
    "package_confirm": Route(RUNNERS, ok=409, method="post", names=package_names),
    "package_cancel": Route(RUNNERS, ok=302, method="post", names=package_names),
    "panels": Route(SEERS),
    "panel_districts": Route(SEERS),
    "panel_districts_file": Route(CAMPAIGN_READERS, names=_computed_table, shared=True),
    "panel": Route(CAMPAIGN_READERS, names=_campaign),
    "panel_freshness": Route(CAMPAIGN_READERS, names=_campaign),
    "panel_refresh": Route(RUNNERS, ok=302, method="post", names=_campaign),
    "panel_comparison": Route(CAMPAIGN_READERS, ok=302, names=_campaign),
    "panel_indicator": Route(CAMPAIGN_READERS, ok=302, names=lambda one: {**_campaign(one), "key": "college_9"}),
    "panel_school": Route(SEERS, names=_own_school),
    "panel_school_by_code": Route(CAMPAIGN_READERS, ok=302, names=lambda one: {**_campaign(one), "code": "school_1"}),
    "panel_number": Route(CAMPAIGN_READERS, names=_computed(number_id="k1")),
    "panel_picture": Route(CAMPAIGN_READERS, names=_computed(page="indicator", key="c-places"), data=COLLEGE),
    "panel_file": Route(CAMPAIGN_READERS, names=_computed(page="district", key="t-panel", kind="csv")),
    "documents": Route(CAMPAIGN_READERS, names=_campaign),
    "document_ask": Route(
        CAMPAIGN_READERS, ok=409, method="post", names=lambda one: {**_campaign(one), "kind": "site"}
    ),
    "document_state": Route(CAMPAIGN_READERS, names=lambda one: {"job_id": job_of(one, run_it=False).pk}),
    "document_again": Route(
        CAMPAIGN_READERS, ok=409, method="post", names=lambda one: {"job_id": job_of(one, run_it=False).pk}
    ),
    "document_file": Route(CAMPAIGN_READERS, names=lambda one: {"job_id": stored_job(one).pk}),
    "publish": Route(frozenset({Role.HEAD}), ok=409, method="post", names=_campaign),
    "release_file": Route(CAMPAIGN_READERS, names=lambda one: {"release_id": stored_release(one).pk}),
    "journal": Route(frozenset({Role.AUDITOR})),
    "set_language": Route(ok=302, method="post", data={"language": "ru"}, open_to_all=True),
    "accept_invitation": Route(ok=404, names=lambda _: {"token": "unknown"}, open_to_all=True),
    "keys": Route(EVERYBODY - {Role.AUDITOR}),
    "revoke_key": Route(MANAGERS | {Role.SCHOOL_OFFICER}, ok=302, method="post", names=_key),
    "api_description": Route(open_to_all=True),
    "api_missing": Route(ok=404, open_to_all=True),
    "api_token": _api(),
    "api_submissions": _api(),
    "api_submission": _api(names=_form),
    "api_cells": _api("post", _form),
    "api_submit": _api("post", _form),
    "api_return": _api("post", _form),
    "api_accept": _api("post", _form),
    "api_computations": _api(),
    "api_values": _api(names=lambda _: {"computation_id": 1}),
    "api_facts": _api(names=lambda _: {"computation_id": 1}),
    "api_reports": _api(),
    "api_report_file": _api(names=lambda _: {"report_id": 1}),
    "api_releases": _api(),
    "api_release": _api(names=lambda _: {"release_id": 1}),
    "api_release_file": _api(names=lambda _: {"release_id": 1}),
    "own_page": Route(),
    "end_sessions": Route(ok=302, method="post"),
    "forgotten_password": Route(open_to_all=True),
    "new_password": Route(ok=404, names=lambda _: {"token": "unknown"}, open_to_all=True),
    "health": Route(open_to_all=True),
    "account_login": Route(ok=302),
    "account_logout": Route(),
    "account_change_password": Route(),
    "account_reauthenticate": Route(),
}

# Pages of allauth about one's own second factor: they name nobody, and differ by what the person has set up.
OWN_SECOND_FACTOR = frozenset(
    {
        "mfa_index",
        "mfa_authenticate",
        "mfa_reauthenticate",
        "mfa_activate_totp",
        "mfa_deactivate_totp",
        "mfa_list_webauthn",
        "mfa_add_webauthn",
        "mfa_reauthenticate_webauthn",
        "mfa_edit_webauthn",
        "mfa_remove_webauthn",
        "mfa_view_recovery_codes",
        "mfa_generate_recovery_codes",
        "mfa_download_recovery_codes",
    }
)
