"""All checks together: none is forgotten, and the gravest come first."""

from __future__ import annotations

import inspect
from types import ModuleType

import pytest
from smallest import event, fact, subject

from orientir.checks import consistency, events, history, schools, structure
from orientir.checks.run import CHECKS, run_checks
from orientir.engines.memory import MemoryEngine
from orientir.model.status import Severity


@pytest.mark.parametrize("module", [consistency, events, history, schools, structure])
def test_every_check_of_a_module_is_run(module: ModuleType) -> None:
    """A check is a public function of a package alone; the relations take an engine and stand apart."""
    public = {
        function
        for name, function in inspect.getmembers(module, inspect.isfunction)
        if function.__module__ == module.__name__ and list(inspect.signature(function).parameters) == ["subject"]
        and not name.startswith("_")
    }  # fmt: skip
    assert public and public <= set(CHECKS)


def test_every_check_has_a_name_that_says_what_holds() -> None:
    assert [check.__name__ for check in CHECKS if not check.__doc__] == []


def test_gravest_come_first() -> None:
    weights = [Severity.ERROR, Severity.WARNING, Severity.INFO]
    facts = fact("residents", 3), fact("readers", 4), fact("visits", 9)
    found = run_checks(subject(facts, events=[event(1, date_printed="вчера")]), MemoryEngine())
    assert {issue.severity for issue in found} == set(weights)
    assert [issue.severity for issue in found] == sorted((issue.severity for issue in found), key=weights.index)
