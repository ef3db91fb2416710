"""Deadlines: open from the first moment to the last, for each organisation its own, said with the zone."""

from __future__ import annotations

from datetime import UTC, date, datetime, timedelta
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given
from hypothesis import strategies as st

from orientir_web.campaigns.gate import Gate, deadline_words, end_of_day
from orientir_web.campaigns.services import check_open, lock, move_deadline, unlock
from orientir_web.people.roles import Role
from orientir_web.refusals import ActionRefused
from web.world import CLOSES, World

ZONES = st.sampled_from(["Europe/Kaliningrad", "Europe/Moscow", "Asia/Novokuznetsk", "Asia/Kamchatka", "UTC"])
MOMENTS = st.datetimes(datetime(2020, 1, 1), datetime(2035, 1, 1), timezones=st.just(UTC))
TICK = timedelta(microseconds=1)


@given(opens=MOMENTS, lasts=st.timedeltas(TICK, timedelta(days=400)))
def test_open_from_the_first_moment_until_just_before_the_last(opens: datetime, lasts: timedelta) -> None:
    closes = opens + lasts
    gate = Gate(opens, closes)
    told = [gate.is_open(now, 1) for now in (opens - TICK, opens, closes - TICK, closes, closes + TICK)]
    assert told == [False, True, True, False, False]
    assert not Gate(opens, closes, is_locked=True).is_open(opens, 1)


@given(opens=MOMENTS, lasts=st.timedeltas(TICK, timedelta(days=400)), more=st.timedeltas(TICK, timedelta(days=90)))
def test_an_exception_is_for_one_organisation(opens: datetime, lasts: timedelta, more: timedelta) -> None:
    closes = opens + lasts
    gate = Gate(opens, closes, exceptions={1: closes + more})
    told = [(gate.is_open(now, 1), gate.is_open(now, 2)) for now in (closes, closes + more - TICK, closes + more)]
    assert told == [(True, False), (True, False), (False, False)]


@given(day=st.dates(date(2020, 1, 1), date(2035, 1, 1)), name=ZONES)
def test_a_day_ends_where_the_district_is(day: date, name: str) -> None:
    zone = ZoneInfo(name)
    end = end_of_day(day, zone)
    assert (end - TICK).astimezone(zone).date() == day
    assert end.astimezone(zone).date() == day + timedelta(days=1)


def test_the_deadline_is_said_with_its_zone() -> None:
    zone = ZoneInfo("Asia/Novokuznetsk")
    told = deadline_words(end_of_day(date(2026, 10, 15), zone), zone)
    assert told == "15\u00a0октября 2026\u00a0г., 23:59 (Asia/Novokuznetsk, UTC+07:00)"


def test_before_at_and_after(world: World) -> None:
    campaign, school = world.own.campaign, world.own.schools[0]
    check_open(campaign, school, CLOSES - TICK)
    for late in (CLOSES, CLOSES + TICK):
        with pytest.raises(ActionRefused, match="Срок"):
            check_open(campaign, school, late)
    with pytest.raises(ActionRefused, match="не начался"):
        check_open(campaign, school, campaign.opens_at - TICK)
    move_deadline(campaign, school, CLOSES + timedelta(days=1), "карантин", world.own.people[Role.COORDINATOR])
    check_open(campaign, school, CLOSES)
    with pytest.raises(ActionRefused):
        check_open(campaign, world.own.schools[1], CLOSES)


def test_a_lock_says_why(world: World) -> None:
    coordinator = world.own.people[Role.COORDINATOR]
    with pytest.raises(ActionRefused):
        lock(world.own.campaign, " ", coordinator)
    lock(world.own.campaign, "сверка с управлением", coordinator)
    world.own.campaign.refresh_from_db()
    with pytest.raises(ActionRefused, match="сверка с управлением"):
        check_open(world.own.campaign, world.own.schools[0])
    unlock(world.own.campaign, coordinator)
    world.own.campaign.refresh_from_db()
    check_open(world.own.campaign, world.own.schools[0])
