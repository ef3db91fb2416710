"""The demo district as its coordinator and its regional operator see it: pages full of numbers, wide and narrow.

The pictures of the guides are taken here and in test_campaign_in_browser.py (pictures.py).
"""

from __future__ import annotations

from collections.abc import Iterator

import pytest
from playwright.sync_api import Browser, expect

from web.browsing import Company, Visitor, Words, chromium
from web.coming_in import choose_language, log_in
from web.test_serving import served

pytestmark = [pytest.mark.slow, pytest.mark.long]
REPORT = """<!doctype html><html lang="ru"><head><meta charset="utf-8"><title>Отчёт</title></head><body>
<h1>Отчёт о мониторинге за 2021/22 учебный год</h1><p>Таблица 1. Поступление выпускников 9 классов</p><table>
<tr><th>Организация</th><th>Выпускников, чел.</th><th>Поступили в колледж, чел.</th><th>Доля, %</th></tr>
<tr><td>Школа № 1</td><td>57</td><td>23</td><td>57,1</td></tr>
<tr><td>Школа № 2</td><td>40</td><td>44</td><td>110,0</td></tr>
<tr><td>Всего</td><td>97</td><td>67</td><td>69,1</td></tr></table>
<p>Доля поступивших в колледж выросла и составила 57,1 % (23 из 57).</p></body></html>"""


_PAGES = {
    "board": "/campaigns/1/",
    "letters": "/campaigns/1/letters/",
    "settings": "/campaigns/1/settings/",
    "people": "/people/",
    "panels": "/panels/1/",
    "comparison": "/panels/1/comparison/",
    "indicator": "/panels/1/indicators/college_9/",
    "documents": "/documents/1/",
    "texts": "/decisions/texts/1/",
    "form": "/forms/3/",
}

_PICTURED = frozenset({"board", "letters", "people", "panels"})


@pytest.fixture(scope="module")
def browser() -> Iterator[Browser]:
    with chromium() as browser:
        yield browser


def test_full_pages_have_no_faults(browser: Browser, tmp_path_factory: pytest.TempPathFactory) -> None:
    with served(tmp_path_factory.mktemp("demo") / "data", "--demo") as (url, lines):
        passwords = dict(line.split()[:2] for line in lines if "@example.org" in line)
        for language in ("ru", "en"):
            company = Company(browser, url, Words(language))
            try:
                _walk(_came(company, "coordinator@example.org", passwords))
                _compare(_came(company, "regional.operator@example.org", passwords))
            finally:
                company.leave()
            assert not company.wrong, "\n".join(company.wrong)


def _came(company: Company, email: str, passwords: dict[str, str]) -> Visitor:
    visitor = company.visitor()
    visitor.go("/account/login/")
    choose_language(visitor)
    log_in(visitor, email, passwords[email])
    choose_language(visitor)  # their own is another one
    return visitor


def _walk(visitor: Visitor) -> None:
    for name, path in _PAGES.items():
        visitor.go(path)
        visitor.narrow()
        if name in _PICTURED:
            visitor.picture(name)
    _check_a_report(visitor)


def _check_a_report(visitor: Visitor) -> None:
    visitor.go("/report-checks/")
    file = {"name": "отчёт.html", "mimeType": "text/html", "buffer": REPORT.encode()}
    visitor.page.set_input_files("[name=file]", files=[file])  # type: ignore[list-item]
    visitor.press("Проверить")
    expect(visitor.page.locator(".audit .finding").first).to_be_visible(timeout=60_000)
    visitor.narrow()
    visitor.go("/report-checks/")
    visitor.narrow()
    visitor.picture("checks")


def _compare(visitor: Visitor) -> None:
    visitor.go("/panels/districts/")
    visitor.narrow()
    visitor.picture("districts")
