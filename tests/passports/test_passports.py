"""Passports of the invented example: what each says, how long it is, what the public may not see."""

from __future__ import annotations

import io
from collections.abc import Iterator
from contextlib import closing
from dataclasses import replace
from datetime import date
from pathlib import Path

import pypdf
import pytest
from docx import Document

from orientir.cycle import run_cycle
from orientir.definitions.loader import load_programme
from orientir.disclosure.protect import protect
from orientir.engines.memory import MemoryEngine
from orientir.errors import UserError
from orientir.facts.package import read_package
from orientir.model.cycle import Cycle
from orientir.model.periods import Period
from orientir.model.status import Status
from orientir.passport_folder import write_passports
from orientir.presentation import share
from orientir.reports.passports.content import Passport, passports
from orientir.resources import example_folder, programme_folder
from orientir.similar import similar_organisations


def cycle_of(name: str) -> Cycle:
    programme = load_programme(programme_folder("career_guidance_2022"))
    period = Period.parse("2021/22", programme.period)
    with closing(MemoryEngine()) as engine:
        return run_cycle(read_package(example_folder(name), programme), programme, period, date(2022, 12, 30), engine)


@pytest.fixture(scope="module")
def cycle() -> Cycle:
    return cycle_of("kemerovo_synthetic")


@pytest.fixture(scope="module")
def made(cycle: Cycle) -> list[Passport]:
    return list(passports(cycle, public=False))


def texts(passport: Passport) -> Iterator[str]:
    for line in passport.lines:
        yield from (*line.years, line.pooled, line.group, line.district, line.verdict)


def test_every_school_has_one(cycle: Cycle, made: list[Passport]) -> None:
    assert len(made) == 19
    assert len({one.title for one in made}) == 19


def test_values_are_those_of_the_report(cycle: Cycle, made: list[Passport]) -> None:
    values = {value.place: value for value in cycle.values}
    shown = {(one.organisation.id, line.title): line.years[-1] for one in made for line in one.lines}
    checked = 0
    for place, value in values.items():
        indicator = cycle.programme.indicator(place.indicator)
        key = (place.organisation, indicator.short)
        is_last = place.period == cycle.periods[-1] and not place.breakdown
        if key in shown and is_last and value.is_share and value.amount is not None:
            assert shown[key].startswith(share(value.amount, indicator.decimals))
            checked += 1
    assert checked > 200


def test_invented_data_are_marked(made: list[Passport]) -> None:
    assert all(any("СИНТЕТИЧЕСКИЕ" in mark for mark in one.marks) for one in made)


def test_public_passport_tells_no_hidden_number(cycle: Cycle) -> None:
    told = protect(cycle)
    hidden = {(value.place.organisation, value.place.indicator, value.place.period)
              for value in told.values if value.status is Status.SUPPRESSED and not value.place.breakdown}  # fmt: skip
    assert hidden
    for passport in passports(told, public=True):
        lines = {line.title: line for line in passport.lines}
        for organisation, indicator, period in hidden:
            line = lines.get(told.programme.indicator(indicator).short)
            if organisation == passport.organisation.id and line and period in told.periods:
                assert line.years[told.periods.index(period)] == "скрыто"


def test_group_of_a_public_passport_is_hidden_with_any_of_its_members(cycle: Cycle) -> None:
    """A sum over the others would give the hidden one away."""
    told = protect(cycle)
    suppressed = {(value.place.organisation, value.place.indicator) for value in told.values
                  if value.status is Status.SUPPRESSED and value.place.period == told.periods[-1]
                  and not value.place.breakdown}  # fmt: skip
    titles = {one.short: one.id for one in told.programme.indicators}
    similar = similar_organisations(told.programme, cycle.package, cycle.facts, cycle.periods[-1])
    checked = 0
    for passport in passports(replace(told, facts=cycle.facts), public=True):
        group = similar.group_of(passport.organisation.id)
        for line in passport.lines:
            others = set(group.organisations) - {passport.organisation.id} if group else set()
            if any((other, titles[line.title]) in suppressed for other in others):
                assert line.group == "скрыто"
                checked += 1
    assert checked


def test_passport_has_two_pages_at_most(cycle: Cycle, tmp_path: Path) -> None:
    assert write_passports(cycle, tmp_path / "out", ["pdf"], ["school_01", "school_07"], public=False) == 2
    for path in (tmp_path / "out").glob("*.pdf"):
        assert len(pypdf.PdfReader(path).pages) <= 2, path.name


def test_document_says_what_the_passport_says(cycle: Cycle, made: list[Passport], tmp_path: Path) -> None:
    write_passports(cycle, tmp_path / "out", ["docx"], ["school_01"], public=False)
    document = Document(io.BytesIO((tmp_path / "out" / "school_01.docx").read_bytes()))
    cells = {cell.text for row in document.tables[0].rows for cell in row.cells}
    assert {text for text in texts(made[0]) if text} <= cells


def test_same_passports_have_the_same_bytes(cycle: Cycle, tmp_path: Path) -> None:
    trees = []
    for name in ("one", "two"):
        write_passports(cycle, tmp_path / name, ["docx", "pdf"], ["school_03"], public=False)
        trees.append([path.read_bytes() for path in sorted((tmp_path / name).iterdir())])
    assert trees[0] == trees[1]


def test_unknown_school_is_told(cycle: Cycle, tmp_path: Path) -> None:
    with pytest.raises(UserError, match="school_99"):
        write_passports(cycle, tmp_path / "out", ["pdf"], ["school_99"], public=False)
    assert not (tmp_path / "out").exists()


def test_district_without_schools_has_no_passports(tmp_path: Path) -> None:
    with pytest.raises(UserError, match="нет организаций"):
        write_passports(cycle_of("kemerovo"), tmp_path / "out", ["pdf"], [], public=False)
