"""Letters: a real mail server takes them, each person once, in their language, with nothing that is not theirs."""

from __future__ import annotations

import csv
import io
import re
from collections.abc import Iterator
from datetime import timedelta
from pathlib import Path

import pytest
from django.conf import settings
from django.core.files.uploadedfile import SimpleUploadedFile
from django.core.management import call_command
from django.http import HttpResponse
from django.test import Client
from django.test.utils import override_settings
from django.urls import reverse
from django.utils import timezone
from django_tasks_db.models import DBTaskResult

from orientir.errors import UserError
from orientir_web.campaigns.models import Campaign
from orientir_web.campaigns.services import lock, move_deadline
from orientir_web.journal.models import Entry
from orientir_web.letters.address import Mail, mail_of
from orientir_web.letters.models import Fate, Letter
from orientir_web.letters.reminders import remind, remind_all
from orientir_web.letters.sending import MOST_TRIES, PATIENCE, send_letter
from orientir_web.people.models import Invitation, Membership, Person
from orientir_web.people.roles import Role
from orientir_web.submissions.models import Submission
from orientir_web.submissions.waiting import waited_for
from web.post_office import NOBODY, PostOffice, address_of, post_office
from web.world import CLOSES, World

DAY = timedelta(days=1)
_BACKEND = "django.core.mail.backends.smtp.EmailBackend"  # Django's test set-up puts another one in its place


@pytest.fixture
def office(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[PostOffice]:
    """Reached under the address that an administrator would write into ORIENTIR_MAIL."""
    monkeypatch.setenv("SSL_CERT_FILE", str(tmp_path / "mail.pem"))
    with post_office(tmp_path) as made, override_settings(**_told(made, "smtp")):
        yield made


def _told(office: PostOffice, scheme: str) -> dict[str, object]:
    mail = mail_of(address_of(office).replace("smtp:", f"{scheme}:"))
    return {
        "EMAIL_BACKEND": _BACKEND, "EMAIL_HOST": mail.host, "EMAIL_PORT": mail.port, "EMAIL_HOST_USER": mail.user,
        "EMAIL_HOST_PASSWORD": mail.password, "EMAIL_USE_TLS": mail.starts_tls, "EMAIL_USE_SSL": mail.is_tls,
        "DEFAULT_FROM_EMAIL": mail.sender, "PUBLIC_URL": "https://monitoring.example.org",
    }  # fmt: skip


def _work() -> None:
    """What the worker does with the jobs that wait."""
    for job in DBTaskResult.objects.filter(task_path__endswith="send_letter", status="READY").order_by("enqueued_at"):
        send_letter.call(*job.args_kwargs["args"])
        job.delete()


def _officer(world: World) -> Person:
    return world.own.people[Role.SCHOOL_OFFICER]


def _by_hand(world: World) -> int:
    campaign = Campaign.objects.get(pk=world.own.campaign.pk)
    return len(remind(campaign, list(waited_for(campaign)), world.own.people[Role.COORDINATOR]).new)


# ---- the letter


def test_a_reminder_arrives_under_tls(world: World, office: PostOffice) -> None:
    assert _by_hand(world) == 1
    _work()
    [letter] = office.to(_officer(world).email)
    assert office.were_secret == [True]
    assert letter["From"] == "orientir@example.org" and letter["Auto-Submitted"] == "auto-generated"
    text = letter.get_content()
    assert "Школа a1" in text and "(Asia/Novokuznetsk, UTC+07:00)" in text and "заполнено 0\u00a0%" in text
    assert "https://monitoring.example.org/" in text
    # No names but one's own.
    assert not [one for one in Person.objects.exclude(pk=_officer(world).pk) if one.full_name in text]
    assert Letter.objects.get().fate == Fate.SENT


def test_tls_from_the_first_byte(world: World, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("SSL_CERT_FILE", str(tmp_path / "mail.pem"))
    with post_office(tmp_path, starts_tls=False) as office, override_settings(**_told(office, "smtps")):
        _by_hand(world)
        _work()
        assert len(office.to(_officer(world).email)) == 1


def test_a_server_that_is_not_trusted_gets_nothing(
    world: World, office: PostOffice, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.delenv("SSL_CERT_FILE")
    _by_hand(world)
    _work()
    letter = Letter.objects.get()
    assert not office.letters and letter.fate == Fate.FAILED and "SSLCertVerificationError" in letter.fault_words


def test_a_letter_speaks_the_language_of_its_reader(world: World, office: PostOffice) -> None:
    Person.objects.filter(pk=_officer(world).pk).update(language="en")
    _by_hand(world)
    _work()
    [letter] = office.letters
    told = re.sub("[«“].*?[»”]|Школа a1", "", letter.get_content())  # titles are as people gave them
    assert "Hello" in told and not re.search("[А-Яа-я]", told)


# ---- once


def test_nobody_is_written_twice_on_a_day(world: World, office: PostOffice) -> None:
    Campaign.objects.filter(pk=world.own.campaign.pk).update(closes_at=timezone.now() + DAY / 2)
    assert [_by_hand(world), _by_hand(world), remind_all()] == [1, 0, 0]
    _work()
    send_letter.call(Letter.objects.get().pk)  # a job that is run again
    assert len(office.letters) == 1


def test_a_person_with_two_schools_gets_one_letter(world: World, office: PostOffice) -> None:
    officer = _officer(world)
    Membership.objects.create(person=officer, organisation=world.own.schools[1], role=Role.SCHOOL_OFFICER)
    _by_hand(world)
    _work()
    [letter] = office.letters
    assert "Школа a1" in letter.get_content() and "Школа a2" in letter.get_content()


def test_what_was_handed_in_meanwhile_is_not_reminded(world: World, office: PostOffice) -> None:
    _by_hand(world)
    Submission.objects.filter(campaign=world.own.campaign).update(state="submitted")
    _work()
    assert not office.letters and Letter.objects.get().fate == Fate.NEEDLESS


def test_coordinators_are_not_reminded_of_what_schools_owe(world: World) -> None:
    assert list(waited_for(world.own.campaign)) == [_officer(world)]


# ---- by itself


def _day(days: float) -> int:
    """How many letters are queued so many days before the deadline."""
    Letter.objects.update(asked_at=timezone.now() - 30 * DAY)  # each call stands for another day
    return remind_all(CLOSES - days * DAY)


def test_set_days_before_the_deadline_and_one_after_it(world: World, office: PostOffice) -> None:
    # Both districts have one officer each; their deadlines are the same.
    days = [
        (10, 0),
        (7, 2),
        (6.5, 0),
        (5, 0),
        (3, 2),
        (2, 0),
        (0.5, 2),
        (0.2, 0),
        (-0.5, 0),
        (-1.5, 2),
        (-2, 0),
        (-9, 0),
    ]
    assert [(day, _day(day)) for day, _count in days] == days


def test_a_day_that_was_slept_through_is_made_up_for_once(world: World, office: PostOffice) -> None:
    assert [_day(6), _day(5.9)] == [2, 0]


def test_a_moved_deadline_is_another_thing_to_write_about(world: World, office: PostOffice) -> None:
    assert _day(3) == 2
    move_deadline(
        world.own.campaign, world.own.schools[0], CLOSES + 2 * DAY, "Ремонт", world.own.people[Role.COORDINATOR]
    )
    assert _day(2.5) == 1


def test_a_closed_campaign_reminds_nobody(world: World, office: PostOffice) -> None:
    for one in (world.own, world.foreign):
        lock(one.campaign, "Итоги", one.people[Role.COORDINATOR])
    assert _day(3) == 0


def test_the_clock_calls_a_command(world: World, office: PostOffice, capsys: pytest.CaptureFixture[str]) -> None:
    Campaign.objects.update(closes_at=timezone.now() + 3 * DAY)
    call_command("remind")
    assert capsys.readouterr().out == "2\n"
    assert [entry.event for entry in Entry.objects.filter(event="reminded")] == ["reminded", "reminded"]


# ---- what goes wrong


def test_an_address_that_is_not_taken_is_told_and_not_tried_again(world: World, office: PostOffice) -> None:
    Person.objects.filter(pk=_officer(world).pk).update(email=NOBODY)
    _by_hand(world)
    _work()
    letter = Letter.objects.get()
    assert (letter.fate, letter.tried) == (Fate.FAILED, MOST_TRIES) and "адрес" in letter.fault_words
    page = world.client(Role.COORDINATOR).get(reverse("campaign_letters", args=[world.own.campaign.pk]))
    assert "Сервер не принял адрес" in page.content.decode()
    remind_all()
    assert Letter.objects.get().fate == Fate.FAILED


def test_a_server_that_is_down_is_tried_again(world: World, office: PostOffice) -> None:
    _by_hand(world)
    with override_settings(EMAIL_PORT=1):
        _work()
    assert Letter.objects.get().fate == Fate.FAILED and not office.letters
    assert remind_all() == 1
    _work()
    assert Letter.objects.get().fate == Fate.SENT and len(office.letters) == 1


def test_without_a_server_the_page_says_so_and_gives_the_texts(world: World) -> None:
    assert settings.EMAIL_HOST == ""
    client, key = world.client(Role.COORDINATOR), world.own.campaign.pk
    page = client.get(reverse("campaign_letters", args=[key])).content.decode()
    assert "Почта не настроена" in page and _officer(world).email in page and "Мы ещё ждём от вас" in page
    told = client.post(reverse("campaign_bulk", args=[key]), {"action": "remind", "all": "1"}).context["told"]
    assert not any(line.is_done for line in told) and "не настроена" in told[0].message
    assert remind_all(CLOSES - DAY) == 0 and not Letter.objects.exists()


def test_the_button_writes_and_tells(world: World, office: PostOffice) -> None:
    client = world.client(Role.COORDINATOR)
    url = reverse("campaign_bulk", args=[world.own.campaign.pk])
    told = [client.post(url, {"action": "remind", "all": "1"}).context["told"] for _ in range(2)]
    assert [(line.submission.organisation.title, line.is_done) for line in told[0]] == [
        ("Школа a1", True),
        ("Школа a2", False),
    ]
    assert "пригласите" in told[0][1].message and "уже писали" in told[1][0].message


# ---- left on the way


def _left(letter: Letter, fate: Fate, **told: object) -> Letter:
    Letter.objects.filter(pk=letter.pk).update(fate=fate, moved_at=timezone.now() - PATIENCE, **told)
    DBTaskResult.objects.all().delete()
    return letter


@pytest.mark.parametrize("fate", [Fate.SENDING, Fate.WAITING])
def test_a_letter_whose_process_or_job_was_lost_is_sent(world: World, office: PostOffice, fate: Fate) -> None:
    _by_hand(world)
    _left(Letter.objects.get(), fate, tried=1)
    assert [remind_all(), remind_all()] == [1, 0]
    _work()
    assert Letter.objects.get().fate == Fate.SENT and len(office.letters) == 1


def test_a_letter_that_is_just_being_sent_is_left_alone(world: World, office: PostOffice) -> None:
    _by_hand(world)
    Letter.objects.update(fate=Fate.SENDING, tried=1)
    assert remind_all() == 0 and Letter.objects.get().fate == Fate.SENDING


def test_a_letter_that_takes_its_process_along_each_time_is_given_up_and_told(world: World, office: PostOffice) -> None:
    _by_hand(world)
    letter = _left(Letter.objects.get(), Fate.SENDING, tried=MOST_TRIES)
    assert remind_all() == 0
    letter.refresh_from_db()
    assert letter.fate == Fate.FAILED and "прервалась" in letter.fault_words


# ---- invitations


TABLE = "фио,почта,роль,организация\nПервая Анна,anna@example.org,school_officer,school_1\n" + (
    f"Второй Борис,{NOBODY},school_officer,school_2\n"
)


def _invite(world: World, handing: str, text: str = TABLE) -> HttpResponse:
    told = {"table": SimpleUploadedFile("people.csv", text.encode()), "handing": handing}
    url = reverse("invite_many", args=[world.own.place.pk])
    response: HttpResponse = world.client(Role.COORDINATOR).post(url, told, follow=True)
    return response


def test_invitations_of_a_table_go_by_letter_and_open(world: World, office: PostOffice) -> None:
    page = _invite(world, "mail").content.decode()
    assert "их: 2" in page and "/invitation/" not in page
    _work()
    [letter] = office.letters
    text = letter.get_content()
    assert (letter["To"], letter["Subject"].strip()) == ("anna@example.org", "Приглашение в «Ориентир»")
    assert "Первая Анна" in text and "Школа a1" in text and "Второй" not in text
    link = re.search(r"https://monitoring.example.org(/invitation/\S+)", text)
    assert link and "Первая Анна" in Client().get(link[1]).content.decode()
    school = world.client(Role.COORDINATOR).get(reverse("organisation", args=[world.own.schools[1].pk]))
    assert "Сервер не принял адрес" in school.content.decode()


def test_one_invitation_goes_by_letter(world: World, office: PostOffice) -> None:
    told = {"full_name": "Анна", "email": "anna@example.org", "role": "school_officer", "by_mail": "on"}
    url = reverse("invite", args=[world.own.schools[0].pk])
    page = world.client(Role.COORDINATOR).post(url, told, follow=True).content.decode()
    assert "уйдёт письмом" in page and "/invitation/" not in page and "ждёт отправки" in page
    _work()
    assert len(office.to("anna@example.org")) == 1


def test_a_letter_sent_again_holds_the_link_that_opens(world: World, office: PostOffice) -> None:
    _invite(world, "mail", TABLE.rsplit("Второй")[0])
    _work()
    _left(Letter.objects.get(), Fate.SENDING)
    remind_all()
    _work()
    first, second = (re.search(r"/invitation/\S+", one.get_content())[0] for one in office.letters)  # type: ignore[index]
    assert [Client().get(link).status_code for link in (first, second)] == [404, 200]


def test_an_invitation_that_was_accepted_meanwhile_is_not_written(world: World, office: PostOffice) -> None:
    _invite(world, "mail")
    Invitation.objects.update(accepted_at=timezone.now())
    _work()
    assert not office.letters and set(Letter.objects.values_list("fate", flat=True)) == {Fate.NEEDLESS}


def test_where_a_row_is_wrong_nobody_is_written(world: World, office: PostOffice) -> None:
    assert _invite(world, "mail", TABLE + "Кто-то,who,school_officer,school_1\n").status_code == 422
    assert not Letter.objects.exists() and not Invitation.objects.exists()


def test_without_a_server_the_links_are_a_table(world: World) -> None:
    assert _invite(world, "mail").status_code == 422 and not Invitation.objects.exists()
    response = _invite(world, "csv", TABLE.replace("Первая Анна", "=HYPERLINK(1)"))
    assert response.headers["Cache-Control"] == "no-store"
    rows = list(csv.DictReader(io.StringIO(response.content.decode("utf-8-sig")), delimiter=";"))
    assert [one["Электронная почта"] for one in rows] == ["anna@example.org", NOBODY]
    assert rows[0]["Фамилия, имя, отчество"] == "'=HYPERLINK(1)"
    assert [Client().get(one["Ссылка"]).status_code for one in rows] == [200, 200]


# ---- the address of the server


def test_addresses_of_servers() -> None:
    assert mail_of("") == Mail()
    told = mail_of("smtp://school%40example.org:p%3Aw@mail.example.org")
    assert (told.port, told.user, told.password, told.starts_tls, told.is_tls, told.sender) == (
        587, "school@example.org", "p:w", True, False, "school@example.org",
    )  # fmt: skip
    told = mail_of("smtps://mail.example.org?from=o@example.org")
    assert (told.port, told.starts_tls, told.is_tls) == (465, False, True)
    told = mail_of("smtp://localhost:25?from=o@example.org&tls=no")
    assert (told.port, told.starts_tls, told.is_tls) == (25, False, False)


@pytest.mark.parametrize(
    "address",
    ["mail.example.org", "http://mail.example.org?from=o@example.org", "smtp://mail.example.org", "smtp://?from=o@x.ru",
     "smtp://u:p@mail.example.org?from=o@example.org&tls=no", "smtp://u@mail.example.org:abc?from=o@example.org",
     "smtp://mail.example.org?from=o@example.org&starttls=1"],
)  # fmt: skip
def test_what_is_no_address_is_told(address: str) -> None:
    with pytest.raises(UserError, match="ORIENTIR_MAIL"):
        mail_of(address)
