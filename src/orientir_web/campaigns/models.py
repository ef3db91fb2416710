"""A campaign: which programme and year, by when, and for whom the time is longer."""

from __future__ import annotations

from typing import ClassVar
from zoneinfo import ZoneInfo

from django.db import models
from django.utils.translation import gettext_lazy as _

from orientir_web.people.models import Organisation, Person


class ProgrammeSnapshot(models.Model):
    """The files of a programme as they were when a campaign was opened: what is edited later does not touch it."""

    sha256 = models.CharField(max_length=64, primary_key=True)
    programme = models.CharField(_("программа"), max_length=100)
    version = models.CharField(_("версия"), max_length=50)
    files = models.JSONField()

    def __str__(self) -> str:
        return f"{self.programme}, {self.version}"


class Campaign(models.Model):
    """A district collects the forms of a programme for one period. Who is asked, its submissions say."""

    ORGANISATION_PATH = "district__path"

    title = models.CharField(_("название"), max_length=300)
    district = models.ForeignKey(Organisation, models.PROTECT, related_name="campaigns")
    snapshot = models.ForeignKey(ProgrammeSnapshot, models.PROTECT, related_name="+")
    period = models.CharField(_("период"), max_length=10)
    opens_at = models.DateTimeField(_("начало"))
    closes_at = models.DateTimeField(_("срок"))
    time_zone = models.CharField(_("часовой пояс"), max_length=50)
    is_locked = models.BooleanField(_("закрыт"), default=False)
    lock_reason = models.CharField(_("почему закрыт"), max_length=500, blank=True)
    created_by = models.ForeignKey(Person, models.PROTECT, null=True, related_name="+")

    class Meta:
        ordering: ClassVar[list[str]] = ["-closes_at", "pk"]

    def __str__(self) -> str:
        return self.title

    @property
    def zone(self) -> ZoneInfo:
        return ZoneInfo(self.time_zone)


class DeadlineException(models.Model):
    """One organisation has another deadline, and why."""

    ORGANISATION_PATH = "organisation__path"

    campaign = models.ForeignKey(Campaign, models.CASCADE, related_name="exceptions")
    organisation = models.ForeignKey(Organisation, models.PROTECT, related_name="+")
    closes_at = models.DateTimeField(_("срок"))
    reason = models.CharField(_("причина"), max_length=500)
    granted_by = models.ForeignKey(Person, models.PROTECT, related_name="+")

    class Meta:
        constraints: ClassVar[list[models.BaseConstraint]] = [
            models.UniqueConstraint(fields=["campaign", "organisation"], name="one_exception_for_organisation")
        ]

    def __str__(self) -> str:
        return f"{self.organisation}: {self.closes_at}"
