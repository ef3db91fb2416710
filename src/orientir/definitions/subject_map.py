"""Which exams are near which group of specialties: an editable, dated file of the programme, with the links' strength.

It is a methodical judgement and printed as such: colleges admit by the mean mark, not by exams.
"""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from typing import Any

from orientir.definitions.entries import nearest
from orientir.definitions.lines import Lines, Route
from orientir.errors import Fault
from orientir.model.records import ANY_OF, LINKS, NEAR, REQUIRED, SUBJECTS, GroupSubject, SubjectMap

FILE = Path("records") / "subject_map.yaml"
_LINKS = [name for name in LINKS if name != "undetermined"]
_ROLES = {"required": REQUIRED, "any_of": ANY_OF, "near": NEAR}
_KEYS = ("title", *_ROLES, "link", "valid_from", "valid_to")


def read_subject_map(folder: Path) -> tuple[SubjectMap, list[Fault]]:
    """The map of a programme's folder, an empty one where it has none, and every mistake of the file."""
    path = folder / FILE
    if not path.is_file():
        return SubjectMap(), []
    lines = Lines(path, str(path))
    faults = list(lines.faults)
    groups = lines.data.get("groups")
    rows: list[GroupSubject] = []
    for key, entry in (groups if isinstance(groups, dict) else {}).items():
        found = list(_entry_faults(lines, ("groups", key), str(key), entry))
        faults += found
        rows += [] if found else _rows(int(key), entry)
    return SubjectMap(tuple(rows), lines.data.get("status") == "draft"), faults


def _rows(group: int, entry: dict[str, Any]) -> Iterator[GroupSubject]:
    for name, role in _ROLES.items():
        for subject in entry.get(name, ()):
            yield GroupSubject(
                group, SUBJECTS[subject], role, LINKS[entry["link"]], entry["valid_from"], entry.get("valid_to")
            )


def _entry_faults(lines: Lines, route: Route, key: str, entry: Any) -> Iterator[Fault]:
    if not key.isdecimal() or not 1 <= int(key) <= 99:
        yield Fault(lines.place(route), f"«{key}» — не код группы.", 'Запишите две цифры в кавычках, например "09".')
    if not isinstance(entry, dict):
        yield Fault(lines.place(route), "нужны ключи записи.", f"Например: {', '.join(_KEYS)}.")
        return
    for name in entry.keys() - set(_KEYS):
        cure = nearest(name, _KEYS) or f"Допустимы: {', '.join(_KEYS)}."
        yield Fault(lines.place((*route, name)), "такого ключа нет.", cure)
    if entry.get("link") not in _LINKS:
        yield Fault(lines.place((*route, "link")), "теснота связи не названа.", f"Допустимы: {', '.join(_LINKS)}.")
    yield from _year_faults(lines, route, entry)
    for role in _ROLES:
        yield from _subject_faults(lines, (*route, role), entry.get(role, []))


def _year_faults(lines: Lines, route: Route, entry: dict[str, Any]) -> Iterator[Fault]:
    first, last = entry.get("valid_from"), entry.get("valid_to")
    for name, year in (("valid_from", first), ("valid_to", last)):
        if year is not None and (not isinstance(year, int) or not 1990 < year < 2100):
            yield Fault(lines.place((*route, name)), f"«{year}» — не год.", "Запишите его четырьмя цифрами.")
    if first is None:
        yield Fault(lines.place((*route, "valid_from")), "не сказано, с какого года.", "Добавьте valid_from.")
    if isinstance(first, int) and isinstance(last, int) and last < first:
        yield Fault(lines.place((*route, "valid_to")), "конец раньше начала.", "Исправьте годы.")


def _subject_faults(lines: Lines, route: Route, subjects: Any) -> Iterator[Fault]:
    if not isinstance(subjects, list):
        yield Fault(lines.place(route), "нужен список предметов.", "Запишите его как [первый, второй].")
        return
    for subject in subjects:
        if subject not in SUBJECTS:
            cure = nearest(str(subject), SUBJECTS) or f"Допустимы: {', '.join(SUBJECTS)}."
            yield Fault(lines.place(route), f"предмета «{subject}» нет.", cure)
