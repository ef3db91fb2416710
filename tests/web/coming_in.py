"""How people of a browser test come in: by the link of an invitation, with a password, a code, a passkey."""

from __future__ import annotations

import base64
import hashlib
import hmac
import struct
import time

from playwright.sync_api import expect

from web.browsing import Company, Visitor

PASSWORD = "четыре слова и ещё одно"
_STEP = 30  # seconds that a code of TOTP is good for


def accept(company: Company, link: str, email: str) -> Visitor:
    """Their language chosen where they see the first page, their password set, and they have logged in."""
    visitor = company.visitor()
    visitor.go(link)
    choose_language(visitor)
    visitor.page.fill("[name=password]", PASSWORD)
    visitor.page.fill("[name=again]", PASSWORD)
    visitor.press("Принять приглашение")
    log_in(visitor, email)
    expect(visitor.page.locator("html")).to_have_attribute("lang", visitor.say.language)
    return visitor


def choose_language(visitor: Visitor) -> None:
    button = visitor.page.locator(f"form.language [value={visitor.say.language}]")
    if button.count():
        with visitor.page.expect_navigation():
            button.click()
        visitor.look()
    expect(visitor.page.locator("html")).to_have_attribute("lang", visitor.say.language)


def log_in(visitor: Visitor, email: str, password: str = PASSWORD) -> None:
    """From the page of the log-in, where they are."""
    visitor.page.fill("[name=login]", email)
    visitor.page.fill("[name=password]", password)
    visitor.press("Войти")


def log_out(visitor: Visitor) -> None:
    visitor.follow("Выйти")
    visitor.submit()
    expect(visitor.page).to_have_url(f"{visitor.url}/account/login/")


def enrol_totp(visitor: Visitor) -> None:
    """On the page of second factors, where their role has led them."""
    _open(visitor, "/account/second-factor/totp/activate/")
    visitor.secret = visitor.page.locator("#authenticator_secret").input_value()
    _type_code(visitor)


def give_code(visitor: Visitor) -> None:
    """A code is good for once: whoever has used that of this moment waits for the next."""
    while visitor.spent == int(time.time()) // _STEP:
        visitor.page.wait_for_timeout(500)
    _type_code(visitor)


def _type_code(visitor: Visitor) -> None:
    visitor.spent = int(time.time()) // _STEP
    visitor.page.fill("main [name=code]", code_of(visitor.secret))
    visitor.submit()


def add_passkey(visitor: Visitor) -> None:
    """Kept by an authenticator that Chromium plays: no other key is touched."""
    session = visitor.page.context.new_cdp_session(visitor.page)
    session.send("WebAuthn.enable")
    kind = {"protocol": "ctap2", "transport": "internal", "hasUserVerification": True, "isUserVerified": True}
    session.send("WebAuthn.addVirtualAuthenticator", {"options": kind})
    _open(visitor, "/account/second-factor/webauthn/add/")
    visitor.page.fill("[name=name]", "Ноутбук")
    with visitor.page.expect_navigation():
        visitor.page.click("#mfa_webauthn_add")
    visitor.look()


def use_passkey(visitor: Visitor) -> None:
    with visitor.page.expect_navigation():
        visitor.page.click("#mfa_webauthn_authenticate")
    visitor.look()


def _open(visitor: Visitor, path: str) -> None:
    visitor.go("/account/second-factor/")
    with visitor.page.expect_navigation():
        visitor.page.locator(f"main a[href='{path}'], main form[action='{path}'] button").first.click()
    visitor.look()
    if "/account/confirm/" in visitor.page.url:  # whoever changes a factor gives the password once more
        visitor.page.fill("main [name=password]", PASSWORD)
        visitor.submit()


def code_of(secret: str) -> str:
    """RFC 6238, reckoned here and not by what is tested."""
    counter = struct.pack(">Q", int(time.time()) // _STEP)
    digest = hmac.new(base64.b32decode(secret), counter, hashlib.sha1).digest()
    start = digest[-1] & 0x0F
    number = struct.unpack(">I", digest[start : start + 4])[0] & 0x7FFFFFFF
    return f"{number % 1_000_000:06}"
