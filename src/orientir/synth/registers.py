"""Registers of the invented district, as a centre and partners would keep them. No names: children are numbers."""

from __future__ import annotations

import csv
import io
from collections.abc import Iterator, Mapping, Sequence
from datetime import date, timedelta
from random import Random

from orientir.model.package import OpenDay
from orientir.model.periods import Period
from orientir.synth.district import District, SchoolYear, cell
from orientir.synth.figures import Figures
from orientir.synth.splitting import split, strayed

Rows = list[Sequence[object]]
_INDUSTRIES = ("горное дело", "сельское хозяйство", "медицина", "транспорт", "информационные технологии")
_PARTNERS = ("Разрез «Дальний»", "Агрокомплекс «Лог»", "Больница посёлка", "Депо «Узловая»", "Колледж техники",
             "Колледж услуг", "Станция юных натуралистов", "Кадровый центр")  # fmt: skip


def registers_of(
    district: District, period: Period, figures: Figures, open_days: Sequence[OpenDay], rng: Random
) -> Mapping[str, str]:
    """File name -> content (CSV with `;`), for one year."""
    tables: dict[str, Rows] = {
        "Рабочие места.csv": list(_workplaces(period, figures)),
        "Договоры.csv": list(_agreements(district, period, rng)),
        "Мероприятия.csv": list(_events(district, period, rng)),
        "ОО-1 численность по классам.csv": list(_by_grade(district, period)),
        "Численность из прежних отчётов.csv": list(_populations(district, period, figures, rng)),
        "Дни открытых дверей.csv": list(_open_days(open_days)),
        "Консультации родителей.csv": list(_consultations(district, period, rng)),
        "Дополнительное образование.csv": list(_supplementary(district, period, rng)),
    }
    return {name: _csv(rows) for name, rows in tables.items() if len(rows) > 1}


def _csv(rows: Rows) -> str:
    out = io.StringIO(newline="")
    csv.writer(out, delimiter=";", lineterminator="\r\n").writerows(rows)
    return out.getvalue()


def _day(period: Period, rng: Random) -> str:
    start = date(period.start, 10, 1)
    return f"{start + timedelta(days=rng.randrange(0, 220)):%d.%m.%Y}"


_CHANNELS = {"championship": "Чемпионатное движение", "ticket": "Проект «Билет в будущее»"}


def _workplaces(period: Period, figures: Figures) -> Iterator[Sequence[object]]:
    yield ("Площадка", "Канал", "Количество рабочих мест")
    for (element, when, breakdown), total in figures.agreed.items():
        if element == "workplaces" and when == period:
            channel = dict(breakdown)["channel"]
            half = total // 2
            for place, number in (("Колледж техники", total - half), ("Колледж услуг", half)):
                yield (place, _CHANNELS[channel], number)


def _agreements(district: District, period: Period, rng: Random) -> Iterator[Sequence[object]]:
    yield ("Школа", "Партнёр", "Вид партнёра", "Номер договора", "Действует с", "Действует по")
    for number, school in enumerate(district.schools):
        partner = _PARTNERS[rng.randrange(len(_PARTNERS))]
        begins = date(period.start, 9, 1 + rng.randrange(20))
        ends = date(period.start + 1, 8, 31)
        yield (school.organisation.title, partner, "предприятие", f"{number + 1}/{period.start}",
               f"{begins:%d.%m.%Y}", f"{ends:%d.%m.%Y}")  # fmt: skip


def _events(district: District, period: Period, rng: Random) -> Iterator[Sequence[object]]:
    yield ("№", "Мероприятие", "Дата", "Состояние", "Уровень", "Отрасль", "Участников, чел.", "Посещений")
    titles = ("Окружная неделя профориентации", "Экскурсия на предприятие", "Встреча с мастером", "Ярмарка профессий",
              "Мастер-класс колледжа", "Конкурс проектов")  # fmt: skip
    for number, title in enumerate(titles, 1):
        persons = 20 + rng.randrange(180)
        state = "запланировано" if number == len(titles) else "проведено"
        held = ("", "") if state == "запланировано" else (persons, persons + rng.randrange(60))
        yield (number, title, _day(period, rng), state, "муниципальный", rng.choice(_INDUSTRIES), *held)


def _by_grade(district: District, period: Period) -> Iterator[Sequence[object]]:
    """The statistical form says what the schools say: a second source that confirms."""
    yield ("Школа", "Показатель", *(f"{grade} класс" for grade in range(1, 12)))
    for school, year in zip(district.schools, district.years[period], strict=True):
        numbers = (_number(year, "pupils_grade", grade=str(grade)) for grade in range(1, 12))
        yield (school.organisation.title, "Обучающиеся", *numbers)


def _populations(district: District, period: Period, figures: Figures, rng: Random) -> Iterator[Sequence[object]]:
    """What the published report says of grades 9 to 11 and cannot be true beside the rest: a second source."""
    yield ("Школа", "Показатель", "Количество человек")
    years = district.years[period]
    nine = [sum(_number(year, "pupils_grade", grade=grade) for grade in ("9", "10", "11")) for year in years]
    leavers = [_number(year, "graduates_9") + _number(year, "graduates_11") for year in years]
    pupils = _second(figures, "pupils_9_11", period, nine, rng)
    union = _second(figures, "graduates_9_11", period, leavers, rng)
    for school, grades, both in zip(district.schools, pupils, union, strict=True):
        yield (school.organisation.title, "Обучающиеся 9–11 классов", grades)
        yield (school.organisation.title, "Выпускники 9 и 11 классов", both)


def _second(figures: Figures, element: str, period: Period, own: Sequence[int], rng: Random) -> Sequence[int]:
    """The published total over the schools; where it agrees with the schools, their own numbers."""
    key = (element, period, ())
    total = figures.disputed[key][0] if key in figures.disputed else figures.agreed[key]
    return own if total == sum(own) else split(total, strayed(own, rng), [total] * len(own))


def _open_days(open_days: Sequence[OpenDay]) -> Iterator[Sequence[object]]:
    yield ("Вуз", "Количество посещений")
    for number, one in enumerate(open_days, 1):
        yield (f"Вымышленный университет № {number}", int(one.visits or 0))


def _consultations(district: District, period: Period, rng: Random) -> Iterator[Sequence[object]]:
    """The same number as in the form, so that a second source confirms it."""
    yield ("Школа", "Дата", "Форма консультации", "Количество родителей")
    for school, year in zip(district.schools, district.years[period], strict=True):
        yield (school.organisation.title, _day(period, rng), "индивидуальная", _number(year, "parents_advised"))


def _supplementary(district: District, period: Period, rng: Random) -> Iterator[Sequence[object]]:
    yield ("Школа", "Направленность", "Количество человек", "Количество записей")
    for school, year in zip(district.schools, district.years[period], strict=True):
        pupils = sum(_number(year, "pupils_grade", grade=str(grade)) for grade in range(1, 12))
        children = round(pupils * rng.uniform(0.5, 0.8))
        yield (school.organisation.title, "техническая", children, round(children * 1.4))


def _number(year: SchoolYear, element: str, **breakdown: str) -> int:
    value = year.get(cell(element, **breakdown), 0)
    return value if isinstance(value, int) else 0
