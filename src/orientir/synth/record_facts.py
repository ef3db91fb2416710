"""What invented pupils of a region and year do: participations, exams, admissions, diagnostics, in order of arrival.

Disorder is of the kinds that exports have: several participations of one pupil in one thing, two admissions of one
pupil, lists by day and by subject and not by pupil, diagnostics without consent.
"""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray

from orientir.synth.record_people import Pupils, chosen, generator
from orientir.synth.record_places import FIRST_ELECTIVE, SPECIALTIES, SUBJECTS, Columns

TWICE = 0.1  # of the admitted have a second record: another wave, a transfer
_DAYS, _EVENTS, _RESULTS, _METHODS, _INSTITUTIONS = 270, 20_000, 4, 8, 5_000

# Grades, participations of a pupil in a year, and how many of a thousand fall on the activities 1..9.
_BANDS = (
    ((1, 4), 0.9, (0, 0, 10, 10, 0, 700, 0, 130, 150)),
    ((5, 8), 1.9, (10, 50, 20, 30, 220, 400, 120, 70, 80)),
    ((9, 11), 2.6, (40, 100, 20, 30, 200, 250, 200, 100, 60)),
)
_THIRD, _FOURTH = 0.97, 0.9  # of those examined sit for a third and a fourth subject
_SPECIAL_FORM = 0.03  # of those examined take the state final exam (form 3)
_TO_COLLEGE_9, _TO_UNIVERSITY, _TO_COLLEGE_11, _SAME_REGION = 0.95, 0.55, 0.33, 0.7
_DIAGNOSED, _CONSENT, _KEPT_YEARS = 0.2, 0.98, 3


def facts_of(pupils: Pupils, seed: int, region: int) -> dict[str, Columns]:
    """The fact tables of the year; each is drawn on its own, so that one may change without the others."""
    makers = {
        "participation": _participation,
        "exam": _exam,
        "admission": _admission,
        "diagnostics": _diagnostics,
    }
    return {
        table: make(pupils, generator(seed, region, pupils.year, number))
        for number, (table, make) in enumerate(makers.items())
    }


def _participation(pupils: Pupils, rng: np.random.Generator) -> Columns:
    who, activities = [], []
    for (first, last), rate, thousandths in _BANDS:
        band = np.flatnonzero((pupils.grade >= first) & (pupils.grade <= last))
        of_band = np.repeat(band, rng.poisson(rate, len(band)))
        table = np.repeat(np.arange(1, len(thousandths) + 1, dtype=np.int16), thousandths)
        who.append(of_band)
        activities.append(table[rng.integers(0, len(table), len(of_band), dtype=np.int16)])
    pupil, activity = pupils.pupil[np.concatenate(who)], np.concatenate(activities)
    day, order = _arrival(rng, len(pupil))
    return {
        "pupil_id": pupil[order],
        "activity": activity[order],
        "day": day,
        "event_id": rng.integers(1, _EVENTS, len(pupil), dtype=np.int32),
        "result": rng.integers(0, _RESULTS, len(pupil), dtype=np.int8),
    }


def _exam(pupils: Pupils, rng: np.random.Generator) -> Columns:
    """Two compulsory subjects and up to two different electives."""
    sitting = np.flatnonzero((pupils.grade == 9) | (pupils.grade == 11))
    count, electives = len(sitting), SUBJECTS - FIRST_ELECTIVE + 1
    third = rng.integers(0, electives, count, dtype=np.int8)
    fourth = (third + rng.integers(1, electives, count, dtype=np.int8)) % electives
    has_third = chosen(rng, count, _THIRD).astype(bool)
    has_fourth = chosen(rng, count, _FOURTH).astype(bool)
    who = np.concatenate([sitting, sitting, sitting[has_third], sitting[has_fourth]])
    compulsory = np.repeat(np.array([1, 2], np.int8), count)
    subject = np.concatenate([compulsory, FIRST_ELECTIVE + third[has_third], FIRST_ELECTIVE + fourth[has_fourth]])
    form = np.zeros(len(pupils.grade), np.int8)
    form[sitting] = np.where(chosen(rng, count, _SPECIAL_FORM), 3, np.where(pupils.grade[sitting] == 9, 1, 2))
    order = np.argsort(subject, kind="stable")  # a file for each subject
    who = who[order]
    score = rng.normal(62, 17, len(who))
    return {
        "pupil_id": pupils.pupil[who],
        "stage": pupils.grade[who],
        "form": form[who],
        "subject_id": subject[order].astype(np.int8),
        "score": np.clip(score, 0, 100).astype(np.int16),
    }


def _admission(pupils: Pupils, rng: np.random.Generator) -> Columns:
    leaving = np.flatnonzero((pupils.grade == 9) & ~pupils.stays)
    leaving = leaving[rng.random(len(leaving)) < _TO_COLLEGE_9]
    finishing = np.flatnonzero(pupils.grade == 11)
    lot = rng.random(len(finishing))
    university = finishing[lot < _TO_UNIVERSITY]
    college = finishing[(lot >= _TO_UNIVERSITY) & (lot < _TO_UNIVERSITY + _TO_COLLEGE_11)]
    who = np.concatenate([leaving, college, university])
    kind = np.ones(len(who), np.int8)
    kind[len(leaving) + len(college) :] = 2
    rows = np.concatenate([np.arange(len(who)), np.flatnonzero(chosen(rng, len(who), TWICE))])
    rng.shuffle(rows)
    count = len(rows)
    return {
        "pupil_id": pupils.pupil[who[rows]],
        "inst_type": kind[rows],
        "inst_id": rng.integers(1, _INSTITUTIONS, count, dtype=np.int32),
        "specialty_id": rng.integers(1, SPECIALTIES + 1, count, dtype=np.int16),
        "same_region": chosen(rng, count, _SAME_REGION),
    }


def _diagnostics(pupils: Pupils, rng: np.random.Generator) -> Columns:
    asked = np.flatnonzero((pupils.grade >= 6) & (pupils.grade <= 11))
    who = asked[chosen(rng, len(asked), _DIAGNOSED).astype(bool)]
    day, order = _arrival(rng, len(who))
    kept_until = (pupils.year + rng.integers(1, _KEPT_YEARS + 1, len(who), dtype=np.int32)) * 10_000 + 831
    return {
        "pupil_id": pupils.pupil[who[order]],
        "day": day,
        "method": rng.integers(1, _METHODS + 1, len(who), dtype=np.int16),
        "consent": chosen(rng, len(who), _CONSENT),
        "kept_until": kept_until.astype(np.int32),
    }


def _arrival(rng: np.random.Generator, count: int) -> tuple[NDArray[np.int16], NDArray[np.int64]]:
    """Days of the school year in their order, and which row arrived when."""
    day = rng.integers(0, _DAYS, count, dtype=np.int16)
    order = np.argsort(day, kind="stable")
    return day[order], order
