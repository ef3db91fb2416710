"""What the commands of the desk share: a package that may be changed, the facts it counts, a record put into it."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from orientir.command_words import tr

if TYPE_CHECKING:
    from orientir.model.collection import Choice, Correction
    from orientir.model.package import Fact, Package
    from orientir.model.programme import Programme

Author = Annotated[
    str,
    typer.Option("--author", help=tr("Кто решил: роль или инициалы.", "Who decided: a role or initials.")),
]
Reason = Annotated[str, typer.Option("--reason", help=tr("Почему.", "Why."))]
DecidedOn = Annotated[
    str | None, typer.Option("--date", help=tr("Дата решения ГГГГ-ММ-ДД.", "Date of the decision, YYYY-MM-DD."))
]


def facts_of(package: Package, programme: Programme) -> tuple[Fact, ...]:
    """All that is counted: read from facts.csv and counted from registers."""
    from orientir.sources.counted import counted_facts

    return package.facts + counted_facts(package, programme)


def own_folder(name: str) -> Path:
    """The folder of a package that may be changed. Raises UserError for a name of an example."""
    from orientir.errors import Fault, UserError

    folder = Path(name).expanduser()
    if not folder.is_dir():
        what = "такой папки нет, а записать решение можно только в свой пакет."
        raise UserError(Fault(f"«{name}»", what, "Укажите папку пакета данных."))
    return folder


def record(
    folder: Path, programme: Programme, corrections: Sequence[Correction] = (), choices: Sequence[Choice] = ()
) -> None:
    """Add the records to the package; a killed run leaves it whole, with all of them or with none."""
    from orientir.facts.recording import choice_row, correction_row, recorded
    from orientir.facts.tables import choice_columns, correction_columns
    from orientir.writing import write_file

    dimensions = tuple(dimension.id for dimension in programme.dimensions)
    if corrections:
        steps = recorded(folder, "corrections", correction_columns(dimensions), list(map(correction_row, corrections)))
    else:
        steps = recorded(folder, "choices", choice_columns(dimensions), list(map(choice_row, choices)))
    for path, data in steps:
        write_file(path, data)
