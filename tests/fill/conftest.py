"""What tests of filled forms are given."""

from __future__ import annotations

from filling_forms import confirmed, fill

__all__ = ["confirmed", "fill"]
