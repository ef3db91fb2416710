"""The words of letters, in the language of who gets them. Of personal data they hold the name of that person alone."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

from django.conf import settings
from django.utils import timezone, translation
from django.utils.translation import gettext as _

from orientir_web.campaigns.gate import deadline_words
from orientir_web.campaigns.models import Campaign
from orientir_web.campaigns.services import gate_of
from orientir_web.people.models import Invitation, Person
from orientir_web.submissions.models import Submission
from orientir_web.submissions.sheets import sheet_of


@dataclass(frozen=True)
class Text:
    subject: str
    body: str


def reminder_text(person: Person, campaign: Campaign, forms: Iterable[Submission], link: str) -> Text:
    """Which forms are waited for, until when, and where they are filled in."""
    with translation.override(person.language):
        own, gate, now = list(forms), gate_of(campaign), timezone.now()
        ends = max(gate.deadline(one.organisation_id) for one in own)
        until = deadline_words(ends, campaign.zone)
        term = _("Срок прошёл: %(until)s.") if ends <= now else _("Срок: %(until)s.")
        lines = [_line(one) for one in own]
        body = [
            _("Здравствуйте, %(name)s!") % {"name": person},
            _("Идёт сбор сведений «%(title)s». Мы ещё ждём от вас:") % {"title": campaign.title},
            "\n".join(lines),
            term % {"until": until},
            _("Заполнить: %(link)s") % {"link": link},
            _("Это письмо отправлено автоматически. Если нужна помощь, обратитесь к координатору."),
        ]
        return Text(_one_line(_("Сведения не сданы: %(title)s") % {"title": campaign.title}), "\n\n".join(body) + "\n")


def _line(submission: Submission) -> str:
    told = {
        "organisation": submission.organisation,
        "form": sheet_of(submission).layout.form.title,
        "state": submission.get_state_display().lower(),
        "percent": submission.filled_percent,
    }
    return _("— %(organisation)s: «%(form)s» (%(state)s, заполнено %(percent)s %%)") % told


def password_text(person: Person, link: str, hours: int) -> Text:
    with translation.override(person.language):
        body = [
            _("Здравствуйте, %(name)s!") % {"name": person},
            _("Вы или кто-то другой попросили новый пароль для вашей учётной записи."),
            _("Задать его можно здесь; ссылка действует один раз, часов: %(hours)s.") % {"hours": hours},
            link,
            _("Если вы ни о чём не просили, ничего не делайте: пароль останется прежним."),
        ]
        return Text(_("Новый пароль в «Ориентире»"), "\n\n".join(body) + "\n")


def invitation_text(invitation: Invitation, link: str, days: int) -> Text:
    """In the language of who invites, unless the addressee has chosen one here."""
    known = Person.objects.filter(email=invitation.email).first()
    speaker = known or invitation.invited_by
    with translation.override(speaker.language if speaker else settings.LANGUAGE_CODE):
        told = {"organisation": invitation.organisation, "role": invitation.get_role_display()}
        body = [
            _("Здравствуйте, %(name)s!") % {"name": known or invitation.full_name},
            _("Вас приглашают в «Ориентир», где ведут мониторинг профориентации школьников.") + "\n"
            + _("Организация: %(organisation)s. Роль: %(role)s.") % told,
            _("Войти впервые можно здесь; ссылка действует один раз, дней: %(days)s.") % {"days": days},
            link,
            _("Ссылка только для вас: кто её откроет, войдёт под вашим именем. Если вы не ждали этого письма, "
              "ничего не делайте."),
        ]  # fmt: skip
        return Text(_("Приглашение в «Ориентир»"), "\n\n".join(body) + "\n")


def second_factor_text(person: Person, link: str) -> Text:
    with translation.override(person.language):
        body = [
            _("Здравствуйте, %(name)s!") % {"name": person},
            _("Второй фактор входа для вашей учётной записи снят по просьбе, которую записали в журнал. "
              "Коды восстановления больше не действуют, все сеансы завершены."),
            _("Войдите с прежним паролем и настройте второй фактор заново: %(link)s") % {"link": link},
            _("Если вы об этом не просили, сразу скажите координатору или администратору и смените пароль: "
              "до настройки нового фактора вход защищает только он."),
        ]  # fmt: skip
        return Text(_("Второй фактор входа снят"), "\n\n".join(body) + "\n")


def _one_line(text: str) -> str:
    """A line break in a head would begin another head."""
    return " ".join(text.split())
