from __future__ import annotations

import pytest

from spec.asserting import Spec


@pytest.fixture
def spec() -> Spec:
    """Runs an example on both engines and compares what they give with what the example expects."""
    return Spec()
