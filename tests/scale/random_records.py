"""Records and conditions at random: every column that may be empty is so at times, and codes repeat often."""

from __future__ import annotations

from collections.abc import Iterator
from random import Random
from typing import Any

from orientir.model.conditions import AllOf, AnyOf, Condition, Not, OneOf, Within
from orientir.model.indicators import Element, RecordCount, Unit
from orientir.model.records import FIELDS, Shape
from scale.language import Row, Tables

YEARS = (2020, 2021, 2022)


def random_tables(seed: int, regions: range, pupils: int) -> Tables:
    """Pupils of each region in each year, with the numbers of another region's never in use."""
    random = Random(seed)
    tables: Tables = {"dim_school": [], "dim_specialty": [], "dim_group_subject": list(_subjects(random))}
    tables["dim_specialty"] = [{"specialty_id": 20_000 + one, "group_id": 20_000 + one % 5} for one in range(8)]
    for region in regions:
        tables["dim_school"] += [_school(region, one) for one in range(4)]
        for year in YEARS:
            for name, rows in _year(random, region, pupils).items():
                tables.setdefault(name, []).extend({"year": year, "region_id": region, **row} for row in rows)
    return tables


def _school(region: int, number: int) -> Row:
    return {"school_id": region * 100 + number, "mun_id": region * 10 + number % 2, "region_id": region, "rural": 0}


def _subjects(random: Random) -> Iterator[Row]:
    for _ in range(30):
        since = random.choice((None, 2000, 2021, 2022))
        yield {
            "group_id": 20_000 + random.randrange(4), "subject_id": random.randint(1, 6), "role": random.randint(1, 3),
            "strength": 2, "valid_from": since, "valid_to": random.choice((None, 2020, 2021, 2030)),
        }  # fmt: skip


def _year(random: Random, region: int, pupils: int) -> Tables:
    def one(*codes: Any) -> Any:
        return random.choice((*codes, None))

    # Some facts belong to pupils who are enrolled nowhere.
    def pupil() -> int | None:
        return random.choice((None, *(region * 100_000 + random.randrange(pupils * 5 // 4) for _ in range(20))))

    return {
        "enrolment": [{
            "mun_id": region * 10, "school_id": one(*(region * 100 + number for number in range(5))),
            "pupil_id": random.choice((None, *[region * 100_000 + number] * 20)), "grade": one(5, 9, 9, 11, 11),
            "sex": one(0, 1), "disability": one(0, 0, 1), "adv": one(0, 1), "add_edu": one(0, 1),
            "profile": one(0, *(20_000 + group for group in range(5))),
        } for number in range(pupils)],
        "participation": [{
            "pupil_id": pupil(), "activity": one(*range(1, 10)), "day": one(1, 200), "event_id": one(1, 2),
            "result": one(0, 1),
        } for _ in range(pupils * 2)],
        "exam": [{
            "pupil_id": pupil(), "stage": one(9, 11), "form": one(1, 2, 3), "subject_id": one(*range(1, 8)),
            "score": one(3, 5, 77, 100),
        } for _ in range(pupils * 2)],
        "admission": [{
            "pupil_id": pupil(), "inst_type": one(1, 2, 2), "inst_id": one(1, 2),
            "specialty_id": one(*(20_000 + number for number in range(10))), "same_region": one(0, 1),
        } for _ in range(pupils)],
        "diagnostics": [{
            "pupil_id": pupil(), "day": one(1, 9), "method": one(1, 2), "consent": one(0, 1),
            "kept_until": one(20300101),
        } for _ in range(pupils // 3)],
    }  # fmt: skip


def random_elements(seed: int, number: int) -> Iterator[Element]:
    """Conditions up to three deep, a sum now and then."""
    random = Random(seed)
    for key in range(number):
        added = "score" if random.random() < 0.2 else ""
        yield Element(f"r{key}", f"r{key}", Unit.PERSON, records=RecordCount(_condition(random, 3), added))


def _condition(random: Random, depth: int) -> Condition:
    kind = random.choice(("leaf", "all", "any", "not")) if depth else "leaf"
    if kind == "leaf":
        return _leaf(random)
    if kind == "not":
        return Not(_condition(random, depth - 1))
    parts = tuple(_condition(random, depth - 1) for _ in range(2))
    return AllOf(parts) if kind == "all" else AnyOf(parts)


def _leaf(random: Random) -> Condition:
    name, field = random.choice(sorted(FIELDS.items()))
    if field.members:
        return OneOf(name, tuple(random.sample(sorted(field.members), random.choice((1, 1, 2)))))
    most = 11 if field.shape is Shape.KEY else 4
    low, high = sorted(random.choices(range(most + 1), k=2))
    return Within(name, low, high) if random.random() < 0.7 else OneOf(name, (str(low), str(high)))
