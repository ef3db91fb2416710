"""From a folder of exports to records: what is written, what is not, and that nobody is named in any of it."""

from __future__ import annotations

import fcntl
import json
import re
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path

import pyarrow.parquet as pq
import pytest
from exports_world import (
    CYCLE,
    World,
    admissions,
    diagnostics,
    enrolment,
    exams,
    full_world,
    participations,
    write_csv,
)  # fmt: skip
from invented_people import Human, people

from hostile.hostile_files import KINDS
from orientir.errors import UserError
from orientir.model.records import TABLES
from orientir.pseudonyms.keys import new_key, read_key


@pytest.fixture(scope="module")
def done(tmp_path_factory: pytest.TempPathFactory) -> tuple[World, list[Human]]:
    world, humans = full_world(tmp_path_factory.mktemp("done"))
    world.run()
    return world, humans


# ---- nobody is named


def secrets_of(humans: list[Human]) -> Iterator[str]:
    """Every spelling of everything that tells of a person."""
    for one in humans:
        digits = re.sub(r"\D", "", one.snils)
        yield from (one.snils, digits, one.document, one.document.replace(" ", ""))
        yield from (f"{one.birth:%d.%m.%Y}", one.birth.isoformat(), f"{one.birth:%Y%m%d}", f"pupil{one.number}@")
        for name in (one.surname, one.name, one.patronymic):
            yield from (name, name.lower(), name.upper(), name.lower().replace("ё", "е"))


def texts_of(folder: Path) -> dict[str, str]:
    """Each file as text: its bytes in both encodings, and of a table every value and all that its metadata say."""
    found = {}
    for path in folder.rglob("*"):
        if path.is_file():
            data = path.read_bytes()
            text = data.decode("utf-8", "replace") + data.decode("windows-1251", "replace")
            if path.suffix == ".parquet":
                table = pq.ParquetFile(path).read()
                text += f"{table.schema} {table.schema.metadata} {' '.join(map(str, table.to_pylist()))}"
            found[path.relative_to(folder).as_posix()] = text
    return found


def test_no_output_names_anybody(done: tuple[World, list[Human]]) -> None:
    world, humans = done
    texts = texts_of(world.package)
    assert len(texts) > 7
    secrets = set(secrets_of(humans)) | {"Мирова", "Зима", "923 555"}
    assert [(name, secret) for name, text in texts.items() for secret in secrets if secret in text] == []


def test_no_output_holds_the_key(done: tuple[World, list[Human]]) -> None:
    world, _ = done
    secret = world.secret.secret
    for text in (*texts_of(world.package).values(), *texts_of(world.folder / "profiles").values()):
        assert secret.hex() not in text
        assert secret.decode("latin-1") not in text


def test_profiles_hold_titles_and_no_rows(done: tuple[World, list[Human]]) -> None:
    world, humans = done
    texts = texts_of(world.folder / "profiles")
    assert len(texts) == 5
    assert [one for text in texts.values() for one in set(secrets_of(humans)) if one in text] == []


def test_tables_hold_whole_numbers_alone(done: tuple[World, list[Human]]) -> None:
    world, _ = done
    for table, columns in TABLES.items():
        [path] = (world.package / "records" / table).glob("year=2021/region_id=42/*.parquet")
        schema = pq.read_schema(path)
        assert schema.names == list(columns)
        assert all(str(kind).startswith("int") for kind in schema.types)


# ---- what is written


def test_one_pupil_has_one_pseudonym_in_every_table(done: tuple[World, list[Human]]) -> None:
    """Every second pupil has no SNILS in the enrolment, and nobody has one among the admitted."""
    world, humans = done
    enrolled = {row["pupil_id"] for row in world.rows("enrolment")}
    assert len(enrolled) == len(humans)
    for table in ("exam", "admission", "participation"):
        assert {row["pupil_id"] for row in world.rows(table)} == enrolled, table
    assert {row["pupil_id"] for row in world.rows("diagnostics")} < enrolled


def test_codes_become_the_numbers_of_the_contract(done: tuple[World, list[Human]]) -> None:
    world, humans = done
    of_human = {one.snils: one for one in humans}
    key = world.secret
    ids = {key.pseudonym(f"snils:{re.sub(r'[^0-9]', '', snils)}"): one for snils, one in of_human.items()}
    for row in world.rows("enrolment"):
        one = ids[row["pupil_id"]]
        assert (row["school_id"], row["sex"], row["mun_id"]) == (one.school, one.sex, 3 + one.school % 2)
        assert (row["grade"], row["disability"], row["adv"]) == (9 if one.number % 3 else 11, 0, 1)
    for row in world.rows("admission"):
        college = bool(ids[row["pupil_id"]].number % 3)
        assert (row["inst_type"], row["inst_id"], row["same_region"]) == ((1, 501, 1) if college else (2, 502, 0))
        assert row["specialty_id"] // 500 == 21
    forms = {(row["stage"], row["form"]) for row in world.rows("exam")}
    assert forms == {(9, 1), (11, 2)}
    assert {row["day"] for row in world.rows("participation")} == {195}  # 15 March from 1 September
    assert {row["activity"] for row in world.rows("participation")} == {5}


def test_diagnostics_need_consent_and_a_day(done: tuple[World, list[Human]]) -> None:
    world, humans = done
    wanted = [at for at in range(len(humans)) if at % 3 and at % 4 != 3]
    assert len(world.rows("diagnostics")) == len(wanted)
    assert {(row["consent"], row["kept_until"]) for row in world.rows("diagnostics")} == {(1, 20230831)}
    assert log(world)[-1]["refused"] == {"no_consent": 20, "no_term": 10}


def log(world: World) -> list[dict[str, object]]:
    text = (world.package / "records" / "pseudonymise.log.jsonl").read_text(encoding="utf-8")
    return [json.loads(line) for line in text.splitlines()]


def test_log_counts_and_names_no_file(done: tuple[World, list[Human]]) -> None:
    world, _ = done
    [run] = log(world)
    assert run["cycle"] == "2021/22"
    assert run["key_id"] == world.secret.id
    assert run["rows_in"] == 420
    assert run["rows_out"] == {"admission": 60, "diagnostics": 30, "enrolment": 60, "exam": 180, "participation": 60}
    assert all(re.fullmatch("[0-9a-f]{64}", one["sha256"]) for one in run["files"])
    assert not re.search("[а-яё]", json.dumps(run, ensure_ascii=False), re.IGNORECASE)


def test_running_again_changes_nothing_but_the_log(tmp_path: Path) -> None:
    world, _ = full_world(tmp_path, 12)
    world.run()
    before = {table: world.rows(table) for table in TABLES}
    told = world.run()
    assert {table: world.rows(table) for table in TABLES} == before
    assert (len(log(world)), told.profiles) == (2, [])


def test_what_is_no_longer_exported_is_no_longer_there(tmp_path: Path) -> None:
    world, _ = full_world(tmp_path, 12)
    world.run()
    (world.folder / "участие.csv").unlink()
    world.run()
    assert world.rows("participation") == []
    assert len(world.rows("enrolment")) == 12


def test_same_file_in_another_folder_is_not_counted_twice(tmp_path: Path) -> None:
    world, _ = full_world(tmp_path, 12)
    world.run()
    moved = world.folder.rename(tmp_path / "moved")
    with pytest.raises(UserError, match="этот файл уже учтён из другой папки"):
        replace(world, folder=moved).run()


def test_other_folder_adds_its_pupils(tmp_path: Path) -> None:
    world, _ = full_world(tmp_path, 12)
    world.run()
    (tmp_path / "second").mkdir()
    (world.folder / "codes").rename(tmp_path / "second" / "codes")
    second = replace(world, folder=tmp_path / "second")
    enrolment(second, people(30)[20:])
    second.run()
    assert len(world.rows("enrolment")) == 22


def test_another_key_for_the_same_year_is_refused(tmp_path: Path) -> None:
    world, _ = full_world(tmp_path, 12)
    world.run()
    new_key(tmp_path / "second_key", CYCLE)
    with pytest.raises(UserError, match="другим ключом"):
        world.run(key=read_key(tmp_path / "second_key", CYCLE))


def test_next_cycle_has_its_own_key_and_strangers(tmp_path: Path) -> None:
    world, humans = full_world(tmp_path, 12)
    world.run()
    for path in world.folder.glob("*.*"):
        path.unlink()
    enrolment(world, humans)
    new_key(tmp_path / "next_key", CYCLE.shifted(1))
    world.run(key=read_key(tmp_path / "next_key", None))
    years = [path.parts[-3] for path in (world.package / "records/enrolment").glob("*/*/*")]
    assert sorted(years) == ["year=2021", "year=2022"]
    assert len({row["pupil_id"] for row in world.rows("enrolment")}) == 24


def test_two_runs_do_not_write_at_once(tmp_path: Path) -> None:
    world, _ = full_world(tmp_path, 12)
    world.run()
    with (world.package / ".records.lock").open("w") as lock:
        fcntl.flock(lock, fcntl.LOCK_EX)
        with pytest.raises(UserError, match="пишет другой запуск"):
            world.run()
    assert len(log(world)) == 1


def test_invented_records_are_not_mixed_with_real_ones(tmp_path: Path) -> None:
    world, _ = full_world(tmp_path, 12)
    (world.package / "records").mkdir(parents=True)
    (world.package / "records" / "datapackage.json").write_text('{"synthetic": true}')
    with pytest.raises(UserError, match="вымышлены"):
        world.run()


# ---- what is refused


@pytest.mark.slow
def test_hostile_files_are_refused_and_others_go_on(world: World, tmp_path: Path) -> None:
    humans = people(8)
    enrolment(world, humans)
    for name, make in KINDS.items():
        (tmp_path / name).mkdir()
        path = make(tmp_path / name)
        path.rename(world.folder / f"{name}{path.suffix}")
    told = world.run()
    assert told.rows_out == {"enrolment": 8}
    assert len(told.refused_files) == len(KINDS)
    assert told.has_issues


def test_single_bad_row_is_refused_and_told(world: World) -> None:
    humans = people(20)
    path = enrolment(world, humans)
    text = path.read_text(encoding="windows-1251").replace(";9А;", ";девятый;", 1)
    path.write_text(text, encoding="windows-1251")
    told = world.run()
    assert told.rows_out == {"enrolment": 19}
    [fault] = told.faults
    assert fault.place == "контингент.csv, строка 3: grade"
    [run] = log(world)
    assert run["files"][0]["refused"] == [{"sheet": 1, "row": 3, "reason": "unreadable_grade"}]


def test_wrong_codes_are_all_told_at_once_and_nothing_is_written(world: World) -> None:
    humans = people(20)
    enrolment(world, humans)
    (world.folder / "codes/institutions.csv").unlink()
    path = admissions(world, humans)
    path.write_text(path.read_text(encoding="utf-8").replace("21.05.04", "горное дело"), encoding="utf-8")
    with pytest.raises(UserError) as told:
        world.run()
    said = str(told.value)
    assert "Лесной горный техникум" in said
    assert "не код специальности" in said
    assert "приём.csv, строка 3 (и ещё" in said
    assert not world.package.exists()


def test_mistakes_of_dictionaries_are_told_by_file_and_row(world: World) -> None:
    write_csv(world.folder / "codes/schools.csv", ("school_id", "mun_id", "region_id", "title"),
              [(1001, "", 42, "СОШ № 1"), ("пять", 3, 42, "СОШ № 5"), (1001, 3, 42, "")])  # fmt: skip
    write_csv(world.folder / "codes/methods.csv", ("title",), [("Карта интересов",)])
    with pytest.raises(UserError) as told:
        world.run()
    places = [fault.place for fault in told.value.faults]
    assert places == ["codes/methods.csv:1", "codes/schools.csv:2: mun_id", "codes/schools.csv:3: school_id",
                      "codes/schools.csv:4: title"]  # fmt: skip


def test_names_of_pupils_are_not_repeated_in_messages(world: World) -> None:
    humans = people(20)
    enrolment(world, humans)
    write_csv(world.folder / "приём.csv", ("ФИО", "Дата рождения", "Куда зачислен", "Код специальности"),
              [(one.full, f"{one.birth:%d.%m.%Y}", one.full, "21.02.15") for one in humans])  # fmt: skip
    with pytest.raises(UserError) as told:
        world.run()
    said = str(told.value)
    assert [one for one in humans if one.surname in said or one.patronymic in said] == []


def test_pupil_in_two_schools_counts_once(world: World) -> None:
    humans = people(20)
    enrolment(world, [*humans, replace(humans[4], school=1001 + humans[4].school % 19)])
    told = world.run()
    assert told.rows_out == {"enrolment": 20}
    assert told.refused == {"enrolled_twice": 1}


def test_one_snils_of_two_children_makes_nobody_one(world: World) -> None:
    humans = people(20)
    shared = [replace(one, snils=humans[1].snils) if one.number in (3, 7) else one for one in humans]
    enrolment(world, shared)
    told = world.run()
    assert (told.rows_out, told.shared_snils) == ({"enrolment": 20}, 1)


def test_one_file_of_another_year_is_refused(world: World) -> None:
    enrolment(world, people(8))
    participations(world, people(8))
    path = world.folder / "участие.csv"
    path.write_text(path.read_text(encoding="utf-8").replace("15.03.2022", "15.03.2020"), encoding="utf-8")
    told = world.run()
    assert [fault.what[:22] for fault in told.refused_files] == ["это реестр другого год"]


def test_exams_alone_are_linked_and_written(world: World) -> None:
    exams(world, people(8))
    assert world.run().rows_out == {"exam": 24}


def test_folder_without_schools_or_rows_is_refused(world: World) -> None:
    with pytest.raises(UserError, match="нет ни одной строки"):
        world.run()
    (world.folder / "codes/schools.csv").unlink()
    with pytest.raises(UserError, match="списка школ нет"):
        world.run()


def test_diagnostics_past_their_day_are_not_written(world: World) -> None:
    diagnostics(world, people(12))
    told = world.run(today=CYCLE.shifted(5).first_day)
    assert told.rows_out == {}
    assert told.refused["expired"] == 6
