"""Records as a source of a district's package: the same elements, counted school by school, on to the report."""

from __future__ import annotations

import json
import shutil
from pathlib import Path

import duckdb
import pytest

from orientir.engines.records.planning import RecordPlan
from orientir.engines.records.run import Means, compute_records
from orientir.engines.records.shown import shown
from orientir.errors import PackageError
from orientir.facts.recorded import read_with_records
from orientir.model.programme import Programme

from .conftest import asked
from .loose import WHOLE_CSV, in_form

HEADS = {
    "organisations": "id,title,kind,parent,title_genitive,title_prepositional,valid_from,valid_to",
    "sources": "id,title,document,place,rank,programme_source,note",
    "facts": "element,organisation,period,grade,sex,value,status,source,note,reason,period_printed,label_printed",
}


@pytest.fixture
def package(district: Path, tmp_path: Path) -> Path:
    return packed(district, tmp_path / "package")


def packed(records: Path, folder: Path) -> Path:
    """Records with what makes a package of them."""
    shutil.copytree(records / "records", folder / "records")
    rows = {name: [head] for name, head in HEADS.items()}
    rows["organisations"] += ["d,Округ,district,,Округа,Округе,,"]
    rows["organisations"] += [f"school_{n:02d},Школа № {n},school,d,школы № {n},школе № {n},," for n in range(1, 20)]
    for name, lines in rows.items():
        (folder / f"{name}.csv").write_text("\n".join(lines) + "\n", encoding="utf-8")
    descriptor = {
        "name": "d", "title": "Округ",
        "orientir": {"territory": "d", "programme": "career_guidance_records", "synthetic": True},
        "resources": [{"name": name, "path": f"{name}.csv"} for name in HEADS],
    }  # fmt: skip
    (folder / "datapackage.json").write_text(json.dumps(descriptor), encoding="utf-8")
    return folder


def test_facts_are_what_a_plain_query_counts(package: Path, programme: Programme) -> None:
    facts = read_with_records(package, programme).facts
    told = sum(int(one.value or 0) for one in facts if one.element == "ticket_6_11" and one.period.start == 2021)
    with duckdb.connect() as connection:
        records = f"{package}/records"
        query = (
            f"SELECT count(DISTINCT e.pupil_id) FROM read_parquet('{records}/enrolment/year=2021/*/*.parquet') e "
            f"JOIN read_parquet('{records}/participation/year=2021/*/*.parquet') p USING (pupil_id) "
            "WHERE activity = 5 AND grade BETWEEN 6 AND 11"
        )
        assert [(told,)] == list(asked(connection, query))


def test_facts_are_the_same_from_tables_in_csv(
    package: Path, district: Path, programme: Programme, tmp_path: Path
) -> None:
    other = packed(in_form(district, tmp_path / "csv", WHOLE_CSV), tmp_path / "other")
    facts, others = (read_with_records(folder, programme).facts for folder in (package, other))
    assert set(facts) == set(others)


def test_facts_name_their_source_and_carry_no_pupil(package: Path, programme: Programme) -> None:
    read = read_with_records(package, programme)
    assert {fact.source for fact in read.facts} == {"records"} <= {source.id for source in read.sources}
    assert not any("records" in name for name in read.files)


def test_another_record_is_another_checksum(package: Path, programme: Programme) -> None:
    before = read_with_records(package, programme).checksum
    (package / "records" / "schools.csv").write_text("school_id,organisation\n", encoding="utf-8")
    assert read_with_records(package, programme).checksum != before


def test_unknown_school_is_named(package: Path, programme: Programme) -> None:
    file = package / "organisations.csv"
    lines = [line for line in file.read_text(encoding="utf-8").splitlines() if not line.startswith("school_19")]
    file.write_text("\n".join(lines) + "\n", encoding="utf-8")
    with pytest.raises(PackageError, match="школ с кодами 19 нет"):
        read_with_records(package, programme)


def test_indicators_of_the_country_are_shown(
    district: Path, plan: RecordPlan, programme: Programme, tmp_path: Path
) -> None:
    compute_records(district, plan, tmp_path, Means())
    lines = list(shown(tmp_path, programme, "country", breakdowns=False))
    assert len(lines) == 1 + 24 * 3
    assert any(line.startswith("college_near_9,2020,") and line.endswith(",not_calculable") for line in lines)
    assert len(list(shown(tmp_path, programme, "school", breakdowns=True))) > 19 * 24 * 3
