"""People: invitations, lock-out, the second factor, substitution, languages."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import timedelta

import pytest
from allauth.mfa.models import Authenticator
from django.contrib.auth.hashers import make_password
from django.core import mail
from django.core.exceptions import PermissionDenied
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext, override_settings
from django.urls import reverse
from django.utils import timezone

from orientir_web.journal.models import Entry
from orientir_web.letters.models import Letter
from orientir_web.letters.sending import send_letter
from orientir_web.people import invitations, substitution
from orientir_web.people.access import can, memberships, remember, visible
from orientir_web.people.models import Invitation, Membership, Organisation, Person
from orientir_web.people.roles import GRANTS, NEEDS_SECOND_FACTOR, RIGHTS, Action, Role
from orientir_web.refusals import ActionRefused
from web.world import PASSWORD, World, client_of, make_person


def _link(world: World, email: str = "new@example.org", role: Role = Role.SCHOOL_OFFICER) -> str:
    return invitations.invite(
        world.own.people[Role.COORDINATOR], world.own.schools[0], role, email, "Новый Человек"
    ).token


def test_an_invitation_lets_one_person_in_once(world: World) -> None:
    url, client = reverse("accept_invitation", args=[_link(world)]), Client()
    answer = {"password": "Velikaya-Tayna-7", "again": "Velikaya-Tayna-7"}
    assert client.get(url).status_code == 200
    assert client.post(url, answer).status_code == 302
    assert client.post(url, answer).status_code == 404
    person = Person.objects.get(email="new@example.org")
    assert [(one.role, one.organisation) for one in memberships(person)] == [("school_officer", world.own.schools[0])]
    answered = client.post(reverse("account_login"), {"login": "new@example.org", "password": "Velikaya-Tayna-7"})
    assert (answered.status_code, answered.headers["Location"]) == (302, "/")


@pytest.mark.parametrize("password", ["short", "123456789012", "password1234", "new@example.org"])
def test_a_weak_password_is_refused(world: World, password: str) -> None:
    response = Client().post(
        reverse("accept_invitation", args=[_link(world)]), {"password": password, "again": password}
    )
    assert response.status_code == 422


def test_an_old_invitation_does_not_open(world: World) -> None:
    url = reverse("accept_invitation", args=[_link(world)])
    Invitation.objects.update(expires_at=timezone.now())
    assert Client().get(url).status_code == 404


def test_the_token_is_not_stored(world: World) -> None:
    token = _link(world)
    assert not Invitation.objects.filter(token_hash=token).exists()


def test_who_has_an_account_gets_a_second_role(world: World) -> None:
    officer = world.own.people[Role.SCHOOL_OFFICER]
    other = world.own.schools[1]
    token = invitations.invite(world.own.people[Role.COORDINATOR], other, Role.SCHOOL_OFFICER, officer.email, "").token
    Client().post(reverse("accept_invitation", args=[token]))
    assert {one.organisation for one in memberships(officer)} == set(world.own.schools)
    assert officer.check_password(PASSWORD)


def test_nobody_gives_more_than_they_answer_for(world: World) -> None:
    with pytest.raises(ActionRefused):
        _link(world, role=Role.REGIONAL_OPERATOR)
    with pytest.raises(ActionRefused):
        _link(world, email=world.own.people[Role.COORDINATOR].email)
    with pytest.raises(PermissionDenied):
        coordinator = world.foreign.people[Role.COORDINATOR]
        invitations.invite(coordinator, world.own.schools[0], Role.SCHOOL_OFFICER, "x@example.org", "")


def test_every_role_has_its_rights() -> None:
    assert set(RIGHTS) == set(Role)
    assert set(GRANTS) == {role for role, actions in RIGHTS.items() if Action.MANAGE_PEOPLE in actions}
    assert RIGHTS[Role.AUDITOR] == {Action.SEE_LOG}
    assert Action.SEE not in RIGHTS[Role.OPERATOR]


def test_rights_reach_down_and_end_with_the_day(world: World) -> None:
    person, today = world.own.people[Role.COORDINATOR], timezone.localdate()
    assert can(person, Action.REVIEW, world.own.schools[1])
    assert not can(person, Action.REVIEW, world.foreign.schools[1])
    Membership.objects.filter(person=person).update(valid_to=today)
    assert can(person, Action.REVIEW, world.own.place, on=today)
    assert not can(person, Action.REVIEW, world.own.place, on=today + timedelta(days=1))
    assert not visible(person, Organisation.objects.all(), on=today + timedelta(days=1)).exists()


def test_a_substitute_has_the_role_for_these_days(world: World) -> None:
    today = timezone.localdate()
    other = make_person("other", world.own.schools[1], Role.SCHOOL_OFFICER)
    membership = world.own.membership(Role.SCHOOL_OFFICER)
    first, last = today + timedelta(days=1), today + timedelta(days=3)
    substitution.substitute(membership, other, first, last, world.own.people[Role.COORDINATOR])
    days = [can(other, Action.FILL, world.own.schools[0], on=today + timedelta(days=day)) for day in range(5)]
    assert days == [False, True, True, True, False]
    assert can(membership.person, Action.FILL, world.own.schools[0], on=first)


def test_an_ended_role_takes_its_substitute_with_it(world: World) -> None:
    today = timezone.localdate()
    other = make_person("other", world.own.schools[1], Role.SCHOOL_OFFICER)
    membership, by = world.own.membership(Role.SCHOOL_OFFICER), world.own.people[Role.COORDINATOR]
    substitution.substitute(membership, other, today, today, by)
    substitution.end_membership(membership, by)
    assert not can(other, Action.FILL, world.own.schools[0])
    assert not can(membership.person, Action.FILL, world.own.schools[0])


def test_the_fifth_wrong_password_locks(world: World) -> None:
    client, email = Client(), world.own.people[Role.SCHOOL_OFFICER].email
    told = [client.post(reverse("account_login"), {"login": email, "password": "wrong"}).status_code for _ in range(5)]
    assert told == [200, 200, 200, 200, 429]
    assert client.post(reverse("account_login"), {"login": email, "password": PASSWORD}).status_code == 429


@pytest.mark.parametrize("role", list(Role))
def test_the_second_factor_is_forced(world: World, role: Role) -> None:
    client = client_of(make_person("fresh", world.own.schools[0], role, second_factor=False))
    response = client.get(reverse("home"))
    if role in NEEDS_SECOND_FACTOR:
        assert (response.status_code, response.headers["Location"]) == (302, reverse("mfa_index"))
        assert client.get(reverse("mfa_index")).status_code == 200
    else:
        assert response.status_code == 200


def test_a_password_alone_does_not_pass_the_second_factor(world: World) -> None:
    email = world.own.people[Role.COORDINATOR].email
    client = Client()
    response = client.post(reverse("account_login"), {"login": email, "password": PASSWORD})
    assert response.headers["Location"].startswith(reverse("mfa_authenticate"))
    assert client.get(reverse("home")).status_code == 302


def test_nobody_signs_up() -> None:
    assert Client().get("/account/signup/").status_code == 404


def test_passwords_are_kept_by_argon2() -> None:
    with override_settings(PASSWORD_HASHERS=["django.contrib.auth.hashers.Argon2PasswordHasher"]):
        assert make_password(PASSWORD).startswith("argon2$argon2id$")


def test_a_chosen_language_stays(world: World) -> None:
    client = world.client(Role.SCHOOL_OFFICER)
    english = {"HTTP_ACCEPT_LANGUAGE": "en"}
    assert '<html lang="ru">' in client.get(reverse("home"), **english).content.decode()
    client.post(reverse("set_language"), {"language": "en", "next": "/"})
    client.cookies.clear()
    client.force_login(Person.objects.get(pk=world.own.people[Role.SCHOOL_OFFICER].pk),
                       backend="allauth.account.auth_backends.AuthenticationBackend")  # fmt: skip
    assert '<html lang="en">' in client.get(reverse("home")).content.decode()


# ---- what one request asks for once


def test_a_right_that_is_withdrawn_is_gone_at_the_next_request(world: World) -> None:
    client, url = world.client(Role.SCHOOL_OFFICER), reverse("form", args=[world.own.submissions[0].pk])
    assert client.get(url).status_code == 200
    world.own.membership(Role.SCHOOL_OFFICER).delete()
    assert client.get(url).status_code == 404


def test_memberships_are_read_once_for_the_person_of_a_request_and_each_time_for_others(world: World) -> None:
    person, school = world.own.people[Role.SCHOOL_OFFICER], world.own.schools[0]
    for is_told, expected in ((False, 2), (True, 1)):
        if is_told:
            remember(person)
        with CaptureQueriesContext(connection) as asked:
            assert can(person, Action.FILL, school)
            with timezone.override("Pacific/Kiritimati"):  # a page shown where it is tomorrow already
                assert not can(person, Action.REVIEW, school)
        assert len(asked) == expected


def test_the_first_second_factor_is_set_up_without_the_password_again(world: World) -> None:
    person = world.own.people[Role.COORDINATOR]
    client, url = Client(), reverse("mfa_activate_totp")
    told = {"login": person.email, "password": PASSWORD}
    Authenticator.objects.filter(user=person).delete()
    client.post(reverse("account_login"), told)
    assert client.get(url).status_code == 200
    with override_settings(ACCOUNT_REAUTHENTICATION_TIMEOUT=-1):  # the log-in is long ago
        assert client.get(url).headers["Location"].startswith(reverse("account_reauthenticate"))
    Authenticator.objects.create(user=person, type=Authenticator.Type.TOTP, data={"secret": "x"})
    assert client.get(reverse("mfa_deactivate_totp")).headers["Location"].startswith(reverse("account_reauthenticate"))


# ---- a lost second factor


def _reset(world: World, by: Role, person: Person, reason: str = "потерян телефон") -> int:
    url = reverse("reset_second_factor", args=[person.pk])
    return world.client(by).post(url, {"reason": reason}).status_code


def _factors(person: Person) -> list[str]:
    return sorted(Authenticator.objects.filter(user=person).values_list("type", flat=True))


def test_a_lost_second_factor_is_taken_off_and_everything_ends(world: World, settings_of_mail: None) -> None:
    person = world.own.people[Role.SCHOOL_OFFICER]
    Authenticator.objects.create(user=person, type=Authenticator.Type.RECOVERY_CODES, data={"seed": "x"})
    old = [client_of(person), client_of(person)]
    assert [client.get(reverse("home")).status_code for client in old] == [200, 200]
    assert _reset(world, Role.COORDINATOR, person) == 302
    assert _factors(person) == []
    assert [client.get(reverse("home")).status_code for client in old] == [302, 302]
    entry = Entry.objects.filter(event="second_factor_reset").get()
    assert (entry.person_name, entry.organisation_title) == ("coordinator.a", "Школа a1")
    assert "потерян телефон" in entry.details
    letter = Letter.objects.get()
    send_letter.call(letter.pk)
    assert mail.outbox[-1].to == [person.email] and "настройте второй фактор заново" in mail.outbox[-1].body
    answered = Client().post(reverse("account_login"), {"login": person.email, "password": PASSWORD})
    assert answered.headers["Location"] == "/"
    assert _reset(world, Role.COORDINATOR, person) == 409  # there is none any more


@pytest.mark.parametrize("reason", ["", " ", "так", "x" * 301])
def test_without_a_reason_it_stays(world: World, reason: str) -> None:
    person = world.own.people[Role.SCHOOL_OFFICER]
    assert _reset(world, Role.COORDINATOR, person, reason) == 422
    assert _factors(person) == ["totp"]


@pytest.mark.parametrize(
    ("by", "whose", "status"),
    [
        (Role.COORDINATOR, Role.PSYCHOLOGIST, 302),
        (Role.COORDINATOR, Role.HEAD, 409),
        (Role.COORDINATOR, Role.COORDINATOR, 409),
        (Role.COORDINATOR, Role.REGIONAL_OPERATOR, 404),
        (Role.HEAD, Role.SCHOOL_OFFICER, 404),
        (Role.REGIONAL_OPERATOR, Role.COORDINATOR, 302),
        (Role.REGIONAL_OPERATOR, Role.OPERATOR, 409),
        (Role.OPERATOR, Role.REGIONAL_OPERATOR, 302),
        (Role.OPERATOR, Role.OPERATOR, 409),
    ],
)
def test_it_is_taken_off_by_who_answers_for_the_person(world: World, by: Role, whose: Role, status: int) -> None:
    person = world.own.people[whose]
    assert _reset(world, by, person) == status
    assert (_factors(person) == []) == (status == 302)


def test_the_page_asks_for_recovery_codes_first(world: World) -> None:
    person = world.own.people[Role.SCHOOL_OFFICER]
    page = world.client(Role.COORDINATOR).get(reverse("reset_second_factor", args=[person.pk])).content.decode()
    assert "кодах восстановления" in page and "Почта не настроена" in page


def test_a_recovery_code_opens_once_without_the_telephone(world: World) -> None:
    """What the page promises: allauth makes the codes with the factor, and takes each one time."""
    from allauth.mfa.recovery_codes.internal.auth import RecoveryCodes

    person = world.own.people[Role.COORDINATOR]
    Authenticator.objects.filter(user=person).update(data={"secret": "JBSWY3DPEHPK3PXP"})
    code = RecoveryCodes.activate(person).get_unused_codes()[0]
    answers = []
    for _ in range(2):
        client = Client()
        client.post(reverse("account_login"), {"login": person.email, "password": PASSWORD})
        client.post(reverse("mfa_authenticate"), {"code": code})
        answers.append(client.get(reverse("home")).status_code)
    assert answers == [200, 302]


@pytest.fixture
def settings_of_mail() -> Iterator[None]:
    with override_settings(EMAIL_HOST="mail.example.org", PUBLIC_URL="https://monitoring.example.org"):
        yield


def test_the_language_of_whoever_accepts_stays_after_the_log_in(world: World) -> None:
    client = Client()
    client.post(reverse("set_language"), {"language": "en", "next": "/"})
    told = {"password": "Velikaya-Tayna-7", "again": "Velikaya-Tayna-7"}
    client.post(reverse("accept_invitation", args=[_link(world)]), told)
    client.post(reverse("account_login"), {"login": "new@example.org", "password": "Velikaya-Tayna-7"})
    assert '<html lang="en">' in client.get(reverse("home")).content.decode()
