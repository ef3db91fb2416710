"""Errors of sentences against their tables: other numbers, other directions, certainty where there is none."""

from __future__ import annotations

from decimal import Decimal
from itertools import pairwise
from random import Random

from audit.planted import sentences
from audit.planted.changing import free, pairs, refilled, said_of, snippet, take, unit
from audit.planted.content import Content, Sentence
from audit.planted.model import Expected
from audit.planted.populations import POPULATIONS
from audit.planted.world import CERTAIN, NOISE

_UNFOUNDED = (
    "Во всех школах отмечается положительная динамика показателей профориентационной работы.",
    "По данным опроса, 87 % родителей удовлетворены качеством профориентационной работы.",
    "Удовлетворённость обучающихся профессиональными пробами заметно выросла.",
    "Число школ, имеющих профильные классы, увеличилось в полтора раза.",
)
_CAUSES = (
    "Рост показателя обусловлен высокой информированностью обучающихся о рынке труда.",
    "Положительная динамика объясняется повышенным вниманием педагогов к выбору профессии.",
    "Увеличение доли связано с эффективной работой классных руководителей.",
)
_QUOTES = ("values", "latest", "counts")


def plant_text_table_mismatch(content: Content, rng: Random) -> Expected | None:
    """A quotation that differs from its cell by more than rounding could explain."""
    for table in _shuffled(free(content), rng):
        told = [one for each in table.indicators for one in said_of(content, each.key) if one.kind in _QUOTES]
        if told:
            said = rng.choice(told)
            year = rng.choice(said.years)
            _misquote(said, year, unit(table), rng)
            take(content, table)
            return Expected(
                "text-table-mismatch", table.key, year, (snippet(said, content),), implied=("claim-without-data",)
            )
    return None


def _misquote(said: Sentence, year: int, least: Decimal, rng: Random) -> None:
    while True:
        wrong = said.shown[year] + rng.choice([1, -1]) * (rng.randint(2, 9) + least * rng.randint(0, 5))
        if 0 < wrong < 100 and wrong not in said.shown.values():
            said.shown[year] = wrong
            return


def _shuffled(tables: list, rng: Random) -> list:  # type: ignore[type-arg]
    return rng.sample(tables, len(tables))


def plant_text_population_mismatch(content: Content, rng: Random) -> Expected | None:
    """The sentence cites the table for pupils of other grades than it counts."""
    for table in _shuffled(free(content), rng):
        population = POPULATIONS[table.population]
        told = [one for one in said_of(content, table.key) if one.kind in ("values", "latest")]
        if told and table.population.startswith("p"):
            said = rng.choice(told)
            other = rng.choice([one for one in ("5-9", "8-9", "10-11", "4-6") if one != population.grades])
            said.instead = (f" {population.grades}", f" {other}")
            take(content, table)
            implied = ("text-table-mismatch", "claim-without-data", "scope-mismatch")
            told_now = (snippet(said, content),)
            return Expected("text-population-mismatch", table.key, None, told_now, implied=implied)
    return None


def plant_trend_contradicted(content: Content, rng: Random) -> Expected | None:
    for table, key, pair in pairs(content, rng):
        change = content.world.change(key, *pair)
        if abs(change) > CERTAIN:
            table.sentences = [one for one in table.sentences if one.key != key or one.kind in _QUOTES]
            said = Sentence("direction", key, pair, rng.randrange(6), {}, up=change < 0)
            table.sentences.append(said)
            take(content, table)
            implied = ("decline-unmentioned", "trend-partial", "jump-unexplained")
            return Expected("trend-contradicted", table.key, pair[1], (snippet(said, content),), implied=implied)
    return None


def plant_trend_partial(content: Content, rng: Random) -> Expected | None:
    """«Растёт из года в год», though it fell once on the way."""
    for table, key, _ in pairs(content, rng):
        changes = [content.world.change(key, *pair) for pair in pairwise(content.years)]
        if max(changes) > CERTAIN and min(changes) < -CERTAIN:
            table.sentences = [one for one in table.sentences if one.key != key or one.kind in _QUOTES]
            said = sentences.say("trend", table, key, tuple(content.years), rng, up=True)
            table.sentences.append(said)
            take(content, table)
            implied = ("trend-contradicted", "decline-unmentioned", "change-within-noise")
            return Expected("trend-partial", table.key, None, (snippet(said, content),), implied=implied)
    return None


def plant_change_within_noise(content: Content, rng: Random) -> Expected | None:
    for table, key, pair in pairs(content, rng):
        by = table.shares[key, pair[1]] - table.shares[key, pair[0]]
        if abs(content.world.change(key, *pair)) < NOISE and abs(by) >= Decimal("0.7"):
            table.sentences = [one for one in table.sentences if one.years != pair or one.key != key]
            said = sentences.say(rng.choice(["change", "direction"]), table, key, pair, rng, up=by > 0)
            table.sentences.append(said)
            take(content, table)
            return Expected("change-within-noise", table.key, pair[1], (snippet(said, content),))
    return None


def plant_decline_unmentioned(content: Content, rng: Random) -> Expected | None:
    """The values are quoted; that they fall is not said."""
    for table, key, pair in pairs(content, rng):
        if content.world.change(key, *pair) < -CERTAIN:
            kept = [one for one in table.sentences if one.key != key or one.kind in _QUOTES]
            others = [one for one in table.sentences if one not in kept and one.years != pair]
            table.sentences = kept + others
            take(content, table)
            return Expected("decline-unmentioned", table.key, pair[1], implied=("jump-unexplained",))
    return None


def plant_jump_unexplained(content: Content, rng: Random) -> Expected | None:
    """The last share is more than twice the one before, by 22 points or more, and nothing is said of why."""
    before, last = content.years[-2:]
    for table, key, _ in pairs(content, rng):
        whole, part = content.world.whole(key, last), content.world.parts[key, before]
        share = part / content.world.whole(key, before)
        wanted = share * rng.uniform(2.2, 2.8)
        if wanted - share > 0.22 and wanted < 0.93 and len(table.indicators) == 1:
            content.world.parts[key, last] = round(whole * wanted)
            refilled(content, table, rng)
            table.sentences = [
                one for one in table.sentences if one.kind in _QUOTES or (one.kind != "trend" and last not in one.years)
            ]
            take(content, table)
            return Expected("jump-unexplained", table.key, last, implied=("number-repeated",))
    return None


def plant_claim_without_data(content: Content, rng: Random) -> Expected | None:
    return _added(content, "claim-without-data", rng.choice(_UNFOUNDED), rng)


def plant_cause_without_evidence(content: Content, rng: Random) -> Expected | None:
    for table, key, pair in pairs(content, rng):
        told = [one for one in table.sentences if one.key == key and one.kind in ("change", "direction") and one.up]
        if told and content.world.change(key, *pair) > CERTAIN:
            cause = rng.choice(_CAUSES)
            content.after[table.key] = cause
            take(content, table)
            return Expected("cause-without-evidence", None, None, (cause,))
    return None


def _added(content: Content, rule: str, text: str, rng: Random) -> Expected | None:
    if rule in content.taken or not content.analysis:
        return None
    content.taken.add(rule)
    content.analysis.insert(rng.randrange(1, len(content.analysis) + 1), text)
    return Expected(rule, None, None, (text,))
