"""The HTML report in a real browser, from a file and without a network."""

from __future__ import annotations

import shutil
from collections.abc import Iterator
from pathlib import Path

import pytest
from playwright import sync_api as playwright

from orientir.reports.to_html import to_html
from sample_document import sample

CHROMIUM = shutil.which("chromium") or shutil.which("google-chrome")
pytestmark = pytest.mark.slow

DESKTOP = {"width": 1280, "height": 900}
PHONE = {"width": 390, "height": 844}


@pytest.fixture(scope="module")
def browser() -> Iterator[playwright.Browser]:
    with playwright.sync_playwright() as driver:
        browser = driver.chromium.launch(executable_path=CHROMIUM, args=["--no-sandbox", "--disable-gpu"])
        yield browser
        browser.close()


@pytest.fixture(scope="module")
def address(tmp_path_factory: pytest.TempPathFactory) -> str:
    path: Path = tmp_path_factory.mktemp("report") / "report.html"
    path.write_text(to_html(sample()), encoding="utf-8")
    return path.as_uri()


@pytest.fixture
def page(browser, address, request) -> Iterator[playwright.Page]:
    """The report, opened; the test fails if the page complains or asks for anything but itself."""
    options = getattr(request, "param", {"viewport": DESKTOP})
    context = browser.new_context(offline=True, **options)
    page = context.new_page()
    complaints: list[str] = []
    page.on("console", lambda message: complaints.append(message.text))
    page.on("pageerror", lambda error: complaints.append(str(error)))
    page.on(
        "request", lambda asked: asked.url == address or asked.url.startswith("data:") or complaints.append(asked.url)
    )
    page.goto(address)
    yield page
    context.close()
    assert complaints == []


def panel_of(page: playwright.Page) -> playwright.Locator:
    return page.get_by_role("tooltip").filter(visible=True)


def test_hover_shows_the_origin_and_leaving_hides_it(page):
    page.locator("[data-n=n9]").first.hover()
    assert panel_of(page).inner_text().startswith("57,5\u00a0%\n\nДоля поступивших в вузы, 2021/22")
    page.locator("h1").hover()
    playwright.expect(panel_of(page)).to_have_count(0)


def test_panel_itself_may_be_hovered(page):
    page.locator("[data-n=n9]").first.hover()
    panel_of(page).hover()
    page.wait_for_timeout(400)
    assert panel_of(page).count() == 1


def test_focus_shows_the_origin_and_escape_hides_it(page):
    number = page.locator("[data-n=n9]").first
    number.focus()
    assert "46 : 80" in panel_of(page).inner_text()
    assert number.get_attribute("aria-describedby") == panel_of(page).get_attribute("id")
    page.keyboard.press("Escape")
    assert panel_of(page).count() == 0
    page.keyboard.press("Tab")
    page.keyboard.press("Tab")
    page.keyboard.press("Tab")
    assert "+0,4" in panel_of(page).inner_text()


@pytest.mark.parametrize("page", [{"viewport": PHONE, "has_touch": True, "is_mobile": True}], indirect=True)
def test_tap_shows_the_origin_inside_the_screen(page):
    page.locator("#t-higher [data-n=n3]").tap()
    page.wait_for_timeout(400)
    box = panel_of(page).bounding_box()
    assert box["x"] >= 0 and box["x"] + box["width"] <= PHONE["width"]
    page.locator("h1").tap()
    playwright.expect(panel_of(page)).to_have_count(0)


def test_charts_come_alive_with_russian_decimals(page):
    drawing = page.locator("#c-higher .live svg.marks")
    drawing.wait_for()
    assert drawing.get_attribute("aria-label") == page.locator("#c-higher img").get_attribute("alt")
    assert not page.locator("#c-higher img").is_visible()
    assert "57,5" in drawing.text_content()
    drawing.locator(".mark-rect.role-mark path").nth(1).hover()
    assert "%" in page.locator("#vg-tooltip-element.visible").inner_text()


def test_chart_can_be_saved_and_nothing_else(page):
    menu = page.locator("#c-higher .live details")
    menu.locator("summary").click()
    assert menu.locator("a").all_inner_texts() == ["Сохранить как SVG", "Сохранить как PNG"]


@pytest.mark.parametrize("page", [{"viewport": DESKTOP, "java_script_enabled": False}], indirect=True)
def test_picture_stays_without_scripts(page):
    picture = page.locator("#c-higher img")
    assert picture.is_visible() and picture.bounding_box()["height"] > 200
    assert not page.locator(".hint").is_visible()


def test_paper_gets_the_picture(page):
    page.locator("#c-higher .live svg.marks").wait_for()
    page.emulate_media(media="print")
    assert page.locator("#c-higher img").is_visible()
    assert not page.locator("#c-higher .live").is_visible()


@pytest.mark.parametrize("page", [{"viewport": DESKTOP}, {"viewport": PHONE}], indirect=True, ids=["1280", "390"])
def test_page_does_not_scroll_sideways(page):
    page.locator("#c-higher .live svg.marks").wait_for()
    assert page.evaluate("document.documentElement.scrollWidth <= window.innerWidth")


def test_header_of_a_long_table_stays_in_sight(page):
    box = page.locator("#t-issues .box")
    box.evaluate("box => { box.scrollTop = 1000 }")
    head = page.locator("#t-issues thead").bounding_box()
    assert abs(head["y"] - box.bounding_box()["y"]) < 3


def test_marks_stay_in_sight(page):
    page.locator("#t-issues").scroll_into_view_if_needed()
    assert page.locator(".banner").bounding_box()["y"] == 0


def test_long_table_can_be_searched(page):
    page.locator("#t-issues").get_by_role("searchbox").fill("всего  40")
    assert page.locator("#t-issues tbody tr:not(.group)").filter(visible=True).count() == 1
    assert page.locator("#t-issues output").inner_text().startswith("строк: 1 из ")


def test_contents_mark_where_the_reader_is(page):
    page.locator("#t-issues").scroll_into_view_if_needed()
    playwright.expect(page.locator(".contents [aria-current]")).to_have_attribute("href", "#h-issues")


@pytest.mark.parametrize("page", [{"viewport": PHONE}], indirect=True)
def test_first_words_are_on_the_first_screen_of_a_phone(page):
    assert page.locator("main h2").first.bounding_box()["y"] < PHONE["height"] * 0.7


@pytest.mark.parametrize("page", [{"viewport": PHONE}], indirect=True)
def test_small_chart_fits_a_phone(page):
    drawing = page.locator("#c-higher .live svg.marks")
    drawing.wait_for()
    assert drawing.bounding_box()["width"] <= PHONE["width"]


def test_passport_is_unfolded_for_paper(page):
    assert not page.locator(".passport").is_visible()
    page.evaluate("window.dispatchEvent(new Event('beforeprint'))")
    assert page.locator(".passport").is_visible()
