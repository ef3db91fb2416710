"""A folder of exports as a district keeps them, about people who do not live, and the means to run over it."""

from __future__ import annotations

import csv
import random
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from datetime import date
from pathlib import Path
from typing import Any

import pyarrow.parquet as pq
import xlsxwriter
from invented_people import Human, people, slipped

from orientir.model.periods import Period, PeriodKind
from orientir.pseudonyms.keys import Key, new_key, read_key
from orientir.pseudonyms.run import Order, Told, pseudonymise

CYCLE = Period(PeriodKind.SCHOOL_YEAR, 2021)
TODAY = date(2022, 10, 1)
SCHOOLS = range(1001, 1020)
COLLEGE, UNIVERSITY = "Лесной горный техникум", "Лесной государственный университет"


@dataclass(frozen=True)
class World:
    """`folder` holds the exports, `package` is to be written, `key` is the file of the key."""

    folder: Path
    package: Path
    key: Path

    def order(self, **other: Any) -> Order:
        return replace(Order(self.folder, self.package, read_key(self.key, CYCLE), TODAY), **other)

    def run(self, **other: Any) -> Told:
        return pseudonymise(self.order(**other))

    @property
    def secret(self) -> Key:
        return read_key(self.key, CYCLE)

    def rows(self, table: str) -> list[dict[str, Any]]:
        found: list[dict[str, Any]] = []
        for path in sorted((self.package / "records" / table).glob("year=*/region_id=*/*.parquet")):
            found += pq.ParquetFile(path).read().to_pylist()
        return found


def empty_world(place: Path) -> World:
    world = World(place / "exports", place / "package", place / "safe" / "key")
    (world.folder / "codes").mkdir(parents=True)
    world.key.parent.mkdir()
    new_key(world.key, CYCLE)
    schools = [(one, 3 + one % 2, 42, 0, f"МБОУ «СОШ № {one - 1000}»") for one in SCHOOLS]
    write_csv(world.folder / "codes/schools.csv", ("school_id", "mun_id", "region_id", "rural", "title"), schools)
    places = ((501, COLLEGE, 1, 42), (502, UNIVERSITY, 2, 54))
    write_csv(world.folder / "codes/institutions.csv", ("inst_id", "title", "inst_type", "region_id"), places)
    write_csv(world.folder / "codes/methods.csv", ("method", "title"), [(7, "Карта интересов")])
    return world


def write_csv(
    path: Path, header: Sequence[str], rows: Iterable[Sequence[Any]], encoding: str = "utf-8", delimiter: str = ";"
) -> Path:
    with path.open("w", encoding=encoding, newline="") as file:
        writer = csv.writer(file, delimiter=delimiter)
        writer.writerow(header)
        writer.writerows(rows)
    return path


def write_book(path: Path, rows: Sequence[Sequence[Any]]) -> Path:
    book = xlsxwriter.Workbook(str(path))
    dated = book.add_format({"num_format": "dd.mm.yyyy"})
    page = book.add_worksheet("Выгрузка")
    for at, row in enumerate(rows):
        for column, cell in enumerate(row):
            if isinstance(cell, date):
                page.write_datetime(at, column, cell, dated)
            else:
                page.write(at, column, cell)
    book.close()
    return path


def school(human: Human) -> str:
    return f"СОШ №{human.school - 1000}"


def enrolment(world: World, humans: Sequence[Human]) -> Path:
    """With SNILS for every second pupil; Windows-1251, semicolons."""
    header = ("№", "Фамилия", "Имя", "Отчество", "Дата рождения", "Пол", "СНИЛС", "Образовательная организация",
              "Класс", "ОВЗ", "Углублённое изучение", "Телефон", "Электронная почта")  # fmt: skip
    rows = [
        (at, one.surname, one.name, one.patronymic, f"{one.birth:%d.%m.%Y}", "м" if one.sex else "ж",
         one.snils if one.number % 2 else "", school(one), f"{9 if one.number % 3 else 11}А", "нет", "да",
         f"+7 923 555-{one.number % 90 + 10:02d}-{one.number % 80 + 10:02d}", f"pupil{one.number}@example.org")
        for at, one in enumerate(humans, 1)
    ]  # fmt: skip
    return write_csv(world.folder / "контингент.csv", header, rows, "windows-1251")


def exams(world: World, humans: Sequence[Human]) -> Path:
    """As РЦОИ gives them: one column for the name, the document, codes of subjects; XLSX."""
    header = ["Код ОО", "Класс", "ФИО", "Дата рождения", "Серия и номер документа", "СНИЛС", "Форма ГИА",
              "Код предмета", "Балл"]  # fmt: skip
    rows: list[Sequence[Any]] = [["Результаты ГИА"], header]
    for one in humans:
        grade = 9 if one.number % 3 else 11
        for subject in (1, 2, 3 + one.number % 5):
            form, score = "ОГЭ" if grade == 9 else "ЕГЭ", 40 + (one.number + subject) % 60
            who = [one.full, one.birth, one.document, one.snils]
            rows.append([str(one.school), f"{grade}А", *who, form, f"{subject:02d}", score])
    return write_book(world.folder / "гиа.xlsx", rows)


def admissions(world: World, humans: Sequence[Human]) -> Path:
    """Typed by hand, without SNILS."""
    header = ("ФИО поступившего", "Дата рождения", "Пол", "Какую школу окончил", "Куда зачислен", "Код специальности")
    rows = [
        (one.full, f"{one.birth:%d.%m.%Y}", "муж." if one.sex else "жен.", school(one),
         COLLEGE if one.number % 3 else UNIVERSITY, "21.02.15 Открытые горные работы" if one.number % 3 else "21.05.04")
        for one in humans
    ]  # fmt: skip
    return write_csv(world.folder / "приём.csv", header, rows, delimiter="\t")


def participations(world: World, humans: Sequence[Human]) -> Path:
    header = ("ФИО участника", "Дата рождения", "ОО", "Класс", "Мероприятие", "Дата", "Результат")
    rows = [(one.full, f"{one.birth:%d.%m.%Y}", school(one), "9", "Билет в будущее", "15.03.2022", "участник")
            for one in humans]  # fmt: skip
    return write_csv(world.folder / "участие.csv", header, rows, delimiter=",")


def diagnostics(world: World, humans: Sequence[Human]) -> Path:
    """Every third has no consent, every fourth of the rest no retention date."""
    header = ("ФИО ребёнка", "ФИО родителя", "Дата рождения", "Школа", "Дата тестирования", "Методика", "Согласие",
              "Хранить до")  # fmt: skip
    rows = [
        (one.full, "Мирова Зима", f"{one.birth:%d.%m.%Y}", school(one), "20.02.2022", "Карта интересов",
         "отказ" if at % 3 == 0 else "да", "" if at % 4 == 3 else "31.08.2023")
        for at, one in enumerate(humans)
    ]  # fmt: skip
    return write_csv(world.folder / "журнал диагностики.csv", header, rows)


def full_world(place: Path, count: int = 60) -> tuple[World, list[Human]]:
    """Every export, typed without a slip."""
    world, humans = empty_world(place), people(count)
    for write in (enrolment, exams, admissions, participations, diagnostics):
        write(world, humans)
    return world, humans


def typed_world(place: Path, count: int, seed: int) -> tuple[World, list[Human], list[Human]]:
    """The enrolment as the school has it, and admissions, typed by tired hands, of most of them and of strangers."""
    world, everybody, chance = empty_world(place), people(count, seed), random.Random(seed)
    enrolled = [one for one in everybody if one.number % 10 != 9]
    admitted = [slipped(one, chance) for one in everybody if one.number % 10 != 4]
    chance.shuffle(admitted)
    enrolment(world, enrolled)
    admissions(world, admitted)
    return world, enrolled, admitted
