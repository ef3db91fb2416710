"""What grid.js says, in the language of the page. Its code holds no texts."""

from __future__ import annotations

from django.utils.translation import gettext as _


def entry_words() -> dict[str, str]:
    return {
        "waiting": _("ждёт"),
        "saved": _("сохранено"),
        "bad": _("не сохранено"),
        "conflict": _("изменил другой"),
        "all_saved": _("Всё сохранено."),
        "saving": _("Сохраняется, ячеек: {count}."),
        "offline": _("Нет связи. Ячеек ждут на этом компьютере: {count}. Они уйдут, когда связь вернётся."),
        "unsaved": _("Не сохранено ячеек: {count}. Они отмечены."),
        "session": _("Вход закончился. Ячеек ждут на этом компьютере: {count}. Войдите снова в новой вкладке."),
        "forbidden": _("Сервер не принял ячейки: нет права или вошёл другой человек. Ждут: {count}."),
        "restored": _("Восстановлено с этого компьютера ячеек: {count}."),
        "other": _("Другой человек сохранил: {text}. У вас: {own}."),
        "empty": _("пусто"),
        "keep_mine": _("Оставить моё"),
        "take_other": _("Взять его"),
        "too_wide": _("Не поместилось при вставке ячеек: {count}."),
        "fix": _("Исправьте."),
    }
