"""What was looked at once, remembered as files under names that tell of what: no other memory may disagree with it."""

from __future__ import annotations

import json
import os
from collections.abc import Callable, Iterable, Mapping, Sequence
from pathlib import Path

from orientir.errors import Fault

Look = Callable[[], Iterable[Fault | str]]
"""Gives faults, and as text what is none and must be told."""


class Memory:
    """A folder; where a look found a fault it is done again next time."""

    def __init__(self, place: Path) -> None:
        self._place = place
        self.faults: list[Fault] = []

    def look(self, looks: Mapping[str, Look]) -> None:
        """At what is not known yet."""
        self._place.mkdir(parents=True, exist_ok=True)
        for name, look in looks.items():
            if not self.knows([name]):
                found = list(look())
                faults = [one for one in found if isinstance(one, Fault)]
                self.faults += faults
                if not faults:
                    self._keep(name, [one for one in found if isinstance(one, str)])

    def knows(self, names: Iterable[str]) -> bool:
        return all(self._file(name).is_file() for name in names)

    def notes(self, names: Iterable[str]) -> tuple[str, ...]:
        files = filter(Path.is_file, map(self._file, names))
        return tuple(note for file in files for note in json.loads(file.read_text(encoding="utf-8")))

    def forget_others(self, names: Iterable[str]) -> None:
        """Of files that have changed since, or are gone."""
        kept = set(map(self._file, names))
        for file in self._place.glob("*.json"):
            if file not in kept:
                file.unlink()

    def _keep(self, name: str, notes: Sequence[str]) -> None:
        aside = self._place / f"{name}.{os.getpid()}.part"
        aside.write_text(json.dumps(notes, ensure_ascii=False), encoding="utf-8")
        aside.replace(self._file(name))

    def _file(self, name: str) -> Path:
        return self._place / f"{name}.json"
