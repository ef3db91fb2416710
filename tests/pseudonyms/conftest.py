"""What tests of pseudonyms are given."""

from __future__ import annotations

from pathlib import Path

import pytest
from exports_world import World, empty_world


@pytest.fixture
def world(tmp_path: Path) -> World:
    return empty_world(tmp_path)
