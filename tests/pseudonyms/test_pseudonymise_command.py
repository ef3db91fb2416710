"""The command: what it asks for, what it says, how it ends."""

from __future__ import annotations

import re
import sys
from collections.abc import Callable
from pathlib import Path

import pytest
from exports_world import full_world

from orientir.cli import main
from orientir.commands.pseudonymise import _REASONS

HOWTO = Path(__file__).parents[2] / "docs" / "howto" / "records.md"
OPTION = r"(?<![\w-])--[a-z]+(?:-[a-z]+)*"
Run = Callable[..., tuple[int, str, str]]


@pytest.fixture
def run(monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]) -> Run:
    def call(*arguments: object) -> tuple[int, str, str]:
        monkeypatch.setattr(sys, "argv", ["orientir", "pseudonymise", *map(str, arguments)])
        with pytest.raises(SystemExit) as stop:
            main()
        printed = capsys.readouterr()
        return int(stop.value.code or 0), printed.out, printed.err

    return call


def test_first_run_makes_the_key_and_later_ones_use_it(tmp_path: Path, run: Run) -> None:
    world, humans = full_world(tmp_path, 12)
    key = tmp_path / "safe" / "made"
    given = (world.folder, "--key", key, "--into", world.package, "--date", "2022-10-01")
    code, out, _ = run(*given, "--cycle", "2021/22", "--new-key")
    assert (code, key.stat().st_mode & 0o777) == (0, 0o600)
    assert "enrolment 12" in out
    assert run(*given)[0] == 0
    secret = key.read_text().split()[-1]
    said = out + run(*given)[1]
    assert secret not in said
    assert [one for one in humans if one.surname in said or one.snils in said] == []


def test_key_beside_the_data_is_refused_and_not_made(tmp_path: Path, run: Run) -> None:
    world, _ = full_world(tmp_path, 12)
    for place in (world.folder, world.package):
        code, _, err = run(
            world.folder, "--key", place / "key", "--into", world.package, "--cycle", "2021/22", "--new-key"
        )
        assert code == 2
        assert "внутри папки" in err
        assert not (place / "key").exists()


def test_package_inside_the_exports_is_refused(tmp_path: Path, run: Run) -> None:
    world, _ = full_world(tmp_path, 12)
    code, _, err = run(world.folder, "--key", world.key, "--into", world.folder / "package")
    assert code == 2
    assert "внутри папки выгрузок" in err


def test_key_of_another_cycle_is_refused(tmp_path: Path, run: Run) -> None:
    world, _ = full_world(tmp_path, 12)
    code, _, err = run(world.folder, "--key", world.key, "--into", world.package, "--cycle", "2022/23")
    assert code == 2
    assert "у каждого цикла свой ключ" in err


def test_refused_file_ends_with_one(tmp_path: Path, run: Run) -> None:
    world, _ = full_world(tmp_path, 12)
    (world.folder / "письмо.txt").write_text("Добрый день", encoding="utf-8")
    code, out, _ = run(world.folder, "--key", world.key, "--into", world.package)
    assert code == 1
    assert "письмо.txt" in out


def test_what_is_missing_is_told_at_once(run: Run) -> None:
    code, _, err = run()
    assert code == 2
    assert all(name in err for name in ("FOLDER", "--key", "--into"))


def test_expiry_says_what_it_deleted(tmp_path: Path, run: Run) -> None:
    world, _ = full_world(tmp_path, 12)
    world.run()
    code, out, _ = run("--expire", world.package, "--date", "2023-09-01")
    assert code == 0
    assert "diagnostics 6" in out


def test_document_names_options_and_reasons_that_there_are(run: Run, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("COLUMNS", "200")
    _, help_text, _ = run("--help")
    text = HOWTO.read_text(encoding="utf-8")
    assert set(re.findall(OPTION, text)) <= set(re.findall(OPTION, help_text))
    assert set(re.findall(r"^\| `([a-z_]+)` \|", text, re.MULTILINE)) == {*_REASONS, "unreadable_"}
