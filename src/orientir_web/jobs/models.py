"""Documents asked for: what, of which data, how far it is, and the file in the end."""

from __future__ import annotations

from typing import ClassVar

from django.db import models
from django.utils.translation import gettext_lazy as _

from orientir_web.campaigns.models import Campaign
from orientir_web.cycles.models import Computation, Progress
from orientir_web.people.models import Person


class Kind(models.TextChoices):
    REPORT = "report", _("Отчёт")
    PASSPORTS = "passports", _("Паспорта организаций")
    PAPERS = "papers", _("Приказы, письмо, справка, слайды")
    SITE = "site", _("Открытый сайт из девяти страниц")
    RELEASE = "release", _("Выпуск для публикации")


class Job(models.Model):
    """`options` are the formats, and whether small numbers are hidden. The file is there when the state is «ready»."""

    ORGANISATION_PATH = "campaign__district__path"

    campaign = models.ForeignKey(Campaign, models.PROTECT, related_name="jobs")
    computation = models.ForeignKey(Computation, models.PROTECT, related_name="jobs")
    kind = models.CharField(_("документ"), max_length=10, choices=Kind.choices)
    options = models.JSONField(default=dict)
    state = models.CharField(_("состояние"), max_length=10, choices=Progress.choices, default=Progress.WAITING)
    step = models.CharField(max_length=300, blank=True)
    done = models.PositiveIntegerField(default=0)
    total = models.PositiveIntegerField(default=0)
    message = models.TextField(blank=True)
    asked_by = models.ForeignKey(Person, models.PROTECT, related_name="+")
    asked_at = models.DateTimeField(_("запрошен"), auto_now_add=True)
    finished_at = models.DateTimeField(_("готов"), null=True)
    sha256 = models.CharField(max_length=64, blank=True)
    size = models.PositiveBigIntegerField(_("размер"), default=0)

    class Meta:
        ordering: ClassVar[list[str]] = ["-pk"]

    def __str__(self) -> str:
        return f"{self.get_kind_display()}, {self.campaign}"

    @property
    def is_public(self) -> bool:
        return bool(self.options.get("public"))
