"""What every paper of a cycle needs: the context of the report, the office, the organisations, deadlines, words.

No paper is worded here.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from functools import cached_property
from typing import Any

from orientir.model.cycle import Cycle
from orientir.model.forms import Form
from orientir.model.package import Organisation
from orientir.model.periods import Period, PeriodKind
from orientir.presentation import NBSP, day, day_in_words, in_period, period_name, quoted
from orientir.reports.build import INTERNAL, PUBLIC, SYNTHETIC
from orientir.reports.context import Context
from orientir.reports.document import Paragraph, Text
from orientir.reports.papers.model import BLANK, LONG_BLANK, Command, PaperBlock, Point
from orientir.reports.ties import tied
from orientir.reports.words import sentence

AUTHORITY = "authority"  # the kind of organisation that issues papers, in the dictionary of a programme
_CONSONANTS = "бвгджзйклмнпрстфхцчшщ"


@dataclass(frozen=True)
class Setting:
    """`deadline` is the day by which schools answer; None leaves it blank. A public cycle is a protected one."""

    context: Context
    deadline: date | None

    @classmethod
    def of(cls, cycle: Cycle, public: bool = False, deadline: date | None = None) -> Setting:
        return cls(Context(cycle, public), deadline)

    @property
    def cycle(self) -> Cycle:
        return self.context.cycle

    @property
    def period(self) -> Period:
        return self.cycle.periods[-1]

    # ---- who and where

    @cached_property
    def authority(self) -> str:
        """The office of the territory, where the data name exactly one."""
        own = [
            place.title
            for place in self.cycle.package.organisations
            if place.kind == AUTHORITY and place.parent == self.context.territory.id
        ]
        return own[0] if len(own) == 1 else ""

    @cached_property
    def organisations(self) -> tuple[Organisation, ...]:
        """Those that report themselves and exist in the period; none where only the territory's figures are known."""
        told_of = {value.place.organisation for value in self.cycle.values}
        kinds = self.cycle.programme.reporting_kinds
        return tuple(
            place
            for place in self.cycle.package.organisations
            if place.kind in kinds and place.id in told_of and self._exists(place)
        )

    def _exists(self, place: Organisation) -> bool:
        opened = place.valid_from is None or place.valid_from <= self.period.last_day
        return opened and (place.valid_to is None or place.valid_to >= self.period.first_day)

    @cached_property
    def forms(self) -> tuple[Form, ...]:
        return self.cycle.programme.forms

    # ---- words

    @property
    def within(self) -> str:
        """«в Кемеровском муниципальном округе»; the title in brackets where its case is not known."""
        name = self.context.territory.title_prepositional
        if not name:
            return f"({self.context.territory.title})"
        broad = name[:1].lower() in "вф" and name[1:2].lower() in _CONSONANTS
        return f"{'во' if broad else 'в'}{NBSP}{name}"

    @property
    def territory_of(self) -> str:
        """«Кемеровского муниципального округа»; the title in brackets where its case is not known."""
        return self.context.territory.title_genitive or f"({self.context.territory.title})"

    @property
    def over_period(self) -> str:
        """«за 2021/22 учебный год»."""
        year = f"{self.period} учебный год" if self.period.kind is PeriodKind.SCHOOL_YEAR else f"{self.period} год"
        return f"за{NBSP}{year}"

    @property
    def due(self) -> str:
        """The deadline in words, or a blank."""
        return day_in_words(self.deadline) if self.deadline else f"«____»{NBSP}{BLANK}{NBSP}20__{NBSP}г."

    @property
    def source(self) -> str:
        """What a paper made of these figures rests on."""
        package = self.cycle.package
        data = "синтетические (вымышленные) данные" if package.synthetic else package.title
        as_of = day_in_words(self.cycle.as_of)
        return sentence(f"Источник: аналитический отчёт, {period_name(self.period)}; {data}; на {as_of}")

    @property
    def is_old(self) -> bool:
        """The last data are of a year that ended before the last one."""
        return self.cycle.as_of.year - self.period.ends_in > 1

    def old_data(self) -> Text:
        """The warning of the report about it."""
        return self.context.text("old_data", period=self.period, day=day(self.cycle.as_of))

    def marks(self, told: bool) -> tuple[str, ...]:
        """`told` says that the paper tells figures of the monitoring."""
        marks = ((PUBLIC if self.context.public else INTERNAL),) if told else ()
        return (SYNTHETIC, *marks) if self.cycle.package.synthetic else marks

    def text(self, template: str, **given: Any) -> Text:
        return self.context.text(template, **self._given(), **given)

    def title(self, template: str, **given: Any) -> str:
        """A title has no live number: it is plain words."""
        return tied("".join(part if isinstance(part, str) else "" for part in self.text(template, **given)))

    def paragraphs(self, template: str, **given: Any) -> tuple[Text, ...]:
        return self.context.paragraphs(template, **self._given(), **given)

    def blocks(self, template: str, **given: Any) -> tuple[PaperBlock, ...]:
        """An order: «!» begins its command, «+» a point, «-» a point below it; the rest are paragraphs."""
        return tuple(_numbered(self.paragraphs(template, **given)))

    def _given(self) -> dict[str, Any]:
        return {
            "territory": self.context.territory,
            "within": self.within,
            "territory_of": self.territory_of,
            "period": period_name(self.period),
            "over": self.over_period,
            "during": in_period(self.period),
            "as_of": day_in_words(self.cycle.as_of),
            "programme": self.cycle.programme,
            "organisations": self.organisations,
            "forms": ", ".join(quoted(form.title) for form in self.forms),
            "due": self.due,
            "blank": BLANK,
            "long_blank": LONG_BLANK,
        }


def _numbered(texts: tuple[Text, ...]) -> list[PaperBlock]:
    blocks: list[PaperBlock] = []
    high = low = 0
    for text in texts:
        sign, rest = _sign(text)
        if sign == "!":
            blocks.append(Command("".join(part for part in rest if isinstance(part, str))))
        elif sign == "+":
            high, low = high + 1, 0
            blocks.append(Point(f"{high}.", rest))
        elif sign == "-":
            low += 1
            blocks.append(Point(f"{high}.{low}.", rest))
        else:
            blocks.append(Paragraph(text))
    return blocks


def _sign(text: Text) -> tuple[str, Text]:
    first = text[0] if text and isinstance(text[0], str) else ""
    if first[:2] in ("+ ", "- ", "! "):
        return first[0], (first[2:], *text[1:])
    return "", text
