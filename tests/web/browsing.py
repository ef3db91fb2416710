"""Chromium, and people who walk through the pages in it: what a page says wrong to the console or asks of others is
remembered, and every page they come to is looked at once (looking.py).
"""

from __future__ import annotations

import re
import shutil
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from playwright import sync_api as playwright
from web_messages import translated

from web.looking import faults
from web.pictures import take

CHROMIUM = shutil.which("chromium") or shutil.which("google-chrome")
DESKTOP, PHONE = {"width": 1280, "height": 900}, {"width": 390, "height": 844}
PATIENCE = 10_000  # milliseconds
_ARGUMENTS = ["--no-sandbox", "--disable-gpu", "--disable-background-networking", "--no-first-run"]
# What a browser says by itself when the network is taken away or an answer is a refusal.
_OWN = re.compile(r"ERR_INTERNET_DISCONNECTED|status of (40[39]|42[29])")

_PARTS = """[...document.querySelectorAll('h1, h2, .messages, .told, .refused')]
    .map(one => one.className || one.tagName).join()"""


@contextmanager
def chromium() -> Iterator[playwright.Browser]:
    with playwright.sync_playwright() as driver:
        browser = driver.chromium.launch(executable_path=CHROMIUM, args=_ARGUMENTS)
        yield browser
        browser.close()


def watch(page: playwright.Page, url: str, complaints: list[str]) -> None:
    """Errors of scripts, whatever the console calls an error, and requests to anybody else."""
    page.on("pageerror", lambda error: complaints.append(f"{page.url}: {error}"))
    page.on("console", lambda said: _is_error(said) and complaints.append(f"{page.url}: {said.text}"))
    page.on("request", lambda asked: asked.url.startswith((url, "data:")) or complaints.append(asked.url))


def _is_error(said: playwright.ConsoleMessage) -> bool:
    return "Content Security" in said.text or (said.type == "error" and not _OWN.search(said.text))


class Words:
    """Texts of the pages as they stand in the code, in the language that people chose."""

    def __init__(self, language: str) -> None:
        self.language = language
        self._known = translated() if language == "en" else {}

    def __call__(self, text: str, **values: object) -> str:
        said = self._known[text] if self._known else text
        return said % values if values else said


@dataclass
class Visitor:
    """Somebody in a browser of their own. `say` gives the texts of buttons and links by their Russian."""

    page: playwright.Page
    url: str
    say: Words
    wrong: list[str]
    seen: set[str]
    secret: str = field(default="", repr=False)  # of their codes
    spent: int = 0  # the moment whose code they have used

    def go(self, path: str) -> None:
        self.page.goto(path if path.startswith("http") else self.url + path)
        self.look()

    def press(self, text: str, role: Any = "button", within: playwright.Locator | None = None) -> None:
        """A button or link that leads to another page."""
        with self.page.expect_navigation():
            (within or self.page).get_by_role(role, name=self.say(text)).first.click()
        self.look()

    def follow(self, text: str, within: playwright.Locator | None = None) -> None:
        self.press(text, "link", within)

    def click(self, selector: str) -> None:
        """The first link or button that the selector finds."""
        with self.page.expect_navigation():
            self.page.locator(selector).first.click()
        self.look()

    def submit(self, selector: str = "main form") -> None:
        """The first button of a form."""
        with self.page.expect_navigation():
            self.page.locator(selector).locator("button").first.click()
        self.look()

    def look(self) -> None:
        """Pages of one address differ by their head and by what they tell; each is looked at once."""
        told = self.page.evaluate(_PARTS)
        name = re.sub(r"\d+|(?<=/invitation/).+", "…", self.page.url.removeprefix(self.url))
        if f"{name} {told}" not in self.seen:
            self.seen.add(f"{name} {told}")
            self.wrong.extend(faults(self.page, name))

    def narrow(self) -> None:
        """The same page on a phone."""
        before = self.page.viewport_size or DESKTOP
        self.page.set_viewport_size(PHONE)
        self.wrong.extend(faults(self.page, self.page.url.removeprefix(self.url)))
        self.page.set_viewport_size(before)

    def picture(self, name: str, target: str = "") -> None:
        take(self.page, name, self.say.language, target)


@dataclass
class Company:
    """The people of one test, all in one browser, and what went wrong with any of them."""

    browser: playwright.Browser
    url: str
    say: Words
    wrong: list[str] = field(default_factory=list)
    seen: set[str] = field(default_factory=set)
    _contexts: list[playwright.BrowserContext] = field(default_factory=list)

    def visitor(self, **options: Any) -> Visitor:
        context = self.browser.new_context(**{"viewport": DESKTOP, "locale": "ru-RU"} | options)
        context.set_default_timeout(PATIENCE)
        context.on("page", lambda page: watch(page, self.url, self.wrong))
        self._contexts.append(context)
        return Visitor(context.new_page(), self.url, self.say, self.wrong, self.seen)

    def leave(self) -> None:
        for context in self._contexts:
            context.close()


@dataclass
class Steps:
    """What people do one after the other; `folder` takes the files that they upload."""

    company: Company
    folder: Path

    @property
    def say(self) -> Words:
        return self.company.say

    def file(self, name: str, content: bytes) -> Path:
        path = self.folder / name
        path.write_bytes(content)
        return path


def paste(field_: playwright.Locator, text: str) -> None:
    """Ctrl+V after Ctrl+C in a spreadsheet."""
    page = field_.page
    page.evaluate("text => navigator.clipboard.writeText(text)", text)
    field_.focus()
    page.keyboard.press("Control+V")
