"""Where the numbers, pictures and files of a page's blocks are: under one computation, or under those of several
districts.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Protocol

from django.urls import reverse

from orientir.reports.document import Ref, numbering
from orientir_web.panels.subject import Chosen, Subject

PICTURE = "picture"


class Links(Protocol):
    def number(self, number: str) -> str:
        """The page of a number."""

    def file(self, key: str, kind: str) -> str:
        """A file of the block with this key, or its picture; '' where the page has no files."""

    def printed(self, ref: Ref) -> str:
        """«рисунок 2 отчёта»."""


@dataclass(frozen=True)
class OfComputation:
    """`page` is the name under which the files of its blocks are found again."""

    subject: Subject
    page: str = ""
    chosen: Chosen | None = None

    def number(self, number: str) -> str:
        return reverse("panel_number", args=[self.subject.computation.pk, number])

    def file(self, key: str, kind: str) -> str:
        if not self.page or self.chosen is None:
            return ""
        args = [self.subject.computation.pk, self.page, key]
        address = reverse("panel_picture", args=args) if kind == PICTURE else reverse("panel_file", args=[*args, kind])
        return f"{address}?{self.chosen.query}"

    def printed(self, ref: Ref) -> str:
        return f"{numbering(self.subject.computed.document).printed(ref)} отчёта"


@dataclass(frozen=True)
class OfDistricts:
    """A number is known by its computation and its id there: «17.v5n» (`numbered`)."""

    query: str

    def number(self, number: str) -> str:
        computation, _, key = number.partition(".")
        return reverse("panel_number", args=[int(computation), key])

    def file(self, key: str, kind: str) -> str:
        return f"{reverse('panel_districts_file', args=[key, kind])}?{self.query}"

    def printed(self, ref: Ref) -> str:
        raise ValueError(f"{ref}: there is no report of several districts")
