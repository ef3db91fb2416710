"""Which form a workbook is: read from its hidden passport, never from the name of its file."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from orientir.model.forms import Form
from orientir.model.periods import Period
from orientir.model.programme import Programme
from orientir.sources.forms.writing import SCHEMA
from orientir.spreadsheets.refusals import Refusal
from orientir.spreadsheets.sheets import Sheet

_AGAIN = "Заполните форму, которую прислал координатор."


@dataclass(frozen=True)
class Recognised:
    form: Form
    organisation: str
    fingerprint: str


def recognise(
    sheets: Sequence[Sheet], programme: Programme, organisations: Mapping[str, str], period: Period
) -> Recognised:
    """`organisations` are their ids by themselves: of each one string is held, however many files name it.

    Raises Refusal for a foreign form, another version, year or programme, and for an unknown school.
    """
    told = _passport(sheets)
    if told.get("programme") != programme.id:
        raise Refusal(f"форма сделана по другой программе: «{told.get('programme')}».", _AGAIN)
    form = next((one for one in programme.forms if one.id == told.get("form")), None)
    if form is None:
        raise Refusal(f"формы «{told.get('form')}» в программе нет.", _AGAIN)
    if told.get("version") != form.version:
        what = f"форма версии {told.get('version')}, а принимается версия {form.version}."
        raise Refusal(what, "Перенесите ответы в форму, которую прислал координатор.")
    if told.get("period") != str(period):
        what = f"форма за {told.get('period')} учебный год, а собираются сведения за {period}."
        raise Refusal(what, "Пришлите форму нужного года; чужой год не смешивается.")
    organisation = organisations.get(told.get("organisation", ""))
    if organisation is None:
        what = f"организации «{told.get('organisation')}» нет в organisations.csv."
        raise Refusal(what, "Добавьте организацию в список или запросите форму заново.")
    return Recognised(form, organisation, told.get("fingerprint", ""))


def _passport(sheets: Sequence[Sheet]) -> dict[str, str]:
    """The sheet is known by its content: it may have been renamed or shown."""
    for sheet in sheets:
        rows = sheet.rows
        if rows and len(rows[0]) > 1 and rows[0][0] == "schema":
            if rows[0][1] != SCHEMA:
                raise Refusal("форма сделана другой версией программы «Ориентир».", _AGAIN)
            return {str(row[0]): _text(row[1]) for row in rows if len(row) > 1}
    raise Refusal("это не форма Ориентира: в книге нет её паспорта.", _AGAIN)


def _text(cell: object) -> str:
    """A version «1» may come back as the number 1."""
    return str(int(cell)) if isinstance(cell, float) and cell == int(cell) else str(cell).strip()
