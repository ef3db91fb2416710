"""Every school gets a protocol as a page and as a workbook, whether or not there is anything to remark."""

from __future__ import annotations

import zipfile
from io import BytesIO
from pathlib import Path

import pytest
from openpyxl import load_workbook

from invented import Run, World
from orientir.collecting.workbooks import EmptyWorkbook, Table
from orientir.errors import UserError
from orientir.synth.district import cell

TABLE = Table("Замечания", "", "", (("№", 5), ("Где", 40)), ())


def sheets(package: Path, kind: str = "xlsx") -> dict[str, list[list[object]]]:
    folder = package / "collection" / "2021-22" / "protocols"
    return {path.stem: [list(row) for row in load_workbook(path).active.values] for path in folder.glob(f"*.{kind}")}


def test_every_school_has_both(folder: Path, run: Run, world: World, tmp_path: Path) -> None:
    world.form(folder / "forms" / "from mail 0.xlsx", 0, {cell("parents_8_11"): "много"})
    run(folder)
    places = {school.organisation.id for school in world.schools[:3]}
    protocols = tmp_path / "package" / "collection" / "2021-22" / "protocols"
    assert {path.name for path in protocols.iterdir()} == {
        f"{one}.{kind}" for one in places for kind in ("html", "xlsx")
    }


def test_workbook_says_what_the_page_says(folder: Path, run: Run, world: World, tmp_path: Path) -> None:
    world.form(folder / "forms" / "from mail 0.xlsx", 0, {cell("parents_8_11"): "много"})
    run(folder)
    wrong, clean, absent = (sheets(tmp_path / "package")[school.organisation.id] for school in world.schools[:3])
    assert [row[0] for row in wrong[4:]] == [1]
    assert "много" in str(wrong[4][2])
    assert "с ошибками" in wrong[1][0]
    assert clean[1][0] == "Файл «from mail 1.xlsx», получен 20.10.2022: принято, с опозданием. Замечаний нет."
    assert absent[1][0].startswith("Форма ещё не получена. Срок — ")
    assert [len(one) for one in (clean, absent)] == [4, 4]
    assert all(world.schools[n].organisation.title in one[0][0] for n, one in enumerate((wrong, clean, absent)))


@pytest.mark.parametrize("title", ["Школа «A & B» <№ 5>", "Школа \x01 и \ud800", "Школа\tс табуляцией"])
def test_any_words_can_be_told(title: str) -> None:
    data = EmptyWorkbook(TABLE, synthetic=False).told(title, "Замечаний нет.")
    told = load_workbook(BytesIO(data))
    assert told.active["A1"].value == title.replace("\x01", "\ufffd").replace("\ud800", "\ufffd")
    assert told.properties.title == told.active["A1"].value
    assert zipfile.ZipFile(BytesIO(data)).testzip() is None


def test_invented_data_are_called_so() -> None:
    data = EmptyWorkbook(TABLE, synthetic=True).told("Школа", "Замечаний нет.")
    assert "СИНТЕТИЧЕСКИЕ" in load_workbook(BytesIO(data)).active["A3"].value


# ---- received.csv


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "windows-1251", "utf-16"])
@pytest.mark.parametrize("delimiter", [";", ",", "\t"])
def test_dates_of_receipt_are_read_as_excel_saves_them(folder: Path, run: Run, encoding: str, delimiter: str) -> None:
    rows = (("файл", "дата"), ("from mail 0.xlsx", "02.10.2022"), ("from mail 1.xlsx", "2022-10-03"))
    (folder / "received.csv").write_bytes("\n".join(delimiter.join(row) for row in rows).encode(encoding))
    assert [str(row.received) for row in run(folder).board.rows] == ["2022-10-02", "2022-10-03", "None"]


@pytest.mark.parametrize("content", [b"\x00\x01\x02", b'file;date\n"open;01.10.2022\n'])
def test_dates_of_receipt_that_cannot_be_read_are_told(folder: Path, run: Run, content: bytes) -> None:
    (folder / "received.csv").write_bytes(content)
    with pytest.raises(UserError, match=r"received\.csv"):
        run(folder)
