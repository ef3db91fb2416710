"""`orientir papers`: orders, the letter, the page for the head, the slides."""

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

ALL_PAPERS = "order,letter,results,page,slides"


def papers(
    package: PackageFolder,
    period: PeriodLabel,
    out: Annotated[Path, typer.Option(help=tr("Куда записать.", "Where to write."))],
    programme: OwnProgramme = "",
    on: Day = None,
    only: Annotated[
        str,
        typer.Option(
            help=tr(
                "Какие документы, через запятую: order (приказ о проведении), letter (письмо школам), results (приказ "
                "об итогах), page (справка на страницу), slides (слайды).",
                "Which papers, comma-separated: order (on holding it), letter (to schools), results (order on them), "
                "page (for the head), slides.",
            )
        ),
    ] = ALL_PAPERS,
    deadline: Annotated[
        str | None,
        typer.Option(help=tr("Срок сдачи сведений ГГГГ-ММ-ДД.", "Day by which schools answer, YYYY-MM-DD.")),
    ] = None,
    audience: AudienceName = "internal",
) -> None:
    """The folder is replaced as a whole."""
    from orientir.options import chosen, day_of
    from orientir.paper_folder import LIST, NAMES, write_papers
    from orientir.writing import check_replaceable

    # What can be refused at once is refused before the long work.
    wanted = chosen(only, NAMES, "--only", "документ")
    public, day = is_public(audience), day_of(deadline, "--deadline")
    check_replaceable(out, LIST)
    cycle = cycle_of(package, programme, period, on)
    with progress_shown(len(wanted)) as progress:
        made = write_papers(cycle, out, wanted, day, public, progress)
    say(
        tr(
            f"Документы: {', '.join(made)}. Папка: {out}\nПеред подписанием прочитайте before_signing.txt.",
            f"Papers: {', '.join(made)}. Folder: {out}\nRead before_signing.txt before they are signed.",
        )
    )
