"""Indicators of a programme as sums of elements by number; what needs another year or a breakdown is none.

Numbers are told in records/dim_element.csv: a row for each element.
"""

from __future__ import annotations

import csv
from collections import Counter
from collections.abc import Iterable, Mapping
from pathlib import Path

from orientir.engines.records.aggregate import Formula
from orientir.engines.records.partitions import FOLDER
from orientir.errors import Fault, UserError
from orientir.model.indicators import Indicator, Term
from orientir.model.programme import Programme

DICTIONARY = "dim_element.csv"


class NotLinear(Exception):
    """Why an indicator is no sum of what the values tell."""


def numbers_of_elements(folder: Path) -> Mapping[str, int]:
    """UserError with all that is wrong with the dictionary."""
    file = folder / FOLDER / DICTIONARY
    numbers: dict[str, int] = {}
    faults: list[Fault] = []
    for line, row in enumerate(_rows(file), 2):
        place = f"{FOLDER}/{DICTIONARY}:{line}"
        number, element = ((row.get(name) or "").strip() for name in ("element_id", "element"))
        if not number.isdecimal() or not element:
            faults.append(Fault(place, "нет номера или кода величины.", "Заполните element_id и element."))
        elif element in numbers or int(number) in numbers.values():
            faults.append(Fault(place, "номер или величина повторяются.", "Оставьте одну строку."))
        else:
            numbers[element] = int(number)
    if faults:
        raise UserError(faults)
    return numbers


def _rows(file: Path) -> list[dict[str, str]]:
    try:
        with file.open(encoding="utf-8-sig", newline="") as stream:
            return list(csv.DictReader(stream))
    except FileNotFoundError as error:
        cure = "Напишите, какая величина под каким номером: столбцы element_id, element."
        raise UserError(Fault(str(file), "файла нет.", cure)) from error
    except (UnicodeDecodeError, csv.Error) as error:
        raise UserError(Fault(str(file), "файл не читается.", "Сохраните его как «CSV UTF-8» с запятой.")) from error


def formulas_of(programme: Programme, numbers: Mapping[str, int]) -> tuple[list[Formula], Mapping[str, str]]:
    """The indicators that are sums of numbered elements, and why the others are not."""
    formulas: list[Formula] = []
    reasons: dict[str, str] = {}
    for one in programme.indicators:
        try:
            formulas.append(_formula(programme, one, numbers))
        except NotLinear as reason:
            reasons[one.id] = str(reason)
    return formulas, reasons


def _formula(programme: Programme, one: Indicator, numbers: Mapping[str, int]) -> Formula:
    part, whole = (_weights(programme, terms, numbers) for terms in (one.numerator, one.denominator))
    return Formula(one.id, {number: (part[number], whole[number]) for number in {**part, **whole}})


def _weights(programme: Programme, terms: Iterable[Term], numbers: Mapping[str, int]) -> Counter[int]:
    """number of an element -> its weight; an element with a formula stands for its own terms."""
    found: Counter[int] = Counter()
    for term in terms:
        if term.shift or term.where:
            raise NotLinear("нужен другой год" if term.shift else "нужна разбивка величины")
        formula = programme.element(term.element).formula
        if term.element in numbers:
            found[numbers[term.element]] += term.weight
        elif formula:
            for number, weight in _weights(programme, formula, numbers).items():
                found[number] += weight * term.weight
        else:
            raise NotLinear(f"значений величины «{term.element}» нет")
    return found
