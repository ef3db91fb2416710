"""Files that should never have been sent: none stops the collection, none is lost, each is told in plain words."""

from __future__ import annotations

import sys
from pathlib import Path

import pytest

from invented import Run

sys.path.insert(0, str(Path(__file__).parents[1] / "hostile"))
from hostile_files import KINDS

from orientir.collecting.board import BoardState


@pytest.mark.filterwarnings("ignore")
def test_all_hostile_files_at_once_do_not_stop_the_others(folder: Path, run: Run, tmp_path: Path) -> None:
    assert len(KINDS) >= 60
    for number, make in enumerate(KINDS.values()):
        place = tmp_path / "made" / str(number)
        place.mkdir(parents=True)
        made = make(place)
        made.rename(folder / "forms" / f"odd {number:03}{made.suffix}")
    board = run(folder).board
    assert [row.state for row in board.rows] == [BoardState.ACCEPTED, BoardState.ACCEPTED, BoardState.NOT_SENT]
    told = {name for name, _ in board.refused}
    assert len(told) >= 60
    assert all(why.strip() for _, why in board.refused)
    assert not any("Traceback" in why or "Error" in why for _, why in board.refused)


def test_every_refused_file_that_could_be_read_is_kept(folder: Path, run: Run, tmp_path: Path) -> None:
    (folder / "forms" / "broken.xlsx").write_bytes(b"PK\x03\x04 cut off")
    run(folder)
    kept = list((tmp_path / "package" / "originals" / "2021-22" / "_refused").iterdir())
    assert [path.read_bytes() for path in kept] == [b"PK\x03\x04 cut off"]
