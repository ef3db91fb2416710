"""One changed fact moves a decision's outcome, and a goal's proposal with it: a row for each verdict there is."""

from __future__ import annotations

from dataclasses import dataclass

import pytest
from changing import Change, decide, made, only, put, without

from orientir.model.cycle import Cycle
from orientir.model.results import Outcome, Proposal

TESTED = (only("tested", "pupils_9_11"), decide("tested_as_measured", "2021-03-01"))  # 303 of 505, then of 499
LOST = (decide("unaccounted_9", "2020-06-01"),)  # 38 of 420 in 2019/20; fewer is better
RECOMMENDED = (put("recommended_9", "2020/21", 350), decide("recommended_9", "2021-03-01"))  # of 426, then of 419


@dataclass(frozen=True)
class Turn:
    """An outcome on either side of a threshold."""

    name: str
    base: tuple[Change, ...]
    before: Change
    first: Outcome
    after: Change
    then: Outcome


def of_499(count: int) -> Change:
    return put("tested", "2021/22", count)


def lost(count: int) -> Change:
    """So many of 426 graduates are neither in a college nor among the 105 of grade 10."""
    return put("admitted_college_9", "2020/21", 426 - 105 - count)


TURNS = (
    Turn("rise", TESTED, of_499(329), Outcome.WITHIN_CHANCE, of_499(330), Outcome.MOVED),
    Turn("fall", TESTED, of_499(269), Outcome.WITHIN_CHANCE, of_499(268), Outcome.MOVED_AGAINST),
    Turn("fewer is better", LOST, lost(24), Outcome.WITHIN_CHANCE, lost(23), Outcome.MOVED),
    Turn("more is worse", LOST, lost(57), Outcome.WITHIN_CHANCE, lost(58), Outcome.MOVED_AGAINST),
    Turn(
        "no value after",
        TESTED,
        without("tested", "2021/22"),
        Outcome.CANNOT_BE_JUDGED,
        of_499(330),
        Outcome.MOVED,
    ),
    Turn(
        "base broken",
        TESTED,
        put("pupils_9_11", "2021/22", 758),
        Outcome.CANNOT_BE_JUDGED,
        put("pupils_9_11", "2021/22", 757),
        Outcome.MOVED_AGAINST,
    ),
)


def test_every_outcome_is_tested() -> None:
    assert {outcome for turn in TURNS for outcome in (turn.first, turn.then)} == set(Outcome)


@pytest.mark.parametrize("turn", TURNS, ids=lambda turn: turn.name)
def test_outcome_turns_with_one_fact(turn: Turn) -> None:
    outcomes = [_outcome(made(*turn.base, change).cycle()) for change in (turn.before, turn.after)]
    assert outcomes == [turn.first, turn.then]


def _outcome(cycle: Cycle) -> Outcome:
    (effect,) = cycle.effects
    return effect.outcome


@pytest.mark.parametrize(
    ("lacking", "reason"),
    [
        ({"owner": ""}, "не указано: ответственный"),
        ({"due": None}, "не указано: срок"),
        ({"decided_on": None}, "не указано: дата решения"),
        ({"indicators": ()}, "не указано: показатель"),
    ],
)
def test_decision_that_lacks_a_part_cannot_be_judged(lacking: dict[str, object], reason: str) -> None:
    whole = made(*TESTED, of_499(330)).cycle()
    partial = made(TESTED[0], decide("tested_as_measured", "2021-03-01", **lacking), of_499(330)).cycle()
    assert _outcome(whole) is Outcome.MOVED
    assert [(one.outcome, one.reason) for one in partial.effects] == [(Outcome.CANNOT_BE_JUDGED, reason)]


# ---- goals


@dataclass(frozen=True)
class Revision:
    """A proposal for a goal on either side of one change."""

    goal: str
    base: tuple[Change, ...]
    before: Change
    first: Proposal
    after: Change
    then: Proposal


REVISIONS = (
    Revision("support", RECOMMENDED, put("recommended_9", "2021/22", 365), Proposal.CORRECT,
             put("recommended_9", "2021/22", 366), Proposal.KEEP),
    Revision("support", RECOMMENDED, put("recommended_9", "2021/22", 320), Proposal.CORRECT,
             put("recommended_9", "2021/22", 366), Proposal.KEEP),
    Revision("diagnostics", (only("pupils_9_11"),), put("schools", "2021/22", 19), Proposal.REPLACE,
             put("tested", "2021/22", 310), Proposal.CORRECT),
)  # fmt: skip


def test_every_proposal_is_tested() -> None:
    assert {proposal for one in REVISIONS for proposal in (one.first, one.then)} == set(Proposal)


@pytest.mark.parametrize("revision", REVISIONS, ids=lambda one: f"{one.goal}: {one.first} -> {one.then}")
def test_proposal_turns_with_one_fact(revision: Revision) -> None:
    cycles = [made(*revision.base, change).cycle() for change in (revision.before, revision.after)]
    proposals = [next(one.proposal for one in cycle.proposals if one.goal == revision.goal) for cycle in cycles]
    assert proposals == [revision.first, revision.then]


@pytest.mark.parametrize(
    ("count", "reason"),
    [
        (320, "после принятых решений показатель изменился в обратную сторону"),
        (365, "влияние решений на показатель не подтверждено данными"),
        (366, "целевое значение есть, показатель движется к нему"),
    ],
)
def test_proposal_says_why(count: int, reason: str) -> None:
    cycle = made(*RECOMMENDED, put("recommended_9", "2021/22", count)).cycle()
    assert next(one.reason for one in cycle.proposals if one.goal == "support") == reason
