"""For which forms somebody still waits, and from whom: who fills them in their own organisation or above it."""

from __future__ import annotations

from collections.abc import Iterable

from django.utils import timezone

from orientir_web.campaigns.models import Campaign
from orientir_web.people.models import Membership, Person
from orientir_web.people.roles import RIGHTS, Action, roles_with
from orientir_web.submissions.models import Submission
from orientir_web.submissions.states import EDITABLE

# A coordinator may fill a form, and is not the one who owes it.
FILLERS = [role for role in roles_with(Action.FILL) if Action.RUN_CAMPAIGN not in RIGHTS[role]]


def waited_for(campaign: Campaign) -> dict[Person, list[Submission]]:
    """The forms not submitted, by the people they are waited from; what nobody fills is not in it."""
    rows = Submission.objects.filter(campaign=campaign, state__in=EDITABLE).select_related("organisation")
    members, found = members_of(campaign), dict[Person, list[Submission]]()
    for one in rows.select_related("campaign__district"):
        for person in fillers_of(one, members):
            found.setdefault(person, []).append(one)
    return found


def members_of(campaign: Campaign) -> list[Membership]:
    """Who fills forms anywhere in the district or above it today, people of other districts left out."""
    today, district = timezone.localdate(), campaign.district
    rows = Membership.objects.valid(today).filter(role__in=FILLERS, person__is_active=True)
    near = rows.filter(organisation__path__startswith=district.path) | rows.filter(organisation__in=district.above)
    return list(near.select_related("person", "organisation"))


def fillers_of(submission: Submission, members: Iterable[Membership]) -> list[Person]:
    """Each once, also who has two roles there."""
    own = [one.person for one in members if one.organisation.holds(submission.organisation)]
    return list(dict.fromkeys(own))
