"""Measurements of the web application. What starts it and fills it in stands with its tests."""

import sys

from benchmarks.audit import TESTS

sys.path.insert(0, str(TESTS))
