"""Pages about organisations and people: by hand and from tables, a forgotten password, one's own page."""

from __future__ import annotations

import io
import re
from collections.abc import Iterator
from datetime import timedelta

import pytest
from django.core import mail
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client
from django.test.utils import override_settings
from django.urls import reverse
from django.utils import timezone
from django_tasks_db.models import DBTaskResult
from xlsxwriter import Workbook

from orientir_web.journal.models import Entry
from orientir_web.letters.models import Letter
from orientir_web.letters.sending import send_letter
from orientir_web.people import passwords
from orientir_web.people.models import Invitation, Membership, Organisation, PasswordLink, Person
from orientir_web.people.organisations import Told, change_organisation
from orientir_web.people.persons import answers_for
from orientir_web.people.roles import Role
from orientir_web.refusals import ActionRefused
from web.world import PASSWORD, World, client_of, make_person

TODAY = timezone.localdate()
NEW = "Sovsem-Novyy-Parol-7"


def _post(client: Client, name: str, place: Organisation, **told: object) -> tuple[int, str]:
    response = client.post(reverse(name, args=[place.pk]), told, follow=True)
    return response.status_code, response.content.decode()


def _csv(text: str, name: str = "table.csv") -> SimpleUploadedFile:
    return SimpleUploadedFile(name, text.encode("utf-8"), "text/csv")


def _xlsx(rows: list[list[object]]) -> SimpleUploadedFile:
    out = io.BytesIO()
    with Workbook(out) as book:
        sheet = book.add_worksheet()
        for number, row in enumerate(rows):
            sheet.write_row(number, 0, row)
    return SimpleUploadedFile("table.xlsx", out.getvalue())


# ---- organisations


def test_an_organisation_is_added_by_hand(world: World) -> None:
    client, told = world.client(Role.COORDINATOR), {"code": "college", "title": "Колледж", "kind": "college"}
    assert _post(client, "add_organisation", world.own.place, **told)[0] == 200
    made = Organisation.objects.get(code="college")
    assert made.parent == world.own.place and made.path.startswith(world.own.place.path)
    status, page = _post(client, "add_organisation", world.own.place, **told)
    assert status == 422 and "уже есть" in page


@pytest.mark.parametrize(
    "wrong",
    [{"code": "a b"}, {"code": ""}, {"kind": "castle"}, {"title": ""}, {"time_zone": "Mars/Olympus"},
     {"valid_from": "2022-01-02", "valid_to": "2022-01-01"}],
)  # fmt: skip
def test_what_is_no_organisation_is_not_added(world: World, wrong: dict[str, str]) -> None:
    told = {"code": "new", "title": "Новая", "kind": "school"} | wrong
    before = Organisation.objects.count()
    assert _post(world.client(Role.COORDINATOR), "add_organisation", world.own.place, **told)[0] == 422
    assert Organisation.objects.count() == before


def test_a_name_stays_in_the_history(world: World) -> None:
    school, client = world.own.schools[0], world.client(Role.COORDINATOR)
    _post(client, "change_organisation", school, title="Лицей № 1", kind="school")
    page = client.get(reverse("organisation", args=[school.pk])).content.decode()
    assert "<h1>Лицей № 1</h1>" in page and "«Школа a1»" in page
    told = Entry.objects.filter(event="organisation_renamed").get()
    assert told.organisation_title == "Школа a1" and "Лицей № 1" in told.details


def test_what_is_saved_unchanged_leaves_no_trace(world: World) -> None:
    before = Entry.objects.count()
    _post(world.client(Role.COORDINATOR), "change_organisation", world.own.schools[0], title="Школа a1", kind="school")
    assert Entry.objects.count() == before and not world.own.schools[0].former_names.exists()


def test_a_place_is_closed_after_what_stands_in_it(world: World) -> None:
    by, day = world.own.people[Role.COORDINATOR], TODAY - timedelta(days=1)
    with pytest.raises(ActionRefused):
        change_organisation(world.own.place, _told(world.own.place, day), by)
    for school in world.own.schools:
        change_organisation(school, _told(school, day), by)
    change_organisation(world.own.place, _told(world.own.place, day), by)
    assert Entry.objects.filter(event="organisation_closed").count() == 3
    status, page = _post(
        world.client(Role.COORDINATOR), "add_organisation", world.own.place, code="x", title="X", kind="school"
    )
    assert status == 422 and "закрыта" in page


def _told(place: Organisation, last: object) -> Told:
    return Told(place.code, place.title, place.kind, place.time_zone, place.valid_from, last)  # type: ignore[arg-type]


TABLE = [["Код", "Название", "Вид", "Входит в", "Действует с"], ["centre", "Центр", "supplementary", "", "2020-09-01"],
         ["branch", "Филиал центра", "организация дополнительного образования", "centre", ""]]  # fmt: skip


@pytest.mark.parametrize("kind", ["csv", "xlsx"])
def test_many_organisations_come_from_a_table(world: World, kind: str) -> None:
    file = _xlsx(TABLE) if kind == "xlsx" else _csv("\n".join(";".join(row) for row in TABLE))
    assert _post(world.client(Role.COORDINATOR), "add_organisations", world.own.place, table=file)[0] == 200
    branch = Organisation.objects.get(code="branch")
    assert branch.parent == Organisation.objects.get(code="centre") and branch.kind == "supplementary"
    assert str(branch.parent.valid_from) == "2020-09-01"


def test_all_mistakes_of_a_table_are_told_and_nothing_is_added(world: World) -> None:
    rows = ["new,Новая,school,", "school_1,Ещё одна,school,", "bad one,,castle,", "x,Икс,school,nowhere"]
    text = "\n".join(["код,название,вид,входит в", *rows])
    before = Organisation.objects.count()
    status, page = _post(world.client(Role.COORDINATOR), "add_organisations", world.own.place, table=_csv(text))
    assert status == 422 and Organisation.objects.count() == before
    assert all(f"Строка {row}:" in page for row in (3, 4, 5)) and "Строка 2:" not in page
    assert "Название" in page and "nowhere" in page


@pytest.mark.parametrize(
    ("content", "said"),
    [(b"", "пуст"), (b"a,b\n1,2\n", "Нет столбца «код»"), (b"code,title,kind\n", "нет строк"),
     (b"code,title,kind,code\n1,2,3,4\n", "стоит дважды"), (b"PK\x03\x04rubbish", "файл")],
)  # fmt: skip
def test_a_file_that_is_no_table_is_refused(world: World, content: bytes, said: str) -> None:
    file = SimpleUploadedFile("table.xlsx", content)
    status, page = _post(world.client(Role.COORDINATOR), "add_organisations", world.own.place, table=file)
    assert status == 422 and said in page


# ---- people


def test_many_people_are_invited_from_a_table(world: World) -> None:
    text = (
        "Организация;Фамилия, имя, отчество;Электронная почта;Роль\n"
        "school_1;Первая Анна;anna@example.org;school_officer\n"
        "school_2;Второй Борис;BORIS@example.org;Ответственный в организации\n"
    )
    client = world.client(Role.COORDINATOR)
    status, page = _post(client, "invite_many", world.own.place, table=_csv(text), handing="page")
    assert status == 200 and page.count("/invitation/") == 2
    told = Invitation.objects.values_list("email", "organisation__code", "role")
    assert set(told) == {
        ("anna@example.org", "school_1", "school_officer"),
        ("boris@example.org", "school_2", "school_officer"),
    }


def test_all_mistakes_of_invitations_are_told_and_nobody_is_invited(world: World) -> None:
    text = (
        "организация,фио,почта,роль\n"
        "school_1,Первая Анна,anna@example.org,school_officer\n"
        "school_1,Первая Анна,anna@example.org,school_officer\n"
        "school_9,Кто-то,who@example.org,school_officer\n"
        "school_1,Кто-то,who,school_officer\n"
        "school_1,Кто-то,who@example.org,царь\n"
        "school_1,Кто-то,who@example.org,regional_operator\n"
        "school_1,,who@example.org,school_officer\n"
    )
    status, page = _post(
        world.client(Role.COORDINATOR), "invite_many", world.own.place, table=_csv(text), handing="page"
    )
    assert status == 422 and not Invitation.objects.exists()
    assert [row for row in range(2, 10) if f"Строка {row}:" in page] == [3, 4, 5, 6, 7, 8]


def test_people_are_found_by_name_and_role_and_no_foreign_ones(world: World) -> None:
    client, url = world.client(Role.COORDINATOR), reverse("people")
    everybody = client.get(url).content.decode()
    assert "school_officer.a" in everybody and "school_officer.b" not in everybody
    found = client.get(url, {"q": "ШКОЛА A1", "role": "school_officer"}).content.decode()
    assert "school_officer.a" in found and "head.a@" not in found
    assert "Никого не найдено" in client.get(url, {"q": "никто"}).content.decode()


# ---- a forgotten password


def _officer(world: World) -> Person:
    return world.own.people[Role.SCHOOL_OFFICER]


def test_a_link_sets_a_new_password_once_and_ends_all_sessions(world: World) -> None:
    old = client_of(_officer(world))
    page = world.client(Role.COORDINATOR).post(reverse("password_link", args=[_officer(world).pk])).content.decode()
    url = page.split('value="http://testserver')[1].split('"')[0]
    client = Client()
    assert client.get(url).status_code == 200
    assert client.post(url, {"password": "short", "again": "short"}).status_code == 422
    assert client.post(url, {"password": NEW, "again": NEW}).status_code == 302
    assert client.post(url, {"password": NEW, "again": NEW}).status_code == 404
    assert old.get(reverse("home")).status_code == 302
    assert Person.objects.get(pk=_officer(world).pk).check_password(NEW)
    assert list(Entry.objects.values_list("event", flat=True)[:2]) == ["password_set", "password_link_issued"]
    assert not PasswordLink.objects.filter(token_hash__in=url.split("/")).exists()


def test_a_link_takes_whoever_manages_every_place_of_the_person(world: World) -> None:
    person, coordinator = _officer(world), world.own.people[Role.COORDINATOR]
    assert answers_for(coordinator, person)
    elsewhere = Membership.objects.create(
        person=person,
        organisation=world.foreign.schools[0],
        role=Role.SCHOOL_OFFICER,
        valid_from=TODAY + timedelta(days=9),
    )
    with pytest.raises(ActionRefused):  # a role of next week in a foreign district is theirs as well
        passwords.issue_link(person, coordinator)
    Membership.objects.filter(pk=elsewhere.pk).update(valid_to=TODAY - timedelta(days=1), valid_from=None)
    assert passwords.issue_link(person, coordinator)


def test_nobody_takes_the_account_of_somebody_above_or_their_own(world: World) -> None:
    coordinator, head = world.own.people[Role.COORDINATOR], world.own.people[Role.HEAD]
    assert not answers_for(coordinator, coordinator)
    assert not answers_for(coordinator, head)
    Membership.objects.create(person=head, organisation=world.own.schools[0], role=Role.SCHOOL_OFFICER)
    response = world.client(Role.COORDINATOR).post(reverse("password_link", args=[head.pk]))
    assert response.status_code == 409 and not PasswordLink.objects.exists()


def test_a_newer_link_ends_the_older_one_and_time_ends_both(world: World) -> None:
    first, second = (passwords.make_link(_officer(world), None) for _ in range(2))
    assert passwords.pending(first) is None and passwords.pending(second)
    PasswordLink.objects.update(expires_at=timezone.now())
    with pytest.raises(ActionRefused):
        passwords.set_password(second, NEW)


@pytest.fixture
def has_mail() -> Iterator[None]:
    with override_settings(EMAIL_HOST="mail.example.org", PUBLIC_URL="https://monitoring.example.org"):
        yield


def _ask_for(email: str) -> str:
    return Client().post(reverse("forgotten_password"), {"email": email}).content.decode()


def test_a_stranger_learns_nothing_and_fills_no_box(world: World, has_mail: None) -> None:
    known, unknown = _ask_for(_officer(world).email.upper()), _ask_for("stranger@example.org")
    assert "Если у нас есть такой человек" in known
    assert _strip(known) == _strip(unknown)
    _ask_for(_officer(world).email)
    assert Letter.objects.count() == 1


def _strip(page: str) -> str:
    return re.sub(r'name="csrfmiddlewaretoken" value="\w+"', "", page)


def test_the_letter_leads_to_a_new_password(world: World, has_mail: None) -> None:
    _ask_for(_officer(world).email)
    [job] = DBTaskResult.objects.filter(task_path__endswith="send_letter")
    send_letter.call(*job.args_kwargs["args"])
    letter = mail.outbox[-1]
    link = next(line for line in letter.body.splitlines() if line.startswith("https://monitoring.example.org"))
    url = link.removeprefix("https://monitoring.example.org")
    assert letter.to == [_officer(world).email] and Client().get(url).status_code == 200
    assert not any(link.rsplit("/", 2)[1] in str(job.args_kwargs) for job in DBTaskResult.objects.all())


def test_without_mail_the_page_says_whom_to_ask(world: World) -> None:
    assert "координатора" in _ask_for(_officer(world).email)
    assert not Letter.objects.exists()


# ---- one's own page


def test_a_person_changes_their_name_and_language(world: World) -> None:
    client = client_of(_officer(world))
    told = {"full_name": "Иванова Анна", "language": "en", "email": "other@example.org"}
    assert client.post(reverse("own_page"), told).status_code == 302
    person = Person.objects.get(pk=_officer(world).pk)
    assert (person.full_name, person.language, person.email) == ("Иванова Анна", "en", _officer(world).email)
    assert '<html lang="en">' in client.get(reverse("own_page")).content.decode()
    [told] = Entry.objects.filter(event="person_renamed")
    assert told.person_name == "school_officer.a" and "Иванова Анна" in told.details


def test_other_sessions_are_seen_and_ended(world: World) -> None:
    other = make_person("other", world.own.schools[0], Role.SCHOOL_OFFICER, second_factor=False)
    here, there = (_through_the_door(other, browser) for browser in ("Firefox at school", "Chromium at home"))
    page = here.get(reverse("own_page")).content.decode()
    assert "Firefox at school" in page and "Chromium at home" in page and page.count("этот сеанс") == 1
    here.post(reverse("end_sessions"))
    assert here.get(reverse("home")).status_code == 200
    assert there.get(reverse("home")).status_code == 302


def _through_the_door(person: Person, browser: str) -> Client:
    client = Client(headers={"user-agent": browser})
    told = {"login": person.email, "password": PASSWORD}
    assert client.post(reverse("account_login"), told).headers["Location"] == "/"
    return client


def test_a_password_of_one_person_opens_nothing_of_another(world: World) -> None:
    other = make_person("other", world.own.schools[0], Role.SCHOOL_OFFICER)
    client_of(other).post(reverse("end_sessions"))
    assert client_of(_officer(world)).get(reverse("home")).status_code == 200
    assert other.check_password(PASSWORD)
