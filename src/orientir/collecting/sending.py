"""Forms for every organisation that reports, in a folder that is written as a whole."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path

from orientir.collecting.known import KnownCells
from orientir.definitions.burden import Burden, burden_of
from orientir.errors import Fault, UserError
from orientir.facts.writing import write_table
from orientir.model.forms import Form
from orientir.model.package import Organisation
from orientir.model.periods import Period
from orientir.model.programme import Programme
from orientir.sources.forms.layout import layout_of
from orientir.sources.forms.writing import Addressee, write_form
from orientir.writing import replaced

LIST = "forms.csv"  # which file is whose; a folder that holds it is one of ours


@dataclass(frozen=True)
class Sent:
    count: int
    burdens: tuple[tuple[Form, Burden], ...]


def send_forms(
    programme: Programme,
    organisations: Sequence[Organisation],
    period: Period,
    out: Path,
    previous: KnownCells,
    prefilled: KnownCells,
    progress: Callable[[str], None],
    synthetic: bool = False,
) -> Sent:
    """Raises UserError where the programme has no forms or nobody is to get one."""
    if not programme.forms:
        raise UserError(Fault(programme.id, "у программы нет форм.", "Опишите форму в forms/*.yaml."))
    titles = {place.id: place.title for place in organisations}
    rows = []
    with replaced(out, LIST) as folder:
        for form in programme.forms:
            layout = layout_of(form, programme)
            for place in addressees(form, organisations, period):
                progress(place.title)
                name = file_name(form, place, len(programme.forms) > 1)
                territory = titles.get(place.parent, "")
                known = previous.get(place.id, {}), prefilled.get(place.id, {})
                write_form(folder / name, layout, Addressee(place, period, territory, synthetic, *known))
                rows.append({"organisation": place.id, "title": place.title, "form": form.id, "file": name})
        if not rows:
            what = f"ни одной организации, которой нужна форма за {period}."
            raise UserError(Fault("--organisations", what, "Проверьте виды организаций и даты их работы."))
        write_table(folder / LIST, ("organisation", "title", "form", "file"), rows)
    return Sent(len(rows), tuple((form, burden_of(form, programme)) for form in programme.forms))


def addressees(form: Form, organisations: Sequence[Organisation], period: Period) -> Iterator[Organisation]:
    """Organisations of the form's kind that worked on the last day of the period or were closed within it."""
    first, last = period.first_day, period.last_day
    for place in organisations:
        opened = place.valid_from is None or place.valid_from <= last
        closed = place.valid_to is not None and place.valid_to < first
        if place.kind == form.for_kind and opened and not closed:
            yield place


def file_name(form: Form, place: Organisation, names_form: bool) -> str:
    """«school_05 Школа № 5.xlsx», without what a file system does not take."""
    title = re.sub(r'[\\/:*?"<>|\x00-\x1f]+', " ", place.title)
    stem = " ".join(f"{place.id} {title}".split())[:80].rstrip(". ")
    return f"{stem}{' ' + form.id if names_form else ''}.xlsx"
