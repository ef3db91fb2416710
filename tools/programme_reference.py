"""The pages and schemas of docs/reference, made from the classes and tables by which the files are read.

`python tools/programme_reference.py` writes them, `--check` says which of them differ and ends with 1. What a key or a
column means is told in meanings.yaml; one that is not told there, or is told and does not exist, is an error.
"""

from __future__ import annotations

import json
import sys
from collections.abc import Iterator, Mapping
from dataclasses import MISSING, Field, fields, is_dataclass
from datetime import date
from decimal import Decimal
from enum import StrEnum
from pathlib import Path
from types import NoneType, UnionType
from typing import Any, get_args, get_origin, get_type_hints

import yaml
from editor_schemas import schemas
from package_reference import package_page, table

from orientir.definitions.folder import GROUPS, OPTIONAL, SCALARS
from orientir.model.conditions import AllOf, AnyOf, Not, OneOf, Within
from orientir.model.forms import Form, FormSection
from orientir.model.indicators import Indicator, Term
from orientir.model.programme import Programme, ReportSpec

ROOT = Path(__file__).parents[1]
REFERENCE = ROOT / "docs" / "reference"
MEANINGS: dict[str, Any] = yaml.safe_load(Path(__file__).with_name("meanings.yaml").read_text(encoding="utf-8"))
HEAD = "<!-- Сделано tools/programme_reference.py; правьте не здесь. -->\n\n"

_PLAIN = {str: "строка", int: "целое число", Decimal: "число", bool: "true или false", date: "дата ГГГГ-ММ-ДД"}

CONDITIONS = (AllOf, AnyOf, Not, OneOf, Within)  # told in words, as they are written


def pages() -> dict[str, str]:
    """Every generated file by its path under docs/reference."""
    made = {"programme.md": HEAD + _programme(), "package.md": HEAD + package_page()}
    for name, schema in schemas(MEANINGS).items():
        made[f"schema/{name}.json"] = json.dumps(schema, ensure_ascii=False, indent=1) + "\n"
    return made


# ---- the programme


def _programme() -> str:
    files = ((f"`{file}`", about) for file, about in MEANINGS["files"].items())
    parts = [_INTRODUCTION, table(("Файл", "Что в нём"), files), _CONDITIONS]
    scalars = {key: field for key, field in _fields(Programme).items() if key in SCALARS}
    parts += ["## Паспорт программы: `programme.yaml`", _keys(Programme, scalars)]
    for file, groups in GROUPS.items():
        parts.append(f"## Группы файла `{file}`")
        rows = ((f"`{group}`", _entry_link(kind), MEANINGS["groups"][group]) for group, kind in groups.items())
        parts.append(table(("Группа", "Запись", "Что в ней"), rows))
    parts.append("## Записи")
    for kind in _classes():
        parts += [f"### {kind.__name__}", MEANINGS[kind.__name__]["_"], _keys(kind, _fields(kind))]
    parts.append("## Допустимые значения")
    for enum in _enums():
        known = MEANINGS["values"][enum.__name__]
        rows = ((f"`{one}`", known[one.value]) for one in enum)
        parts += [f"### {enum.__name__}", table(("Значение", "Что значит"), rows)]
    return "\n\n".join(parts) + "\n"


def _keys(kind: type, shown: Mapping[str, Field[Any]]) -> str:
    hints = get_type_hints(kind)
    about = MEANINGS[kind.__name__]
    missing, extra = shown.keys() - about.keys(), about.keys() - shown.keys() - {"_"}
    if missing or extra:
        raise SystemExit(f"meanings.yaml: {kind.__name__}: not told {sorted(missing)}, no such key {sorted(extra)}")
    rows = ((f"`{key}`", _words(hints[key]), _default(field), about[key]) for key, field in shown.items())
    return table(("Ключ", "Значение", "Если нет", "Что это"), rows)


def _fields(kind: type) -> dict[str, Field[Any]]:
    """The keys of an entry; its id is the key under which it stands, or the name of its file."""
    return {one.name: one for one in fields(kind) if one.name != "id" or kind in (Programme, FormSection)}


def _words(hint: Any) -> str:
    if hint in _PLAIN:
        return _PLAIN[hint]
    if get_origin(hint) is tuple:
        inner = get_args(hint)[0]
        return f"{_entry_link(inner)} или список" if inner is Term else f"список: {_words(inner)}"
    if get_origin(hint) is dict:
        return "записи «ключ: значение»"
    if get_origin(hint) is UnionType:
        known = [one for one in get_args(hint) if one is not NoneType]
        return _words(known[0]) if len(known) == 1 else "[условие](#условия)"
    return _entry_link(hint)


def _entry_link(kind: type) -> str:
    return f"[{kind.__name__}](#{kind.__name__.lower()})"


def _default(field: Field[Any]) -> str:
    if field.default is MISSING and field.default_factory is MISSING:
        return "ошибка"
    shown = "" if field.default in (None, "", (), MISSING) else str(field.default).lower()
    return f"`{shown}`" if shown else "—"


def _classes() -> list[type]:
    found: dict[type, None] = {}
    for kind in [*(kind for groups in GROUPS.values() for kind in groups.values()), Indicator, Form, ReportSpec]:
        found |= dict.fromkeys(_with_parts(kind))
    return [kind for kind in found if is_dataclass(kind)]


def _enums() -> list[type[StrEnum]]:
    kinds = [get_type_hints(Programme)["period"], *(part for kind in _classes() for part in _parts(kind))]
    return [kind for kind in dict.fromkeys(kinds) if isinstance(kind, type) and issubclass(kind, StrEnum)]


def _with_parts(kind: type) -> Iterator[type]:
    yield kind
    for part in _parts(kind):
        if is_dataclass(part) and not issubclass(part, CONDITIONS):
            yield from _with_parts(part)


def _parts(kind: type) -> Iterator[Any]:
    for name, hint in get_type_hints(kind).items():
        if name in {one.name for one in fields(kind)}:
            yield from (part for part in (hint, *get_args(hint)) if part not in (Ellipsis, NoneType))


_INTRODUCTION = f"""\
# Файлы программы

Программа — папка файлов YAML. В ней всё, что решает методист: цели, величины, показатели, проверки, рекомендации,
порядок разделов. Кода в ней нет. Ключ, которого нет на этой странице, — ошибка при загрузке, а не примечание;
`orientir programme check ПАПКА` называет все ошибки сразу: файл, строка, ключ, что делать.

Записи группы стоят под своими кодами (`код: {{…}}`); код пишется латиницей и внутри записи не повторяется.
Необязательны файлы {", ".join(f"`{name}`" for name in sorted(OPTIONAL))}. Папка `texts/` с шаблонами
Jinja2 тоже необязательна: шаблон из неё заменяет одноимённый шаблон отчёта. Схемы для редакторов лежат
в [schema](schema)."""

_CONDITIONS = """\
## Условия

Условие (`where`) отбирает ячейки величины по её разрезам:

| Запись | Что значит |
| --- | --- |
| `{stage: regional}` | значение разреза |
| `{stage: [regional, national]}` | одно из значений |
| `{grade: {from: 6, to: 11}}` | промежуток, оба конца входят |
| `{level: "5-9", stage: regional}` | и то, и другое |
| `{any: [{level: "5-9"}, {grade: "9"}]}` | хотя бы одно из условий |
| `{not: {stage: regional}}` | не это значение |

Если разрез у ячейки не указан, она не удовлетворяет ни условию, ни его отрицанию."""


def main() -> int:
    differing = [name for name, text in pages().items() if _old(name) != text]
    if "--check" in sys.argv:
        sys.stdout.writelines(f"{name}\n" for name in differing)
        return int(bool(differing))
    for name, text in pages().items():
        (REFERENCE / name).parent.mkdir(parents=True, exist_ok=True)
        (REFERENCE / name).write_text(text, encoding="utf-8", newline="\n")
    return 0


def _old(name: str) -> str:
    path = REFERENCE / name
    return path.read_text(encoding="utf-8") if path.is_file() else ""


if __name__ == "__main__":
    sys.exit(main())
