"""Filling a form in a real browser against a running server: keys, paste, no network, two people, the whole way.

Each test has a form of its own (browser_world.py). Nothing may offend the policy of the pages.
"""

from __future__ import annotations

import json
import os
import re
import subprocess
import sys
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import pytest
from playwright import sync_api as playwright
from playwright.sync_api import expect

from web.browsing import DESKTOP, PATIENCE, PHONE, chromium, paste, watch
from web.test_serving import served
from web.world import PASSWORD

pytestmark = pytest.mark.slow
GRADUATES, COLLEGE, YES_NO = "graduates_9", "admitted_college_9", "schools_with_psychologist"
_CELLS = """[...document.querySelectorAll('#grid [name^="cell:"]')].map(
    one => [one.name.slice(5), one.tagName, Number(one.dataset.version)])"""


@dataclass(frozen=True)
class Demo:
    url: str


@pytest.fixture(scope="module")
def demo(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Demo]:
    data = tmp_path_factory.mktemp("browser") / "data"
    told = {name: value for name, value in os.environ.items() if not name.startswith(("ORIENTIR_", "DJANGO_"))}
    tests = str(Path(__file__).parents[1])
    path = os.pathsep.join(part for part in (tests, os.environ.get("PYTHONPATH", "")) if part)
    command = [sys.executable, "-m", "web.browser_world", str(data)]
    subprocess.run(command, env=told | {"PYTHONPATH": path}, check=True)
    with served(data) as (url, _lines):
        yield Demo(url)


@pytest.fixture(scope="module")
def browser() -> Iterator[playwright.Browser]:
    with chromium() as browser:
        yield browser


@pytest.fixture
def enter(browser: playwright.Browser, demo: Demo) -> Iterator[Callable[..., playwright.Page]]:
    """Somebody logs in in a browser of their own. The test fails if a page errs or offends the policy."""
    complaints: list[str] = []
    contexts = []

    def made(name: str, **options: Any) -> playwright.Page:
        context = browser.new_context(**{"viewport": DESKTOP, "locale": "ru-RU"} | options)
        context.set_default_timeout(PATIENCE)
        contexts.append(context)
        context.on("page", lambda page: watch(page, demo.url, complaints))
        page = context.new_page()
        page.goto(f"{demo.url}/account/login/")
        page.fill("[name=login]", f"{name}@example.org")
        page.fill("[name=password]", PASSWORD)
        page.click("main button")
        page.wait_for_url(f"{demo.url}/")
        return page

    yield made
    for context in contexts:
        context.close()
    assert not complaints


def _open(page: playwright.Page, demo: Demo, form: int) -> playwright.Page:
    page.goto(f"{demo.url}/forms/{form}/")
    return page


def _field(page: playwright.Page, code: str) -> playwright.Locator:
    return page.locator(f'[name="cell:{code}"]')


def _status(page: playwright.Page, code: str) -> playwright.Locator:
    return page.locator(f"#s{(_field(page, code).get_attribute('id') or '')[1:]}")


def _queue(page: playwright.Page) -> playwright.Locator:
    return page.locator("#queue")


def _paste(field: playwright.Locator, text: str) -> None:
    field.evaluate(
        """(field, text) => {
            const data = new DataTransfer();
            data.setData("text/plain", text);
            field.dispatchEvent(new ClipboardEvent("paste", {clipboardData: data, bubbles: true, cancelable: true}));
        }""",
        text,
    )


def _fill_all(page: playwright.Page, demo: Demo, form: int) -> None:
    """Zeros and «нет» with a reason, to the address that the page itself uses."""
    cells = [
        {"code": code, "text": "нет" if tag == "SELECT" else "0", "version": version, "reason": "школа новая"}
        for code, tag, version in page.evaluate(_CELLS)
    ]
    token = next(one["value"] for one in page.context.cookies() if one["name"] == "csrftoken")
    body = {"person": int(page.locator("#grid").get_attribute("data-person") or 0), "cells": cells}
    headers = {"X-CSRFToken": token, "Content-Type": "application/json", "Referer": demo.url}
    answer = page.request.post(f"{demo.url}/forms/{form}/cells/", data=json.dumps(body), headers=headers)
    assert answer.ok, answer.text()
    assert answer.json()["filled"] == len(cells) and answer.json()["errors"] == 0, answer.json()["summary"]


def test_keys_move_and_what_is_typed_is_saved(enter: Any, demo: Demo) -> None:
    page = _open(enter("coordinator"), demo, 2)
    first = _field(page, GRADUATES)
    first.click()
    page.keyboard.type("35")
    page.keyboard.press("Enter")
    expect(_field(page, COLLEGE)).to_be_focused()
    expect(_status(page, GRADUATES)).to_have_text("сохранено")
    page.keyboard.type("40")
    page.keyboard.press("Shift+Enter")
    expect(first).to_be_focused()
    row = first.get_attribute("data-row")
    expect(page.locator(f"#i{row}")).to_contain_text("40 больше, чем 35")
    expect(first).to_have_attribute("aria-invalid", "true")
    page.keyboard.press("ArrowDown")
    page.keyboard.type("4")
    page.keyboard.press("Escape")
    expect(_field(page, COLLEGE)).to_have_value("40")
    page.keyboard.type("30")
    page.keyboard.press("Tab")
    expect(page.locator(f"#i{row}")).not_to_contain_text("больше, чем")
    left, right = "pupils_grade|grade=1", "pupils_grade|grade=2"
    _field(page, left).click()
    page.keyboard.type("17")
    page.keyboard.press("ArrowRight")
    expect(_field(page, right)).to_be_focused()
    page.keyboard.press("ArrowLeft")
    expect(_field(page, left)).to_be_focused()
    expect(_queue(page)).to_have_text("Всё сохранено.")
    page.reload()
    assert [_field(page, code).input_value() for code in (GRADUATES, COLLEGE, left)] == ["35", "30", "17"]


def test_what_is_no_number_is_kept_and_told(enter: Any, demo: Demo) -> None:
    page = _open(enter("coordinator"), demo, 3)
    _field(page, GRADUATES).fill("тридцать")
    page.keyboard.press("Enter")
    expect(_status(page, GRADUATES)).to_have_text("не сохранено")
    row = _field(page, GRADUATES).get_attribute("data-row")
    expect(page.locator(f"#w{row}")).to_contain_text("не число")
    page.reload()
    expect(_field(page, GRADUATES)).to_have_value("тридцать")
    expect(_status(page, GRADUATES)).to_have_text("не сохранено")
    _field(page, GRADUATES).fill("1 030")
    page.keyboard.press("Enter")
    expect(_status(page, GRADUATES)).to_have_text("сохранено")
    expect(_field(page, GRADUATES)).to_have_value("1030")


def test_a_block_is_pasted_from_a_spreadsheet(enter: Any, demo: Demo) -> None:
    page = _open(enter("coordinator"), demo, 4)
    rows = page.locator("[aria-labelledby=h-advanced] tbody tr:not(.sums)")
    lines = [[str(10 * down + right) for right in range(5)] for down in range(5)]
    _paste(rows.nth(1).locator("[name^='cell:']").first, "\r\n".join("\t".join(line) for line in lines) + "\r\n")
    expect(page.locator("[aria-labelledby=h-advanced] .issue.error").first).to_contain_text("Не поместилось")
    expect(page.locator("#filled")).to_have_text("20")
    page.reload()
    for down, line in enumerate(lines):
        fields = rows.nth(1 + down).locator("[name^='cell:']").all()
        assert [field.input_value() for field in fields] == line[:4]
    total = rows.nth(2).locator("output").first
    expect(total).to_have_text(str(10 + 11 + 12 + 13))


def test_a_column_is_pasted_from_a_yes_or_no_on(enter: Any, demo: Demo) -> None:
    page = _open(enter("coordinator"), demo, 13)
    page.context.grant_permissions(["clipboard-read", "clipboard-write"])
    paste(_field(page, "schools"), "да\r\nнет\r\nда\r\nнет\r\n14\r\n")
    expect(_queue(page)).to_have_text("Всё сохранено.")
    page.reload()
    assert [_field(page, code).input_value() for code in ("schools", YES_NO, "college_distance")] == ["да", "нет", "14"]


def test_a_mark_goes_into_the_empty_cells_of_its_row(enter: Any, demo: Demo) -> None:
    page = _open(enter("coordinator"), demo, 5)
    row = page.locator("[aria-labelledby=h-profiles] tbody tr").first
    row.locator("[name^='cell:']").first.fill("3")
    row.locator("select[name^='mark:']").select_option("не применимо")
    expect(_queue(page)).to_have_text("Всё сохранено.")
    page.reload()
    assert [one.input_value() for one in row.locator("[name^='cell:']").all()] == ["3", "не применимо"]
    _field(page, YES_NO).select_option("да")
    expect(_status(page, YES_NO)).to_have_text("сохранено")


def test_without_a_network_cells_wait_and_then_go(enter: Any, demo: Demo) -> None:
    page = _open(enter("coordinator"), demo, 6)
    page.context.set_offline(True)
    for code, text in ((GRADUATES, "35"), (COLLEGE, "20"), ("graduates_11", "12")):
        _field(page, code).fill(text)
    page.keyboard.press("Tab")
    expect(_queue(page)).to_contain_text("Нет связи. Ячеек ждут на этом компьютере: 3")
    expect(_status(page, GRADUATES)).to_have_text("ждёт")
    page.context.set_offline(False)
    expect(_queue(page)).to_have_text("Всё сохранено.", timeout=15_000)
    page.reload()
    assert [_field(page, code).input_value() for code in (GRADUATES, COLLEGE, "graduates_11")] == ["35", "20", "12"]


def test_a_tab_closed_without_a_network_loses_nothing(enter: Any, demo: Demo) -> None:
    page = _open(enter("coordinator"), demo, 7)
    page.context.set_offline(True)
    _field(page, GRADUATES).fill("35")
    page.close()
    page.context.set_offline(False)
    again = _open(page.context.new_page(), demo, 7)
    expect(_field(again, GRADUATES)).to_have_value("35")
    expect(_status(again, GRADUATES)).to_have_text("сохранено")
    again.reload()
    expect(_field(again, GRADUATES)).to_have_attribute("data-version", "1")


def test_a_page_with_unsaved_cells_asks_before_it_is_left(enter: Any, demo: Demo) -> None:
    page = _open(enter("coordinator"), demo, 8)
    page.context.set_offline(True)
    _field(page, GRADUATES).click()
    page.keyboard.type("35")
    asked = []
    page.once("dialog", lambda dialog: (asked.append(dialog.type), dialog.dismiss()))
    page.close(run_before_unload=True)
    page.wait_for_timeout(500)
    assert asked == ["beforeunload"]


def test_two_people_in_one_cell_decide_themselves(enter: Any, demo: Demo) -> None:
    stale, other = enter("coordinator"), enter("officer")
    _open(stale, demo, 1)
    _open(other, demo, 1)
    for code, text in ((GRADUATES, "56"), (COLLEGE, "41")):
        _field(other, code).fill(text)
        other.keyboard.press("Enter")
    expect(_queue(other)).to_have_text("Всё сохранено.")
    for code, text in ((GRADUATES, "60"), (COLLEGE, "40")):
        _field(stale, code).fill(text)
        stale.keyboard.press("Enter")
    expect(_status(stale, GRADUATES)).to_have_text("изменил другой")
    expect(stale.locator("body")).to_contain_text("Другой человек сохранил: 56. У вас: 60.")
    row = stale.locator("tr", has=_field(stale, GRADUATES))
    row.get_by_role("button", name="Оставить моё").click()
    row = stale.locator("tr", has=_field(stale, COLLEGE))
    row.get_by_role("button", name="Взять его").click()
    expect(_queue(stale)).to_have_text("Всё сохранено.")
    expect(_field(stale, COLLEGE)).to_have_value("41")
    stale.reload()
    assert [_field(stale, code).input_value() for code in (GRADUATES, COLLEGE)] == ["60", "41"]
    row = stale.locator("tr", has=_field(stale, GRADUATES))
    row.locator("a.more").click()
    panel = stale.locator("dialog[open]")
    expect(panel.locator("tbody tr")).to_have_count(2)
    expect(panel).to_contain_text("coordinator")
    panel.get_by_role("button", name="Закрыть").click()
    expect(stale.locator("dialog[open]")).to_have_count(0)


def test_an_ended_session_is_told_and_the_cells_go_after_the_next_log_in(enter: Any, demo: Demo) -> None:
    page = _open(enter("coordinator"), demo, 9)
    cookies = page.context.cookies()
    page.context.clear_cookies()
    _field(page, GRADUATES).fill("35")
    page.keyboard.press("Enter")
    expect(_queue(page)).to_contain_text(re.compile("Вход закончился|Сервер не принял"))
    page.context.add_cookies(cookies)  # type: ignore[arg-type]
    expect(_queue(page)).to_have_text("Всё сохранено.", timeout=15_000)


def test_whoever_logs_out_leaves_nothing_behind(enter: Any, demo: Demo) -> None:
    page = _open(enter("coordinator"), demo, 10)
    _field(page, GRADUATES).fill("много")
    page.keyboard.press("Enter")
    expect(_status(page, GRADUATES)).to_have_text("не сохранено")
    assert page.evaluate("Object.keys(localStorage).length") == 1
    page.on("dialog", lambda dialog: dialog.accept())
    page.goto(f"{demo.url}/account/logout/")
    page.click("main button")
    page.wait_for_url("**/account/login/")
    assert page.evaluate("Object.keys(localStorage).length") == 0


def test_the_whole_way_of_a_form(enter: Any, demo: Demo) -> None:
    coordinator, second = enter("coordinator"), enter("officer")
    _open(second, demo, 1)
    second.get_by_role("link", name="Сдать форму…").click()
    expect(second.locator("main")).to_contain_text("Сдать форму мешает")
    second.locator("main .columns a").first.click()
    assert "/forms/1/#c" in second.url
    _fill_all(_open(second, demo, 1), demo, 1)
    second.reload()
    second.get_by_role("link", name="Сдать форму…").click()
    second.get_by_role("button", name="Сдать форму").click()
    expect(second.locator(".steps [aria-current]")).to_contain_text("Сдана")
    expect(second.locator("[name^='cell:']")).to_have_count(0)
    expect(second.locator("#left")).to_be_hidden()
    key = second.locator("#left").get_attribute("data-key")
    second.evaluate("key => localStorage.setItem(key, '{}')", key)
    second.reload()
    expect(second.locator("#left")).to_be_visible()
    second.evaluate("key => localStorage.removeItem(key)", key)

    coordinator.goto(f"{demo.url}/")
    coordinator.locator("a[href='/forms/1/review/']").first.click()
    remark = coordinator.locator(f'[name="remark:{GRADUATES}"]')
    coordinator.locator("td", has=remark).locator("summary").click()
    remark.fill("Сверьте с книгой выдачи аттестатов")
    coordinator.get_by_role("button", name="Вернуть форму").click()
    expect(coordinator.locator(".steps [aria-current]")).to_contain_text("Возвращена")

    _open(second, demo, 1)
    row = second.locator("tr", has=_field(second, GRADUATES))
    expect(row).to_contain_text("Сверьте с книгой выдачи аттестатов")
    reason = row.locator("[name^='reason:']")
    reason.fill("сверено, выпускников нет")
    reason.press("Tab")
    expect(_queue(second)).to_have_text("Всё сохранено.")
    second.get_by_role("link", name="Сдать форму…").click()
    second.get_by_role("button", name="Сдать форму").click()

    coordinator.goto(f"{demo.url}/forms/1/review/")
    coordinator.get_by_role("button", name="Принять форму").click()
    expect(coordinator.locator(".steps [aria-current]")).to_contain_text("Принята")


@pytest.mark.parametrize("viewport", [DESKTOP, PHONE], ids=["1280", "390"])
def test_the_form_does_not_scroll_sideways(enter: Any, demo: Demo, viewport: dict[str, int]) -> None:
    page = _open(enter("coordinator", viewport=viewport), demo, 11)
    assert page.evaluate("document.documentElement.scrollWidth <= window.innerWidth")


def test_without_scripts_the_form_is_saved_as_a_whole(enter: Any, demo: Demo) -> None:
    page = _open(enter("coordinator", java_script_enabled=False), demo, 12)
    _field(page, GRADUATES).fill("35")
    page.get_by_role("button", name="Сохранить").click()
    expect(page.locator(".messages")).to_contain_text("Сохранено ячеек: 1.")
    expect(_field(page, GRADUATES)).to_have_value("35")
