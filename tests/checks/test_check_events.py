"""The register of events: dates, years, order, repeats, kinds, participants, links."""

from __future__ import annotations

from datetime import date

import pytest
from smallest import event, rules, subject

from orientir.checks import events
from orientir.checks.subject import Check
from orientir.model.package import Event


def found(check: Check, *register: Event) -> list[str]:
    return rules(check(subject([], events=register)))


# ---- dates


@pytest.mark.parametrize("printed", ["16.12.202 2", "16.12.22", "декабрь 2022"])
def test_date_that_takes_guessing(printed: str) -> None:
    assert found(events.dates_are_written_well, event(1, date_printed=printed)) == ["date_malformed"]


@pytest.mark.parametrize("printed", ["16.12.2022", "21-22.11.2022", "21–22.11.2022", ""])
def test_date_that_reads_by_itself(printed: str) -> None:
    assert found(events.dates_are_written_well, event(1, date_printed=printed)) == []


def test_repaired_date_is_told_once() -> None:
    (issue,) = events.dates_are_written_well(subject([], events=[event(1, date_printed="01.03.202 2")]))
    assert issue.message == "Напечатано «01.03.202 2», прочитано: 01.03.2022."


def test_event_without_a_date() -> None:
    assert found(events.dates_are_written_well, event(1, day=None)) == ["date_missing"]


# ---- years


def test_year_of_the_title_against_the_date() -> None:
    assert found(events.years_agree, event(1, "Чтения — 2019")) == ["event_year_mismatch"]
    assert found(events.years_agree, event(1, "Чтения — 2022")) == []


def test_title_that_names_the_right_year_too() -> None:
    assert found(events.years_agree, event(1, "Итоги 2019–2022")) == []


def test_event_that_lasts_over_new_year() -> None:
    assert found(events.years_agree, event(1, "Чтения — 2023", date_to=date(2023, 1, 9))) == []


def test_number_that_is_no_year() -> None:
    assert found(events.years_agree, event(1, "Чтение 20193 страниц к 300-летию")) == []


@pytest.mark.parametrize("printed", ["https://example.org/12_2018/3", "https://example.org/12 2018/3"])
def test_year_of_the_link_against_the_date(printed: str) -> None:
    link = printed.replace(" ", "")
    assert found(events.years_agree, event(1, link=link, link_printed=printed)) == ["event_year_mismatch"]


def test_link_of_the_right_year() -> None:
    assert found(events.years_agree, event(1, link="https://example.org/2022/3")) == []


# ---- order and period


def test_register_out_of_order() -> None:
    register = event(1, day="2022-01-01"), event(2, day="2022-03-01"), event(3, day="2022-02-01")
    assert found(events.events_are_in_order, *register) == ["event_order"]


@pytest.mark.parametrize("days", [("01", "02", "03"), ("03", "02", "01"), ("01", "01", "02")])
def test_register_in_order_up_or_down(days: tuple[str, ...]) -> None:
    register = [event(place, day=f"2022-{month}-01") for place, month in enumerate(days, 1)]
    assert found(events.events_are_in_order, *register) == []


@pytest.mark.parametrize("day", ["2019-12-31", "2023-01-01"])
def test_event_outside_the_years_of_the_report(day: str) -> None:
    assert found(events.events_are_in_period, event(1, day=day)) == ["event_outside_period"]


@pytest.mark.parametrize("day", ["2020-01-01", "2022-12-31", None])
def test_event_within_the_years_of_the_report(day: str | None) -> None:
    assert found(events.events_are_in_period, event(1, day=day)) == []


# ---- repeats

LONG = "Вечер памяти поэтов военного поколения"


def test_one_event_in_two_rows() -> None:
    """Endings, order of words and a slip of one letter do not make another event."""
    other = "Вечер памяти, посвящённый поэтам военного поколениия"
    assert found(events.events_are_listed_once, event(1, LONG), event(2, other)) == ["event_duplicate"]


@pytest.mark.parametrize(
    "other",
    [
        event(2, "Вечер памяти прозаиков северного края"),
        event(2, LONG, day="2021-03-01"),
        event(2, f"{LONG} — 2021"),
        event(2, f"Финал: {LONG}"),
        event(2, f"VI {LONG}"),
    ],
    ids=["another subject", "last year's", "named by year", "another stage", "another in a row"],
)
def test_another_event_of_like_name(other: Event) -> None:
    assert found(events.events_are_listed_once, event(1, LONG), other) == []


def test_one_ordinal_in_two_years_is_one_event() -> None:
    register = event(1, f"V {LONG}"), event(2, f"V {LONG}", day="2021-03-01")
    assert found(events.events_are_listed_once, *register) == ["event_duplicate"]


def test_name_of_the_territory_makes_no_two_events_alike() -> None:
    register = event(1, "Лесной район: праздник букваря"), event(2, "Лесной район: праздник урожая")
    assert found(events.events_are_listed_once, *register) == []


def test_short_titles_are_not_compared() -> None:
    assert found(events.events_are_listed_once, event(1, "Вечер памяти"), event(2, "Вечер памяти")) == []


# ---- what the rows are


@pytest.mark.parametrize("kind", ["announcement", "resource"])
def test_row_that_is_no_event(kind: str) -> None:
    assert found(events.events_are_events, event(1, kind=kind)) == ["not_an_event"]
    assert found(events.events_are_events, event(1, kind="contest")) == []


def test_events_without_participants() -> None:
    (issue,) = events.events_have_participants(subject([], events=[event(1, participants=None), event(2)]))
    assert (issue.rule, issue.message) == ("event_without_participants", "Без числа участников: 1\xa0мероприятие из 2.")


@pytest.mark.parametrize("one", [event(1, participants=0), event(1, participants=None, kind="resource")])
def test_nobody_is_a_number_and_a_resource_has_no_participants(one: Event) -> None:
    assert found(events.events_have_participants, one) == []


# ---- links

NEWS = "https://example.org/news/7"


@pytest.mark.parametrize(
    ("printed", "link", "rule"),
    [
        ("https: //example.org/ news/7", NEWS, "link_malformed"),
        ("https://example.org/", "https://example.org/", "link_not_evidence"),
        ("https://example.org", "https://example.org", "link_not_evidence"),
        ("https://drive.google.com/drive/folders/1j", "https://drive.google.com/drive/folders/1j", "public_link"),
        ("https://disk.yandex.ru/d/1j", "https://disk.yandex.ru/d/1j", "public_link"),
    ],
)
def test_link_that_is_no_evidence(printed: str, link: str, rule: str) -> None:
    assert found(events.links_are_evidence, event(1, link_printed=printed, link=link)) == [rule]


@pytest.mark.parametrize("link", [NEWS, ""])
def test_link_to_a_page_or_no_link(link: str) -> None:
    assert found(events.links_are_evidence, event(1, link_printed=link, link=link)) == []
