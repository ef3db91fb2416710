"""A programme's folder -> a `Programme`, or all its mistakes at once: file, line, key, cure."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

from orientir.definitions.consistency import consistency_faults
from orientir.definitions.folder import Folder
from orientir.definitions.forms import form_faults
from orientir.definitions.formulas import expanded
from orientir.definitions.references import reference_faults
from orientir.definitions.subject_map import read_subject_map
from orientir.errors import DefinitionError, Fault
from orientir.model.programme import Programme


def load_programme(
    path: Path, known_sections: frozenset[str] | None = None, known_texts: frozenset[str] | None = None
) -> Programme:
    """Read and check a programme; the report can make these sections and asks for these texts.

    Raises DefinitionError with every fault found.
    """
    if not path.is_dir():
        raise DefinitionError(Fault(str(path), "папки программы нет.", "Проверьте имя или путь."))
    try:
        folder = Folder(path, known_texts)
        subject_map, map_faults = read_subject_map(path)
        faults = [
            *folder.faults,
            *reference_faults(folder, known_sections),
            *consistency_faults(folder),
            *form_faults(folder),
            *map_faults,
        ]
    except RecursionError as error:
        what = "определения вложены слишком глубоко."
        raise DefinitionError(Fault(str(path), what, "Сократите цепочки величин.")) from error
    if faults:
        raise DefinitionError(faults)
    return _written_out(replace(folder.programme, subject_map=subject_map))


def _written_out(programme: Programme) -> Programme:
    """Formulas over collected elements only."""
    elements = {element.id: element for element in programme.elements}
    return replace(
        programme,
        indicators=tuple(
            replace(one, numerator=expanded(one.numerator, elements), denominator=expanded(one.denominator, elements))
            for one in programme.indicators
        ),
        checks=tuple(
            replace(one, left=expanded(one.left, elements), right=expanded(one.right, elements))
            for one in programme.checks
        ),
    )
