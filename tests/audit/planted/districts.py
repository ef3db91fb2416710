"""Invented districts: their names in the cases a report needs, their schools, and an address that leads nowhere."""

from __future__ import annotations

from dataclasses import dataclass
from random import Random

_NAMES = (
    ("Лесноозёрский муниципальный округ", "Лесноозёрского муниципального округа", "округа", "lesnoozersk"),
    ("Верхнеключевской муниципальный район", "Верхнеключевского муниципального района", "района", "vkluch"),
    ("городской округ Сосногорье", "городского округа Сосногорье", "города", "sosnogorie"),
    ("Белореченско-Увальский район", "Белореченско-Увальского района", "района", "uval"),
    ("Новотаёжный муниципальный округ", "Новотаёжного муниципального округа", "округа", "novotaezhny"),
    ("Старополянский район", "Старополянского района", "района", "staropolye"),
    ("городской округ Светлый Яр", "городского округа Светлый Яр", "города", "svetly-yar"),
    ("Каменноложский муниципальный район", "Каменноложского муниципального района", "района", "kamlog"),
    ("Приозёрно-Бродский муниципальный округ", "Приозёрно-Бродского муниципального округа", "округа", "brod"),
    ("Дальнеглинский район", "Дальнеглинского района", "района", "glinka"),
)
_PLACES = ("Ключи", "Ясная", "Зорино", "Берёзовка", "Полянка", "Глинка", "Заречье", "Каменка", "Луговое", "Отрадное")
_FORMS = (
    "МБОУ «{place}вская СОШ»",
    "МБОУ «СОШ № {number}»",
    "Школа № {number}",
    "МАОУ «Гимназия № {number}»",
    "МОУ «Лицей № {number}»",
)


@dataclass(frozen=True)
class District:
    """`genitive` stands in titles, `short` in sentences («школы округа»)."""

    name: str
    genitive: str
    short: str
    host: str
    schools: tuple[str, ...]

    def page(self, path: str) -> str:
        return f"https://obr-{self.host}.example.org/{path}"


def district(rng: Random) -> District:
    name, genitive, short, host = rng.choice(_NAMES)
    form = rng.choice(_FORMS[1:])
    numbers = sorted(rng.sample(range(1, 40), rng.randint(4, 7)))
    return District(name, genitive, short, host, tuple(form.format(number=number) for number in numbers))


def another(one: District, rng: Random) -> str:
    """The genitive of a district that is not this one."""
    return rng.choice([genitive for name, genitive, _, _ in _NAMES if name != one.name])
