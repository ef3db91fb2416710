"""A letter: to whom, about what, and what became of it. Its text is made when it is sent and is not kept."""

from __future__ import annotations

from typing import ClassVar

from django.db import models
from django.utils.translation import gettext as _t
from django.utils.translation import gettext_lazy as _

from orientir_web.campaigns.models import Campaign
from orientir_web.people.models import Person


class Subject(models.TextChoices):
    """What a letter is about."""

    REMINDER = "reminder", _("напоминание")
    PASSWORD = "password", _("новый пароль")


class Fate(models.TextChoices):
    """A letter that is being sent when the machine stops stays so: it is not sent twice."""

    WAITING = "waiting", _("ждёт отправки")
    SENDING = "sending", _("отправляется")
    SENT = "sent", _("отправлено")
    FAILED = "failed", _("не отправлено")
    NEEDLESS = "needless", _("уже не нужно")


NOT_TAKEN = "address"  # a fault of the address itself; other faults are named by the class of their error


class Letter(models.Model):
    """`occasion` says what it is written for; the database takes each once, so nobody is written twice for it."""

    ORGANISATION_PATH = "campaign__district__path"

    person = models.ForeignKey(Person, models.PROTECT, related_name="letters")
    campaign = models.ForeignKey(Campaign, models.PROTECT, null=True, related_name="letters")
    subject = models.CharField(_("о чём"), max_length=10, choices=Subject.choices)
    occasion = models.CharField(max_length=200, unique=True)
    asked_by = models.ForeignKey(Person, models.PROTECT, null=True, related_name="+")
    asked_at = models.DateTimeField(_("когда"), auto_now_add=True)
    fate = models.CharField(_("что с ним"), max_length=10, choices=Fate.choices, default=Fate.WAITING)
    tried = models.PositiveSmallIntegerField(default=0)
    sent_at = models.DateTimeField(_("отправлено"), null=True)
    fault = models.CharField(_("почему не отправлено"), max_length=300, blank=True)

    class Meta:
        ordering: ClassVar[list[str]] = ["-asked_at", "-pk"]

    def __str__(self) -> str:
        return f"{self.get_subject_display()}: {self.person}"

    @property
    def fault_words(self) -> str:
        """Why it was not sent, for whoever asked for it."""
        if self.fault == NOT_TAKEN:
            return _t("Сервер не принял адрес: проверьте, нет ли в нём ошибки.")
        return _t("Почтовый сервер не ответил или отказал (%(fault)s).") % {"fault": self.fault} if self.fault else ""
