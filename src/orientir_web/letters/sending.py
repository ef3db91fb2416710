"""A letter on its way: written down in the transaction that asks for it, sent by a background job, once."""

from __future__ import annotations

from smtplib import SMTPException, SMTPRecipientsRefused

from django.conf import settings
from django.core.mail import EmailMessage
from django.db import transaction
from django.urls import reverse
from django.utils import timezone
from django_tasks import task

from orientir_web.campaigns.models import Campaign
from orientir_web.letters.models import NOT_TAKEN, Fate, Letter, Subject
from orientir_web.letters.texts import Text, password_text, reminder_text
from orientir_web.people import passwords
from orientir_web.people.models import Person
from orientir_web.submissions.waiting import waited_for

MOST_TRIES = 3


def is_configured() -> bool:
    return bool(settings.EMAIL_HOST)


def post(
    person: Person, subject: Subject, occasion: str, campaign: Campaign | None = None, by: Person | None = None
) -> Letter | None:
    """The letter, queued; None where it was written for this occasion before. Part of the caller's transaction."""
    told = {"person": person, "subject": subject, "campaign": campaign, "asked_by": by}
    with transaction.atomic():
        letter, is_new = Letter.objects.get_or_create(occasion=occasion, defaults=told)
        if is_new:
            send_letter.enqueue(letter.pk)
    return letter if is_new else None


def post_again() -> int:
    """Those that no server took are tried again, not for ever."""
    count = 0
    for letter in Letter.objects.filter(fate=Fate.FAILED, tried__lt=MOST_TRIES):
        with transaction.atomic():
            changed = Letter.objects.filter(pk=letter.pk, fate=Fate.FAILED).update(fate=Fate.WAITING)
            if changed:
                send_letter.enqueue(letter.pk)
        count += changed
    return count


@task()
def send_letter(key: int) -> str:
    """What became of it. Taken first, sent afterwards: whoever comes second finds it taken."""
    if not Letter.objects.filter(pk=key, fate=Fate.WAITING).update(fate=Fate.SENDING):
        return ""
    letter = Letter.objects.select_related("person", "campaign__district").get(pk=key)
    text = _text(letter)
    letter.fate, letter.fault = _sent(letter, text) if text else (Fate.NEEDLESS, "")
    letter.sent_at = timezone.now() if letter.fate == Fate.SENT else None
    letter.save(update_fields=["fate", "fault", "sent_at", "tried"])
    return letter.fate


def _text(letter: Letter) -> Text | None:
    """None where there is nothing to say any more: the forms were submitted meanwhile."""
    person = letter.person
    if letter.campaign is None:
        token = passwords.make_link(person, None)
        return password_text(person, address_of("new_password", token), passwords.HOURS)
    own = waited_for(letter.campaign).get(person, [])
    return reminder_text(person, letter.campaign, own, address_of("home")) if own else None


def address_of(name: str, *arguments: str) -> str:
    """A page as the world sees it: a job has no request to take the host from."""
    return settings.PUBLIC_URL + reverse(name, args=arguments)


def _sent(letter: Letter, text: Text) -> tuple[Fate, str]:
    letter.tried += 1
    heads = {"Auto-Submitted": "auto-generated"}
    message = EmailMessage(text.subject, text.body, to=[letter.person.email], headers=heads)
    try:
        message.send()
    except SMTPRecipientsRefused:
        letter.tried = MOST_TRIES  # the same address is not taken tomorrow either
        return Fate.FAILED, NOT_TAKEN
    except (SMTPException, OSError) as error:
        return Fate.FAILED, type(error).__name__  # the class alone: what servers say repeats addresses
    return Fate.SENT, ""
