"""Accepted forms -> a data package, written by the core's own writer into the format of `orientir collect`.

What the district brought along (earlier years, registers, other sources) is the package «before»: this period's forms
are added to it as a collection would add them.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from pathlib import Path

from orientir.collecting.intake import Taken, source_id
from orientir.collecting.rows import RowWriter, numbers_of
from orientir.collecting.spool import Spool
from orientir.collecting.tables import Tables
from orientir.facts.descriptor import DESCRIPTOR
from orientir.facts.recording import recorded
from orientir.facts.tables import correction_columns
from orientir.facts.writing import Cells, Description, plain, read_csv_rows, write_description
from orientir.model.collection import SubmissionState
from orientir.model.package import Organisation as Place
from orientir.model.periods import Period
from orientir.writing import replaced
from orientir_web.campaigns.models import Campaign
from orientir_web.campaigns.programmes import programme_of
from orientir_web.cycles.accepted import Accepted, accepted_forms
from orientir_web.cycles.corrected import correction_rows
from orientir_web.cycles.registered import registered
from orientir_web.decisions.actions import put as put_decisions
from orientir_web.decisions.actions import with_source
from orientir_web.decisions.edits import put_texts
from orientir_web.people.models import Organisation
from orientir_web.people.organisations import known_to


def write_package(campaign: Campaign, before: Path, into: Path) -> None:
    """`before` need not exist. `into` is the whole package or is not there."""
    programme = programme_of(campaign.snapshot_id)
    period = Period.parse(campaign.period, programme.period)
    dimensions = tuple(one.id for one in programme.dimensions)
    forms, registers = accepted_forms(campaign), with_source(registered(campaign, period), campaign.district)
    sources = {form.id: source_id(form.id, _where(period)) for form in programme.forms}
    with replaced(into, DESCRIPTOR) as aside:
        tables = Tables(aside, before, programme, period)
        tables.others()
        tables.organisations(_places(campaign.district, before), registers)
        own = tables.sources(programme.forms, registers)
        tables.registers(registers)
        put_decisions(aside, before, campaign.district, programme)
        put_texts(aside, before, campaign, period)
        tables.submissions(_submission(one) for one in forms)
        _write_facts(tables, forms, sources, own)
        _write_originals(aside, forms)
        write_description(aside, _about(campaign), dimensions)
        if corrections := correction_rows(campaign, sources):
            steps = recorded(aside, "corrections", correction_columns(dimensions), corrections)
            for path, content in steps:
                path.write_bytes(content)


def _where(period: Period) -> str:
    return str(period).replace("/", "-")


# ---- who

_STORED = ("title_genitive", "title_prepositional", "successor")


def _places(district: Organisation, before: Path) -> list[Place]:
    """The cases of names come from the package before."""
    told = {row["id"]: row for row in read_csv_rows(before / "organisations.csv")}
    rows = known_to(district).select_related("parent").order_by("path")
    return [_place(one, told.get(one.code, {})) for one in rows]


def _place(one: Organisation, told: Mapping[str, str]) -> Place:
    words = {name: told.get(name, "") for name in _STORED}
    parent = one.parent.code if one.parent else ""
    return Place(one.code, one.title, one.kind, parent, valid_from=one.valid_from, valid_to=one.valid_to, **words)


# ---- what


def _write_facts(tables: Tables, forms: Sequence[Accepted], sources: Mapping[str, str], own: set[str]) -> None:
    rows, spool = RowWriter(tables.programme, tables.period), Spool(tables.folder / ".spool")
    try:
        with tables.facts(spool, _spooled(forms, sources, rows, spool), own):
            pass
    finally:
        spool.close()


def _spooled(forms: Sequence[Accepted], sources: Mapping[str, str], rows: RowWriter, spool: Spool) -> Iterator[Taken]:
    for one in forms:
        reading = one.reading()
        place = spool.add(rows.text(reading, sources[reading.form], one.original), numbers_of(reading))
        at = one.snapshot.at.date()
        yield Taken(one.original, one.snapshot.sha256, at, one.seen, one.original, one.organisation, place=place)


def _submission(one: Accepted) -> Cells:
    return {
        "organisation": one.organisation,
        "form": one.snapshot.submission.form,
        "version": one.sheet.layout.form.version,
        "period": str(one.sheet.period),
        "received": plain((one.snapshot.submission.submitted_at or one.snapshot.at).date()),
        "seen": one.seen,
        "file": one.original.rpartition("/")[2],
        "sha256": one.snapshot.sha256,
        "original": one.original,
        "state": SubmissionState.ACCEPTED,
        "asked": one.snapshot.submission.asked,
        "answered": one.answered(),
        "remarks": 0,
        "note": "",
    }


def _write_originals(folder: Path, forms: Sequence[Accepted]) -> None:
    """What was accepted, byte for byte as it was frozen; its checksum stands in submissions.csv."""
    for one in forms:
        path = folder / one.original
        path.parent.mkdir(parents=True, exist_ok=True)
        path.unlink(missing_ok=True)  # it may be shared with the package before
        path.write_text(one.snapshot.content, encoding="utf-8", newline="")


def _about(campaign: Campaign) -> Description:
    district, programme = campaign.district, campaign.snapshot.programme
    name = f"{district.code}-{programme}".replace("_", "-")
    title = f"Сведения организаций: {district.title}"
    return Description(name, title, programme, district.code, district.synthetic, district.title)
