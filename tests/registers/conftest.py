"""What tests of registers are given."""

from __future__ import annotations

from registers_world import book, folder, imported, programme, text

__all__ = ["book", "folder", "imported", "programme", "text"]
