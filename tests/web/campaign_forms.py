"""A campaign in a browser: opened, its forms filled, returned, mended, accepted, and all of it approved."""

from __future__ import annotations

from datetime import date, timedelta

from playwright.sync_api import Locator, expect

from orientir.sources.forms.layout import code_of
from web import coming_in
from web.answers import as_copied, filled, sections
from web.browsing import Steps, Visitor, paste
from web.campaign_people import DISTRICT

LAST_YEAR, THIS_YEAR = "2020/21", "2021/22"
GRADUATES, COLLEGE = "graduates_9", "admitted_college_9"
GRADE_10, ADVISED, EVENTS, TOURS = (
    "destination_9|destination=grade_10",
    "recommended_9",
    "event_participants",
    "tour_pupils",
)
BEFORE = {GRADUATES: "24", COLLEGE: "13", GRADE_10: "11", ADVISED: "24"}


def _field(visitor: Visitor, code: str) -> Locator:
    return visitor.page.locator(f'[name="cell:{code}"]')


def _told(visitor: Visitor, code: str) -> Locator:
    """What the checks say at the row of a cell."""
    return visitor.page.locator(f"#i{_field(visitor, code).get_attribute('data-row')}")


class Forms(Steps):
    """Who fills, checks and approves."""

    def open(self, coordinator: Visitor, period: str, *schools: str) -> None:
        """For all schools, or for those that are told."""
        coordinator.go("/")
        coordinator.follow("Новый сбор сведений")
        coordinator.page.select_option("[name=district]", label=DISTRICT)
        coordinator.page.select_option("[name=programme]", "career_guidance_2022")
        coordinator.press("Дальше")
        coordinator.page.fill("[name=period]", period)
        coordinator.page.fill("[name=closes]", (date.today() + timedelta(days=14)).isoformat())
        if schools:
            for box in coordinator.page.locator("label:has([name=organisations])").all():
                box.locator("input").set_checked(box.inner_text().strip() in schools)
        coordinator.press("Открыть сбор")
        expect(coordinator.page.locator("main")).to_contain_text("Asia/Novokuznetsk")

    def last_year(self, coordinator: Visitor, officer: Visitor) -> None:
        """So that this year has something to be compared with."""
        self.open(coordinator, LAST_YEAR, "Школа № 1")
        self.upload(officer, LAST_YEAR, **BEFORE)
        coordinator.go("/")
        coordinator.click("main a[href$='/review/']")
        coordinator.press("Принять форму")

    def _form(self, visitor: Visitor, period: str) -> None:
        visitor.go("/")
        visitor.click(f"main tr:has-text('{period}') a[href^='/forms/']")

    def upload(self, officer: Visitor, period: str, **other: str) -> None:
        """The form as a workbook: downloaded, filled elsewhere, brought back, submitted."""
        self._form(officer, period)
        with officer.page.expect_download() as download:
            officer.page.get_by_role("link", name=self.say("Скачать книгой Excel")).click()
        content = filled(download.value.path().read_bytes(), **other)
        officer.page.locator("details.upload summary").click()
        officer.page.set_input_files("[name=workbook]", self.file("form.xlsx", content))
        officer.press("Загрузить", within=officer.page.locator("details.upload"))
        officer.follow("К форме")
        self._submit(officer)

    def _submit(self, officer: Visitor) -> None:
        officer.follow("Сдать форму…")
        officer.press("Сдать форму")
        expect(officer.page.locator(".steps [aria-current]")).to_have_text(self.say("Сдана"))

    def fill(self, officer: Visitor, coordinator: Visitor) -> None:
        """In the grid: typed, pasted, without a network, against somebody else."""
        self._form(officer, THIS_YEAR)
        coordinator.go(officer.page.url)
        self._type(officer)
        officer.page.context.grant_permissions(["clipboard-read", "clipboard-write"])
        for section in sections():
            first = code_of(*section.rows[0].cells[0].key)
            paste(_field(officer, first), as_copied(section))
        self._all_saved(officer)
        officer.look()
        self._lose_the_network(officer)
        self._meet(officer, coordinator)
        self._submit(officer)

    def _type(self, officer: Visitor) -> None:
        """What is wrong is told as one types; so is what has jumped since last year, until there is a reason."""
        page = officer.page
        _field(officer, GRADUATES).click()
        page.keyboard.type("40")
        page.keyboard.press("Enter")
        expect(_field(officer, COLLEGE)).to_be_focused()
        page.keyboard.type("60")
        expect(_told(officer, GRADUATES)).to_contain_text("60 больше, чем 40")
        officer.picture("remark", "#h-graduates_9")
        page.keyboard.press("Control+A")
        page.keyboard.type("18")
        expect(_told(officer, GRADUATES)).to_contain_text("причины нет")
        for code in (GRADUATES, GRADE_10):
            page.locator(f'[name="reason:{code}"]').fill("открыли второй девятый класс")
        page.keyboard.press("Tab")
        expect(_told(officer, GRADUATES)).to_be_empty()

    def _lose_the_network(self, officer: Visitor) -> None:
        officer.page.context.set_offline(True)
        _field(officer, TOURS).fill("90")
        officer.page.keyboard.press("Tab")
        waits = self.say("Нет связи. Ячеек ждут на этом компьютере: {count}. Они уйдут, когда связь вернётся.")
        expect(officer.page.locator("#queue")).to_have_text(waits.format(count=1))
        officer.page.context.set_offline(False)
        self._all_saved(officer)

    def _meet(self, officer: Visitor, coordinator: Visitor) -> None:
        """The coordinator corrects a cell by the telephone; the officer, who does not see it, corrects it too."""
        coordinator.page.reload()
        for visitor, text in ((coordinator, "125"), (officer, "130")):
            _field(visitor, EVENTS).fill(text)
            visitor.page.keyboard.press("Enter")
            if visitor is coordinator:
                self._all_saved(visitor)
        row = officer.page.locator("tr", has=_field(officer, EVENTS))
        told = self.say("Другой человек сохранил: {text}. У вас: {own}.")
        expect(row).to_contain_text(told.format(text="125", own="130"))
        officer.look()
        officer.picture("conflict", "#h-support")
        row.get_by_role("button", name=self.say("Взять его")).click()
        self._all_saved(officer)
        expect(_field(officer, EVENTS)).to_have_value("125")

    def _all_saved(self, visitor: Visitor) -> None:
        expect(visitor.page.locator("#queue")).to_have_text(self.say("Всё сохранено."), timeout=20_000)

    def review(self, coordinator: Visitor, officer: Visitor) -> None:
        """The coordinator comes again the next morning, types a wrong password first, and gives a code."""
        coming_in.log_out(coordinator)
        coming_in.log_in(coordinator, "coordinator@example.org", "не тот пароль")
        expect(coordinator.page.locator("main .errorlist")).to_be_visible()
        coming_in.log_in(coordinator, "coordinator@example.org")
        coming_in.give_code(coordinator)
        coordinator.click("main a[href$='/review/']:text-is('Школа № 1')")
        remark = coordinator.page.locator(f'[name="remark:{ADVISED}"]')
        coordinator.page.locator("td", has=remark).locator("summary").click()
        remark.fill("Сверьте с журналом консультаций")
        coordinator.press("Вернуть форму")
        self._mend(officer)
        coordinator.go("/")
        coordinator.click(f"main a:has-text('{THIS_YEAR}')")
        coordinator.page.check("[name=all]")
        coordinator.press("Принять те, где нет ошибок")
        done = self.say("Выполнено: %(done)s из %(all)s.", done=2, all=2)
        expect(coordinator.page.locator("main [role=status]")).to_have_text(done)

    def _mend(self, officer: Visitor) -> None:
        self._form(officer, THIS_YEAR)
        expect(officer.page.locator("tr", has=_field(officer, ADVISED))).to_contain_text("Сверьте с журналом")
        _field(officer, ADVISED).fill("30")
        officer.page.keyboard.press("Tab")
        self._all_saved(officer)
        self._submit(officer)

    def approve(self, head: Visitor) -> None:
        head.go("/")
        head.click(f"main a[href$='/approval/']:has-text('{THIS_YEAR}')")
        head.press("Утвердить сведения")
        expect(head.page.locator(".messages")).to_contain_text(
            self.say("Сведения утверждены. Контрольная сумма: %(sum)s.", sum="").rstrip(". ")
        )
