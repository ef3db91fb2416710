"""The pages of docs/method, made from the specs: each example on a page is one that the tests have computed.

`python tools/method_pages.py` writes the pages, `--check` says which of them differ and ends with 1.
"""

from __future__ import annotations

import importlib
import inspect
import re
import sys
from collections.abc import Iterator
from types import ModuleType

from made_pages import ROOT, told

PAGES = ROOT / "docs" / "method"
SPECS = ROOT / "tests" / "spec"

# The chapters of the method: each spec file stands in one of them.
CHAPTERS = {
    "Как складывается значение": (
        "share_of_sums",
        "coverage",
        "cell_states",
        "empty_population",
        "territory_figure",
        "total_and_parts",
        "breakdowns",
    ),
    "Откуда берутся числа": (
        "one_source",
        "several_sources",
        "chosen_source",
        "corrected_facts",
        "reorganisations",
        "relations",
    ),
    "Как определяется показатель": ("conditions", "formulas", "derived_elements", "calculability"),
    "Как сравниваются годы": ("change", "fisher", "many_comparisons", "interval", "series_breaks"),
    "Решения и цели": ("answering_year", "goal_proposals"),
    "Как печатаются числа и периоды": ("rounding", "period_labels"),
}
INTRODUCTION = """\
# Методика расчёта

Здесь показано на примерах, что значат числа отчёта: как они складываются, когда значения нет и почему, что считается
изменением. Каждая страница составлена из проверок самой программы: пример, который перестал бы выполняться, не попал
бы сюда. Примеры вымышлены и малы настолько, чтобы их можно было пересчитать в уме.

В таблицах «Сведения» пустая клетка значит, что такой строки в данных нет; «нет данных», «не относится» и «скрыто» —
состояния клетки без числа. Если год не указан, это 2021/22 учебный год; если не указано место — сама территория; если
не указан источник, он один.
"""
_NUMBER = re.compile(r"[−+]?[\d⍽]+(,\d+)?([\s⍽]?%)?")
NOTICE = "<!-- Составлено из tests/spec командой python tools/method_pages.py; правьте не страницу, а пример. -->\n"


def pages() -> dict[str, str]:
    """The text of every page by its file name."""
    sys.path[:0] = [str(ROOT / "tests"), str(ROOT / "src")]
    chapters = {title: [(name, _spec(name)) for name in names] for title, names in CHAPTERS.items()}
    _refuse_strays({name for names in CHAPTERS.values() for name in names})
    made = {f"{name}.md": page(module) for entries in chapters.values() for name, module in entries}
    return {"index.md": index(chapters), **made}


def _spec(name: str) -> ModuleType:
    return importlib.import_module(f"spec.test_{name}")


def _refuse_strays(placed: set[str]) -> None:
    strays = sorted({path.stem.removeprefix("test_") for path in SPECS.glob("test_*.py")} - placed)
    if strays:
        raise SystemExit(f"tools/method_pages.py: no chapter for {', '.join(strays)}; add it to CHAPTERS.")


def index(chapters: dict[str, list[tuple[str, ModuleType]]]) -> str:
    parts = [NOTICE, INTRODUCTION]
    for title, entries in chapters.items():
        links = "\n".join(f"- [{module.title}]({name}.md)" for name, module in entries)
        parts.append(f"## {title}\n\n{links}\n")
    return "\n".join(parts)


def page(module: ModuleType) -> str:
    """A page: the title, what the module says of it, and each example with its tables."""
    parts = [NOTICE, f"# {module.title}\n", f"{_prose(module)}\n"]
    for test in _tests(module):
        parts += _example(test)
    parts.append("[К содержанию](index.md)\n")
    return "\n".join(parts)


def _tests(module: ModuleType) -> Iterator[object]:
    yield from (member for name, member in vars(module).items() if name.startswith("test_"))


def _prose(item: object) -> str:
    """The docstring with each paragraph on one line."""
    text = inspect.getdoc(item)
    if not text:
        raise SystemExit(f"tools/method_pages.py: {item} says nothing about itself.")
    return "\n\n".join(" ".join(paragraph.split()) for paragraph in text.split("\n\n"))


def _example(test: object) -> Iterator[str]:
    from spec.asserting import Spec

    heading, _, rest = _prose(test).partition("\n\n")
    spec = Spec()
    test(spec)  # type: ignore[operator]
    yield f"## {heading.removesuffix('.')}\n"
    if rest:
        yield f"{rest}\n"
    for shown in spec.shown:
        yield from _caption(shown.caption)
        yield from (f"{paragraph}\n" for paragraph in shown.paragraphs)
        if shown.header:
            yield _table(shown.header, shown.rows)


def _caption(caption: str) -> Iterator[str]:
    if caption:
        yield f"**{caption}**\n"


def _table(header: tuple[str, ...], rows: tuple[tuple[str, ...], ...]) -> str:
    columns = list(zip(*rows, strict=True))
    rule = ["---:" if any(cells) and all(map(_is_number, cells)) else "---" for cells in columns]
    return "".join(f"| {' | '.join(cells)} |\n" for cells in (header, rule, *rows))


def _is_number(cell: str) -> bool:
    return not cell or _NUMBER.fullmatch(cell) is not None


if __name__ == "__main__":
    sys.exit(told(PAGES, pages(), sys.argv[1:]))
