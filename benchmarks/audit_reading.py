"""Reading and auditing a report of 35 pages against libraries that merely walk its tables."""

from __future__ import annotations

import io
import sys
import tempfile
from dataclasses import replace
from pathlib import Path

from benchmarks.audit import TESTS
from benchmarks.measure import Ratio, in_turn

SEED, PAGES = 6, 35


def reading_docx() -> Ratio:
    """Against python-docx that opens the file and takes the text of every cell."""
    with tempfile.TemporaryDirectory() as name:
        path = _written(Path(name), "docx")
        return in_turn(
            f"orientir audit of a {PAGES}-page DOCX",
            lambda: _audited(path),
            "python-docx walking its tables",
            lambda: _walked(path),
            bar=3,
            runs=5,
        )


def reading_pdf() -> Ratio:
    """Against pdfplumber's own extract_tables() over all pages."""
    with tempfile.TemporaryDirectory() as name:
        path = _written(Path(name), "pdf")
        return in_turn(
            f"orientir audit of a {PAGES}-page PDF",
            lambda: _audited(path),
            "pdfplumber extract_tables()",
            lambda: _extracted(path),
            bar=1.3,
            runs=3,
        )


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


def _written(folder: Path, form: str) -> Path:
    """A planted report, with others behind it until its pages are as many: they contradict one another, so that rules
    have more to tell than in one report of this length."""
    if str(TESTS) not in sys.path:
        sys.path.insert(0, str(TESTS))
    from audit.planted.generating import planted_report

    report, seed = planted_report(SEED, form, codes=()), SEED
    while _pages(report, folder) < PAGES:
        seed += 1
        more = planted_report(seed, form, codes=())
        report = replace(report, blocks=(*report.blocks, *more.blocks))
    return report.write(folder)


def _pages(report, folder: Path) -> int:  # type: ignore[no-untyped-def]
    """As they are printed; both formats hold the same blocks."""
    from pypdf import PdfReader

    path = replace(report, format="pdf").write(folder)
    return len(PdfReader(io.BytesIO(path.read_bytes())).pages)
