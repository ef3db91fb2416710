"""The page about filling a form shows what the command prints."""

from __future__ import annotations

import os
import re
import subprocess
import sys
from pathlib import Path

import pytest
from fill_world import ministry_form
from filling_forms import Fill, confirm

PAGE = Path(__file__).parents[2] / "docs" / "howto" / "ministry_form.md"


@pytest.mark.slow
def test_commands_of_the_page_print_what_it_shows(tmp_path: Path) -> None:
    ministry_form(tmp_path / "форма.xlsx")
    blocks = re.findall(r"```console\n\$ orientir ([^\n]*)\n(.*?)```", PAGE.read_text(encoding="utf-8"), re.DOTALL)
    assert len(blocks) == 2
    for command, lines in blocks:
        done = subprocess.run(
            [sys.executable, "-m", "orientir", *command.split()],
            cwd=tmp_path,
            env={**os.environ, "LC_ALL": "ru_RU.UTF-8", "PYTHONUTF8": "1"},
            capture_output=True,
            encoding="utf-8",
            timeout=100,
        )
        assert (done.returncode, done.stdout) == (0, lines), done.stderr
        if "--mapping" not in command:
            confirm(tmp_path / "готово.mapping.xlsx")


def test_period_is_the_last_of_the_data_where_none_is_given(tmp_path: Path, fill: Fill) -> None:
    form = ministry_form(tmp_path / "form.xlsx")
    done = fill(form, tmp_path / "out.xlsx", period=None)
    assert done.code == 0
    assert "2021/22" in done.out
