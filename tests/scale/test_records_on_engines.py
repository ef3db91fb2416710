"""Показатели по сведениям об обучающихся: что значит определение, и что все движки понимают его одинаково."""

import pytest

from orientir.engines.records.memory import values_in_memory
from orientir.engines.records.text import halves
from scale.conftest import PLACED
from scale.worlds import by_key


@pytest.mark.parametrize("placed", PLACED, ids=lambda placed: str(placed.number))
def test_story(placed, values):
    """Every engine counts what the story tells."""
    counted = {(at, name): values.get(placed.key(at), {}).get(placed.name(name)) for at, name, _ in placed.checks}
    assert counted == {(at, name): value for at, name, value in placed.checks}


def test_row_for_row(values, in_memory):
    """All rows of all levels, of the stories and of records at random."""
    assert _differences(values, in_memory) == {}


def test_some_counts_are_made_among_some_pupils(world):
    """Servers choose the pupils first: what is compared above has been computed so."""
    assert [half.where for half in halves(world.plan)][1:] != []


def test_on_a_cluster(random_world, on_cluster):
    """A master and a worker, in processes of their own."""
    expected = by_key(values_in_memory(random_world.plan, random_world.tables))
    assert _differences(on_cluster, expected) == {}


def _differences(found, expected):
    """Few of them, with both values: rows are many, and one mistake shows in most."""
    keys = sorted(found.keys() ^ expected.keys())[:5]
    different = [key for key in sorted(found.keys() & expected.keys()) if found[key] != expected[key]][:5]
    return dict.fromkeys(keys, "one side only") | {
        (key, name): (found[key].get(name), value)
        for key in different
        for name, value in expected[key].items()
        if found[key].get(name) != value
    }
