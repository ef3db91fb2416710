"""Pages of campaigns: opened in two steps, the board, its filters and files, bulk actions, settings."""

from __future__ import annotations

import csv
import io
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest
from django.test import Client
from django.test.utils import override_settings
from django.urls import reverse
from django.utils import timezone

from orientir.resources import shipped
from orientir.spreadsheets.sheets import read_workbook
from orientir_web.campaigns.board import Filter, board_of
from orientir_web.campaigns.board_files import csv_of
from orientir_web.campaigns.models import Campaign
from orientir_web.campaigns.services import check_open, move_deadline, reschedule
from orientir_web.data_folder import DataFolder
from orientir_web.journal.models import Entry
from orientir_web.people.models import Organisation
from orientir_web.people.roles import Role
from orientir_web.refusals import ActionRefused
from orientir_web.submissions.models import Submission
from orientir_web.submissions.services import submit
from web.world import CLOSES, PROGRAMME, World, fill

TODAY = timezone.localdate()


def _url(world: World, name: str = "campaign", **told: object) -> str:
    return reverse(name, kwargs={"campaign_id": world.own.campaign.pk, **told})


def _page(client: Client, url: str, status: int = 200) -> str:
    response = client.get(url)
    assert response.status_code == status
    return response.content.decode()


def _submit(world: World, number: int) -> Submission:
    """Filled with zeros and handed in by the school."""
    one = world.own.submissions[number]
    coordinator = world.own.people[Role.COORDINATOR]
    officer = world.own.people[Role.SCHOOL_OFFICER]
    by = officer if one.organisation_id == world.own.schools[0].pk else coordinator
    fill(one, by)
    submit(one, by)
    return one


# ---- opening


def _second_step(world: World, **told: object) -> dict[str, object]:
    schools = [one.pk for one in world.own.schools]
    return {"title": "", "period": "2022/23", "opens": TODAY, "closes": TODAY + timedelta(days=10),
            "forms_asked": ["school"], "organisations": schools, **told}  # fmt: skip


def _new(world: World, programme: str = PROGRAMME) -> str:
    return f"{reverse('new_campaign')}?district={world.own.place.pk}&programme={programme}"


def test_a_campaign_is_opened_in_two_steps(world: World) -> None:
    client = world.client(Role.COORDINATOR)
    assert PROGRAMME in _page(client, reverse("new_campaign"))
    second = _page(client, _new(world))
    assert "Asia/Novokuznetsk, UTC+07:00" in second and "Школа a1" in second and "Школа b1" not in second
    response = client.post(_new(world), _second_step(world, organisations=[world.own.schools[1].pk]))
    made = Campaign.objects.get(period="2022/23")
    assert response.headers["Location"] == reverse("campaign", args=[made.pk])
    assert [one.organisation for one in made.submissions.all()] == [world.own.schools[1]]
    assert made.closes_at.astimezone(made.zone).date() == TODAY + timedelta(days=11)
    assert made.closes_at.astimezone(made.zone).hour == 0


@pytest.mark.parametrize(
    ("told", "said"),
    [
        ({"period": "вчера"}, "вчера"),
        ({"closes": TODAY - timedelta(days=1)}, "Последний день раньше первого."),
        ({"organisations": []}, "Обязательное поле."),
    ],
)
def test_what_cannot_be_opened_is_told_and_nothing_is_made(world: World, told: dict[str, object], said: str) -> None:
    before = Campaign.objects.count()
    response = world.client(Role.COORDINATOR).post(_new(world), _second_step(world, **told))
    assert response.status_code == 422 and said in response.content.decode()
    assert Campaign.objects.count() == before


def test_no_foreign_place_and_no_path_is_taken(world: World) -> None:
    client, foreign = world.client(Role.COORDINATOR), world.foreign
    url = f"{reverse('new_campaign')}?district={foreign.place.pk}&programme={PROGRAMME}"
    assert client.get(url).status_code == 422
    assert client.get(_new(world, str(shipped("programmes") / PROGRAMME))).status_code == 422
    response = client.post(_new(world), _second_step(world, organisations=[foreign.schools[0].pk]))
    assert response.status_code == 422


def test_a_programme_of_the_district_s_own_folder(world: World, tmp_path: Path) -> None:
    own = tmp_path / "programmes" / "ours"
    _copy(shipped("programmes") / PROGRAMME, own)
    with override_settings(DATA=DataFolder(tmp_path)):
        client = world.client(Role.COORDINATOR)
        assert client.post(_new(world, "ours"), _second_step(world)).status_code == 302
        assert Campaign.objects.get(period="2022/23").snapshot.programme == "ours"
        (own / "elements.yaml").write_text("[", encoding="utf-8")
        assert "использовать нельзя" in _page(client, _new(world, "ours"), 422)


def _copy(source: Path, target: Path) -> None:
    for path in source.rglob("*"):
        if path.is_file():
            place = target / path.relative_to(source)
            place.parent.mkdir(parents=True, exist_ok=True)
            place.write_bytes(path.read_bytes())
    told = target / "programme.yaml"
    told.write_text(told.read_text(encoding="utf-8").replace(f"id: {PROGRAMME}", "id: ours"), encoding="utf-8")


# ---- the board


def test_who_is_late_stands_on_top(world: World) -> None:
    campaign, coordinator = world.own.campaign, world.own.people[Role.COORDINATOR]
    later = CLOSES + timedelta(days=5)
    move_deadline(campaign, world.own.schools[0], later, "Ремонт", coordinator)
    campaign = Campaign.objects.get(pk=campaign.pk)
    board = board_of(campaign, Filter(), CLOSES + timedelta(hours=1))
    assert [(line.organisation.title, line.is_late) for line in board.lines] == [
        ("Школа a2", True),
        ("Школа a1", False),
    ]
    assert [box.has_own_deadline for box in board.boxes] == [False, True]
    assert board_of(campaign, Filter(is_late=True), CLOSES + timedelta(hours=1)).boxes == board.boxes[:1]


def test_the_board_tells_how_far_each_is(world: World) -> None:
    first = _submit(world, 0)
    page = _page(world.client(Role.HEAD), _url(world))
    assert "100&nbsp;%" in page and "ещё не начата" in page and reverse("form", args=[first.pk]) in page
    assert 'name="submission"' not in page  # a head reads


@pytest.mark.parametrize(
    ("query", "shown"),
    [("", {"Школа a1", "Школа a2"}), ("state=submitted", {"Школа a1"}), ("q=A2", {"Школа a2"}), ("late=1", set()),
     ("errors=1", set()), ("state=nonsense", {"Школа a1", "Школа a2"}), ("form=school", {"Школа a1", "Школа a2"})],
)  # fmt: skip
def test_the_file_holds_what_the_filter_shows(world: World, query: str, shown: set[str]) -> None:
    _submit(world, 0)
    client = world.client(Role.COORDINATOR)
    lines = client.get(f"{_url(world, 'campaign_file', kind='csv')}?{query}").content.decode("utf-8-sig")
    assert {line["Организация"] for line in csv.DictReader(io.StringIO(lines), delimiter=";")} == shown
    [sheet] = read_workbook(client.get(f"{_url(world, 'campaign_file', kind='xlsx')}?{query}").content)
    assert {row[0] for row in sheet.rows[4:]} == shown
    page = _page(client, f"{_url(world)}?{query}")
    assert {title for title in ("Школа a1", "Школа a2") if f"{title}: " in page} == shown


def test_a_title_is_no_formula(world: World) -> None:
    Organisation.objects.filter(pk=world.own.schools[0].pk).update(title='=HYPERLINK("http://x")')
    text = csv_of(world.own.campaign, board_of(world.own.campaign, Filter())).decode("utf-8-sig")
    assert "\"'=HYPERLINK" in text


# ---- in bulk


def _bulk(world: World, role: Role = Role.COORDINATOR, **told: object) -> list[tuple[str, bool, str]]:
    response = world.client(role).post(_url(world, "campaign_bulk"), told)
    assert response.status_code == 200
    return [(line.submission.organisation.title, line.is_done, line.message) for line in response.context["told"]]


def test_each_form_is_accepted_or_told_why_not(world: World) -> None:
    _submit(world, 0)
    told = _bulk(world, action="accept", all="1")
    assert [(title, done) for title, done, _ in told] == [("Школа a1", True), ("Школа a2", False)]
    assert "Заполняется" in told[1][2]
    assert [one.state for one in Submission.objects.filter(campaign=world.own.campaign)] == ["accepted", "draft"]


def test_who_handed_in_does_not_accept_also_in_bulk(world: World) -> None:
    one = _submit(world, 1)
    assert _bulk(world, action="accept", submission=str(one.pk))[0][1:] == (
        False,
        "Форму принимает не тот, кто её сдал.",
    )


def test_only_what_is_ticked_is_returned_with_the_remark(world: World) -> None:
    one, _other = _submit(world, 0), _submit(world, 1)
    assert _bulk(world, action="return", submission=str(one.pk), remark="")[0][1] is False
    assert _bulk(world, action="return", submission=str(one.pk), remark="Проверьте 9 класс") == [
        ("Школа a1", True, "Возвращена.")
    ]
    assert [remark.text for remark in one.remarks.all()] == ["Проверьте 9 класс"]
    assert [one.state for one in Submission.objects.filter(campaign=world.own.campaign)] == ["returned", "submitted"]


def test_foreign_forms_are_not_touched_and_nonsense_is_refused(world: World) -> None:
    foreign = world.foreign.submissions[0]
    assert _bulk(world, action="accept", submission=str(foreign.pk)) == []
    response = world.client(Role.COORDINATOR).post(_url(world, "campaign_bulk"), {"action": "burn"})
    assert response.status_code == 400


def test_a_regional_operator_runs_and_does_not_accept(world: World) -> None:
    _submit(world, 0)
    told = _bulk(world, Role.REGIONAL_OPERATOR, action="accept", all="1")
    assert told[0] == ("Школа a1", False, "На это у вас нет права.")


# ---- settings


def _post(world: World, name: str, **told: object) -> tuple[int, str]:
    response = world.client(Role.COORDINATOR).post(_url(world, name), told, follow=True)
    return response.status_code, response.content.decode()


def test_a_campaign_is_locked_with_a_reason_and_opened_again(world: World) -> None:
    assert _post(world, "campaign_lock", **{"lock-reason": " "})[0] == 422
    assert _post(world, "campaign_lock", **{"lock-reason": "Итоги подведены"})[0] == 200
    assert "Итоги подведены" in _page(world.client(Role.COORDINATOR), _url(world))
    _post(world, "campaign_unlock")
    assert not Campaign.objects.get(pk=world.own.campaign.pk).is_locked
    told = list(Entry.objects.values_list("event", flat=True)[:2])
    assert told == ["campaign_unlocked", "campaign_locked"]


def test_the_deadline_moves_for_all_and_for_one(world: World) -> None:
    school = world.own.schools[1]
    _post(world, "campaign_reschedule", **{"all-closes": "2090-01-31", "all-reason": "Каникулы"})
    status, page = _post(
        world, "campaign_exception",
        **{"one-organisation": school.pk, "one-closes": "2090-02-15", "one-reason": "Ремонт"},
    )  # fmt: skip
    assert status == 200 and "15\u00a0февраля 2090" in page and "Ремонт" in page
    campaign = Campaign.objects.get(pk=world.own.campaign.pk)
    assert campaign.closes_at == datetime(2090, 1, 31, 17, tzinfo=UTC)  # midnight after the day, seven hours earlier
    moment = datetime(2090, 2, 10, tzinfo=UTC)
    check_open(campaign, school, moment)
    with pytest.raises(ActionRefused):
        check_open(campaign, world.own.schools[0], moment)


def test_a_deadline_needs_a_reason_and_follows_the_start(world: World) -> None:
    campaign, by = world.own.campaign, world.own.people[Role.COORDINATOR]
    for closes_at, reason in ((CLOSES, " "), (campaign.opens_at, "Раньше")):
        with pytest.raises(ActionRefused):
            reschedule(campaign, closes_at, reason, by)
    foreign = {"one-organisation": world.foreign.schools[0].pk, "one-closes": "2090-02-15", "one-reason": "Ремонт"}
    assert _post(world, "campaign_exception", **foreign)[0] == 422


def test_a_school_that_came_later_is_asked(world: World) -> None:
    from orientir_web.people.organisations import add_organisation

    new = add_organisation(None, world.own.place, code="school_3", title="Школа a3", kind="school")
    page = _post(world, "campaign_ask", **{"more-organisations": [new.pk], "more-forms_asked": ["school"]})[1]
    assert "Добавлено форм: 1." in page
    assert Submission.objects.filter(campaign=world.own.campaign, organisation=new).exists()
