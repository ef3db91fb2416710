"""What is past its day is deleted: all of it at once, counted, and logged."""

from __future__ import annotations

import json
from datetime import date
from pathlib import Path

import pytest
from exports_world import World, full_world

from orientir.errors import UserError
from orientir.pseudonyms.expiry import expire


@pytest.fixture
def kept(tmp_path: Path) -> World:
    """Tests kept until 31 August 2023, everything until the end of 2024."""
    world, _ = full_world(tmp_path, 12)
    world.run(kept_until=date(2024, 12, 31))
    return world


def test_last_day_is_still_kept(kept: World) -> None:
    assert expire(kept.package, date(2023, 8, 31)) == {}
    assert len(kept.rows("diagnostics")) == 6


def test_rows_past_their_own_day_go_and_others_stay(kept: World) -> None:
    assert expire(kept.package, date(2023, 9, 1)) == {"diagnostics": 6}
    assert kept.rows("diagnostics") == []
    assert len(kept.rows("enrolment")) == 12


def test_parts_past_their_day_go_whole(kept: World) -> None:
    assert expire(kept.package, date(2025, 1, 1)) == {
        "admission": 12, "diagnostics": 6, "enrolment": 12, "exam": 36, "participation": 12
    }  # fmt: skip
    assert not list(kept.package.rglob("part-*.parquet"))


def test_only_some_rows_of_a_file_may_go(tmp_path: Path) -> None:
    world, _ = full_world(tmp_path, 12)
    path = world.folder / "журнал диагностики.csv"
    path.write_text(path.read_text(encoding="utf-8").replace("31.08.2023", "31.08.2022", 3), encoding="utf-8")
    world.run(today=date(2022, 8, 1))
    assert expire(world.package, date(2022, 10, 1)) == {"diagnostics": 2}
    assert {row["kept_until"] for row in world.rows("diagnostics")} == {20230831}
    assert len(world.rows("diagnostics")) == 4
    world.run(today=date(2022, 10, 1))  # the key of the part is still known


def test_deletion_is_logged_and_told_in_the_descriptor(kept: World) -> None:
    expire(kept.package, date(2023, 9, 1))
    last = json.loads((kept.package / "records/pseudonymise.log.jsonl").read_text().splitlines()[-1])
    assert (last["action"], last["day"], last["deleted"]) == ("expire", "2023-09-01", {"diagnostics": 6})
    told = json.loads((kept.package / "records/datapackage.json").read_text())
    assert "diagnostics" not in told["tables"]


def test_package_without_records_is_refused(tmp_path: Path) -> None:
    with pytest.raises(UserError, match="нет записей"):
        expire(tmp_path, date(2023, 9, 1))
