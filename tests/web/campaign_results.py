"""A campaign in a browser: the panels, the report, the release and the decision that follow from what was accepted."""

from __future__ import annotations

import hashlib
import io
import zipfile
from pathlib import Path

import docx
from docx.oxml.ns import qn
from playwright.sync_api import expect

from web.browsing import Steps, Visitor
from web.campaign_forms import THIS_YEAR
from web.campaign_people import DISTRICT


class Results(Steps):
    """What follows."""

    def look_at_panels(self, head: Visitor) -> None:
        head.follow("Панели показателей")
        head.click(f"main tr:has-text('{THIS_YEAR}') a")
        expect(head.page.locator("#freshness")).to_contain_text(self.say("Учтено всё принятое."), timeout=60_000)
        head.go(head.page.url)
        district = head.page.url
        head.follow("Сравнить организации")
        head.go(district)
        head.click("main table a[href*='/indicators/']")
        head.click("main a.of")

    def report(self, coordinator: Visitor) -> None:
        """Made by the worker while the page tells how far it is."""
        coordinator.follow("Панели показателей")
        coordinator.click(f"main tr:has-text('{THIS_YEAR}') a[href^='/documents/']")
        for kind in ("pdf", "html", "xlsx"):
            coordinator.page.uncheck(f"form[action$='/report/'] [value={kind}]")
        coordinator.click("form[action$='/report/'] button")
        coordinator.picture("job", "ul.jobs")
        made = self._downloaded(coordinator, "ul.jobs a")
        with zipfile.ZipFile(made) as archive:
            [name] = [one for one in archive.namelist() if one.endswith(".docx")]
            report = docx.Document(io.BytesIO(archive.read(name)))
        text = "".join(one.text or "" for one in report.element.iter(qn("w:t")))
        assert DISTRICT in text and "Школа № 2" in text.replace("\u00a0", " ")

    def release(self, head: Visitor) -> None:
        head.follow("Панели показателей")
        head.click(f"main tr:has-text('{THIS_YEAR}') a[href^='/documents/']")
        head.press("Опубликовать выпуск")
        expect(head.page.locator("main table code")).to_be_visible(timeout=90_000)
        head.look()
        head.picture("publication", "ul.jobs")
        told = head.page.locator("main table code").inner_text()
        made = self._downloaded(head, "main table a")
        assert hashlib.sha256(made.read_bytes()).hexdigest() == told
        with zipfile.ZipFile(made) as archive:
            assert archive.testzip() is None and any(one.endswith(".html") for one in archive.namelist())

    def _downloaded(self, visitor: Visitor, link: str) -> Path:
        expect(visitor.page.locator(link).first).to_be_visible(timeout=90_000)
        with visitor.page.expect_download() as download:
            visitor.page.locator(link).first.click()
        return Path(download.value.path())

    def decide(self, coordinator: Visitor) -> None:
        """On the ground of a text that the program wrote."""
        coordinator.follow("Рекомендации и решения")
        coordinator.click(f"main li:has-text('{THIS_YEAR}') a")
        coordinator.click("main article a")
        coordinator.follow("Записать решение на этом основании")
        told = {
            "title": "Утвердить план встреч девятиклассников с колледжами",
            "decided_on": "2022-11-14",
            "due": "2023-05-31",
        }
        for name, text in told.items():
            coordinator.page.fill(f"[name={name}]", text)
        coordinator.page.select_option("[name=owner]", index=1)
        coordinator.page.select_option("[name=indicators]", index=0)
        coordinator.press("Записать")
        coordinator.follow("Рекомендации и решения")
        expect(coordinator.page.locator("main table")).to_contain_text(told["title"])
        coordinator.picture("decisions")
