"""Every register that a file can be, in the order in which their tables are told."""

from __future__ import annotations

from collections.abc import Sequence

from orientir.sources.registers import (
    consultations,
    diagnostics,
    events,
    industries,
    open_days,
    organisations,
    participants,
    partners,
    populations,
    supplementary,
    workplaces,
)
from orientir.sources.registers.columns import Register

CATALOGUE: tuple[Register, ...] = (
    organisations.REGISTER,
    industries.REGISTER,
    populations.REGISTER,
    events.REGISTER,
    open_days.REGISTER,
    participants.REGISTER,
    diagnostics.REGISTER,
    consultations.REGISTER,
    supplementary.REGISTER,
    partners.REGISTER,
    workplaces.REGISTER,
)


def register_named(name: str, catalogue: Sequence[Register] = CATALOGUE) -> Register | None:
    return next((register for register in catalogue if register.id == name), None)
