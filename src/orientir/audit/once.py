"""What several rules ask of one report is found once, and forgotten with the report."""

from __future__ import annotations

from collections.abc import Callable, Hashable
from functools import wraps
from typing import Concatenate, ParamSpec, TypeVar
from weakref import WeakKeyDictionary

from orientir.audit.report import Report

Asked = ParamSpec("Asked")
Found = TypeVar("Found")


def once(find: Callable[Concatenate[Report, Asked], Found]) -> Callable[Concatenate[Report, Asked], Found]:
    """For a function of a whole report that nothing changes any more; what it finds must not hold the report itself."""
    known: WeakKeyDictionary[Report, dict[Hashable, Found]] = WeakKeyDictionary()

    @wraps(find)
    def remembered(report: Report, /, *args: Asked.args, **named: Asked.kwargs) -> Found:
        found = known.setdefault(report, {})
        asked = (*args, *named.items())
        if asked not in found:
            found[asked] = find(report, *args, **named)
        return found[asked]

    return remembered
