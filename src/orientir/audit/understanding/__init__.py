"""What a neutral document says: tables with their periods and shares, claims in sentences, events, sections."""

from __future__ import annotations

from orientir.audit.document import Document
from orientir.audit.report import Report, Year
from orientir.audit.understanding.captions import captioned_tables
from orientir.audit.understanding.claims import find_claims
from orientir.audit.understanding.measures import understand_table
from orientir.audit.understanding.series import series_of_tables


def understood(document: Document) -> Report:
    """The report that the rules judge."""
    from orientir.audit.understanding.events import find_events
    from orientir.audit.understanding.sections import find_sections

    report = Report(document, tables=captioned_tables(document))
    find_events(report)
    for table in report.tables:
        if table.kind != "events":
            understand_table(table)
    report.series = series_of_tables(report.tables)
    report.years = _years(report)
    find_sections(report)
    find_claims(report)
    return report


def _years(report: Report) -> list[Year]:
    """«2019» and «2018/19» are one period; a label that says when it begins is kept before one that does not."""
    said = [cell.year for table in report.tables for cell in table.cells if cell.year]
    known = {year.ends: year for year in sorted(said, key=lambda year: year.is_school_year)}
    return [known[ends] for ends in sorted(known)]
