"""Before the rows are read: which register each sheet of a file is, by a profile or by its titles. Reads no row."""

from __future__ import annotations

import re
from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass, replace

from orientir.model.periods import Period, PeriodKind
from orientir.presentation import period_name, quoted
from orientir.sources.registers.catalogue import CATALOGUE, register_named
from orientir.sources.registers.columns import Register
from orientir.sources.registers.grid import Grid
from orientir.sources.registers.header import Header, Match, best, headers, match
from orientir.sources.registers.profiles import Profile, proposed
from orientir.sources.registers.situation import Situation
from orientir.sources.registers.titles import is_personal, normal, shown
from orientir.spreadsheets.refusals import Refusal


@dataclass(frozen=True)
class Plan:
    """How one sheet will be read. `constants` are values that no column holds, as text; `is_new` says that the profile
    was not there before."""

    grid: Grid
    register: Register
    header: Header
    columns: Mapping[str, int]
    constants: Mapping[str, str]
    profile: Profile
    is_new: bool

    @property
    def is_personal(self) -> bool:
        """Do any of the columns, used or not, name people?"""
        used = any(self.register.column(key).personal for key in self.columns)
        return used or any(is_personal(title) for title in self.header.titles)


def plan_of(
    grid: Grid,
    name: str,
    profiles: Sequence[Profile],
    situation: Situation,
    wanted: Register | None = None,
    catalogue: Sequence[Register] = CATALOGUE,
) -> Plan | None:
    """The plan of a sheet; None for a sheet without any title that we know.

    `wanted` is the register that the user says it is, `catalogue` holds those that it may be. Raises Refusal where the
    titles fit several registers, or one that lacks a column it cannot do without, or where the sheet speaks of another
    year.
    """
    candidates = list(headers(grid))
    for profile in profiles:
        header = next((one for one in candidates if profile.fits(one.titles, name)), None)
        register = register_named(profile.register, catalogue)
        assert register is not None  # checked when the profiles were read
        if header is not None and wanted in (None, register):
            return _by_profile(grid, header, profile, register, name, situation)
        if not profile.header and profile.names(name) and wanted in (None, register):
            return _by_name(grid, candidates, profile, register, name, situation)
    found = _recognised(candidates, name, situation, (wanted,) if wanted else catalogue)
    if found is None:
        return None
    _check_year(found.header, name, situation.period)
    constants = _told(found.register, found.header, name, situation, found.columns)
    return Plan(grid, found.register, found.header, found.columns, constants, proposed(found), True)


def _by_profile(
    grid: Grid, header: Header, profile: Profile, register: Register, name: str, situation: Situation
) -> Plan:
    titles = [normal(title) for title in header.titles]
    columns = {key: titles.index(normal(title)) for key, title in profile.columns.items()}
    told = _told(register, header, name, replace(situation, values=profile.values), {**columns, **profile.constants})
    constants = {**told, **profile.constants}
    missing = [group for group in register.groups if not any(key in columns or key in constants for key in group)]
    if missing:
        raise _lacking(register, missing, header, name)
    _check_year(header, name, situation.period)
    return Plan(grid, register, header, columns, constants, profile, False)


def _by_name(
    grid: Grid, candidates: Sequence[Header], profile: Profile, register: Register, name: str, situation: Situation
) -> Plan | None:
    """A profile that corrects the recognition of certain files; None for a sheet without the titles that it names."""
    named = {normal(title) for title in profile.columns.values()}
    known = [one for one in candidates if named <= set(map(normal, one.titles))]
    found = _recognised(known, name, situation, (register,), (*profile.constants, *profile.columns))
    if found is None:
        return None
    titles = [normal(title) for title in found.header.titles]
    own = {titles.index(normal(title)) for title in profile.columns.values()}
    free = {
        key: found.header.titles[at]
        for key, at in found.columns.items()
        if key not in profile.columns and key not in profile.constants and at not in own
    }
    whole = replace(profile, columns={**free, **profile.columns})
    return _by_profile(grid, found.header, whole, register, name, situation)


def _recognised(
    candidates: Sequence[Header],
    name: str,
    situation: Situation,
    registers: Sequence[Register],
    told: Collection[str] = (),
) -> Match | None:
    """The reading that fits, as one of the `registers`: a single one is what somebody says it is.

    `told` are columns that the profile gives. None where hardly a title is known.
    """
    matches = [
        match(
            header,
            register,
            {*told, *_told(register, header, name, situation, {})},
            f"{_words(name)} {header.grid.sheet}",
            is_named=len(registers) == 1,
        )
        for header in candidates
        for register in registers
    ]
    found = best(matches)
    if len(found) > 1:
        raise _several(found, name)
    if found:
        return found[0]
    nearest = max(matches, key=lambda one: (len(one.columns) - len(one.missing), one.score), default=None)
    if nearest is not None and len(nearest.columns) > 1:
        raise _lacking(nearest.register, nearest.missing, nearest.header, name)
    return None


def _told(
    register: Register, header: Header, name: str, situation: Situation, columns: Mapping[str, object]
) -> dict[str, str]:
    """Values that the words above the header, the sheet or the name of the file give where no column does."""
    found = {}
    for column in register.columns:
        if column.seek is not None and column.id not in columns:
            texts = (header.above, header.grid.sheet, _words(name))
            value = next((value for text in texts if (value := column.seek(text, situation))), "")
            if value:
                found[column.id] = value
    return found


def _words(name: str) -> str:
    return name.rpartition(".")[0].replace("_", " ")


# ---- refusals


def _several(found: Sequence[Match], name: str) -> Refusal:
    fitting = list({one.register.id: one.register for one in found}.values())
    told = "; ".join(f"{quoted(one.title)} ({one.id})" for one in fitting)
    what = f"столбцы подходят к нескольким реестрам: {told}. Шапка: {shown(found[0].header.seen)}."
    cure = f"Назовите реестр в заголовке над таблицей или в профиле: {_draft(fitting[0].id, name)}."
    return Refusal(what, cure, found[0].header.grid.place(found[0].header.row))


def _lacking(register: Register, missing: Sequence[tuple[str, ...]], header: Header, name: str) -> Refusal:
    titles = " и ".join(" или ".join(quoted(register.column(key).title) for key in group[:4]) for group in missing)
    first = missing[0][0]
    what = f"похоже на реестр {quoted(register.title)}, но нет столбца {titles}. Шапка: {shown(header.seen)}."
    column = register.column(first)
    cure = f"Добавьте столбец или скажите в профиле, какой это: {_draft(register.id, name)}, "
    cure += f'columns: {{{first}: "заголовок из файла"}}'
    if not column.personal:
        cure += f"; одно значение на весь файл — constants: {{{first}: значение}}"
    return Refusal(what, f"{cure}.", header.grid.place(header.row))


def _draft(register: str, name: str) -> str:
    """The beginning of a profile for this very file."""
    return f'register: {register}, files: "{name}"'


_SCHOOL_YEAR = re.compile(r"(?<!\d)(20\d\d)\s*[-–—/]\s*(20)?(\d\d)(?!\d)")


def _check_year(header: Header, name: str, period: Period) -> None:
    """A heading that names another school year and not this one speaks of that year."""
    if period.kind is not PeriodKind.SCHOOL_YEAR:
        return
    named = [int(one[1]) for one in _SCHOOL_YEAR.finditer(f"{header.above} {header.grid.sheet} {name}")
             if (int(one[1]) + 1) % 100 == int(one[3])]  # fmt: skip
    if named and period.start not in named:
        other = period_name(Period(period.kind, named[0]))
        what = f"это реестр другого года: назван {other}, а собирается {period_name(period)}"
        raise Refusal(what, "Положите файл в папку его года или исправьте год в заголовке.", header.grid.place(0))
