"""Documents as folders, made by the core, and a folder as one archive: the same folder gives the same bytes."""

from __future__ import annotations

import hashlib
import shutil
import zipfile
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import date
from pathlib import Path

from orientir.disclosure.protect import protect
from orientir.model.cycle import Cycle
from orientir.paper_folder import NAMES, write_papers
from orientir.passport_folder import write_passports
from orientir.reports.build import build_document
from orientir.writing import write_report
from orientir_web.campaigns.models import Campaign
from orientir_web.jobs.models import Job, Kind

REPORT_FORMATS = ("docx", "pdf", "html", "xlsx")
PASSPORT_FORMATS = ("docx", "pdf")
Step = Callable[[str], None]


@dataclass(frozen=True)
class Order:
    """What to make, of what."""

    cycle: Cycle
    campaign: Campaign
    formats: tuple[str, ...]
    public: bool


def _report(order: Order, into: Path, step: Step) -> None:
    write_report(order.cycle, into, order.formats or REPORT_FORMATS, progress=step, public=order.public)


def _passports(order: Order, into: Path, step: Step) -> None:
    write_passports(order.cycle, into, order.formats or PASSPORT_FORMATS, (), order.public, step)


def _papers(order: Order, into: Path, step: Step) -> None:
    last = order.campaign.closes_at.astimezone(order.campaign.zone).date()
    deadline = last if last >= order.cycle.as_of else None
    write_papers(order.cycle, into, NAMES, deadline, order.public, step)


def _site(order: Order, into: Path, step: Step) -> None:
    from orientir.reports.to_site import write_site

    step("site")
    document, _ = build_document(protect(order.cycle), public=True)
    write_site(document, into)


def _release(order: Order, into: Path, step: Step) -> None:
    """Everything that may be published, and nothing else: small numbers are hidden in every file."""
    write_report(order.cycle, into, (*REPORT_FORMATS, "site"), progress=step, public=True)


MAKERS: Mapping[Kind, Callable[[Order, Path, Step], None]] = {
    Kind.REPORT: _report,
    Kind.PASSPORTS: _passports,
    Kind.PAPERS: _papers,
    Kind.SITE: _site,
    Kind.RELEASE: _release,
}


def steps_of(job: Job, cycle: Cycle) -> int:
    """How many times `Step` will be called."""
    kind = Kind(job.kind)
    if kind is Kind.PASSPORTS:
        told_of = {value.place.organisation for value in cycle.values}
        kinds = cycle.programme.reporting_kinds
        return sum(place.kind in kinds and place.id in told_of for place in cycle.package.organisations)
    formats = len(job.options.get("formats", ())) or len(REPORT_FORMATS)
    return {Kind.REPORT: formats + 1, Kind.PAPERS: len(NAMES), Kind.SITE: 1}.get(kind, len(REPORT_FORMATS) + 2)


def archive(folder: Path, target: Path, when: date) -> tuple[str, int]:
    """The folder as one file, written beside its place and then renamed; its checksum and size."""
    aside = target.with_name(f".{target.name}.partial")
    moment = (max(when.year, 1980), when.month, when.day, 0, 0, 0)
    with zipfile.ZipFile(aside, "w", zipfile.ZIP_DEFLATED) as made:
        for path in sorted(one for one in folder.rglob("*") if one.is_file()):
            entry = zipfile.ZipInfo(path.relative_to(folder).as_posix(), moment)
            entry.compress_type, entry.external_attr, entry.create_system = zipfile.ZIP_DEFLATED, 0o600 << 16, 3
            with path.open("rb") as source, made.open(entry, "w") as out:
                shutil.copyfileobj(source, out)
    digest = checksum_of(aside)
    size = aside.stat().st_size
    aside.replace(target)
    return digest, size


def checksum_of(path: Path) -> str:
    with path.open("rb") as stream:
        return hashlib.file_digest(stream, "sha256").hexdigest()
