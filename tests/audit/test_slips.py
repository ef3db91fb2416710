"""The report of an invented district with the slips of a real one: each is found, and nothing else is said."""

from __future__ import annotations

from pathlib import Path

import pytest

from audit.slips import report_with_slips
from orientir.audit.audit import audit_file
from orientir.audit.result import Audit

# rule -> where it must speak: table and period, «-» for the text
EXPECTED = {
    "population-too-small": "3:2020-2021 3:2021-2022 3:2022-2023 7:2020-2021 7:2021-2022 7:2022-2023",
    "share-wrong": "4:2021",
    "population-conflict": "7:2021-2022",
    "population-union-mismatch": "9:2021 9:2022",
    "goal-without-target": "-",
    "indicator-not-measured": "-",
    "table-without-source": "-",
    "share-repeated-in-text": "2:2023 4:2021",
    "decline-unmentioned": "2:2022 3:2021-2022",
    "jump-unexplained": "2:2023 6:2022 7:2021-2022 9:2022",
    "share-truncated": "2:2023",
    "period-labels-mixed": "3:2020-2021",
    "scope-mismatch": "3 4 5 5 6",
    "population-impossible": "3:2020-2021 4:2021 5:2021",
    "label-reused": "4:2021 4:2022 4:2023",
    "small-numbers-published": "4:2021 4:2022 4:2023",
    "series-break": "4:2022",
    "same-numbers-different-labels": "7:2020-2021 9:2021",
    "measured-not-declared": "9",
    "table-copied": "9",
    "table-number-gap": "9",
    "trend-partial": "2",
    "cause-without-evidence": "-",
    "claim-without-data": "-",
    "event-without-participants": "-",
    "event-year-mismatch": "-",
    "link-not-evidence": "-",
    "date-malformed": "-",
    "link-malformed": "-",
    "event-order": "-",
    "event-duplicate": "-",
    "event-outside-period": "-",
    "addressee-missing": "-",
    "action-without-owner-or-date": "-",
    "effectiveness-missing": "-",
}


@pytest.fixture(scope="module")
def audit(tmp_path_factory: pytest.TempPathFactory) -> Audit:
    path: Path = tmp_path_factory.mktemp("slips") / "отчёт.txt"
    path.write_text(report_with_slips(), encoding="utf-8")
    return audit_file(path)


def test_every_slip_is_found_and_nothing_else(audit: Audit) -> None:
    found: dict[str, list[str]] = {}
    for one in audit.findings:
        if one.severity != "info":
            found.setdefault(one.rule, []).append(
                f"{one.table or '-'}:{one.period}" if one.period else one.table or "-"
            )
    assert {rule: " ".join(places) for rule, places in found.items()} == EXPECTED


def test_right_shares_and_quotations_are_left_alone(audit: Audit) -> None:
    about_shares = [one for one in audit.findings if one.rule.startswith("share-") and one.table]
    assert audit.checked["shares"] == 24
    assert {(one.table, one.period) for one in about_shares} == {("2", "2023"), ("4", "2021")}
    assert not [one for one in audit.findings if one.rule == "text-table-mismatch"]


def test_every_number_of_a_finding_stands_in_the_report(audit: Audit) -> None:
    text = report_with_slips()
    for one in audit.findings:
        if one.rule in ("share-wrong", "share-truncated", "population-conflict", "series-break"):
            assert one.reported is not None
            assert one.reported in text
            assert text.splitlines()[one.place.line - 1].strip() == one.reported
