"""The invented district: its region, itself and nineteen schools, none of which exists."""

from __future__ import annotations

from dataclasses import dataclass
from random import Random

from orientir.model.package import Organisation

REGION, DISTRICT = "syn_region", "syn_district"
SCHOOLS = 19
WITHOUT_SENIORS = 3  # schools that end with grade 9
# Names made of common words; «(вымышленная)» in the district's title keeps them from being taken for a real one.
_VILLAGES = (
    "Верхнеозёрская", "Дальнеполевская", "Заболотновская", "Звонкоручейская", "Каменнобродская", "Кедрогорская",
    "Ключевоярская", "Лугодолинская", "Медвежеборская", "Новоизбинская", "Осинолесская", "Пасечногорская",
    "Родниковолугская", "Светлоборская", "Старомостовская", "Тихозаводская", "Холмогривская", "Черничноборская",
    "Ясногорная",
)  # fmt: skip


@dataclass(frozen=True)
class School:
    """An invented school; `weight` is its size against the others, `distance` kilometres to a college."""

    organisation: Organisation
    weight: float
    has_seniors: bool
    is_rural: bool
    has_psychologist: bool
    distance: int


def district_organisations() -> tuple[Organisation, ...]:
    region = "Вымышленная область"
    own = "Вымышленный муниципальный округ"
    return (
        Organisation(REGION, region, "region", "", "Вымышленной области", "Вымышленной области"),
        Organisation(DISTRICT, own, "district", REGION, "Вымышленного муниципального округа", _IN_DISTRICT),
    )


_IN_DISTRICT = "Вымышленном муниципальном округе"


def invented_schools(rng: Random) -> tuple[School, ...]:
    """Schools of very different sizes; the smallest have no senior grades."""
    names = rng.sample(_VILLAGES, SCHOOLS)
    weights = sorted((rng.lognormvariate(0, 0.6) for _ in names), reverse=True)
    return tuple(
        School(
            organisation=_organisation(number, name),
            weight=weight,
            has_seniors=number < SCHOOLS - WITHOUT_SENIORS,
            is_rural=number > 2,
            has_psychologist=number < 5 or rng.random() < 0.5,
            distance=rng.randint(3, 12) if number <= 2 else rng.randint(10, 70),
        )
        for number, (name, weight) in enumerate(zip(names, weights, strict=True))
    )


def _organisation(number: int, name: str) -> Organisation:
    stem = name.removesuffix("ая")
    return Organisation(
        f"syn_school_{number + 1:02d}",
        f"{name} школа",
        "school",
        DISTRICT,
        f"{stem}ой школы",
        f"{stem}ой школе",
    )
