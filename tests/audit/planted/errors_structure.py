"""Errors of structure: numbering, what is declared against what is measured, advice, actions, what is missing."""

from __future__ import annotations

import re
from random import Random

from audit.planted.changing import free, take
from audit.planted.content import Content, MeasureTable
from audit.planted.indicators import BY_KEY, INDICATORS
from audit.planted.model import Expected
from audit.planted.populations import POPULATIONS
from audit.planted.sentences import upper

_SCOPES = ("5-9", "6-9", "7-11", "5-11", "6-11", "3-11", "9-11", "8-9")
_PROMISES = (
    "Анализ эффективности принятых мер будет проведён в течение календарного года, следующего за отчётным периодом.",
    "Анализ эффективности проводится на основе результатов мониторинга и приводит к корректировке целей.",
    "Результаты анализа позволят выявить эффективность принятых управленческих решений.",
)


def _once(content: Content, rule: str) -> bool:
    """Marks a part of the document that holds one error of a kind at most."""
    if rule in content.taken:
        return False
    content.taken.add(rule)
    return True


def plant_table_number_gap(content: Content, rng: Random) -> Expected | None:
    slots = [one for one in content.slots()[1:] if one not in content.skipped]
    if content.skipped or not _once(content, "numbers"):
        return None
    content.gap = rng.choice(slots)
    return Expected("table-number-gap")


def plant_table_unnumbered(content: Content, rng: Random) -> Expected | None:
    tables = [one for one in free(content) if one.layout != "yearly"]
    if not tables or not _once(content, "numbers"):
        return None
    table = rng.choice(tables)
    content.skipped.add(table.slot(None))
    take(content, table)
    return Expected("table-unnumbered", None, None, (table.caption,), implied=("text-table-mismatch",))


def plant_indicator_not_measured(content: Content, rng: Random) -> Expected | None:
    rest = [one for one in INDICATORS if one not in content.world.indicators and _is_new(content, one.key)]
    if not rest or not _once(content, "declared"):
        return None
    text = content.name(rng.choice(rest).key)
    place = rng.randrange(len(content.declared) + 1)
    for listed in (content.declared, *([content.second] if content.second else [])):
        listed.insert(place, _declared(text))
    return Expected("indicator-not-measured", None, None, (text, upper(text)))


def _is_new(content: Content, key: str) -> bool:
    """The words are not those of a measured indicator about other grades."""
    words = BY_KEY[key].whose[content.variant]
    return all(one.whose[content.variant] != words for one in content.world.indicators)


def _declared(text: str):  # type: ignore[no-untyped-def]
    from audit.planted.content import Declared

    return Declared("", text)


def plant_measured_not_declared(content: Content, rng: Random) -> Expected | None:
    tables = [one for one in free(content) if len(one.indicators) == 1 and _is_alone(content, one)]
    if not tables or len(content.declared) < 4 or not _once(content, "declared"):
        return None
    table = rng.choice(tables)
    content.declared = [one for one in content.declared if one.key != table.key]
    content.second = [one for one in content.second if one.key != table.key]
    take(content, table)
    return Expected("measured-not-declared", table.key)


def _is_alone(content: Content, table: MeasureTable) -> bool:
    words = table.indicators[0].whose[content.variant]
    return sum(one.whose[content.variant] == words for one in content.world.indicators) == 1


def plant_indicator_lists_differ(content: Content, rng: Random) -> Expected | None:
    if len(content.second) < 3 or not _once(content, "declared"):
        return None
    content.second.pop(rng.randrange(len(content.second)))
    return Expected("indicator-lists-differ")


def plant_scope_mismatch(content: Content, rng: Random) -> Expected | None:
    """Declared over other grades than measured; both lists and the passport agree with each other."""
    tables = [one for one in free(content) if one.population.startswith("p") and _is_alone(content, one)]
    if not tables or not _once(content, "declared"):
        return None
    table = rng.choice(tables)
    grades = POPULATIONS[table.population].grades
    other = rng.choice([one for one in _SCOPES if one != grades])
    for one in (*content.declared, *content.second):
        if one.key == table.key:
            one.text = one.text.replace(f" {grades}", f" {other}")
    take(content, table)
    implied = ("indicator-not-measured", "measured-not-declared", "indicator-lists-differ", "two-denominators")
    return Expected("scope-mismatch", table.key, implied=implied)


def plant_two_denominators(content: Content, rng: Random) -> Expected | None:
    if not _once(content, "declared"):
        return None
    chosen = rng.choice([one for one in content.declared if one.key in BY_KEY])
    old = chosen.text
    base = re.split(r", от общ| \(от общ", old)[0]
    text = f"{base}, от общего числа обучающихся школ от общего числа обучающихся в данной выборке"
    for one in (*content.declared, *content.second):
        if one.text == old:
            one.text = text
    implied = ("scope-mismatch*", "undefined-term", "text-population-mismatch")
    return Expected("two-denominators", None, None, (text, upper(text)), implied=implied)


def plant_addressee_missing(content: Content, rng: Random) -> Expected | None:
    if not _once(content, "addressees"):
        return None
    content.recommendations.pop(rng.choice(list(content.recommendations)))
    return Expected("addressee-missing")


def plant_action_without_owner_or_date(content: Content, rng: Random) -> Expected | None:
    if not _once(content, "actions"):
        return None
    action = rng.choice([*content.measures, *content.decisions])
    which = rng.choice(["owner", "due", "both"])
    if which != "due":
        action.owner = ""
    if which != "owner":
        action.due = ""
    return Expected("action-without-owner-or-date", None, None, (action.what,))


def plant_effectiveness_missing(content: Content, rng: Random) -> Expected | None:
    if not _once(content, "effectiveness"):
        return None
    content.effectiveness = list(rng.sample(_PROMISES, rng.randint(1, 2)))
    return Expected("effectiveness-missing")


def plant_analysis_missing(content: Content, rng: Random) -> Expected | None:
    if "claim-without-data" in content.taken or not _once(content, "analysis"):
        return None
    content.analysis = []
    return Expected("analysis-missing")


def plant_no_passport(content: Content, rng: Random) -> Expected | None:
    if content.gap == ("passport", None) or not _once(content, "passport"):
        return None
    content.has_passport = False
    return Expected("no-passport")


def plant_no_breakdown(content: Content, rng: Random) -> Expected | None:
    if content.breakdown is None or content.gap == ("schools", None) or not _once(content, "schools"):
        return None
    content.breakdown = None
    return Expected("no-breakdown")


def plant_goal_without_target(content: Content, rng: Random) -> Expected | None:
    """None of the goals has a target."""
    if not _once(content, "goals"):
        return None
    content.goals = [goal.rsplit(", до ", 1)[0] for goal in content.goals]
    return Expected("goal-without-target")


def plant_table_without_source(content: Content, rng: Random) -> Expected | None:
    tables = free(content)
    if not tables:
        return None
    table = rng.choice(tables)
    table.source_shown = False
    take(content, table)
    last = table.slots()[-1]
    elsewhere = tuple(f"{table.key}@{year}" for _, year in table.slots() if year)
    return Expected("table-without-source", table.key, last[1], elsewhere=elsewhere, implied=("source-not-used",))


def plant_source_not_used(content: Content, rng: Random) -> Expected | None:
    if not _once(content, "sources"):
        return None
    unused = rng.choice(("информационная система потребностей рынка труда", "данные центра занятости о вакансиях"))
    content.sources.insert(rng.randrange(len(content.sources) + 1), unused)
    return Expected("source-not-used", None, None, (unused,))


def plant_section_numbering(content: Content, rng: Random) -> Expected | None:
    if not content.style.numbered_headings or not _once(content, "headings"):
        return None
    content.heading_gap = rng.randint(2, 8)
    return Expected("section-numbering")


def plant_period_labels_mixed(content: Content, rng: Random) -> Expected | None:
    """One table speaks of calendar years where the others speak of school years, or the other way round."""
    tables = free(content)
    if not tables or not _once(content, "periods"):
        return None
    table = rng.choice(tables)
    table.period = "span" if "calendar" in content.style.period else "calendar"
    take(content, table)
    return Expected("period-labels-mixed")
