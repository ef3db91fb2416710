"""Slides for the meeting of the heads of schools: at most eight, each with what to say and where it comes from."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from orientir.model.indicators import Indicator
from orientir.model.results import Recommendation
from orientir.model.rules import FindingRule
from orientir.presentation import day_in_words, period_name
from orientir.reports import cells
from orientir.reports.document import Cell, Column, Row, Table, Text
from orientir.reports.papers.model import Deck, Slide
from orientir.reports.papers.order import asked_roles
from orientir.reports.papers.page import attention_row, attention_table
from orientir.reports.papers.setting import Setting
from orientir.reports.papers.signals import (
    Signals,
    issues_counted,
    named,
    outside_of_chance,
    owner_and_day,
    shorts,
    signals_of,
)
from orientir.reports.papers.slide_charts import charts, notes_of
from orientir.reports.wording import advice_told, continued, spoken
from orientir.reports.words import sentence

HEADS = "heads"  # the audience of heads of schools, in the dictionary of a programme
ROWS, ADVICE, PLACES = 4, 4, 8  # what can be read from the last row of a hall
LISTED = 4  # indicators named in one line
_MOVES = ("worse", "better", "unproven")
_CLAUSE = 170  # letters of a recommendation on a slide


def slides(setting: Setting) -> Deck:
    signals = signals_of(setting.context)
    places = list(_places(setting))
    drawn = list(charts(setting, signals))
    made = [
        _lead(setting, signals),
        # The lead names what may be chance already: its chart gives way to schools that need help.
        *(drawn[:1] if places else drawn),
        _attention(setting, signals),
        *places,
        _trust(setting, signals),
        *_advice(setting),
        _next(setting, signals),
    ]
    cycle = setting.cycle
    return Deck(
        cover=setting.title("paper_slide_title"),
        lines=(
            "Совещание руководителей образовательных организаций",
            f"{period_name(setting.period)}; состояние на {day_in_words(cycle.as_of)}",
            setting.authority,
        ),
        cover_notes=(setting.text("paper_slide_notes", kind="cover"), (setting.source,)),
        marks=setting.marks(told=True),
        source=setting.source,
        slides=tuple(made),
    )


# ---- the year


def _lead(setting: Setting, signals: Signals) -> Slide:
    programme = setting.cycle.programme
    groups = {name: [programme.indicator(one.indicator) for one in getattr(signals, name)] for name in _MOVES}
    groups["absent"] = list(signals.absent)
    counts = {name: len(own) for name, own in groups.items()}
    names = {f"{name}_shorts": _first(own) for name, own in groups.items()}
    return Slide(
        "Главное за год", notes_of(setting, "lead"), bullets=setting.paragraphs("paper_slide_lead", **counts, **names)
    )


# ---- where


def _attention(setting: Setting, signals: Signals) -> Slide:
    title = "Что ухудшилось или требует внимания"
    if not signals.worse:
        told: Text = ("Снижений больше случайных колебаний нет, значений за установленными пределами нет.",)
        return Slide(title, notes_of(setting, "attention"), bullets=(told,))
    rows = [attention_row(setting, one) for one in signals.worse[:ROWS]]
    more = len(signals.worse) - len(rows)
    remark: Text = ()
    if more > 0:
        remark = ("И ещё ", setting.context.book.tally(more, "Сигналы, не вошедшие в слайд"), " — в отчёте.")
    said = tuple(cell.text for row in rows for cell in row.cells)
    return Slide(title, notes_of(setting, "attention", *said), table=attention_table(rows), remark=remark)


def _places(setting: Setting) -> Iterator[Slide]:
    """Those that stand on the wrong side of chance, in the order of the list, never of the value.

    Where there are none, or schools are not measured, the column «Где» of the slide before says so.
    """
    titles = {place.id: place.title for place in setting.organisations}
    outside = {key: own for key, own in outside_of_chance(setting.context).items() if key in titles}
    if not outside:
        return
    title = "Где помощь нужна в первую очередь"
    rows = tuple(
        Row((cells.words(titles[key]), cells.words(shorts(indicators[:3]) + _and_more(len(indicators) - 3))))
        for key, indicators in list(outside.items())[:PLACES]
    )
    columns = (Column("Организация", width=2), Column("Хуже случайного по показателям", width=5))
    rest = list(outside)[PLACES:]
    remark: Text = (f"Также: {named(setting.context, rest)}.",) if rest else ()
    table = Table("t-slide-places", title, columns, rows)
    yield Slide(title, notes_of(setting, "places"), table=table, remark=remark)


def _first(indicators: Sequence[Indicator]) -> str:
    """As many as one line holds; the rest are counted."""
    return shorts(indicators[:LISTED]) + _and_more(len(indicators) - LISTED)


def _and_more(count: int) -> str:
    return f" и\u00a0ещё\u00a0{count}" if count > 0 else ""


# ---- how far to trust


def _trust(setting: Setting, signals: Signals) -> Slide:
    bullets = setting.paragraphs(
        "paper_slide_trust",
        disputed=_named(setting, FindingRule.IN_CONFLICT),
        broken=_named(setting, FindingRule.SERIES_BROKEN),
        undivided=_named(setting, FindingRule.NO_BREAKDOWN),
        absent=_first(signals.absent),
        **issues_counted(setting.context),
    )
    return Slide("Насколько можно верить данным", notes_of(setting, "trust"), bullets=bullets)


def _named(setting: Setting, rule: FindingRule) -> str:
    keys = list(dict.fromkeys(one.indicator for one in setting.context.findings(rule)))
    return _first([setting.cycle.programme.indicator(key) for key in keys])


# ---- what to do


def _advice(setting: Setting) -> Iterator[Slide]:
    """To the heads of schools; where nothing is advised to them, to all. The rest are counted."""
    made = setting.cycle.recommendations
    own = [one for one in made if one.audience == HEADS]
    if own:
        yield _advice_slide(setting, "Что сделать руководителям школ", own)
    elif made:
        yield _advice_slide(setting, "Адресные рекомендации", made)


def _advice_slide(setting: Setting, title: str, advice: Sequence[Recommendation]) -> Slide:
    shown = sorted(advice, key=lambda one: one.due)[:ADVICE]
    columns = (Column("Что сделать", width=6), Column("Кто отвечает, срок", width=2.4))
    rows = tuple(
        Row((Cell(_clause(advice_told(setting.context, one))), cells.words(owner_and_day(setting.context, one))))
        for one in shown
    )
    said = [continued(advice_told(setting.context, one), f"{owner_and_day(setting.context, one)}.") for one in advice]
    more = len(setting.cycle.recommendations) - len(shown)
    remark: Text = ()
    if more:
        remark = ("И ещё ", setting.context.book.tally(more, "Адресные рекомендации, не вошедшие в слайд"),
                  " для всех адресатов — в приложении к проекту приказа.")  # fmt: skip
    notes = (setting.text("paper_slide_notes", kind="advice"), *said)
    return Slide(title, notes, table=Table(f"t-slide-{len(advice)}", title, columns, rows), remark=remark)


def _clause(text: Text) -> Text:
    """The beginning of a long recommendation, cut where it has a stop; the whole stands in the notes."""
    whole = spoken(text)
    first = whole.split(";")[0].strip()
    if len(first) > _CLAUSE:
        return (f"{first[: max(first.rfind(',', 0, _CLAUSE), first.rfind(' ', 0, _CLAUSE))].rstrip(' ,—')}…",)
    return text if first == whole else (sentence(first),)


def _next(setting: Setting, signals: Signals) -> Slide:
    bullets = setting.paragraphs("paper_slide_next", absent=_first(signals.absent), asks=asked_roles(setting))
    return Slide("Что дальше", notes_of(setting, "next"), bullets=bullets)
