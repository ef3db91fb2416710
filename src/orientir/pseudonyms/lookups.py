"""Cells that only the dictionaries in `codes/` explain: institutions, methods; and codes made without any."""

from __future__ import annotations

import re
from collections.abc import Mapping
from datetime import date
from typing import Any

from orientir.pseudonyms.cells import checked_code
from orientir.pseudonyms.dictionaries import Dictionaries, Institution
from orientir.sources.registers.cells import plain
from orientir.sources.registers.columns import Unreadable
from orientir.sources.registers.titles import normal

_LEVEL, _GROUP = 100, 500


def looked_up(table: str, cells: Mapping[str, Any], known: Dictionaries) -> dict[str, Any]:
    """The cells of the record table, `day` still as a date. Raises Unreadable for what no dictionary holds."""
    if table == "admission":
        return _admission(cells, known)
    if table == "diagnostics":
        until: date = cells["kept_until"]
        return {**cells, "method": _method(cells["method"], known), "kept_until": int(f"{until:%Y%m%d}")}
    return dict(cells)


def specialty_id(code: tuple[int, int, int]) -> int:
    """«09.02.07» as one small number, from which the group can be had again."""
    group, level, number = code
    return group * _GROUP + (level - 1) * _LEVEL + number


def group_of(specialty: int) -> int:
    return specialty // _GROUP


def _admission(cells: Mapping[str, Any], known: Dictionaries) -> dict[str, Any]:
    """`of_region` is where the institution lies: whether that is the pupil's region is seen when the pupil is known."""
    found = _institution(cells["institution"], known)
    kind = found.inst_type or cells["inst_type"]
    if kind is None:
        what = "не известно, колледж это или вуз."
        raise Unreadable(what, "Добавьте столбец «Специальность» или inst_type в codes/institutions.csv.", "inst_type")
    return {
        "inst_type": kind,
        "inst_id": found.inst_id,
        "specialty_id": specialty_id(cells["specialty"]) if cells["specialty"] else None,
        "same_region": cells["same_region"],
        "of_region": found.region_id,
    }


def _institution(written: str, known: Dictionaries) -> Institution:
    if normal(written) in known.institutions:
        return known.institutions[normal(written)]
    if re.fullmatch(r"\d+", written):
        number = checked_code(int(written))
        same = (one for one in known.institutions.values() if one.inst_id == number)
        return next(same, Institution(number, None, None))
    what = f"организации приёма «{written[:60]}» нет в codes/institutions.csv."
    raise Unreadable(what, "Добавьте строку с этим названием: inst_id, title, inst_type, region_id.", "institution")


def _method(written: str, known: Dictionaries) -> int:
    if normal(written) in known.methods:
        return known.methods[normal(written)]
    if re.fullmatch(r"\d{1,4}", written):
        return int(written)
    what = f"методики «{plain(written)[:60]}» нет в codes/methods.csv."
    raise Unreadable(what, "Добавьте строку с этим названием: method, title.", "method")
