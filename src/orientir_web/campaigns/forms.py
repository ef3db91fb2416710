"""What people type on the pages of campaigns. Days are days of the district; rules stand in the services."""

from __future__ import annotations

from datetime import datetime, time
from typing import Any
from zoneinfo import ZoneInfo

from django import forms
from django.db.models import QuerySet
from django.utils import timezone
from django.utils.translation import gettext as _t
from django.utils.translation import gettext_lazy as _

from orientir.model.programme import Programme
from orientir_web.campaigns.choices import current_period, labels
from orientir_web.campaigns.gate import end_of_day
from orientir_web.people.models import Organisation

_LONGEST_REASON = 500


def day_field(label: Any, zone: ZoneInfo) -> forms.DateField:
    """A day, with the clock it is told by."""
    offset = timezone.now().astimezone(zone).strftime("%z")
    clock = f"{zone.key}, UTC{offset[:3]}:{offset[3:]}"
    widget = forms.DateInput(attrs={"type": "date"}, format="%Y-%m-%d")
    return forms.DateField(label=label, widget=widget, help_text=_t("По времени округа: %(clock)s") % {"clock": clock})


class ProgrammeForm(forms.Form):
    """The first step: where, and by which programme. The second depends on both."""

    district = forms.ModelChoiceField(Organisation.objects.none(), label=_("Территория"), empty_label=None)
    programme = forms.ChoiceField(label=_("Программа"))

    def __init__(self, *args: Any, districts: QuerySet[Organisation], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["district"].queryset = districts  # type: ignore[attr-defined]
        self.fields["programme"].choices = labels()  # type: ignore[attr-defined]


class AskForm(forms.Form):
    """Whom, and which forms."""

    organisations = forms.ModelMultipleChoiceField(
        Organisation.objects.none(), label=_("Кого спросить"), widget=forms.CheckboxSelectMultiple
    )
    forms_asked = forms.MultipleChoiceField(label=_("Какие формы"), widget=forms.CheckboxSelectMultiple)

    def __init__(self, *args: Any, programme: Programme, places: QuerySet[Organisation], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        asked = {form.for_kind for form in programme.forms}
        own = places.filter(kind__in=asked)
        self.fields["organisations"].queryset = own  # type: ignore[attr-defined]
        self.fields["forms_asked"].choices = [(form.id, form.title) for form in programme.forms]  # type: ignore[attr-defined]
        self.initial.setdefault("organisations", list(own))
        self.initial.setdefault("forms_asked", [form.id for form in programme.forms])


class CampaignForm(AskForm):
    """The second step."""

    title = forms.CharField(label=_("Название"), max_length=300, required=False,
                            help_text=_("Если не заполнить, сбор назовётся по программе и периоду."))  # fmt: skip
    period = forms.CharField(label=_("Период"), max_length=10)
    field_order = ("title", "period", "opens", "closes", "forms_asked", "organisations")

    def __init__(self, *args: Any, zone: ZoneInfo, programme: Programme, **kwargs: Any) -> None:
        super().__init__(*args, programme=programme, **kwargs)
        self._zone = zone
        self.fields["opens"] = day_field(_("Первый день"), zone)
        self.fields["closes"] = day_field(_("Последний день"), zone)
        self.order_fields(self.field_order)
        self.initial.setdefault("period", str(current_period(programme.period)))
        self.initial.setdefault("opens", timezone.now().astimezone(zone).date())

    def clean(self) -> dict[str, Any]:
        told = super().clean() or {}
        if told.get("opens") and told.get("closes") and told["closes"] < told["opens"]:
            self.add_error("closes", _("Последний день раньше первого."))
        return told

    @property
    def opens_at(self) -> datetime:
        return datetime.combine(self.cleaned_data["opens"], time(), self._zone)

    @property
    def closes_at(self) -> datetime:
        return end_of_day(self.cleaned_data["closes"], self._zone)


class ReasonForm(forms.Form):
    reason = forms.CharField(label=_("Причина"), max_length=_LONGEST_REASON)


class DeadlineForm(ReasonForm):
    """A last day, and why it is another."""

    field_order = ("organisation", "closes", "reason")

    def __init__(self, *args: Any, zone: ZoneInfo, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self._zone = zone
        self.fields["closes"] = day_field(_("Последний день"), zone)
        self.order_fields(self.field_order)

    @property
    def closes_at(self) -> datetime:
        return end_of_day(self.cleaned_data["closes"], self._zone)


class ExceptionForm(DeadlineForm):
    organisation = forms.ModelChoiceField(Organisation.objects.none(), label=_("Организация"))

    def __init__(self, *args: Any, asked: QuerySet[Organisation], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["organisation"].queryset = asked  # type: ignore[attr-defined]
