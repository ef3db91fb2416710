"""A folder of pages that a program makes: what of it is out of date, and how it is written anew."""

from __future__ import annotations

import sys
from collections.abc import Collection, Mapping, Sequence
from pathlib import Path

ROOT = Path(__file__).parents[1]


def told(folder: Path, made: Mapping[str, str], arguments: Sequence[str], by_hand: Collection[str] = ()) -> int:
    """With `--check`, names what differs and gives 1 where anything does; else writes. `by_hand` are left alone."""
    stale = _differing(folder, made, by_hand)
    if list(arguments) == ["--check"]:
        for name in stale:
            print(f"{(folder / name).relative_to(ROOT)} differs; run: python tools/{Path(sys.argv[0]).name}")
        return 1 if stale else 0
    folder.mkdir(parents=True, exist_ok=True)
    for name in stale:
        if name in made:
            (folder / name).write_text(made[name], encoding="utf-8")
        else:
            (folder / name).unlink()
    return 0


def _differing(folder: Path, made: Mapping[str, str], by_hand: Collection[str]) -> list[str]:
    """The pages that are missing, changed or no longer made."""
    kept = {path.name: path.read_text(encoding="utf-8") for path in folder.glob("*.md") if path.name not in by_hand}
    return sorted(name for name in made.keys() | kept.keys() if made.get(name) != kept.get(name))
