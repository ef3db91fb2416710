"""How one report prints: its labels of periods, its percents, its captions, its words."""

from __future__ import annotations

from dataclasses import dataclass
from decimal import ROUND_HALF_UP, Decimal
from random import Random

from audit.planted.populations import Population

_PERIODS = {
    "calendar": ("{end}", "в {end} году", "{end} год"),
    "calendar-g": ("{end} г.", "в {end} г.", "{end} г."),
    "span": ("{start}-{end}", "в {start}-{end} учебном году", "{start}-{end} учебный год"),
    "dash": ("{start}–{end}", "в {start}–{end} учебном году", "{start}–{end} учебный год"),
    "slash": ("{start}/{tail} уч. г.", "в {start}/{tail} уч. г.", "{start}/{tail} уч. г."),
    "slash-long": ("{start}/{end} учебный год", "в {start}/{end} учебном году", "{start}/{end} учебный год"),
}
_WORDS = (("доля", "f"), ("процент", "m"), ("удельный вес", "m"), ("процентная доля", "f"))
_CAPTIONS = (
    "Таблица {n}. {text}",
    "Таблица {n} – {text}",
    "Таблица {n}. {text}.",
    "Таблица № {n}. {text}",
    "Табл. {n}. {text}",
)


@dataclass(frozen=True)
class Style:
    """`period` is a key of the table above; `percent` is the gap before the sign; the rest are formats."""

    period: str
    percent: str
    percent_in_cell: bool
    thousands: str
    numbering_row: bool
    caption: str
    cite: str
    grades: str
    dash: str
    word: str
    gender: str
    share_header: str
    whole: str
    numbered_headings: bool
    pupils: str
    headings: int
    joined: bool

    def whom(self, population: Population, form: str = "") -> str:
        """«учащихся 8-11 классов», in the word and the form of this report."""
        return population.genitive(form or self.grades).replace("обучающихся", self.pupils)

    def label(self, year: int) -> str:
        return self._period(0, year)

    def within(self, year: int) -> str:
        """«в 2020 году»"""
        return self._period(1, year)

    def named(self, year: int) -> str:
        """«2020 год»"""
        return self._period(2, year)

    def _period(self, form: int, year: int) -> str:
        return _PERIODS[self.period][form].format(start=year - 1, end=year, tail=f"{year % 100:02}")

    def count(self, number: int) -> str:
        return f"{number:,}".replace(",", self.thousands)

    def share(self, value: Decimal) -> str:
        """«67», «6,5»"""
        return str(value).replace(".", ",")

    def percents(self, value: Decimal) -> str:
        return f"{self.share(value)}{self.percent}%"

    def points(self, value: Decimal) -> str:
        return f"{self.share(abs(value))} п. п."

    def past(self, stem: str) -> str:
        """«составил» -> «составила» where the word is feminine; «снизился» -> «снизилась»."""
        if self.gender == "m":
            return stem
        if stem == "вырос":
            return "выросла"
        return f"{stem[:-2]}ась" if stem.endswith("ся") else f"{stem}а"


def rounded(part: int, whole: int, decimals: int) -> Decimal:
    """The share in percent, half up."""
    return (Decimal(100) * part / whole).quantize(Decimal(1).scaleb(-decimals), ROUND_HALF_UP)


def style(rng: Random) -> Style:
    word, gender = rng.choice(_WORDS)
    return Style(
        period=rng.choice(list(_PERIODS)),
        percent=rng.choice(["", " ", "\u00a0"]),
        percent_in_cell=rng.random() < 0.3,
        thousands=rng.choice(["", "", " ", "\u00a0"]),
        numbering_row=rng.random() < 0.4,
        caption=rng.choice(_CAPTIONS),
        cite=rng.choice(["(табл. {n})", "(табл.{n})", "(таблица {n})", "(см. табл. {n})", "(см. таблицу {n})"]),
        grades=rng.choice(["{} классов", "{}-х классов", "{} классов"]),
        dash=rng.choice([" — ", " - ", " – "]),
        word=word,
        gender=gender,
        share_header=rng.choice(["own", "word", "short"]),
        whole=rng.choice(["Всего {}", "Численность {}", "Количество {}", "Общее число {}", "nominative"]),
        numbered_headings=rng.random() < 0.4,
        pupils=rng.choice(["обучающихся", "обучающихся", "учащихся", "школьников"]),
        headings=rng.randrange(3),
        joined=rng.random() < 0.4,
    )  # fmt: skip
