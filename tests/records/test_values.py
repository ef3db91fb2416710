"""Values of elements by organisation -> indicators of all levels: what a plain loop counts, whatever is not given."""

from __future__ import annotations

import os
import shutil
import signal
import subprocess
import sys
import time
from collections import defaultdict
from dataclasses import replace
from pathlib import Path
from random import Random

import duckdb
import pyarrow as pa
import pytest
from pyarrow import parquet
from typer.testing import CliRunner

from orientir.cli import app
from orientir.engines.records import aggregate
from orientir.engines.records.aggregate import INDICATORS, compute_values
from orientir.engines.records.linear import formulas_of, numbers_of_elements
from orientir.engines.records.shown import shown_sums
from orientir.engines.records.value_checks import check_values
from orientir.errors import UserError
from orientir.model.conditions import OneOf
from orientir.model.indicators import Element, Indicator, IndicatorKind, Term, Unit
from orientir.model.programme import Programme
from orientir.model.records import LEVELS

from .loose import write_csv

YEARS = (2020, 2021)
SCHOOLS = {100 + number: (10 + number // 3, 1 + number // 6) for number in range(12)}  # -> municipality, region
NUMBERS = {"pupils": 7, "met": 2, "asked": 3, "workplaces": 11}
Values = dict[tuple[int, str, int], float | None]


def share(key: str, part: list[Term], whole: list[Term]) -> Indicator:
    return Indicator(key, key, key, IndicatorKind.DECLARED, tuple(part), tuple(whole))


@pytest.fixture(scope="module")
def known(programme: Programme) -> Programme:
    """Shares, a difference, a count, an element that is a sum; and what is no sum."""
    pupils = [Term("pupils")]
    seen = Element("seen", "seen", Unit.PERSON, formula=(Term("met"), Term("asked", -1)))
    elements = [*(Element(key, key, Unit.PERSON) for key in (*NUMBERS, "unknown")), seen]
    indicators = [
        share("plain", [Term("met")], pupils),
        share("difference", [Term("pupils"), Term("met", -1)], pupils),
        share("twofold", [Term("seen", 2), Term("asked")], [Term("pupils"), Term("workplaces")]),
        share("count", [Term("workplaces")], []),
        share("later", [Term("met", shift=1)], pupils),
        share("broken_down", [Term("met", where=OneOf("grade", ("9",)))], pupils),
        share("lacking", [Term("unknown")], pupils),
    ]
    return replace(programme, elements=tuple(elements), indicators=tuple(indicators))


@pytest.fixture
def values() -> Values:
    """Some are not known, some are not given at all."""
    random = Random(7)
    found: Values = {}
    for year in YEARS:
        for school in SCHOOLS:
            for element in NUMBERS:
                if random.random() < 0.85:
                    found[year, element, school] = None if random.random() < 0.1 else random.randrange(50)
    return found


@pytest.fixture
def package(values: Values, tmp_path: Path) -> Path:
    return written(values, tmp_path / "package")


def written(values: Values, folder: Path, numbers: dict[str, int] = NUMBERS) -> Path:
    root = folder / "records"
    schools = [f"{school} {place} {region} 0" for school, (place, region) in SCHOOLS.items()]
    write_csv(root / "dim_school.csv", "school_id mun_id region_id rural", *schools)
    write_csv(root / "dim_element.csv", "element_id element", *(f"{one} {key}" for key, one in numbers.items()))
    for year in YEARS:
        rows = [(numbers[key], school, one) for (of, key, school), one in values.items() if of == year]
        write_year(folder, year, rows)
    return folder


def write_year(folder: Path, year: int, rows: list[tuple[int, int, float | None]]) -> None:
    """Another name first: a file under its name is whole, and another one."""
    names, kinds = ("element_id", "org_id", "value"), (pa.int32(), pa.int32(), pa.float64())
    columns = zip(*rows, strict=True)
    table = pa.table([pa.array(one, kind) for one, kind in zip(columns, kinds, strict=True)], names)
    file = folder / aggregate.FOLDER / f"year={year}.parquet"
    file.parent.mkdir(exist_ok=True)
    parquet.write_table(table, file.with_suffix(".new"))
    file.with_suffix(".new").replace(file)


def by_hand(values: Values, known: Programme, names: list[str]) -> set[tuple[object, ...]]:
    """An organisation counts in an indicator of which it gave every element."""
    sums: dict[tuple[object, ...], list[float]] = defaultdict(lambda: [0, 0, 0])
    for one in (known.indicator(name) for name in names):
        for year in YEARS:
            for school, (place, region) in SCHOOLS.items():
                parts = [summed(terms, values, known, year, school) for terms in (one.numerator, one.denominator)]
                if None not in parts:
                    units = zip(LEVELS.values(), (0, region, place, school), strict=True)
                    for level, unit in units:
                        for at, number in enumerate((*parts, 1)):
                            sums[year, level, unit, one.id][at] += number
    return {(*key, *told) for key, told in sums.items()}


def summed(terms: tuple[Term, ...], values: Values, known: Programme, year: int, school: int) -> float | None:
    total = 0.0
    for term in terms:
        formula = known.element(term.element).formula
        value = values.get((year, term.element, school))
        if formula:
            value = summed(formula, values, known, year, school)
        if value is None:
            return None
        total += term.weight * value
    return total


def computed(out: Path) -> list[tuple[object, ...]]:
    with duckdb.connect() as connection:
        return connection.execute(f"FROM read_parquet('{out}/{INDICATORS}/*.parquet') ORDER BY ALL").fetchall()


# ---- what is computed


def test_what_a_plain_loop_counts(package: Path, values: Values, known: Programme, tmp_path: Path) -> None:
    formulas, reasons = formulas_of(known, numbers_of_elements(package))
    compute_values(package, formulas, tmp_path / "out")
    rows = computed(tmp_path / "out")
    assert set(rows) == by_hand(values, known, ["plain", "difference", "twofold", "count"])
    assert len(rows) == len(set(rows))
    assert reasons == {
        "later": "нужен другой год",
        "broken_down": "нужна разбивка величины",
        "lacking": "значений величины «unknown» нет",
    }


def test_indicators_as_csv(package: Path, known: Programme, tmp_path: Path) -> None:
    formulas, _ = formulas_of(known, NUMBERS)
    compute_values(package, formulas, tmp_path)
    head, *lines = shown_sums(tmp_path, known, "country")
    assert head == "indicator,year,level,unit,numerator,denominator,value,status,organisations"
    rows = [dict(zip(head.split(","), line.split(","), strict=True)) for line in lines]
    assert len(rows) == 4 * len(YEARS)
    for row in rows:
        if row["indicator"] == "count":
            assert (row["denominator"], row["value"]) == ("", row["numerator"])
        else:
            assert float(row["value"]) == pytest.approx(float(row["numerator"]) / float(row["denominator"]))
    with pytest.raises(UserError, match="Сначала посчитайте их: orientir records values"):
        list(shown_sums(tmp_path / "nowhere", known, "country"))


def test_nothing_given_is_no_value(known: Programme, tmp_path: Path) -> None:
    """No organisation gave it: no row, and no zero."""
    package = written({(year, "met", 100): 5 for year in YEARS}, tmp_path / "package")
    compute_values(package, formulas_of(known, NUMBERS)[0], tmp_path / "out")
    assert computed(tmp_path / "out") == []


# ---- what stays


def test_what_is_finished_stays(package: Path, values: Values, known: Programme, tmp_path: Path, monkeypatch) -> None:
    formulas, _ = formulas_of(known, NUMBERS)
    first = compute_values(package, formulas, tmp_path / "out")
    made: list[Path] = []
    write = aggregate.write_aside
    monkeypatch.setattr(aggregate, "write_aside", lambda one, query, file: made.append(file) or write(one, query, file))
    assert compute_values(package, formulas, tmp_path / "out") == first
    assert made == []
    values[2021, "met", 105] = 1000
    write_year(package, 2021, [(NUMBERS[key], school, one) for (of, key, school), one in values.items() if of == 2021])
    compute_values(package, formulas, tmp_path / "out")
    assert {file.name.partition("_")[0] for file in made} == {"2021"}
    assert set(computed(tmp_path / "out")) == by_hand(values, known, [one.indicator for one in formulas])


def test_killed_run_goes_on(tmp_path: Path) -> None:
    """A district with values of its own; many files, so that there is a middle."""
    package, out = tmp_path / "package", tmp_path / "out"
    synth = ["synth", "records", "--scale", "district", "--seed", "4", "--values", "--out", str(package)]
    assert CliRunner().invoke(app, synth).exit_code == 0
    code = (
        "from orientir.engines.records import aggregate; aggregate._AT_ONCE = 1; from orientir.cli import main; main()"
    )
    command = [sys.executable, "-c", code, "records", "values", str(package), "--out"]
    killed = subprocess.Popen([*command, str(out)], start_new_session=True)
    while killed.poll() is None and len(list(out.glob(f"{INDICATORS}/*"))) < 5:
        time.sleep(0.001)
    os.killpg(killed.pid, signal.SIGKILL)
    assert killed.wait() == -signal.SIGKILL
    assert 0 < len(list(out.glob(f"{INDICATORS}/*.parquet"))) < 22 * 3
    subprocess.run([*command, str(out)], check=True, capture_output=True)
    subprocess.run([*command, str(tmp_path / "whole")], check=True, capture_output=True)
    assert computed(out) == computed(tmp_path / "whole")
    assert not list(out.rglob("*.part"))


# ---- what is wrong


def test_values_that_would_be_added_twice_or_nowhere(package: Path, values: Values, tmp_path: Path) -> None:
    check_values(package, tmp_path / "out")
    rows = [(NUMBERS[key], school, one) for (of, key, school), one in values.items() if of == 2021]
    write_year(package, 2021, [*rows, rows[0], rows[0], (2, 999, 1.0), (2, None, 1.0)])
    assert faults(package, tmp_path) == [
        f"data_values/year=2021.parquet: element_id: величина {rows[0][0]} дана организации больше одного раза, "
        "лишних строк 2. Оставьте одно значение на организацию и год.",
        "data_values/year=2021.parquet: org_id: организации 999 нет в records/dim_school, строк 1. Допишите её или "
        "исправьте код.",
        "data_values/year=2021.parquet: org_id: организации None нет в records/dim_school, строк 1. Допишите её или "
        "исправьте код.",
    ]


def test_files_that_cannot_be_read(package: Path, tmp_path: Path) -> None:
    (package / "data_values" / "year=2020.parquet").write_text("nothing", encoding="utf-8")
    parquet.write_table(pa.table({"element": [1]}), package / "data_values" / "year=2021.parquet")
    assert faults(package, tmp_path) == [
        "data_values/year=2020.parquet: файл не читается: испорчен или записан не до конца. Выгрузите его заново.",
        "data_values/year=2021.parquet: нет столбцов: element_id, org_id, value. Выгрузите значения заново.",
    ]


def test_what_is_lacking_is_told(package: Path, known: Programme, tmp_path: Path) -> None:
    file = package / "records" / "dim_element.csv"
    write_csv(file, "element_id element", "1 met", "1 asked", "x pupils", "4", "5 met")
    with pytest.raises(UserError) as caught:
        numbers_of_elements(package)
    assert [str(fault).partition(". ")[0] for fault in caught.value.faults] == [
        "records/dim_element.csv:3: номер или величина повторяются",
        "records/dim_element.csv:4: нет номера или кода величины",
        "records/dim_element.csv:5: нет номера или кода величины",
        "records/dim_element.csv:6: номер или величина повторяются",
    ]
    file.unlink()
    with pytest.raises(UserError, match="Напишите, какая величина под каким номером"):
        numbers_of_elements(package)
    with pytest.raises(UserError, match="ни одного показателя"):
        compute_values(package, [], tmp_path / "out")
    (package / "records" / "dim_school.csv").unlink()
    with pytest.raises(UserError, match=r"dim_school.parquet: файла нет"):
        compute_values(package, formulas_of(known, NUMBERS)[0], tmp_path / "out")
    shutil.rmtree(package / "data_values")
    with pytest.raises(UserError, match="значений величин в папке нет"):
        check_values(package, tmp_path / "out")


def faults(package: Path, tmp_path: Path) -> list[str]:
    with pytest.raises(UserError) as caught:
        check_values(package, tmp_path / "out")
    return [str(fault) for fault in caught.value.faults]
