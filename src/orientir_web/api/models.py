"""Keys of programs: whose, for which organisation, for what, until when. Only the hash of a key is kept."""

from __future__ import annotations

from typing import ClassVar

from django.db import models
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from orientir_web.people.models import Organisation, Person
from orientir_web.people.roles import Action


class Token(models.Model):
    """A key acts as its person, never beyond its organisation and its rights, and only while the person has them."""

    ORGANISATION_PATH = "organisation__path"

    token_hash = models.CharField(max_length=64, unique=True)
    title = models.CharField(_("для чего"), max_length=100)
    person = models.ForeignKey(Person, models.PROTECT, related_name="tokens")
    organisation = models.ForeignKey(Organisation, models.PROTECT, related_name="+")
    rights = models.JSONField(_("права"))
    created_at = models.DateTimeField(auto_now_add=True)
    expires_at = models.DateTimeField()
    revoked_at = models.DateTimeField(null=True)
    used_at = models.DateTimeField(null=True)

    class Meta:
        ordering: ClassVar[list[str]] = ["-created_at", "-pk"]

    def __str__(self) -> str:
        return self.title

    @property
    def is_valid(self) -> bool:
        return self.revoked_at is None and timezone.now() < self.expires_at

    @property
    def rights_told(self) -> str:
        return ", ".join(str(Action(right).label) for right in self.rights)


class Asked(models.Model):
    """How much of its rate a key has taken in a period (rate.py); one row for each key, written over and over."""

    token = models.OneToOneField(Token, models.CASCADE, primary_key=True, related_name="+")
    period = models.BigIntegerField()
    count = models.BigIntegerField()

    def __str__(self) -> str:
        return f"{self.token_id}: {self.count}"
