"""The report against dated knowledge: projects that ended, years in which nothing could be measured."""

from __future__ import annotations

import re
from collections.abc import Iterator
from datetime import date

from orientir.audit.document import Paragraph
from orientir.audit.finding import Finding, Judge, Severity, rule
from orientir.audit.reference_data import NotCalculable, Project, Reference
from orientir.audit.report import Measure, Report, ReportTable
from orientir.audit.rules.dictionary import tags
from orientir.audit.rules.legal_references import citations_judged
from orientir.audit.rules.told import finding_at
from orientir.audit.rules.writing_slips import slips_told
from orientir.audit.understanding.wording import sentences

_ABOUT_THE_FUTURE = ("recommendations", "measures", "decisions", "goals")
_LISTS = ("indicators", "sources", "monitored")
_FORMER = re.compile(
    r"заверш|прекра[тщ]|приостан|ранее|бывш|прежн|замен|вместо|преемник|до 20\d\d|переимен"
    r"|закончил|правопреемн|утратил",
    re.IGNORECASE,
)
_SCHOOL_YEAR = re.compile(r"(20\d\d)\s*[-–/]\s*(?:20)?\d\d(?!\d)")
_YEAR = re.compile(r"(?<!\d)20[0-3]\d(?!\d)")


def reference_rules(reference: Reference) -> tuple[Judge, ...]:
    """The rules that need reference data, bound to them."""

    @rule("programme-ended")
    def projects_go_on(report: Report) -> Iterator[Finding]:
        """A project is named as going on after its end."""
        for project in reference.projects:
            yield from _ended_in_text(report, project)
            yield from _ended_in_tables(report, project)

    @rule("not-calculable-year")
    def years_can_be_calculated(report: Report) -> Iterator[Finding]:
        """A value of a year in which what it rests on did not take place."""
        named = [(table, _words_of(table)) for table in report.tables]
        for entry in reference.not_calculable:
            for table in (table for table, words in named if _is_about(words, entry)):
                yield from _uncalculable_cells(table, entry)
            yield from _uncalculable_claims(report, entry)

    @rule("legal-reference")
    def acts_are_cited_right(report: Report) -> Iterator[Finding]:
        """Number and date of an act against the data, and acts that were no longer in force."""
        yield from citations_judged(report, reference.acts)

    @rule("text-defect")
    def text_is_clean(report: Report) -> Iterator[Finding]:
        """Remains of recognition and editing; one finding for a paragraph or a cell."""
        yield from slips_told(report, reference.slips)

    return (projects_go_on, years_can_be_calculated, acts_are_cited_right, text_is_clean)


# ---- projects that ended


def _ended_in_text(report: Report, project: Project) -> Iterator[Finding]:
    """Nothing is said where the report's last year is one in which the project ran."""
    if not report.years or max(year.ends for year in report.years) <= project.ended.year:
        return
    pattern = _named(project)
    kinds = {one.place: section.kind for section in report.sections for one in section.paragraphs}
    for paragraph in report.document.paragraphs:
        if not paragraph.heading and pattern.search(paragraph.text):
            kind = kinds.get(paragraph.place, "")
            for sentence in sentences(paragraph.text):
                if pattern.search(sentence) and _speaks_of_now(sentence, kind, project, report):
                    yield _ended(paragraph, project)
                    break


def _named(project: Project) -> re.Pattern[str]:
    """Names with any endings and up to four words between their words: «чемпионату мастерства «Молодые …»»."""
    return re.compile("|".join(map(_phrase, project.names)), re.IGNORECASE)


def _phrase(name: str) -> str:
    words = re.findall(r"\w+", name)
    stems = [re.escape(word if len(word) < 5 else word[: max(4, len(word) - 2)]) for word in words]
    return r"\b" + r"\w*\W+(?:\w+\W+){0,4}?".join(stems)


def _speaks_of_now(sentence: str, kind: str, project: Project, report: Report) -> bool:
    years = [int(year) for year in _YEAR.findall(_SCHOOL_YEAR.sub(r"\1", sentence))]
    if _FORMER.search(sentence) or (years and max(years) <= project.ended.year):
        return False
    if years and min(years) > project.ended.year:
        return True  # of such a year even the past tense is wrong
    words = [tags(word) for word in re.findall(r"[а-яё]{3,}", sentence.lower())]
    if any({"VERB", "past"} <= one for one in words):
        return False
    if kind in _ABOUT_THE_FUTURE:
        return True
    if kind in _LISTS:
        return min(year.ends - year.is_school_year for year in report.years) > project.ended.year
    return any("VERB" in one and one & {"pres", "futr"} for one in words)


def _ended(paragraph: Paragraph, project: Project) -> Finding:
    return Finding(
        "programme-ended", Severity.WARNING, paragraph.place, _told(project), reported=project.title,
        expected=project.replaced_by or None, evidence=(paragraph.text[:300],),
    )  # fmt: skip


def _told(project: Project) -> str:
    later = f" Вместо него: {project.replaced_by}." if project.replaced_by else ""
    note = " Дата требует сверки." if "треб" in project.note else ""
    title = f"{project.title[:1].upper()}{project.title[1:]}"
    return f"{title} назван действующим, но закончился {project.ended:%d.%m.%Y}.{later}{note}"


def _ended_in_tables(report: Report, project: Project) -> Iterator[Finding]:
    """Participants in a year that began after the end."""
    pattern = _named(project)
    for table in report.tables:
        if not pattern.search(table.caption) or _FORMER.search(table.caption):
            continue
        late = next(
            (one for one in table.measures if _began_after(one, project.ended) and (one.part or one.share)), None
        )
        cell = late and (late.part or late.share)
        if cell:
            message = f"{_told(project)} В таблице есть участники за {cell.year.printed if cell.year else ''}."
            yield finding_at(cell, "programme-ended", Severity.WARNING, message, None, (cell,))


def _began_after(measure: Measure, ended: date) -> bool:
    return measure.year is not None and measure.year.ends - measure.year.is_school_year > ended.year


# ---- years without a value


def _uncalculable_cells(table: ReportTable, entry: NotCalculable) -> Iterator[Finding]:
    seen: set[int] = set()
    for one in table.measures:
        cell = one.share or one.part
        if cell and one.year and one.year.ends in entry.years and cell.number.value and cell.cell.row not in seen:
            seen.add(cell.cell.row)
            yield finding_at(
                cell, "not-calculable-year", Severity.WARNING, _reason(entry), "не рассчитывается", (cell,)
            )


def _uncalculable_claims(report: Report, entry: NotCalculable) -> Iterator[Finding]:
    seen: set[str] = set()
    for claim in report.claims:
        of_year = claim.year is not None and claim.year.ends in entry.years and claim.number is not None
        if of_year and claim.sentence not in seen and _is_about(claim.sentence, entry):
            seen.add(claim.sentence)
            yield Finding(
                "not-calculable-year", Severity.WARNING, claim.place, _reason(entry), None,
                claim.year.printed if claim.year else None, claim.number.printed if claim.number else None,
                "не рассчитывается", (claim.sentence[:300],),
            )  # fmt: skip


def _words_of(table: ReportTable) -> str:
    heads = (cell.text for row in table.table.rows[: table.header] for cell in row)
    return " ".join(dict.fromkeys(" ".join(text.split()) for text in (table.caption, *heads)))


def _is_about(text: str, entry: NotCalculable) -> bool:
    return all(one.search(text) for one in entry.about) and not any(one.search(text) for one in entry.unless)


def _reason(entry: NotCalculable) -> str:
    note = " Сведение требует сверки." if "треб" in entry.note else ""
    return f"За этот год показатель не рассчитывается: {entry.reason}.{note}"
