"""How findings and recommendations are worded: by the programme, or by a person over live numbers.

A person's text is printed while every number that its author had before them says the same, and as long as it types no
number of its own; otherwise the programme's words stand, which are always those of the data. In a public document a
hidden number says something else than it did, so that no words about it get out.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass

from orientir.model.results import Finding, Recommendation
from orientir.model.texts import ADVICE, EditedText, Token, pieces
from orientir.reports.context import Context
from orientir.reports.document import Num, Text
from orientir.reports.live import number_at, reference_of
from orientir.reports.numbers import MISSING
from orientir.reports.words import sentence

CAUSES = 5  # causes told in full; all of them stand among the findings
_NUMBER = re.compile(r"\d+(?:[.,]\d+)?")


@dataclass(frozen=True)
class Moved:
    """A number that says something else than when the text was written."""

    title: str
    was: str
    now: str


# ---- what is printed


def finding_told(context: Context, finding: Finding) -> Text:
    """The finding in a sentence, its numbers live."""
    return worded(context, context.edits.get(finding.id), finding_generated(context, finding))


def advice_told(context: Context, one: Recommendation) -> Text:
    """What is advised, without its causes, owner and day: those stand beside it and come from the data."""
    edit = context.edits.get(advice_key(one))
    return worded(context, edit, advice_generated(one), causes_told(context, one.causes) if edit else ())


def worded(context: Context, edit: EditedText | None, generated: Text, basis: Text = ()) -> Text:
    """The person's words where they still hold, else the programme's. `basis` is what the text rests on."""
    if edit is None or not holds(context, edit, generated, basis):
        return generated
    said = (number_at(context, part.ref) if isinstance(part, Token) else part for part in pieces(edit.text))
    return ended(tuple(MISSING if part is None else part for part in said))


def holds(context: Context, edit: EditedText, generated: Text, basis: Text = ()) -> bool:
    return not moved(context, edit, (*generated, *basis)) and not typed_numbers(edit.text, generated)


def moved(context: Context, edit: EditedText, under: Text) -> list[Moved]:
    """What has changed since the text was written; `under` is what the programme says of the same today.

    A number that it did not have then counts as well: another school among the causes, for example.
    """
    judging = context.aside  # what is only looked at is no number of the document
    seen = {one.ref: one.said for one in edit.seen} | {one.ref: "" for one in _unseen(context, edit, under)}
    told = ((number_at(judging, ref), was) for ref, was in seen.items())
    return [_moved(judging, now, was) for now, was in told if (now.text if isinstance(now, Num) else now) != was]


def _unseen(context: Context, edit: EditedText, under: Text) -> Iterator[Token]:
    """Numbers of today's text, and of the edited one, of which nothing was written down."""
    known = {one.ref for one in edit.seen}
    today = [Token(reference_of(context, part.id)) for part in under if isinstance(part, Num)]
    own = [part for part in pieces(edit.text) if isinstance(part, Token)]
    return (one for one in (*today, *own) if one.ref not in known)


def _moved(context: Context, now: Num | str | None, was: str) -> Moved:
    if not isinstance(now, Num):
        return Moved("", was or MISSING, now or MISSING)
    return Moved(context.book.origins[now.id].title, was or MISSING, now.text)


def typed_numbers(text: str, generated: Text) -> list[str]:
    """Numbers written by hand. Years and classes of the programme's own words may stay; others come from the data."""
    own = set(_NUMBER.findall(" ".join(part for part in generated if isinstance(part, str))))
    rest = " ".join(part for part in pieces(text) if isinstance(part, str))
    return [number for number in dict.fromkeys(_NUMBER.findall(rest)) if number not in own]


def not_printed(context: Context, of_advice: bool) -> list[str]:
    """Edited texts whose place the programme's words take, or that nothing follows any more: what they were about."""
    told = _of_advice(context) if of_advice else _of_findings(context)
    held = {key for key, edit, generated, basis in told if holds(context, edit, generated, basis)}
    gone = [key for key in context.edits if key.startswith(ADVICE) is of_advice and key not in held]
    return list(dict.fromkeys(_subject(context, key) for key in gone))


def _of_advice(context: Context) -> Iterator[tuple[str, EditedText, Text, Text]]:
    for one in context.cycle.recommendations:
        if edit := context.edits.get(advice_key(one)):
            yield advice_key(one), edit, advice_generated(one), causes_told(context.aside, one.causes)


def _of_findings(context: Context) -> Iterator[tuple[str, EditedText, Text, Text]]:
    for one in context.cycle.findings:
        if edit := context.edits.get(one.id):
            yield one.id, edit, finding_generated(context.aside, one), ()


def _subject(context: Context, key: str) -> str:
    """The title of the indicator, or the beginning of the programme's advice; the key of what it no longer knows."""
    programme = context.cycle.programme
    if key.startswith(ADVICE):
        texts = [one.text for one in programme.recommendations if f"{ADVICE}{one.id}" == key]
        return f"{texts[0].split(';')[0].split(',')[0]}…" if texts else key
    return next((one.short for one in programme.indicators if one.id in key.split(":")), key)


# ---- the programme's own words


def advice_key(one: Recommendation) -> str:
    return f"{ADVICE}{one.id}"


def advice_generated(one: Recommendation) -> Text:
    return (sentence(one.text),)


def finding_generated(context: Context, finding: Finding) -> Text:
    return context.text(
        "finding",
        finding=finding,
        rule=finding.rule,
        indicator=context.cycle.programme.indicator(finding.indicator),
        value=finding.value,
        comparison=finding.comparison,
        where=_where(context, finding),
    )


def causes_told(context: Context, causes: Sequence[Finding]) -> Text:
    """What the advice follows from, in one sentence, its numbers live."""
    unique = list(dict.fromkeys(_cause(context, cause) for cause in causes))
    if len(unique) > CAUSES:
        unique = [*unique[: CAUSES - 1], (f"и ещё {len(unique) - CAUSES + 1}",)]
    joined: Text = ()
    for place, text in enumerate(unique):
        joined += (*text, "; ") if place < len(unique) - 1 else text
    return joined if str(joined[-1]).endswith(".") else (*joined, ".")


def _cause(context: Context, cause: Finding) -> Text:
    return context.text(
        "cause",
        rule=cause.rule,
        indicator=context.cycle.programme.indicator(cause.indicator),
        value=cause.value,
        comparison=cause.comparison,
        where=_where(context, cause),
    )


def _where(context: Context, finding: Finding) -> str:
    place = finding.value.place.organisation
    return "" if place == context.territory.id else context.cycle.package.organisation(place).title


# ---- texts put together


def continued(text: Text, *tails: str, apart: str = " ") -> Text:
    """The text and what follows it, in as few pieces as can be."""
    tail = "".join(f"{apart}{one}" for one in tails if one)
    if not tail:
        return text
    return (*text[:-1], f"{text[-1]}{tail}") if text and isinstance(text[-1], str) else (*text, tail)


def ended(text: Text) -> Text:
    """With a stop at the end: other words may follow."""
    return text if spoken(text).endswith((".", "!", "?", "…")) else continued(text, ".", apart="")


def spoken(text: Iterable[object]) -> str:
    """Without marks, for places that have none."""
    return "".join(part if isinstance(part, str) else str(getattr(part, "text", "")) for part in text)
