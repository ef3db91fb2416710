"""The outputs of an audit: the contract of the JSON, plain text, the page, the Word report, the advice."""

from __future__ import annotations

import base64
import hashlib
import io
import json
import re
import shutil
import subprocess
import sys
from dataclasses import replace
from datetime import date
from itertools import pairwise
from pathlib import Path

import docx
import pytest
from lxml import html

from audit.handmade import CAPTION, VALUES, audit, document, findings
from orientir.audit.advice import advice_on, by_code
from orientir.audit.document import Document, Place
from orientir.audit.finding import Finding, Severity
from orientir.audit.outputs.marks import Marks
from orientir.audit.outputs.tidy import show_tables
from orientir.audit.outputs.to_docx import to_docx
from orientir.audit.outputs.to_html import to_html
from orientir.audit.outputs.to_json import to_json
from orientir.audit.outputs.to_table import to_table
from orientir.audit.outputs.words import in_order
from orientir.audit.report import Report
from orientir.audit.result import Audit
from orientir.errors import UserError

ROOT = Path(__file__).parents[2]
ON = date(2026, 1, 15)
CODES = """
share-wrong share-truncated share-repeated-in-text rounding-inconsistent precision-mixed part-exceeds-whole
distribution-incomplete population-conflict population-union-mismatch population-too-small label-reused
same-numbers-different-labels population-impossible scope-mismatch text-population-mismatch series-break
cohort-implausible table-copied row-copied number-repeated text-table-mismatch trend-contradicted trend-partial
claim-without-data cause-without-evidence decline-unmentioned jump-unexplained change-within-noise table-number-gap
table-unnumbered section-numbering period-labels-mixed indicator-not-measured indicator-lists-differ
measured-not-declared two-denominators source-not-used table-without-source no-breakdown no-passport analysis-missing
addressee-missing recommendation-not-addressed action-without-owner-or-date effectiveness-missing goal-without-target
undefined-term territory-mismatch event-order event-year-mismatch event-duplicate event-outside-period not-an-event
event-without-participants date-malformed link-malformed link-not-evidence visits-not-persons small-numbers-published
personal-data-published public-link-to-minors programme-ended not-calculable-year legal-reference text-defect
""".split()
KEYS = {"rule", "severity", "table", "period", "line", "page", "reported", "expected", "message", "evidence"}
HOSTILE = "<script>alert(1)</script> \x1b[31m\u202eкод\x00 </style>{{ 7*7 }}"
EMPTY = Audit(Report(Document("пусто.txt", "txt", ())), (), {})


def plain(text: str) -> str:
    return text.replace("\u00a0", " ")


# ---- order


def test_errors_come_first_and_lines_in_their_order():
    told = [(one.severity.value, one.place.line) for one in in_order(findings())]
    assert told == [("error", 6), ("warning", 2), ("warning", 5), ("info", 6)]


def test_order_of_the_rules_does_not_change_an_output():
    turned = audit(tuple(reversed(findings())))
    for make in (to_json, to_table, to_html):
        assert make(turned) == make(audit())
    assert to_docx(turned, ON) == to_docx(audit(), ON)


# ---- JSON


def test_json_keeps_the_contract():
    told = json.loads(to_json(audit()))
    assert {"document", "tables", "findings", "checked"} <= told.keys()
    assert told["checked"] == {"shares": 1, "claims": 2, "events": 0, "not_understood": 1}
    assert all(one.keys() == KEYS | {"acknowledged"} for one in told["findings"])
    truncated = next(one for one in told["findings"] if one["rule"] == "share-truncated")
    assert truncated == {
        "rule": "share-truncated",
        "severity": "warning",
        "table": "3",
        "period": "2022",
        "line": 5,
        "page": 1,
        "reported": "57",
        "expected": "58 %",
        "message": "46 / 80 = 57,5 %, по правилам округления 58 %.",
        "evidence": ["таблица 3, 2022, «Поступили, чел.»: 46"],
        "acknowledged": False,
    }
    assert told["findings"][0]["table"] is None


def test_json_tells_the_document_and_its_tables():
    told = json.loads(to_json(audit()))
    known = {"name": "отчёт.docx", "format": "docx", "pages": 2, "territory": "Лесной округ", "years": ["2022"]}
    assert known.items() <= told["document"].items()
    (table,) = told["tables"]
    assert (table["number"], table["caption"], table["line"], table["page"]) == ("3", CAPTION, 2, 1)
    assert table["rows"] == [list(VALUES)] and len(table["header"]) == 2
    assert table["columns"][2] == ["2022 год", "Поступили, %"]
    cells = [(one["role"], one["period"], one["value"], one["unit"]) for one in table["cells"]]
    assert cells == [("whole", "2022", 80, ""), ("part", "2022", 46, ""), ("share", "2022", 57, "%")]
    assert {one["population"] for one in table["cells"]} == {"выпускники 11 классов"}


def test_json_holds_what_was_not_understood_and_any_character():
    assert json.loads(to_json(audit()))["not_understood"][0]["line"] == 6
    strange = replace(findings()[0], message=f"{HOSTILE} \ud800")
    assert json.loads(to_json(audit((strange,))).encode("utf-8"))["findings"][0]["message"].startswith("<script>")


def test_json_of_an_empty_document():
    told = json.loads(to_json(EMPTY))
    assert (told["tables"], told["findings"]) == ([], [])


# ---- plain text


def test_text_tells_place_values_and_what_was_checked():
    told = " ".join(plain(to_table(audit())).split())
    assert "таблица 3, 2022; стр. 1, строка 5." in told
    assert "Напечатано 57, ожидается 58 %." in told
    assert "Основание: таблица 3, 2022, «Поступили, чел.»: 46" in told
    assert "отчёт говорит об этом сам" in told
    assert "Страницы без текста (скан), не прочитаны: 7." in told
    assert told.endswith(
        "Найдено: 1 ошибка, 2 противоречия, 1 замечание. "
        "Проверено долей: 1, утверждений: 2, мероприятий: 0; не понято: 1."
    )


@pytest.mark.parametrize("width", [60, 100])
def test_text_keeps_within_the_width(width):
    assert max(map(len, to_table(audit(), width).splitlines())) <= width


def test_text_groups_by_severity():
    told = plain(to_table(audit()))
    assert told.index("ОШИБКИ (1)") < told.index("ПРОТИВОРЕЧИЯ И ПРОБЕЛЫ (2)") < told.index("НА ЗАМЕТКУ (1)")


def test_text_drives_no_terminal():
    strange = replace(findings()[0], message=HOSTILE, reported=HOSTILE, evidence=(HOSTILE,))
    assert not re.search("[\x00-\x09\x0b-\x1f\u202a-\u202e]", to_table(audit((strange,))))


def test_clean_report_is_told_so():
    assert to_table(EMPTY).startswith("Замечаний нет.")


def test_tidy_cells_are_shown():
    rows = [line.split() for line in show_tables(audit()).splitlines()]
    assert rows[0] == ["таблица", "период", "роль", "совокупность", "единица", "значение"]
    assert rows[1] == ["3", "2022", "всего", "выпускники", "11", "классов", "80"]
    assert rows[3][-2:] == ["%", "57"] and "доля" in rows[3]
    assert "Чисел в таблицах не найдено." in show_tables(EMPTY)


# ---- marks


def test_a_mark_stands_at_its_cell_caption_or_sentence():
    text = document()
    marks = Marks(text, findings())
    share, whole = text.tables[0].rows[2][2], text.tables[0].rows[2][0]
    assert [mark.finding.rule for mark in marks.of(share)] == ["share-truncated"]
    assert not marks.of(whole)
    assert [mark.finding.rule for mark in marks.of(text.paragraphs[1])] == ["table-number-gap"]
    assert [mark.number for mark in marks.of(text.paragraphs[2])] == [1, 4]


def test_without_addresses_the_printed_number_names_the_cell():
    text = document()
    bare = Finding("share-wrong", Severity.ERROR, Place(5, 1), "…", reported="46 чел.")
    named = replace(bare, reported="46")
    row = text.tables[0].rows[2]
    assert Marks(text, [named]).of(row[1]) and Marks(text, [bare]).of(row[0])


@pytest.mark.parametrize("line", [0, 1, 99])
def test_no_finding_is_lost(line):
    text = document()
    marks = Marks(text, [Finding("text-defect", Severity.INFO, Place(line), "…")])
    pieces = [*text.blocks, *text.tables[0].cells()]
    assert len(marks.lost) + sum(len(marks.of(piece)) for piece in pieces) == 1


# ---- the page


def test_page_loads_nothing():
    page = to_html(audit())
    assert not re.search(r"""(?:src|href|action)\s*=\s*["']?(?!#)[^"'>]""", page)
    assert "@import" not in page and "url(" not in page
    assert not re.search("https?://", page)


def test_page_runs_its_own_script_only():
    page = to_html(audit())
    (script,) = html.fromstring(page).xpath("//script")
    known = base64.b64encode(hashlib.sha256(script.text.encode()).digest()).decode()
    assert f"default-src 'none'; script-src 'sha256-{known}';" in page.replace("&#39;", "'")


def test_page_draws_foreign_text_as_text():
    strange = replace(findings()[0], message=HOSTILE, reported=HOSTILE, evidence=(HOSTILE,), table=HOSTILE)
    root = html.fromstring(to_html(audit((strange,))))
    assert len(root.xpath("//script")) == 1 and not root.xpath("//main//b")
    assert "alert(1)" in root.text_content() and "{{ 7*7 }}" in root.text_content()
    assert "\u202e" not in root.text_content()


def test_every_finding_and_its_place_lead_to_each_other():
    root = html.fromstring(to_html(audit()))
    found = root.xpath("//li[contains(@class, 'finding')]")
    assert len(found) == len(findings())
    for item in found:
        (address,) = item.xpath(".//p[@class='place']/a/@href")
        (mark,) = root.xpath(f"//main//*[@id='{address[1:]}']")
        assert mark.get("href") == f"#{item.get('id')}"
    ids = root.xpath("//@id")
    assert len(ids) == len(set(ids))


def test_page_marks_the_cell_and_keeps_merged_ones():
    root = html.fromstring(to_html(audit()))
    (cell,) = root.xpath("//td[contains(@class, 'at')]")
    assert cell.text.strip() == "57" and "warning" in cell.get("class")
    assert root.xpath("//th[@colspan='3']/text()") == ["2022 год"]


def test_page_is_russian_and_has_headings_in_their_order():
    root = html.fromstring(to_html(audit()))
    assert root.get("lang") == "ru"
    levels = [int(one.tag[1]) for one in root.iter("h1", "h2", "h3", "h4", "h5", "h6")]
    assert levels[0] == 1 and all(later - earlier <= 1 for earlier, later in pairwise(levels))


@pytest.mark.slow
def test_filter_hides_and_a_mark_shows_again(tmp_path):
    from playwright import sync_api as playwright

    path = tmp_path / "audit.html"
    path.write_text(to_html(audit()), encoding="utf-8")
    with playwright.sync_playwright() as driver:
        chromium = shutil.which("chromium") or shutil.which("google-chrome")
        browser = driver.chromium.launch(executable_path=chromium, args=["--no-sandbox", "--disable-gpu"])
        page = browser.new_context(offline=True).new_page()
        complaints: list[str] = []
        page.on("console", lambda message: complaints.append(message.text))
        page.on("pageerror", lambda error: complaints.append(str(error)))
        page.goto(path.as_uri())
        page.get_by_role("checkbox", name="ошибки").uncheck()
        shown = page.locator(".finding:visible").count()
        page.get_by_role("combobox").select_option("text-defect")
        chosen = page.locator(".finding:visible").count()
        page.locator("td .mark").click()
        again = page.locator(".finding:visible").count()
        browser.close()
    assert (shown, chosen, again, complaints) == (3, 1, 4, [])


# ---- Word


def test_word_report_tells_everything():
    book = docx.Document(io.BytesIO(to_docx(audit(), ON)))
    texts = plain("\n".join(line.text for line in book.paragraphs))
    assert "Найдено: 1 ошибка, 2 противоречия, 1 замечание." in texts and "Проверено 15.01.2026" in texts
    assert [len(table.rows) - 1 for table in book.tables] == [1, 2, 1, 1]
    row = [plain(cell.text) for cell in book.tables[1].rows[2].cells]
    assert row[0] == "3" and row[3:] == ["57", "58 %"] and "таблица 3, 2022" in row[1]
    assert advice_on("share-wrong").action in "\n".join(line.text for line in book.paragraphs)


def test_a_long_value_stands_in_the_broad_column():
    address = "https://example.org/" + "a" * 60
    found = Finding("link-malformed", Severity.WARNING, Place(1), "В адресе пробел.", reported=address, expected="")
    row = docx.Document(io.BytesIO(to_docx(audit((found,)), ON))).tables[0].rows[1]
    assert f"Напечатано: {address}" in row.cells[2].text
    assert [cell.text for cell in row.cells[3:]] == ["–", "–"]


def test_word_report_takes_any_text():
    strange = replace(findings()[0], message=HOSTILE, reported=HOSTILE, evidence=(HOSTILE,), period=HOSTILE)
    assert docx.Document(io.BytesIO(to_docx(audit((strange,)), ON))).tables
    assert docx.Document(io.BytesIO(to_docx(EMPTY, ON))).paragraphs


# ---- advice


def test_every_code_has_its_advice_and_no_other():
    assert list(by_code()) == CODES


@pytest.mark.parametrize("code", CODES)
def test_advice_is_said_in_whole_sentences(code):
    told = advice_on(code)
    assert 5 < len(told.title) < 60 and not told.title.endswith(".")
    for text in (told.meaning, told.reason, told.action):
        assert text.lstrip("«")[0].isupper() and text[-1] == "." and len(text) > 40
        assert not re.search(r'["\n]|  |\d %| - ', text)


def test_unknown_code_is_told_with_the_nearest():
    with pytest.raises(UserError, match="share-wrong"):
        advice_on("share-wrog")


def test_pages_of_the_rules_are_made_of_the_advice():
    found = subprocess.run(
        [sys.executable, "tools/audit_pages.py", "--check"], cwd=ROOT, capture_output=True, text=True, check=False
    )
    assert (found.returncode, found.stdout, found.stderr) == (0, "", "")
    assert {path.stem for path in (ROOT / "docs/audit").glob("*.md")} == {*CODES, "README", "rules"}
