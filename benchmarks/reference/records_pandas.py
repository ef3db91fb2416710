"""The 22 indicators in pandas as most analysts write them: load everything, then one indicator after another.

Each filters its pupils, marks those of them who are in a list of facts, and is grouped sixteen times.
`python -m benchmarks.reference.records_pandas PACKAGE OUT` writes OUT/values.parquet.
"""

from __future__ import annotations

import sys
from collections.abc import Callable
from functools import partial
from pathlib import Path

import pandas as pd

from benchmarks.reference.records_sql import KEYS, NAMES

PERSON = ["year", "pupil_id"]
LEVELS = ((3, "school_id"), (2, "mun_id"), (1, "region_id"), (0, None))
BREAKDOWNS = ((), ("grade",), ("sex",), ("grade", "sex"))
Marking = Callable[[pd.DataFrame], pd.DataFrame]


class _Records:
    """The tables, and the ways of marking pupils by them."""

    def __init__(self, folder: Path) -> None:
        read = partial(_read, folder / "records")
        self.participation, self.exam, self.admission = read("participation"), read("exam"), read("admission")
        schools = pd.read_parquet(folder / "records" / "dim_school.parquet")
        self.pupils = read("enrolment").drop(columns=["mun_id", "region_id"]).merge(schools, on="school_id")
        self.specialties = pd.read_parquet(folder / "records" / "dim_specialty.parquet")
        self.near = pd.read_parquet(folder / "records" / "dim_group_subject.parquet")

    def of_grades(self, first: int, last: int) -> pd.DataFrame:
        return self.pupils[self.pupils.grade.between(first, last)]

    def took_part(self, activity: int) -> Marking:
        return lambda pupils: _marked(pupils, self.participation[self.participation.activity == activity])

    def several(self, pupils: pd.DataFrame) -> pd.DataFrame:
        kinds = self.participation.groupby(PERSON)["activity"].nunique()
        return _marked(pupils, kinds[kinds >= 3].reset_index())

    def admitted(self, kind: int, own_region: bool = False) -> Marking:
        rows = self.admission[self.admission.inst_type == kind]
        return lambda pupils: _marked(pupils, rows[rows.same_region == 1] if own_region else rows)

    def near_exams(self, *kinds: int) -> Marking:
        return lambda pupils: _marked(pupils, pd.concat([self._near_exams(kind) for kind in kinds]))

    def _near_exams(self, kind: int) -> pd.DataFrame:
        near = self.near[self.near.role == (3 if kind == 1 else 2)]
        admitted = self.admission[self.admission.inst_type == kind].merge(self.specialties, on="specialty_id")
        return admitted.merge(near, on="group_id").merge(self.exam, on=[*PERSON, "subject_id"])

    def exams_of_profile(self, pupils: pd.DataFrame) -> pd.DataFrame:
        near = self.near[self.near.role == 3].rename(columns={"group_id": "profile"})
        return _marked(pupils, pupils.merge(near, on="profile").merge(self.exam, on=[*PERSON, "subject_id"]))

    def scores(self, pupils: pd.DataFrame) -> pd.DataFrame:
        scores = self.exam.groupby(PERSON)["score"].sum().rename("counted").reset_index()
        return pupils.merge(scores, on=PERSON)


def compute(folder: Path, out: Path) -> None:
    """Writes out/values.parquet."""
    records = _Records(folder)
    out.mkdir(parents=True, exist_ok=True)
    columns: dict[str, pd.Series] = {}
    for indicator, population, pupils, mark in _indicators(records):
        grouped = _grouped(mark(pupils))
        columns[population], columns[indicator] = grouped["size"], grouped["sum"]
    table = pd.DataFrame(columns)[list(NAMES)].fillna(0).astype("int64").reset_index()
    types = {"year": "int32", "level": "int8", "unit": "int32", "grade": "int8", "sex": "int8"}
    table.astype(types).to_parquet(out / "values.parquet", compression="zstd", index=False)


def _indicators(records: _Records) -> list[tuple[str, str, pd.DataFrame, Marking]]:
    """Indicator, column of its population, the population, how those counted are marked."""
    pupils = records.pupils
    leavers, disabled = pupils[pupils.grade.isin([9, 11])], pupils[pupils.disability == 1]
    ninth, eleventh, grades = records.of_grades(9, 9), records.of_grades(11, 11), records.of_grades
    return [
        ("i01", "d01", ninth, records.admitted(1)),
        ("i02", "d01", ninth, records.near_exams(1)),
        ("i03", "d02", leavers, records.near_exams(1, 2)),
        ("i04", "d03", eleventh, records.admitted(1)),
        ("i05", "d03", eleventh, records.admitted(2)),
        ("i06", "d03", eleventh, records.exams_of_profile),
        ("i07", "d03", eleventh, records.admitted(2, own_region=True)),
        ("i08", "d03", eleventh, records.near_exams(2)),
        ("i09", "d04", grades(9, 11), records.took_part(1)),
        ("i10", "d04", grades(9, 11), records.took_part(2)),
        ("i11", "d05", disabled[disabled.grade.between(5, 9)], records.took_part(3)),
        ("i12", "d06", disabled, records.took_part(4)),
        ("i13", "d07", grades(6, 11), records.took_part(5)),
        ("i14", "d07", grades(6, 11), records.took_part(7)),
        ("i15", "d04", grades(9, 11), records.took_part(7)),
        ("i16", "d08", grades(5, 9), records.took_part(5)),
        ("i17", "d09", grades(10, 11), records.took_part(5)),
        ("i18", "d10", pupils, records.took_part(6)),
        ("i19", "d10", pupils, lambda rows: rows.assign(counted=(rows.add_edu == 1).astype("int64"))),
        ("i20", "d09", grades(10, 11), lambda rows: rows.assign(counted=(rows.adv == 1).astype("int64"))),
        ("i21", "d07", grades(6, 11), records.several),
        ("i22", "d11", eleventh, records.scores),
    ]


def _read(records: Path, table: str) -> pd.DataFrame:
    rows = pd.read_parquet(records / table)
    return rows.astype({"year": "int32", "region_id": "int32"})  # else categories


def _marked(pupils: pd.DataFrame, facts: pd.DataFrame) -> pd.DataFrame:
    found = pupils.merge(facts[PERSON].drop_duplicates(), on=PERSON, how="left", indicator=True)
    return found.assign(counted=(found["_merge"] == "both").astype("int64"))


def _grouped(pupils: pd.DataFrame) -> pd.DataFrame:
    """How many pupils, and how many of them are counted, in all 16 groupings."""
    parts = []
    for level, unit in LEVELS:
        for breakdown in BREAKDOWNS:
            keys = ["year", *([unit] if unit else []), *breakdown]
            part = pupils.groupby(keys)["counted"].agg(["size", "sum"]).reset_index()
            part["level"], part["unit"] = level, part[unit] if unit else 0
            for key in ("grade", "sex"):
                if key not in breakdown:
                    part[key] = -1
            parts.append(part[[*KEYS, "size", "sum"]])
    return pd.concat(parts).set_index(list(KEYS))


if __name__ == "__main__":
    compute(Path(sys.argv[1]), Path(sys.argv[2]))
