"""review.csv: pairs that only a person can decide, beside the exports and never in a package, for it names people.

The column «решение» takes «да» or «нет»; the next run reads it. Answers stay in the file as long as their pair does.
"""

from __future__ import annotations

import csv
import io
import os
from collections.abc import Mapping, Sequence
from pathlib import Path

from orientir.errors import Fault, UserError
from orientir.pseudonyms.deciding import Doubt
from orientir.pseudonyms.persons import Person
from orientir.pseudonyms.reading import REVIEW, Exports
from orientir.spreadsheets.delimited import read_delimited
from orientir.spreadsheets.guard import read_file
from orientir.spreadsheets.refusals import Refusal

_PAIR, _ANSWER = "пара", "решение"
_SIDE = ("строка", "фамилия", "имя", "отчество", "рождение", "школа", "пол", "класс")
_HEADER = (_PAIR, _ANSWER, "вероятность", *_SIDE, *(f"{title} (вторая)" for title in _SIDE))
_ANSWERS = {"да": True, "нет": False, "": None}


def read_answers(folder: Path) -> dict[str, bool]:
    """What was decided, by pair. Raises UserError with every answer that is none."""
    path = folder / REVIEW
    if not path.exists():
        return {}
    try:
        rows = read_delimited(read_file(path))[0]
    except Refusal as refusal:
        raise UserError(Fault(REVIEW, refusal.what, refusal.cure)) from refusal
    header = [cell.strip().lower() for cell in rows[0]]
    if _PAIR not in header or _ANSWER not in header:
        cure = "Верните столбцы или удалите файл: он будет составлен заново, решения пропадут."
        raise UserError(Fault(f"{REVIEW}:1", f"нет столбцов «{_PAIR}» и «{_ANSWER}».", cure))
    found, faults = {}, []
    for line, row in enumerate(rows[1:], 2):
        cells = dict(zip(header, (cell.strip() for cell in row), strict=False))
        answer = cells.get(_ANSWER, "").lower().rstrip(".")
        if answer not in _ANSWERS:
            faults.append(Fault(f"{REVIEW}:{line}: {_ANSWER}", "это не «да» и не «нет».", "Впишите да или нет."))
        elif (said := _ANSWERS[answer]) is not None and cells.get(_PAIR):
            found[cells[_PAIR].lstrip("'")] = said
    if faults:
        raise UserError(faults)
    return found


def write_review(folder: Path, doubts: Sequence[Doubt], exports: Exports, schools: Mapping[int, str]) -> Path | None:
    """The unanswered first. No pairs, no file."""
    path = folder / REVIEW
    if not doubts:
        path.unlink(missing_ok=True)
        return None
    text = io.StringIO()
    writer = csv.writer(text, delimiter=";", lineterminator="\r\n")
    writer.writerow(_HEADER)
    for doubt in sorted(doubts, key=lambda one: (one.answer is not None, -one.probability, one.id)):
        answer = {True: "да", False: "нет", None: ""}[doubt.answer]
        sides = (cell for person in (doubt.left, doubt.right) for cell in _side(person, exports, schools))
        writer.writerow([f"'{doubt.id}", answer, f"{doubt.probability:.3f}".replace(".", ","), *map(_harmless, sides)])
    _write_private(path, text.getvalue().encode("utf-8-sig"))
    return path


def _side(person: Person, exports: Exports, schools: Mapping[int, str]) -> list[str]:
    who = person.identity
    sex = {0: "жен.", 1: "муж.", None: ""}[who.sex]
    place = "; ".join(exports.place(row.at) for row in person.rows[:3])
    school = schools.get(who.school, "") if who.school is not None else ""
    names = (part.capitalize() for part in (who.surname, who.name, who.patronymic))
    return [place, *names, who.birth, school, sex, str(who.grade or "")]


def _harmless(cell: str) -> str:
    """A cell that a spreadsheet would take for a formula is text."""
    return f"'{cell}" if cell.startswith(("=", "+", "-", "@")) else cell


def _write_private(path: Path, data: bytes) -> None:
    aside = path.with_name(f".{path.name}.partial-{os.getpid()}")
    try:
        handle = os.open(aside, os.O_WRONLY | os.O_CREAT | os.O_TRUNC, 0o600)
        with os.fdopen(handle, "wb") as file:
            file.write(data)
        aside.replace(path)
    except OSError as error:
        aside.unlink(missing_ok=True)
        what = f"список сомнительных пар не записывается: {error.strerror}."
        raise UserError(Fault(str(path), what, "Проверьте права и место.")) from error
