"""A campaign in a browser: the region, the district and its people, from the first link on."""

from __future__ import annotations

from playwright.sync_api import expect

from web import coming_in
from web.browsing import Steps, Visitor

DISTRICT = "Озёрский муниципальный округ"
SCHOOLS = "код;название;вид\nschool_1;Школа № 1;school\nschool_2;Школа № 2;school\n"


class People(Steps):
    """Who invites whom."""

    def begin(self, first: str) -> Visitor:
        """The first administrator names the region and invites its operator."""
        visitor = coming_in.accept(self.company, first, "admin@localhost")
        expect(visitor.page.locator(".messages")).to_contain_text(
            self.say("Для вашей роли нужен второй фактор входа. Настройте его, чтобы продолжить.")
        )
        coming_in.enrol_totp(visitor)
        visitor.go("/")
        visitor.follow("Организации и люди")
        visitor.click("main tbody a")
        visitor.follow("Изменить, переименовать, закрыть")
        visitor.page.fill("[name=title]", "Озёрская область")
        visitor.press("Сохранить")
        return visitor

    def region(self, administrator: Visitor) -> Visitor:
        """Its operator adds the district with its schools, and invites those who answer for it."""
        visitor = self._invited(administrator, "Региональный оператор", "operator@example.org", "Орлова Ольга Олеговна")
        coming_in.enrol_totp(visitor)
        visitor.go("/")
        visitor.follow("Организации и люди")
        visitor.click("main tbody a")
        visitor.follow("Добавить организацию внутрь")
        told = {"code": "district", "title": DISTRICT, "time_zone": "Asia/Novokuznetsk"}
        for name, text in told.items():
            visitor.page.fill(f"[name={name}]", text)
        visitor.page.select_option("[name=kind]", "district")
        visitor.press("Добавить")
        visitor.follow("Добавить многие из таблицы")
        visitor.picture("organisations_import")
        visitor.page.set_input_files("[name=table]", self.file("schools.csv", SCHOOLS.encode()))
        visitor.press("Загрузить")
        return visitor

    def district(self, region: Visitor) -> tuple[Visitor, Visitor]:
        coordinator = self._invited(region, "Координатор", "coordinator@example.org", "Климова Анна Ивановна")
        coming_in.enrol_totp(coordinator)
        head = self._invited(region, "Руководитель органа управления", "head@example.org", "Руднев Пётр Петрович")
        coming_in.add_passkey(head)
        coming_in.log_out(head)
        coming_in.log_in(head, "head@example.org")
        coming_in.use_passkey(head)
        expect(head.page.locator("h1")).to_have_text(self.say("Мои дела"))
        return coordinator, head

    def _invited(self, by: Visitor, role: str, email: str, name: str) -> Visitor:
        """From the page of the organisation, where `by` is."""
        by.page.fill("[name=full_name]", name)
        by.page.fill("[name=email]", email)
        by.page.select_option("[name=role]", label=self.say(role))
        by.press("Пригласить")
        return coming_in.accept(self.company, by.page.locator("#link").input_value(), email)

    def officers(self, coordinator: Visitor) -> list[Visitor]:
        """Many at once, from a table."""
        role = self.say("Ответственный в организации")
        rows = [
            f"Иванова Инна Игоревна;one@example.org;{role};school_1",
            f"Петров Павел Павлович;two@example.org;{role};school_2",
        ]
        table = "\n".join(["ФИО;почта;роль;организация", *rows])
        coordinator.go("/")
        coordinator.follow("Организации и люди")
        coordinator.click(f"main tbody a:text-is('{DISTRICT}')")
        coordinator.follow("Пригласить многих из таблицы")
        coordinator.page.set_input_files("[name=table]", self.file("people.csv", table.encode()))
        coordinator.press("Пригласить")
        coordinator.picture("invitations")
        links = [one.input_value() for one in coordinator.page.locator("table input.link").all()]
        emails = ("one@example.org", "two@example.org")
        return [coming_in.accept(self.company, link, email) for link, email in zip(links, emails, strict=True)]

    def lock_out(self) -> None:
        """Somebody guesses the password of an officer: after that not even the right one opens."""
        stranger = self.company.visitor()
        stranger.go("/account/login/")
        coming_in.choose_language(stranger)
        for _ in range(5):
            coming_in.log_in(stranger, "two@example.org", "угадываю")
        expect(stranger.page.locator("h1")).to_have_text(self.say("Вход временно закрыт"))
        stranger.go("/account/login/")
        coming_in.log_in(stranger, "two@example.org")
        expect(stranger.page.locator("h1")).to_have_text(self.say("Вход временно закрыт"))
