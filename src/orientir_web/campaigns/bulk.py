"""One action over many forms: each is checked by itself, done in a transaction of its own, and told by itself."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from dataclasses import dataclass

from django.core.exceptions import PermissionDenied
from django.utils.translation import gettext as _

from orientir_web.campaigns.models import Campaign
from orientir_web.letters.reminders import remind
from orientir_web.letters.sending import is_configured
from orientir_web.people.models import Person
from orientir_web.refusals import ActionRefused
from orientir_web.submissions.models import Submission
from orientir_web.submissions.services import accept, return_submission
from orientir_web.submissions.states import EDITABLE, State
from orientir_web.submissions.waiting import fillers_of, members_of


@dataclass(frozen=True)
class Told:
    """What became of one form."""

    submission: Submission
    is_done: bool
    message: str


def accept_each(submissions: Iterable[Submission], by: Person) -> list[Told]:
    """Those without errors; a form with errors is left to be looked at."""

    def act(one: Submission) -> str:
        if one.errors:
            raise ActionRefused(_("В форме остались ошибки: %(count)s. Исправьте их.") % {"count": one.errors})
        accept(one, by)
        return _("Принята.")

    return _each(submissions, act)


def return_each(submissions: Iterable[Submission], remark: str, by: Person) -> list[Told]:
    """With one remark for all of them, about the form as a whole."""

    def act(one: Submission) -> str:
        return_submission(one, {"": remark}, by)
        return _("Возвращена.")

    return _each(submissions, act)


def remind_each(campaign: Campaign, submissions: Iterable[Submission], by: Person) -> list[Told]:
    """A person with three forms gets one letter; each form is told all the same."""
    members = members_of(campaign)
    new: set[Person] = set()

    def act(one: Submission) -> str:
        if not is_configured():
            raise ActionRefused(_("Почта не настроена: скопируйте текст письма со страницы «Письма»."))
        if State(one.state) not in EDITABLE:
            raise ActionRefused(_("Форма уже сдана: напоминать не о чем."))
        people = fillers_of(one, members)
        if not people:
            raise ActionRefused(_("За эту форму пока никто не отвечает: пригласите человека."))
        new.update(remind(campaign, people, by).new)
        written = [person for person in people if person in new]
        if not written:
            raise ActionRefused(_("Сегодня этим людям уже писали."))
        return _("Письмо отправляется: %(people)s.") % {"people": ", ".join(map(str, written))}

    return _each(submissions, act)


def _each(submissions: Iterable[Submission], act: Callable[[Submission], str]) -> list[Told]:
    told = []
    for one in submissions:
        try:
            told.append(Told(one, True, act(one)))
        except ActionRefused as refusal:
            told.append(Told(one, False, str(refusal)))
        except PermissionDenied:
            told.append(Told(one, False, _("На это у вас нет права.")))
    return told
