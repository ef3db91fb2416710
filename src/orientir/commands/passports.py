"""`orientir passports`: a page or two about each school."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

import typer

from orientir.command_words import tr
from orientir.commands.common import (
    AudienceName,
    Day,
    OwnProgramme,
    PackageFolder,
    PeriodLabel,
    cycle_of,
    is_public,
    progress_shown,
    say,
)


def passports(
    package: PackageFolder,
    period: PeriodLabel,
    out: Annotated[Path, typer.Option(help=tr("Куда записать.", "Where to write."))],
    programme: OwnProgramme = "",
    formats: Annotated[str, typer.Option(help=tr("Форматы через запятую.", "Formats, comma-separated."))] = "docx,pdf",
    schools: Annotated[
        str, typer.Option(help=tr("Коды школ через запятую; иначе все.", "Ids of schools; all by default."))
    ] = "",
    audience: AudienceName = "internal",
    on: Day = None,
) -> None:
    """The folder is replaced as a whole."""
    from orientir.options import chosen
    from orientir.passport_folder import FORMATS, write_passports

    public, wanted = is_public(audience), chosen(formats, FORMATS)
    ids = [one.strip() for one in schools.split(",") if one.strip()]
    cycle = cycle_of(package, programme, period, on)
    with progress_shown(len(cycle.package.organisations)) as progress:
        count = write_passports(cycle, out, wanted, ids, public, progress)
    say(tr(f"Паспортов: {count}. Папка: {out}", f"Passports: {count}. Folder: {out}"))
