"""`orientir register`: how one file of a register would be read, before anything is collected."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from orientir.command_words import tr
from orientir.commands.common import DEFAULT_PROGRAMME, PeriodLabel, ProgrammeId, programme_named, say

if TYPE_CHECKING:
    from orientir.sources.registers.columns import Register


def register(
    file: Annotated[Path, typer.Argument(help=tr("Файл реестра или выгрузки.", "File of a register or an export."))],
    period: PeriodLabel,
    programme: ProgrammeId = DEFAULT_PROGRAMME,
    wanted: Annotated[
        str | None, typer.Option("--as", help=tr("Какой это реестр, если не узнан.", "Which register it is."))
    ] = None,
    organisations: Annotated[
        Path | None,
        typer.Option(
            help=tr(
                "Список организаций; по умолчанию organisations.csv рядом с файлом или выше.",
                "The organisations; by default organisations.csv beside the file or above it.",
            )
        ),
    ] = None,
    profiles: Annotated[
        Path | None,
        typer.Option(
            help=tr("Папка профилей; новый профиль сохраняется в неё.", "Folder of profiles; a new one is saved there.")
        ),
    ] = None,
) -> None:
    """Exit code 1 where the file has errors that keep cells out of the data."""
    from orientir.errors import Fault, UserError
    from orientir.facts.organisation_list import read_organisation_list
    from orientir.options import report_period
    from orientir.sources.registers.preview import preview
    from orientir.spreadsheets.refusals import Refusal

    known = programme_named(programme)
    year = report_period(period, known.period)
    places = read_organisation_list(organisations or _beside(file), known)
    try:
        shown = preview(file, known, year, places, profiles, _register(wanted))
    except Refusal as refusal:
        place = file.name + (f", {refusal.where}" if refusal.where else "")
        raise UserError(Fault(place, refusal.what, refusal.cure)) from refusal
    for line in shown.lines:
        say(line)
    if shown.has_errors:
        raise typer.Exit(1)


def _beside(file: Path) -> Path:
    from orientir.errors import Fault, UserError

    folder = file.resolve().parent
    for place in (folder, *folder.parents[:2]):
        if (place / "organisations.csv").is_file():
            return place / "organisations.csv"
    what = "рядом с файлом и выше нет списка организаций."
    raise UserError(Fault("--organisations", what, "Укажите файл organisations.csv."))


def _register(name: str | None) -> Register | None:
    from orientir.errors import Fault, UserError
    from orientir.sources.registers.catalogue import CATALOGUE, register_named

    found = register_named(name) if name else None
    if name and found is None:
        known = "; ".join(f"{one.id} — {one.title}" for one in CATALOGUE)
        raise UserError(Fault("--as", f"реестра «{name}» нет.", f"Допустимы: {known}."))
    return found
