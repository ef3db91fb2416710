"""The first sheet of a form: whose it is, until when, how long it takes, how to fill it, and where to sign."""

from __future__ import annotations

from datetime import date
from typing import Any

from orientir.definitions.burden import Burden
from orientir.model.forms import Form
from orientir.model.package import Organisation
from orientir.model.periods import Period
from orientir.model.programme import Programme
from orientir.presentation import counted, day_in_words, period_name, rounded
from orientir.sources.forms.looks import height

_WIDTH = 92


def write_start(
    sheet: Any,
    formats: dict[str, Any],
    form: Form,
    *,
    programme: Programme,
    place: Organisation,
    period: Period,
    deadline: date,
    burden: Burden,
    synthetic: bool,
    territory: str,
) -> None:
    """Everything on one printed page."""
    sheet.set_column(0, 0, 26)
    sheet.set_column(1, 1, 70)
    row = _line(sheet, 0, form.title, formats["title"], 70)
    if synthetic:
        row = _line(sheet, row, "СИНТЕТИЧЕСКИЕ ДАННЫЕ: школа и числа вымышлены", formats["synthetic"])
    for name, value in (
        ("Организация", place.title),
        ("Территория", territory),
        ("Период", period_name(period)),
        ("Срок сдачи", f"до {day_in_words(deadline)}"),
        ("Кто заполняет", programme.title_of("roles", form.asks)),
        ("Объём", _volume(burden)),
        ("Форма", f"{form.id}, версия {form.version}; программа {programme.id}, версия {programme.version}"),
    ):
        sheet.write(row, 0, name, formats["strong"])
        sheet.write(row, 1, value, formats["text"])
        sheet.set_row(row, height(value, 72))
        row += 1
    row = _line(sheet, row + 1, "Как заполнять", formats["strong"])
    for number, text in enumerate(form.instructions, 1):
        row = _line(sheet, row, f"{number}. {text}", formats["text"])
    _signatures(sheet, row + 1, formats)


def _volume(burden: Burden) -> str:
    """«152 ячейки, из них 40 уже заполнены; около 12 минут»."""
    minutes = int(rounded(burden.minutes, 0)) or 1
    text = counted(burden.cells, "ячейка")
    if burden.known:
        text += f", из них {burden.known} уже {'заполнена' if _is_one(burden.known) else 'заполнены'}"
    return f"{text}; около {minutes}\u00a0{'минуты' if _is_one(minutes) else 'минут'}"


def _is_one(count: int) -> bool:
    return count % 10 == 1 and count % 100 != 11


def _line(sheet: Any, row: int, text: str, look: Any, width: int = _WIDTH) -> int:
    sheet.merge_range(row, 0, row, 1, text, look)
    sheet.set_row(row, height(text, width, 18 if width < _WIDTH else 13.5))
    return row + 1


def _signatures(sheet: Any, row: int, formats: dict[str, Any]) -> None:
    """Blanks for the printed copy; nobody types a name into the file."""
    for title in ("Руководитель организации (подпись, расшифровка)", "Дата"):
        sheet.write(row, 0, title, formats["text"])
        sheet.write(row, 1, "", formats["sign"])
        sheet.set_row(row, 30)
        row += 1
