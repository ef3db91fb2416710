"""The guide for coordinators, carried out as it stands."""

from __future__ import annotations

from pathlib import Path

from test_documents import missing_lines, run, sessions

HOWTO = Path(__file__).parents[2] / "docs" / "howto"


def test_year_of_the_coordinator_goes_as_it_is_told(tmp_path: Path) -> None:
    done = []
    for command, lines in sessions((HOWTO / "coordinator_year.md").read_text(encoding="utf-8")):
        printed = run(command, "ru_RU.UTF-8", tmp_path)
        assert missing_lines(lines, printed) == [], f"{command}\n" + "\n".join(printed)
        done.append(command.split()[1])
    assert done == ["synth", "forms", "collect", "collect", "collect", "report", "passports"]
