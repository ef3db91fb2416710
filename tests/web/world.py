"""A small region: two districts with two schools each, people of every role in both, a campaign in both.

Everything is made by the services, as people would make it.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import UTC, datetime, timedelta

from django.test import Client
from django.utils import timezone

from orientir.model.forms import AnswerKind
from orientir_web.campaigns.models import Campaign
from orientir_web.campaigns.services import open_campaign
from orientir_web.people.models import Membership, Organisation, Person
from orientir_web.people.organisations import add_organisation
from orientir_web.people.roles import Role
from orientir_web.submissions.models import Submission
from orientir_web.submissions.saving import Edit, save_cells
from orientir_web.submissions.services import ask
from orientir_web.submissions.sheets import sheet_of

PROGRAMME, PERIOD = "career_guidance_2022", "2021/22"
PASSWORD = "a-long-secret-of-tests"
ZONE = "Asia/Novokuznetsk"
CLOSES = datetime.now(UTC).replace(microsecond=0) + timedelta(days=30)
# Where a role belongs in a district; the region is shared.
_AT_SCHOOL = {Role.SCHOOL_OFFICER}
_AT_REGION = {Role.REGIONAL_OPERATOR, Role.OPERATOR}


@dataclass(frozen=True)
class District:
    """A district with its people by role."""

    place: Organisation
    schools: tuple[Organisation, ...]
    people: dict[Role, Person]
    campaign: Campaign
    submissions: tuple[Submission, ...]

    def membership(self, role: Role) -> Membership:
        return Membership.objects.get(person=self.people[role], role=role)


@dataclass(frozen=True)
class World:
    """`own` is where a test acts, `foreign` is the neighbour in another region."""

    own: District
    foreign: District

    def fresh(self) -> World:
        """Rows as they are stored: what an earlier test did to the objects is forgotten."""
        return World(_again(self.own), _again(self.foreign))

    def client(self, role: Role) -> Client:
        """Logged in, with the second factor that the role needs."""
        return client_of(self.own.people[role])


def client_of(person: Person) -> Client:
    client = Client()
    client.force_login(person, backend="allauth.account.auth_backends.AuthenticationBackend")
    return client


def make_world() -> World:
    return World(_district("a"), _district("b"))


def _district(letter: str) -> District:
    region = add_organisation(None, code=f"region_{letter}", title=f"Область {letter}", kind="region")
    place = add_organisation(None, region, code="district", title=f"Округ {letter}", kind="district", time_zone=ZONE)
    schools = tuple(
        add_organisation(None, place, code=f"school_{number}", title=f"Школа {letter}{number}", kind="school")
        for number in (1, 2)
    )
    people = {role: _person(role, letter, schools[0], place, region) for role in Role}
    coordinator = people[Role.COORDINATOR]
    campaign = open_campaign(place, PROGRAMME, PERIOD, CLOSES, coordinator)
    return District(place, schools, people, campaign, tuple(ask(campaign, schools, coordinator)))


def _person(role: Role, letter: str, school: Organisation, district: Organisation, region: Organisation) -> Person:
    place = school if role in _AT_SCHOOL else region if role in _AT_REGION else district
    return make_person(f"{role.value}.{letter}", place, role)


def make_person(name: str, place: Organisation, role: Role, second_factor: bool = True) -> Person:
    person = Person.objects.create_user(f"{name}@example.org", PASSWORD, full_name=name)
    Membership.objects.create(person=person, organisation=place, role=role, valid_from=timezone.localdate())
    if second_factor:
        give_second_factor(person)
    return person


def give_second_factor(person: Person) -> None:
    from allauth.mfa.models import Authenticator

    Authenticator.objects.create(user=person, type=Authenticator.Type.TOTP, data={"secret": "unused"})


def fill(submission: Submission, by: Person, **answers: str) -> None:
    """Every cell of the form: zeros, «нет» and what is told (by code, where it is a name)."""
    places = sheet_of(submission).places
    texts = {code: "нет" if place.answer is AnswerKind.YES_NO else "0" for code, place in places.items()} | answers
    save_cells(submission, [Edit(code, text, 0) for code, text in texts.items()], by)


def _again(district: District) -> District:
    places = Organisation.objects.in_bulk([one.pk for one in (district.place, *district.schools)])
    people = Person.objects.in_bulk([person.pk for person in district.people.values()])
    submissions = Submission.objects.in_bulk([one.pk for one in district.submissions])
    return District(
        places[district.place.pk],
        tuple(places[one.pk] for one in district.schools),
        {role: people[person.pk] for role, person in district.people.items()},
        Campaign.objects.get(pk=district.campaign.pk),
        tuple(submissions[one.pk] for one in district.submissions),
    )
