"""A file -> what was found in it: read, understood, judged by every rule."""

from __future__ import annotations

from pathlib import Path

from orientir.audit.acknowledged import acknowledged
from orientir.audit.finding import Finding, Severity
from orientir.audit.reading import read_document
from orientir.audit.reference_data import load_reference
from orientir.audit.report import Report, Said
from orientir.audit.result import Audit
from orientir.audit.rules import judges
from orientir.audit.rules.shares import complete
from orientir.audit.understanding import understood
from orientir.resources import programme_folder

DEFAULT_PROGRAMME = "career_guidance_2022"
_ORDER = {severity: place for place, severity in enumerate(Severity)}


def audit_file(path: Path, programme: str = DEFAULT_PROGRAMME) -> Audit:
    """`programme` gives the dated reference data. Raises UserError for what cannot be read, with the reason."""
    reference = load_reference(programme_folder(programme))
    report = understood(read_document(path))
    judged = dict.fromkeys(finding for judge in judges(reference) for finding in judge(report))
    found = acknowledged(report.document, judged)
    return Audit(report, tuple(sorted(found, key=_rank)), _checked(report))


def _rank(finding: Finding) -> tuple[int, int, str, str]:
    return (_ORDER[finding.severity], finding.place.line, finding.rule, finding.message)


def _checked(report: Report) -> dict[str, int]:
    """How much was judged, and how much was not understood."""
    return {
        "shares": sum(1 for _ in complete(report)),
        "claims": sum(claim.said is Said.VALUE or claim.table is not None for claim in report.claims),
        "events": len(report.events),
        "not_understood": len(report.not_understood)
        + sum(cell.role is None for table in report.tables for cell in table.cells),
    }
