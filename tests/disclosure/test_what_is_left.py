"""What a protected cycle still carries, and what the public site tells of it."""

from __future__ import annotations

import dataclasses
import io
import json
import zipfile
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest
from lxml import html

from orientir.disclosure.protect import protect
from orientir.model.cycle import Cycle
from orientir.model.package import Activity, Event
from orientir.model.periods import Period
from orientir.model.results import Value
from orientir.model.status import Status
from orientir.reports.build import build_document
from orientir.reports.to_site import write_site
from orientir.writing import write_report
from small_world import TABLES, write_package, write_programme


def site(cycle: Cycle, folder: Path) -> dict[str, bytes]:
    """Every file of the public site; two packages differ in their checksum, which says nothing of their numbers."""
    same = replace(cycle, package=replace(cycle.package, checksum="sha256:0"))
    write_site(build_document(protect(same), public=True)[0], folder)
    return {path.relative_to(folder).as_posix(): path.read_bytes() for path in folder.rglob("*") if path.is_file()}


def parts_of(thing: object) -> Iterator[Any]:
    """A result and everything in it."""
    yield thing
    if dataclasses.is_dataclass(thing):
        for field in dataclasses.fields(thing):
            yield from parts_of(getattr(thing, field.name))
    elif isinstance(thing, tuple | list):
        for part in thing:
            yield from parts_of(part)


def test_internal_cycle_keeps_its_numbers(synthetic):
    before = synthetic.values
    protect(synthetic)
    assert synthetic.values is before
    assert any(value.numerator and value.numerator <= 4 for value in synthetic.values)


def test_no_value_with_a_hidden_number_is_left_anywhere(example):
    published = protect(example)
    hidden = {value.place for value in published.values if value.status is Status.SUPPRESSED}
    assert hidden
    for part in parts_of(replace(published, programme=None)):
        if isinstance(part, Value) and part.place in hidden:
            assert (part.numerator, part.amount) == (None, None)


def test_no_fact_and_no_file_of_the_package_is_left(example):
    published = protect(example)
    assert published.package.files == {}
    assert {fact.value for fact in (*published.facts, *published.package.facts)} == {None}


def test_words_about_hidden_numbers_do_not_tell_them(synthetic):
    published = protect(synthetic)
    for one in (*published.comparisons, *published.effects):
        values = (one.now, one.then) if hasattr(one, "now") else (one.before, one.after)
        if any(value and value.status is Status.SUPPRESSED for value in values):
            assert not any(mark.isdigit() for mark in one.reason)


def test_nobody_is_told_which_numbers_are_small_and_which_are_hidden_with_them(synthetic):
    published = protect(synthetic)
    told = {one.rule for one in (*published.issues, *published.findings)}
    assert "small_numbers" in {one.rule for one in synthetic.issues}
    assert "small_numbers" not in told


def test_small_counts_in_registers_are_hidden(synthetic):
    activity = Activity("a", "Кружок", Period.parse("2021/22", synthetic.programme.period), 3, "", "person", "", "s")
    event = Event(1, "День", "", None, None, "", "", "", "", "", "", 4, "s")
    package = replace(synthetic.package, activities=(activity,), events=(event,))
    published = protect(replace(synthetic, package=package)).package
    assert (published.activities[0].value, published.events[0].participants) == (None, None)


# ---- files


@pytest.fixture(scope="module")
def folders(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return tmp_path_factory.mktemp("sites")


def words_in(name: str, data: bytes) -> str:
    """What a reader, or a programme, finds in the file."""
    if name.endswith((".docx", ".xlsx")):
        archive = zipfile.ZipFile(io.BytesIO(data))
        return " ".join(archive.read(part).decode("utf-8", "replace") for part in archive.namelist())
    text = data.decode("utf-8")
    return f"{text} {html.fromstring(text).text_content()}" if name.endswith(".html") else text


def test_no_file_of_the_site_tells_a_hidden_number(example, folders):
    """Numbers have ids: those of hidden ones are nowhere, and neither are the texts of issues about them."""
    files = site(example, folders / example.package.name)
    published = protect(example)
    ids = set()
    for row, value in enumerate(published.values, 2):
        if value.status is Status.SUPPRESSED:
            ids |= {f"v{row}", f"v{row}n", f"v{row}i"} | ({f"v{row}d"} if value.denominator is None else set())
    silent = {one.message for one in example.issues} - {one.message for one in published.issues}
    assert ids and silent
    for name, data in files.items():
        words = words_in(name, data)
        assert not [message for message in silent if message in words], name
        if name.endswith(".html") and not name.startswith("paste"):
            page = html.fromstring(data.decode("utf-8"))
            shown = set(page.xpath("//@data-n"))
            for origins in page.xpath("//script[@id='origins-data']/text()"):
                shown |= set(json.loads(origins))
            assert not shown & ids, name


def test_two_packages_that_differ_in_what_is_hidden_give_one_site(cycle_of, tmp_path):
    """School A has 3 or 2 of its people admitted, school B makes up for it: nobody can tell from any file."""
    programme = write_programme(tmp_path / "programme")
    schools = TABLES["organisations"] + "school_c,Школа В,school,district,,,,\nschool_d,Школа Г,school,district,,,,\n"
    sites = []
    for few in (3, 2):
        rows = [f"graduates,school_{s},{year},9,30,,forms," for s in "abcd" for year in ("2020/21", "2021/22")]
        admitted = {"a": few, "b": 12 - few, "c": 14, "d": 15}
        rows += [f"admitted,school_{s},2021/22,9,{number},,forms," for s, number in admitted.items()]
        rows += [
            f"admitted,school_{s},2020/21,9,{number},,forms," for s, number in zip("abcd", (9, 8, 7, 6), strict=True)
        ]
        head = TABLES["facts"].partition("\n")[0]
        package = write_package(tmp_path / f"p{few}", facts="\n".join([head, *rows, ""]), organisations=schools)
        sites.append(site(cycle_of(package, programme), tmp_path / f"site{few}"))
    assert sites[0] == sites[1]


def test_public_report_in_every_format_is_the_same_for_both(cycle_of, tmp_path):
    """As for the site: what is hidden shows in no file of a report for the public."""
    programme = write_programme(tmp_path / "programme")
    schools = TABLES["organisations"] + "school_c,Школа В,school,district,,,,\nschool_d,Школа Г,school,district,,,,\n"
    reports = []
    for few in (3, 2):
        rows = [f"graduates,school_{s},{year},9,30,,forms," for s in "abcd" for year in ("2020/21", "2021/22")]
        admitted = {"a": few, "b": 12 - few, "c": 14, "d": 15}
        rows += [f"admitted,school_{s},2021/22,9,{number},,forms," for s, number in admitted.items()]
        head = TABLES["facts"].partition("\n")[0]
        package = write_package(tmp_path / f"q{few}", facts="\n".join([head, *rows, ""]), organisations=schools)
        cycle = cycle_of(package, programme)
        same = replace(cycle, package=replace(cycle.package, checksum="sha256:0"))
        out = tmp_path / f"report{few}"
        write_report(same, out, ["html", "xlsx", "docx"], page_numbers=False, public=True)
        reports.append({path.name: path.read_bytes() for path in sorted(out.iterdir()) if path.is_file()})
    assert reports[0].keys() == reports[1].keys()
    assert [name for name in reports[0] if reports[0][name] != reports[1][name]] == []
    assert not (tmp_path / "report3" / "snapshot").exists()


def test_site_says_that_it_hides(cycle_of, tmp_path):
    facts = TABLES["facts"].replace("admitted,school_a,2021/22,9,14", "admitted,school_a,2021/22,9,3")
    package = write_package(tmp_path / "package", facts=facts)
    files = site(cycle_of(package, write_programme(tmp_path / "programme")), tmp_path / "site")
    assert "Открытая версия" in files["index.html"].decode("utf-8")
    assert "скрыто" in files["02-monitoring.html"].decode("utf-8")
