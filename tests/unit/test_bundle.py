"""The bundle of scripts is kept between reports, and is the same with or without its cache."""

from __future__ import annotations

from pathlib import Path

import pytest

from orientir.reports import charts
from orientir.reports.bundle import charts_bundle

BUNDLE = "рисуй();\nпокажи();\n"


@pytest.fixture
def made(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> list[str]:
    """How many times the library was asked."""
    asked: list[str] = []

    def javascript_bundle() -> str:
        asked.append(BUNDLE)
        return BUNDLE

    monkeypatch.setenv("XDG_CACHE_HOME", str(tmp_path / "cache"))
    monkeypatch.setattr(charts, "javascript_bundle", javascript_bundle)
    return asked


def kept(folder: Path) -> Path:
    (path,) = (folder / "cache" / "orientir").iterdir()
    return path


def test_bundle_is_made_once(made: list[str]) -> None:
    assert [charts_bundle(), charts_bundle()] == [BUNDLE, BUNDLE]
    assert len(made) == 1


def test_damaged_bundle_is_made_anew(made: list[str], tmp_path: Path) -> None:
    charts_bundle()
    whole = kept(tmp_path).read_bytes()
    kept(tmp_path).write_bytes(whole[:-5])
    assert charts_bundle() == BUNDLE
    assert kept(tmp_path).read_bytes() == whole


def test_cache_that_cannot_be_written_is_done_without(made: list[str], tmp_path: Path) -> None:
    (tmp_path / "cache").write_text("не папка", encoding="utf-8")
    assert charts_bundle() == BUNDLE
