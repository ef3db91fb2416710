"""Computations of campaigns: asked, run by the worker, ready or failed. Pages read the last one that is ready."""

from __future__ import annotations

from typing import ClassVar

from django.db import models
from django.db.models import Q
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from orientir_web.campaigns.models import Campaign
from orientir_web.people.models import Organisation, Person


class Progress(models.TextChoices):
    WAITING = "waiting", _("В очереди")
    RUNNING = "running", _("Выполняется")
    READY = "ready", _("Готово")
    FAILED = "failed", _("Не удалось")


class Computation(models.Model):
    """One run of the cycle. `data` tells which forms and corrections it was made of, `checksum` names its package.

    A ready one never changes: its package, its numbers and their ids are found under it for good.
    """

    ORGANISATION_PATH = "campaign__district__path"

    campaign = models.ForeignKey(Campaign, models.PROTECT, related_name="computations")
    state = models.CharField(_("состояние"), max_length=10, choices=Progress.choices, default=Progress.WAITING)
    data = models.CharField(max_length=64, blank=True)
    checksum = models.CharField(_("контрольная сумма"), max_length=80, blank=True)
    as_of = models.DateField(_("на дату"), null=True)
    asked_at = models.DateTimeField(default=timezone.now)
    finished_at = models.DateTimeField(_("посчитано"), null=True)
    message = models.TextField(blank=True)

    class Meta:
        ordering: ClassVar[list[str]] = ["-pk"]
        constraints: ClassVar[list[models.BaseConstraint]] = [
            models.UniqueConstraint(fields=["campaign"], condition=Q(state="waiting"), name="one_waiting_computation")
        ]

    def __str__(self) -> str:
        return f"{self.campaign}, {self.get_state_display()}"

    @property
    def short_checksum(self) -> str:
        """Enough of it to tell two states of the data apart."""
        return self.checksum.rpartition(":")[2][:12]


class DistrictPackage(models.Model):
    """The data package that a district brought along: earlier years, registers, figures of other sources."""

    ORGANISATION_PATH = "district__path"

    district = models.OneToOneField(Organisation, models.PROTECT, related_name="package")
    title = models.CharField(_("название"), max_length=300)
    checksum = models.CharField(_("контрольная сумма"), max_length=80)
    by = models.ForeignKey(Person, models.PROTECT, null=True, related_name="+")
    at = models.DateTimeField(auto_now=True)

    def __str__(self) -> str:
        return self.title


class PackageDraft(models.Model):
    """A package as it was sent and read, before it is kept. `content` is what its page shows; its files lie under
    `checksum`, as those of kept ones. It was read for `campaign`.
    """

    ORGANISATION_PATH = "district__path"

    district = models.ForeignKey(Organisation, models.PROTECT, related_name="+")
    campaign = models.ForeignKey(Campaign, models.PROTECT, related_name="+")
    name = models.CharField(max_length=200)
    title = models.CharField(max_length=300)
    checksum = models.CharField(max_length=80)
    content = models.JSONField()
    by = models.ForeignKey(Person, models.PROTECT, related_name="+")
    at = models.DateTimeField()
    closed_at = models.DateTimeField(null=True)

    class Meta:
        ordering: ClassVar[list[str]] = ["-pk"]

    def __str__(self) -> str:
        return self.name
