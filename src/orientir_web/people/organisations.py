"""Verbs about organisations: added to the tree, read from a data package, renamed, closed; their time zone."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import asdict, dataclass
from datetime import date
from zoneinfo import ZoneInfo

from django.conf import settings
from django.db import transaction
from django.db.models import Q, QuerySet
from django.utils import timezone
from django.utils.translation import gettext as _

from orientir.model.package import Organisation as Place
from orientir_web.journal.events import Event
from orientir_web.journal.services import record
from orientir_web.people.access import check_can
from orientir_web.people.models import FormerName, Organisation, Person
from orientir_web.people.roles import Action
from orientir_web.refusals import ActionRefused


@dataclass(frozen=True)
class Told:
    """What people say of an organisation; the fields are named as those of the row."""

    code: str
    title: str
    kind: str
    time_zone: str = ""
    valid_from: date | None = None
    valid_to: date | None = None


def add_organisation(by: Person | None, parent: Organisation | None = None, **fields: object) -> Organisation:
    """A new place under its parent; its path needs its key, hence the second write."""
    with transaction.atomic():
        organisation = Organisation.objects.create(parent=parent, path="", **fields)
        organisation.path = f"{parent.path if parent else '/'}{organisation.pk:06d}/"
        organisation.save(update_fields=["path"])
        record(Event.ORGANISATION_ADDED, by, organisation, organisation, title=organisation.title)
    return organisation


@transaction.atomic
def add_places(places: Iterable[Place], by: Person | None, synthetic: bool = False) -> dict[str, Organisation]:
    """The organisations of a data package, those above first; by their codes."""
    waiting, found = list(places), dict[str, Organisation]()
    while waiting:
        ready = [place for place in waiting if not place.parent or place.parent in found]
        if not ready:
            break  # a package that was read has no circles; what hangs from nothing is left out
        for place in ready:
            found[place.id] = _add_place(place, found.get(place.parent), by, synthetic)
        waiting = [place for place in waiting if place not in ready]
    return found


def _add_place(place: Place, parent: Organisation | None, by: Person | None, synthetic: bool) -> Organisation:
    return add_organisation(
        by,
        parent,
        code=place.id,
        title=place.title,
        kind=place.kind,
        valid_from=place.valid_from,
        valid_to=place.valid_to,
        synthetic=synthetic,
    )


def known_to(district: Organisation) -> QuerySet[Organisation]:
    """The district, what is above it, all under it, and partners beside it in the region, whom registers name."""
    beside = Q(parent_id__in=district.above[:-1]) & ~Q(kind=district.kind)
    return Organisation.objects.filter(Q(path__startswith=district.path) | Q(pk__in=district.above) | beside)


def zone_of(organisation: Organisation) -> ZoneInfo:
    """That of the nearest place above that tells one."""
    told = Organisation.objects.filter(pk__in=organisation.above).exclude(time_zone="").order_by("-path")
    nearest = max(told, key=lambda one: len(one.path), default=None)
    return ZoneInfo(nearest.time_zone if nearest else settings.TIME_ZONE)


def create_organisation(by: Person, parent: Organisation, told: Told) -> Organisation:
    """Raises ActionRefused where the code is taken under this parent, or the parent was closed before."""
    check_can(by, Action.MANAGE_PEOPLE, parent)
    _check_days(told)
    if parent.valid_to and parent.valid_to < timezone.localdate():
        raise ActionRefused(_("«%(parent)s» закрыта: под неё ничего не добавить.") % {"parent": parent})
    if Organisation.objects.filter(parent=parent, code=told.code).exists():
        raise ActionRefused(_("Организация с кодом «%(code)s» здесь уже есть.") % {"code": told.code})
    return add_organisation(by, parent, synthetic=parent.synthetic, **asdict(told))


@transaction.atomic
def change_organisation(organisation: Organisation, told: Told, by: Person) -> None:
    """A new title leaves the old one in the history; a last day closes the place, but nothing open may stand under it.

    The code stays: data packages know the organisation by it. Raises ActionRefused.
    """
    check_can(by, Action.MANAGE_PEOPLE, organisation)
    _check_days(told)
    before = Organisation.objects.select_for_update().get(pk=organisation.pk)
    if told.valid_to and before.valid_to != told.valid_to and _open_below(before, told.valid_to):
        raise ActionRefused(_("Внутри есть организации, которые работают дольше. Сначала закройте их."))
    changes = {name: value for name, value in asdict(told).items() if name != "code" and value != getattr(before, name)}
    if not changes:
        return
    if "title" in changes:
        FormerName.objects.create(organisation=before, title=before.title, until=timezone.localdate())
        record(Event.ORGANISATION_RENAMED, by, before, before, before=before.title, title=told.title)
    Organisation.objects.filter(pk=before.pk).update(**changes)
    organisation.refresh_from_db()
    others = {name: str(value or "") for name, value in changes.items() if name != "title"}
    if others:
        event = Event.ORGANISATION_CLOSED if changes.get("valid_to") else Event.ORGANISATION_CHANGED
        record(event, by, organisation, organisation, **others)


def _check_days(told: Told) -> None:
    if told.valid_from and told.valid_to and told.valid_to < told.valid_from:
        raise ActionRefused(_("Последний день раньше первого."))


def _open_below(organisation: Organisation, last: date) -> bool:
    below = Organisation.objects.filter(path__startswith=organisation.path).exclude(pk=organisation.pk)
    return below.exclude(valid_to__lte=last).exists()
