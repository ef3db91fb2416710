"""The order on holding the monitoring: what is measured, who gives the figures, by when."""

from __future__ import annotations

from collections.abc import Iterator

from orientir.model.indicators import Indicator, IndicatorKind
from orientir.reports import cells
from orientir.reports.document import Cell, Column, Row, Table
from orientir.reports.papers.acts import act_told, cited
from orientir.reports.papers.model import BLANK, Annex, Paper
from orientir.reports.papers.setting import Setting
from orientir.reports.words import capital, lowered

_KINDS = (IndicatorKind.DECLARED, IndicatorKind.ADDITIONAL)
_EMPTY_ROWS = 10  # of a list that the office fills itself


def order(setting: Setting) -> Paper:
    acts = [act_told(act) for act in cited(setting.cycle.programme.acts, setting.cycle.as_of)]
    return Paper(
        id="order",
        kind="ПРИКАЗ",
        title=setting.title("paper_order_title"),
        authority=setting.authority,
        marks=setting.marks(told=False),
        blocks=setting.blocks("paper_order", acts=acts, asks=asked_roles(setting)),
        annexes=(
            Annex("1", "Перечень показателей мониторинга", (_indicators(setting),)),
            Annex("2", "Календарный план мониторинга", (_plan(setting),)),
            Annex("3", "Перечень образовательных организаций, которые представляют сведения", (_list(setting),)),
            acquaintance(setting),
        ),
    )


def asked_roles(setting: Setting) -> list[str]:
    """Who fills the forms, in small letters, each once."""
    titles = (setting.cycle.programme.title_of("roles", form.asks) for form in setting.forms)
    return list(dict.fromkeys(lowered(title) for title in titles))


def acquaintance(setting: Setting) -> Annex:
    """The sheet on which heads sign that they have read the order."""
    columns = (
        Column("№", width=0.5, align="center"),
        Column("Организация", width=3),
        Column("Должность, фамилия, инициалы", width=3),
        Column("Дата", width=1.2),
        Column("Подпись", width=1.4),
    )
    rows = tuple(Row((*row.cells[:2], Cell(), Cell(), Cell())) for row in _organisation_rows(setting))
    return Annex("", "Лист ознакомления", (Table("t-acquaintance", "Лист ознакомления с приказом", columns, rows),))


def _organisation_rows(setting: Setting) -> Iterator[Row]:
    """The organisations, or empty rows where the data do not name those that report."""
    titles = [place.title for place in setting.organisations] or [""] * _EMPTY_ROWS
    for number, title in enumerate(titles, 1):
        yield Row((cells.words(str(number)), cells.words(title)))


def _list(setting: Setting) -> Table:
    columns = (Column("№", width=0.5, align="center"), Column("Образовательная организация", width=8))
    return Table("t-organisations", "Образовательные организации", columns, tuple(_organisation_rows(setting)))


def _indicators(setting: Setting) -> Table:
    columns = (
        Column("№", width=0.6, align="center"),
        Column("Показатель", width=5.4),
        Column("Источник сведений", width=2.6),
    )
    shown = [one for one in setting.context.indicators_in_order() if one.kind in _KINDS]
    rows = tuple(_indicator_row(setting, number, one) for number, one in enumerate(shown, 1))
    return Table("t-order-indicators", "Показатели мониторинга", columns, rows)


def _indicator_row(setting: Setting, number: int, one: Indicator) -> Row:
    shorts = {source.id: source.short for source in setting.cycle.programme.sources}
    sources = "; ".join(shorts[key] for key in one.sources)
    return Row((cells.words(str(number)), cells.words(one.title), cells.words(sources or BLANK)))


def _plan(setting: Setting) -> Table:
    """Every paragraph of the text is a row: what, who, when, set apart by upright lines."""
    columns = (
        Column("№", width=0.5, align="center"),
        Column("Что делается", width=4.6),
        Column("Кто отвечает", width=2.4),
        Column("Срок", width=2),
    )
    lines = setting.paragraphs("paper_order_plan", asks=asked_roles(setting))
    return Table("t-plan", "Календарный план", columns, tuple(_plan_row(*pair) for pair in enumerate(lines, 1)))


def _plan_row(number: int, line: tuple[object, ...]) -> Row:
    parts = [part.strip(" ") for part in "".join(part for part in line if isinstance(part, str)).split("|")]
    padded = (*parts, "", "")[:3]
    return Row((cells.words(str(number)), *(cells.words(capital(part)) for part in padded)))
