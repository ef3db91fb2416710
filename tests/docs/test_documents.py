"""The documents tell the truth: links lead somewhere, commands print what is shown, references name what is read."""

from __future__ import annotations

import csv
import io
import json
import os
import re
import subprocess
import sys
from collections.abc import Iterator
from contextlib import closing
from datetime import date
from pathlib import Path
from typing import Any

import jsonschema
import pytest
import yaml

from orientir.cycle import run_cycle
from orientir.definitions.loader import load_programme
from orientir.engines.duckdb import DuckDBEngine
from orientir.facts.package import read_package
from orientir.model.periods import Period
from orientir.reports.build import build_document
from orientir.resources import example_folder, programme_folder
from orientir.tabular import files_of

ROOT = Path(__file__).parents[2]
REFERENCE = ROOT / "docs" / "reference"
DOCUMENTS = sorted([*ROOT.glob("*.md"), *ROOT.glob("docs/**/*.md"), *ROOT.glob("examples/*/README.md")])
READMES = {"README.md": "C.UTF-8", "README.ru.md": "ru_RU.UTF-8"}
COMMANDS = ("demo", "report", "check", "compute", "why", "programme check", "version")
PROGRAMME = ROOT / "programmes" / "career_guidance_2022"
CHAPTER = r"^## `([\w.]+)`$(.*?)(?=^## |\Z)"


def shown(path: Path) -> str:
    return str(path.relative_to(ROOT))


# ---- links and names


@pytest.mark.parametrize("path", DOCUMENTS, ids=shown)
def test_links_lead_somewhere(path: Path) -> None:
    assert [link for link in links(path) if not leads(path, link)] == []


@pytest.mark.parametrize("path", DOCUMENTS, ids=shown)
def test_files_named_exist(path: Path) -> None:
    text = without_code(path.read_text(encoding="utf-8"))
    new = set(re.findall(r"`([\w/.-]+)`:\n\n```", path.read_text(encoding="utf-8")))  # what a recipe creates
    named = re.findall(r"`((?:src|tests|tools|docs|programmes|examples)/[\w/.-]+)`", text)
    assert [name for name in named if name not in new and not (ROOT / name).exists()] == []


def links(path: Path) -> list[str]:
    found = re.findall(r"\]\(([^)\s]+)\)", without_code(path.read_text(encoding="utf-8")))
    return [link for link in found if not link.startswith("http")]


def without_code(text: str) -> str:
    return re.sub(r"```.*?```", "", text, flags=re.DOTALL)


def leads(path: Path, link: str) -> bool:
    name, _, anchor = link.partition("#")
    target = path.parent / name if name else path
    return target.exists() and (not anchor or anchor in anchors(target))


def anchors(path: Path) -> set[str]:
    """As GitHub makes them of headings."""
    headings = re.findall(r"^#+ (.+)$", path.read_text(encoding="utf-8"), re.MULTILINE)
    return {re.sub(r"[^\w -]", "", heading.lower()).replace(" ", "-") for heading in headings}


# ---- commands


@pytest.mark.parametrize("name", READMES)
def test_readme_names_every_command(name: str) -> None:
    text = (ROOT / name).read_text(encoding="utf-8")
    assert [command for command in COMMANDS if f"$ orientir {command}" not in text] == []


@pytest.mark.parametrize(("name", "locale"), READMES.items())
def test_commands_print_what_readme_shows(name: str, locale: str, tmp_path: Path) -> None:
    for command, lines in sessions((ROOT / name).read_text(encoding="utf-8")):
        assert missing_lines(lines, run(command, locale, tmp_path)) == [], command


def sessions(text: str) -> Iterator[tuple[str, list[str]]]:
    """Each command of the console blocks with the lines shown after it."""
    for block in re.findall(r"```console\n(.*?)```", text, re.DOTALL):
        for part in re.split(r"^\$ ", block, flags=re.MULTILINE)[1:]:
            command, *lines = part.strip().splitlines()
            yield command, lines


def run(command: str, locale: str, folder: Path) -> list[str]:
    words = command.split()
    if words[1] in ("demo", "report"):
        words += ["--formats", "xlsx"]  # what is shown does not depend on the formats
    code = "from orientir.cli import main; main()"
    done = subprocess.run(
        [sys.executable, "-c", code, *words[1:]],
        cwd=folder,
        env={**os.environ, "LC_ALL": locale, "PYTHONUTF8": "1"},
        capture_output=True,
        encoding="utf-8",
        check=False,
    )
    assert done.returncode in (0, 1), done.stderr
    return done.stdout.replace("\u00a0", " ").splitlines()


def missing_lines(wanted: list[str], printed: list[str]) -> list[str]:
    """Lines that are not printed after the ones before them; «…» stands for lines, or for the end of one, left out."""
    rest = iter(printed)
    return [line for line in wanted if line != "…" and not any(matches(line, one) for one in rest)]


def matches(line: str, printed: str) -> bool:
    return printed.startswith(line.removesuffix("…").rstrip()) if line.endswith("…") else printed == line


# ---- references


def test_reference_is_current() -> None:
    command = [sys.executable, "tools/programme_reference.py", "--check"]
    found = subprocess.run(command, cwd=ROOT, capture_output=True, encoding="utf-8", check=False)
    assert (found.returncode, found.stdout, found.stderr) == (0, "", "")


def test_outputs_name_the_columns_of_every_file() -> None:
    text = (REFERENCE / "outputs.md").read_text(encoding="utf-8")
    told = {
        name: set(re.findall(r"`([\w]+)`", part)) for name, part in re.findall(CHAPTER, text, re.DOTALL | re.MULTILINE)
    }
    assert [(name, column) for name, column in columns() if column not in told[name]] == []


def columns() -> Iterator[tuple[str, str]]:
    programme = load_programme(programme_folder("career_guidance_2022"))
    package = read_package(example_folder("kemerovo"), programme)
    with closing(DuckDBEngine()) as engine:
        cycle = run_cycle(package, programme, Period.parse("2021/22", programme.period), date(2022, 12, 30), engine)
    document, book = build_document(cycle)
    for name, text in files_of(cycle, document.origins, book.facts).items():
        for column in keys(name, text):
            yield name, column


def keys(name: str, text: str) -> list[str]:
    if name.endswith(".csv"):
        return next(csv.reader(io.StringIO(text)))
    content = json.loads(text)
    return list(content[0]) if isinstance(content, list) else list(content)


# ---- schemas for editors


def schema_of(file: Path) -> dict[str, Any]:
    name = {"indicators": "indicator", "forms": "form"}.get(file.parent.name, file.stem)
    content: dict[str, Any] = json.loads((REFERENCE / "schema" / f"{name}.json").read_text(encoding="utf-8"))
    return content


def written(file: Path) -> Any:
    """As an editor sees it: a date is a text."""
    return json.loads(json.dumps(yaml.safe_load(file.read_text(encoding="utf-8")), default=str))


@pytest.mark.parametrize("file", sorted(PROGRAMME.glob("**/*.yaml")), ids=lambda file: file.stem)
def test_schema_accepts_what_the_programme_writes(file: Path) -> None:
    jsonschema.validate(written(file), schema_of(file))


@pytest.mark.parametrize(
    "change",
    [
        {"denominater": "graduates_11"},
        {"kind": "declarred"},
        {"numerator": {"element": "pupils", "where": {"grade": {"from": 6}}}},
        {"numerator": {"element": "pupils", "where": {}}},
        {"numerator": {"element": "pupils", "wheight": 2}},
        {"decimals": "one"},
    ],
    ids=str,
)
def test_schema_refuses_what_the_loader_refuses(change: dict[str, Any]) -> None:
    file = PROGRAMME / "indicators" / "higher_11.yaml"
    with pytest.raises(jsonschema.ValidationError):
        jsonschema.validate({**written(file), **change}, schema_of(file))
