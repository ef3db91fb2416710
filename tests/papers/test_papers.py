"""Papers of both examples: what they say, how long they are, what the public may not see, the same bytes twice."""

from __future__ import annotations

import csv
import io
import re
import shutil
import subprocess
import sys
import zipfile
from collections.abc import Iterator
from contextlib import closing
from dataclasses import replace
from datetime import date
from decimal import Decimal
from html import unescape
from pathlib import Path
from typing import Any

import pypdf
import pytest
from docx import Document
from docx.shared import Mm
from pptx import Presentation

from orientir.cli import main
from orientir.cycle import run_cycle
from orientir.definitions.loader import load_programme
from orientir.disclosure.protect import protect
from orientir.engines.memory import MemoryEngine
from orientir.errors import UserError
from orientir.facts.package import read_package
from orientir.model.cycle import Cycle
from orientir.model.dictionaries import LegalAct
from orientir.model.periods import Period
from orientir.model.status import Status
from orientir.paper_folder import NAMES, write_papers
from orientir.reports.build import PUBLIC, SYNTHETIC, build_document
from orientir.reports.document import Num
from orientir.reports.papers.acts import cited
from orientir.reports.papers.fitting import fits
from orientir.reports.papers.letter import letter
from orientir.reports.papers.order import order
from orientir.reports.papers.page import page
from orientir.reports.papers.results import results
from orientir.reports.papers.setting import Setting
from orientir.reports.papers.signals import signals_of
from orientir.reports.papers.slides import slides
from orientir.reports.to_paper_docx import paper_docx
from orientir.resources import example_folder, programme_folder

EXAMPLES = ("kemerovo", "kemerovo_synthetic")
DAY = date(2022, 6, 30)
_SOFFICE = shutil.which("soffice")


@pytest.fixture(scope="module")
def cycles() -> dict[str, Cycle]:
    programme = load_programme(programme_folder("career_guidance_2022"))
    period = Period.parse("2021/22", programme.period)
    made = {}
    for name in EXAMPLES:
        with closing(MemoryEngine()) as engine:
            made[name] = run_cycle(read_package(example_folder(name), programme), programme, period, DAY, engine)
    return made


@pytest.fixture(scope="module")
def folders(cycles: dict[str, Cycle], tmp_path_factory: pytest.TempPathFactory) -> dict[str, Path]:
    root = tmp_path_factory.mktemp("papers")
    for name, cycle in cycles.items():
        write_papers(cycle, root / name)
    return {name: root / name for name in cycles}


def models(setting: Setting) -> tuple[Any, ...]:
    return order(setting), letter(setting), results(setting), page(setting), slides(setting)


def numbers_in(part: Any) -> Iterator[Num]:
    """Every number of a model, however deep it stands."""
    if isinstance(part, Num):
        yield part
    elif isinstance(part, tuple | list):
        for one in part:
            yield from numbers_in(one)
    elif hasattr(part, "__dataclass_fields__"):
        for name in part.__dataclass_fields__:
            yield from numbers_in(getattr(part, name))


def bare(text: str) -> str:
    """A chart's axis and a column's heading name the unit; a sentence does it itself."""
    return text.removesuffix("\u00a0%")


def words_of(path: Path) -> str:
    """What a reader sees on the pages, running heads and slides, and in the notes of the speaker."""
    with zipfile.ZipFile(path) as archive:
        names = [name for name in archive.namelist() if re.search(r"(document|header\d*|[sS]lide\d+)\.xml$", name)]
        texts = [re.findall(r"<(?:w|a):t(?: [^>]*)?>([^<]*)<", archive.read(name).decode()) for name in names]
    return unescape("\n".join("".join(text) for text in texts))


@pytest.mark.parametrize("example", EXAMPLES)
def test_all_five_are_made_and_listed(folders: dict[str, Path], example: str) -> None:
    rows = list(csv.DictReader(io.StringIO((folders[example] / "papers.csv").read_text(encoding="utf-8-sig"))))
    assert [row["file"] for row in rows] == ["order.docx", "letter.docx", "results.docx", "page.docx", "slides.pptx"]
    assert all((folders[example] / row["file"]).stat().st_size > 0 for row in rows)


@pytest.mark.parametrize("example", EXAMPLES)
def test_numbers_are_those_of_the_report(cycles: dict[str, Cycle], example: str) -> None:
    _, book = build_document(cycles[example])
    told = [number for number in numbers_in(models(Setting.of(cycles[example]))) if number.id[0] in "vc"]
    assert len(told) > 20
    for number in told:
        assert bare(book.origins[number.id].text) == bare(number.text)


@pytest.mark.parametrize("example", EXAMPLES)
def test_documents_print_every_number_of_their_model(
    cycles: dict[str, Cycle], folders: dict[str, Path], example: str
) -> None:
    for name, model in zip(NAMES, models(Setting.of(cycles[example])), strict=True):
        shown = words_of(next(folders[example].glob(f"{name}.*")))
        assert {number.text for number in numbers_in(model) if number.text not in shown} == set(), name


def test_counts_of_issues_are_those_of_the_cycle(cycles: dict[str, Cycle], folders: dict[str, Path]) -> None:
    errors = sum(issue.severity == "error" for issue in cycles["kemerovo"].issues)
    assert f"ошибок — {errors}" in words_of(folders["kemerovo"] / "page.docx")


@pytest.mark.parametrize("example", EXAMPLES)
def test_nothing_is_left_unrendered(folders: dict[str, Path], example: str) -> None:
    for path in folders[example].glob("*.*x"):
        assert re.findall(r"\{\{|\}\}|\{%|%\}|\bNone\b|\bNum\(|undefined|Щёлкните|Click to", words_of(path)) == []


@pytest.mark.parametrize("example", EXAMPLES)
def test_no_slide_has_an_empty_placeholder(folders: dict[str, Path], example: str) -> None:
    show = Presentation(str(folders[example] / "slides.pptx"))
    assert [shape.name for slide in show.slides for shape in slide.placeholders if not shape.text_frame.text] == []


@pytest.mark.parametrize("example", EXAMPLES)
def test_deck_is_wide_and_has_six_to_eight_slides(folders: dict[str, Path], example: str) -> None:
    show = Presentation(str(folders[example] / "slides.pptx"))
    assert 6 <= len(show.slides) <= 8
    assert round(show.slide_width / show.slide_height, 2) == 1.78
    kinds = [(shape.has_chart, shape.has_table) for slide in show.slides for shape in slide.shapes]
    assert (True, False) in kinds and (False, True) in kinds


@pytest.mark.parametrize("example", EXAMPLES)
def test_same_data_give_the_same_bytes(
    cycles: dict[str, Cycle], folders: dict[str, Path], example: str, tmp_path: Path
) -> None:
    write_papers(cycles[example], tmp_path / "again")
    again = {path.name: path.read_bytes() for path in (tmp_path / "again").iterdir()}
    assert again == {path.name: path.read_bytes() for path in folders[example].iterdir()}


@pytest.mark.skipif(_SOFFICE is None, reason="LibreOffice is not installed")
@pytest.mark.parametrize("example", EXAMPLES)
def test_page_for_the_head_is_one_page(folders: dict[str, Path], example: str, tmp_path: Path) -> None:
    assert pages_of(folders[example] / "page.docx", tmp_path) == 1


@pytest.mark.skipif(_SOFFICE is None, reason="LibreOffice is not installed")
def test_page_stays_one_page_when_much_got_worse(cycles: dict[str, Cycle], tmp_path: Path) -> None:
    """Ten times the findings: the page tells as many as fit and counts the rest."""
    cycle = cycles["kemerovo_synthetic"]
    worse = signals_of(Setting.of(cycle).context).worse
    ids = [one.id for one in cycle.programme.indicators]
    many = tuple(replace(one, indicator=key) for key in ids for one in worse if one.indicator != key)
    paper = page(Setting.of(replace(cycle, findings=(*cycle.findings, *many))))
    assert fits(paper)
    path = tmp_path / "page.docx"
    path.write_bytes(paper_docx(paper, DAY))
    assert "И ещё" in words_of(path)
    assert pages_of(path, tmp_path) == 1


def pages_of(path: Path, folder: Path) -> int:
    profile = f"-env:UserInstallation=file://{folder / 'profile'}"
    command = [str(_SOFFICE), profile, "--headless", "--convert-to", "pdf", "--outdir", str(folder), str(path)]
    subprocess.run(command, check=True, capture_output=True, timeout=180)
    return len(pypdf.PdfReader(folder / f"{path.stem}.pdf").pages)


def test_public_papers_tell_no_hidden_number(cycles: dict[str, Cycle]) -> None:
    told = protect(cycles["kemerovo_synthetic"])
    setting = Setting.of(told, public=True)
    hidden = {row for row, value in enumerate(told.values, 2) if value.status is Status.SUPPRESSED}
    assert hidden
    shown = {int(re.sub(r"\D", "", one.id)) for one in numbers_in(models(setting)) if one.id[0] == "v"}
    assert shown and not shown & hidden


def test_public_changes_have_no_hidden_side(cycles: dict[str, Cycle]) -> None:
    told = protect(cycles["kemerovo_synthetic"])
    shown = {one.id for one in numbers_in(models(Setting.of(told, public=True))) if one.id[0] == "c"}
    sides = [told.comparisons[int(key.strip("cp")) - 1] for key in shown]
    assert sides
    assert all(Status.SUPPRESSED not in (one.now.status, one.then.status) for one in sides)


def test_public_and_invented_papers_are_marked(cycles: dict[str, Cycle], tmp_path: Path) -> None:
    write_papers(cycles["kemerovo_synthetic"], tmp_path / "out", ["results", "page", "slides"], public=True)
    for path in (tmp_path / "out").glob("*.*x"):
        assert SYNTHETIC in words_of(path) and PUBLIC in words_of(path), path.name


def test_change_within_chance_is_told_apart(cycles: dict[str, Cycle]) -> None:
    for cycle in cycles.values():
        signals = signals_of(Setting.of(cycle).context)
        assert signals.unproven
        assert not set(signals.unproven) & {*signals.worse, *signals.better}


def test_recommendations_have_basis_owner_and_day(cycles: dict[str, Cycle], folders: dict[str, Path]) -> None:
    book = Document(str(folders["kemerovo_synthetic"] / "results.docx"))
    tables = [table for table in book.tables if "Основание" in [cell.text for cell in table.rows[0].cells]]
    rows = [[cell.text for cell in row.cells] for table in tables for row in table.rows[1:]]
    assert len(rows) == len(cycles["kemerovo_synthetic"].recommendations)
    assert all(all(cells) and re.search(r"до\s\d\d\.\d\d\.\d{4}", cells[3]) for cells in rows)
    assert any("Школа № 1" in cells[2].replace("\u00a0", " ") for cells in rows)


def test_page_is_set_by_the_official_layout(folders: dict[str, Path]) -> None:
    section = Document(str(folders["kemerovo"] / "order.docx")).sections[0]
    margins = (section.left_margin, section.right_margin, section.top_margin, section.bottom_margin)
    assert [round(one / Mm(1)) for one in margins if one is not None] == [30, 10, 20, 20]


def test_acquaintance_lists_the_schools_of_the_data(folders: dict[str, Path]) -> None:
    table = Document(str(folders["kemerovo_synthetic"] / "results.docx")).tables[-1]
    assert len(table.rows) == 1 + 19
    assert all(row.cells[1].text and not row.cells[4].text for row in table.rows[1:])


def test_schools_that_the_data_do_not_name_are_not_invented(folders: dict[str, Path]) -> None:
    table = Document(str(folders["kemerovo"] / "order.docx")).tables[-1]
    assert not any(row.cells[1].text for row in table.rows[1:])


def test_only_verified_acts_in_force_are_cited() -> None:
    acts = [
        LegalAct("good", "Действует", date(2020, 1, 1), "1"),
        LegalAct("expired", "Утратил силу", date(2010, 1, 1), "2", valid_to=date(2020, 1, 1)),
        LegalAct("future", "Ещё не издан", date(2023, 1, 1), "3"),
        LegalAct("doubtful", "Сомнителен", date(2020, 1, 1), "4", note="Дата требует сверки."),
    ]
    assert [act.id for act in cited(acts, DAY)] == ["good"]


def test_deadline_is_told_and_a_missing_one_is_a_blank(cycles: dict[str, Cycle]) -> None:
    assert "15" in Setting.of(cycles["kemerovo"], deadline=date(2022, 10, 15)).due
    assert "____" in Setting.of(cycles["kemerovo"]).due


def test_deadline_before_the_paper_is_refused(cycles: dict[str, Cycle], tmp_path: Path) -> None:
    with pytest.raises(UserError, match="--deadline"):
        write_papers(cycles["kemerovo"], tmp_path / "out", deadline=date(2022, 1, 1))
    assert not (tmp_path / "out").exists()


def test_folder_of_others_is_left_alone(cycles: dict[str, Cycle], tmp_path: Path) -> None:
    (tmp_path / "mine.txt").write_text("важное", encoding="utf-8")
    with pytest.raises(UserError, match="не документы Ориентира"):
        write_papers(cycles["kemerovo"], tmp_path, ["page"])
    assert [path.name for path in tmp_path.iterdir()] == ["mine.txt"]


def run(monkeypatch: pytest.MonkeyPatch, *words: object) -> int:
    monkeypatch.setattr(sys, "argv", ["orientir", "papers", str(example_folder("kemerovo")), *map(str, words)])
    with pytest.raises(SystemExit) as stop:
        main()
    return int(stop.value.code or 0)


def test_command_makes_only_what_was_asked(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    out = tmp_path / "out"
    assert run(monkeypatch, "--period", "2021/22", "--date", DAY, "--out", out, "--only", "page,letter") == 0
    assert {path.name for path in out.iterdir()} == {"page.docx", "letter.docx", "papers.csv", "before_signing.txt"}


def test_unknown_paper_is_told(
    monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str], tmp_path: Path
) -> None:
    assert run(monkeypatch, "--period", "2021/22", "--out", tmp_path / "out", "--only", "poster") == 2
    assert "poster" in capsys.readouterr().err
    assert not (tmp_path / "out").exists()


def test_archives_hold_no_clock(folders: dict[str, Path]) -> None:
    for path in folders["kemerovo"].glob("*.*x"):
        with zipfile.ZipFile(io.BytesIO(path.read_bytes())) as archive:
            assert {entry.date_time[:3] for entry in archive.infolist()} == {(2022, 6, 30)}


def test_deck_names_a_school_that_stands_out_and_stays_short(cycles: dict[str, Cycle]) -> None:
    """A school in which nobody takes part in anything, while the district does."""
    cycle = cycles["kemerovo_synthetic"]
    changed = [
        replace(value, numerator=Decimal(0))
        if value.place.organisation == "school_01" and value.is_share and value.numerator is not None
        else value
        for value in cycle.values
    ]
    deck = slides(Setting.of(replace(cycle, values=tuple(changed))))
    tables = [slide.table for slide in deck.slides if slide.title == "Где помощь нужна в первую очередь"]
    assert [row.cells[0].text for table in tables if table for row in table.rows] == [("Школа №\u00a01",)]
    assert 1 + len(deck.slides) <= 8
