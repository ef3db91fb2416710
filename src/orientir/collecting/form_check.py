"""What the checks say of one form while it is being filled: the relations it breaks, and jumps without a reason.

A page asks this at every change, so that only one organisation's own numbers are looked at and no engine but memory is
needed. What is found by comparing schools or years belongs to the collection (checking.py).
"""

from __future__ import annotations

from array import array
from collections.abc import Iterable, Iterator, Mapping, Sequence

from orientir.checks.consistency import told
from orientir.checks.run import gravest_first
from orientir.checks.subject import Subject
from orientir.collecting.rows import number_of
from orientir.collecting.screening import Broken, Screen
from orientir.engines.memory import MemoryEngine
from orientir.model.collection import Answer, CellKey, Known
from orientir.model.forms import AnswerKind
from orientir.model.jumps import has_jumped
from orientir.model.package import Fact, Organisation, Package, Source
from orientir.model.periods import Period
from orientir.model.results import Issue
from orientir.model.status import Severity
from orientir.sources.forms.answering import sum_of
from orientir.sources.forms.layout import Layout, RowPlace, code_of

_OWN = "own"  # the form's only organisation and source: neither is named in what is told


class FormCheck:
    """Of one form and period; ids of facts in its issues are the codes of cells (`code_of`)."""

    def __init__(self, layout: Layout, period: Period) -> None:
        self._layout = layout
        self._period = period
        self._screen = Screen(layout.answers, layout.programme, period, MemoryEngine())

    def issues(self, answers: Sequence[Answer], previous: Mapping[CellKey, Known]) -> tuple[Issue, ...]:
        """`answers` are those of the asked cells, in the order of the layout."""
        sums = [sum_of(one.key, [answers[place] for place in parts]) for one, parts in self._layout.sums if one.key]
        every = (*answers, *sums)
        broken = self._screen.broken(array("d", map(number_of, every)))
        return gravest_first((*self._relations(every, broken), *self._jumps(answers, previous)))

    def _relations(self, answers: Sequence[Answer], broken: Iterable[Broken]) -> Iterator[Issue]:
        broken = sorted(broken, key=lambda one: one.check.id)
        if not broken:  # as after most saves
            return
        about = {key for one in broken for key in one.cells}
        facts = {one.key: self._fact(one) for one in answers if one.key in about}
        package = Package("", "", _OWN, False, "", (Organisation(_OWN, "", ""),), (Source(_OWN, "", "", "", 1),), ())
        subject = Subject(package, self._layout.programme, tuple(facts.values()), (self._period,))
        for one in broken:
            place = (one.check.id, _OWN, self._period.start)
            yield told(subject, one.check, place, [facts[key] for key in one.cells], one.is_negative)

    def _fact(self, one: Answer) -> Fact:
        id = code_of(*one.key)
        return Fact(id, one.element, _OWN, self._period, one.breakdown, one.value, one.state, _OWN, reason=one.reason)

    def _jumps(self, answers: Sequence[Answer], previous: Mapping[CellKey, Known]) -> Iterator[Issue]:
        """A reason may stand at any cell of the row, as it does in the workbook."""
        by_key = {one.key: one for one in answers}
        for section in self._layout.sections:
            for row in section.rows:
                own = [by_key[cell.key] for cell in row.cells]
                jumped = [one for one in own if _jumped(one, previous.get(one.key))]
                if jumped and row.asked.answer is AnswerKind.NUMBER and not any(one.reason for one in own):
                    yield self._jump(row, jumped)

    def _jump(self, row: RowPlace, jumped: Sequence[Answer]) -> Issue:
        return Issue(
            rule="jump_without_reason",
            severity=Severity.ERROR,
            where=row.asked.title,
            message="Число сильно изменилось против прошлого года, а причины нет.",
            reason="изменение в полтора раза и больше",
            advice="Впишите причину или исправьте число.",
            facts=tuple(code_of(*one.key) for one in jumped),
            indicators=(),
            period=str(self._period),
        )


def _jumped(one: Answer, before: Known | None) -> bool:
    return bool(before and before.value is not None and one.value is not None and has_jumped(before.value, one.value))
