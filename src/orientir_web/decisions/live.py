"""Live numbers on pages: what the core words, as parts of which each number keeps its reference."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from orientir.model.cycle import Cycle
from orientir.reports.context import Context
from orientir.reports.document import Num, Ref, Strong, Text
from orientir.reports.live import number_at, reference_of
from orientir.reports.numbers import MISSING


@dataclass(frozen=True)
class Live:
    """A number in a text: its reference, what it says now ("—" where there is none any more), what it is of."""

    ref: str
    text: str
    title: str = ""


Part = str | Live


class Numbers:
    """The numbers of one cycle by reference, and references of what the core has worded."""

    def __init__(self, cycle: Cycle, public: bool = False) -> None:
        self.context = Context(cycle, public)

    @property
    def cycle(self) -> Cycle:
        return self.context.cycle

    def parts(self, text: Text) -> list[Part]:
        """The core's text with references that outlive this cycle."""
        return list(self._parts(text))

    def _parts(self, text: Text) -> Iterator[Part]:
        for one in text:
            if isinstance(one, Num):
                origin = self.context.book.origins.get(one.id)
                yield Live(reference_of(self.context, one.id), one.text, origin.title if origin else "")
            elif isinstance(one, Strong):
                yield one.text
            elif not isinstance(one, Ref):
                yield str(one)

    def live(self, ref: str) -> Live:
        """What the reference says in this cycle."""
        found = number_at(self.context, ref)
        if not isinstance(found, Num):
            return Live(ref, found or MISSING)
        return Live(ref, found.text, self.context.book.origins[found.id].title)
