"""What a campaign can be made of: programmes that came with Orientir, and folders put beside the data."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import yaml
from django.conf import settings
from django.utils import timezone

from orientir.model.periods import Period, PeriodKind
from orientir.resources import shipped

OWN = "programmes"  # the folder in the data folder where an administrator puts a district's own programmes
_SEPTEMBER = 9


def offered() -> dict[str, Path]:
    """Folders of programmes with forms, by their names. One's own replaces the shipped one of the same name.

    A page names a programme by a key of this and by nothing else: no path comes from a browser.
    """
    return {folder.name: folder for home in (shipped("programmes"), settings.DATA.path / OWN) for folder in _in(home)}


def _in(home: Path) -> Iterator[Path]:
    for folder in sorted(home.iterdir()) if home.is_dir() else ():
        if (folder / "programme.yaml").is_file() and (folder / "forms").is_dir():
            yield folder


def labels() -> list[tuple[str, str]]:
    """For a list to choose from. What cannot be read is offered by its name: opening it tells what is wrong."""
    return [(name, f"{_title(folder)} ({name})") for name, folder in offered().items()]


def _title(folder: Path) -> str:
    try:
        told = yaml.safe_load((folder / "programme.yaml").read_text(encoding="utf-8"))
        return " ".join(str(told["title"]).split())
    except (OSError, ValueError, yaml.YAMLError, TypeError, KeyError):
        return folder.name


def current_period(kind: PeriodKind) -> Period:
    """The school year that began last September, or the calendar year."""
    today = timezone.localdate()
    return Period(kind, today.year - (kind is PeriodKind.SCHOOL_YEAR and today.month < _SEPTEMBER))
