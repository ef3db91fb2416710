"""The states of a form and of its cells, and what leads from one to the next. Tables; the verbs are in services.py."""

from __future__ import annotations

from dataclasses import dataclass

from django.db.models import TextChoices
from django.utils.translation import gettext as _t
from django.utils.translation import gettext_lazy as _

from orientir_web.journal.events import Event
from orientir_web.people.roles import Action
from orientir_web.refusals import ActionRefused


class State(TextChoices):
    DRAFT = "draft", _("Заполняется")
    SUBMITTED = "submitted", _("Сдана")
    RETURNED = "returned", _("Возвращена")
    ACCEPTED = "accepted", _("Принята")


# How many forms are in a state: «Сданы: 3».
SEVERAL = {
    State.DRAFT: _("Заполняются"),
    State.SUBMITTED: _("Сданы"),
    State.RETURNED: _("Возвращены"),
    State.ACCEPTED: _("Приняты"),
}


class CellState(TextChoices):
    """The core's states, and `empty`: a cell that nobody has answered yet, or has cleared."""

    EMPTY = "empty", _("не заполнена")
    VALUE = "value", _("число")
    ZERO = "zero", _("ноль")
    NOT_REPORTED = "not_reported", _("нет данных")
    NOT_APPLICABLE = "not_applicable", _("не применимо")


@dataclass(frozen=True)
class Move:
    """What leads into a state: who may do it, and how the journal calls it."""

    action: Action
    event: Event


TRANSITIONS: dict[State, frozenset[State]] = {
    State.DRAFT: frozenset({State.SUBMITTED}),
    State.SUBMITTED: frozenset({State.RETURNED, State.ACCEPTED}),
    State.RETURNED: frozenset({State.SUBMITTED}),
    State.ACCEPTED: frozenset(),
}

MOVES: dict[State, Move] = {
    State.SUBMITTED: Move(Action.FILL, Event.SUBMITTED),
    State.RETURNED: Move(Action.REVIEW, Event.RETURNED),
    State.ACCEPTED: Move(Action.REVIEW, Event.ACCEPTED),
}

# The way as a page draws it; a form that was returned goes the middle of it once more.
_STRAIGHT = (State.DRAFT, State.SUBMITTED, State.ACCEPTED)
STEPS: dict[State, tuple[State, ...]] = dict.fromkeys(_STRAIGHT, _STRAIGHT) | {
    State.RETURNED: (State.DRAFT, State.RETURNED, State.SUBMITTED, State.ACCEPTED)
}

EDITABLE = frozenset({State.DRAFT, State.RETURNED})


def can_move(state: str, to: State) -> bool:
    return to in TRANSITIONS[State(state)]


def check_can_move(state: str, to: State) -> None:
    """Raises ActionRefused."""
    if not can_move(state, to):
        told = {"state": State(state).label, "to": to.label}
        raise ActionRefused(_t("Из состояния «%(state)s» нельзя перейти в «%(to)s».") % told)
