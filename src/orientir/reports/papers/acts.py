"""The legal basis of a paper: verified acts in force on its day, and what became of the rest."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date

from orientir.model.dictionaries import LegalAct
from orientir.presentation import NBSP, day, quoted

# Kinds of acts that are written with a capital letter inside a sentence too.
_CAPITAL = ("Федеральн", "Указ", "Закон", "Конституц")


def cited(acts: Sequence[LegalAct], on: date) -> tuple[LegalAct, ...]:
    """Those that a paper of this day may rest on, the oldest first."""
    return tuple(act for act in _in_force(acts, on) if not act.is_unverified)


def unverified(acts: Sequence[LegalAct], on: date) -> tuple[LegalAct, ...]:
    """In force, as far as is known, but with something to be checked first: not cited."""
    return tuple(act for act in _in_force(acts, on) if act.is_unverified)


def expired(acts: Sequence[LegalAct], on: date) -> tuple[LegalAct, ...]:
    return tuple(act for act in acts if act.is_expired(on))


def _in_force(acts: Sequence[LegalAct], on: date) -> list[LegalAct]:
    return sorted((act for act in acts if act.issued <= on and not act.is_expired(on)), key=lambda act: act.issued)


def act_told(act: LegalAct) -> str:
    """«приказ Минпросвещения России от 31.05.2021 № 287 „Об утверждении…“» as it stands inside a sentence."""
    issuer = act.issuer if act.issuer.startswith(_CAPITAL) else act.issuer[:1].lower() + act.issuer[1:]
    number = act.number if not act.number or act.number.startswith("№") else f"№{NBSP}{act.number}"
    parts = (issuer, f"от{NBSP}{day(act.issued)}", number.replace("-", "\u2011"), quoted(act.title))
    told = " ".join(part for part in parts if part)
    return f"{told} ({act.provisions})" if act.provisions else told
