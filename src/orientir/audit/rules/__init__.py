"""The rules: each is one function over an understood report, named by its code."""

from __future__ import annotations

import pkgutil
from collections.abc import Iterator
from importlib import import_module
from typing import TYPE_CHECKING

from orientir.audit.finding import Judge

if TYPE_CHECKING:
    from orientir.audit.reference_data import Reference


def judges(reference: Reference) -> tuple[Judge, ...]:
    """Every rule of the modules beside this one; those that need reference data last."""
    from orientir.audit.rules.reference import reference_rules

    return (*_marked(), *reference_rules(reference))


def _marked() -> Iterator[Judge]:
    for found in sorted(pkgutil.iter_modules(__path__), key=lambda found: found.name):
        module = import_module(f"{__name__}.{found.name}")
        own = [one for one in vars(module).values() if getattr(one, "__module__", "") == module.__name__]
        yield from (one for one in own if getattr(one, "codes", ()))
