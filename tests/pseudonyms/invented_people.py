"""Two thousand people made of syllables, and what a tired hand makes of their names. Nobody of them lives."""

from __future__ import annotations

import random
from dataclasses import dataclass, replace
from datetime import date, timedelta

_SYLLABLES = [first + vowel for first in "бвгджзклмнпрст" for vowel in "аеёиоу"]


def _word(chance: random.Random, parts: int) -> str:
    return "".join(chance.choice(_SYLLABLES) for _ in range(parts)).capitalize()


@dataclass(frozen=True)
class Human:
    """As the school has it. `number` is the truth that no export holds; sex 1 is male."""

    number: int
    surname: str
    name: str
    patronymic: str
    birth: date
    school: int
    sex: int
    snils: str
    document: str

    @property
    def full(self) -> str:
        return " ".join(filter(None, (self.surname, self.name, self.patronymic)))


def snils(number: int) -> str:
    """A number with its checksum, as it is printed."""
    digits = f"{number:09d}"
    control = sum(int(digit) * weight for digit, weight in zip(digits, range(9, 0, -1), strict=True)) % 101 % 100
    return f"{digits[:3]}-{digits[3:6]}-{digits[6:]} {control:02d}"


def people(count: int, seed: int = 7, schools: int = 19) -> list[Human]:
    """Names are repeated as names are: a few are many people's. Every hundredth has a twin of another name."""
    chance = random.Random(seed)
    surnames = [_word(chance, chance.choice((2, 3, 3))) for _ in range(600)]
    names = {sex: list(dict.fromkeys(_word(chance, chance.choice((2, 3))) for _ in range(60))) for sex in (0, 1)}
    stems = [_word(chance, 2) for _ in range(60)]
    found: list[Human] = []
    for number in range(count):
        sex = chance.randrange(2)
        ending = "в" if sex else "ва"
        if found and number % 100 == 1:
            twin = found[-1]
            name = chance.choice([one for one in names[twin.sex] if one != twin.name])
            found.append(replace(twin, number=number, name=name, snils=_snils_of(number), document=_paper(number)))
            continue
        found.append(Human(
            number,
            surnames[int(600 * chance.random() ** 2)] + ending,
            names[sex][int(len(names[sex]) * chance.random() ** 2)],
            stems[int(60 * chance.random() ** 2)] + ("вич" if sex else "вна"),
            date(2005, 9, 1) + timedelta(days=chance.randrange(365)),
            1001 + chance.randrange(schools),
            sex, _snils_of(number), _paper(number),
        ))  # fmt: skip
    return found


def _snils_of(number: int) -> str:
    return snils(112_233_000 + 37 * number)


def _paper(number: int) -> str:
    return f"3219 {640_000 + number}"


def slipped(human: Human, chance: random.Random) -> Human:
    """Most rows are typed well; the others have one slip, some of them two."""
    for _ in range(chance.choices((0, 1, 2), (0.55, 0.35, 0.10))[0]):
        human = chance.choice(_SLIPS)(human, chance)
    return human


def _swapped_letters(human: Human, chance: random.Random) -> Human:
    part = chance.choice(("surname", "name", "patronymic"))
    text = getattr(human, part)
    if len(text) < 4:
        return human
    at = chance.randrange(1, len(text) - 1)
    return replace(human, **{part: text[:at] + text[at + 1] + text[at] + text[at + 2 :]})


def _wrong_letter(human: Human, chance: random.Random) -> Human:
    part = chance.choice(("surname", "name"))
    text = getattr(human, part)
    at = chance.randrange(1, len(text))
    return replace(human, **{part: text[:at] + chance.choice("аеиоубвгд") + text[at + 1 :]})


def _without_dots(human: Human, _: random.Random) -> Human:
    return replace(human, **{part: getattr(human, part).replace("ё", "е") for part in ("surname", "name")})


def _without_patronymic(human: Human, _: random.Random) -> Human:
    return replace(human, patronymic="")


def _day_for_month(human: Human, _: random.Random) -> Human:
    if human.birth.day > 12:
        return human
    return replace(human, birth=human.birth.replace(day=human.birth.month, month=human.birth.day))


def _wrong_day(human: Human, chance: random.Random) -> Human:
    return replace(human, birth=human.birth.replace(day=chance.randrange(1, 29)))


def _new_surname(human: Human, chance: random.Random) -> Human:
    return replace(human, surname=_word(chance, 3) + ("в" if human.sex else "ва"))


def _capitals(human: Human, _: random.Random) -> Human:
    return replace(human, surname=human.surname.upper(), name=human.name.upper())


_SLIPS = (
    _swapped_letters, _wrong_letter, _without_dots, _without_patronymic, _day_for_month, _wrong_day, _new_surname,
    _capitals,
)  # fmt: skip
