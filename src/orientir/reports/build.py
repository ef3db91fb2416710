"""A cycle -> the document: the sections that the programme names, in its order."""

from __future__ import annotations

from collections.abc import Callable, Iterator

from orientir import __version__
from orientir.model.cycle import Cycle
from orientir.model.desk import Structure
from orientir.model.programme import SectionSpec
from orientir.presentation import day_in_words, period_name
from orientir.reports.context import Context
from orientir.reports.document import Block, Document, Section
from orientir.reports.numbers import NumberBook
from orientir.reports.sections import (
    advice,
    analysis,
    annexes,
    desk,
    events,
    measures,
    monitoring,
    outcomes,
    planning,
    schools,
)

SECTIONS: dict[str, Callable[[Context, str], Iterator[Block]]] = {
    "summary": analysis.summary,
    "goals": planning.goals,
    "legal_acts": planning.legal_acts,
    "catalogue": planning.catalogue,
    "collection": planning.collection,
    "monitoring": monitoring.monitoring,
    "places": analysis.places,
    "schools": schools.schools,
    "findings": analysis.findings,
    "analyses": analysis.analyses,
    "recommendations": advice.recommendations,
    "measures": measures.measures,
    "events": events.events,
    "decisions": measures.decisions,
    "effectiveness": outcomes.effectiveness,
    "issues": annexes.issues,
    "desk": desk.desk,
    "numbers": annexes.numbers,
}

INTERNAL = "Внутренний документ: содержит малые числа, не публиковать"
PUBLIC = "Открытая версия: числа от 1 до 4 человек скрыты"
SYNTHETIC = "СИНТЕТИЧЕСКИЕ ДАННЫЕ: территория и все числа вымышлены"


def build_document(cycle: Cycle, public: bool = False) -> tuple[Document, NumberBook]:
    """The document of a cycle and the register of its numbers; a public one is built from a protected cycle."""
    context = Context(cycle, public)
    specs = cycle.programme.report.sections
    made = [_section(context, spec) for spec in specs]
    sections = tuple(section for section in made if section.blocks)  # one with nothing to say is left out
    document = Document(
        title=cycle.programme.report.title,
        subtitle=cycle.programme.subject,
        territory=context.territory.title,
        period=_span(cycle),
        date=cycle.as_of,
        language="ru",
        marks=_marks(cycle, public),
        passport=_passport(context),
        components=tuple((component.id, component.title) for component in cycle.programme.components),
        sections=sections,
        origins=dict(context.book.origins),
        checksum=cycle.package.checksum,
    )
    return document, context.book


def _section(context: Context, spec: SectionSpec) -> Section:
    blocks = tuple(SECTIONS[spec.section](context, spec.title))
    return Section(spec.section, spec.component, spec.title, blocks)


def _marks(cycle: Cycle, public: bool) -> tuple[str, ...]:
    marks = (PUBLIC,) if public else (INTERNAL,)
    return (SYNTHETIC, *marks) if cycle.package.synthetic else marks


def _span(cycle: Cycle) -> str:
    first, last = period_name(cycle.periods[0]), period_name(cycle.periods[-1])
    return last if first == last else f"{first} — {last}"


def _structure(cycle: Cycle) -> tuple[tuple[str, str], ...]:
    """Said only where organisations are not told as they were."""
    told = "нынешние: закрытые присоединены к своим преемникам"
    return (("Организации", told),) if cycle.structure is Structure.NOW else ()


def _passport(context: Context) -> tuple[tuple[str, str], ...]:
    cycle = context.cycle
    programme = cycle.programme
    return (
        ("Территория", context.territory.title),
        ("Отчётный период", period_name(cycle.periods[-1])),
        ("Показаны годы", _span(cycle)),
        ("Данные", "синтетические (вымышленные)" if cycle.package.synthetic else cycle.package.title),
        ("Контрольная сумма среза данных", cycle.package.checksum),
        *_structure(cycle),
        ("Назначение", PUBLIC if context.public else INTERNAL),
        ("Программа мониторинга", f"{programme.title} ({programme.id}), версия {programme.version}"),
        ("Дата отчёта", day_in_words(cycle.as_of)),
        ("Подготовил", cycle.package.prepared_by or "не указано"),
        ("Система", f"Ориентир {__version__}"),
    )
