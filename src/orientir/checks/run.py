"""All checks of a data package, in the order in which they are told."""

from __future__ import annotations

from collections.abc import Iterable

from orientir.checks import consistency, decisions, events, history, registers, reorganisations, schools, structure
from orientir.checks.consistency import Engine
from orientir.checks.subject import Check, Subject
from orientir.model.results import Issue
from orientir.model.status import Severity

CHECKS: tuple[Check, ...] = (
    consistency.one_population_one_size,
    consistency.total_equals_parts,
    history.nothing_is_copied,
    history.base_is_steady,
    history.jumps_are_explained,
    history.composition_is_steady,
    schools.shares_move_within_reason,
    structure.label_means_one_thing,
    structure.period_labels_agree,
    structure.small_numbers_are_marked,
    structure.visits_are_not_persons,
    structure.declared_is_reported,
    structure.sources_are_used,
    structure.goals_have_targets,
    structure.actions_are_complete,
    events.dates_are_written_well,
    events.years_agree,
    events.events_are_in_order,
    events.events_are_in_period,
    events.events_are_listed_once,
    events.events_are_events,
    events.events_have_participants,
    events.links_are_evidence,
    registers.planned_is_held,
    registers.consent_is_given,
    registers.records_are_not_kept_too_long,
    registers.industries_are_known,
    decisions.doubts_are_cleared,
    reorganisations.successors_are_possible,
    reorganisations.facts_are_of_their_time,
)

_WEIGHT = {Severity.ERROR: 0, Severity.WARNING: 1, Severity.INFO: 2}


def run_checks(subject: Subject, engine: Engine) -> tuple[Issue, ...]:
    """Every issue, the gravest first; within one gravity in the order of the checks."""
    found = [
        *consistency.relations_hold(subject, engine),
        *schools.schools_are_plausible(subject, engine),
        *(issue for check in CHECKS for issue in check(subject)),
    ]
    return gravest_first(found)


def gravest_first(issues: Iterable[Issue]) -> tuple[Issue, ...]:
    return tuple(sorted(issues, key=lambda issue: _WEIGHT[issue.severity]))
