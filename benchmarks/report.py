"""The whole report in all formats against one headless LibreOffice conversion of its DOCX to PDF."""

from __future__ import annotations

import shutil
import subprocess
import sys
import tempfile
from pathlib import Path

from benchmarks.measure import in_turn
from benchmarks.told import Bar


def report() -> Bar:
    """Whole processes on both sides. Raises FileNotFoundError where LibreOffice is not installed."""
    soffice = shutil.which("soffice")
    if soffice is None:
        raise FileNotFoundError("LibreOffice (soffice) is not installed: tools/install_system.sh installs it")
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        out = folder / "report"
        make = [sys.executable, "-m", "orientir", "report", "kemerovo", "--period", "2021/22", "--no-page-numbers",
                "--date", "2022-12-30", "--out", str(out)]  # fmt: skip
        convert = [soffice, f"-env:UserInstallation=file://{folder}/profile", "--headless", "--convert-to", "pdf",
                   "--outdir", str(folder / "pdf"), str(out / "report.docx")]  # fmt: skip
        return in_turn(
            "orientir report, all formats",
            lambda: subprocess.run(make, check=True, capture_output=True),
            "LibreOffice DOCX to PDF",
            lambda: subprocess.run(convert, check=True, capture_output=True),
            bar=3,
            runs=5,
        )
