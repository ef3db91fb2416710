"""Texts that people have edited, recommendations that were sent, and decisions. Numbers are the core's, never ours."""

from __future__ import annotations

from typing import ClassVar

from django.db import models
from django.utils.translation import gettext_lazy as _

from orientir_web.campaigns.models import Campaign
from orientir_web.evidence.models import EvidenceFile
from orientir_web.people.models import Organisation, Person


class TextEdit(models.Model):
    """How a paragraph reads from now on; append-only, the last one counts. An empty text takes the generated one back.

    In `text` stand tokens instead of numbers; `seen` is what they said when it was written, by reference.
    """

    ORGANISATION_PATH = "campaign__district__path"

    campaign = models.ForeignKey(Campaign, models.PROTECT, related_name="text_edits")
    key = models.CharField(max_length=300)
    text = models.TextField(blank=True)
    seen = models.JSONField()
    by = models.ForeignKey(Person, models.PROTECT, related_name="+")
    at = models.DateTimeField()

    class Meta:
        ordering: ClassVar[list[str]] = ["pk"]

    def __str__(self) -> str:
        return self.key


class Advice(models.Model):
    """A recommendation as it was sent: the wording and numbers of that day, with the core's owner and due date."""

    ORGANISATION_PATH = "campaign__district__path"

    campaign = models.ForeignKey(Campaign, models.PROTECT, related_name="advice")
    key = models.CharField(max_length=300)
    audience = models.CharField(max_length=100)
    text = models.TextField(_("рекомендация"))
    owner = models.CharField(_("ответственный"), max_length=100)
    due = models.DateField(_("срок"))
    by = models.ForeignKey(Person, models.PROTECT, related_name="+")
    at = models.DateTimeField()

    class Meta:
        ordering: ClassVar[list[str]] = ["pk"]
        constraints: ClassVar[list[models.BaseConstraint]] = [
            models.UniqueConstraint(fields=["campaign", "key"], name="advice_sent_once")
        ]

    def __str__(self) -> str:
        return self.text


class Addressee(models.Model):
    """An organisation that a recommendation was sent to, and who has acknowledged it there."""

    ORGANISATION_PATH = "organisation__path"

    advice = models.ForeignKey(Advice, models.CASCADE, related_name="addressees")
    organisation = models.ForeignKey(Organisation, models.PROTECT, related_name="+")
    acknowledged_by = models.ForeignKey(Person, models.PROTECT, null=True, related_name="+")
    acknowledged_at = models.DateTimeField(null=True)
    answer = models.CharField(_("что будет сделано"), max_length=1000, blank=True)

    class Meta:
        ordering: ClassVar[list[str]] = ["organisation__path"]
        constraints: ClassVar[list[models.BaseConstraint]] = [
            models.UniqueConstraint(fields=["advice", "organisation"], name="addressed_once")
        ]

    def __str__(self) -> str:
        return f"{self.organisation}: {self.advice}"


class Decision(models.Model):
    """A management decision or a measure: the core's action (`orientir.model.package.Action`), kept by people."""

    ORGANISATION_PATH = "district__path"

    district = models.ForeignKey(Organisation, models.PROTECT, related_name="decisions")
    kind = models.CharField(_("вид"), max_length=10)
    form = models.CharField(_("форма"), max_length=30, blank=True)
    title = models.CharField(_("содержание"), max_length=500)
    act = models.CharField(_("документ"), max_length=200, blank=True)
    number = models.CharField(_("номер"), max_length=50, blank=True)
    decided_on = models.DateField(_("дата решения"))
    owner = models.CharField(_("ответственный"), max_length=100)
    due = models.DateField(_("срок"))
    indicators = models.JSONField(_("показатели"))
    organisations = models.ManyToManyField(Organisation, related_name="+", blank=True)
    finding = models.TextField(_("основание"), blank=True)
    status = models.CharField(_("состояние"), max_length=15)
    evidence = models.CharField(_("чем подтверждается"), max_length=500, blank=True)
    note = models.CharField(_("примечание"), max_length=500, blank=True)
    files = models.ManyToManyField(EvidenceFile, related_name="+")
    version = models.PositiveIntegerField(default=1)
    changed_by = models.ForeignKey(Person, models.PROTECT, related_name="+")
    changed_at = models.DateTimeField()

    class Meta:
        ordering: ClassVar[list[str]] = ["-decided_on", "-pk"]

    def __str__(self) -> str:
        return self.title


class Assignment(models.Model):
    """What one organisation is to do of a decision whose owner works there, and what it says of it.

    What was said before stands in the journal; how the decision as a whole stands its district says.
    """

    ORGANISATION_PATH = "organisation__path"

    decision = models.ForeignKey(Decision, models.CASCADE, related_name="assignments")
    organisation = models.ForeignKey(Organisation, models.PROTECT, related_name="+")
    status = models.CharField(_("состояние"), max_length=15, default="planned")
    told = models.CharField(_("что сделано"), max_length=1000, blank=True)
    files = models.ManyToManyField(EvidenceFile, related_name="+")
    version = models.PositiveIntegerField(default=1)
    by = models.ForeignKey(Person, models.PROTECT, null=True, related_name="+")
    at = models.DateTimeField(null=True)

    class Meta:
        ordering: ClassVar[list[str]] = ["organisation__path"]
        constraints: ClassVar[list[models.BaseConstraint]] = [
            models.UniqueConstraint(fields=["decision", "organisation"], name="assigned_once")
        ]

    def __str__(self) -> str:
        return f"{self.organisation}: {self.decision}"
