"""What a section works with: the cycle, the register of numbers, and text with live numbers.

Wording stands in templates (the programme's `texts/`, else the ones beside this module); a template prints numbers only
through the functions below, so each keeps its id.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass, field
from functools import cache, cached_property
from importlib.resources import files
from typing import Any, Literal

from jinja2 import DictLoader, StrictUndefined, TemplateError
from jinja2.sandbox import SandboxedEnvironment

from orientir.comparisons import interval
from orientir.errors import DefinitionError, Fault
from orientir.model.cycle import Cycle
from orientir.model.indicators import Indicator
from orientir.model.package import Organisation
from orientir.model.periods import Period
from orientir.model.results import Base, Comparison, Finding, Place, Value
from orientir.model.status import Status
from orientir.model.texts import EditedText
from orientir.presentation import agreed, in_period, period_name, quoted
from orientir.reports import words
from orientir.reports.document import Inline, Num, Ref, Strong, Text
from orientir.reports.numbers import NumberBook


@cache
def shipped_texts() -> Mapping[str, str]:
    """The wordings beside this module, by name."""
    return {file.name[:-3]: file.read_text("utf-8") for file in files("orientir.reports").joinpath("texts").iterdir()}


_MARK = re.compile(r"⟦(.*?)⟧|\*\*(.*?)\*\*")


@dataclass
class Context:
    """The cycle as a section sees it; `public` documents hide what must not be published."""

    cycle: Cycle
    public: bool
    book: NumberBook = field(init=False)

    def __post_init__(self) -> None:
        self.book = NumberBook(self.cycle)

    # ---- lookups

    @cached_property
    def values(self) -> Mapping[Place, Value]:
        return {value.place: value for value in self.cycle.values}

    @cached_property
    def comparisons(self) -> Mapping[tuple[Place, Place], Comparison]:
        return {(one.now.place, one.then.place): one for one in self.cycle.comparisons}

    @cached_property
    def edits(self) -> Mapping[str, EditedText]:
        """The texts that people wrote for the report's year, by what they are of; the last of each."""
        return {one.key: one for one in self.cycle.package.texts if one.period == self.periods[-1]}

    @cached_property
    def aside(self) -> Context:
        """The same cycle with a book of its own, for numbers that are looked at and not printed."""
        return Context(self.cycle, self.public)

    @property
    def territory(self) -> Organisation:
        return self.cycle.package.organisation(self.cycle.package.territory)

    @property
    def periods(self) -> tuple[Period, ...]:
        return self.cycle.periods

    def value(self, indicator: str, period: Period, breakdown: str = "", organisation: str = "") -> Value:
        """The value there; a «not reported» one where nothing was computed."""
        place = Place(indicator, organisation or self.territory.id, period, breakdown)
        is_share = self.cycle.programme.indicator(indicator).is_share
        return self.values.get(place) or Value(place, None, None, Status.NOT_REPORTED, is_share=is_share)

    def latest(self, indicator: str) -> Value | None:
        """The latest value of the territory within the report that was measured (a hidden one counts)."""
        found = (self.value(indicator, period) for period in reversed(self.periods))
        return next((value for value in found if value.status in (Status.MEASURED, Status.SUPPRESSED)), None)

    def breakdowns(self, indicator: Indicator) -> list[str]:
        """The breakdowns in which the territory has values, in the order of the dictionary."""
        wanted = [
            f"{key}={member.id}"
            for key in indicator.breakdowns
            for member in self.cycle.programme.dimension(key).members
        ]
        have = {place.breakdown for place in self.values if place.indicator == indicator.id}
        return [cut for cut in wanted if cut in have]

    def comparison(self, value: Value, base: Base) -> Comparison | None:
        return next((one for one in self.cycle.comparisons if one.now.place == value.place and one.base is base), None)

    def indicators_in_order(self) -> list[Indicator]:
        """Declared ones by number, each followed by what was measured in its stead; the rest after them."""
        programme = self.cycle.programme
        numbers = {one.id: one.number or 0 for one in programme.indicators}

        def rank(one: Indicator) -> tuple[int, int, str]:
            if one.declared:
                return (numbers[one.declared], 1, one.id)
            return (one.number or 1000, 0, one.id)

        return sorted(programme.indicators, key=rank)

    def findings(self, *rules: str) -> list[Finding]:
        return [one for one in self.cycle.findings if one.rule in rules]

    # ---- text

    def text(self, template: str, **given: Any) -> Text:
        """The named template as text with live numbers."""
        return _flowing(self._rendered(template, given))

    def paragraphs(self, template: str, **given: Any) -> tuple[Text, ...]:
        """The same, a text for each paragraph of the template: they are set apart by empty lines."""
        parts = re.split(r"\n[ \t]*\n", self._rendered(template, given))
        return tuple(_flowing(part) for part in parts if part.strip())

    def _rendered(self, template: str, given: dict[str, Any]) -> str:
        try:
            return str(self._environment.get_template(template).render(**given))
        except (TemplateError, TypeError, ValueError, ArithmeticError) as error:
            if template not in self.cycle.programme.texts:
                raise
            cure = "Используйте только то, что есть в исходном тексте."
            raise DefinitionError(Fault(f"texts/{template}.j2", f"текст не складывается: {error}.", cure)) from error

    def line(self, source: str, **given: Any) -> Text:
        """A short wording given in place."""
        return parsed(self._environment.from_string(source).render(**given))

    @cached_property
    def _environment(self) -> Any:
        # A programme's texts are data: they may word, not run.
        environment = SandboxedEnvironment(
            loader=DictLoader({**shipped_texts(), **self.cycle.programme.texts}),
            undefined=StrictUndefined,
            trim_blocks=True,
            lstrip_blocks=True,
            autoescape=False,
        )
        environment.globals.update(self._functions())
        environment.filters["sentence"] = words.sentence
        environment.filters["capital"] = words.capital
        environment.filters["period_name"] = period_name
        return environment

    def _functions(self) -> dict[str, Any]:
        book = self.book
        return {
            "amount": lambda value: _mark(book.amount(value)),
            "numerator": lambda value: _mark(book.numerator(value)),
            "denominator": lambda value: _mark(book.denominator(value)),
            "change": lambda comparison: _mark(book.change(comparison)),
            "chance": lambda comparison: _mark(book.chance(comparison)),
            "interval": self._interval,
            "tally": lambda count, what: _mark(book.tally(count, what)),
            "agreed": agreed,
            "cut": book.cut,
            "period_name": period_name,
            "quoted": quoted,
            "in_period": in_period,
            "ref": ref,
            "has": lambda section: any(spec.section == section for spec in self.cycle.programme.report.sections),
            "verdict": lambda comparison: words.VERDICT[comparison.verdict],
        }

    def _interval(self, value: Value) -> str:
        ends = interval(value)
        return _mark(self.book.interval(value, ends)) if ends else ""


def _flowing(rendered: str) -> Text:
    # A template may be laid out in lines; no-break spaces are kept.
    flowing = re.sub(r"[ \t\n]+", " ", rendered).strip(" ")
    # A sentence that ends in an abbreviation has one full stop: «уч. г.», «+25 п. п.»
    return parsed(re.sub(r"(?<!\.)\.(⟧?)\.(?!\.)", r".\1", flowing))


def ref(key: str, case: Literal["nominative", "prepositional"] = "nominative") -> str:
    return f"⟦@{key}|{case}⟧"


def _mark(number: Num | str) -> str:
    return f"⟦{number.id}|{number.text}⟧" if isinstance(number, Num) else number


def parsed(text: str) -> Text:
    """Marks -> inlines: ⟦v17|57,5 %⟧ a number, ⟦@t-x|case⟧ a reference, **word** strong."""
    inlines: list[Inline] = []
    end = 0
    for match in _MARK.finditer(text):
        if match.start() > end:
            inlines.append(text[end : match.start()])
        inlines.append(_inline(match[1], match[2]))
        end = match.end()
    if end < len(text):
        inlines.append(text[end:])
    return tuple(inlines)


def _inline(mark: str | None, strong: str | None) -> Inline:
    if mark is None:
        return Strong(strong or "")
    key, _, rest = mark.partition("|")
    if key.startswith("@"):
        return Ref(key[1:], "prepositional" if rest == "prepositional" else "nominative")
    return Num(key, rest)
