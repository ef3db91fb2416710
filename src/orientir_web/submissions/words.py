"""How the content of a cell is written: as it would be typed, so that what is shown can be sent back unchanged."""

from __future__ import annotations

from decimal import Decimal

from django.utils.safestring import SafeString
from django.utils.translation import get_language
from django.utils.translation import gettext_lazy as _

from orientir.model.collection import Answer
from orientir.model.forms import AnswerKind
from orientir.model.status import CellState as CoreState
from orientir.sources.forms.limits import MARKS, YES_NO
from orientir_web.submissions.states import CellState

_NO_DATA, _NOT_APPLICABLE = MARKS
_MARKS = {CellState.NOT_REPORTED: _NO_DATA, CellState.NOT_APPLICABLE: _NOT_APPLICABLE}
_SAID = {YES_NO[0]: _("да"), YES_NO[1]: _("нет"), _NO_DATA: _("нет данных"), _NOT_APPLICABLE: _("не применимо")}
NBSP = "\u00a0"


def cell_text(kind: AnswerKind, state: str, value: Decimal | None) -> str:
    """«35», «0», «да», «нет данных»; nothing for an empty cell."""
    if value is None:
        return _MARKS.get(CellState(state), "")
    if kind is AnswerKind.YES_NO:
        return YES_NO[0] if value else YES_NO[1]
    return number_text(value)


def in_own_language(text: str) -> str:
    """What a cell says, to be read and not typed: forms are answered in Russian."""
    return str(_SAID[text]) if text in _SAID else text


def speech() -> SafeString:
    """The attribute of what the programme says, on a page in another language than the programme's."""
    return SafeString("" if get_language() == "ru" else ' lang="ru"')


def number_text(value: Decimal) -> str:
    """Without grouping: what stands in a field is typed again as it stands."""
    return str(int(value)) if value == int(value) else f"{value.normalize():f}".replace(".", ",")


def sum_text(one: Answer) -> str:
    """A sum that is shown; a dash while one of its cells is unknown."""
    if one.value is not None:
        return f"{int(one.value):,}".replace(",", NBSP)
    return in_own_language(_NOT_APPLICABLE) if one.state is CoreState.NOT_APPLICABLE else "—"
