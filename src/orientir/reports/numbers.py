"""The register of printed numbers: each has a short id that leads back to the facts.

Ids follow the files beside the report: `v17` is the value of row 17 of values.csv (a share or a count), `v17n` its
numerator, `v17d` its denominator, `v17i` its interval; `c5` is a comparison, `c5p` its chance level; `a3` and `o2` are
rows of the registers of activities and open days, `e7` of events; `k4` counts entries of a list of the report itself;
`w3` and `w3n` are what stood before and after the correction of row 3, `f12` is a fact itself, `p1` a sum of its parts.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import replace
from decimal import Decimal

from orientir.model.cycle import Cycle
from orientir.model.desk import Cell, Corrected, Side
from orientir.model.indicators import Indicator, Term
from orientir.model.package import Activity, Event, Fact, OpenDay, Source
from orientir.model.results import Comparison, Interval, Place, Value
from orientir.model.status import Status
from orientir.presentation import HIDDEN, bare_share, chance, difference, number, period_name, points, quoted, share
from orientir.reports.decisions import cell_told, correction_told
from orientir.reports.document import Num, Origin
from orientir.reports.words import condition_in_words

MISSING = "—"


class NumberBook:
    """Gives every number of the report its text and id, and remembers where it came from."""

    def __init__(self, cycle: Cycle) -> None:
        self._cycle = cycle
        self._facts = {fact.id: fact for fact in cycle.known_facts}
        self._rows = {value.place: row for row, value in enumerate(cycle.values, 2)}
        self._compared = {_comparison_key(one): row for row, one in enumerate(cycle.comparisons, 1)}
        self.origins: dict[str, Origin] = {}
        self.facts: dict[str, tuple[str, ...]] = {}

    # ---- values

    def amount(self, value: Value) -> Num | str:
        """The share with its sign of per cent, or the count."""
        if value.amount is None:
            return _absent(value)
        return self._of_value(value, "", self._amount_text(value))

    def bare(self, value: Value) -> Num | str:
        """The same for a column whose heading names the unit."""
        if value.amount is None:
            return _absent(value)
        text = bare_share(value.amount, self._decimals(value)) if value.is_share else number(value.amount)
        return self._of_value(value, "", text)

    def numerator(self, value: Value) -> Num | str:
        if value.numerator is None:
            return _absent(value)
        return self._of_value(value, "n", number(value.numerator))

    def denominator(self, value: Value) -> Num | str:
        if value.denominator is None:
            return _absent(value)
        return self._of_value(value, "d", number(value.denominator))

    def interval(self, value: Value, ends: Interval) -> Num:
        decimals = self._decimals(value)
        return self._of_value(value, "i", f"{bare_share(ends.low, decimals)}–{share(ends.high, decimals)}")

    def _amount_text(self, value: Value) -> str:
        assert value.amount is not None
        return share(value.amount, self._decimals(value)) if value.is_share else number(value.amount)

    def _of_value(self, value: Value, suffix: str, text: str) -> Num:
        key = f"v{self._rows[value.place]}{suffix}"
        if key not in self.origins:
            self.facts[key] = value.facts
            self.origins[key] = Origin(
                key, text, self.title(value.place), self._formula(value, suffix), self._sources(value)
            )
        return Num(key, text)

    def title(self, place: Place) -> str:
        indicator = self._cycle.programme.indicator(place.indicator)
        cut = f", {self.cut(place.breakdown)}" if place.breakdown else ""
        where = self._cycle.package.organisation(place.organisation).title
        return f"{indicator.title}{cut}; {where}, {period_name(place.period)}"

    def cut(self, breakdown: str) -> str:
        """The words of «level=5-9»."""
        dimension, _, member = breakdown.partition("=")
        members = self._cycle.programme.dimension(dimension).members
        return next(one.title for one in members if one.id == member)

    def _formula(self, value: Value, suffix: str) -> str:
        indicator = self._indicator(value)
        if suffix in ("n", "d"):
            return terms_in_words(self._cycle, indicator.numerator if suffix == "n" else indicator.denominator)
        if not value.is_share or value.numerator is None or value.denominator is None:
            return terms_in_words(self._cycle, indicator.numerator)
        text = f"{number(value.numerator)} : {number(value.denominator)}"
        return f"интервал Уилсона, 95\u00a0%, для {text}" if suffix == "i" else text

    def _sources(self, value: Value) -> str:
        return self._sources_of(value.facts)

    def _sources_of(self, facts: Iterable[str]) -> str:
        read = dict.fromkeys(key for fact in facts for key in self._cycle.desk.originals(fact))
        return sources_in_words(self._cycle, [self._facts[key] for key in read])

    def _indicator(self, value: Value) -> Indicator:
        return self._cycle.programme.indicator(value.place.indicator)

    def _decimals(self, value: Value) -> int:
        return self._indicator(value).decimals

    # ---- comparisons

    def change(self, comparison: Comparison) -> Num | str:
        if comparison.change is None:
            return MISSING
        decimals = self._decimals(comparison.now)
        text = points(comparison.change, decimals) if comparison.now.is_share else difference(comparison.change)
        return self._of_comparison(comparison, "", text)

    def chance(self, comparison: Comparison) -> Num | str:
        """The chance level after the correction for many comparisons."""
        if comparison.adjusted is None:
            return MISSING
        return self._of_comparison(comparison, "p", chance(comparison.adjusted))

    def _of_comparison(self, comparison: Comparison, suffix: str, text: str) -> Num:
        row = self._compared.setdefault(_comparison_key(comparison), len(self._compared) + 1)
        key = f"c{row}{suffix}"
        now, then = comparison.now, comparison.then
        formula = f"{self._plain(now)} − {self._plain(then)}"
        if suffix:
            formula = (
                f"точный критерий Фишера: {self._counts(then)} и {self._counts(now)}, с поправкой на число сравнений"
            )
        title = f"{self.title(now.place)} по сравнению с {period_name(then.place.period)}"
        self.facts[key] = now.facts + then.facts
        self.origins.setdefault(key, Origin(key, text, title, formula, self._sources(now)))
        return Num(key, text)

    def _plain(self, value: Value) -> str:
        return _absent(value) if value.amount is None else self._amount_text(value)

    def _counts(self, value: Value) -> str:
        assert value.numerator is not None and value.denominator is not None
        return f"{number(value.numerator)} из {number(value.denominator)}"

    # ---- facts about which something was decided

    def before(self, one: Corrected) -> Num | str:
        """What stood in the fact before the correction."""
        return self._of_fact(f"w{one.correction.row}", one.before, one.fact, "прочитано в источнике")

    def after(self, one: Corrected) -> Num | str:
        return self._of_fact(f"w{one.correction.row}n", one.correction.value, one.fact, correction_told(one))

    def side(self, side: Side) -> Num | str:
        """What a source gives for a cell in conflict, read or added up."""
        if not side.by:
            return self._of_fact(side.facts[0], side.value, side.facts[0], "прочитано в источнике")
        told = [self._facts[key] for key in side.facts]
        cell = Cell.of(told[0])
        whole = replace(cell, breakdown=tuple(pair for pair in cell.breakdown if pair[0] not in side.by))
        key = next((key for key, facts in self.facts.items() if key[0] == "p" and facts == side.facts), "")
        key = key or f"p{1 + sum(one[0] == 'p' for one in self.facts)}"
        origin = Origin(key, number(side.value), self._cell(whole), "сумма частей", self._sources_of(side.facts))
        return self._remembered(origin, side.facts)

    def _of_fact(self, key: str, value: Decimal | None, fact: str, formula: str) -> Num | str:
        if value is None:
            return MISSING
        title = self._cell(Cell.of(self._facts[fact]))
        return self._remembered(Origin(key, number(value), title, formula, self._sources_of([fact])), (fact,))

    def _cell(self, cell: Cell) -> str:
        return cell_told(self._cycle.package, self._cycle.programme, cell)

    def _remembered(self, origin: Origin, facts: tuple[str, ...]) -> Num:
        self.origins.setdefault(origin.id, origin)
        self.facts.setdefault(origin.id, facts)
        return Num(origin.id, origin.text)

    # ---- registers and lists

    def activity(self, activity: Activity) -> Num | str:
        if activity.value is None:
            return HIDDEN
        return self._of_row(f"a{activity.row}", activity, activity.value, "activities.csv")

    def open_day(self, day: OpenDay) -> Num | str:
        return MISSING if day.visits is None else self._of_row(f"o{day.row}", day, Decimal(day.visits), "open_days.csv")

    def event(self, event: Event) -> Num:
        """The participants of an event."""
        assert event.participants is not None
        key, text = f"e{event.row}", number(event.participants)
        origin = Origin(
            key, text, event.title, f"записано в строке {event.row} файла events.csv", self._document(event.source)
        )
        self.origins.setdefault(key, origin)
        return Num(key, text)

    def _document(self, source: str) -> str:
        return _source_words(self._cycle.package.source(source))

    def _of_row(self, key: str, entry: Activity | OpenDay, value: Decimal, file: str) -> Num:
        text = number(value)
        title = f"{entry.title}, {period_name(entry.period)}"
        origin = Origin(key, text, title, f"записано в строке {entry.row} файла {file}", self._document(entry.source))
        self.origins.setdefault(key, origin)
        return Num(key, text)

    def tally(self, count: int, what: str) -> Num:
        """A count of entries of the report's own lists."""
        key = next((key for key, one in self.origins.items() if key[0] == "k" and one.title == what), "")
        key = key or f"k{1 + sum(one[0] == 'k' for one in self.origins)}"
        text = number(count)
        self.origins.setdefault(key, Origin(key, text, what, "число записей", "подсчитано по этому отчёту"))
        return Num(key, text)


def _comparison_key(comparison: Comparison) -> tuple[Place, Place]:
    return comparison.now.place, comparison.then.place


def _absent(value: Value) -> str:
    return HIDDEN if value.status is Status.SUPPRESSED else MISSING


def _source_words(source: Source) -> str:
    return source.place or source.title


def terms_in_words(cycle: Cycle, terms: tuple[Term, ...]) -> str:
    """«Выпускники 9 классов − Поступившие в колледжи»; a shifted term names its year."""
    words = ""
    for term in terms:
        sign = ("−" if term.weight < 0 else "+") if words else ("−" if term.weight < 0 else "")
        weight = f"{abs(term.weight)} × " if abs(term.weight) != 1 else ""
        shift = " следующего года" if term.shift == 1 else ""
        words = f"{words} {sign} {weight}{quoted(_term_title(cycle, term))}{shift}".strip()
    return words


def _term_title(cycle: Cycle, term: Term) -> str:
    title = cycle.programme.element(term.element).title
    return f"{title} ({condition_in_words(cycle.programme, term.where)})" if term.where else title


def sources_in_words(cycle: Cycle, facts: list[Fact]) -> str:
    """Each source once, with the rows of the data package: «таблица 3 (facts.csv, строки 8, 9)»."""
    rows: dict[tuple[str, str], list[int]] = {}
    for fact in facts:
        rows.setdefault((fact.source, fact.file), []).append(fact.row)
    told = []
    for (key, file), lines in rows.items():
        source = cycle.package.source(key)
        noun = "строка" if len(lines) == 1 else "строки"
        told.append(f"{source.place or source.title} ({file}, {noun} {', '.join(map(str, sorted(lines)))})")
    return "; ".join(told)
