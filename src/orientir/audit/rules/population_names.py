"""Whom captions and sentences name against whom the columns count."""

from __future__ import annotations

from collections.abc import Iterator

from orientir.audit.finding import Finding, Severity, rule
from orientir.audit.report import Report, ReportTable, Said
from orientir.audit.rules.sizes import PEOPLE, head_of
from orientir.audit.rules.told import cell_told, finding_on
from orientir.audit.understanding.populations import squeezed, words_of


@rule("scope-mismatch")
def scope_mismatch(report: Report) -> Iterator[Finding]:
    """The caption of a table names one population, its columns another: kind or grades. Once a table."""
    for table in report.tables:
        measure = next((one for one in table.measures if one.whole and one.population and one.population.printed), None)
        if measure is None or measure.whole is None or measure.population is None or table.subject is None:
            continue
        named, counted = table.subject, measure.population
        together = {grade for one in table.measures if one.population for grade in one.population.grades}
        other_grades = bool(named.grades and counted.grades and together != named.grades)
        other_kind = {named.kind, counted.kind} == PEOPLE and not _is_parents(table)
        if other_grades or other_kind:
            message = (
                f"{table.named.capitalize()}: в названии — {words_of(named)}, а посчитаны {words_of(counted)} "
                f"(«{head_of(measure.whole)}»)."
            )
            yield finding_on(
                table, "scope-mismatch", Severity.WARNING, message, (table.caption, cell_told(measure.whole)),
                words_of(counted), words_of(named),
            )  # fmt: skip


def _is_parents(table: ReportTable) -> bool:
    return "родител" in squeezed(table.caption)


@rule("text-population-mismatch")
def text_population_mismatch(report: Report) -> Iterator[Finding]:
    """A sentence cites a table of another population: other grades, or parents where pupils are counted."""
    told: set[str] = set()
    for claim in report.claims:
        table, said = claim.table, claim.population
        if (
            not claim.is_cited
            or table is None
            or said is None
            or (claim.said is not Said.VALUE and "%" not in claim.sentence)
            or claim.sentence in told
        ):
            continue
        measure = next((one for one in table.measures if one.whole and one.population), None)
        if measure is None or measure.whole is None or measure.population is None:
            continue
        counted = measure.population
        other_grades = bool(said.grades and counted.grades and said.grades != counted.grades)
        parents = said.kind == "родитель" and counted.kind in PEOPLE
        if other_grades or parents:
            told.add(claim.sentence)
            yield Finding(
                "text-population-mismatch",
                Severity.WARNING,
                claim.place,
                f"В тексте — {words_of(said)}, а в «{table.named}» доля посчитана от: {words_of(counted)}.",
                table.number,
                None,
                words_of(said),
                words_of(counted),
                (claim.sentence[:200], cell_told(measure.whole)),
            )
