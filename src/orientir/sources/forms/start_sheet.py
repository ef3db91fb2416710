"""The first sheet of a form: whose it is, until when, how long it takes, how to fill it, and where to sign."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import date
from typing import Any

from orientir.definitions.burden import Burden
from orientir.model.forms import Form
from orientir.model.package import Organisation
from orientir.model.periods import Period
from orientir.model.programme import Programme
from orientir.presentation import counted, day_in_words, period_name, rounded
from orientir.sources.forms.formulas import NEEDS_REASON
from orientir.sources.forms.looks import INVENTED, height

_WIDTH = 108  # letters in a line


@dataclass(frozen=True)
class Start:
    """What the first sheet says."""

    form: Form
    programme: Programme
    place: Organisation
    territory: str
    period: Period
    deadline: date
    burden: Burden
    synthetic: bool


def write_start(sheet: Any, formats: Mapping[str, Any], start: Start) -> None:
    """Everything on one printed page."""
    sheet.set_column(0, 0, 26)
    sheet.set_column(1, 1, 70)
    row = _line(sheet, 0, start.form.title, formats["title"], 70)
    if start.synthetic:
        row = _line(sheet, row, INVENTED, formats["synthetic"])
    for name, value in _facts(start):
        sheet.write_string(row, 0, name, formats["strong"])
        sheet.write_string(row, 1, value, formats["text"])
        sheet.set_row(row, height(value, 78))
        row += 1
    row = _line(sheet, row + 1, "Как заполнять", formats["strong"])
    for number, text in enumerate(start.form.instructions, 1):
        row = _line(sheet, row, f"{number}. {text}", formats["text"])
    row = _colours(sheet, row + 1, formats)
    _signatures(sheet, row + 1, formats)


def _facts(start: Start) -> Iterator[tuple[str, str]]:
    form, programme = start.form, start.programme
    yield "Организация", start.place.title
    yield "Территория", start.territory
    yield "Период", period_name(start.period)
    yield "Срок сдачи", f"до {day_in_words(start.deadline)}"
    yield "Кто заполняет", programme.title_of("roles", form.asks)
    yield "Объём", _volume(start.burden)
    yield "Форма", f"{form.id}, версия {form.version}; программа {programme.id}, версия {programme.version}"


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


_COLOURS = (
    ("answer", "", "ваша ячейка: число или отметка"),
    ("known", "", "уже заполнено, источник назван рядом: проверьте"),
    ("total", "", "считается само, вводить не нужно"),
    ("needed", NEEDS_REASON, "число изменилось в полтора раза и больше: напишите почему"),
)


def _colours(sheet: Any, row: int, formats: Mapping[str, Any]) -> int:
    """How each kind of cell looks."""
    for look, sample, told in _COLOURS:
        sheet.write(row, 0, sample, formats[f"{look}_sample"])
        sheet.write_string(row, 1, told, formats["text"])
        row += 1
    return row


def _signatures(sheet: Any, row: int, formats: Mapping[str, Any]) -> None:
    """Blanks for the printed copy; nobody types a name into the file."""
    for title in (
        "Руководитель организации (подпись, расшифровка)",
        "Исполнитель (должность, телефон для вопросов)",
        "Дата",
    ):
        sheet.write_string(row, 0, title, formats["text"])
        sheet.write_blank(row, 1, None, formats["sign"])
        sheet.set_row(row, 30)
        row += 1
