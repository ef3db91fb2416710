"""What the year amounts to: the main page, findings, promised analyses, places."""

from __future__ import annotations

from collections.abc import Iterator

from orientir.model.indicators import Indicator
from orientir.model.programme import Analysis
from orientir.model.results import Base, Finding, Recommendation, Value, Verdict
from orientir.model.rules import FindingRule
from orientir.model.status import Severity, Status
from orientir.presentation import day, period_name, quoted
from orientir.reports import cells
from orientir.reports.context import Context
from orientir.reports.document import Block, Bullets, Column, Heading, Paragraph, Row, Table, Text
from orientir.reports.sections.advice import unprinted
from orientir.reports.sections.changes import changes
from orientir.reports.sections.monitoring import UNIT_COLUMN, measured_counts, unit_of
from orientir.reports.wording import advice_told, continued, finding_told
from orientir.reports.words import lowered, sources_in_words

# How findings are grouped for a reader: heading -> rules.
GROUPS = (
    ("Требует внимания", (FindingRule.ATTENTION, FindingRule.FELL, FindingRule.TARGET_MISSED)),
    ("Выросло больше случайных колебаний", (FindingRule.ROSE, FindingRule.TARGET_REACHED)),
    ("Ряд прерван, годы не сравнимы", (FindingRule.SERIES_BROKEN,)),
    ("Опирается на спорные или малые числа", (FindingRule.IN_CONFLICT, FindingRule.SMALL_NUMBERS)),
    ("Измерено не то, что объявлено", (FindingRule.MEASURED_OTHERWISE,)),
    (
        "Не измерено, не рассчитывается или не определено",
        (
            FindingRule.NOT_MEASURED,
            FindingRule.NOT_CALCULABLE,
            FindingRule.NOT_DEFINED,
            FindingRule.TARGET_NOT_MEASURABLE,
        ),
    ),
)


HEADLINES = 7  # what a head reads on one page


def summary(context: Context, title: str) -> Iterator[Block]:
    """One page for the head: what is worse, where, who acts; how far the figures can be trusted."""
    issues = context.cycle.issues
    yield Heading(1, title, "h-summary")
    yield Paragraph(context.text("summary_intro", territory=context.territory, **measured_counts(context)))
    years = context.cycle.as_of.year - context.periods[-1].ends_in
    if years > 1:
        yield Paragraph(context.text("old_data", period=context.periods[-1], day=day(context.cycle.as_of)), "callout")
    headlines = _headlines(context)
    if headlines:
        yield Paragraph(("Главные выводы:",))
        yield Bullets(tuple(finding_told(context, one) for one in headlines[:HEADLINES]))
    if len(headlines) > HEADLINES:
        yield Paragraph(context.text("more_headlines", more=len(headlines) - HEADLINES))
    errors = sum(issue.severity is Severity.ERROR for issue in issues)
    warnings = sum(issue.severity is Severity.WARNING for issue in issues)
    yield Paragraph(context.text("summary_trust", errors=errors, warnings=warnings))
    urgent = [one for one in context.cycle.recommendations if one.causes[0].rule in GROUPS[0][1]]
    if urgent:
        yield Paragraph(("Что сделать в первую очередь:",))
        yield Bullets(tuple(_short_advice(context, one) for one in urgent))


def _headlines(context: Context) -> list[Finding]:
    """About the territory as a whole, the gravest first: attention and falls, then growth; the latest of each."""
    latest: dict[str, Finding] = {}
    for one in context.findings(*GROUPS[0][1], FindingRule.ROSE):
        place = one.value.place
        if not place.breakdown and place.organisation == context.territory.id and _is_shown(one):
            latest[f"{one.indicator}:{one.rule}"] = one
    return sorted(latest.values(), key=lambda one: one.rule is FindingRule.ROSE)


def _short_advice(context: Context, one: Recommendation) -> Text:
    owner = context.cycle.programme.title_of("roles", one.owner)
    return continued(advice_told(context, one), f"Ответственный: {lowered(owner)}.")


def findings(context: Context, title: str) -> Iterator[Block]:
    """Every finding, grouped by what it means for the reader."""
    yield Heading(1, title, "h-findings")
    yield Paragraph(context.text("findings_intro"))
    yield from changes(context)
    for number, (heading, rules) in enumerate(GROUPS, 1):
        told = list(dict.fromkeys(finding_told(context, one) for one in context.findings(*rules) if _is_shown(one)))
        if told:
            yield Heading(2, heading, f"h-findings-{number}")
            yield Bullets(tuple(told))
    without = context.findings(FindingRule.NO_BREAKDOWN)
    if without:
        shorts = "; ".join(quoted(context.cycle.programme.indicator(one.indicator).short) for one in without)
        yield Paragraph(context.text("no_breakdown", shorts=shorts), "callout")
        own = tuple(finding_told(context, one) for one in without if one.id in context.edits)
        if own:
            yield Bullets(own)
    yield from unprinted(context, of_advice=False)


def _is_shown(finding: Finding) -> bool:
    """A comparison with a hidden number says nothing to the public."""
    return finding.comparison is None or finding.comparison.verdict is not Verdict.MISSING


def _title(context: Context, organisation: str) -> str:
    return context.cycle.package.organisation(organisation).title


# ---- the promised analyses


def analyses(context: Context, title: str) -> Iterator[Block]:
    """Each analysis that the programme promises, or plainly why it cannot be made."""
    yield Heading(1, title, "h-analyses")
    for analysis in context.cycle.programme.analyses:
        yield Heading(2, analysis.title, f"h-analysis-{analysis.id}")
        yield from _analysis(context, analysis)


def _analysis(context: Context, analysis: Analysis) -> Iterator[Block]:
    indicators = [context.cycle.programme.indicator(key) for key in analysis.indicators]
    stands = [one for one in context.cycle.programme.indicators if one.declared in analysis.indicators]
    shown = [one for one in dict.fromkeys(indicators + stands) if context.latest(one.id)]
    absent = [one for one in indicators if not context.latest(one.id)]
    items = [_analysed(context, one) for one in shown]
    if items:
        yield Bullets(tuple(items))
    if absent or not items:
        yield Paragraph(context.text("analysis_absent", absent=absent, reason=analysis.not_measured, any=bool(items)))


def _analysed(context: Context, indicator: Indicator) -> Text:
    latest = context.latest(indicator.id)
    assert latest is not None
    comparisons = [context.comparison(latest, base) for base in Base]
    return context.text("analysed", indicator=indicator, value=latest, comparisons=[one for one in comparisons if one])


# ---- by organisation


def places(context: Context, title: str) -> Iterator[Block]:
    """The last year by organisation, where the data come by organisation."""
    yield Heading(1, title, "h-places")
    last = context.periods[-1]
    shares = [one for one in context.indicators_in_order() if one.is_share]
    shown = [(one, rows) for one in shares if (rows := _by_place(context, one))]
    if not shown:
        yield Paragraph(context.text("no_places", territory=context.territory), "callout")
        return
    yield Paragraph(context.text("places_intro", period=period_name(last)))
    for indicator, values in shown:
        yield _place_table(context, indicator, values)


def _by_place(context: Context, indicator: Indicator) -> list[Value]:
    last = context.periods[-1]
    return [
        value
        for value in context.cycle.values
        if value.place.indicator == indicator.id
        and value.place.period == last
        and not value.place.breakdown
        and value.place.organisation != context.territory.id
        and (cells.is_shown(value) or value.status is Status.NOT_APPLICABLE)
    ]


def _place_table(context: Context, indicator: Indicator, values: list[Value]) -> Table:
    unit = UNIT_COLUMN[unit_of(context, indicator)]
    columns = (
        Column("Организация", width=3),
        Column(f"Всего, {unit}", align="right"),
        Column(f"Из них, {unit}", align="right"),
        Column("Доля, %", align="right"),
    )
    order = {place.id: number for number, place in enumerate(context.cycle.package.organisations)}
    values = sorted(values, key=lambda value: order[value.place.organisation])
    rows = [_place_row(context, value, _title(context, value.place.organisation)) for value in values]
    own = context.value(indicator.id, context.periods[-1])
    if cells.is_shown(own):
        rows.append(Row(_place_row(context, own, context.territory.title).cells, "total"))
    caption = f"{indicator.title}: по организациям, {period_name(context.periods[-1])}"
    sources = sources_in_words(context.cycle, values)
    return Table(f"t-places-{indicator.id}", caption, columns, tuple(rows), note=(f"{sources}.",) if sources else ())


def _place_row(context: Context, value: Value, title: str) -> Row:
    if value.status is Status.NOT_APPLICABLE:
        return Row((cells.words(title), cells.words("не применимо"), cells.words("—"), cells.words("—")))
    return Row(
        (
            cells.words(title),
            cells.denominator(context, value),
            cells.numerator(context, value),
            cells.amount(context, value, (2, 1)),
        )
    )
