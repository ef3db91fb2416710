"""The section of the report: who changed what and why, or nothing at all."""

from __future__ import annotations

from collections.abc import Iterator

from desk.desk_world import CELL, SIGNED, cycle, number_of
from orientir.disclosure.protect import protect
from orientir.reports.build import build_document
from orientir.reports.document import Document, Num, Table, Text


def words(text: Text) -> str:
    return "".join(part.text if isinstance(part, Num) else str(part) for part in text).replace("\u00a0", " ")


def tables(document: Document) -> dict[str, list[list[str]]]:
    return {block.key: list(_rows(block)) for section in document.sections if section.id == "desk"
            for block in section.blocks if isinstance(block, Table)}  # fmt: skip


def _rows(table: Table) -> Iterator[list[str]]:
    for row in table.rows:
        yield [words(cell.text) for cell in row.cells]


def decide(run, package, programme):
    run("correct", package, "--element", "admitted", *CELL[2:], "--value", "15", *SIGNED, "--programme", programme)
    run("conflicts", package, "--resolve", number_of(package, programme), "--source", "oo1", *SIGNED,
        "--programme", programme)  # fmt: skip


def test_section_vanishes_where_nothing_was_decided(package, programme):
    document, _ = build_document(cycle(package, programme))
    assert "desk" not in {section.id for section in document.sections}


def test_corrections_and_choices_are_told_with_reason_and_author(run, package, programme):
    number = number_of(package, programme)
    decide(run, package, programme)
    document, _ = build_document(cycle(package, programme))
    signed = ["Первичный учёт.", "координатор, 12.10.2022"]
    assert tables(document) == {
        "t-corrections": [
            ["«Поступившие» (9 класс), Школа А, 2021/22 уч. г. (Форма школы)", "14", "15", *signed],
        ],
        "t-choices": [
            [
                number,
                "«Выпускники» (9 класс), Школа А, 2021/22 уч. г.",
                "24 — раздел 2.1",
                "22 — Форма школы",
                *signed,
            ],
        ],
    }


def test_every_number_of_the_section_leads_to_its_fact(run, package, programme):
    decide(run, package, programme)
    document, book = build_document(cycle(package, programme))
    told = {key: (document.origins[key].text, book.facts[key]) for key in ("w2", "w2n", "f2", "f3")}
    assert told == {
        "w2": ("14", ("f6",)), "w2n": ("15", ("f6",)), "f2": ("22", ("f2",)), "f3": ("24", ("f3",)),
    }  # fmt: skip


def test_sum_of_parts_is_a_number_of_its_own(run, package, programme):
    with (package / "facts.csv").open("a", encoding="utf-8") as lines:
        lines.write("graduates,school_b,2021/22,,35,,form,\n")
    run("conflicts", package, "--resolve", number_of_total(package, programme), "--source", "oo1:grade", *SIGNED,
        "--programme", programme)  # fmt: skip
    document, book = build_document(cycle(package, programme))
    assert tables(document)["t-choices"][0][2:4] == [
        "33 — раздел 2.1, сумма по разрезу «Класс»; 33 — Форма школы, сумма по разрезу «Класс»",
        "35 — Форма школы",
    ]
    assert {book.facts["p1"], book.facts["p2"]} == {("f4",), ("f5",)}


def number_of_total(package, programme):
    found = cycle(package, programme).desk.open
    return next(one.cell.number for one in found if not one.cell.breakdown)


def test_why_tells_what_was_decided(run, package, programme, tmp_path):
    decide(run, package, programme)
    out = tmp_path / "out"
    run("report", package, "--programme", programme, "--period", "2021/22", "--out", out, "--formats", "html",
        "--date", "2022-12-30")  # fmt: skip
    lines = [line.strip() for line in run("why", out, "w2n").out.splitlines()]
    assert lines[:5] == [
        "w2n: 15",
        "что это: «Поступившие» (9 класс), Школа А, 2021/22\u00a0уч.\u00a0г.",
        "как получено: было 14, исправлено на 15",
        "f6: 15 — Поступившие, 9 класс; Школа А, 2021/22",
        "было 14, исправлено на 15: первичный учёт (координатор, 12.10.2022)",
    ]
    assert (
        "источники расходятся: Форма школы — 22; раздел 2.1 — 24; выбрано: раздел 2.1: первичный учёт "
        "(координатор, 12.10.2022)"
    ) in run("why", out, "f2").out


def test_public_report_tells_none_of_it(run, package, programme):
    decide(run, package, programme)
    flagged = (*CELL[:2], "--organisation", "school_b", *CELL[4:])
    run("correct", package, *flagged, "--source", "form", "--flag", *SIGNED, "--programme", programme)
    found = cycle(package, programme)
    public = protect(found)
    document, _ = build_document(public, public=True)
    assert "desk" not in {section.id for section in document.sections}
    assert "fact_doubted" in {one.rule for one in found.issues}
    assert "fact_doubted" not in {one.rule for one in public.issues}
    assert (public.package.corrections, public.package.choices, public.desk.aside) == ((), (), ())
