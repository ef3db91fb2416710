"""A paragraph as it reads now: generated, or edited over live numbers; flagged when data have changed under it.

What has changed, and which words are printed then, the core says (orientir.reports.wording).
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass

from orientir.reports.numbers import MISSING
from orientir.reports.wording import Moved, moved, spoken, worded
from orientir_web.campaigns.models import Campaign
from orientir_web.decisions.edits import edited_text, edits_of
from orientir_web.decisions.live import Live, Part
from orientir_web.decisions.models import TextEdit
from orientir_web.decisions.tokens import numbers_of, stored_parts
from orientir_web.decisions.year import Paragraph, Year


@dataclass(frozen=True)
class Reviewed:
    """`parts` is what is read now; `known` are the numbers that may stand in it, in the order of the legend."""

    key: str
    paragraph: Paragraph | None  # None where the data no longer give the finding that was edited
    parts: Sequence[Part]
    known: Sequence[Live]
    edit: TextEdit | None
    changes: Sequence[Moved]

    @property
    def is_edited(self) -> bool:
        return self.edit is not None

    @property
    def is_flagged(self) -> bool:
        return bool(self.changes) or self.paragraph is None

    @property
    def generated(self) -> str:
        return spoken(self.paragraph.parts) if self.paragraph else ""


def review(key: str, year: Year, edit: TextEdit | None) -> Reviewed:
    paragraph = year.paragraphs.get(key)
    generated: Sequence[Part] = (*paragraph.parts, *paragraph.basis) if paragraph else ()
    if edit is None:
        return Reviewed(key, paragraph, paragraph.parts if paragraph else (), numbers_of(generated), None, ())
    parts = [part if isinstance(part, str) else year.numbers.live(part.ref) for part in stored_parts(edit.text)]
    under = (*paragraph.text, *paragraph.under) if paragraph else ()
    changes = moved(year.numbers.context, edited_text(edit, year.cycle.periods[-1]), under)
    return Reviewed(key, paragraph, parts, numbers_of([*generated, *parts]), edit, changes)


def reviewed(campaign: Campaign, year: Year) -> list[Reviewed]:
    """All paragraphs; those that people have edited and the data no longer give come first."""
    edits = edits_of(campaign)
    gone = [key for key in edits if key not in year.paragraphs]
    return [review(key, year, edits.get(key)) for key in (*gone, *year.paragraphs)]


def flagged(campaign: Campaign, year: Year) -> list[Reviewed]:
    """The edited texts that no document prints until somebody has looked at them again."""
    told = [review(key, year, edit) for key, edit in edits_of(campaign).items()]
    return [one for one in told if one.is_flagged]


def told_to_all(key: str, year: Year, edit: TextEdit | None) -> str:
    """A recommendation without small numbers: its words, what it follows from, who answers for it by when."""
    one, numbers = year.public.paragraphs[key], year.public.numbers
    edited = edited_text(edit, year.cycle.periods[-1]) if edit else None
    words = worded(numbers.context, edited, one.text, one.under)
    return f"{spoken(words)} Основание: {spoken(one.under)} {one.terms}"


def seen_in(now: Reviewed, parts: Iterable[Part]) -> dict[str, str]:
    """All that who writes has before them: the numbers of the new text, and those that the old one rests on."""
    under = (*now.paragraph.parts, *now.paragraph.basis) if now.paragraph else ()
    return {part.ref: part.text for part in _lives((*under, *parts))}


def lost(parts: Iterable[Part]) -> bool:
    """Whether a number of the text is no longer there."""
    return any(part.text == MISSING for part in _lives(parts))


def _lives(parts: Iterable[Part]) -> Iterator[Live]:
    return (part for part in parts if isinstance(part, Live))
