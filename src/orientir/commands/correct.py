"""`orientir correct`: a fact is corrected, excluded or doubted by a record beside it; the fact itself stays."""

from __future__ import annotations

from typing import TYPE_CHECKING, Annotated

import typer

from orientir.command_words import tr
from orientir.commands.common import OwnProgramme, PackageFolder, PeriodLabel, programme_of, say
from orientir.commands.desk import Author, DecidedOn, Reason, facts_of, own_folder, record

if TYPE_CHECKING:
    from orientir.model.collection import CorrectionKind


def correct(
    package: PackageFolder,
    element: Annotated[str, typer.Option(help=tr("Величина: код или название.", "Element: id or title."))],
    organisation: Annotated[str, typer.Option(help=tr("Организация: код или название.", "Organisation: id or title."))],
    period: PeriodLabel,
    author: Author,
    reason: Reason,
    breakdown: Annotated[
        list[str] | None, typer.Option(help=tr("Разрез, например grade=9.", "Breakdown, e.g. grade=9."))
    ] = None,
    source: Annotated[
        str, typer.Option(help=tr("Источник, если их несколько.", "The source where there are several."))
    ] = "",
    value: Annotated[
        str | None,
        typer.Option(
            help=tr(
                "Верное число или «нет данных», «не применимо».", "The right number, or «нет данных», «не применимо»."
            )
        ),
    ] = None,
    exclude: Annotated[bool, typer.Option("--exclude", help=tr("Не учитывать сведение.", "Leave it out."))] = False,
    flag: Annotated[bool, typer.Option("--flag", help=tr("Отметить как сомнительное.", "Mark as doubted."))] = False,
    withdraw: Annotated[
        bool,
        typer.Option("--withdraw", help=tr("Отозвать прежние исправления.", "Withdraw its earlier corrections.")),
    ] = False,
    on: DecidedOn = None,
    programme: OwnProgramme = "",
) -> None:
    """Exit code 2, and nothing written, where there is no such fact or an older correction of it is stale."""
    from orientir.facts.choosing import signed
    from orientir.facts.deciding import Asked, new_correction
    from orientir.facts.recorded import read_with_records
    from orientir.options import report_date

    kind = _kind(value, exclude, flag, withdraw)
    by = signed(author, reason, report_date(on))
    known, folder = programme_of(package, programme), own_folder(package)
    data = read_with_records(folder, known)
    asked = Asked(element, organisation, period, breakdown or (), source, kind, value or "")
    made = new_correction(data, known, facts_of(data, known), asked, by)
    record(folder, known, corrections=[made])
    say(
        tr(
            f"Записано: {made.id} в corrections.csv ({made.element}, {made.organisation}, {made.period}, источник "
            f"{made.source}). Само сведение не изменено.",
            f"Recorded: {made.id} in corrections.csv ({made.element}, {made.organisation}, {made.period}, source "
            f"{made.source}). The fact itself is unchanged.",
        )
    )


def _kind(value: str | None, exclude: bool, flag: bool, withdraw: bool) -> CorrectionKind:
    from orientir.errors import Fault, UserError
    from orientir.model.collection import CorrectionKind

    asked = {
        CorrectionKind.OVERRIDE: value is not None,
        CorrectionKind.EXCLUDE: exclude,
        CorrectionKind.FLAG: flag,
        CorrectionKind.WITHDRAW: withdraw,
    }
    chosen = [kind for kind, is_asked in asked.items() if is_asked]
    if len(chosen) != 1:
        options = "--value, --exclude, --flag, --withdraw"
        what = "не сказано, что сделать." if not chosen else "сказано сделать сразу несколько дел."
        raise UserError(Fault("orientir correct", what, f"Укажите одно из {options}."))
    return chosen[0]
