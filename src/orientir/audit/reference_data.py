"""What the auditor knows of the world: projects that ended, years without exams, legal acts, slips of writing.

It stands in the programme's folder and is edited by a methodologist; all of it is dated. Without the file a report is
audited by the programme's own legal acts alone.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from datetime import date
from pathlib import Path
from typing import Any

from orientir.definitions.lines import Lines, Route
from orientir.errors import Fault, UserError

FILE = Path("audit") / "audit.yaml"  # beside the programme's own files, which its loader knows one by one
_ACTS = "legal_acts.yaml"
_TO_BE_CHECKED = "требу"


@dataclass(frozen=True)
class Project:
    """A project by the words in which reports name it; `ended` is its last day."""

    id: str
    title: str
    names: tuple[str, ...]
    ended: date
    replaced_by: str
    note: str = ""


@dataclass(frozen=True)
class NotCalculable:
    """Measures that name every one of `about` and none of `unless` have no value in `years`."""

    id: str
    about: tuple[re.Pattern[str], ...]
    unless: tuple[re.Pattern[str], ...]
    years: tuple[int, ...]
    reason: str
    note: str = ""


@dataclass(frozen=True)
class Act:
    """A legal act. `valid_to` is the last day, None while it is in force; `replaced_by` says by what in Russian."""

    id: str
    title: str
    number: str
    issued: date
    issuer: str
    valid_to: date | None = None
    replaced_by: str = ""
    note: str = ""

    @property
    def is_doubtful(self) -> bool:
        """Its number or date is known from memory."""
        return _TO_BE_CHECKED in self.note and bool(re.search(r"дат|номер|год |реквизит", self.note.lower()))


@dataclass(frozen=True)
class Slip:
    """A slip of writing by its pattern, and what it is called in Russian."""

    id: str
    pattern: re.Pattern[str]
    what: str


@dataclass(frozen=True)
class Reference:
    """`as_of` is the day for which the data were gathered."""

    as_of: date | None = None
    projects: tuple[Project, ...] = ()
    not_calculable: tuple[NotCalculable, ...] = ()
    acts: tuple[Act, ...] = ()
    slips: tuple[Slip, ...] = ()


# group -> the keys of its entries, and whether each must be there
GROUPS: Mapping[str, Mapping[str, bool]] = {
    "projects": {"title": True, "names": True, "ended": True, "replaced_by": False, "note": False},
    "not_calculable": {"about": True, "unless": False, "years": True, "reason": True, "note": False},
    "acts": {
        "title": True, "number": True, "issued": True, "issuer": True, "valid_to": False, "replaced_by": False,
        "note": False,
    },
    "slips": {"pattern": True, "what": True},
}  # fmt: skip


def load_reference(folder: Path) -> Reference:
    """The reference data of a programme's folder. Raises UserError with every mistake of its file at once."""
    acts = _programme_acts(folder)
    path = folder / FILE
    if not path.is_file():
        return Reference(acts=acts)
    reader = _Reader(Lines(path, str(path)))
    found = reader.read(acts)
    if reader.faults:
        raise UserError(reader.faults)
    return found


def _programme_acts(folder: Path) -> tuple[Act, ...]:
    """The acts that the programme lists; its own loader tells what is wrong with them."""
    path = folder / _ACTS
    if not path.is_file():
        return ()
    entries = Lines(path, str(path)).data.get("acts")
    entries = entries if isinstance(entries, dict) else {}
    return tuple(_acts({key: entry for key, entry in entries.items() if _is_act(entry)}))


def _is_act(entry: object) -> bool:
    if not isinstance(entry, dict) or type(entry.get("issued")) is not date:
        return False
    return all(isinstance(entry.get(key), str) for key in ("title", "number", "issuer"))


def _acts(entries: Mapping[str, Any]) -> Iterator[Act]:
    for key, entry in entries.items():
        later = entries.get(entry.get("replaced_by"))
        told = f"{later['issuer']} от {later['issued']:%d.%m.%Y} №\u00a0{later['number']}" if later else ""
        yield Act(
            key, entry["title"], entry["number"], entry["issued"], entry["issuer"], entry.get("valid_to"),
            told or (entry.get("replaced_by") or ""), entry.get("note") or "",
        )  # fmt: skip


class _Reader:
    """The file entry by entry; what is wrong is gathered in `faults`."""

    def __init__(self, lines: Lines) -> None:
        self.lines = lines
        self.faults = list(lines.faults)

    def read(self, acts: tuple[Act, ...]) -> Reference:
        for key in self.lines.data.keys() - GROUPS.keys() - {"as_of"}:
            self._fault((key,), "такого раздела нет.", f"Допустимы: as_of, {', '.join(GROUPS)}.")
        as_of = self._day(("as_of",), self.lines.data.get("as_of"))
        groups = {name: dict(self._entries(name)) for name in GROUPS}
        own = tuple(_acts(groups["acts"]))
        known = {act.id for act in own}
        return Reference(
            as_of,
            tuple(
                Project(key, replaced_by=entry.pop("replaced_by", ""), **entry)
                for key, entry in groups["projects"].items()
            ),
            tuple(
                NotCalculable(key, unless=entry.pop("unless", ()), **entry)
                for key, entry in groups["not_calculable"].items()
            ),
            own + tuple(act for act in acts if act.id not in known),
            tuple(Slip(key, **entry) for key, entry in groups["slips"].items()),
        )

    def _entries(self, group: str) -> Iterator[tuple[str, dict[str, Any]]]:
        entries = self.lines.data.get(group) or {}
        if not isinstance(entries, dict):
            self._fault((group,), "нужны записи вида «код: …».", "Исправьте запись.")
            return
        for key, entry in entries.items():
            if isinstance(entry, dict):
                before = len(self.faults)
                read = self._entry(group, key, entry)
                if len(self.faults) == before:
                    yield key, read
            else:
                self._fault((group, key), "нужны ключи записи.", f"Например: {', '.join(GROUPS[group])}.")

    def _entry(self, group: str, key: str, entry: Mapping[str, Any]) -> dict[str, Any]:
        keys = GROUPS[group]
        for name in entry.keys() - keys.keys():
            self._fault((group, key, name), "такого ключа нет.", f"Допустимы: {', '.join(keys)}.")
        for name in (name for name, is_needed in keys.items() if is_needed and entry.get(name) in (None, "", [])):
            self._fault((group, key, name), "нет обязательного ключа.", "Добавьте его.")
        values = {name: value for name, value in entry.items() if name in keys and value not in (None, "", [])}
        return {name: self._value(name, (group, key, name), value) for name, value in values.items()}

    def _value(self, name: str, route: Route, value: Any) -> Any:
        readers: Mapping[str, Callable[[Route, Any], Any]] = {
            "ended": self._day, "issued": self._day, "valid_to": self._day, "years": self._years,
            "names": self._texts, "about": self._patterns, "unless": self._patterns, "pattern": self._pattern,
        }  # fmt: skip
        text: Callable[[Route, Any], Any] = self._text
        return readers.get(name, text)(route, value)

    def _day(self, route: Route, value: Any) -> date | None:
        if value is not None and type(value) is not date:
            self._fault(route, "это не дата.", "Дата пишется так: 2022-12-31.")
            return None
        return value

    def _text(self, route: Route, value: Any) -> str:
        if not isinstance(value, str):
            self._fault(route, "нужен текст.", "Возьмите значение в кавычки.")
        return str(value)

    def _texts(self, route: Route, value: Any) -> tuple[str, ...]:
        if not isinstance(value, list) or not all(isinstance(one, str) and one.strip() for one in value):
            self._fault(route, "нужен список текстов.", "Например: [WorldSkills, Ворлдскиллс].")
            return ()
        return tuple(value)

    def _years(self, route: Route, value: Any) -> tuple[int, ...]:
        if not isinstance(value, list) or not all(type(one) is int and 1990 < one < 2100 for one in value):
            self._fault(route, "нужен список годов.", "Например: [2020, 2021].")
            return ()
        return tuple(value)

    def _patterns(self, route: Route, value: Any) -> tuple[re.Pattern[str], ...]:
        return tuple(self._pattern(route, one) for one in self._texts(route, value))

    def _pattern(self, route: Route, value: Any) -> re.Pattern[str]:
        try:
            return re.compile(self._text(route, value), re.IGNORECASE)
        except re.error:
            self._fault(route, f"образец «{value}» не читается.", "Проверьте скобки и знаки образца.")
            return re.compile("(?!)")

    def _fault(self, route: Route, what: str, cure: str) -> None:
        self.faults.append(Fault(self.lines.place(route), what, cure))
