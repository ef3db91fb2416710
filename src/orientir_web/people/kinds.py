"""Kinds of organisations, as forms and data packages name them. A package may bring one that is not listed here."""

from __future__ import annotations

from collections.abc import Iterable

from django.db.models import TextChoices
from django.utils.translation import gettext_lazy as _

from orientir_web.people.models import Organisation


class Kind(TextChoices):
    REGION = "region", _("регион")
    DISTRICT = "district", _("муниципальный округ")
    SCHOOL = "school", _("общеобразовательная организация")
    SUPPLEMENTARY = "supplementary", _("организация дополнительного образования")
    COLLEGE = "college", _("колледж, техникум")
    UNIVERSITY = "university", _("вуз")
    KINDERGARTEN = "kindergarten", _("детский сад")
    AUTHORITY = "authority", _("орган управления")
    ADVANCED_TRAINING_CENTRE = "advanced_training_centre", _("центр опережающей подготовки")
    EMPLOYMENT_CENTRE = "employment_centre", _("центр занятости")
    ENTERPRISE = "enterprise", _("предприятие")
    NGO = "ngo", _("общественная организация")


def choices(known: Iterable[str] = ()) -> list[tuple[str, str]]:
    """With those that organisations have already."""
    listed = [(kind.value, str(kind.label)) for kind in Kind]
    return listed + [(one, one) for one in sorted(set(known) - set(Kind.values))]


def label_of(organisation: Organisation) -> str:
    return str(Kind(organisation.kind).label) if organisation.kind in Kind.values else organisation.kind
