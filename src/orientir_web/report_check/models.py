"""A report that somebody has checked. Its files lie in the data folder (files.py)."""

from __future__ import annotations

from typing import ClassVar

from django.db import models
from django.utils.translation import gettext_lazy as _

from orientir_web.people.models import Organisation, Person


class CheckState(models.TextChoices):
    WAITING = "waiting", _("Ждёт очереди")
    RUNNING = "running", _("Проверяется")
    DONE = "done", _("Проверен")
    REFUSED = "refused", _("Не прочитан")


class ReportCheck(models.Model):
    """One upload. It belongs to the organisation it was uploaded for, and is seen by nobody above or below it."""

    ORGANISATION_PATH = "organisation__path"

    organisation = models.ForeignKey(Organisation, models.PROTECT, related_name="+")
    name = models.CharField(_("отчёт"), max_length=200)
    size = models.PositiveIntegerField(_("размер"))
    sha256 = models.CharField(max_length=64)
    stored = models.CharField(max_length=64, unique=True)
    state = models.CharField(_("состояние"), max_length=10, choices=CheckState.choices, default=CheckState.WAITING)
    refusal = models.TextField(blank=True)
    format = models.CharField(max_length=10, blank=True)
    errors = models.PositiveIntegerField(_("ошибок"), default=0)
    warnings = models.PositiveIntegerField(_("противоречий и пробелов"), default=0)
    notes = models.PositiveIntegerField(_("на заметку"), default=0)
    by = models.ForeignKey(Person, models.PROTECT, related_name="+")
    at = models.DateTimeField(_("загружен"))
    started_at = models.DateTimeField(null=True)
    finished_at = models.DateTimeField(null=True)
    kept_until = models.DateField(_("хранится до"))

    class Meta:
        ordering: ClassVar[list[str]] = ["-pk"]

    def __str__(self) -> str:
        return self.name
