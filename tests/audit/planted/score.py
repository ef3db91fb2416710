"""How well the audit finds what was planted: recall and precision, in all and by rule.

From the folder `tests`: `python -m audit.planted.score --count 60 --seed 1`.
"""

from __future__ import annotations

import argparse
import re
import sys
import tempfile
from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass, field
from pathlib import Path
from typing import TYPE_CHECKING

from audit.planted.errors import PLANTS
from audit.planted.generating import planted_report
from audit.planted.model import Expected, Planted

if TYPE_CHECKING:
    from orientir.audit.document import Document
    from orientir.audit.finding import Finding

NEAR = 2
"""By how many lines a finding may point beside its sentence or row: at the caption, or at the row's first cell."""


@dataclass
class Score:
    """Counts by rule. A miss and a false alarm keep the place where they were seen, as text."""

    hits: Counter[str] = field(default_factory=Counter)
    misses: dict[str, list[str]] = field(default_factory=dict)
    alarms: dict[str, list[str]] = field(default_factory=dict)
    infos: Counter[str] = field(default_factory=Counter)
    reports: int = 0
    clean: int = 0
    clean_with_alarms: int = 0

    @property
    def recall(self) -> float:
        return _share(self.hits.total(), sum(map(len, self.misses.values())))

    @property
    def precision(self) -> float:
        return _share(self.hits.total(), sum(map(len, self.alarms.values())))

    def rules(self) -> list[str]:
        return sorted({*self.hits, *self.misses, *self.alarms})

    def of(self, rule: str) -> tuple[float, float]:
        """Recall and precision of one rule."""
        hits = self.hits[rule]
        return _share(hits, len(self.misses.get(rule, ()))), _share(hits, len(self.alarms.get(rule, ())))


def _share(hits: int, others: int) -> float:
    return hits / (hits + others) if hits + others else 1.0


def score(reports: Iterable[Planted]) -> Score:
    """Writes, audits and compares each report. What the audit raises is raised."""
    from orientir.audit.audit import audit_file

    found = Score()
    with tempfile.TemporaryDirectory() as name:
        for report in reports:
            path = report.write(Path(name))
            audit = audit_file(path)
            compare(report, list(audit.findings), audit.report.document, found)
            path.unlink()
    return found


def compare(report: Planted, findings: list[Finding], document: Document, into: Score) -> None:
    """One expectation may be met by several findings; a finding that meets none must be implied, or it is an alarm."""
    lines = _lines(document)
    met: set[int] = set()
    alarms = 0
    for finding in findings:
        matched = {index for index, one in enumerate(report.expected) if fits(one, finding, lines)}
        met |= matched
        if not matched and not any(_is_implied(one, finding, lines) for one in report.expected):
            alarms += _alarm(report, finding, into)
    for index, one in enumerate(report.expected):
        if index in met:
            into.hits[one.rule] += 1
        else:
            into.misses.setdefault(one.rule, []).append(_named(report, one))
    into.reports += 1
    into.clean += report.is_clean
    into.clean_with_alarms += report.is_clean and alarms > 0


def _alarm(report: Planted, finding: Finding, into: Score) -> int:
    if finding.severity.value == "info":
        into.infos[finding.rule] += 1
        return 0
    where = f"{report.seed}.{report.format} табл. {finding.table} {finding.period} строка {finding.place.line}"
    into.alarms.setdefault(finding.rule, []).append(f"{where}: {finding.message}")
    return 1


def _named(report: Planted, one: Expected) -> str:
    return f"{report.seed}.{report.format} табл. {one.table} {one.period} {' | '.join(one.snippets)[:150]}"


def fits(one: Expected, finding: Finding, lines: dict[int, str]) -> bool:
    """Rule, and either table with period or the sentence; a rule about the whole document needs no place."""
    if finding.rule != one.rule:
        return False
    if not one.tables and not one.snippets:
        return True
    in_table = finding.table in one.tables and _same_period(one.period, finding.period)
    return in_table or (bool(one.snippets) and _points(one.snippets, finding.place.line, lines))


def _is_implied(one: Expected, finding: Finding, lines: dict[int, str]) -> bool:
    if f"{finding.rule}*" in one.implied:
        return True
    if finding.rule not in (*one.implied, one.rule) or (finding.rule == one.rule and not one.implied):
        return False
    here = finding.table is None or finding.table in (*one.tables, *one.beside)
    return here and (finding.rule != one.rule or bool(one.tables))


def _same_period(expected: object, found: str | None) -> bool:
    return expected is None or found is None or _year(str(expected)) == _year(found)


def _year(label: str) -> int:
    """The year in which a printed period ends."""
    match = re.search(r"(\d{4})(?:\s*[-–/]\s*(\d{2,4}))?", label)
    if match is None:
        return 0
    start, end = match.groups()
    return int(start) if end is None else int(start[: 4 - len(end)] + end)


def _points(snippets: tuple[str, ...], line: int, lines: dict[int, str]) -> bool:
    near = _bare(" ".join(lines.get(line + step, "") for step in range(-NEAR, NEAR + 1)))
    return any(_bare(one)[:60] in near for one in snippets)


def _bare(text: str) -> str:
    return re.sub(r"\W+", "", text).lower()


def _lines(document: Document) -> dict[int, str]:
    """Text by line. Cells of one row may share a line or have one each."""
    from orientir.audit.document import Paragraph

    found: dict[int, str] = {}
    for block in document.blocks:
        if isinstance(block, Paragraph):
            found[block.place.line] = found.get(block.place.line, "") + " " + block.text
            continue
        for row in block.rows:
            told = " ".join(dict.fromkeys(cell.text for cell in row))
            for line in {cell.place.line for cell in row}:
                found[line] = found.get(line, "") + " " + told
    return found


def worst(found: Score, examples: int) -> str:
    """The figures, then the rules with most mistakes, with examples of each."""
    told = [
        f"отчётов {found.reports}, чистых {found.clean}, из них с ложными замечаниями {found.clean_with_alarms}",
        f"полнота {found.recall:.3f}, точность {found.precision:.3f}, прочих сведений {found.infos.total()}",
    ]
    rules = sorted(found.rules(), key=lambda one: -len(found.misses.get(one, [])) - len(found.alarms.get(one, [])))
    for rule in rules:
        misses, alarms = found.misses.get(rule, []), found.alarms.get(rule, [])
        told.append(f"{rule}: верно {found.hits[rule]}, пропущено {len(misses)}, ложно {len(alarms)}")
        told += [f"    пропуск {one}" for one in misses[:examples]]
        told += [f"    ложно   {one}" for one in alarms[:examples]]
    return "\n".join(told) + f"\nсведения: {dict(found.infos.most_common())}\n"


def main(arguments: list[str] | None = None) -> int:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--count", type=int, default=60)
    parser.add_argument("--seed", type=int, default=1)
    parser.add_argument("--format")
    parser.add_argument("--rule", choices=sorted(PLANTS), help="plant only this error, in every report")
    parser.add_argument("--examples", type=int, default=3)
    parser.add_argument("--keep", type=Path, help="only write the reports into this folder, with what is expected")
    chosen = parser.parse_args(arguments)
    codes = (chosen.rule,) if chosen.rule else None
    reports = (planted_report(seed, chosen.format, codes) for seed in range(chosen.seed, chosen.seed + chosen.count))
    if chosen.keep:
        return _kept(reports, chosen.keep)
    sys.stdout.write(worst(score(reports), chosen.examples))
    return 0


def _kept(reports: Iterable[Planted], folder: Path) -> int:
    folder.mkdir(parents=True, exist_ok=True)
    for report in reports:
        path = report.write(folder)
        sys.stdout.write(f"{path.name}\n" + "".join(f"    {one}\n" for one in report.expected))
    return 0


if __name__ == "__main__":
    sys.exit(main())
