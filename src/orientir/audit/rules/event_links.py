"""Links of registers of events: whether they can be opened, and whether they can prove anything."""

from __future__ import annotations

import re
from collections.abc import Iterator
from urllib.parse import urlsplit

from orientir.audit.document import Link
from orientir.audit.finding import Finding, rule
from orientir.audit.report import Event, Report
from orientir.audit.rules.event_words import about

_CLOUDS = (
    "drive.google.", "docs.google.", "photos.google.", "photos.app.goo", "disk.yandex.", "yadi.sk", "cloud.mail.",
    "dropbox.", "onedrive.", "1drv.ms", "mega.nz", "icloud.com", "fex.net", "disk.360.yandex.",
)  # fmt: skip
_WELL_BEGUN = re.compile(r"^(?:https?://)(?!https?:|/)", re.IGNORECASE)
_ADDRESS = re.compile(r"^(?:h\s?t|www\s?\.|[\w-]+(?:\.[\w-]+)+/)", re.IGNORECASE)
_FILE = re.compile(r"^/?(?:index|default|home|main)\.(?:html?|php|aspx?)$", re.IGNORECASE)
_LOCAL = ("file:", "mailto:", "#", "tel:")


def is_cloud(target: str) -> bool:
    """A folder or an album in a public storage of files."""
    low = target.lower()
    return any(cloud in low for cloud in _CLOUDS) or bool(re.search(r"(?:vk\.com|ok\.ru)/.*album", low))


@rule("link-malformed")
def links_are_addresses(report: Report) -> Iterator[Finding]:
    """An address that does not open as it is printed."""
    is_pdf = report.document.format.lower() == "pdf"
    for event in report.events:
        told = [(link, fault) for link in event.links if (fault := link_fault(link, is_pdf))]
        if told:
            link, fault = told[0]
            message = f"ссылка записана с ошибкой: {'; '.join(dict.fromkeys(fault for _, fault in told))}."
            yield about(event, "link-malformed", message, reported=_shown(link), expected=_repaired(link, fault))


def link_fault(link: Link, is_pdf: bool = False) -> str:
    """What is wrong with the address, in Russian; "" where nothing is. A line break is no fault of the address."""
    if link.target.lower().startswith(_LOCAL):
        return ""
    is_address = bool(_ADDRESS.match(link.text.strip()))
    start = link.target[: _path_start(link.target)]
    if re.search(r"\s", link.target) or "%20" in start or (is_address and _is_torn(link.text.strip(), is_pdf)):
        return "внутри адреса пробелы"
    if re.match(r"^[\w.+-]+@", link.target):
        return ""
    if not _WELL_BEGUN.match(link.target):
        return "" if re.match(r"^(?:www\.)?[\w-]+(?:\.[\w-]+)+(?:/|$)", link.target) else "начало адреса испорчено"
    return _host_fault(link.target)


def _is_torn(text: str, is_pdf: bool) -> bool:
    """In a PDF a space may be the end of a line, except where the host is torn."""
    if not is_pdf and re.match(r"https?\s*(?::\s*\n|\n)", text, re.IGNORECASE):
        return True  # no line ends there by itself
    line = re.sub(r"\s*\n\s*", "", text)
    if is_pdf:
        line = re.split(r"(?<=[\w ])/", line, maxsplit=1)[0] if "//" not in line else line[: _path_start(line)]
    return bool(re.search(r"\s", line))


def _path_start(line: str) -> int:
    at = line.find("/", line.find("//") + 2)
    return at if at > 0 else len(line)


def _host_fault(target: str) -> str:
    try:
        host = urlsplit(target).hostname or ""
    except ValueError:
        return "адрес не разбирается"
    if not host:
        return "нет имени сайта"
    if "." not in host.strip(".") or ".." in host or host.startswith(".") or "," in host or "\\" in host:
        return f"имя сайта «{host}» записано с ошибкой"
    mixed = any(re.search("[a-z]", part) and re.search("[а-яё]", part) for part in host.split("."))
    return f"в имени сайта «{host}» смешаны русские и латинские буквы" if mixed else ""


def _repaired(link: Link, fault: str) -> str | None:
    return link.target if fault == "внутри адреса пробелы" and not link_fault(Link(link.target, link.target)) else None


@rule("link-not-evidence")
def links_are_evidence(report: Report) -> Iterator[Finding]:
    """A link to a home page, where the event cannot be found."""
    for event in report.events:
        homes = [link for link in event.links if _is_home(link.target)]
        if homes and len(homes) == len(event.links):
            message = f"ссылка ведёт на главную страницу ({_shown(homes[0])}) и ничего не подтверждает."
            yield about(event, "link-not-evidence", message, reported=_shown(homes[0]))


def _is_home(target: str) -> bool:
    address = target if "//" in target else f"http://{target}"
    try:
        parts = urlsplit(address)
    except ValueError:
        return False
    if "." not in parts.netloc or "@" in parts.netloc or parts.query or parts.fragment.strip("/!"):
        return False
    return not parts.path.strip("/") or bool(_FILE.match(parts.path))


def _shown(link: Link) -> str:
    return " ".join((link.text if _ADDRESS.match(link.text.strip()) else link.target).split())


def cloud_links(events: list[Event]) -> Iterator[tuple[Event, Link]]:
    """Each public folder once, with the first event that leads to it."""
    seen: set[str] = set()
    for event in events:
        for link in event.links:
            if is_cloud(link.target) and not _is_home(link.target) and link.target not in seen:
                seen.add(link.target)
                yield event, link
