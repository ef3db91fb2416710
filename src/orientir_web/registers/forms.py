"""The form of one row, made from the core's columns. What a cell means is decided by the core (reading.py)."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from orientir.sources.registers import cells
from orientir.sources.registers.columns import Column, Register
from orientir_web.people.models import Organisation
from orientir_web.registers.frame import Frame
from orientir_web.registers.kinds import codes, columns
from orientir_web.registers.reading import Typed, read_typed

_LONGEST = 500


class RowForm(forms.Form):
    """`typed` is what the core made of it; errors of the core stand at their fields."""

    def __init__(
        self,
        data: Mapping[str, Any] | None,
        *,
        register: Register,
        frame: Frame,
        own: Sequence[Organisation],
        initial: dict[str, Any] | None = None,
    ) -> None:
        self._register, self._frame = register, frame
        super().__init__(data, initial=initial)
        for column in columns(register):
            self.fields[column.id] = _field(column, frame, own)
        self.typed: Typed = Typed(None)

    def clean(self) -> dict[str, Any]:
        told = super().clean() or {}
        if not self.errors:
            self.typed = read_typed(self._register, {key: str(value) for key, value in told.items()}, self._frame)
            for key, texts in self.typed.errors.items():
                self.add_error(key if key in self.fields else None, texts)
        return told


def _field(column: Column, frame: Frame, own: Sequence[Organisation]) -> forms.Field:
    told: dict[str, Any] = {"label": column.title, "required": column.required}
    known = codes(column, frame.programme)
    if known:
        return forms.ChoiceField(choices=[("", "—"), *known], **told)
    if column.read is cells.organisation:
        return forms.ChoiceField(choices=_places(frame, own), **(told | {"required": False}))
    if column.read is cells.day:
        return forms.CharField(widget=forms.DateInput(attrs={"type": "date"}), max_length=_LONGEST, **told)
    if column.read is cells.days:
        return forms.CharField(max_length=_LONGEST, help_text=_("Например, 28.04.2022 или 21-22.11.2022"), **told)
    if column.read is cells.count:
        return forms.CharField(max_length=20, widget=forms.TextInput(attrs={"inputmode": "numeric"}), **told)
    return forms.CharField(max_length=_LONGEST, **told)


def _places(frame: Frame, own: Sequence[Organisation]) -> list[tuple[str, str]]:
    """Where the person keeps registers; the whole territory is the row without an organisation."""
    whole = [("", str(frame.district))] if frame.district in own else []
    return whole + [(one.code, one.title) for one in own if one != frame.district]
