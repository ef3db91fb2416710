"""Releases: rows that nobody can change, and the file that each names by its checksum."""

from __future__ import annotations

from typing import ClassVar

from django.db import models
from django.utils.translation import gettext_lazy as _

from orientir_web.campaigns.models import Campaign
from orientir_web.cycles.models import Computation
from orientir_web.people.models import Person


class Release(models.Model):
    """What was published: `sha256` of the archive, `data` of the package it was made of, `programme` of its programme.

    Append-only: a mistake is mended by another release, and both stay.
    """

    ORGANISATION_PATH = "campaign__district__path"

    campaign = models.ForeignKey(Campaign, models.PROTECT, related_name="releases")
    computation = models.ForeignKey(Computation, models.PROTECT, related_name="releases")
    number = models.PositiveIntegerField(_("номер"))
    sha256 = models.CharField(_("контрольная сумма"), max_length=64)
    size = models.PositiveBigIntegerField(_("размер"))
    data = models.CharField(_("данные"), max_length=80)
    programme = models.CharField(_("программа"), max_length=64)
    as_of = models.DateField(_("на дату"))
    by = models.ForeignKey(Person, models.PROTECT, related_name="+")
    at = models.DateTimeField(_("опубликован"))

    class Meta:
        ordering: ClassVar[list[str]] = ["-number"]
        constraints: ClassVar[list[models.BaseConstraint]] = [
            models.UniqueConstraint(fields=["campaign", "number"], name="release_number_once"),
            models.UniqueConstraint(fields=["campaign", "sha256"], name="release_once"),
        ]

    def __str__(self) -> str:
        return f"{self.campaign}, № {self.number}"
