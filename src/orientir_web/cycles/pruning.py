"""Computations and packages that nobody needs any more: their rows and folders go, safely and after every computation.

Kept are what a release or a document was made of, the latest of every campaign, and whatever is younger than a day.
Who computes or reads a package holds the lock shared; while anybody does, nothing goes and the next run tries again.
"""

from __future__ import annotations

import shutil
from datetime import timedelta
from pathlib import Path

from django.db import transaction
from django.db.models import QuerySet
from django.utils import timezone

from orientir_web.campaigns.models import Campaign
from orientir_web.cycles.folders import PACKAGES_LOCK, folder, locked
from orientir_web.cycles.models import Computation, DistrictPackage, PackageDraft, Progress

KEPT = 5  # of each campaign
YOUNG = timedelta(days=1)
_GONE = ".gone-"


def prune() -> int:
    """How many folders went. Call it after the work, without holding the lock."""
    with locked(PACKAGES_LOCK) as ours:
        if not ours:
            return 0
        with transaction.atomic():
            for campaign in Campaign.objects.all():
                _old(campaign).delete()
        gone = [*_aside("snapshots", _checksums_of_computations()), *_aside("packages", _checksums_of_packages())]
    for path in gone:
        shutil.rmtree(path, ignore_errors=True)
    return len(gone)


def _old(campaign: Campaign) -> QuerySet[Computation]:
    """Finished ones of the campaign that nothing refers to, but for the latest that are ready."""
    own = Computation.objects.filter(campaign=campaign)
    latest = list(own.filter(state=Progress.READY).values_list("pk", flat=True)[:KEPT])
    free = own.filter(state__in=(Progress.READY, Progress.FAILED), finished_at__lt=timezone.now() - YOUNG)
    for one in Computation._meta.related_objects:  # releases, documents, whatever comes to refer to it
        free = free.filter(**{f"{one.name}__isnull": True})
    last = own.order_by("-pk").values_list("pk", flat=True).first()  # what its failure was is still told
    return free.exclude(pk__in=[*latest, last])


def _checksums_of_computations() -> set[str]:
    return set(Computation.objects.exclude(checksum="").values_list("checksum", flat=True))


def _checksums_of_packages() -> set[str]:
    drafts = PackageDraft.objects.filter(closed_at__isnull=True)
    return {one for rows in (DistrictPackage.objects, drafts) for one in rows.values_list("checksum", flat=True)}


def _aside(name: str, checksums: set[str]) -> list[Path]:
    """Folders that no row names, out of the way at once; those of a killed run, or young ones, are looked at first.

    A package is young until its row is written: it lies there before the row does.
    """
    home, named = folder(name), {one.rpartition(":")[2] for one in checksums}
    since = (timezone.now() - YOUNG).timestamp()
    gone = list(home.glob(f"{_GONE}*"))
    for path in home.iterdir():
        if not path.name.startswith(".") and path.name not in named and path.stat().st_mtime < since:
            gone.append(path.rename(home / f"{_GONE}{path.name}"))
    return gone
