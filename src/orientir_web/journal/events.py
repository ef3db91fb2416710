"""The words of the journal: everything that can be recorded."""

from __future__ import annotations

from django.db.models import TextChoices
from django.utils.translation import gettext_lazy as _


class Event(TextChoices):
    ORGANISATION_ADDED = "organisation_added", _("Добавлена организация")
    ORGANISATION_CHANGED = "organisation_changed", _("Изменены сведения об организации")
    ORGANISATION_RENAMED = "organisation_renamed", _("Организация переименована")
    ORGANISATION_CLOSED = "organisation_closed", _("Организация закрыта")
    INVITED = "invited", _("Приглашён человек")
    INVITATION_ACCEPTED = "invitation_accepted", _("Приглашение принято")
    MEMBERSHIP_ENDED = "membership_ended", _("Роль прекращена")
    SUBSTITUTED = "substituted", _("Назначено замещение")
    PERSON_RENAMED = "person_renamed", _("Человек сменил имя")
    PASSWORD_LINK_ISSUED = "password_link_issued", _("Выдана ссылка для нового пароля")
    SECOND_FACTOR_RESET = "second_factor_reset", _("Снят второй фактор входа")
    PASSWORD_SET = "password_set", _("Задан новый пароль по ссылке")
    CAMPAIGN_OPENED = "campaign_opened", _("Открыт сбор")
    CAMPAIGN_LOCKED = "campaign_locked", _("Сбор закрыт")
    CAMPAIGN_UNLOCKED = "campaign_unlocked", _("Сбор снова открыт")
    DEADLINE_MOVED = "deadline_moved", _("Срок изменён для организации")
    CAMPAIGN_RESCHEDULED = "campaign_rescheduled", _("Срок сбора изменён")
    ASKED = "asked", _("Запрошены формы")
    REMINDED = "reminded", _("Отправлены напоминания")
    CELLS_SAVED = "cells_saved", _("Сохранены ячейки")
    SUBMITTED = "submitted", _("Форма сдана")
    RETURNED = "returned", _("Форма возвращена")
    ACCEPTED = "accepted", _("Форма принята")
    CORRECTED = "corrected", _("Исправление после приёмки")
    PACKAGE_KEPT = "package_kept", _("Приняты сведения прошлых лет")
    DOCUMENT_ASKED = "document_asked", _("Запрошен документ")
    RELEASED = "released", _("Опубликован выпуск")
    WORKBOOK_TAKEN = "workbook_taken", _("Загружена книга формы")
    APPROVED = "approved", _("Сведения утверждены")
    TOKEN_ISSUED = "token_issued", _("Создан ключ программы")
    TOKEN_REVOKED = "token_revoked", _("Отозван ключ программы")
    REGISTER_ROW_ADDED = "register_row_added", _("Добавлена запись реестра")
    REGISTER_ROW_CHANGED = "register_row_changed", _("Изменена запись реестра")
    REGISTER_ROW_REMOVED = "register_row_removed", _("Убрана запись реестра")
    REGISTER_IMPORTED = "register_imported", _("Загружен файл реестра")
    EVIDENCE_ADDED = "evidence_added", _("Приложено подтверждение")
    EVIDENCE_REMOVED = "evidence_removed", _("Убрано подтверждение")
    TEXT_EDITED = "text_edited", _("Изменён текст вывода или рекомендации")
    ADVICE_SENT = "advice_sent", _("Рекомендация направлена адресатам")
    ADVICE_ACKNOWLEDGED = "advice_acknowledged", _("Рекомендация принята к сведению")
    DECISION_MADE = "decision_made", _("Записано решение или мера")
    DECISION_CHANGED = "decision_changed", _("Изменено решение или мера")
    ASSIGNMENT_REPORTED = "assignment_reported", _("Сообщено об исполнении поручения")
    REPORT_CHECK_ASKED = "report_check_asked", _("Отчёт отправлен на проверку")
    REPORT_CHECK_DELETED = "report_check_deleted", _("Проверка отчёта удалена")


def event_choices() -> list[tuple[str, str]]:
    """A function, so that a new word needs no migration."""
    return [(event.value, str(event.label)) for event in Event]
