"""Rows of registers and files that are about to be imported. A row keeps what was written and what the core read."""

from __future__ import annotations

from typing import ClassVar

from django.db import models
from django.utils.translation import gettext_lazy as _

from orientir_web.evidence.models import EvidenceFile
from orientir_web.people.models import Organisation, Person


class RegisterRow(models.Model):
    """One row. `typed` is what was written, by column of the register; `cells` is the row of the package's table.

    `day`, `title` and `search` are taken from these, to sort and to find by.
    """

    ORGANISATION_PATH = "organisation__path"

    organisation = models.ForeignKey(Organisation, models.PROTECT, related_name="register_rows")
    register = models.CharField(_("реестр"), max_length=30)
    period = models.CharField(_("период"), max_length=10)
    typed = models.JSONField()
    cells = models.JSONField()
    day = models.DateField(_("дата"), null=True)
    title = models.CharField(_("запись"), max_length=500)
    search = models.TextField()
    origin = models.CharField(_("откуда"), max_length=500, blank=True)
    version = models.PositiveIntegerField(default=1)
    changed_by = models.ForeignKey(Person, models.PROTECT, related_name="+")
    changed_at = models.DateTimeField(_("изменена"))
    removed_at = models.DateTimeField(null=True)
    files = models.ManyToManyField(EvidenceFile, related_name="+")

    class Meta:
        ordering: ClassVar[list[str]] = ["pk"]
        indexes: ClassVar[list[models.Index]] = [models.Index(fields=["register", "period"])]

    def __str__(self) -> str:
        return self.title


class ImportDraft(models.Model):
    """A file as it was read, before its rows are taken. The file itself is not kept: it may name people."""

    ORGANISATION_PATH = "organisation__path"

    organisation = models.ForeignKey(Organisation, models.PROTECT, related_name="+")
    register = models.CharField(max_length=30)
    period = models.CharField(max_length=10)
    name = models.CharField(max_length=200)
    sha256 = models.CharField(max_length=64)
    content = models.JSONField()
    by = models.ForeignKey(Person, models.PROTECT, related_name="+")
    at = models.DateTimeField()
    closed_at = models.DateTimeField(null=True)

    class Meta:
        ordering: ClassVar[list[str]] = ["-pk"]

    def __str__(self) -> str:
        return self.name


class ColumnMapping(models.Model):
    """Which column of files with such a header serves as what: told once by a person, used for the next file."""

    ORGANISATION_PATH = "organisation__path"

    organisation = models.ForeignKey(Organisation, models.CASCADE, related_name="+")
    register = models.CharField(max_length=30)
    header = models.JSONField()
    columns = models.JSONField()

    def __str__(self) -> str:
        return f"{self.register}: {self.header}"
