"""The generator of planted reports: clean ones are right by a recomputation of their own, every plant changes one."""

from __future__ import annotations

import re
from datetime import datetime
from pathlib import Path
from random import Random

import pytest

from audit.planted.building import built
from audit.planted.composing import blocks as composed
from audit.planted.content import Content, MeasureTable
from audit.planted.errors import PLANTS
from audit.planted.generating import planted_report
from audit.planted.model import Expected, Grid, Item, Planted, Text
from audit.planted.recomputing import Printed, half_up, matrix, printed, quotations, value
from audit.planted.score import Score, compare, score, worst
from audit.planted.world import sound_world
from orientir.audit.document import Document, Paragraph, Place
from orientir.audit.finding import Finding, Severity
from orientir.audit.reading import read_document

CLEAN = range(0, 60, 3)
BAR = 0.98


def content_of(seed: int) -> Content:
    rng = Random(seed)
    return built(sound_world(rng), rng)


def shares_of(one: Printed, table: MeasureTable, years: int) -> list[tuple[int, int, str]]:
    """Whole, part and printed share of each measure, read off the last printed rows; labels of years come before."""
    rows, width = one.numbers(), 1 + 2 * len(table.indicators)
    if table.layout == "metrics":
        columns = list(zip(*(row[-years:] for row in rows[-width:]), strict=True))
    elif table.layout == "transposed":
        columns = [tuple(rows[-1][number::years]) for number in range(years)]
    elif table.layout == "rows":
        columns = [tuple(row[-width:]) for row in rows[-years:]]
    else:
        columns = [tuple(rows[-1][at : at + width]) for at in range(0, len(rows[-1]), width)]
    pairs = [(column[0], *column[at : at + 2]) for column in columns for at in range(1, width, 2)]
    return [(int(value(whole)), int(value(part)), share) for whole, part, share in pairs]


@pytest.mark.parametrize("seed", range(25))
def test_shares_of_a_clean_report_are_half_up_at_one_precision(seed: int) -> None:
    content = content_of(seed)
    tables = {table.number: table for table in printed(composed(content))}
    for table in content.measured():
        for slot in table.slots():
            one = tables[int(content.numbers()[slot])]
            shares = shares_of(one, table, len(content.years))
            assert len(shares) == len(table.indicators) * (1 if slot[1] else len(content.years))
            for whole, part, share in shares:
                decimals = len(share.rstrip("% \u00a0").partition(",")[2])
                assert decimals == table.decimals
                assert value(share) == half_up(part, whole, decimals)
                assert 5 <= part < whole


@pytest.mark.parametrize("seed", range(25))
def test_populations_of_a_clean_report_agree(seed: int) -> None:
    content = content_of(seed)
    sizes: dict[tuple[str, int], set[int]] = {}
    for table in content.measured():
        for year, whole in table.wholes.items():
            sizes.setdefault((table.population, year), set()).add(whole)
    assert all(len(each) == 1 for each in sizes.values())
    for year in content.years:
        size = {key: next(iter(found)) for (key, of), found in sizes.items() if of == year}
        if {"g9", "g11", "g9+11"} <= set(size):
            assert size["g9+11"] == size["g9"] + size["g11"]
        if {"p5-9", "p10-11", "p5-11"} <= set(size):
            assert size["p5-11"] == size["p5-9"] + size["p10-11"]
    people = content.world.people
    for year in content.years[2:]:
        assert people.graduates[11, year] < people.graduates[9, year - 2]


@pytest.mark.parametrize("seed", CLEAN)
def test_quotations_of_a_clean_report_stand_in_their_tables(seed: int) -> None:
    report = planted_report(seed)
    tables = {table.number: table for table in printed(report.blocks)}
    found = list(quotations(report.blocks))
    assert len(found) > 4
    for sentence, cited, shares in found:
        cells = {text.rstrip("% \u00a0") for number in cited for row in tables[number].matrix for text in row}
        assert set(shares) <= cells, sentence


@pytest.mark.parametrize("seed", CLEAN)
def test_clean_reports_number_their_tables_and_order_their_events(seed: int) -> None:
    report = planted_report(seed)
    assert report.is_clean
    tables = printed(report.blocks)
    assert [table.number for table in tables] == list(range(1, len(tables) + 1))
    register = next(table for table in tables if table.matrix[0][1] == "Мероприятие")
    dates = [re.search(r"(\d\d\.\d\d\.\d{4})$", row[2]) for row in register.matrix[1:]]
    days = [datetime.strptime(match[1], "%d.%m.%Y") for match in dates if match]
    assert days == sorted(days)


@pytest.mark.parametrize("code", PLANTS)
def test_every_plant_changes_the_report_and_nothing_else_does(code: str) -> None:
    clean = {seed: planted_report(seed, codes=()) for seed in range(24)}
    planted = {seed: planted_report(seed, codes=(code,)) for seed in clean}
    held = [seed for seed, report in planted.items() if report.expected]
    assert held, f"{code} fits none of the reports"
    assert all(planted[seed].blocks != clean[seed].blocks for seed in held)
    assert all(code in {one.rule for one in planted[seed].expected} for seed in held)
    assert all(planted[seed].blocks == clean[seed].blocks for seed in clean if seed not in held)


def test_expectations_name_what_is_printed() -> None:
    for seed in range(60):
        report = planted_report(seed)
        numbers = {str(table.number) for table in printed(report.blocks)}
        everything = "\n".join(_texts(report))
        for one in report.expected:
            assert set(one.tables) <= numbers, one
            assert not one.snippets or any(snippet in everything for snippet in one.snippets), one


def _texts(report: Planted) -> list[str]:
    texts = []
    for block in report.blocks:
        texts += [cell.text for row in block.rows for cell in row] if isinstance(block, Grid) else [block.text]
    return texts


def test_a_third_is_clean_and_a_seed_gives_the_same_report_again() -> None:
    reports = [planted_report(seed) for seed in range(30)]
    assert [report.is_clean for report in reports[::3]] == [True] * 10
    assert sum(report.is_clean for report in reports) <= 11
    assert reports == [planted_report(seed) for seed in range(30)]


@pytest.mark.parametrize("form", ["txt", "docx", "html", "odt", "xlsx"])
def test_formats_are_read_back_cell_by_cell(form: str, tmp_path: Path) -> None:
    for seed in (1, 2, 4):
        report = planted_report(seed, form)
        document = read_document(report.write(tmp_path))
        grids = [matrix(block, down=form != "txt") for block in report.blocks if isinstance(block, Grid)]
        read = [tuple(tuple(cell.text for cell in row) for row in table.rows) for table in document.tables]
        assert [_bare(table) for table in read] == [_bare(grid) for grid in grids]
        written = [_flat(block.text) for block in report.blocks if isinstance(block, Text | Item)]
        paragraphs = "|".join(_flat(paragraph.text) for paragraph in document.paragraphs)
        assert all(text in paragraphs for text in written)


def _bare(table: tuple[tuple[str, ...], ...]) -> list[list[str]]:
    return [[_flat(text) for text in row] for row in table]


def _flat(text: str) -> str:
    return re.sub(r"\s", "", text)


def _finding(rule: str, table: str | None = None, period: str | None = None, line: int = 1) -> Finding:
    return Finding(rule, Severity.WARNING, Place(line), "…", table, period)


def _judged(expected: tuple[Expected, ...], *findings: Finding) -> Score:
    found = Score()
    document = Document("a", "txt", (Paragraph("Первое предложение.", Place(1)), Paragraph("Второе.", Place(9))))
    compare(Planted(1, "txt", (), expected), list(findings), document, found)
    return found


def test_a_finding_counts_by_rule_table_and_period() -> None:
    expected = (Expected("share-wrong", "3", "2019-2020"),)
    assert _judged(expected, _finding("share-wrong", "3", "2019/20 уч. г.")).recall == 1
    for wrong in (_finding("share-wrong", "4", "2019-2020"), _finding("share-wrong", "3", "2021")):
        found = _judged(expected, wrong)
        assert (found.recall, found.precision) == (0, 0)


def test_a_finding_without_table_counts_by_its_sentence() -> None:
    expected = (Expected("claim-without-data", snippets=("Первое предложение",)),)
    assert _judged(expected, _finding("claim-without-data", line=1)).recall == 1
    assert _judged(expected, _finding("claim-without-data", line=9)).recall == 0


def test_what_is_implied_counts_neither_way() -> None:
    expected = (Expected("share-wrong", "3", "2020", implied=("jump-unexplained", "series-break*")),)
    found = _judged(
        expected,
        _finding("share-wrong", "3", "2020"),
        _finding("jump-unexplained", "3", "2020"),
        _finding("series-break", "8", "2021"),
    )
    assert (found.recall, found.precision) == (1, 1)
    assert "полнота 1.000" in worst(found, 1)
    assert _judged(expected, _finding("jump-unexplained", "5", "2020")).precision == 0


@pytest.mark.slow
@pytest.mark.parametrize("form", ["pdf", "office-pdf"])
def test_printed_reports_hold_the_same_tables(form: str, tmp_path: Path) -> None:
    report = planted_report(7, form)
    document = read_document(report.write(tmp_path))
    grids = [matrix(block) for block in report.blocks if isinstance(block, Grid)]
    assert len(document.tables) == len(grids)
    wanted = {_flat(text) for grid in grids for row in grid for text in row}
    read = {_flat(cell.text) for table in document.tables for cell in table.cells()}
    assert len(wanted & read) >= 0.97 * len(wanted)


def test_the_audit_finds_what_is_planted_and_nothing_else() -> None:
    found = score(planted_report(seed) for seed in range(3000, 3040))
    assert min(found.recall, found.precision) >= BAR, worst(found, 2)
