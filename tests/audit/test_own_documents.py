"""The product's own documents: the audit says nothing of them that their annex of remarks does not say itself."""

from __future__ import annotations

import sys
from pathlib import Path

import pytest

from orientir.audit.audit import audit_file
from orientir.cli import main


def made(monkeypatch: pytest.MonkeyPatch, *arguments: str) -> None:
    monkeypatch.setattr(sys, "argv", ["orientir", *arguments])
    with pytest.raises(SystemExit) as stop:
        main()
    assert not stop.value.code


def test_report_of_the_real_district(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    made(monkeypatch, "demo", "--date", "2022-12-30", "--formats", "docx,html,pdf,xlsx", "--out", str(tmp_path))
    for form in ("docx", "html", "pdf", "xlsx"):
        audit = audit_file(tmp_path / f"report.{form}")
        assert [one.message for one in audit.findings if one.severity != "info"] == [], form
        assert audit.checked["shares"] == 39, form
        assert sum(one.acknowledged for one in audit.findings) > 50, form


def test_passports(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    made(monkeypatch, "passports", "kemerovo_synthetic", "--period", "2021/22", "--date", "2022-12-30",
         "--out", str(tmp_path))  # fmt: skip
    files = sorted(tmp_path.glob("school_*.*"))
    assert len(files) == 38
    for file in files:
        assert [one.message for one in audit_file(file).findings if one.severity != "info"] == [], file.name
