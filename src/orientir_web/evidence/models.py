"""Rows about kept files. The bytes lie in the data folder (storage.py)."""

from __future__ import annotations

from typing import ClassVar

from django.db import models
from django.utils.translation import gettext_lazy as _

from orientir_web.people.models import Organisation, Person


class EvidenceFile(models.Model):
    """A file of an organisation; `stored` is its name in the data folder, `name` what its sender called it."""

    ORGANISATION_PATH = "organisation__path"

    organisation = models.ForeignKey(Organisation, models.PROTECT, related_name="+")
    name = models.CharField(_("файл"), max_length=200)
    media_type = models.CharField(max_length=100)
    size = models.PositiveIntegerField(_("размер"))
    sha256 = models.CharField(max_length=64)
    stored = models.CharField(max_length=64)
    by = models.ForeignKey(Person, models.PROTECT, related_name="+")
    at = models.DateTimeField(_("приложен"))

    class Meta:
        ordering: ClassVar[list[str]] = ["pk"]

    def __str__(self) -> str:
        return self.name
