"""Decisions about facts: those that somebody doubts and nobody has mended yet.

A correction that no longer fits its fact stops the cycle (facts/corrections.py) and is no issue.
"""

from __future__ import annotations

from collections.abc import Iterator

from orientir.checks.subject import Subject, issue
from orientir.facts.corrections import corrections_standing
from orientir.model.collection import CorrectionKind
from orientir.model.desk import Cell
from orientir.model.results import Issue
from orientir.model.status import Severity
from orientir.presentation import day

DOUBTED = "fact_doubted"


def doubts_are_cleared(subject: Subject) -> Iterator[Issue]:
    """Сведение, отмеченное как сомнительное, проверено: исправлено или отметка снята."""
    facts = {(Cell.of(fact), fact.source): fact for fact in subject.facts if fact.period in subject.periods}
    for key, chain in corrections_standing(subject.package.corrections).items():
        fact = facts.get(key)
        flags = [one for one in chain if one.kind is CorrectionKind.FLAG]
        if fact is not None and flags:
            last = flags[-1]
            yield issue(
                DOUBTED,
                Severity.WARNING,
                subject.place(fact),
                f"Число {subject.amount(fact)} ({subject.source(fact)}) под сомнением: {last.reason.rstrip('.')} "
                f"({last.author}, {day(last.decided_on)}).",
                "вывод опирается на число, в котором сомневаются",
                "Уточните число у организации и исправьте его или снимите отметку.",
                [fact],
                period=fact.period,
            )
