"""Panels: the numbers of the core on pages, with their facts, filters and files; foreign ones do not exist."""

from __future__ import annotations

import csv
import io
import zipfile
from collections.abc import Callable
from html import unescape
from re import findall, sub

import pytest
from django.http import HttpResponse
from django.test import Client
from django.urls import reverse

from orientir.model.results import Place
from orientir.reports.context import Context
from orientir_web.cycles.models import Computation
from orientir_web.cycles.services import ask_to_compute, compute_waiting, cycle_of
from orientir_web.panels.numbers import trace
from orientir_web.people.models import Membership
from orientir_web.people.roles import Role
from orientir_web.submissions.services import correct
from web.computed import ANSWERS, accept_all, accept_by_grades, computation_of
from web.world import World

INDICATOR = "college_9"
NBSP = "\u00a0"


def _text(response: HttpResponse) -> str:
    """What a reader sees: no marks, single spaces."""
    assert response.status_code == 200
    return " ".join(unescape(sub(r"<[^>]+>", " ", response.content.decode())).split())


def _page(client: Client, name: str, *args: object, **query: str) -> str:
    return _text(client.get(reverse(name, args=args), query))


def _number_id(computation: Computation, organisation: str, suffix: str = "", indicator: str = INDICATOR) -> str:
    cycle = cycle_of(computation).cycle
    place = Place(indicator, organisation, cycle.periods[-1])
    row = next(number for number, value in enumerate(cycle.values, 2) if value.place == place)
    return f"v{row}{suffix}"


# ---- pages


def test_the_district_shows_what_the_report_says(world: World) -> None:
    computation = computation_of(world.own)
    text = _page(world.client(Role.HEAD), "panel", world.own.campaign.pk)
    context = Context(cycle_of(computation).cycle, public=False)
    value = context.value(INDICATOR, context.periods[-1])
    shown = context.book.amount(value)
    assert f"Колледж после 9 класса — — {shown.text}".replace(NBSP, " ") in text.replace("  ", " ")  # type: ignore[union-attr]
    assert "2 из 2" in text
    assert computation.short_checksum in text
    assert "Учтено всё принятое." in text


def test_without_a_computation_the_page_says_so(world: World) -> None:
    text = _page(world.client(Role.COORDINATOR), "panel", world.own.campaign.pk)
    assert "Показатели ещё не посчитаны" in text
    ask_to_compute(world.own.campaign)
    assert "Считаю показатели в первый раз" in _page(world.client(Role.HEAD), "panel", world.own.campaign.pk)


def test_the_page_is_loaded_anew_when_the_computation_ends(world: World) -> None:
    client, url = world.client(Role.HEAD), reverse("panel_freshness", args=[world.own.campaign.pk])
    ask_to_compute(world.own.campaign)
    assert "HX-Refresh" not in client.get(url)
    compute_waiting()
    assert client.get(url)["HX-Refresh"] == "true"


def test_stale_numbers_are_called_stale(world: World) -> None:
    computation = computation_of(world.own)
    Computation.objects.filter(pk=computation.pk).update(data="earlier")
    text = _page(world.client(Role.COORDINATOR), "panel", world.own.campaign.pk)
    assert "они ещё не учтены" in text
    assert "Посчитать сейчас" in text


def test_an_indicator_has_its_schools_counts_definition_and_source(world: World) -> None:
    computation_of(world.own)
    text = _page(world.client(Role.HEAD), "panel_indicator", world.own.campaign.pk, INDICATOR)
    assert "Доля выпускников 9 классов, поступивших в профессиональные образовательные организации" in text
    assert "Знаменатель «Выпускники 9 классов»" in text
    for school, answers, share in zip(world.own.schools, ANSWERS, ("40,0", "70,0"), strict=True):
        assert f"{school} {answers['graduates_9']} {answers['admitted_college_9']} {share}" in text
    assert "Источник: форма «school»" in text


def test_what_is_shown_is_told_for_the_print(world: World) -> None:
    computation = computation_of(world.own)
    args = (world.own.campaign.pk, INDICATOR)
    text = _page(world.client(Role.HEAD), "panel_indicator", *args, period="2020/21").replace(NBSP, " ")
    assert f"Показано: 2020/21 уч. г.; {world.own.place}, данные на" in text
    assert f"версия данных {computation.short_checksum}" in text


def test_a_filter_that_means_nothing_is_passed_over(world: World) -> None:
    computation_of(world.own)
    args = (world.own.campaign.pk,)
    text = _page(
        world.client(Role.HEAD), "panel_comparison", *args, indicator="none", period="1900", group="7", cut="x"
    )
    assert "Показано: 2021/22" in text


def test_an_unmeasured_indicator_says_why(world: World) -> None:
    computation_of(world.own)
    text = _page(world.client(Role.HEAD), "panel_indicator", world.own.campaign.pk, "ticket_tested")
    assert "Значения нет." in text
    assert "в данных нет" in text.lower()


# ---- a school, and who sees it


def test_a_school_s_people_see_their_school_alone(world: World) -> None:
    computation = computation_of(world.own)
    client, campaign = world.client(Role.SCHOOL_OFFICER), world.own.campaign.pk
    own, other = world.own.schools
    assert "40,0 %" in _page(client, "panel_school", campaign, own.pk).replace(NBSP, " ")
    assert client.get(reverse("panel_school", args=[campaign, other.pk])).status_code == 404
    for place, status in ((own.code, 200), (other.code, 404), (world.own.place.code, 404)):
        url = reverse("panel_number", args=[computation.pk, _number_id(computation, place)])
        assert client.get(url).status_code == status, place


def test_the_list_of_who_sees_a_school_holds_that_school(world: World) -> None:
    text = _page(world.client(Role.SCHOOL_OFFICER), "panels")
    assert str(world.own.schools[0]) in text
    assert str(world.own.schools[1]) not in text
    assert str(world.own.place) in _page(world.client(Role.HEAD), "panels")


def test_a_region_compares_its_own_districts(world: World) -> None:
    computation_of(world.own)
    computation_of(world.foreign)
    text = _page(world.client(Role.REGIONAL_OPERATOR), "panel_districts", indicator=INDICATOR)
    assert "51,3" in text
    assert str(world.foreign.place) not in text


def test_districts_beside_each_other_have_a_chart_files_and_numbers_that_lead_home(world: World) -> None:
    made = {one.place: computation_of(one) for one in (world.own, world.foreign)}
    operator = world.own.people[Role.REGIONAL_OPERATOR]
    Membership.objects.create(person=operator, organisation=world.foreign.place, role=Role.REGIONAL_OPERATOR)
    client = world.client(Role.REGIONAL_OPERATOR)
    page = _html(client, reverse("panel_districts") + f"?indicator={INDICATOR}")
    text = " ".join(unescape(sub(r"<[^>]+>", " ", page)).split()).replace(NBSP, " ")
    for place, computation in made.items():
        assert f"{place} 80 41 51,3" in text
        assert f"{place}, данные на" in text and computation.short_checksum in text  # told in print too
        number = reverse("panel_number", args=[computation.pk, _number_id(computation, place.code, "n")])
        assert f'href="{number}">41</a>' in page
    [picture] = findall(r'<img src="([^"]+)"', page)
    assert "51,3" in client.get(unescape(picture)).content.decode()
    files = {link.split("?")[0].rsplit("/", 2)[1]: client.get(unescape(link))
             for link in findall(r'href="([^"]+c-districts[^"]+)" download', page)}  # fmt: skip
    assert set(files) == {"svg", "png", "csv", "xlsx"}
    rows = list(csv.reader(io.StringIO(files["csv"].content.decode("utf-8-sig"))))
    assert [(row[0], row[2]) for row in rows[1:]] == [(str(place), "0.5125") for place in made]
    assert all(one.short_checksum in files["svg"].content.decode() for one in made.values())
    _png(files["png"])
    _xlsx(files["xlsx"])
    for kind, status in (("csv", 200), ("xlsx", 200), ("svg", 404)):
        assert client.get(reverse("panel_districts_file", args=["t-districts", kind])).status_code == status


def test_no_page_of_panels_leads_to_itself(world: World) -> None:
    computation_of(world.own)
    for page in (reverse("panels"), reverse("panel", args=[world.own.campaign.pk])):
        crumbs = "".join(findall(r'<nav class="crumbs".*?</nav>', _html(world.client(Role.HEAD), page)))
        assert f'href="{page}"' not in crumbs


# ---- a number leads to its facts


@pytest.mark.parametrize(("suffix", "shown"), [("", "51,3 %"), ("n", "41"), ("d", "80"), ("i", "40,5–61,9 %")])
def test_a_number_leads_to_its_facts(world: World, suffix: str, shown: str) -> None:
    computation = computation_of(world.own)
    number = _number_id(computation, world.own.place.code, suffix)
    text = _page(world.client(Role.HEAD), "panel_number", computation.pk, number).replace(NBSP, " ")
    assert shown in text
    for school, answers in zip(world.own.schools, ANSWERS, strict=True):
        assert f"Выпускники 9 классов {school} 2021/22 {answers['graduates_9']}" in text
    assert "подлинник: originals/2021-22/school_1/school-" in text
    assert "ячейка" in text


def test_a_corrected_cell_is_told_on_the_panel_and_on_the_way_of_its_sum(world: World) -> None:
    submission, by = accept_by_grades(world.own), world.own.people[Role.COORDINATOR]
    correct(submission, "tested_grade|grade=9", "30", "Опечатка в списке", by)
    ask_to_compute(world.own.campaign)
    compute_waiting()
    computation, client = Computation.objects.get(), world.client(Role.HEAD)
    panel = _page(client, "panel_indicator", world.own.campaign.pk, "tested_as_measured")
    assert "200 70 35,0" in panel
    told = "было 80, исправлено на 70: Пересчитано за ячейкой"
    assert told in panel
    number = _number_id(computation, world.own.schools[0].code, "n", "tested_as_measured")
    assert told in _page(client, "panel_number", computation.pk, number)


def test_a_number_taken_back_is_told_with_its_reason(world: World) -> None:
    accept_all(world.own)
    submission, by = world.fresh().own.submissions[0], world.own.people[Role.COORDINATOR]
    correct(submission, "admitted_college_9", "нет данных", "Списки утрачены", by)
    computation_of(world.own)
    told = "было 20, отмечено «нет данных»: Списки утрачены"
    panel = _page(world.client(Role.HEAD), "panel_indicator", world.own.campaign.pk, INDICATOR)
    assert f"{world.own.schools[0]} — — — — нет данных" in panel
    assert told in panel
    school = world.own.schools[0].pk
    assert told in _page(world.client(Role.SCHOOL_OFFICER), "panel_school", world.own.campaign.pk, school)


def test_every_number_of_the_pages_has_its_page(world: World) -> None:
    computation = computation_of(world.own)
    client, campaign = world.client(Role.HEAD), world.own.campaign.pk
    pages = [reverse("panel", args=[campaign]), reverse("panel_comparison", args=[campaign]),
             reverse("panel_indicator", args=[campaign, INDICATOR]),
             reverse("panel_school", args=[campaign, world.own.schools[0].pk])]  # fmt: skip
    links = {
        link for page in pages for link in findall(r'href="(/panels/data/\d+/numbers/[^"]+)"', _html(client, page))
    }
    assert len(links) > 12
    assert {link: client.get(link).status_code for link in links} == dict.fromkeys(links, 200)
    assert trace(cycle_of(computation), "v99999") is None
    assert trace(cycle_of(computation), "nothing") is None


def _html(client: Client, page: str) -> str:
    return client.get(page).content.decode()


# ---- pictures and files


def _file(client: Client, computation: Computation, page: str, key: str, kind: str) -> HttpResponse:
    return client.get(reverse("panel_file", args=[computation.pk, page, key, kind]), {"indicator": INDICATOR})


def test_each_chart_has_its_table_and_its_files(world: World) -> None:
    computation = computation_of(world.own)
    client = world.client(Role.HEAD)
    page = _html(client, reverse("panel_indicator", args=[world.own.campaign.pk, INDICATOR]))
    assert page.count("<figure") == page.count("Числа рисунка таблицей") > 0
    for link in findall(r'href="([^"]+)" download', page) + findall(r'<img src="([^"]+)"', page):
        assert client.get(unescape(link)).status_code == 200, link
    picture = client.get(
        reverse("panel_picture", args=[computation.pk, "indicator", "c-places"]), {"indicator": INDICATOR}
    )
    assert picture["Content-Type"] == "image/svg+xml"
    assert "70,0" in picture.content.decode()


def _svg(response: HttpResponse) -> None:
    text = response.content.decode()
    assert text.startswith("<svg")
    assert "2021/22" in text  # what was chosen stands in the picture


def _png(response: HttpResponse) -> None:
    assert response.content.startswith(b"\x89PNG")


def _csv(response: HttpResponse) -> None:
    rows = list(csv.reader(io.StringIO(response.content.decode("utf-8-sig"))))
    assert [row[2] for row in rows[1:]] == ["0.4", "0.7"]


def _xlsx(response: HttpResponse) -> None:
    with zipfile.ZipFile(io.BytesIO(response.content)) as book:
        assert "2021/22" in book.read("xl/sharedStrings.xml").decode()


@pytest.mark.parametrize(("kind", "check"), [("svg", _svg), ("png", _png), ("csv", _csv), ("xlsx", _xlsx)])
def test_a_file_holds_what_the_page_shows(world: World, kind: str, check: Callable[[HttpResponse], None]) -> None:
    computation = computation_of(world.own)
    response = _file(world.client(Role.HEAD), computation, "comparison", "c-places", kind)
    assert response.status_code == 200
    assert computation.short_checksum in response["Content-Disposition"]
    check(response)


@pytest.mark.parametrize(
    ("page", "key", "kind"),
    [
        ("district", "t-panel", "svg"),
        ("district", "none", "csv"),
        ("none", "t-panel", "csv"),
        ("comparison", "c-places", "exe"),
    ],
)
def test_files_that_there_are_none_of(world: World, page: str, key: str, kind: str) -> None:
    assert _file(world.client(Role.HEAD), computation_of(world.own), page, key, kind).status_code == 404


# ---- words are escaped, pages are quick


def test_a_title_is_never_markup(world: World) -> None:
    school = world.own.schools[0]
    school.title = "Школа <b>№ 1</b> & «Лицей»"
    school.save()
    computation_of(world.own)
    page = _html(
        world.client(Role.HEAD), reverse("panel_comparison", args=[world.own.campaign.pk]) + f"?indicator={INDICATOR}"
    )
    assert "<b>№ 1</b>" not in page
    assert "Школа &lt;b&gt;№ 1&lt;/b&gt; &amp; «Лицей»" in page


def test_a_page_computes_nothing(world: World, monkeypatch: pytest.MonkeyPatch) -> None:
    computation_of(world.own)
    client = world.client(Role.HEAD)

    def never(*_: object) -> None:
        raise AssertionError("computed in a request")

    monkeypatch.setattr("orientir_web.cycles.computing.run_cycle", never)
    monkeypatch.setattr("orientir_web.cycles.services.freeze_package", never)
    assert client.get(reverse("panel", args=[world.own.campaign.pk])).status_code == 200
