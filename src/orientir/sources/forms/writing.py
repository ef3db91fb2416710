"""A form -> a workbook for one school, with what is known of it already. What comes back is read in reading.py."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date
from pathlib import Path
from typing import Any

from orientir.definitions.burden import burden_of
from orientir.model.collection import CellKey, Known
from orientir.model.forms import Form
from orientir.model.package import Organisation
from orientir.model.periods import Period
from orientir.model.status import CellState
from orientir.presentation import period_name
from orientir.sources.forms import looks
from orientir.sources.forms.checks_sheet import write_checks
from orientir.sources.forms.layout import CHECKS, LISTS, MATRICES, PASSPORT, START, Layout
from orientir.sources.forms.limits import MARKS
from orientir.sources.forms.questions_sheet import Contents, QuestionsSheet
from orientir.sources.forms.start_sheet import Start, write_start

SCHEMA = "orientir-form-1"
_LONGEST = 60  # letters of a title in the footer; a long one begins with words that all schools share


@dataclass(frozen=True)
class Addressee:
    """Who gets the form and for which year, and what is known of them."""

    organisation: Organisation
    period: Period
    territory: str
    synthetic: bool = False
    previous: Mapping[CellKey, Known] = field(default_factory=dict)
    prefilled: Mapping[CellKey, Known] = field(default_factory=dict)


@dataclass(frozen=True)
class Filled:
    """What a school would type, by cell: numbers, marks, any text, or a formula with what it gave. For trials."""

    answers: Mapping[CellKey, object] = field(default_factory=dict)
    reasons: Mapping[CellKey, str] = field(default_factory=dict)


def deadline_of(form: Form, period: Period) -> date:
    """The form's day in the calendar year in which the period ends."""
    month, day = form.deadline.split("-")
    return date(period.ends_in, int(month), int(day))


def write_form(out: Path | Any, layout: Layout, addressee: Addressee, filled: Filled | None = None) -> None:
    """One XLSX. The same input gives the same bytes."""
    from xlsxwriter import Workbook

    with Workbook(str(out) if isinstance(out, Path) else out, {"in_memory": True}) as book:
        _Writing(book, layout, addressee, filled or Filled()).write()


class _Writing:
    def __init__(self, book: Any, layout: Layout, addressee: Addressee, filled: Filled) -> None:
        self.book = book
        self.layout = layout
        self.addressee = addressee
        self.formats = looks.formats_of(book)
        self.contents = Contents(
            heading=f"{addressee.organisation.title}, {period_name(addressee.period)}",
            synthetic=addressee.synthetic,
            values={**_known(addressee.prefilled), **filled.answers},
            reasons=filled.reasons,
            previous=addressee.previous,
            prefilled=addressee.prefilled,
        )

    def write(self) -> None:
        form, place = self.layout.form, self.addressee.organisation
        self.book.set_properties({"title": f"{form.title}. {place.title}", "created": looks.MADE})
        used = [sheet for sheet in (LISTS, MATRICES) if any(one.sheet == sheet for one in self.layout.sections)]
        sheets = {name: self._sheet(name) for name in (START, *used, CHECKS)}
        write_start(sheets[START], self.formats, self._start())
        for name in used:
            QuestionsSheet(sheets[name], name, self.formats, self.layout, self.contents).write()
        write_checks(sheets[CHECKS], self.formats, self.layout, self.contents.values)
        self._passport()

    def _sheet(self, name: str) -> Any:
        sheet = self.book.add_worksheet(name)
        form, place = self.layout.form, self.addressee
        told = [_end(place.organisation.title), f"{form.id}, версия {form.version}", str(place.period)]
        told += [looks.INVENTED.partition(":")[0]] if place.synthetic else []
        looks.set_page(sheet, " · ".join(told).replace("&", "&&"), landscape=name == MATRICES)
        sheet.protect("", {"select_locked_cells": True, "format_columns": True, "format_rows": True})
        return sheet

    def _start(self) -> Start:
        form, known = self.layout.form, self.addressee.prefilled
        burden = burden_of(form, self.layout.programme, sum(cell.key in known for cell in self.layout.cells))
        return Start(
            form=form,
            programme=self.layout.programme,
            place=self.addressee.organisation,
            territory=self.addressee.territory,
            period=self.addressee.period,
            deadline=deadline_of(form, self.addressee.period),
            burden=burden,
            synthetic=self.addressee.synthetic,
        )

    def _passport(self) -> None:
        """By this a form is known when it comes back, whatever its file is called."""
        sheet = self.book.add_worksheet(PASSPORT)
        for row, pair in enumerate(
            (
                ("schema", SCHEMA),
                ("form", self.layout.form.id),
                ("version", self.layout.form.version),
                ("programme", self.layout.programme.id),
                ("programme_version", self.layout.programme.version),
                ("period", str(self.addressee.period)),
                ("organisation", self.addressee.organisation.id),
                ("fingerprint", self.layout.fingerprint),
            )
        ):
            sheet.write_row(row, 0, pair)
        sheet.very_hidden()


def _end(title: str) -> str:
    return title if len(title) <= _LONGEST else f"…{title[-_LONGEST:].lstrip()}"


def _known(prefilled: Mapping[CellKey, Known]) -> dict[CellKey, object]:
    """What is known before the form is sent, as it stands in the cells."""
    values: dict[CellKey, object] = {key: one.value for key, one in prefilled.items() if one.value is not None}
    return values | {key: MARKS[1] for key, one in prefilled.items() if one.state is CellState.NOT_APPLICABLE}
