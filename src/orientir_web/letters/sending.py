"""A letter on its way: written down in the transaction that asks for it, sent by a background job.

A server that was told the whole letter and a process that dies before it writes this down leave nobody who knows
whether it went. Such a letter is sent again: two letters that say the same are better than an invitation that never
comes. Of links the newer one holds.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from datetime import timedelta
from smtplib import SMTPException, SMTPRecipientsRefused

from django.conf import settings
from django.core.mail import EmailMessage
from django.db import transaction
from django.db.models import F, Q
from django.urls import reverse
from django.utils import timezone
from django_tasks import task

from orientir_web.campaigns.models import Campaign
from orientir_web.letters.models import INTERRUPTED, NOT_TAKEN, Fate, Letter, Subject
from orientir_web.letters.texts import Text, invitation_text, password_text, reminder_text, second_factor_text
from orientir_web.people import invitations, passwords
from orientir_web.people.models import Invitation, Person
from orientir_web.submissions.waiting import waited_for

MOST_TRIES = 3
# Longer than a slow server may take for one letter; what has not moved since then has lost its process or its job.
PATIENCE = timedelta(minutes=10)


def is_configured() -> bool:
    return bool(settings.EMAIL_HOST)


def post(
    to: Person | Invitation, subject: Subject, occasion: str, campaign: Campaign | None = None, by: Person | None = None
) -> Letter | None:
    """The letter, queued; None where it was written for this occasion before. Part of the caller's transaction."""
    addressee = "invitation" if isinstance(to, Invitation) else "person"
    told = {"subject": subject, "campaign": campaign, "asked_by": by, addressee: to}
    with transaction.atomic():
        letter, is_new = Letter.objects.get_or_create(occasion=occasion, defaults=told)
        if is_new:
            send_letter.enqueue(letter.pk)
    return letter if is_new else None


def post_again() -> int:
    """Those that no server took and those that were left on their way are queued again, not for ever; how many."""
    _give_up()
    left = Q(fate__in=(Fate.WAITING, Fate.SENDING), moved_at__lt=timezone.now() - PATIENCE)
    rows = Letter.objects.filter(Q(fate=Fate.FAILED) | left, tried__lt=MOST_TRIES)
    return sum(map(_queue_again, rows))


def _queue_again(letter: Letter) -> int:
    """1, or 0 where it has moved meanwhile."""
    as_seen = Letter.objects.filter(pk=letter.pk, fate=letter.fate, moved_at=letter.moved_at)
    with transaction.atomic():
        changed = as_seen.update(fate=Fate.WAITING, moved_at=timezone.now())
        if changed:
            send_letter.enqueue(letter.pk)
    return changed


def _give_up() -> None:
    """What has taken its process along each time is told to have failed."""
    late = Letter.objects.filter(fate=Fate.SENDING, moved_at__lt=timezone.now() - PATIENCE, tried__gte=MOST_TRIES)
    late.update(fate=Fate.FAILED, fault=INTERRUPTED, moved_at=timezone.now())


@task()
def send_letter(key: int) -> str:
    """What became of it. Taken first, sent afterwards: whoever comes second finds it taken."""
    waiting = Letter.objects.filter(pk=key, fate=Fate.WAITING)
    if not waiting.update(fate=Fate.SENDING, moved_at=timezone.now(), tried=F("tried") + 1):
        return ""
    letter = Letter.objects.select_related("person", "invitation__invited_by", "campaign__district").get(pk=key)
    text = _TEXTS[Subject(letter.subject)](letter)
    letter.fate, letter.fault = _sent(letter, text) if text else (Fate.NEEDLESS, "")
    letter.moved_at = timezone.now()
    letter.sent_at = letter.moved_at if letter.fate == Fate.SENT else None
    letter.save(update_fields=["fate", "fault", "moved_at", "sent_at", "tried"])
    return letter.fate


# ---- what it says; None where there is nothing to say any more


def _reminder(letter: Letter) -> Text | None:
    """Nothing where the forms were submitted meanwhile."""
    assert letter.campaign is not None and letter.person is not None
    own = waited_for(letter.campaign).get(letter.person, [])
    return reminder_text(letter.person, letter.campaign, own, address_of("home")) if own else None


def _password(letter: Letter) -> Text:
    assert letter.person is not None
    token = passwords.make_link(letter.person, None)
    return password_text(letter.person, address_of("new_password", token), passwords.HOURS)


def _invitation(letter: Letter) -> Text | None:
    """The link is made now: nobody but the addressee has seen it."""
    assert letter.invitation is not None
    token = invitations.renew(letter.invitation)
    if not token:
        return None
    return invitation_text(letter.invitation, address_of("accept_invitation", token), invitations.DAYS)


def _second_factor(letter: Letter) -> Text:
    assert letter.person is not None
    return second_factor_text(letter.person, address_of("account_login"))


_TEXTS: Mapping[Subject, Callable[[Letter], Text | None]] = {
    Subject.REMINDER: _reminder,
    Subject.PASSWORD: _password,
    Subject.INVITATION: _invitation,
    Subject.SECOND_FACTOR: _second_factor,
}


def address_of(name: str, *arguments: str) -> str:
    """A page as the world sees it: a job has no request to take the host from."""
    return settings.PUBLIC_URL + reverse(name, args=arguments)


def _sent(letter: Letter, text: Text) -> tuple[Fate, str]:
    heads = {"Auto-Submitted": "auto-generated"}
    message = EmailMessage(text.subject, text.body, to=[letter.email], headers=heads)
    try:
        message.send()
    except SMTPRecipientsRefused:
        letter.tried = MOST_TRIES  # the same address is not taken tomorrow either
        return Fate.FAILED, NOT_TAKEN
    except (SMTPException, OSError) as error:
        return Fate.FAILED, type(error).__name__  # the class alone: what servers say repeats addresses
    return Fate.SENT, ""
