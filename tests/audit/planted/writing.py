"""A planted report written in its format; which manner of the format, its seed says."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

from audit.planted import write_docx, write_html, write_odt, write_pdf, write_txt, write_xlsx
from audit.planted.model import Planted

FORMATS = ("txt", "txt", "docx", "docx", "docx", "html", "html", "odt", "xlsx")
"""What seeds draw from; plain (no tabs), pdf and office-pdf are made on demand."""
LINKING = ("docx", "html", "odt")
"""Formats in which an address may stand behind a word."""


def write(report: Planted, folder: Path) -> Path:
    ending = {"plain": "txt", "office-pdf": "pdf"}.get(report.format, report.format)
    path = folder / f"report-{report.seed}.{ending}"
    _WRITERS[report.format](report, path)
    return path


def _txt(report: Planted, path: Path) -> None:
    width = 14 if report.seed % 3 == 1 else 0
    path.write_text(write_txt.text(report.blocks, marker=report.variant["marker"], width=width), encoding="utf-8")


def _plain(report: Planted, path: Path) -> None:
    path.write_text(write_txt.text(report.blocks, tab="", marker=report.variant["marker"]), encoding="utf-8")


def _docx(report: Planted, path: Path) -> None:
    write_docx.write(report.blocks, path, bare=report.seed % 4 == 0)


def _html(report: Planted, path: Path) -> None:
    path.write_text(write_html.html(report.blocks, report.title, plain=report.seed % 2 == 0), encoding="utf-8")


_WRITERS: dict[str, Callable[[Planted, Path], None]] = {
    "txt": _txt,
    "plain": _plain,
    "docx": _docx,
    "html": _html,
    "odt": lambda report, path: write_odt.write(report.blocks, path),
    "xlsx": lambda report, path: write_xlsx.write(report.blocks, path),
    "pdf": lambda report, path: write_pdf.write(report.blocks, path, ruled=report.seed % 3 > 0),
    "office-pdf": lambda report, path: write_pdf.through_office(report.blocks, path),
}
