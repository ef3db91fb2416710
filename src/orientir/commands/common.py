"""What the commands share: their options, and how a programme, a cycle and an engine are had for them.

Only Typer is imported at the top, so that help is instant; each function imports what it needs.
"""

from __future__ import annotations

import sys
from typing import TYPE_CHECKING, Annotated, Any

import typer

from orientir.command_words import tr

if TYPE_CHECKING:
    from orientir.indicators.values import Engine
    from orientir.model.cycle import Cycle
    from orientir.model.desk import Structure
    from orientir.model.programme import Programme

DEFAULT_PROGRAMME = "career_guidance_2022"

PackageFolder = Annotated[str, typer.Argument(help=tr("Папка пакета данных.", "Folder of the data package."))]
ProgrammeId = Annotated[
    str, typer.Option("--programme", help=tr("Программа: имя или папка.", "Programme: an id or a folder."))
]
OwnProgramme = Annotated[
    str,
    typer.Option(
        "--programme",
        help=tr(
            "Программа: имя или папка; иначе та, по которой собран пакет.",
            "Programme: an id or a folder; by default the one for which the package was made.",
        ),
        show_default=False,
    ),
]
PeriodLabel = Annotated[str, typer.Option("--period", help=tr("Период, например 2021/22.", "Period, e.g. 2021/22."))]
Day = Annotated[
    str | None, typer.Option("--date", help=tr("Дата отчёта ГГГГ-ММ-ДД.", "Date of the report, YYYY-MM-DD."))
]
Formats = Annotated[str, typer.Option("--formats", help=tr("Форматы через запятую.", "Formats, comma-separated."))]
EngineName = Annotated[
    str, typer.Option("--engine", help=tr("Движок: duckdb или memory.", "Engine: duckdb or memory."))
]
PageNumbers = Annotated[
    bool,
    typer.Option(
        help=tr(
            "Номера страниц в оглавлении DOCX (через LibreOffice, если он есть).",
            "Page numbers in the contents of the DOCX (by LibreOffice where it is installed).",
        )
    ),
]
StructureName = Annotated[
    str,
    typer.Option(
        "--structure",
        help=tr(
            "Организации: then (какими были в каждом году) или now (закрытые сложены с преемниками).",
            "Organisations: then (as they were in each year) or now (closed ones added to their successors).",
        ),
    ),
]
ALL_FORMATS = "docx,pdf,html,xlsx,site"
AudienceName = Annotated[
    str,
    typer.Option(
        "--audience",
        help=tr(
            "Для кого: internal (всё) или public (малые числа и то, что их выдаёт, скрыты).",
            "For whom: internal (everything) or public (small numbers, and what gives them away, are hidden).",
        ),
    ),
]


def is_public(audience: str) -> bool:
    """Raises UserError for an audience that there is none of."""
    from orientir.errors import Fault, UserError

    if audience not in ("internal", "public"):
        what = f"«{audience}» — не читатель отчёта."
        raise UserError(Fault("--audience", what, "Допустимы: internal, public."))
    return audience == "public"


def structure_named(name: str) -> Structure:
    """Raises UserError for a structure that there is none of."""
    from orientir.errors import Fault, UserError
    from orientir.model.desk import Structure

    try:
        return Structure(name)
    except ValueError as error:
        cure = f"Допустимы: {', '.join(Structure)}."
        raise UserError(Fault("--structure", f"структуры «{name}» нет.", cure)) from error


def say(text: str) -> None:
    sys.stdout.write(text + "\n")


def programme_named(name: str) -> Programme:
    from orientir.definitions.loader import load_programme
    from orientir.reports.build import SECTIONS
    from orientir.reports.context import shipped_texts
    from orientir.resources import programme_folder

    return load_programme(programme_folder(name), frozenset(SECTIONS), frozenset(shipped_texts()))


def programme_of(package: str, name: str) -> Programme:
    """The programme of that name; where none is given, the one that the package names.

    Raises UserError where there is no such programme or package.
    """
    from orientir.errors import Fault, UserError
    from orientir.facts.descriptor import DESCRIPTOR, read_descriptor
    from orientir.resources import example_folder, programme_folder

    if name:
        return programme_named(name)
    folder = example_folder(package)
    own = read_descriptor(folder, folder.name, []).programme or DEFAULT_PROGRAMME
    try:
        programme_folder(own)
    except UserError as error:
        what = f"программы «{own}», по которой собран пакет, здесь нет."
        raise UserError(Fault(f"{package}/{DESCRIPTOR}", what, "Укажите папку программы в --programme.")) from error
    return programme_named(own)


def cycle_of(
    package: str,
    programme_name: str,
    period_label: str,
    on: str | None,
    engine_name: str = "duckdb",
    structure_name: str = "then",
) -> Cycle:
    from orientir.cycle import report_periods, run_cycle
    from orientir.facts.recorded import read_with_records
    from orientir.options import check_told_of, report_date, report_period
    from orientir.resources import example_folder

    as_of, structure = report_date(on), structure_named(structure_name)
    engine = engine_named(engine_name)
    programme = programme_of(package, programme_name)
    period = report_period(period_label, programme.period)
    with progress_shown() as progress:
        progress(tr("Читаю данные", "Reading the data"))
        data = read_with_records(example_folder(package), programme)
        check_told_of(report_periods(programme, period), data.facts)
        progress(tr("Считаю и сравниваю", "Computing and comparing"))
        try:
            return run_cycle(data, programme, period, as_of, engine, structure)
        finally:
            engine.close()


def engine_named(name: str) -> Engine:
    from orientir.errors import Fault, UserError

    if name == "duckdb":
        from orientir.engines.duckdb import DuckDBEngine

        return DuckDBEngine()
    if name == "memory":
        from orientir.engines.memory import MemoryEngine

        return MemoryEngine()
    raise UserError(Fault("--engine", f"движка «{name}» нет.", "Допустимы: duckdb, memory."))


def progress_shown(steps: int = 2) -> Any:
    """A bar on a terminal; silence elsewhere."""
    from orientir.progress import progress_bar

    return progress_bar(steps)
