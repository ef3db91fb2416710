"""`orientir fill`: someone else's form, filled from a data package by a mapping that a person confirmed once."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from orientir.command_words import tr
from orientir.commands.common import (
    EngineName,
    OwnProgramme,
    cycle_of,
    engine_named,
    programme_of,
    say,
)

if TYPE_CHECKING:
    from orientir.reports.fill.filling import Filled, Filling, Proposed
    from orientir.reports.fill.mapping import Row
    from orientir.reports.fill.template import Template

_SHOWN = 30  # cells on the screen; all of them are in the list


def fill(
    template: Annotated[Path, typer.Argument(help=tr("Чужая форма: XLSX или DOCX.", "The form: XLSX or DOCX."))],
    package: Annotated[str, typer.Option(help=tr("Папка пакета данных.", "Folder of the data package."))],
    out: Annotated[Path, typer.Option(help=tr("Файл заполненной формы.", "File of the filled form."))],
    programme: OwnProgramme = "",
    period: Annotated[
        str | None,
        typer.Option(
            help=tr("Отчётный период; по умолчанию последний в данных.", "The period; by default the last one.")
        ),
    ] = None,
    mapping: Annotated[
        Path | None,
        typer.Option(
            help=tr(
                "Подтверждённый файл соответствия; без него он составляется рядом с --out, а форма не заполняется.",
                "The confirmed mapping; without it one is written beside --out, and the form is not filled.",
            )
        ),
    ] = None,
    partial: Annotated[
        bool,
        typer.Option(
            "--partial",
            help=tr("Записывать и суммы, для которых данные дали не все.", "Write sums that not all have reported to."),
        ),
    ] = False,
    engine: EngineName = "duckdb",
) -> None:
    """Exit code 2 where the form cannot be opened or is not the one that was confirmed; then nothing is filled."""
    from orientir.reports.fill.filling import Filling
    from orientir.reports.fill.mapping import read_mapping

    _check_paths(template, out, mapping)
    form = _template(template)
    rows = read_mapping(mapping) if mapping is not None else None
    cycle = cycle_of(package, programme, period or _last_period(package, programme), None, engine)
    runner = engine_named(engine)
    try:
        filling = Filling(form, cycle, programme_of(package, programme), runner, partial)
        if mapping is None or rows is None:
            _propose(filling, out)
        else:
            _fill(filling, mapping, rows, template.name, out)
    finally:
        runner.close()


def _last_period(package: str, programme: str) -> str:
    from orientir.errors import Fault, UserError
    from orientir.facts.recorded import read_with_records
    from orientir.resources import example_folder

    facts = read_with_records(example_folder(package), programme_of(package, programme)).facts
    if not facts:
        raise UserError(Fault("--period", "в данных нет ни одного сведения.", "Укажите период и другой пакет данных."))
    last = str(max(fact.period for fact in facts))
    say(tr(f"Отчётный период: {last}", f"The period: {last}"))
    return last


def mapping_beside(out: Path) -> Path:
    return out.with_name(f"{out.stem}.mapping.xlsx")


def listing_beside(out: Path) -> Path:
    return out.with_name(f"{out.stem}.listing.xlsx")


def _check_paths(template: Path, out: Path, mapping: Path | None) -> None:
    from orientir.errors import Fault, UserError

    faults = []
    beside = mapping_beside(out)
    if out.suffix.lower() != template.suffix.lower():
        what = f"форма — {template.suffix or 'без расширения'}, а результат — {out.suffix or 'без расширения'}."
        faults.append(Fault("--out", what, f"Назовите его {out.stem}{template.suffix}."))
    if out.exists() and template.exists() and out.samefile(template):
        faults.append(Fault("--out", "это сама форма: она была бы затёрта.", "Укажите другой файл."))
    if out.is_dir() or not out.resolve().parent.is_dir():
        faults.append(Fault("--out", f"{out}: такой папки нет или это папка.", "Укажите файл в папке, которая есть."))
    if mapping is None and beside.exists():
        what = f"{beside} уже есть: в нём могут быть ваши отметки."
        faults.append(Fault("--mapping", what, "Укажите его в --mapping или уберите, чтобы составить новый."))
    if faults:
        raise UserError(faults)


def _template(path: Path) -> Template:
    from orientir.errors import Fault, UserError
    from orientir.reports.fill.template import read_template
    from orientir.spreadsheets.refusals import Refusal

    try:
        return read_template(path)
    except Refusal as refusal:
        place = str(path) + (f", {refusal.where}" if refusal.where else "")
        raise UserError(Fault(place, refusal.what, refusal.cure)) from refusal


def _propose(filling: Filling, out: Path) -> None:
    from orientir.errors import Fault, UserError
    from orientir.writing import write_file

    if not filling.blanks:
        what = "в форме не нашлось ни одной пустой ячейки с надписями слева и сверху."
        raise UserError(Fault("форма", what, "Ячейки для чисел должны быть в рамке или выделены цветом."))
    proposed = filling.proposed()
    target = mapping_beside(out)
    write_file(target, proposed.book)
    say(_told(proposed))
    say(
        tr(
            f"Файл соответствия: {target}\nФорма пока не заполнена. Отметьте в нём верные строки словом «да» и "
            f"повторите команду с --mapping {target}",
            f"The mapping: {target}\nNothing is filled yet. Mark the right rows with «да» and repeat the command with "
            f"--mapping {target}",
        )
    )


def _told(proposed: Proposed) -> str:
    counts = ", ".join(f"{state} — {count}" for state, count in proposed.counts.items() if count)
    total = sum(proposed.counts.values())
    return tr(f"Пустых ячеек: {total} ({counts}).", f"Empty cells: {total} ({counts}).")


def _fill(filling: Filling, mapping: Path, rows: list[Row], name: str, out: Path) -> None:
    from orientir.errors import Fault, UserError
    from orientir.writing import write_file

    if not any(row.is_confirmed for row in rows):
        what = "ни одна строка не подтверждена."
        raise UserError(Fault(str(mapping), what, "Поставьте «да» в первом столбце у верных строк."))
    try:
        done = filling.filled(mapping, rows, name)
    except UserError as error:
        _propose_anew(filling, rows, out, mapping, error)
        raise
    write_file(listing_beside(out), done.listing)
    write_file(out, done.form)
    _report(done, out)


def _propose_anew(filling: Filling, rows: list[Row], out: Path, mapping: Path, error: Exception) -> None:
    """A form that has changed gets a new mapping, with all that was confirmed; the old one is never touched."""
    from orientir.errors import Fault, UserError
    from orientir.writing import write_file

    target = mapping_beside(out)
    if not filling.has_changed(rows) or target.exists() or not isinstance(error, UserError):
        return
    write_file(target, filling.proposed(rows).book)
    what = "форма изменилась, и ничего не заполнено."
    cure = f"Новый файл соответствия с прежними отметками: {target}. Проверьте его и укажите в --mapping."
    raise UserError([*error.faults, Fault(f"{mapping}", what, cure)]) from error


def _report(done: Filled, out: Path) -> None:
    for mark in done.marks:
        say(mark)
    for one in done.unfilled[:_SHOWN]:
        say(f"{one.place}, {one.address}: «{one.labels}». {one.why}")
    if len(done.unfilled) > _SHOWN:
        say(tr(f"… и ещё {len(done.unfilled) - _SHOWN}.", f"… and {len(done.unfilled) - _SHOWN} more."))
    for stranger in done.strangers[:_SHOWN]:
        say(tr(f"Нет в файле соответствия: {stranger}", f"Not in the mapping: {stranger}"))
    listing = listing_beside(out)
    say(
        tr(
            f"Форма: {out}\nЗаполнено ячеек: {done.count}, нет числа: {len(done.unfilled)}. Перечень: {listing}",
            f"The form: {out}\nCells filled: {done.count}, without a number: {len(done.unfilled)}. The list: {listing}",
        )
    )
