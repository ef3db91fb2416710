"""The walls between packages stand, and whoever breaks one is told which."""

from __future__ import annotations

import os
import shutil
import subprocess
import sys
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[2]


def lint(root: Path) -> tuple[int, str]:
    """The exit code of import-linter over the package in this root, and what it said."""
    command = [str(Path(sys.executable).parent / "lint-imports"), "--no-logo", "--no-cache"]
    environment = {**os.environ, "PYTHONPATH": str(root / "src")}
    done = subprocess.run(command, cwd=root, env=environment, capture_output=True, text=True, timeout=100)
    return done.returncode, done.stdout


def test_every_wall_stands():
    code, said = lint(ROOT)
    assert code == 0, said


@pytest.mark.parametrize(
    ("module", "line", "wall"),
    [
        ("findings.py", "from orientir import recommendations", "Imports go down only, and no stage imports another"),
        ("engines/plan.py", "from orientir import cycle", "Imports go down only, and no stage imports another"),
        ("model/periods.py", "import pydantic", "The model knows the standard library only"),
        ("reports/build.py", "import duckdb", "Databases are spoken to in engines only"),
        ("synth/records.py", "import pyspark", "Databases are spoken to in engines only"),
        ("reports/to_html.py", "from orientir.reports import to_pdf", "No renderer imports another"),
        ("reports/words.py", "import docx", "Sections know no format"),
    ],
)
def test_broken_wall_is_reported(tmp_path, module, line, wall):
    shutil.copytree(ROOT / "src", tmp_path / "src", ignore=shutil.ignore_patterns("__pycache__"))
    shutil.copy(ROOT / ".importlinter", tmp_path)
    broken = tmp_path / "src" / "orientir" / module
    broken.write_text(f"{broken.read_text(encoding='utf-8')}\n{line}\n", encoding="utf-8")
    code, said = lint(tmp_path)
    assert code == 1
    assert f"{wall} BROKEN" in said
