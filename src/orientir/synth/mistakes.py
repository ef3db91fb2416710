"""Mistakes as schools make them, put into invented forms on purpose and written down in errors.csv."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from random import Random

from orientir.model.collection import CellKey
from orientir.synth.district import Known, SchoolYear

Answers = dict[CellKey, object]


@dataclass(frozen=True)
class Mistake:
    """What was done to which cell: `typed` stands in the form instead of `meant`; `kind` says why."""

    organisation: str
    period: str
    kind: str
    element: str
    breakdown: str
    meant: str
    typed: str


def _with_unit(value: int, rng: Random) -> object:
    return f"{value} чел."


def _spaced(value: int, rng: Random) -> object:
    return f" {value} "


def _empty(value: int, rng: Random) -> object:
    return None


def _fraction(value: int, rng: Random) -> object:
    return f"{value},5"


def _word(value: int, rng: Random) -> object:
    return "около десяти"


def _tenfold(value: int, rng: Random) -> object:
    return value * 10 + 7


def _broken(value: int, rng: Random) -> object:
    return ("=1/0", "#DIV/0!")


# What is read all the same, and what the school is asked to mend.
REPAIRED: dict[str, Callable[[int, Random], object]] = {"with_unit": _with_unit, "spaced": _spaced}
WRONG: dict[str, Callable[[int, Random], object]] = {
    "empty": _empty,
    "fraction": _fraction,
    "word": _word,
    "tenfold": _tenfold,
    "broken_formula": _broken,
}


def spoiled(
    organisation: str, period: str, year: SchoolYear, count: int, rng: Random
) -> tuple[Answers, tuple[Mistake, ...]]:
    """The answers with so many cells spoiled, each in another way."""
    answers: Answers = dict(year)
    cells = [key for key, value in year.items() if isinstance(value, int) and key[0] not in _YES_NO]
    kinds = [*REPAIRED.items(), *WRONG.items()]
    mistakes = []
    for number, key in enumerate(rng.sample(cells, min(count, len(cells)))):
        kind, change = kinds[number % len(kinds)]
        value = _number(year[key])
        answers[key] = change(value, rng)
        breakdown = ";".join(f"{dimension}={member}" for dimension, member in key[1])
        typed = "" if answers[key] is None else str(answers[key])
        mistakes.append(Mistake(organisation, period, kind, key[0], breakdown, str(value), typed))
    return answers, tuple(mistakes)


_YES_NO = ("schools", "schools_involved", "schools_rural", "schools_with_psychologist")


def _number(value: Known) -> int:
    assert isinstance(value, int)
    return value
