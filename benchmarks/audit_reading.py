"""Reading and auditing a report of 35 pages against libraries that merely walk its tables; one of 300 pages against one
of 75, and against what a process may hold.

`python -m benchmarks.audit_reading FIRST FILE` audits both files and prints the seconds of the second and the most
megabytes that the process ever held.
"""

from __future__ import annotations

import io
import subprocess
import sys
import tempfile
import time
from dataclasses import replace
from pathlib import Path

from benchmarks.audit import TESTS
from benchmarks.measure import in_turn, peak_memory
from benchmarks.told import Bar

SEED, PAGES = 6, 35
SHORT, LONG = 75, 300
MEGABYTES = 500
# Of a report: fewer are never added at once than what is missing may hold.
ONE_REPORT = 15


def reading_docx() -> Bar:
    """Against python-docx that opens the file and takes the text of every cell."""
    with tempfile.TemporaryDirectory() as name:
        path = _written(Path(name), "docx", PAGES)
        return in_turn(
            f"orientir audit of a {PAGES}-page DOCX",
            lambda: _audited(path),
            "python-docx walking its tables",
            lambda: _walked(path),
            bar=3,
            runs=5,
        )


def reading_pdf() -> Bar:
    """Against pdfplumber's own extract_tables() over all pages."""
    with tempfile.TemporaryDirectory() as name:
        path = _written(Path(name), "pdf", PAGES)
        return in_turn(
            f"orientir audit of a {PAGES}-page PDF",
            lambda: _audited(path),
            "pdfplumber extract_tables()",
            lambda: _extracted(path),
            bar=1.3,
            runs=3,
        )


def long_reports() -> list[Bar]:
    """Time by the page, which a longer report must not raise, and memory, for either format in a process of its own."""
    return [ratio for form in ("docx", "pdf") for ratio in _long(form)]


def _long(form: str) -> tuple[Bar, Bar]:
    with tempfile.TemporaryDirectory() as name:
        first = _planted(SEED - 1, form).write(Path(name))
        (few, _), (many, held) = (_alone(first, _written(Path(name), form, pages)) for pages in (SHORT, LONG))
    what, growth = f"audit of a {LONG}-page {form.upper()}", (many / LONG) / (few / SHORT)
    by_page = Bar(f"{what}, a page", f"a page of {SHORT}", many / LONG, few / SHORT, growth, bar=1.3)
    memory = Bar(f"memory of the {what}", "the limit", held, MEGABYTES, held / MEGABYTES, bar=1, unit="MB")
    return by_page, memory


def _alone(first: Path, path: Path) -> tuple[float, float]:
    """In a process of its own, where no text of the file was ever seen: seconds and megabytes."""
    command = [sys.executable, "-m", "benchmarks.audit_reading", str(first), str(path)]
    took, held = subprocess.run(command, check=True, capture_output=True, text=True).stdout.split()
    return float(took), float(held)


def _main(first: Path, path: Path) -> None:
    _audited(first)  # loads what is loaded once
    start = time.process_time()
    _audited(path)
    sys.stdout.write(f"{time.process_time() - start} {peak_memory() / 1_000_000}")


def _audited(path: Path) -> None:
    from orientir.audit.audit import audit_file

    audit_file(path)


def _walked(path: Path) -> None:
    from docx import Document

    for table in Document(str(path)).tables:
        for row in table.rows:
            for cell in row.cells:
                assert cell.text is not None


def _extracted(path: Path) -> None:
    import pdfplumber

    with pdfplumber.open(path) as pdf:
        for page in pdf.pages:
            page.extract_tables()


def _written(folder: Path, form: str, pages: int) -> Path:
    """A planted report, with others behind it until its pages are as many: they contradict one another, so that rules
    have more to tell than in one report of this length."""
    report, seed = _planted(SEED, form), SEED
    while (missing := pages - _pages(report, folder)) > 0:
        for _ in range(max(missing // ONE_REPORT, 1)):
            seed += 1
            report = replace(report, blocks=(*report.blocks, *_planted(seed, form).blocks))
    return report.write(folder).rename(folder / f"{pages}.{form}")


def _planted(seed: int, form: str):  # type: ignore[no-untyped-def]
    if str(TESTS) not in sys.path:
        sys.path.insert(0, str(TESTS))
    from audit.planted.generating import planted_report

    return planted_report(seed, form, codes=())


def _pages(report, folder: Path) -> int:  # type: ignore[no-untyped-def]
    """As they are printed; both formats hold the same blocks."""
    from pypdf import PdfReader

    path = replace(report, format="pdf").write(folder)
    return len(PdfReader(io.BytesIO(path.read_bytes())).pages)


if __name__ == "__main__":
    _main(Path(sys.argv[1]), Path(sys.argv[2]))
