"""The recipes of CONTRIBUTING.md, carried out as they stand in a copy of the sources."""

from __future__ import annotations

import os
import re
import shutil
import subprocess
import sys
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[2]
TEXT = (ROOT / "CONTRIBUTING.md").read_text(encoding="utf-8")
PROGRAMME = "programmes/career_guidance_2022"
ORIENTIR = "from orientir.cli import main; main()"
COMPUTE = ("compute", "kemerovo", "--period", "2021/22")


class Copy:
    """A copy of the sources that recipes are applied to."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder
        for name in ("src", "programmes", "examples"):
            shutil.copytree(ROOT / name, folder / name, ignore=shutil.ignore_patterns("__pycache__"))

    def create(self, path: str) -> None:
        """The file that the recipe shows under its name."""
        shown = re.search(rf"`{re.escape(path)}`:\n\n```\w+\n(.*?)```", TEXT, re.DOTALL)
        assert shown, path
        (self.folder / path).parent.mkdir(parents=True, exist_ok=True)
        (self.folder / path).write_text(shown[1], encoding="utf-8")

    def insert(self, path: str, mark: str, before: str = "") -> None:
        """The block of the recipe that holds the mark, before the first such line of the file or at its end."""
        block = block_with(mark)
        text = (self.folder / path).read_text(encoding="utf-8")
        assert before in text, before
        place = text.index(before) if before else len(text)
        (self.folder / path).write_text(text[:place] + block + text[place:], encoding="utf-8")

    def replace(self, path: str, old: str, new: str) -> None:
        text = (self.folder / path).read_text(encoding="utf-8")
        assert text.count(old) == 1, old
        (self.folder / path).write_text(text.replace(old, new), encoding="utf-8")

    def run(self, *words: str) -> str:
        done = subprocess.run(
            [sys.executable, *words],
            cwd=self.folder,
            env={**os.environ, "PYTHONPATH": str(self.folder / "src"), "PYTHONUTF8": "1"},
            capture_output=True,
            encoding="utf-8",
            check=False,
        )
        assert done.returncode in (0, 1), done.stdout + done.stderr
        return done.stdout

    def orientir(self, *words: str) -> str:
        return self.run("-c", ORIENTIR, *words)


def block_with(mark: str) -> str:
    blocks = [block for block in re.findall(r"```\w+\n(.*?)```", TEXT, re.DOTALL) if mark in block]
    assert len(blocks) == 1, mark
    return str(blocks[0])


def shown_lines(start: str) -> list[str]:
    """What the recipe shows of `compute`."""
    lines = [line for line in TEXT.splitlines() if line.startswith(start)]
    assert lines, start
    return lines


@pytest.fixture(scope="module")
def copy(tmp_path_factory: pytest.TempPathFactory) -> Copy:
    """All recipes carried out one after the other: they must not hinder each other."""
    copy = Copy(tmp_path_factory.mktemp("copy"))
    copy.create(f"{PROGRAMME}/indicators/admitted_11.yaml")
    copy.insert("examples/kemerovo/sources.csv", "oo1_2020,Численность")
    copy.insert("examples/kemerovo/facts.csv", "505,value,oo1_2020")
    add_source(copy)
    add_check(copy)
    copy.insert("src/orientir/reports/sections/annexes.py", "def documents")
    copy.insert("src/orientir/reports/build.py", '"documents": annexes', '    "numbers": annexes')
    copy.insert(f"{PROGRAMME}/report.yaml", "section: documents", "  - {section: numbers")
    copy.insert(f"{PROGRAMME}/recommendations.yaml", "schools_send_admissions")
    add_finding(copy)
    copy.create("src/orientir/engines/sqlite.py")
    copy.insert("src/orientir/commands/common.py", 'if name == "sqlite"', '    if name == "memory":')
    copy.create(f"{PROGRAMME}/texts/no_breakdown.j2")
    return copy


def add_source(copy: Copy) -> None:
    copy.create("src/orientir/sources/held_events.py")
    copy.insert("src/orientir/cycle.py", "import held_events", "from orientir.sources.counted")
    journey = block_with("+ held_events(")
    copy.replace("src/orientir/cycle.py", journey.replace(" + held_events(package, programme)", ""), journey)
    copy.insert(f"{PROGRAMME}/elements.yaml", "  events_held:\n", "  schools_involved:\n")
    copy.create(f"{PROGRAMME}/indicators/events_held.yaml")


def add_check(copy: Copy) -> None:
    copy.insert("src/orientir/checks/structure.py", "def names_have_cases")
    copy.insert("src/orientir/checks/run.py", "    structure.names_have_cases,", "    structure.actions_are_complete,")
    copy.create("tests/unit/test_names_have_cases.py")


def add_finding(copy: Copy) -> None:
    copy.insert("src/orientir/model/rules.py", "WHOLE_REACHED = ", '    NO_BREAKDOWN = "no_breakdown"')
    copy.insert("src/orientir/findings.py", "FindingRule.WHOLE_REACHED, latest", "    if indicator.is_share and")
    copy.insert("src/orientir/reports/texts/finding.j2", '{%- elif rule == "whole_', '{%- elif rule == "target_missed"')
    reached = "FindingRule.TARGET_REACHED"
    copy.replace("src/orientir/reports/sections/analysis.py", reached, f"{reached}, FindingRule.WHOLE_REACHED")


@pytest.fixture(scope="module")
def computed(copy: Copy) -> str:
    return copy.orientir(*COMPUTE, "--engine", "memory")


@pytest.fixture(scope="module")
def report(copy: Copy) -> Path:
    copy.orientir("demo", "--date", "2022-12-30", "--formats", "html")
    return copy.folder / "out" / "demo"


@pytest.fixture(scope="module")
def page(report: Path) -> str:
    return (report / "report.html").read_text(encoding="utf-8")


def test_indicator(computed: str) -> None:
    assert set(shown_lines("admitted_11,")) <= set(computed.splitlines())


def test_document_as_source(report: Path) -> None:
    assert "505 — раздел 1.3" in (report / "issues.csv").read_text(encoding="utf-8")


def test_module_as_source(computed: str) -> None:
    assert set(shown_lines("events_held,")) <= set(computed.splitlines())


def test_check(copy: Copy) -> None:
    printed = copy.run("-m", "pytest", "-p", "no:cacheprovider", "-q", "tests/unit/test_names_have_cases.py")
    assert "2 passed" in printed


def test_section(page: str) -> None:
    assert "Документы, из которых взяты числа" in page


def test_recommendation(report: Path) -> None:
    assert "schools_send_admissions,heads" in (report / "recommendations.csv").read_text(encoding="utf-8")


def test_kind_of_finding(page: str) -> None:
    assert "охвачены все" in page


def test_engine(copy: Copy, computed: str) -> None:
    assert copy.orientir(*COMPUTE, "--engine", "sqlite") == computed


def test_text(page: str) -> None:
    assert "Округ передал только общие числа" in page
