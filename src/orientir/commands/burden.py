"""What the forms of a programme cost a school, in words, and what each asked cell is for."""

from __future__ import annotations

from collections.abc import Iterator
from typing import TYPE_CHECKING

from orientir.command_words import tr

if TYPE_CHECKING:
    from orientir.definitions.burden import Burden
    from orientir.model.forms import Form
    from orientir.model.programme import Programme


def burden_told(form: Form, burden: Burden) -> str:
    minutes = int(burden.minutes)
    return tr(
        f"Форма «{form.title}»: ячеек {burden.cells}, около {minutes} минут.",
        f"Form {form.id}: {burden.cells} cells, about {minutes} minutes.",
    )


def burdens_told(programme: Programme, every_cell: bool) -> Iterator[str]:
    """A line for each form; with `every_cell` also one for each cell, naming what needs it."""
    from orientir.definitions.burden import burden_of, uses_of

    for form in programme.forms:
        yield burden_told(form, burden_of(form, programme))
        if every_cell:
            for (element, breakdown), needed_by in uses_of(form, programme).items():
                members = ", ".join(f"{dimension}={member}" for dimension, member in breakdown)
                told = "; ".join(one.rstrip(".") for one in needed_by)
                yield f"  {element}{f' ({members})' if members else ''}: {told}"
