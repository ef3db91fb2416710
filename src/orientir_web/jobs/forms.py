"""What can be asked for, and in which formats."""

from __future__ import annotations

from typing import ClassVar

from django import forms
from django.utils.translation import gettext_lazy as _

from orientir_web.jobs.making import PASSPORT_FORMATS, REPORT_FORMATS
from orientir_web.jobs.models import Kind

_AUDIENCES = [("", _("для своих: все числа")), ("public", _("для всех: малые числа скрыты"))]


class DocumentForm(forms.Form):
    """One kind of document; its formats are ticked to begin with."""

    FORMATS: ClassVar[dict[Kind, tuple[str, ...]]] = {Kind.REPORT: REPORT_FORMATS, Kind.PASSPORTS: PASSPORT_FORMATS}
    CHOOSES_AUDIENCE: ClassVar[frozenset[Kind]] = frozenset({Kind.REPORT, Kind.PASSPORTS, Kind.PAPERS})

    formats = forms.MultipleChoiceField(label=_("Форматы"), widget=forms.CheckboxSelectMultiple)
    audience = forms.ChoiceField(label=_("Для кого"), choices=_AUDIENCES, required=False)

    def __init__(self, kind: Kind, data: object = None) -> None:
        super().__init__(data, auto_id=f"{kind}-%s")  # type: ignore[arg-type]
        formats = self.FORMATS.get(kind, ())
        if formats:
            self.fields["formats"].choices = [(one, one.upper()) for one in formats]  # type: ignore[attr-defined]
            self.fields["formats"].initial = list(formats)
        else:
            del self.fields["formats"]
        if kind not in self.CHOOSES_AUDIENCE:
            del self.fields["audience"]
