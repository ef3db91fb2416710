"""The page of the data package, made from the tables by which its files are read.

What a column means is told in the descriptor of the example, as Frictionless has it, and in meanings.yaml for tables
and columns that the example lacks.
"""

from __future__ import annotations

import json
from collections.abc import Iterable, Mapping
from pathlib import Path

import yaml

from orientir.facts import tables
from orientir.facts.reading import REQUIRED

_DESCRIPTOR = Path(__file__).parents[1] / "examples" / "kemerovo" / "datapackage.json"
_CELLS = {"string": "текст", "number": "число", "integer": "целое число", "date": "дата ГГГГ-ММ-ДД"}


def package_page() -> str:
    descriptor = json.loads(_DESCRIPTOR.read_text(encoding="utf-8"))
    titles = {one["name"]: {field["name"]: field["title"] for field in one["schema"]["fields"]} | {"": one["title"]}
              for one in descriptor["resources"]}  # fmt: skip
    titles = {name: _titles(name, titles.get(name, {})) for name in _tables()}
    parts = [_INTRODUCTION]
    for name, columns in _tables().items():
        needed = "обязательна" if name in REQUIRED else "может отсутствовать"
        parts += [f"## `{name}.csv` — {_lowered(titles[name][''])}", f"Таблица {needed}."]
        rows = [_column_row(key, column, titles[name]) for key, column in columns.items()]
        if name in ("facts", "corrections", "choices"):
            cut = ("`‹код разреза›`", "текст", "может быть пустой", "По столбцу на каждый разрез программы")
            rows.insert(list(columns).index("period") + 1, cut)
        parts.append(table(("Столбец", "Запись", "Ячейка", "Что это"), rows))
    return "\n\n".join(parts) + "\n"


def _lowered(title: str) -> str:
    return title[:1].lower() + title[1:]


def _titles(name: str, shown: Mapping[str, str]) -> dict[str, str]:
    """The titles of a table and its columns: the example's first, then those told beside it."""
    told = yaml.safe_load(Path(__file__).with_name("meanings.yaml").read_text(encoding="utf-8"))["tables"]
    own = dict(told.get(name, {}))
    title = own.pop("_", "")
    return {"": title, **told["_"], **own, **shown}


def _tables() -> dict[str, Mapping[str, tables.Column]]:
    return {
        "organisations": tables.ORGANISATIONS,
        "sources": tables.SOURCES,
        "facts": tables.fact_columns(()),
        "events": tables.EVENTS,
        "activities": tables.ACTIVITIES,
        "open_days": tables.OPEN_DAYS,
        "actions": tables.ACTIONS,
        **tables.REGISTERS,
        "corrections": tables.correction_columns(()),
        "choices": tables.choice_columns(()),
        "texts": tables.TEXTS,
    }


def _column_row(key: str, column: tables.Column, titles: Mapping[str, str]) -> tuple[str, ...]:
    cell = "обязательна" if column.required else "может быть пустой"
    if not column.required and (key in tables.OPTIONAL or column.may_lack):
        cell = "столбца может не быть"
    return f"`{key}`", _CELLS[column.kind], cell, titles[key]


def table(head: tuple[str, ...], rows: Iterable[tuple[str, ...]]) -> str:
    lines = [head, tuple("---" for _ in head), *rows]
    return "\n".join("| " + " | ".join(cell.replace("|", "\\|") for cell in line) + " |" for line in lines)


_INTRODUCTION = """\
# Пакет данных

Пакет — папка по стандарту Frictionless Data Package: `datapackage.json` и таблицы CSV (UTF-8, запятая). Проценты не
хранятся: только сосчитанные числа, у каждого назван источник. Раздел `orientir` в `datapackage.json` говорит:
`programme` — по какой программе собран пакет, `territory` — код организации, о которой отчёт, `synthetic` — вымышлены
ли данные, `prepared_by` — кто подготовил. Если у файла записан `hash` (`sha256:…`), он обязан ему соответствовать.

Период пишется как `2021/22` (учебный год) или `2022` (календарный), число — цифрами, список кодов — через точку
с запятой. Все ошибки пакета называются сразу: файл, строка, столбец, что делать.

## Пять состояний ячейки

| `status` | `value` | Что значит |
| --- | --- | --- |
| `value` (можно не писать) | число больше нуля | сосчитано |
| `zero` (можно не писать) | 0 | сосчитано, и это ноль |
| `not_reported` | пусто | не сообщено; значения, куда входит ячейка, нет |
| `not_applicable` | пусто | не бывает: 11 класса в школе нет; к сумме ничего не прибавляет |
| `suppressed` | пусто | известно, но скрыто источником; значения, куда входит ячейка, нет |

Пустая ячейка без состояния — ошибка: пустота не ноль."""
