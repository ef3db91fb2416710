"""Rows without a common key are linked as the synthetic truth has it, and what is doubtful waits for a person."""

from __future__ import annotations

import csv
import io
import re
import stat
from dataclasses import replace
from pathlib import Path

import pytest
from exports_world import (
    CYCLE,
    World,
    admissions,
    empty_world,
    enrolment,
    full_world,
    school,
    typed_world,
    write_csv,
)
from invented_people import Human, people

from orientir.errors import UserError
from orientir.pseudonyms import linking
from orientir.pseudonyms.deciding import link
from orientir.pseudonyms.dictionaries import read_dictionaries
from orientir.pseudonyms.persons import Person, grouped
from orientir.pseudonyms.reading import read_exports
from orientir.pseudonyms.review import read_answers

HOWTO = Path(__file__).parents[2] / "docs" / "howto" / "records.md"
PEOPLE, SEED = 2000, 7


def measured(world: World, enrolled: list[Human], admitted: list[Human]) -> tuple[float, float]:
    """Precision and recall of pairs of an admission and an enrolment."""
    exports = read_exports(world.folder, CYCLE, read_dictionaries(world.folder))
    persons, _ = link(grouped(exports.rows).persons, world.secret, {})
    pairs = [pair for person in persons for pair in truths(person, enrolled, admitted)]
    right = sum(one == other for one, other in pairs)
    known = {one.number for one in enrolled}
    return right / len(pairs), right / sum(one.number in known for one in admitted)


def truths(person: Person, enrolled: list[Human], admitted: list[Human]) -> list[tuple[int, int]]:
    """The numbers of the two people that each link brought together."""
    lists = {"enrolment": enrolled, "admission": admitted}
    numbers = {
        table: [lists[table][row.at[2] - 2].number for row in person.rows if row.table == table] for table in lists
    }
    return [(one, other) for one in numbers["enrolment"] for other in numbers["admission"]]


@pytest.mark.slow
def test_two_thousand_people_typed_by_tired_hands_are_linked(tmp_path: Path) -> None:
    precision, recall = measured(*typed_world(tmp_path, PEOPLE, SEED))
    assert precision >= 0.99
    assert recall >= 0.9
    printed = re.search(r"точность ([\d,]+), полнота ([\d,]+)", HOWTO.read_text(encoding="utf-8"))
    assert printed, "the document prints what was measured"
    told = [float(figure.replace(",", ".")) for figure in printed.groups()]
    assert told == pytest.approx([precision, recall], abs=0.003)


# ---- what only a person can decide


@pytest.fixture
def few(tmp_path: Path) -> World:
    """Too few to learn from: one boy whose surname was typed wrong when he was admitted, and a stranger."""
    world, humans = empty_world(tmp_path), people(12)
    enrolment(world, humans[:10])
    one = humans[3]
    typed = replace(one, surname=one.surname[:-2] + "х" + one.surname[-1])
    admissions(world, [*humans[5:10], typed, humans[11]])
    return world


def pairs(world: World) -> list[dict[str, str]]:
    text = (world.folder / "review.csv").read_text(encoding="utf-8-sig")
    return list(csv.DictReader(io.StringIO(text), delimiter=";"))


def answered(world: World, answer: str, encoding: str = "utf-8-sig") -> None:
    rows = pairs(world)
    with (world.folder / "review.csv").open("w", encoding=encoding, newline="") as file:
        writer = csv.DictWriter(file, rows[0], delimiter=";")
        writer.writeheader()
        writer.writerows({**row, "решение": answer} for row in rows)


def linked(world: World) -> int:
    enrolled = {row["pupil_id"] for row in world.rows("enrolment")}
    return sum(row["pupil_id"] in enrolled for row in world.rows("admission"))


def test_doubtful_pairs_wait_in_a_private_list_beside_the_exports(few: World) -> None:
    told = few.run()
    assert (told.linked.automatic, told.linked.unanswered, linked(few)) == (0, 1, 5)
    assert stat.S_IMODE((few.folder / "review.csv").stat().st_mode) == 0o600
    [pair] = pairs(few)
    assert pair["имя"] == pair["имя (вторая)"]
    assert pair["фамилия"] != pair["фамилия (вторая)"]
    assert (pair["строка"], pair["строка (вторая)"]) == ("контингент.csv, строка 5", "приём.csv, строка 7")
    assert not list(few.package.rglob("review*"))


@pytest.mark.parametrize(("answer", "encoding"), [("да", "utf-8-sig"), ("ДА", "windows-1251")])
def test_yes_links_the_pair_for_good(few: World, answer: str, encoding: str) -> None:
    few.run()
    answered(few, answer, encoding)
    for _ in range(2):
        told = few.run()
        assert (told.linked.confirmed, told.linked.unanswered, linked(few)) == (1, 0, 6)


def test_no_keeps_the_two_apart_for_good(few: World) -> None:
    few.run()
    answered(few, "нет")
    for _ in range(2):
        told = few.run()
        assert (told.linked.confirmed, told.linked.unanswered, linked(few)) == (0, 0, 5)


def test_answer_that_is_none_is_told_by_row(few: World) -> None:
    few.run()
    answered(few, "наверное")
    with pytest.raises(UserError, match=r"review\.csv:2: решение"):
        few.run()
    assert read_answers(few.folder.parent) == {}


def test_review_is_no_export(few: World) -> None:
    assert few.run().files == few.run().files == 2


def test_without_the_library_it_says_what_to_do(few: World, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(linking, "is_installed", lambda: False)
    with pytest.raises(UserError, match=r"orientir\[scale\].*--exact"):
        few.run()
    assert not few.package.exists()
    assert few.run(exact=True).rows_out == {"admission": 7, "enrolment": 10}


def test_library_is_not_needed_where_keys_are_enough(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(linking, "is_installed", lambda: False)
    world, _ = full_world(tmp_path, 12)
    assert world.run().rows_out["enrolment"] == 12


def test_row_without_a_day_of_birth_is_nobody_until_it_is_linked(world: World) -> None:
    humans = people(12)
    enrolment(world, humans)
    header = ("ФИО участника", "ОО", "Класс", "Мероприятие")
    write_csv(world.folder / "участие.csv", header, [(humans[2].full, school(humans[2]), "9", "Билет в будущее")])
    told = world.run()
    assert (told.refused, world.rows("participation")) == ({"no_identity": 1}, [])
    answered(world, "да")
    world.run()
    [row] = world.rows("participation")
    assert row["pupil_id"] in {one["pupil_id"] for one in world.rows("enrolment")}
