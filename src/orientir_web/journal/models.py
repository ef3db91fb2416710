"""The rows of the journal. They are written by services.py and by nothing else; the database refuses to change them."""

from __future__ import annotations

from typing import ClassVar

from django.db import models
from django.utils.translation import gettext_lazy as _

from orientir_web.journal.events import event_choices


class Entry(models.Model):
    """One thing that was done. `hash` covers the row and the hash before it: a changed row breaks the chain.

    People and organisations are named by their keys and by what they were called then, so that the row stays readable
    and refers to nothing that could be changed under it.
    """

    ORGANISATION_PATH = "organisation_path"

    number = models.BigIntegerField(primary_key=True)
    at = models.DateTimeField(_("когда"))
    event = models.CharField(_("событие"), max_length=40, choices=event_choices)
    person = models.BigIntegerField(null=True)
    person_name = models.CharField(_("кто"), max_length=200, blank=True)
    organisation_path = models.CharField(max_length=200, db_index=True)
    organisation_title = models.CharField(_("организация"), max_length=300, blank=True)
    subject = models.CharField(_("предмет"), max_length=100)
    details = models.TextField(_("подробности"), blank=True)  # JSON as it was hashed
    previous = models.CharField(max_length=64)
    hash = models.CharField(max_length=64)

    class Meta:
        ordering: ClassVar[list[str]] = ["-number"]

    def __str__(self) -> str:
        return f"{self.number}. {self.get_event_display()}"
