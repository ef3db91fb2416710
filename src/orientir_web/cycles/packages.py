"""A district's own data package (earlier years, registers, figures of other sources): read, looked at, kept.

It lies under its checksum. What is sent is a draft until it is confirmed; it then replaces the one kept before.
"""

from __future__ import annotations

import tempfile
from collections import Counter
from contextlib import suppress
from pathlib import Path
from typing import Any

from django.core.files.uploadedfile import UploadedFile
from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from orientir.errors import Fault, UserError
from orientir.facts.descriptor import DESCRIPTOR
from orientir.facts.package import read_package
from orientir.facts.writing import read_csv_rows
from orientir.model.package import Package
from orientir.model.periods import Period
from orientir.model.programme import Programme
from orientir.presentation import period_name
from orientir_web.campaigns.models import Campaign
from orientir_web.campaigns.programmes import programme_of
from orientir_web.cycles.archive import MOST_BYTES, unpack
from orientir_web.cycles.folders import folder
from orientir_web.cycles.keeping import copy_before
from orientir_web.cycles.models import DistrictPackage, PackageDraft
from orientir_web.evidence.names import plain_name
from orientir_web.evidence.services import content_of
from orientir_web.journal.events import Event
from orientir_web.journal.services import record
from orientir_web.people.access import check_can
from orientir_web.people.models import Organisation, Person
from orientir_web.people.roles import Action
from orientir_web.refusals import ActionRefused

_SHOWN = "пакет"  # how the folder is called in what is told about its files
_NAME = 200


def kept_folder(checksum: str) -> Path:
    """Named by its checksum: a row never names what is not there."""
    return folder("packages") / checksum.rpartition(":")[2]


def basis_of(district: Organisation) -> Campaign | None:
    """The campaign that begins with the package: the first of the programme by which the district now collects."""
    own = Campaign.objects.filter(district=district).select_related("snapshot", "district")
    last = own.order_by("-period", "-pk").first()
    return own.filter(snapshot__programme=last.snapshot.programme).order_by("period", "pk").first() if last else None


def keep_package(district: Organisation, source: Path, programme_sha: str, until: Period, by: Person | None) -> None:
    """The package in a folder; it replaces the one kept before.

    What the forms ask is left out from `until` on: that is collected here. Raises UserError for an unsound package.
    """
    if by is not None:
        check_can(by, Action.RUN_CAMPAIGN, district)
    package = _put_away(source, programme_of(programme_sha), until)
    _keep(district, package.title, package.checksum, by)


def _put_away(source: Path, programme: Programme, until: Period) -> Package:
    with tempfile.TemporaryDirectory(dir=folder("packages"), prefix=".") as name:
        made = Path(name) / "package"
        made.mkdir()
        copy_before(source, made, programme, until)
        package = read_package(made, programme)
        target = kept_folder(package.checksum)
        if not target.exists():
            with suppress(FileExistsError):
                made.rename(target)
        target.touch()  # young: it is not swept away before its row is written
    return package


@transaction.atomic
def _keep(district: Organisation, title: str, checksum: str, by: Person | None) -> None:
    before = DistrictPackage.objects.filter(district=district).first()
    told = {"title": title[:300], "checksum": checksum, "by": by}
    kept, _created = DistrictPackage.objects.update_or_create(district=district, defaults=told)
    replaced = {"replaced": before.checksum} if before else {}
    record(Event.PACKAGE_KEPT, by, district, kept, title=title[:300], checksum=checksum, **replaced)


# ---- sent by a person


def read_draft(district: Organisation, upload: UploadedFile | None, by: Person) -> PackageDraft:
    """What would be kept; nothing counts before `confirm`.

    Raises ActionRefused for no or too large a file, UserError with every mistake in it.
    """
    check_can(by, Action.RUN_CAMPAIGN, district)
    basis, data = _basis(district), content_of(upload, MOST_BYTES)
    programme = programme_of(basis.snapshot_id)
    until = Period.parse(basis.period, programme.period)
    with tempfile.TemporaryDirectory() as name:
        sent = Path(name) / _SHOWN
        strangers = unpack(data, sent)
        package = read_package(sent, programme)
        _check_territory(package, district)
        kept = _put_away(sent, programme, until)
        content = _content(package, kept, district, until) | {"strangers": _strangers(sent, package, strangers)}
    with transaction.atomic():
        PackageDraft.objects.filter(district=district, closed_at__isnull=True).update(closed_at=timezone.now())
        return PackageDraft.objects.create(
            district=district, campaign=basis, name=plain_name(upload.name if upload else "")[-_NAME:],
            title=kept.title[:300], checksum=kept.checksum, content=content, by=by, at=timezone.now(),
        )  # fmt: skip


def _basis(district: Organisation) -> Campaign:
    found = basis_of(district)
    if found is None:
        raise ActionRefused(_("Сначала откройте сбор сведений: пакет читается по его программе."))
    return found


def _check_territory(package: Package, district: Organisation) -> None:
    if package.territory != district.code:
        what = f"пакет о территории «{package.territory}», а код округа здесь — «{district.code}»."
        cure = "Загрузите пакет этого округа; если округ тот же, исправьте код в пакете."
        raise UserError(Fault(f"{_SHOWN}/{DESCRIPTOR}: orientir.territory", what, cure))


def _content(sent: Package, kept: Package, district: Organisation, until: Period) -> dict[str, Any]:
    """What the page shows of it, as it will be kept."""
    known = set(Organisation.objects.filter(path__startswith=district.path).values_list("code", flat=True))
    periods = Counter(fact.period for fact in kept.facts)
    strangers = [one.title for one in kept.organisations if one.id not in known and one.kind == "school"]
    files = {path: sum(1 for _ in read_csv_rows(kept_folder(kept.checksum) / path))
             for path in sorted(kept.files) if path != DESCRIPTOR}  # fmt: skip
    return {
        "prepared_by": kept.prepared_by,
        "tables": list(files.items()),
        "periods": [(period_name(one), count) for one, count in sorted(periods.items())],
        "unknown": strangers,
        "collected_here": len(sent.facts) - len(kept.facts),
        "until": period_name(until),
    }


def _strangers(folder: Path, package: Package, left: tuple[str, ...]) -> list[str]:
    """Parts that are not taken, and tables that the description does not name."""
    tables = {path.relative_to(folder).as_posix() for path in folder.rglob("*.csv")}
    unnamed = {one for one in tables - set(package.files) if not one.startswith("originals/")}
    return sorted({*left, *unnamed})


def confirm(draft: PackageDraft, by: Person) -> None:
    """Raises ActionRefused for a draft that is closed, or was read for another campaign than begins with it now."""
    check_can(by, Action.RUN_CAMPAIGN, draft.district)
    with transaction.atomic():
        if not _close(draft):
            raise ActionRefused(_("Этот пакет уже принят или отменён."))
        if _basis(draft.district) != draft.campaign or not kept_folder(draft.checksum).is_dir():
            raise ActionRefused(_("С тех пор округ начал другой сбор или файл удалён. Загрузите пакет снова."))
        _keep(draft.district, draft.title, draft.checksum, by)


def cancel(draft: PackageDraft, by: Person) -> None:
    check_can(by, Action.RUN_CAMPAIGN, draft.district)
    _close(draft)


def _close(draft: PackageDraft) -> int:
    return PackageDraft.objects.filter(pk=draft.pk, closed_at__isnull=True).update(closed_at=timezone.now())
