"""Texts over live numbers, recommendations and their addressees, decisions and what became of them."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import replace
from datetime import date
from decimal import Decimal
from pathlib import Path
from shutil import copytree
from types import SimpleNamespace

import pytest
from django.core.exceptions import PermissionDenied
from django.core.files.uploadedfile import SimpleUploadedFile
from django.db import DatabaseError, transaction
from django.urls import reverse

from orientir.cycle import run_cycle
from orientir.engines.memory import MemoryEngine
from orientir.facts.package import read_package
from orientir.facts.tables import ACTIONS, SOURCES
from orientir.facts.writing import read_csv_rows, rows_of, write_table
from orientir.model.cycle import Cycle
from orientir.model.package import Package
from orientir.model.periods import Period, PeriodKind
from orientir.model.results import Outcome
from orientir.reports.wording import spoken
from orientir.resources import example_folder
from orientir_web.campaigns.programmes import freeze, programme_of
from orientir_web.cycles.services import cycle_of, is_fresh
from orientir_web.decisions import services, year
from orientir_web.decisions.actions import SOURCE, put, source, to_csv
from orientir_web.decisions.advising import addressed, send
from orientir_web.decisions.edits import edits_of
from orientir_web.decisions.live import Live
from orientir_web.decisions.models import Addressee, Advice, Decision, TextEdit
from orientir_web.decisions.outcomes import outcomes
from orientir_web.decisions.texts import Reviewed, review, reviewed
from orientir_web.decisions.tokens import for_editing
from orientir_web.decisions.year import Paragraph, Year
from orientir_web.journal.models import Entry
from orientir_web.people.roles import Role
from orientir_web.refusals import ActionRefused
from web.computed import computation_of
from web.kept import DECIDED, PDF, decision
from web.world import PROGRAMME, World

_PERIOD = Period(PeriodKind.SCHOOL_YEAR, 2021)
_DAY = date(2022, 9, 1)
Cycles = dict[str, Cycle]


@pytest.fixture(scope="module")
def cycles(database: str) -> Cycles:
    """The example as it is, and with one number more among the counts of this year."""
    programme = programme_of(_snapshot())
    package = read_package(example_folder("kemerovo_synthetic"), programme)
    return {"as_is": _run(package), "changed": _run(_changed(package))}


def _snapshot() -> str:
    return freeze(PROGRAMME).sha256


def _run(package: Package) -> Cycle:
    return run_cycle(package, programme_of(_snapshot()), _PERIOD, _DAY, MemoryEngine())


def _changed(package: Package) -> Package:
    """One pupil more in every count of this year, parts and wholes alike."""
    facts = tuple(
        replace(one, value=one.value + Decimal(1)) if one.value and one.period == _PERIOD else one
        for one in package.facts
    )
    return replace(package, facts=facts)


@pytest.fixture
def computed(world: World, cycles: Cycles, monkeypatch: pytest.MonkeyPatch) -> Iterator[SimpleNamespace]:
    """The own campaign has a computed year; `set` replaces it, as a new computation would."""
    _named_as_in_the_example(world)
    now = SimpleNamespace(pk=1, cycle=cycles["as_is"])
    monkeypatch.setattr(year, "latest", lambda campaign: now if campaign == world.own.campaign else None)
    monkeypatch.setattr(year, "cycle_of", lambda computation: SimpleNamespace(cycle=now.cycle))
    yield now
    year._years.clear()


def _named_as_in_the_example(world: World) -> None:
    codes = {world.own.place: "training_district", world.own.schools[0]: "school_01", world.own.schools[1]: "school_02"}
    for place, code in codes.items():
        place.code = code
        place.save(update_fields=["code"])


def _year(world: World) -> Year:
    found = year.year_of(world.own.campaign)
    assert found is not None
    return found


def _finding(world: World) -> Paragraph:
    """A fall or rise: two values, a change and its chance."""
    return next(one for one in _year(world).paragraphs.values() if one.rule in ("fell", "rose"))


def _edit(world: World, key: str, typed: str, role: Role = Role.COORDINATOR) -> TextEdit:
    return services.edit_text(world.own.campaign, _year(world), key, typed, world.own.people[role])


def _now(world: World, key: str) -> Reviewed:
    return review(key, _year(world), edits_of(world.own.campaign).get(key))


# ---- live numbers


def test_every_number_of_every_text_is_found_again(world: World, computed: SimpleNamespace) -> None:
    """What a reference says in the same cycle is what the core has printed."""
    found = [part for one in _year(world).paragraphs.values() for part in one.parts if isinstance(part, Live)]
    assert len(found) > 50
    for live in found:
        assert _year(world).numbers.live(live.ref).text == live.text, live


def test_an_edited_text_keeps_its_numbers_live(world: World, computed: SimpleNamespace, cycles: Cycles) -> None:
    paragraph = _finding(world)
    typed = for_editing(paragraph.parts, _now(world, paragraph.key).known)
    before = spoken(paragraph.parts)
    _edit(world, paragraph.key, f"Обратите внимание: {typed}")
    now = _now(world, paragraph.key)
    assert spoken(now.parts) == f"Обратите внимание: {before}" and not now.is_flagged
    computed.pk, computed.cycle = 2, cycles["changed"]
    later = _now(world, paragraph.key)
    assert later.is_flagged and spoken(later.parts).startswith("Обратите внимание: ")
    assert all(change.was != change.now for change in later.changes)
    if later.paragraph is not None:  # the words are the person's, the numbers are today's
        services.confirm_text(world.own.campaign, _year(world), paragraph.key, world.own.people[Role.HEAD])
        assert not _now(world, paragraph.key).changes


def test_a_finding_that_data_no_longer_give_is_told(world: World, computed: SimpleNamespace, cycles: Cycles) -> None:
    paragraph = _finding(world)
    _edit(world, paragraph.key, "Читать так: [[1]].")
    computed.pk, computed.cycle = 3, replace(cycles["as_is"], findings=())
    first = reviewed(world.own.campaign, _year(world))[0]
    assert (first.key, first.paragraph, first.is_flagged) == (paragraph.key, None, True)
    page = world.client(Role.COORDINATOR).get(
        reverse("decision_text", args=[world.own.campaign.pk]), {"key": first.key}
    )
    assert "больше не дают" in page.content.decode()
    with pytest.raises(ActionRefused):
        _edit(world, paragraph.key, "Ещё раз.")


@pytest.mark.parametrize(
    "typed",
    ["Доля выросла до 99 %.", "Доля [[1]] и ещё 5.", "Число [[77]].", "Число [[1", "[[1]] стало 7,5", "", "x" * 3001,
     "Выпускников стало 100\u00a0000."],
)  # fmt: skip
def test_a_number_cannot_be_typed(world: World, computed: SimpleNamespace, typed: str) -> None:
    with pytest.raises(ActionRefused):
        _edit(world, _finding(world).key, typed)


def test_what_stands_behind_the_colon_is_not_read(world: World, computed: SimpleNamespace) -> None:
    key = _finding(world).key
    first = _now(world, key).known[0].text
    _edit(world, key, "Стало [[1: 99,9 %]].")
    assert spoken(_now(world, key).parts) == f"Стало {first}."


def test_the_generated_text_can_be_taken_back(world: World, computed: SimpleNamespace) -> None:
    paragraph, person = _finding(world), world.own.people[Role.COORDINATOR]
    _edit(world, paragraph.key, "Иначе: [[1]].")
    services.take_back(world.own.campaign, paragraph.key, person)
    assert spoken(_now(world, paragraph.key).parts) == spoken(paragraph.parts)
    with pytest.raises(ActionRefused):
        services.take_back(world.own.campaign, paragraph.key, person)
    assert TextEdit.objects.count() == 2  # the history stays
    with pytest.raises(DatabaseError), transaction.atomic():
        TextEdit.objects.update(text="")


def test_the_page_of_a_text(world: World, computed: SimpleNamespace) -> None:
    paragraph, client = _finding(world), world.client(Role.COORDINATOR)
    url = f"{reverse('decision_text', args=[world.own.campaign.pk])}?key={paragraph.key}"
    shown = client.get(url).content.decode()
    assert 'class="live"' in shown and "[[1: " in shown
    wrong = client.post(url, {"do": "save", "text": "Стало 99 %"})
    assert wrong.status_code == 422 and "Стало 99 %" in wrong.content.decode()  # what was typed is not lost
    assert client.post(url, {"do": "save", "text": "Стало [[1]] <b>"}).status_code == 302
    again = client.get(url).content.decode()
    assert "Стало <span" in again and "&lt;b&gt;" in again
    assert client.post(url, {"do": "confirm"}).status_code == 302
    assert client.post(url, {"do": "нечто"}).status_code == 409
    assert client.get(reverse("decision_texts", args=[world.own.campaign.pk]), {"only": "edited"}).status_code == 200


def test_whoever_does_not_decide_edits_nothing(world: World, computed: SimpleNamespace) -> None:
    with pytest.raises(PermissionDenied):
        _edit(world, _finding(world).key, "Иначе: [[1]].", Role.PSYCHOLOGIST)


# ---- recommendations


def _sent(world: World, audience: str = "heads") -> Advice:
    key = next(one.key for one in _year(world).paragraphs.values() if one.audience == audience)
    return send(world.own.campaign, _year(world), key, world.own.people[Role.COORDINATOR])


def test_a_recommendation_to_heads_is_acknowledged_by_every_school(world: World, computed: SimpleNamespace) -> None:
    advice, client = _sent(world), world.client(Role.SCHOOL_OFFICER)
    assert {one.organisation for one in advice.addressees.all()} == set(world.own.schools)
    mine = Addressee.objects.get(organisation=world.own.schools[0])
    for page in ("decisions", "home"):
        told = client.get(reverse(page)).content.decode()
        assert told.count(f'href="{reverse("advice", args=[mine.pk])}"') >= 1 and "Школа a2" not in told
    url = reverse("advice_acknowledge", args=[mine.pk])
    assert client.post(url, {"answer": "Обсудим на педсовете"}).status_code == 302
    mine.refresh_from_db()
    assert (mine.acknowledged_by, mine.answer) == (world.own.people[Role.SCHOOL_OFFICER], "Обсудим на педсовете")
    assert client.post(url).status_code == 409
    other = Addressee.objects.get(organisation=world.own.schools[1])
    assert client.post(reverse("advice_acknowledge", args=[other.pk])).status_code == 404
    assert client.get(reverse("advice", args=[other.pk])).status_code == 404
    assert "Обсудим на педсовете" in client.get(reverse("advice", args=[mine.pk])).content.decode()
    entry = Entry.objects.first()
    assert entry is not None and entry.event == "advice_acknowledged"


def test_what_is_sent_hides_small_numbers(world: World, computed: SimpleNamespace) -> None:
    found = _year(world)
    lives = [part for one in found.paragraphs.values() for part in one.parts if isinstance(part, Live)]
    assert any(found.public.numbers.live(one.ref).text != one.text for one in lives), "the example has small numbers"
    for key in [one.key for one in found.paragraphs.values() if one.is_advice]:
        advice = send(world.own.campaign, found, key, world.own.people[Role.HEAD])
        told = found.public.paragraphs[key]
        assert advice.text == f"{spoken(told.parts)} Основание: {spoken(told.basis)} {told.terms}"


def test_a_recommendation_to_the_district_asks_no_school(world: World, computed: SimpleNamespace) -> None:
    """It stands under «Мои дела» of the district's own people, who may answer; schools neither see nor answer it."""
    advice = _sent(world, "district")
    [mine] = advice.addressees.all()
    assert mine.organisation == world.own.place
    url = reverse("advice", args=[mine.pk])
    for role in (Role.COORDINATOR, Role.HEAD):
        assert url in world.client(role).get(reverse("home")).content.decode()
    for role in (Role.SCHOOL_OFFICER, Role.REGIONAL_OPERATOR):
        assert url not in world.client(role).get(reverse("home")).content.decode()
    assert world.client(Role.SCHOOL_OFFICER).get(url).status_code == 404
    assert world.client(Role.HEAD).post(reverse("advice_acknowledge", args=[mine.pk])).status_code == 302
    assert url not in world.client(Role.COORDINATOR).get(reverse("home")).content.decode()  # done, and long past


def test_whom_it_is_for_is_told_before_it_is_sent(world: World, computed: SimpleNamespace) -> None:
    """The example has nineteen schools, this district two of them; a school of the neighbour has the same code."""
    foreign = world.foreign.schools[0]
    foreign.code = "school_01"
    foreign.save(update_fields=["code"])
    found = {one.audience: one.key for one in _year(world).paragraphs.values() if one.is_advice}
    asked = {key: addressed(world.own.campaign, _year(world), found[key]) for key in ("heads", "teachers", "district")}
    assert asked["heads"] == asked["teachers"] == list(world.own.schools) and asked["district"] == [world.own.place]
    url = f"{reverse('decision_text', args=[world.own.campaign.pk])}?key={found['district']}"
    page = world.client(Role.COORDINATOR).get(url).content.decode()
    assert "организаций: 1" in page and f"<li>{world.own.place}</li>" in page


def test_what_is_sent_once_is_not_sent_again_nor_over_changed_data(
    world: World, computed: SimpleNamespace, cycles: Cycles
) -> None:
    advice = _sent(world)
    with pytest.raises(ActionRefused):
        send(world.own.campaign, _year(world), advice.key, world.own.people[Role.COORDINATOR])
    keys = [one.key for one in _year(world).paragraphs.values() if one.is_advice and one.key != advice.key]
    later, now = Year(cycles["changed"]).paragraphs, _year(world).paragraphs
    key = next(key for key in keys if key in later and later[key].basis != now[key].basis)
    _edit(world, key, "Посмотрите: [[1]].")
    computed.pk, computed.cycle = 4, cycles["changed"]
    assert _now(world, key).is_flagged
    with pytest.raises(ActionRefused):
        send(world.own.campaign, _year(world), key, world.own.people[Role.COORDINATOR])


# ---- decisions


def _form(**told: object) -> dict[str, object]:
    days = {key: value.isoformat() for key, value in DECIDED.items() if isinstance(value, date)}
    return {**DECIDED, **days, "organisations": [], **told}


def test_a_decision_says_all_that_it_is_judged_by(world: World, computed: SimpleNamespace) -> None:
    client, url = world.client(Role.HEAD), reverse("decision_add", args=[world.own.place.pk])
    for name in ("owner", "due", "decided_on", "indicators", "title"):
        wrong = client.post(url, {key: value for key, value in _form().items() if key != name})
        assert wrong.status_code == 422 and wrong.context["form"].errors.keys() == {name}
    assert client.post(url, _form(due="2020-01-01")).status_code == 422
    assert client.post(url, _form(organisations=[world.foreign.schools[0].pk])).status_code == 422
    assert client.post(url, _form(organisations=[world.own.schools[0].pk])).status_code == 302
    made = Decision.objects.get()
    assert list(made.organisations.all()) == [world.own.schools[0]] and made.indicators == ["ticket"]
    assert "Утвердить план" in world.client(Role.SCHOOL_OFFICER).get(reverse("decisions")).content.decode()


def test_a_text_leads_to_its_decision(world: World, computed: SimpleNamespace) -> None:
    paragraph = _finding(world)
    url = reverse("decision_add", args=[world.own.place.pk])
    page = world.client(Role.COORDINATOR).get(url, {"campaign": world.own.campaign.pk, "key": paragraph.key})
    assert page.context["form"].initial["finding"] == spoken(paragraph.parts)
    foreign = world.client(Role.COORDINATOR).get(url, {"campaign": world.foreign.campaign.pk, "key": paragraph.key})
    assert foreign.context["form"].initial["finding"] == ""


def test_two_who_change_one_decision(world: World, computed: SimpleNamespace) -> None:
    made, client = decision(world.own), world.client(Role.COORDINATOR)
    url = reverse("decision", args=[made.pk])
    assert client.post(url, _form(status="done", version="1")).status_code == 302
    assert client.post(url, _form(status="cancelled", version="1")).status_code == 409
    made.refresh_from_db()
    assert (made.status, made.version) == ("done", 2)


def test_the_core_judges_what_followed(world: World, computed: SimpleNamespace, cycles: Cycles) -> None:
    """The decision of the example, recorded here, is judged as the core judges the example's own."""
    own = next(one for one in cycles["as_is"].effects if one.indicator and one.outcome is not Outcome.CANNOT_BE_JUDGED)
    places = [] if own.organisation == cycles["as_is"].package.territory else [own.organisation]
    assert not places
    world.own.place.code = cycles["as_is"].package.territory
    world.own.place.save(update_fields=["code"])
    made = decision(world.own, decided_on=own.action.decided_on, indicators=[own.indicator])
    found = outcomes(_year(world), world.own.place)
    mine = [one for one in found if one.key == str(made.pk)]
    theirs = [one for one in found if one.title == own.action.title and one.indicator == mine[0].indicator]
    assert len(mine) == 1 and len(found) == len(cycles["as_is"].effects) + 1
    assert (mine[0].before, mine[0].after, mine[0].change) == (theirs[0].before, theirs[0].after, theirs[0].change)
    page = world.client(Role.HEAD).get(reverse("decision", args=[made.pk])).content.decode()
    assert "Что последовало" in page and mine[0].verdict in page
    page = world.client(Role.HEAD).get(reverse("decision_outcomes", args=[world.own.campaign.pk])).content.decode()
    assert made.title in page


def test_a_school_sees_what_followed_at_its_own_place_and_in_the_district(
    world: World, computed: SimpleNamespace
) -> None:
    """Without small numbers, and without those of the other school."""
    told = {"owner": "school_head", "decided_on": date(2021, 3, 1), "indicators": ["ticket"]}
    made = decision(world.own, **told, organisations=world.own.schools)
    titles = {place.id: place.title for place in computed.cycle.package.organisations}
    page = world.client(Role.SCHOOL_OFFICER).get(reverse("decision", args=[made.pk])).content.decode()
    assert f"; {titles['school_01']}</td>" in page and titles["school_02"] not in page
    whole = world.client(Role.COORDINATOR).get(reverse("decision", args=[made.pk])).content.decode()
    assert f"; {titles['school_01']}</td>" in whole and f"; {titles['school_02']}</td>" in whole
    hidden = outcomes(_year(world), world.own.place, public=True)
    shown = outcomes(_year(world), world.own.place)
    assert len(hidden) == len(shown)
    small = [(one, other) for one, other in zip(hidden, shown, strict=True) if one.before != other.before]
    assert all("скрыто" in one.before for one, _other in small)


def test_decisions_go_into_the_data_package(world: World, tmp_path: Path) -> None:
    """What is exported is read by the core, and the next report judges it."""
    folder = tmp_path / "package"
    copytree(example_folder("kemerovo_synthetic"), folder)
    (folder / "datapackage.json").write_text(
        re.sub(r'"hash": "sha256:[0-9a-f]*",?\s*', "", (folder / "datapackage.json").read_text("utf-8")), "utf-8"
    )
    world.own.place.code = "training_district"
    world.own.place.save(update_fields=["code"])
    made = decision(world.own)
    services.prove(made, SimpleUploadedFile("Приказ.pdf", PDF), world.own.people[Role.COORDINATOR])
    earlier = list(read_csv_rows(folder / "actions.csv"))
    put(folder, folder, world.own.place, programme_of(_snapshot()))
    put(folder, folder, world.own.place, programme_of(_snapshot()))  # a second year does not double them
    assert len(list(read_csv_rows(folder / "actions.csv"))) == len(earlier) + 1
    sources = [*read_csv_rows(folder / "sources.csv"), *rows_of([source(99)], SOURCES)]
    write_table(folder / "sources.csv", SOURCES, sources)
    cycle = _run(read_package(folder, programme_of(_snapshot())))
    mine = [one for one in cycle.effects if one.action.source == SOURCE]
    assert [one.indicator for one in mine] == ["ticket"] and mine[0].before is not None and mine[0].after is not None
    assert "«Приказ.pdf»" in mine[0].action.evidence
    assert to_csv(world.own.place).decode().splitlines()[0] == ",".join(ACTIONS)


def test_a_decision_is_in_the_next_computation(world: World) -> None:
    """Also one with odd signs and an indicator of another programme."""
    first = computation_of(world.own)
    made = decision(world.own, title="Утвердить план\x0b⟦1⟧", indicators=["ticket", "of_another_programme"])
    assert not is_fresh(first)
    later = cycle_of(computation_of(world.own)).cycle
    assert [one.title for one in later.package.actions] == ["Утвердить план1"]
    assert {one.indicator for one in later.effects} == {"ticket"}
    mine = [one for one in outcomes(_year(world), world.own.place) if one.key == str(made.pk)]
    assert mine and mine[0].reason  # the year before is not known here
