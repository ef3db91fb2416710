"""The order on the results: what the year has shown, and the addressed recommendations with owners and days."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from orientir.model.results import Finding
from orientir.reports.document import Bullets, Heading, Paragraph, Table, Text
from orientir.reports.papers.model import Annex, Caption, Paper, PaperBlock
from orientir.reports.papers.order import acquaintance
from orientir.reports.papers.setting import Setting
from orientir.reports.papers.signals import issues_counted, shorts, signals_of, where
from orientir.reports.sections.advice import recommendations
from orientir.reports.wording import finding_told

_WORSE = "Ухудшилось или требует внимания:"
_BETTER = "Улучшилось больше случайных колебаний:"
_UNPROVEN = "Изменения к прошлому году, которые нельзя отличить от случайных; ни ростом, ни снижением они не считаются:"


def results(setting: Setting) -> Paper:
    advice = tuple(_advice(setting))
    return Paper(
        id="results",
        kind="ПРИКАЗ",
        title=setting.title("paper_results_title"),
        authority=setting.authority,
        marks=setting.marks(told=True),
        blocks=(*_shown(setting), *_ordered(setting)),
        annexes=(
            *((Annex("1", "Адресные рекомендации по результатам мониторинга", advice, turned=True),) if advice else ()),
            acquaintance(setting),
        ),
        source=setting.source,
    )


def _shown(setting: Setting) -> Iterator[PaperBlock]:
    """What the year has shown, in the words of the report."""
    signals = signals_of(setting.context)
    yield from (Paragraph(text) for text in setting.paragraphs("paper_results_preamble"))
    yield from _listed(setting, _WORSE, signals.worse, placed=True)
    yield from _listed(setting, _BETTER, signals.better)
    yield from _listed(setting, _UNPROVEN, signals.unproven)
    given = {"absent": shorts(signals.absent), **issues_counted(setting.context)}
    yield Paragraph(setting.text("paper_results_trust", **given))
    if setting.is_old:
        yield Paragraph(setting.old_data(), "callout")


def _listed(setting: Setting, lead: str, findings: Sequence[Finding], placed: bool = False) -> Iterator[PaperBlock]:
    if not findings:
        return
    yield Paragraph((lead,))
    yield Bullets(tuple(_item(setting, one, placed) for one in findings))


def _item(setting: Setting, finding: Finding, placed: bool) -> Text:
    text = finding_told(setting.context, finding)
    return (*text, f" Где: {where(setting.context, finding)}.") if placed else text


def _ordered(setting: Setting) -> tuple[PaperBlock, ...]:
    absent = bool(signals_of(setting.context).absent)
    return setting.blocks("paper_results", advice=len(setting.cycle.recommendations), absent=absent)


def _advice(setting: Setting) -> Iterator[PaperBlock]:
    """The tables of the report, audience by audience; those whom nothing is advised are left out."""
    heading = ""
    for block in recommendations(setting.context, ""):
        if isinstance(block, Heading):
            heading = block.text
        elif isinstance(block, Table):
            yield Caption(heading)
            yield block
