"""Whatever gets past the mapping is stopped before it is written."""

from __future__ import annotations

import pyarrow as pa
import pytest
from exports_world import World, enrolment, full_world
from invented_people import people

from orientir.errors import UserError
from orientir.pseudonyms import store, tables
from orientir.pseudonyms.identity import Identity
from orientir.pseudonyms.scanning import named, scan_tables, scan_text

PEOPLE = named([Identity("темин", "лева", "", "2006-05-04", snils="11223344595", document="32196400")])


@pytest.mark.parametrize(
    "value",
    ["Тёмин", "лева", "112-233-445 95", "11223344595", "3219 640012", "32 19 640012", "II-ЛО 640012",
     "pupil@example.org", "+7 (923) 555-01-02", "89235550102", 11223344595, 32196400, 89235550102, -1],
)  # fmt: skip
def test_value_that_tells_of_a_person_is_refused(value: object) -> None:
    table = pa.table({"pupil_id": [5], "event_id": [value]})
    with pytest.raises(UserError, match="exam: event_id") as told:
        scan_tables([("exam", table)], PEOPLE)
    assert str(value) not in str(told.value).replace("exam: event_id", "")


def test_number_of_a_person_is_no_pseudonym() -> None:
    with pytest.raises(UserError, match="pupil_id"):
        scan_tables([("exam", pa.table({"pupil_id": [11223344595]}))], PEOPLE)


def test_small_numbers_and_pseudonyms_pass() -> None:
    table = pa.table({"pupil_id": [2**62 + 5], "event_id": [19_999], "kept_until": [20230831], "score": [None]})
    scan_tables([("exam", table)], PEOPLE)


@pytest.mark.parametrize("text", ['{"file": "Тёмин.xlsx"}', '{"who": "a@b.ru"}', '{"n": "112-233-445 95"}'])
def test_log_that_tells_of_a_person_is_refused(text: str) -> None:
    with pytest.raises(UserError):
        scan_text("log", text)


def test_document_in_the_place_of_a_code_writes_nothing(world: World) -> None:
    """A profile may say that the document is the number of the event; the scan does not believe it."""
    humans = people(12)
    enrolment(world, humans)
    lines = ["ФИО;Дата рождения;Документ;Мероприятие;Номер"]
    lines += [f"{one.full};{one.birth:%d.%m.%Y};{one.document};Олимпиада;{one.document[5:]}" for one in humans]
    (world.folder / "участие.csv").write_text("\n".join(lines), encoding="utf-8")
    profile = "register: participation\nfiles: участие.csv\ncolumns: {event: Документ}\n"
    (world.folder / "profiles").mkdir()
    (world.folder / "profiles" / "participation.yaml").write_text(profile, encoding="utf-8")
    with pytest.raises(UserError):
        world.run()
    assert not world.package.exists()


def test_mistake_of_our_own_code_writes_nothing(world: World, monkeypatch: pytest.MonkeyPatch) -> None:
    enrolment(world, people(12))
    monkeypatch.setattr(tables.Key, "pseudonym", lambda _, identity: int(identity.partition(":")[2]))
    for path in world.folder.glob("*.csv"):
        text = path.read_text(encoding="windows-1251").splitlines()
        path.write_text("\n".join([text[0], *text[2::2]]), encoding="windows-1251")  # those with a SNILS
    with pytest.raises(UserError, match="enrolment: pupil_id"):
        world.run()
    assert not world.package.exists()


def test_log_with_a_name_leaves_the_old_records_whole(tmp_path, monkeypatch: pytest.MonkeyPatch) -> None:
    world, _ = full_world(tmp_path, 12)
    world.run()
    before = {path: path.read_bytes() for path in world.package.rglob("*") if path.is_file()}
    described = store._described
    monkeypatch.setattr(store, "_described", lambda aside: {**described(aside), "who": "Тёмин"})
    with pytest.raises(UserError):
        world.run()
    assert {path: path.read_bytes() for path in world.package.rglob("*") if path.is_file()} == before


def test_name_in_the_place_of_a_title_writes_nothing(world: World) -> None:
    """Only a number made of the title is written, but whoever has the key and a list of names can make it too."""
    humans = people(12)
    enrolment(world, humans)
    lines = ["ФИО;Дата рождения;Мероприятие;Название мероприятия"]
    lines += [f"{one.full};{one.birth:%d.%m.%Y};Олимпиада;{one.surname} {one.name}" for one in humans]
    (world.folder / "участие.csv").write_text("\n".join(lines), encoding="utf-8")
    with pytest.raises(UserError, match="слово из имени"):
        world.run()
    assert not world.package.exists()
