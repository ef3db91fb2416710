"""One page for the head of the department: what got worse, where, who acts.

It holds as much as fits one sheet; what does not is counted, and stands in the report.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from orientir.model.results import Finding
from orientir.presentation import day
from orientir.reports import cells
from orientir.reports.document import Cell, Column, Paragraph, Row, Table
from orientir.reports.papers.fitting import fits
from orientir.reports.papers.model import Caption, Paper, PaperBlock
from orientir.reports.papers.setting import Setting
from orientir.reports.papers.signals import Signals, acts, issues_counted, shorts, signals_of, where
from orientir.reports.wording import finding_told
from orientir.reports.words import capital


@dataclass(frozen=True)
class _Room:
    """How much of each kind is told."""

    worse: int
    others: int


# From the fullest page to the barest: what is worse gives way last.
_ROOMS = (
    *(_Room(8, others) for others in (12, 9, 7, 5, 3)),
    *(_Room(worse, 3) for worse in (7, 6, 5, 4, 3, 2, 1)),
    _Room(1, 1),
)


def page(setting: Setting) -> Paper:
    """The fullest one that fits."""
    signals = signals_of(setting.context)
    pages = [_page(setting, signals, room) for room in _ROOMS]
    return next((one for one in pages if fits(one)), pages[-1])


def _page(setting: Setting, signals: Signals, room: _Room) -> Paper:
    return Paper(
        id="page",
        kind="",
        title=setting.title("paper_page_title"),
        authority=setting.authority,
        marks=setting.marks(told=True),
        blocks=tuple(_blocks(setting, signals, room)),
        source=setting.source,
        single=True,
    )


def _blocks(setting: Setting, signals: Signals, room: _Room) -> Iterator[PaperBlock]:
    yield Paragraph(setting.text("paper_page_intro"))
    if setting.is_old:
        yield Paragraph(setting.old_data(), "callout")
    yield Caption("Что ухудшилось или требует внимания")
    if signals.worse:
        yield _worse(setting, signals.worse, room.worse)
    else:
        yield Paragraph(("Снижений больше случайных колебаний нет, значений за установленными пределами нет.",))
    yield from _others(setting, signals, room.others)


def _others(setting: Setting, signals: Signals, count: int) -> Iterator[PaperBlock]:
    yield Paragraph(setting.text("paper_page_better", **_changes(setting, signals.better, count)))
    yield Paragraph(setting.text("paper_page_unproven", **_changes(setting, signals.unproven, count)))
    absent = signals.absent
    more = max(0, len(absent) - count)
    yield Paragraph(setting.text("paper_page_absent", shown=shorts(absent[:count]), more=more))
    advice = setting.cycle.recommendations
    nearest = day(min(one.due for one in advice)) if advice else ""
    counts = issues_counted(setting.context)
    yield Paragraph(setting.text("paper_page_trust", advice=len(advice), nearest=nearest, **counts))


@dataclass(frozen=True)
class Change:
    """What a template needs to tell a change of an indicator."""

    short: str
    finding: Finding

    @property
    def comparison(self) -> object:
        return self.finding.comparison

    @property
    def now(self) -> object:
        return self.finding.value

    @property
    def then(self) -> object:
        assert self.finding.comparison is not None
        return self.finding.comparison.then


def changes(setting: Setting, findings: Sequence[Finding]) -> list[Change]:
    return [Change(setting.cycle.programme.indicator(one.indicator).short, one) for one in findings]


def _changes(setting: Setting, findings: Sequence[Finding], count: int) -> dict[str, object]:
    return {"shown": changes(setting, findings[:count]), "more": max(0, len(findings) - count)}


def _worse(setting: Setting, findings: tuple[Finding, ...], count: int) -> Table:
    shown = findings[:count]
    rows = [attention_row(setting, one) for one in shown]
    if len(findings) > count:
        more = setting.context.book.tally(len(findings) - count, "Сигналы, не вошедшие в справку")
        rows.append(Row((Cell(("И ещё ", more, " — в отчёте.")), Cell(), Cell())))
    return attention_table(rows)


def attention_table(rows: list[Row]) -> Table:
    columns = (
        Column("Показатель и значение", width=4.4),
        Column("Где", width=2.6),
        Column("Кто действует, срок", width=2.4),
    )
    return Table("t-attention", "Что ухудшилось или требует внимания", columns, tuple(rows))


def attention_row(setting: Setting, finding: Finding) -> Row:
    context = setting.context
    return Row(
        (
            Cell(finding_told(context, finding)),
            cells.words(capital(where(context, finding))),
            cells.words(acts(context, finding)),
        )
    )
