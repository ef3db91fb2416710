"""`make bench`: what Orientir costs, as ratios to a named reference in the same run. Exit code 1 if a bar is missed."""

from __future__ import annotations

import sys

from benchmarks.audit import planted
from benchmarks.audit_reading import long_reports, reading_docx, reading_pdf
from benchmarks.collection import collection
from benchmarks.command_line import command_line
from benchmarks.compute import compute
from benchmarks.forms import forms
from benchmarks.memory import memory
from benchmarks.report import report


def main() -> int:
    measures = (command_line, compute, collection, report, forms, memory, reading_docx, reading_pdf, planted)
    ratios = [*(measure() for measure in measures), *long_reports()]
    for ratio in ratios:
        sys.stdout.write(f"{ratio}\n")
    missed = sum(ratio.ratio > ratio.bar for ratio in ratios)
    sys.stdout.write("ratios: " + ", ".join(f"{one.ratio:.2f}/{one.bar}" for one in ratios) + f"; missed: {missed}\n")
    return 1 if missed else 0


sys.exit(main())
