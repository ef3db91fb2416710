"""HTML: the whole report as one file that opens without a network, prints, and shows where each number comes from.

A chart is a picture first, so that paper and a browser without scripts have it, and comes alive where scripts run.
What stands on a page is decided by the sections; the site, which prints the same blocks page by page, is in to_site.py.
"""

from __future__ import annotations

import base64
import hashlib
from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass
from functools import cache
from html import escape
from importlib.resources import files

from jinja2 import Environment, PackageLoader, StrictUndefined
from markupsafe import Markup

from orientir.presentation import day_in_words
from orientir.reports import charts
from orientir.reports.bundle import charts_bundle
from orientir.reports.columns import layout, of_figures
from orientir.reports.document import (
    Block,
    Bullets,
    Chart,
    Document,
    Inline,
    Link,
    Num,
    Numbering,
    Paragraph,
    Ref,
    Row,
    Section,
    Strong,
    Table,
    Text,
    header_grid,
    numbering,
)

# A table of more rows than a screen holds scrolls in its own box and can be searched.
_LONG = 20

# A table of fewer columns fits a phone as it is.
_CARDS = 3

# The room of a table on a screen in twips of type as small as on paper, and the breadth of a sans-serif typeface.
_ROOM, _BREADTH = 12_000, 1.1

# The fonts of the page: those of the printed report are rarely installed where it is read.
_SCREEN_FONT = "PT Sans, Segoe UI, Noto Sans, Liberation Sans, Arial, sans-serif"

# Links come from what schools type, so a link that is not plainly one is printed as text.
_LINKS = ("http://", "https://", "mailto:")


@dataclass(frozen=True)
class Markings:
    """How the text of one page is marked up; `address` links a table or a figure, None if it is not published."""

    numbers: Numbering
    address: Callable[[str], str | None]

    def __call__(self, text: Text) -> Markup:
        return Markup("").join(map(self._part, text))

    def _part(self, part: Inline) -> Markup:
        match part:
            case Num():
                return Markup('<span class="num" tabindex="0" data-n="{}">{}</span>').format(part.id, part.text)
            case Ref():
                return self._reference(part)
            case Strong():
                return Markup("<strong>{}</strong>").format(part.text)
            case Link() if part.url.lower().startswith(_LINKS):
                return Markup('<a href="{}" rel="noopener">{}</a>').format(part.url, part.text)
            case Link():
                return Markup.escape(part.text)
        return Markup.escape(part)

    def _reference(self, ref: Ref) -> Markup:
        address = self.address(ref.key)
        if address is None:
            return Markup.escape(outside(ref, self.numbers))
        return Markup('<a href="{}">{}</a>').format(address, self.numbers.printed(ref))


def outside(ref: Ref, numbers: Numbering) -> str:
    """A reference to what the reader finds only in the whole report."""
    return f"{numbers.printed(ref)} полного отчёта"


def to_html(document: Document) -> str:
    """The report as one HTML file."""
    numbers = numbering(document)
    figures = [block for block in document.blocks if isinstance(block, Chart)]
    scripts = [asset("page.js"), asset("numbers.js")]
    if figures:
        scripts += [charts_bundle(), asset("charts.js")]
    return render(
        "report.html.j2",
        document,
        scripts,
        text=Markings(numbers, lambda key: f"#{key}"),
        numbers=numbers,
        origins=origins_of(document.blocks, document),
        specs={chart.key: charts.vega_lite(chart) for chart in figures},
    )


def render(template: str, document: Document, scripts: Iterable[str], **context: object) -> str:
    """A whole page; its policy lets run the scripts that are in it, and lets nothing be loaded."""
    bodies = [_inside_script(script) for script in scripts]
    page = _environment().get_template(template)
    return page.render(
        document=document,
        date=printed_date(document),
        style=Markup(asset("report.css") + _page_margins(document)),
        policy=_policy(bodies),
        scripts=[Markup(body) for body in bodies],
        **context,
    )


def fragment(template: str, **context: object) -> str:
    """A piece of a page, without head, style and scripts."""
    return _environment().get_template(template).render(**context)


def origins_of(blocks: Iterable[Block], document: Document) -> Mapping[str, Mapping[str, str]]:
    """The origins of the numbers printed in these blocks. Raises KeyError for a number that has none."""
    parts = (part for block in blocks for text in texts(block) for part in text)
    printed = dict.fromkeys(part.id for part in parts if isinstance(part, Num))
    origins = (document.origins[number] for number in printed)
    return {
        origin.id: {"title": origin.title, "formula": origin.formula, "sources": origin.sources} for origin in origins
    }


def texts(block: Block) -> Iterator[Text]:
    """Every marked text of a block."""
    match block:
        case Paragraph():
            yield block.text
        case Bullets():
            yield from block.items
        case Table():
            yield from (cell.text for row in block.rows for cell in row.cells)
            yield block.note


def row_groups(table: Table) -> list[list[Row]]:
    """The rows cut before each heading row, so that the heading belongs to the rows below it."""
    groups: list[list[Row]] = []
    for row in table.rows:
        if not groups or row.kind == "group":
            groups.append([])
        groups[-1].append(row)
    return groups


def printed_date(document: Document) -> str:
    """The date in words, with the same unbreakable space as everywhere in the report."""
    return day_in_words(document.date)


def label(key: str, numbers: Numbering) -> str:
    """The name before a caption: «Таблица 3»."""
    return numbers.printed(Ref(key)).capitalize()


@cache
def asset(name: str) -> str:
    """The text of one of our own files beside the templates."""
    return (files("orientir.reports") / "templates" / name).read_text(encoding="utf-8")


@cache
def _environment() -> Environment:
    environment = Environment(
        loader=PackageLoader("orientir.reports"),
        autoescape=True,
        undefined=StrictUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
        keep_trailing_newline=True,
    )
    environment.policies["json.dumps_kwargs"] = {"ensure_ascii": False}
    environment.globals.update(header_grid=header_grid, row_groups=row_groups, label=label, picture=_picture)
    environment.globals.update(table_look=_table_look, is_cards=_is_cards, is_wide=_is_wide, widths=_widths)
    environment.tests["kind"] = lambda block, kind: type(block).__name__ == kind
    return environment


def _table_look(table: Table) -> str:
    looks = {"landscape": table.landscape, "long": len(table.rows) > _LONG, "cards": _is_cards(table)}
    return " ".join(["table", *(name for name, has in looks.items() if has)])


def _is_cards(table: Table) -> bool:
    """Whether each row can stand as a card of its own: it has words to read, and no column needs its group's name."""
    return len(table.leaves) >= _CARDS and table.columns == table.leaves and not of_figures(table)


def _widths(table: Table, numbers: Numbering) -> list[list[float]]:
    """The widths of the leaves of each column in per cent of the table."""
    widths = layout(table, numbers, _ROOM, _BREADTH).widths
    shares = iter([100 * width / sum(widths) for width in widths])
    return [[next(shares) for _ in column.leaves] for column in table.columns]


def _is_wide(section: Section) -> bool:
    """Whether all that a section shows is wide; then its words go on the wide paper too."""
    shown = [block for block in section.blocks if isinstance(block, Table | Chart)]
    return bool(shown) and all(isinstance(block, Table) and block.landscape for block in shown)


def _picture(chart: Chart) -> str:
    # As an image and not as markup: the pictures of a page would share the ids inside them.
    drawing = charts.svg(chart).replace(escape(charts.FONT), _SCREEN_FONT)
    return "data:image/svg+xml;base64," + base64.b64encode(drawing.encode()).decode()


def _inside_script(script: str) -> str:
    return script.replace("</script", "<\\/script").replace("\r\n", "\n")


def _policy(scripts: Iterable[str]) -> str:
    hashes = (base64.b64encode(hashlib.sha256(script.encode()).digest()).decode() for script in scripts)
    allowed = " ".join(f"'sha256-{value}'" for value in hashes) or "'none'"
    return (
        f"default-src 'none'; script-src {allowed}; style-src 'unsafe-inline'; img-src data:; "
        "base-uri 'none'; form-action 'none'"
    )


def _page_margins(document: Document) -> str:
    """What stands on every printed page."""
    return (
        f"@page {{ @top-center {{ content: {_css_string(' · '.join(document.marks))} }}\n"
        f"@bottom-left {{ content: {_css_string(f'{document.territory}, {document.period}')} }} }}\n"
    )


def _css_string(text: str) -> str:
    return '"' + "".join(f"\\{ord(sign):x} " if sign in '"\\<\n' else sign for sign in text) + '"'
