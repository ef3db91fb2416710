"""A paragraph as it reads now: generated, or edited over live numbers; flagged when data have changed under it."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass

from orientir_web.campaigns.models import Campaign
from orientir_web.decisions.live import GONE, Live, Part
from orientir_web.decisions.models import TextEdit
from orientir_web.decisions.tokens import numbers_of, stored_parts
from orientir_web.decisions.year import Paragraph, Year


@dataclass(frozen=True)
class Change:
    """A number that was another one when the text was last looked at."""

    title: str
    was: str
    now: str


@dataclass(frozen=True)
class Reviewed:
    """`parts` is what is read now; `known` are the numbers that may stand in it, in the order of the legend."""

    key: str
    paragraph: Paragraph | None  # None where the data no longer give the finding that was edited
    parts: Sequence[Part]
    known: Sequence[Live]
    edit: TextEdit | None
    changes: Sequence[Change]

    @property
    def is_edited(self) -> bool:
        return self.edit is not None

    @property
    def is_flagged(self) -> bool:
        return bool(self.changes) or self.paragraph is None

    @property
    def generated(self) -> str:
        return spoken(self.paragraph.parts) if self.paragraph else ""


def spoken(parts: Iterable[Part]) -> str:
    return "".join(part if isinstance(part, str) else part.text for part in parts)


def edits_of(campaign: Campaign) -> dict[str, TextEdit]:
    """The last edit of each paragraph; one that took the generated text back is none."""
    last = {one.key: one for one in TextEdit.objects.filter(campaign=campaign).select_related("by").order_by("pk")}
    return {key: one for key, one in last.items() if one.text}


def review(key: str, year: Year, edit: TextEdit | None) -> Reviewed:
    paragraph = year.paragraphs.get(key)
    generated: Sequence[Part] = paragraph.parts if paragraph else ()
    if edit is None:
        return Reviewed(key, paragraph, generated, numbers_of(generated), None, ())
    parts = [part if isinstance(part, str) else year.numbers.live(part.ref) for part in stored_parts(edit.text)]
    known = numbers_of([*generated, *parts])
    return Reviewed(key, paragraph, parts, known, edit, _changes(edit.seen, year))


def _changes(seen: Mapping[str, str], year: Year) -> list[Change]:
    lives = [(year.numbers.live(ref), was) for ref, was in seen.items()]
    return [Change(live.title, was, live.text) for live, was in lives if live.text != was]


def reviewed(campaign: Campaign, year: Year) -> list[Reviewed]:
    """All paragraphs; those that people have edited and the data no longer give come first."""
    edits = edits_of(campaign)
    gone = [key for key in edits if key not in year.paragraphs]
    return [review(key, year, edits.get(key)) for key in (*gone, *year.paragraphs)]


def seen_in(parts: Iterable[Part]) -> dict[str, str]:
    return {part.ref: part.text for part in parts if isinstance(part, Live)}


def lost(parts: Iterable[Part]) -> bool:
    """Whether a number of the text is no longer there."""
    return any(isinstance(part, Live) and part.text == GONE for part in parts)
