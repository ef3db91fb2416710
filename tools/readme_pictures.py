"""The pictures of the README, made from our own output: a page of the example report and one of its charts.

    .venv/bin/python tools/readme_pictures.py

Needs pdftoppm (poppler-utils). Run it again when the look of the report changes, and look at what it has made.
"""

from __future__ import annotations

import io
import re
import subprocess
from contextlib import closing
from datetime import date
from pathlib import Path
from tempfile import TemporaryDirectory

import pypdf
import vl_convert

from orientir.cycle import run_cycle
from orientir.definitions.loader import load_programme
from orientir.engines.duckdb import DuckDBEngine
from orientir.facts.package import read_package
from orientir.model.periods import Period
from orientir.reports.build import build_document
from orientir.reports.charts import vega_lite
from orientir.reports.document import Chart, Document
from orientir.reports.to_pdf import to_pdf
from orientir.resources import example_folder, programme_folder

IMAGES = Path(__file__).parents[1] / "docs" / "images"
INDICATOR = "ticket_as_measured"  # the chart of this indicator
DATE = date(2022, 12, 30)
DOTS_PER_INCH = 80


def main() -> None:
    document = example()
    (IMAGES / "report_page.png").write_bytes(page_picture(document))
    (IMAGES / "chart.png").write_bytes(chart_picture(document))


def example() -> Document:
    programme = load_programme(programme_folder("career_guidance_2022"))
    package = read_package(example_folder("kemerovo"), programme)
    with closing(DuckDBEngine()) as engine:
        cycle = run_cycle(package, programme, Period.parse("2021/22", programme.period), DATE, engine)
    return build_document(cycle)[0]


def page_picture(document: Document) -> bytes:
    pdf = to_pdf(document)
    page = page_with_a_chart(pdf)
    with TemporaryDirectory() as name:
        source, target = Path(name, "report.pdf"), Path(name, "page")
        source.write_bytes(pdf)
        pages = ["-f", str(page), "-l", str(page), "-r", str(DOTS_PER_INCH)]
        subprocess.run(["pdftoppm", "-png", "-singlefile", *pages, source, target], check=True, capture_output=True)
        return target.with_suffix(".png").read_bytes()


def page_with_a_chart(pdf: bytes) -> int:
    """The first page that shows a table and a figure under their captions."""
    texts = enumerate((page.extract_text() for page in pypdf.PdfReader(io.BytesIO(pdf)).pages), 1)
    return next(number for number, text in texts if re.search(r"Таблица\s\d+ –.*Рисунок\s\d+ –", text, re.DOTALL))


def chart_picture(document: Document) -> bytes:
    charts = [block for section in document.sections for block in section.blocks if isinstance(block, Chart)]
    chart = next(one for one in charts if one.key.endswith(INDICATOR))
    return bytes(vl_convert.vegalite_to_png(vega_lite(chart), format_locale="ru-RU", allowed_base_urls=[]))


if __name__ == "__main__":
    main()
