"""The form of a decision: its words come from the programme and the core."""

from __future__ import annotations

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from orientir.model.programme import Programme
from orientir_web.decisions.models import Decision
from orientir_web.people.models import Organisation

KINDS = [("decision", _("Управленческое решение")), ("measure", _("Мера, мероприятие"))]
FORMS = [
    ("", "—"),
    ("act", _("правовой акт")),
    ("incentive", _("поощрение")),
    ("experimental_site", _("опытная площадка")),
    ("event", _("мероприятие")),
    ("agreement", _("соглашение")),
]
STATUSES = [
    ("planned", _("запланировано")),
    ("in_progress", _("исполняется")),
    ("done", _("исполнено")),
    ("cancelled", _("отменено")),
]
REPORTED = STATUSES[:3]  # whether it is cancelled, says who has decided
_date = forms.DateInput(attrs={"type": "date"}, format="%Y-%m-%d")
_FIELDS = ("kind", "form", "title", "act", "number", "decided_on", "owner", "due", "indicators", "finding", "status",
           "evidence", "note")  # fmt: skip


class DecisionForm(forms.Form):
    """Without an owner, a due date, a date and an indicator the core cannot judge a decision: they are asked for."""

    kind = forms.ChoiceField(label=_("Что это"), choices=KINDS)
    title = forms.CharField(label=_("Содержание"), max_length=500, widget=forms.Textarea(attrs={"rows": 3}))
    form = forms.ChoiceField(label=_("Форма"), choices=FORMS, required=False)
    act = forms.CharField(
        label=_("Документ"), max_length=200, required=False, help_text=_("Например, приказ Управления")
    )
    number = forms.CharField(label=_("Номер документа"), max_length=50, required=False)
    decided_on = forms.DateField(label=_("Дата решения"), widget=_date)
    owner = forms.ChoiceField(label=_("Ответственный"))
    due = forms.DateField(label=_("Срок"), widget=_date)
    indicators = forms.MultipleChoiceField(
        label=_("Показатели, которые должны измениться"), widget=forms.SelectMultiple(attrs={"size": 8})
    )
    organisations = forms.ModelMultipleChoiceField(
        label=_("Организации"),
        queryset=Organisation.objects.none(),
        required=False,
        widget=forms.SelectMultiple(attrs={"size": 8}),
        help_text=_("Ни одной — решение касается всей территории."),
    )
    finding = forms.CharField(
        label=_("Основание: вывод или рекомендация"),
        max_length=3000,
        required=False,
        widget=forms.Textarea(attrs={"rows": 4}),
    )
    status = forms.ChoiceField(label=_("Состояние"), choices=STATUSES)
    evidence = forms.CharField(label=_("Чем подтверждается"), max_length=500, required=False)
    note = forms.CharField(label=_("Примечание"), max_length=500, required=False)

    def __init__(self, *args: Any, programme: Programme, district: Organisation, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self._choose("owner", [("", "—"), *((role.id, role.title) for role in programme.roles)])
        self._choose("indicators", [(one.id, one.short or one.title) for one in programme.indicators])
        places = Organisation.objects.filter(path__startswith=district.path).exclude(pk=district.pk)
        self.fields["organisations"].queryset = places  # type: ignore[attr-defined]

    def _choose(self, name: str, choices: list[tuple[str, str]]) -> None:
        self.fields[name].choices = choices  # type: ignore[attr-defined]

    def clean(self) -> dict[str, Any]:
        told = super().clean() or {}
        if told.get("due") and told.get("decided_on") and told["due"] < told["decided_on"]:
            self.add_error("due", _("Срок раньше даты решения."))
        return told


def initial(decision: Decision) -> dict[str, Any]:
    told = {name: getattr(decision, name) for name in _FIELDS}
    return told | {"organisations": list(decision.organisations.all())}
