"""People: invitations, lock-out, the second factor, substitution, languages."""

from __future__ import annotations

from datetime import timedelta

import pytest
from django.contrib.auth.hashers import make_password
from django.core.exceptions import PermissionDenied
from django.test import Client
from django.test.utils import override_settings
from django.urls import reverse
from django.utils import timezone

from orientir_web.people import invitations, substitution
from orientir_web.people.access import can, memberships, visible
from orientir_web.people.models import Invitation, Membership, Organisation, Person
from orientir_web.people.roles import GRANTS, NEEDS_SECOND_FACTOR, RIGHTS, Action, Role
from orientir_web.refusals import ActionRefused
from web.world import PASSWORD, World, client_of, make_person


def _link(world: World, email: str = "new@example.org", role: Role = Role.SCHOOL_OFFICER) -> str:
    return invitations.invite(world.own.people[Role.COORDINATOR], world.own.schools[0], role, email, "Новый Человек")


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
    token = invitations.invite(world.own.people[Role.COORDINATOR], other, Role.SCHOOL_OFFICER, officer.email, "")
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


def test_the_language_of_whoever_accepts_stays_after_the_log_in(world: World) -> None:
    client = Client()
    client.post(reverse("set_language"), {"language": "en", "next": "/"})
    told = {"password": "Velikaya-Tayna-7", "again": "Velikaya-Tayna-7"}
    client.post(reverse("accept_invitation", args=[_link(world)]), told)
    client.post(reverse("account_login"), {"login": "new@example.org", "password": "Velikaya-Tayna-7"})
    assert '<html lang="en">' in client.get(reverse("home")).content.decode()
