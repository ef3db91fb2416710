"""Roles and what each may do. A right holds in the organisation of a membership and in everything under it."""

from __future__ import annotations

from django.db.models import TextChoices
from django.utils.translation import gettext_lazy as _


class Role(TextChoices):
    SCHOOL_OFFICER = "school_officer", _("Ответственный в организации")
    PSYCHOLOGIST = "psychologist", _("Психолог")
    COORDINATOR = "coordinator", _("Координатор")
    HEAD = "head", _("Руководитель органа управления")
    REGIONAL_OPERATOR = "regional_operator", _("Региональный оператор")
    AUDITOR = "auditor", _("Аудитор")
    OPERATOR = "operator", _("Администратор системы")


class Action(TextChoices):
    """What can be done to an organisation or to what belongs to it."""

    SEE = "see", _("смотреть сведения")
    FILL = "fill", _("заполнять формы")
    REVIEW = "review", _("принимать и возвращать формы")
    APPROVE = "approve", _("утверждать")
    RUN_CAMPAIGN = "run_campaign", _("вести сбор сведений")
    SEE_PEOPLE = "see_people", _("видеть организации и людей")
    MANAGE_PEOPLE = "manage_people", _("приглашать людей и менять их роли")
    SEE_LOG = "see_log", _("читать журнал")
    KEEP_REGISTERS = "keep_registers", _("вести реестры")
    DECIDE = "decide", _("править выводы и вести решения")
    ANSWER = "answer", _("отвечать на рекомендации и поручения")


RIGHTS: dict[Role, frozenset[Action]] = {
    Role.SCHOOL_OFFICER: frozenset({Action.SEE, Action.FILL, Action.KEEP_REGISTERS, Action.ANSWER}),
    Role.PSYCHOLOGIST: frozenset({Action.SEE, Action.KEEP_REGISTERS}),
    # A coordinator fills in what a school sends on paper; who has submitted a form cannot accept it.
    Role.COORDINATOR: frozenset(
        {Action.SEE, Action.FILL, Action.REVIEW, Action.RUN_CAMPAIGN, Action.SEE_PEOPLE, Action.MANAGE_PEOPLE}
        | {Action.KEEP_REGISTERS, Action.DECIDE, Action.ANSWER}
    ),
    Role.HEAD: frozenset({Action.SEE, Action.APPROVE, Action.SEE_PEOPLE, Action.DECIDE, Action.ANSWER}),
    Role.REGIONAL_OPERATOR: frozenset(
        {Action.SEE, Action.RUN_CAMPAIGN, Action.SEE_PEOPLE, Action.MANAGE_PEOPLE, Action.ANSWER}
    ),
    Role.AUDITOR: frozenset({Action.SEE_LOG}),
    Role.OPERATOR: frozenset({Action.SEE_PEOPLE, Action.MANAGE_PEOPLE}),
}

# Nobody hands out more than they answer for; a system's administrator sees no data but lets everybody in.
GRANTS: dict[Role, frozenset[Role]] = {
    Role.COORDINATOR: frozenset({Role.SCHOOL_OFFICER, Role.PSYCHOLOGIST}),
    Role.REGIONAL_OPERATOR: frozenset({Role.SCHOOL_OFFICER, Role.PSYCHOLOGIST, Role.COORDINATOR, Role.HEAD}),
    Role.OPERATOR: frozenset(Role),
}

NEEDS_SECOND_FACTOR = frozenset(Role) - {Role.SCHOOL_OFFICER}


def roles_with(action: Action) -> list[Role]:
    return [role for role, actions in RIGHTS.items() if action in actions]
