"""`orientir audit`: exit codes, where the result goes, and what is refused before the long work."""

from __future__ import annotations

import io
import json
import sys
import zipfile
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from pathlib import Path
from types import ModuleType

import docx
import pytest

from audit.handmade import audit, findings
from orientir.audit.finding import Severity
from orientir.audit.result import Audit
from orientir.cli import main
from orientir.errors import Fault, UserError

INFO = tuple(one for one in findings() if one.severity is Severity.INFO)


@dataclass(frozen=True)
class Done:
    code: int
    out: str
    err: str


Run = Callable[..., Done]


@pytest.fixture
def run(monkeypatch: pytest.MonkeyPatch, capfdbinary: pytest.CaptureFixture[bytes], tmp_path: Path) -> Run:
    monkeypatch.chdir(tmp_path)

    def call(*arguments: object) -> Done:
        monkeypatch.setattr(sys, "argv", ["orientir", "audit", *map(str, arguments)])
        with pytest.raises(SystemExit) as stop:
            main()
        sys.stdout.flush()
        printed = capfdbinary.readouterr()
        return Done(int(stop.value.code or 0), printed.out.decode(), printed.err.decode())

    return call


@pytest.fixture
def found(monkeypatch: pytest.MonkeyPatch) -> dict[str, Audit]:
    """What the audit gives in place of the true one: by the name of the file."""
    known: dict[str, Audit] = {}

    def audit_file(path: Path, programme: object = None) -> Audit:
        if path.name not in known:
            raise UserError(Fault(path.name, "файл не найден.", "Проверьте имя."))
        return known[path.name]

    stand_in = ModuleType("orientir.audit.audit")
    stand_in.audit_file = audit_file  # type: ignore[attr-defined]
    monkeypatch.setitem(sys.modules, "orientir.audit.audit", stand_in)
    return known


@pytest.fixture
def report(tmp_path: Path, found: dict[str, Audit]) -> Path:
    """A DOCX of ten paragraphs, as many as the audit made by hand knows."""
    book = docx.Document()
    for number in range(10):
        book.add_paragraph(f"Абзац {number}")
    path = tmp_path / "отчёт.docx"
    book.save(str(path))
    found[path.name] = audit()
    return path


def test_findings_are_told_and_end_with_1(run, report):
    done = run(report)
    assert done.code == 1
    assert "[share-truncated]" in done.out and done.out.endswith("не понято:\u00a01.\n")


@pytest.mark.parametrize(("left", "code"), [((), 0), (INFO, 0), (findings(), 1)])
def test_exit_code_tells_whether_anything_is_above_info(run, report, found, left, code):
    found[report.name] = audit(left)
    assert run(report).code == code


def test_unreadable_ends_with_2_and_the_reason(run, found):
    done = run("нет.docx")
    assert (done.code, done.out) == (2, "")
    assert done.err == "нет.docx: файл не найден. Проверьте имя.\n"


def test_json_goes_to_the_screen_as_utf8_and_nothing_else_does(run, report):
    done = run(report, "--format", "json", "--annotate", "пометки.docx")
    assert json.loads(done.out)["findings"][0]["rule"] == "share-wrong"
    assert "пометки.docx" in done.err


@pytest.mark.parametrize("form", ["table", "json", "html", "docx"])
def test_every_form_is_written_to_a_file(run, report, form):
    target = report.parent / f"проверка.{form}"
    done = run(report, "--format", form, "--out", target)
    assert done.code == 1 and str(target) in done.out
    begins: Mapping[str, bytes] = {"json": b"{", "html": b"<!doctype html>", "docx": b"PK"}
    assert target.read_bytes().strip().startswith(begins.get(form, "ОШИБКИ".encode()))
    assert [path.name for path in report.parent.iterdir() if path.name.startswith(".")] == []


def test_tables_are_shown(run, report):
    done = run(report, "--show", "tables")
    assert done.out.split("\n")[0].split() == ["таблица", "период", "роль", "совокупность", "единица", "значение"]
    assert "share-wrong" not in done.out


def test_annotated_copy_has_a_comment_for_each_finding(run, report):
    before = report.read_bytes()
    assert run(report, "--annotate", "пометки.docx").code == 1
    made = docx.Document(io.BytesIO((report.parent / "пометки.docx").read_bytes()))
    assert len(list(made.comments)) == len(findings())
    assert report.read_bytes() == before


@pytest.mark.parametrize("order", [("--annotate", "--out", "пометки.docx"), ("--out", "пометки.docx", "--annotate")])
def test_annotating_without_a_file_writes_where_out_says(run, report, order):
    done = run(report, *order)
    assert done.code == 1
    assert zipfile.is_zipfile("пометки.docx")
    assert "share-wrong" in done.out or "доля" in done.out.lower()


def test_advice_needs_no_report(run):
    done = run("--advice", "share-truncated")
    assert done.code == 0 and "Что делать. Округлите" in done.out


@pytest.mark.parametrize(
    ("arguments", "said"),
    [
        ([], "FILE: не указан отчёт."),
        (["отчёт.docx", "--format", "pdf"], "--format: формата «pdf» нет. Допустимы: table, json, html, docx."),
        (["отчёт.docx", "--format", "html"], "--format: html на экран не выводится. Укажите файл: --out проверка.html"),
        (["отчёт.docx", "--format", "docx"], "Укажите файл: --out проверка.docx"),
        (["отчёт.docx", "--show", "pages"], "--show: показать «pages» нельзя."),
        (["отчёт.docx", "--show", "tables", "--format", "json"], "--show: таблицы выводятся только текстом."),
        (["отчёт.docx", "--out", "отчёт.docx"], "--out: это сам отчёт: он был бы затёрт."),
        (["отчёт.docx", "--annotate", "./отчёт.docx"], "--annotate: это сам отчёт: он был бы затёрт."),
        (["отчёт.docx", "--annotate", "a.docx", "--out", "a.docx"], "--annotate: этот файл уже указан в --out."),
        (["отчёт.docx", "--annotate", "пометки.pdf"], "Назовите файл пометки.docx."),
        (["отчёт.docx", "--annotate"], "--annotate: не сказано, куда записать."),
        (["отчёт.docx", "--out", "."], ".: это папка, а не файл."),
        (["отчёт.docx", "--advice", "share"], "--advice: правила «share» нет."),
        (["отчёт.docx", "--programme", "нет такой"], "такой программы нет."),
    ],
)
def test_slips_are_told_plainly(run, report, arguments, said):
    before = sorted(report.parent.iterdir())
    done = run(*arguments)
    assert (done.code, done.out) == (2, "")
    assert said in done.err and "Traceback" not in done.err
    assert sorted(report.parent.iterdir()) == before


def test_comments_for_another_format_are_refused_before_anything_is_told(run, tmp_path, found):
    (tmp_path / "отчёт.txt").write_text("Отчёт", encoding="utf-8")
    found["отчёт.txt"] = audit()
    done = run("отчёт.txt", "--annotate", "пометки.docx")
    assert (done.code, done.out) == (2, "")
    assert "--annotate: это не документ DOCX." in done.err


# ---- with the true audit

ROWS = (
    ("Всего выпускников 11 классов, чел.", "Поступили в вузы, чел.", "Поступили в вузы, %"),
    ("80", "46", "{share}"),
)


def written(path: Path, share: str) -> Path:
    book = docx.Document()
    book.add_paragraph("Таблица 1. Доля выпускников 11 классов, поступивших в вузы, 2021/22 уч. г.")
    table = book.add_table(rows=0, cols=3)
    for texts in ROWS:
        for cell, text in zip(table.add_row().cells, texts, strict=True):
            cell.text = text.format(share=share)
    book.save(str(path))
    return path


@pytest.mark.parametrize(("share", "rule"), [("58", None), ("57", "share-truncated"), ("64", "share-wrong")])
def test_true_report_is_judged_and_its_cell_gets_the_comment(run, tmp_path, share, rule):
    path = written(tmp_path / "отчёт.docx", share)
    done = run(path, "--format", "json", "--annotate", "пометки.docx")
    shares = [one for one in json.loads(done.out)["findings"] if one["rule"].startswith("share-")]
    assert [(one["rule"], one["reported"], one["table"]) for one in shares] == ([(rule, share, "1")] if rule else [])
    made = docx.Document(str(tmp_path / "пометки.docx"))
    paragraph = made.tables[0].rows[1].cells[2].paragraphs[0]
    assert ("commentReference" in paragraph._p.xml) is bool(rule)
    assert made.tables[0].rows[1].cells[2].text == share


def test_what_is_no_report_ends_with_2(run, tmp_path):
    (tmp_path / "отчёт.docx").write_bytes(b"PK\x03\x04 torn")
    done = run("отчёт.docx", "--format", "json")
    assert (done.code, done.out) == (2, "") and "отчёт.docx" in done.err and "Traceback" not in done.err
