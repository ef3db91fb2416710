"""The small invented district, made once for all tests of forms."""

from __future__ import annotations

import pytest

from invented import World, invented_world


@pytest.fixture(scope="session")
def world() -> World:
    return invented_world()
