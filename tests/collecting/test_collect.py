"""What becomes of returned files: the package, the board, the remarks."""

from __future__ import annotations

import csv
import os
import shutil
from pathlib import Path

import pytest
from frictionless import validate

from invented import LAST, Run, World
from orientir.collecting.board import BoardState
from orientir.errors import UserError
from orientir.facts.package import read_package
from orientir.model.collection import SubmissionState
from orientir.model.status import CellState
from orientir.synth.district import cell


def rows(package: Path, table: str) -> list[dict[str, str]]:
    with (package / f"{table}.csv").open(encoding="utf-8", newline="") as lines:
        return list(csv.DictReader(lines))


def tree(folder: Path) -> dict[str, bytes]:
    return {path.relative_to(folder).as_posix(): path.read_bytes() for path in folder.rglob("*") if path.is_file()}


def states(board) -> list[BoardState]:
    return [row.state for row in board.rows]


def test_board_tells_who_has_answered_and_who_was_late(folder: Path, run: Run) -> None:
    board = run(folder).board
    assert states(board) == [BoardState.ACCEPTED, BoardState.ACCEPTED, BoardState.NOT_SENT]
    assert [row.is_late for row in board.rows] == [False, True, False]
    assert (board.sent, board.is_clean) == (2, False)


def test_package_holds_every_answer_with_its_cell(folder: Path, run: Run, world: World, tmp_path: Path) -> None:
    run(folder)
    package = read_package(tmp_path / "package", world.programme)
    school = world.schools[0].organisation.id
    facts = {(one.element, one.breakdown): one for one in package.facts if one.organisation == school}
    truth = world.years[LAST][0]
    assert {key: value for key, value in truth.items() if isinstance(value, int)} == {
        key: int(facts[key].value) for key, value in truth.items() if isinstance(value, int)
    }
    assert facts[cell("graduates_9")].origin.endswith("лист «Сведения», ячейка D15")
    assert (tmp_path / "package" / facts[cell("graduates_9")].origin.partition(",")[0]).is_file()


def test_originals_are_kept_byte_for_byte(folder: Path, run: Run, tmp_path: Path) -> None:
    run(folder)
    for row in rows(tmp_path / "package", "submissions"):
        assert (tmp_path / "package" / row["original"]).read_bytes() == (folder / "forms" / row["file"]).read_bytes()


def test_package_is_valid_for_others(folder: Path, run: Run, tmp_path: Path) -> None:
    run(folder)
    report = validate(tmp_path / "package" / "datapackage.json")
    assert report.valid, report.flatten(["name", "rowNumber", "fieldName", "note"])


def test_second_run_changes_nothing(folder: Path, run: Run, tmp_path: Path) -> None:
    run(folder)
    first = tree(tmp_path / "package")
    for file in (folder / "forms").iterdir():
        os.utime(file, (0, 0))
    (folder / "received.csv").unlink()
    run(folder)
    assert tree(tmp_path / "package") == first


def test_file_that_is_gone_from_the_folder_stays_in_the_package(folder: Path, run: Run, tmp_path: Path) -> None:
    run(folder)
    first = tree(tmp_path / "package")
    shutil.rmtree(folder / "forms")
    run(folder)
    assert tree(tmp_path / "package") == first


def test_same_file_under_two_names_is_one_submission(folder: Path, run: Run, tmp_path: Path) -> None:
    shutil.copyfile(folder / "forms" / "from mail 0.xlsx", folder / "forms" / "copy.xlsx")
    run(folder)
    assert len(rows(tmp_path / "package", "submissions")) == 2


# ---- sent again


def test_later_file_replaces_the_earlier_and_the_change_is_kept(
    folder: Path, run: Run, world: World, tmp_path: Path
) -> None:
    key = cell("recommended_9")
    before = world.years[LAST][0][key]
    world.form(folder / "forms" / "again.xlsx", 0, {key: before + 1})
    with (folder / "received.csv").open("a") as out:
        out.write("again.xlsx;05.10.2022\n")
    run(folder)
    package = tmp_path / "package"
    kept = {row["file"]: row["state"] for row in rows(package, "submissions")}
    assert kept == {
        "from mail 0.xlsx": SubmissionState.REPLACED,
        "again.xlsx": SubmissionState.ACCEPTED,
        "from mail 1.xlsx": SubmissionState.ACCEPTED,
    }
    school = world.schools[0].organisation.id
    own = [one for one in rows(package, "facts") if (one["element"], one["organisation"]) == ("recommended_9", school)]
    assert [one["value"] for one in own] == [str(before + 1)]
    (change,) = rows(package / "collection" / "2021-22", "history")
    assert (change["element"], change["before"], change["after"]) == ("recommended_9", str(before), str(before + 1))
    protocol = (package / "collection" / "2021-22" / "protocols" / f"{school}.html").read_text(encoding="utf-8")
    assert "Что изменилось" in protocol


def test_order_of_receipt_counts_and_not_the_name(folder: Path, run: Run, world: World, tmp_path: Path) -> None:
    world.form(folder / "forms" / "zz.xlsx", 0, {cell("recommended_9"): 0})
    with (folder / "received.csv").open("a") as out:
        out.write("zz.xlsx;30.09.2022\n")
    run(folder)
    assert {row["file"]: row["state"] for row in rows(tmp_path / "package", "submissions")}["zz.xlsx"] == "replaced"


# ---- wrong cells


@pytest.mark.parametrize(("typed", "value"), [("12 чел.", "12"), ("1 234", "1234"), (" 7 ", "7"), ("12,0", "12")])
def test_number_typed_as_text_is_understood_and_told(
    folder: Path, run: Run, world: World, tmp_path: Path, typed: str, value: str
) -> None:
    world.form(folder / "forms" / "from mail 0.xlsx", 0, {cell("parents_8_11"): typed})
    row = run(folder).board.rows[0]
    found = next(one for one in rows(tmp_path / "package", "facts") if one["element"] == "parents_8_11")
    assert found["value"] == value
    if typed.strip() != value:
        assert any(not one.is_error and "лист «Сведения», ячейка D" in one.place for one in row.remarks)


@pytest.mark.parametrize("typed", ["6,5", "около десяти", "12-15", ("=1/0", "#DIV/0!"), -3, None])
def test_what_cannot_be_understood_is_unknown_and_never_zero(
    folder: Path, run: Run, world: World, tmp_path: Path, typed: object
) -> None:
    world.form(folder / "forms" / "from mail 0.xlsx", 0, {cell("parents_8_11"): typed})
    row = run(folder).board.rows[0]
    found = next(one for one in rows(tmp_path / "package", "facts") if one["element"] == "parents_8_11")
    assert (found["value"], found["status"]) == ("", CellState.NOT_REPORTED)
    assert [one.place for one in row.remarks if one.is_error] == ["лист «Сведения», ячейка D11"]
    assert row.state in (BoardState.WITH_ERRORS, BoardState.INCOMPLETE)


def test_check_of_the_programme_sends_the_form_back(folder: Path, run: Run, world: World, tmp_path: Path) -> None:
    graduates = world.years[LAST][0][cell("graduates_9")]
    world.form(folder / "forms" / "from mail 0.xlsx", 0, {cell("recommended_9"): graduates + 40})
    row = run(folder).board.rows[0]
    assert row.state is BoardState.WITH_ERRORS
    assert "part_above_whole" in {issue.rule for issue in row.issues}
    letter = tmp_path / "package" / "collection" / "2021-22" / "letters" / f"{row.organisation.id}.txt"
    assert "Пожалуйста, исправьте" in letter.read_text(encoding="utf-8-sig")


# ---- foreign files


def refused(folder: Path, run: Run) -> str:
    board = run(folder).board
    assert states(board)[:2] == [BoardState.ACCEPTED, BoardState.ACCEPTED]
    ((name, why),) = board.refused
    assert name == "odd.xlsx"
    return why


def test_form_of_another_year_is_refused(folder: Path, run: Run, world: World) -> None:
    world.form(folder / "forms" / "odd.xlsx", 0, period=LAST.shifted(-1))
    assert refused(folder, run).startswith("форма за 2020/21 учебный год, а собираются сведения за 2021/22.")


def test_form_of_an_unknown_school_is_refused(folder: Path, run: Run, world: World) -> None:
    world.form(folder / "forms" / "odd.xlsx", 7)
    assert "нет в organisations.csv" in refused(folder, run)


def test_workbook_that_is_no_form_is_refused(folder: Path, run: Run) -> None:
    from xlsxwriter import Workbook

    with Workbook(str(folder / "forms" / "odd.xlsx")) as book:
        book.add_worksheet().write(0, 0, "Отчёт")
    assert "это не форма Ориентира" in refused(folder, run)


def test_refused_file_is_kept_too(folder: Path, run: Run, tmp_path: Path) -> None:
    (folder / "forms" / "odd.xlsx").write_bytes(b"not a workbook at all")
    run(folder)
    (row,) = [one for one in rows(tmp_path / "package", "submissions") if one["state"] == "refused"]
    assert (tmp_path / "package" / row["original"]).read_bytes() == b"not a workbook at all"


# ---- the package


def test_second_year_adds_to_the_first(folder: Path, run: Run, world: World, tmp_path: Path) -> None:
    run(folder)
    later = tmp_path / "2020-21"
    later.mkdir()
    world.organisations(later)
    world.form(later / "forms" / "a.xlsx", 0, period=LAST.shifted(-1))
    run(later, LAST.shifted(-1))
    package = read_package(tmp_path / "package", world.programme)
    assert {str(fact.period) for fact in package.facts} == {"2020/21", "2021/22"}
    assert [(one.id, one.rank) for one in package.sources] == [("school_2021_22", 1), ("school_2020_21", 2)]
    assert (tmp_path / "package" / "collection" / "2021-22" / "board.html").is_file()


def test_folder_without_a_list_of_organisations_is_told(tmp_path: Path, run: Run) -> None:
    (tmp_path / "empty").mkdir()
    with pytest.raises(UserError, match=r"organisations\.csv"):
        run(tmp_path / "empty")


def test_folder_that_is_no_package_is_not_overwritten(folder: Path, run: Run, tmp_path: Path) -> None:
    (tmp_path / "mine").mkdir()
    (tmp_path / "mine" / "diary.txt").write_text("x")
    with pytest.raises(UserError, match="не пакет данных"):
        run(folder, into=tmp_path / "mine")
    assert (tmp_path / "mine" / "diary.txt").read_text() == "x"
