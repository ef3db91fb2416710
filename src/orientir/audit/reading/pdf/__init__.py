"""PDF: words and rules of a page -> lines and tables -> the neutral document."""

from __future__ import annotations

from orientir.audit.reading.pdf.reader import read_pdf

__all__ = ["read_pdf"]
