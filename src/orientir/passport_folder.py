"""Passports on disk: one or two files for each organisation and a list of them."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from datetime import UTC, datetime, time
from pathlib import Path

from orientir.disclosure.protect import protect
from orientir.errors import Fault, UserError
from orientir.facts.writing import write_table
from orientir.model.cycle import Cycle
from orientir.reports.passports.content import Passport, passports
from orientir.writing import replaced

FORMATS = ("docx", "pdf")
LIST = "passports.csv"


def write_passports(
    cycle: Cycle,
    out: Path,
    formats: Sequence[str],
    chosen: Sequence[str],
    public: bool,
    progress: Callable[[str], None] = lambda _: None,
) -> int:
    """How many were made. Raises UserError for an unknown organisation and where no organisation reports."""
    kinds = cycle.programme.reporting_kinds
    told_of = {value.place.organisation for value in cycle.values}
    known = {place.id for place in cycle.package.organisations if place.kind in kinds and place.id in told_of}
    faults = [
        Fault("--schools", f"организации «{one}» нет среди отчитывающихся.") for one in chosen if one not in known
    ]
    if faults or not known:
        none = Fault(
            cycle.package.name, "в пакете нет организаций, которые отчитываются сами.", "Соберите их сведения."
        )
        raise UserError(faults or [none])
    told = protect(cycle) if public else cycle
    on = datetime.combine(cycle.as_of, time(), UTC)
    rows = []
    with replaced(out, LIST) as folder:
        for passport in passports(told, public, chosen or sorted(known)):
            progress(passport.organisation.title)
            for name in formats:
                (folder / f"{passport.organisation.id}.{name}").write_bytes(_made(name, passport, on))
            rows.append({"organisation": passport.organisation.id, "title": passport.organisation.title})
        write_table(folder / LIST, ("organisation", "title"), rows)
    return len(rows)


def _made(name: str, passport: Passport, on: datetime) -> bytes:
    # Each renderer is heavy to import and is imported only when it is asked for.
    if name == "docx":
        from orientir.reports.passports.to_docx import passport_docx

        return passport_docx(passport, on)
    from orientir.reports.passports.to_pdf import passport_pdf

    return passport_pdf(passport, on)
