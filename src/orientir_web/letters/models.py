"""A letter: to whom, about what, and what became of it. Its text is made when it is sent and is not kept."""

from __future__ import annotations

from typing import Any, ClassVar

from django.db import models
from django.db.models import Q
from django.utils import timezone
from django.utils.translation import gettext as _t
from django.utils.translation import gettext_lazy as _

from orientir_web.campaigns.models import Campaign
from orientir_web.people.models import Invitation, Person


class Subject(models.TextChoices):
    """What a letter is about."""

    REMINDER = "reminder", _("напоминание")
    PASSWORD = "password", _("новый пароль")
    INVITATION = "invitation", _("приглашение")
    SECOND_FACTOR = "second_factor", _("второй фактор снят")


class Fate(models.TextChoices):
    """A letter whose sender died on the way is sent again: it may come twice, it is not lost (sending.py)."""

    WAITING = "waiting", _("ждёт отправки")
    SENDING = "sending", _("отправляется")
    SENT = "sent", _("отправлено")
    FAILED = "failed", _("не отправлено")
    NEEDLESS = "needless", _("уже не нужно")


NOT_TAKEN = "address"  # a fault of the address itself; other faults are named by the class of their error
INTERRUPTED = "interrupted"


class Letter(models.Model):
    """`occasion` says what it is written for; the database takes each once, so nobody is written twice for it.

    It goes to a person, or to whom an invitation names: they are nobody here yet. `moved_at` is when its fate changed.
    """

    ORGANISATION_PATH = "campaign__district__path"

    person = models.ForeignKey(Person, models.PROTECT, null=True, related_name="letters")
    invitation = models.ForeignKey(Invitation, models.PROTECT, null=True, related_name="letters")
    campaign = models.ForeignKey(Campaign, models.PROTECT, null=True, related_name="letters")
    subject = models.CharField(_("о чём"), max_length=20, choices=Subject.choices)
    occasion = models.CharField(max_length=200, unique=True)
    asked_by = models.ForeignKey(Person, models.PROTECT, null=True, related_name="+")
    asked_at = models.DateTimeField(_("когда"), auto_now_add=True)
    fate = models.CharField(_("что с ним"), max_length=10, choices=Fate.choices, default=Fate.WAITING)
    moved_at = models.DateTimeField(default=timezone.now)
    tried = models.PositiveSmallIntegerField(default=0)
    sent_at = models.DateTimeField(_("отправлено"), null=True)
    fault = models.CharField(_("почему не отправлено"), max_length=300, blank=True)

    class Meta:
        ordering: ClassVar[list[str]] = ["-asked_at", "-pk"]
        constraints: ClassVar[list[Any]] = [
            models.CheckConstraint(
                condition=Q(person__isnull=False) ^ Q(invitation__isnull=False), name="letter_to_one_of_two"
            )
        ]

    def __str__(self) -> str:
        return f"{self.get_subject_display()}: {self.person or self.invitation}"

    @property
    def email(self) -> str:
        to = self.person or self.invitation
        assert to is not None
        return to.email

    @property
    def fault_words(self) -> str:
        """Why it was not sent, for whoever asked for it."""
        if self.fault == NOT_TAKEN:
            return _t("Сервер не принял адрес: проверьте, нет ли в нём ошибки.")
        if self.fault == INTERRUPTED:
            return _t("Отправка прервалась несколько раз. Письмо могло дойти: спросите адресата.")
        return _t("Почтовый сервер не ответил или отказал (%(fault)s).") % {"fault": self.fault} if self.fault else ""
