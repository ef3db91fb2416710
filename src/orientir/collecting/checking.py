"""What the checks of the programme say of each form: the organisations of one parent at a time.

Organisations under one parent are compared with each other and no others, so that a region of two thousand schools asks
for no more memory than its largest district. A school answers for its form alone: what a register says of it is
the coordinator's business (the conflict desk).
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Collection, Iterable, Iterator, Sequence
from dataclasses import replace

from orientir.checks.consistency import told
from orientir.checks.run import gravest_first, run_checks
from orientir.checks.subject import Subject
from orientir.collecting.board import Issues, issues_by_organisation
from orientir.collecting.intake import Groups
from orientir.collecting.ledger import Ledger
from orientir.collecting.screening import Broken, Screen, alike
from orientir.collecting.spool import Spool
from orientir.cycle import known_periods, report_periods
from orientir.errors import PackageError
from orientir.facts.conflicts import weighed
from orientir.facts.relation import ancestors
from orientir.indicators.relevance import measured_programme
from orientir.indicators.values import Engine, values_of
from orientir.model.collection import CellKey
from orientir.model.forms import Form
from orientir.model.package import Fact, Organisation, Package
from orientir.model.periods import Period
from orientir.model.programme import Programme
from orientir.model.results import Issue, Value
from orientir.sources.counted import counted_facts
from orientir.sources.forms.reading import FormReader

_BATCH = 100  # organisations: a plan costs nearly as much for one as for a hundred
_WAITING = 1000  # organisations whose papers wait until enough are found that need a full check


class SchoolChecks:
    """`package` is the collected one without its facts, which lie in the ledger; `stopping` will stop the report."""

    def __init__(self, programme: Programme, period: Period, package: Package, ledger: Ledger, engine: Engine) -> None:
        self._programme = programme
        self._periods = report_periods(programme, period)
        self._period = period
        self._package = package
        self._ledger = ledger
        self._engine = engine
        self._counted = _by_organisation(counted_facts(package, programme))
        self._forms = {source.id for source in package.sources if _is_form(source.id, programme)}
        self._decided = {one.organisation for one in package.corrections}
        self._decided |= {one.organisation for one in package.choices}
        self._places = {place.id: place for place in package.organisations}
        self._parents = {place.id: place.parent for place in package.organisations}
        self.stopping: dict[str, None] = {}

    def is_special(self, organisation: str) -> bool:
        """Whether its form must be checked in full whatever stands in it: it has a past, or was decided about."""
        place = self._places[organisation]
        opened = place.valid_from is None or place.valid_from <= self._period.last_day
        closed = place.valid_to is not None and place.valid_to < self._period.first_day
        return organisation in self._ledger.earlier or organisation in self._decided or closed or not opened

    def of(self, organisations: Collection[str]) -> Issues:
        """All that the checks find in these organisations, by organisation."""
        own = set(organisations)
        package = self._part(own)
        facts = self._settled(package, own)
        programme = measured_programme(self._programme, facts)
        values = self._values(package, facts, programme)
        found = run_checks(Subject(package, programme, facts, self._periods, values), self._engine)
        return self._by_organisation(found, facts)

    def told(self, organisation: str, broken: Iterable[Broken]) -> Issues:
        """The same for an organisation of which only one form is known, and which relations it breaks."""
        facts = list(self._ledger.facts(organisation))
        subject = Subject(self._part({organisation}), self._programme, facts, self._periods)
        by_key = {(fact.element, fact.breakdown): fact for fact in facts}
        found = [
            told(subject, one.check, (one.check.id, organisation, self._period.start),
                 [by_key[key] for key in one.cells], one.is_negative)
            for one in sorted(broken, key=lambda one: one.check.id)
        ]  # fmt: skip
        return self._by_organisation(gravest_first(found), facts)

    def _by_organisation(self, found: Sequence[Issue], facts: Iterable[Fact]) -> Issues:
        return issues_by_organisation(found, {fact.id: fact.organisation for fact in facts}, str(self._period))

    def _part(self, own: set[str]) -> Package:
        """The package of these organisations and those above them; registers are not theirs to answer for."""
        above = {place for one in own for place in ancestors(one, self._parents)}
        places = tuple(self._places[one] for one in sorted(own | above))
        return replace(
            self._package,
            organisations=places,
            corrections=tuple(one for one in self._package.corrections if one.organisation in own),
            choices=tuple(one for one in self._package.choices if one.organisation in own),
            events=(),
            activities=(),
            open_days=(),
            actions=(),
        )

    def _settled(self, package: Package, own: Iterable[str]) -> Sequence[Fact]:
        """Facts of forms as they stand after what was decided about them."""
        facts = [fact for one in sorted(own) for fact in self._ledger.facts(one)]
        counted = [fact for one in sorted(own) for fact in self._counted.get(one, ())]
        if package.corrections or package.choices:
            settled = weighed(package, (*facts, *counted))
            self.stopping.update(dict.fromkeys(map(str, settled.faults)))
            facts = list(settled.facts)
        return [fact for fact in facts if fact.source in self._forms]

    def _values(self, package: Package, facts: Sequence[Fact], programme: Programme) -> tuple[Value, ...]:
        """Shares are looked at from year to year; in one year the relations say all there is to say."""
        periods = known_periods(facts, ())
        if len(periods) < 2:
            return ()
        try:
            return values_of(self._engine, package, facts, programme, periods)
        except PackageError as error:
            self.stopping.update(dict.fromkeys(map(str, error.faults)))
            return ()


class Screening:
    """Finds in one pass over their numbers which organisations need a full check, and what is wrong in the others."""

    def __init__(
        self, reader: FormReader, spool: Spool, checks: SchoolChecks, screen: Callable[[Sequence[CellKey]], Screen]
    ) -> None:
        self._reader = reader
        self._spool = spool
        self._checks = checks
        self._make = screen
        self._screens: dict[str, Screen] = {}
        self._special: set[str] = set()
        self._broken: dict[str, tuple[Broken, ...]] = {}

    def batches(
        self, forms: Sequence[Form], organisations: Iterable[Organisation], groups: Groups
    ) -> Iterator[tuple[Sequence[Organisation], Issues]]:
        """Every organisation, with the issues of those that sent forms; those of one parent come together."""
        waiting: list[Organisation] = []
        for places in by_parent(organisations):
            waiting += places
            self._look(forms, places, groups)
            if len(self._special) >= _BATCH or len(waiting) >= _WAITING:
                yield waiting, self._issues()
                waiting = []
                self._special.clear()
                self._broken.clear()
        yield waiting, self._issues()

    def _look(self, forms: Sequence[Form], places: Sequence[Organisation], groups: Groups) -> None:
        for form in forms:
            screen = self._screen(form)
            came = {place.id: groups[place.id, form.id][-1] for place in places if (place.id, form.id) in groups}
            numbers = {place: self._spool.numbers(one.place) for place, one in came.items()}
            self._special |= alike(numbers)
            for place, own in numbers.items():
                broken = screen.broken(own)
                if len(forms) > 1 or self._checks.is_special(place) or screen.has_other_total(own):
                    self._special.add(place)
                elif broken:
                    self._broken[place] = broken

    def _issues(self) -> Issues:
        found: dict[str, tuple[Issue, ...]] = {}
        for place, broken in self._broken.items():
            if place not in self._special:
                found.update(self._checks.told(place, broken))
        return found | dict(self._checks.of(self._special)) if self._special else found

    def _screen(self, form: Form) -> Screen:
        if form.id not in self._screens:
            self._screens[form.id] = self._make(self._reader.layout(form).answers)
        return self._screens[form.id]


def _by_organisation(facts: Iterable[Fact]) -> dict[str, list[Fact]]:
    found: dict[str, list[Fact]] = defaultdict(list)
    for fact in facts:
        found[fact.organisation].append(fact)
    return found


def _is_form(source: str, programme: Programme) -> bool:
    return any(source.startswith(f"{form.id}_20") for form in programme.forms)


def by_parent(organisations: Iterable[Organisation]) -> Iterator[tuple[Organisation, ...]]:
    """Organisations that stand together, in the order in which they are listed."""
    groups: dict[str, list[Organisation]] = defaultdict(list)
    for place in organisations:
        groups[place.parent].append(place)
    return (tuple(group) for group in groups.values())
