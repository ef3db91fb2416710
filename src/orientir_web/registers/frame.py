"""Whose register and of which year: programme, period and organisations as the core wants to know them."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, replace

from django.db.models import Q
from django.utils.translation import gettext as _

from orientir.model.package import Organisation as Place
from orientir.model.periods import Period
from orientir.model.programme import Programme
from orientir.sources.registers.people import People
from orientir.sources.registers.places import Places
from orientir.sources.registers.situation import Situation
from orientir_web.campaigns.models import Campaign
from orientir_web.campaigns.programmes import programme_of
from orientir_web.people.models import Organisation
from orientir_web.refusals import ActionRefused


@dataclass(frozen=True)
class Frame:
    """`organisations` are those a row may name, by code; `home` is where a row without one belongs."""

    home: Organisation
    district: Organisation
    programme: Programme
    period: Period
    organisations: Mapping[str, Organisation]

    @property
    def places(self) -> list[Place]:
        return [
            Place(one.code, one.title, one.kind, valid_from=one.valid_from, valid_to=one.valid_to)
            for one in self.organisations.values()
        ]

    @property
    def situation(self) -> Situation:
        return Situation(self.programme, self.period, Places(self.places), People())

    @property
    def home_code(self) -> str:
        """What a row without an organisation is written with: the district's own rows have none."""
        return "" if self.home == self.district else self.home.code

    def owner(self, code: str) -> Organisation:
        return self.organisations.get(code, self.home)


def campaign_over(organisation: Organisation) -> Campaign | None:
    """The latest collection of the district, or region, that the organisation belongs to."""
    found = Campaign.objects.filter(district_id__in=organisation.above).select_related("district")
    return found.order_by("-period", "-closes_at").first()


def frame_of(home: Organisation, period: str = "") -> Frame:
    """Raises ActionRefused where no collection was opened: its programme says which years and codes there are."""
    campaign = campaign_over(home)
    if campaign is None:
        raise ActionRefused(_("Реестры ведут по программе сбора, а в вашем округе его ещё не открывали."))
    programme = programme_of(campaign.snapshot_id)
    try:
        year = Period.parse(period or campaign.period, programme.period)
    except ValueError as error:
        raise ActionRefused(str(error)) from error
    return Frame(home, campaign.district, programme, year, _organisations(campaign.district))


def territory(frame: Frame) -> Frame:
    """The same, at home in the district: a row without an organisation is the district's."""
    return replace(frame, home=frame.district)


def _organisations(district: Organisation) -> dict[str, Organisation]:
    """The district's own, and colleges and partners that stand beside it in the region."""
    own = Q(path__startswith=district.path)
    beside = Q(parent_id__in=district.above[:-1]) & ~Q(kind=district.kind)
    return {one.code: one for one in Organisation.objects.filter(own | beside)}


def periods(frame: Frame) -> list[str]:
    """The year of the collection, the one after and three before."""
    return [str(frame.period.shifted(step)) for step in (1, 0, -1, -2, -3)]
