"""Organisations, people, and which person is what in which organisation, from when to when."""

from __future__ import annotations

from datetime import date
from typing import Any, ClassVar

from django.contrib.auth.base_user import AbstractBaseUser, BaseUserManager
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from orientir_web.people.roles import Role


class Organisation(models.Model):
    """A place in the tree of region, district and organisations of every kind.

    `code` is the id that data packages use, unique under one parent. `path` («/000001/000005/») holds the keys of all
    above and its own: everything under a place begins with its path. Digits only, because SQLite compares prefixes
    without regard to case; of one width, so that texts sort as places were added. `time_zone` is told at a district or
    a region and holds for all under it.
    """

    ORGANISATION_PATH = "path"

    code = models.CharField(_("код"), max_length=100)
    title = models.CharField(_("название"), max_length=300)
    kind = models.CharField(_("вид"), max_length=50)
    parent = models.ForeignKey("self", models.PROTECT, null=True, blank=True, related_name="children")
    path = models.CharField(max_length=200, unique=True, editable=False)
    time_zone = models.CharField(_("часовой пояс"), max_length=50, blank=True)
    valid_from = models.DateField(_("действует с"), null=True, blank=True)
    valid_to = models.DateField(_("действует по"), null=True, blank=True)
    synthetic = models.BooleanField(_("вымышленная"), default=False)

    class Meta:
        ordering: ClassVar[list[str]] = ["path"]
        constraints: ClassVar[list[Any]] = [
            models.UniqueConstraint(fields=["parent", "code"], name="organisation_code_under_parent")
        ]

    def __str__(self) -> str:
        return self.title

    @property
    def above(self) -> list[int]:
        """Keys of the places above, the highest first, and its own."""
        return [int(part) for part in self.path.split("/") if part]

    def holds(self, other: Organisation) -> bool:
        """Whether the other is this one or stands under it."""
        return other.path.startswith(self.path)


class PersonManager(BaseUserManager["Person"]):
    def create_user(self, email: str, password: str | None = None, **fields: Any) -> Person:
        """A person without a password cannot log in until an invitation is accepted."""
        person = self.model(email=self.normalise(email), **fields)
        person.set_password(password)
        person.save(using=self._db)
        return person

    @staticmethod
    def normalise(email: str) -> str:
        return email.strip().lower()


class Person(AbstractBaseUser):
    """An employee who works with the system. Children are never people here."""

    email = models.EmailField(_("электронная почта"), unique=True)
    full_name = models.CharField(_("фамилия, имя, отчество"), max_length=200)
    language = models.CharField(_("язык"), max_length=2, choices=[("ru", "Русский"), ("en", "English")], default="ru")
    is_active = models.BooleanField(_("может входить"), default=True)
    is_demo = models.BooleanField(_("из примера"), default=False)

    USERNAME_FIELD = "email"
    REQUIRED_FIELDS: ClassVar[list[str]] = ["full_name"]
    objects = PersonManager()

    class Meta:
        ordering: ClassVar[list[str]] = ["full_name"]

    def __str__(self) -> str:
        return self.full_name or self.email


class MembershipQuerySet(models.QuerySet["Membership"]):
    def valid(self, on: date) -> MembershipQuerySet:
        """Those that hold on this day; the last day counts."""
        return self.filter(
            Q(valid_from__isnull=True) | Q(valid_from__lte=on), Q(valid_to__isnull=True) | Q(valid_to__gte=on)
        )


class Membership(models.Model):
    """A person has a role in an organisation. `substitutes` is the membership in whose place this one holds."""

    ORGANISATION_PATH = "organisation__path"

    person = models.ForeignKey(Person, models.PROTECT, related_name="memberships")
    organisation = models.ForeignKey(Organisation, models.PROTECT, related_name="memberships")
    role = models.CharField(_("роль"), max_length=20, choices=Role.choices)
    valid_from = models.DateField(_("с"), null=True, blank=True)
    valid_to = models.DateField(_("по"), null=True, blank=True)
    substitutes = models.ForeignKey("self", models.PROTECT, null=True, blank=True, related_name="substitutions")

    objects = MembershipQuerySet.as_manager()

    class Meta:
        ordering: ClassVar[list[str]] = ["organisation__path", "role", "person__full_name", "pk"]

    def __str__(self) -> str:
        return f"{self.person}, {self.get_role_display()}, {self.organisation}"


class Invitation(models.Model):
    """A link that lets one person in. Only the hash of its token is kept: who reads the database cannot use it."""

    ORGANISATION_PATH = "organisation__path"

    token_hash = models.CharField(max_length=64, unique=True)
    email = models.EmailField(_("электронная почта"))
    full_name = models.CharField(_("фамилия, имя, отчество"), max_length=200)
    organisation = models.ForeignKey(Organisation, models.PROTECT, related_name="invitations")
    role = models.CharField(_("роль"), max_length=20, choices=Role.choices)
    invited_by = models.ForeignKey(Person, models.PROTECT, null=True, related_name="+")
    created_at = models.DateTimeField(auto_now_add=True)
    expires_at = models.DateTimeField()
    accepted_at = models.DateTimeField(null=True)

    class Meta:
        ordering: ClassVar[list[str]] = ["-created_at"]

    def __str__(self) -> str:
        return f"{self.email}, {self.get_role_display()}, {self.organisation}"


class FormerName(models.Model):
    """What an organisation was called until this day."""

    ORGANISATION_PATH = "organisation__path"

    organisation = models.ForeignKey(Organisation, models.PROTECT, related_name="former_names")
    title = models.CharField(_("название"), max_length=300)
    until = models.DateField(_("до"))

    class Meta:
        ordering: ClassVar[list[str]] = ["-until", "-pk"]

    def __str__(self) -> str:
        return self.title


class PasswordLink(models.Model):
    """A link under which one person sets a new password once. Of its token only the hash is kept."""

    token_hash = models.CharField(max_length=64, unique=True)
    person = models.ForeignKey(Person, models.PROTECT, related_name="password_links")
    issued_by = models.ForeignKey(Person, models.PROTECT, null=True, related_name="+")
    expires_at = models.DateTimeField()
    used_at = models.DateTimeField(null=True)

    def __str__(self) -> str:
        return f"{self.person}, {self.expires_at}"
