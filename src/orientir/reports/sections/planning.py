"""What was planned: goals, legal grounds, the catalogue of indicators, sources and methods."""

from __future__ import annotations

from collections.abc import Iterator

from orientir.model.dictionaries import LegalAct
from orientir.model.indicators import Indicator, IndicatorKind, Observation
from orientir.model.periods import Period
from orientir.model.programme import Goal, Programme
from orientir.presentation import NBSP, day, number, period_name, quoted, share
from orientir.reports import cells
from orientir.reports.context import Context
from orientir.reports.document import Block, Bullets, Cell, Column, Heading, Paragraph, Row, Table
from orientir.reports.numbers import terms_in_words
from orientir.reports.words import KINDS, OBSERVATION, lowered, sentence


def goals(context: Context, title: str) -> Iterator[Block]:
    """The goals with their indicators and targets."""
    programme = context.cycle.programme
    targets = sum(bool(goal.targets) for goal in programme.goals)
    yield Heading(1, title, "h-goals")
    yield Paragraph(context.text("goals_intro", goals=len(programme.goals), targets=targets))
    columns = (
        Column("№", width=0.4, align="center"),
        Column("Цель", width=4),
        Column("Показатели, по которым она проверяется", width=4),
        Column("Целевое значение", width=2),
    )
    rows = tuple(_goal_row(programme, place, goal) for place, goal in enumerate(programme.goals, 1))
    yield Table("t-goals", "Цели программы и их показатели", columns, rows)


def _goal_row(programme: Programme, place: int, goal: Goal) -> Row:
    shorts = "; ".join(programme.indicator(key).short for key in goal.indicators)
    return Row(
        (cells.words(str(place)), cells.words(goal.title), cells.words(shorts), cells.words(_target(programme, goal)))
    )


def _target(programme: Programme, goal: Goal) -> str:
    told = []
    for target in goal.targets:
        indicator = programme.indicator(target.indicator)
        value = share(target.value, 0) if indicator.is_share else number(target.value)
        due = f" к{NBSP}{period_name(Period.parse(target.by, programme.period))}" if target.by else ", срок не назначен"
        told.append(value + due)
    return "; ".join(told) or "не назначено"


def legal_acts(context: Context, title: str) -> Iterator[Block]:
    """Acts issued by the report's date, with those that have lost force shown so."""
    as_of = context.cycle.as_of
    acts = [act for act in context.cycle.programme.acts if act.issued <= as_of]
    expired = [act for act in acts if act.is_expired(as_of)]
    yield Heading(1, title, "h-acts")
    yield Paragraph(context.text("acts_intro", acts=len(acts), expired=len(expired), day=day(as_of)))
    columns = (
        Column("Правовой акт", width=5),
        Column("Кем издан, дата и номер", width=3),
        Column(f"Действие на {day(as_of)}", width=2.6),
    )
    rows = tuple(_act_row(context, act) for act in sorted(acts, key=lambda act: (act.is_expired(as_of), act.issued)))
    yield Table("t-acts", "Правовые основания", columns, rows)


def _act_row(context: Context, act: LegalAct) -> Row:
    force = "действует"
    if act.is_expired(context.cycle.as_of) and act.valid_to:
        force = f"{'утратил силу' if act.replaced_by else 'срок истёк'} {day(act.valid_to)}"
        following = next((one for one in context.cycle.programme.acts if one.id == act.replaced_by), None)
        force += f"; заменён: {following.number} от {day(following.issued)}" if following else ""
    force += "; требует сверки" if act.is_unverified else ""
    title = quoted(act.title) + (f" ({act.provisions})" if act.provisions else "")
    notes = [f"Примечание: {lowered(act.note.rstrip('.'))}"] if act.note else []
    return Row(
        (
            cells.words(". ".join([title, *notes])),
            cells.words(f"{act.issuer} от {day(act.issued)} {_with_sign(act.number)}".strip()),
            cells.words(sentence(force).rstrip(".")),
        )
    )


def _with_sign(number: str) -> str:
    tied = number.replace("-", "\u2011")  # «152-ФЗ» is not broken at its hyphen
    return tied if not number or number.startswith("№") else f"№{NBSP}{tied}"


def catalogue(context: Context, title: str) -> Iterator[Block]:
    """Every indicator with its formula, population and source; then what is named but not defined."""
    otherwise = any(one.kind is IndicatorKind.AS_MEASURED for one in context.cycle.programme.indicators)
    yield Heading(1, title, "h-catalogue")
    yield Paragraph(context.text("catalogue_intro", otherwise=otherwise))
    columns = (
        Column("№", width=0.5, align="center"),
        Column("Показатель", width=3.2),
        Column("Числитель", width=3),
        Column("Знаменатель", width=2.6),
        Column("Наблюдение, день учёта", width=1.6),
        Column("Источник", width=1.8),
    )
    rows: list[Row] = []
    for kind in IndicatorKind:
        own = [_indicator_row(context, one) for one in context.indicators_in_order() if one.kind is kind]
        if own:
            rows += [Row((cells.words(KINDS[kind]), *(Cell(),) * 5), "group"), *own]
    yield Table("t-catalogue", "Каталог показателей", columns, tuple(rows), landscape=True)
    yield from _proposals(context)


def _indicator_row(context: Context, indicator: Indicator) -> Row:
    programme = context.cycle.programme
    sources = "; ".join(next(one.short for one in programme.sources if one.id == key) for key in indicator.sources)
    observation = OBSERVATION[_observation(programme, indicator)]
    when = f", {_cut_day(indicator.cut_date)}" if indicator.cut_date else ""
    return Row(
        (
            cells.words(str(indicator.number or "")),
            cells.words(indicator.title),
            cells.words(terms_in_words(context.cycle, indicator.numerator)),
            cells.words(
                terms_in_words(context.cycle, indicator.denominator) if indicator.is_share else "число, без знаменателя"
            ),
            cells.words(observation + when),
            cells.words(sources),
        )
    )


def _observation(programme: Programme, indicator: Indicator) -> Observation:
    populations = [programme.element(term.element).population for term in indicator.terms]
    sampled = any(one is not None and one.observation is Observation.SAMPLE for one in populations)
    return Observation.SAMPLE if sampled else indicator.observation


def _cut_day(text: str) -> str:
    """«05-31» as «31.05»."""
    month, _, date = text.partition("-")
    return f"{date}.{month}"


def _proposals(context: Context) -> Iterator[Block]:
    undefined = [one for one in context.cycle.programme.indicators if one.kind is IndicatorKind.UNDEFINED]
    if undefined:
        yield Heading(2, "Предлагаемые определения", "h-proposals")
        yield Paragraph(context.text("proposals_intro"))
        yield Bullets(tuple((f"{one.title}. {sentence(one.note)}",) for one in undefined))


def collection(context: Context, title: str) -> Iterator[Block]:
    """Sources and whether anything was taken from them; methods; the rules of arithmetic."""
    programme, package = context.cycle.programme, context.cycle.package
    yield Heading(1, title, "h-collection")
    yield Heading(2, "Источники данных", "h-sources")
    columns = (
        Column("Источник", width=5),
        Column("Сведений взято", width=1.3, align="right"),
        Column("Откуда именно", width=4),
    )
    rows = []
    for source in programme.sources:
        own = {one.id for one in package.sources if one.programme_source == source.id}
        taken = [fact for fact in context.cycle.facts if fact.source in own]
        tables = dict.fromkeys(package.source(fact.source).place or package.source(fact.source).title for fact in taken)
        rows.append(
            Row(
                (
                    cells.words(source.title),
                    cells.whole(context.book.tally(len(taken), f"Сведения из источника «{source.short}»"), len(taken)),
                    cells.words("; ".join(tables) or "данные не получены"),
                )
            )
        )
    yield Table("t-sources", "Источники и взятые из них сведения", columns, tuple(rows))
    yield Heading(2, "Методы", "h-methods")
    yield Bullets(tuple((f"{sentence(method.title)} {sentence(method.text)}",) for method in programme.methods))
    yield Heading(2, "Как считаются и сравниваются доли", "h-arithmetic")
    yield Paragraph(context.text("arithmetic"))
