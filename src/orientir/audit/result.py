"""What an audit gives: the report as it was understood, the findings, and how much was looked at."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from orientir.audit.finding import Finding
from orientir.audit.report import Report


@dataclass(frozen=True)
class Audit:
    """`checked` counts what was judged and what was left: the keys are shares, claims, events, not_understood."""

    report: Report
    findings: tuple[Finding, ...]
    checked: Mapping[str, int]
