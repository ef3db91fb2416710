"""Tokens: how numbers stand in a text that a person edits («[[1: 57,5 %]]»), and in one that is stored («[[v||…]]»).

A number can be moved or left out; it cannot be typed over: what stands behind the colon is not read, and digits that
the generated text does not have are refused.
"""

from __future__ import annotations

import re
from collections.abc import Sequence

from django.utils.translation import gettext as _

from orientir.model.texts import Token, pieces
from orientir.reports.wording import typed_numbers
from orientir_web.decisions.live import Live, Part
from orientir_web.refusals import ActionRefused

LONGEST = 3000
_TYPED = re.compile(r"\[\[\s*(\d{1,3})\s*(?::[^\[\]]*)?\]\]")
_SPACES = re.compile(r"[ \t\r\n\f\v]+")


def numbers_of(parts: Sequence[Part]) -> list[Live]:
    """Each number once, in the order of the text."""
    return list({part.ref: part for part in parts if isinstance(part, Live)}.values())


def for_editing(parts: Sequence[Part], known: Sequence[Live]) -> str:
    """`known` gives each number its place in the legend, from 1."""
    places = {live.ref: number for number, live in enumerate(known, 1)}
    return "".join(part if isinstance(part, str) else f"[[{places[part.ref]}: {part.text}]]" for part in parts)


def to_store(typed: str, known: Sequence[Live], generated: Sequence[Part]) -> str:
    """Raises ActionRefused where the text is empty, names a number that is not its own, or has digits typed in."""
    text = _SPACES.sub(" ", typed).strip()  # no-break spaces stay
    if not text or len(text) > LONGEST:
        raise ActionRefused(_("Напишите текст, не длиннее %(limit)s знаков.") % {"limit": LONGEST})
    _check_digits(_TYPED.sub(" ", text), generated)
    return _TYPED.sub(lambda found: f"[[{_ref(int(found[1]), known)}]]", text)


def _ref(number: int, known: Sequence[Live]) -> str:
    if not 1 <= number <= len(known):
        raise ActionRefused(
            _("Числа [[%(number)s]] в этом тексте нет. Номера чисел стоят под ним.") % {"number": number}
        )
    return known[number - 1].ref


def _check_digits(rest: str, generated: Sequence[Part]) -> None:
    """Years and classes of the generated text may stay; other numbers come from the data or not at all."""
    if "[[" in rest or "]]" in rest:
        raise ActionRefused(_("Скобки [[…]] значат живое число и пишутся целиком, например [[1]]."))
    typed = typed_numbers(rest, tuple(part for part in generated if isinstance(part, str)))
    if typed:
        told = {"numbers": ", ".join(typed)}
        raise ActionRefused(
            _("Числа нельзя вписать от руки: %(numbers)s. Поставьте живое число, например [[1]].") % told
        )


def stored_parts(text: str) -> list[str | Live]:
    """A stored text; what its numbers say is not known here."""
    return [Live(part.ref, "") if isinstance(part, Token) else part for part in pieces(text)]
