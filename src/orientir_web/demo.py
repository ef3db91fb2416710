"""The demo district: the synthetic example with people of every role. Passwords are made at random and told once."""

from __future__ import annotations

import secrets
from collections.abc import Callable
from datetime import date, timedelta

from django.db import transaction
from django.utils import timezone

from orientir.collecting.known import known_of
from orientir.command_words import tr
from orientir.errors import Fault, UserError
from orientir.facts.package import read_package
from orientir.model.periods import Period, PeriodKind
from orientir.resources import example_folder
from orientir_web.campaigns.gate import end_of_day
from orientir_web.campaigns.models import Campaign
from orientir_web.campaigns.programmes import freeze, programme_of
from orientir_web.campaigns.services import open_campaign
from orientir_web.cycles.example import fill_example
from orientir_web.cycles.services import compute_waiting
from orientir_web.people.models import Membership, Organisation, Person
from orientir_web.people.organisations import add_places, zone_of
from orientir_web.people.roles import Role
from orientir_web.submissions.services import ask, remember

PACKAGE, PROGRAMME, PERIOD = "kemerovo_synthetic", "career_guidance_2022", "2021/22"
DISTRICT, SCHOOL = "training_district", "school_01"
ZONE = "Asia/Novokuznetsk"
_PLACES = {Role.SCHOOL_OFFICER: SCHOOL, Role.REGIONAL_OPERATOR: "training_region"}
_DAYS = 14
Say = Callable[[str], None]


def tell_demo(url: str, say: Say) -> None:
    """Made once; into a database where other people work it is not put. Raises UserError there."""
    if Organisation.objects.filter(synthetic=False).exists():
        what = tr("в этой папке уже есть настоящие данные.", "this folder holds real data already.")
        raise UserError(Fault("--demo", what, tr("Укажите другую в --data.", "Name another one in --data.")))
    if Organisation.objects.exists():
        say(tr("Пример уже создан; пароли были показаны тогда.", "The example is there; its passwords were told then."))
        return
    say(tr("Учебный округ, все данные вымышлены. Люди примера:", "A training district, all invented. Its people:"))
    for person, role, password in make_demo():
        say(f"  {person.email:<32} {password}  {role.label}")
    compute_waiting()  # the panels show something from the first page on


@transaction.atomic
def make_demo() -> list[tuple[Person, Role, str]]:
    """Organisations, people of every role with their passwords, last year, and a campaign most of which is accepted."""
    programme = programme_of(freeze(PROGRAMME).sha256)
    package = read_package(example_folder(PACKAGE), programme)
    places = add_places(package.organisations, None, synthetic=True)
    Organisation.objects.filter(pk=places[DISTRICT].pk).update(time_zone=ZONE)
    people = [_person(role, places[_PLACES.get(role, DISTRICT)]) for role in Role]
    last_year = Period.parse(PERIOD, PeriodKind.SCHOOL_YEAR).shifted(-1)
    remember(known_of(PACKAGE, programme, last_year).cells, str(last_year), places)
    coordinator = next(person for person, role, _ in people if role is Role.COORDINATOR)
    fill_example(_campaign(places[DISTRICT], coordinator), PACKAGE, coordinator)
    return people


def _person(role: Role, place: Organisation) -> tuple[Person, Role, str]:
    password = secrets.token_urlsafe(9)
    email = f"{role.value.replace('_', '.')}@example.org"
    person = Person.objects.create_user(email, password, full_name=f"{role.label} (пример)", is_demo=True)
    Membership.objects.create(person=person, organisation=place, role=role, valid_from=timezone.localdate())
    return person, role, password


def _campaign(district: Organisation, coordinator: Person) -> Campaign:
    district.refresh_from_db()
    day: date = timezone.localdate() + timedelta(days=_DAYS)
    closes_at = end_of_day(day, zone_of(district))
    campaign = open_campaign(district, PROGRAMME, PERIOD, closes_at, coordinator)
    ask(campaign, Organisation.objects.filter(path__startswith=district.path), coordinator)
    return campaign
