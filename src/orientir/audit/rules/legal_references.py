"""Legal acts as a report cites them: number and date against the data, and whether they were still in force."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date

from orientir.audit.document import Place
from orientir.audit.finding import Finding, Severity
from orientir.audit.reference_data import Act
from orientir.audit.report import Report
from orientir.audit.rules.event_words import calendar_bounds, day

_MONTHS = "январ феврал март апрел ма июн июл август сентябр октябр ноябр декабр".split()
_DATE = r"(?P<date>\d{1,2}\s?\.\s?\d{1,2}\s?\.\s?\d{4}|\d{1,2}\s+[а-я]+\s+\d{4})"
_NUMBER = r"(?:№|N[o°]?)\s*(?P<number>\d*[0-9A-Za-zА-Яа-яЁё]+(?:\s?[-–/]\s?(?:Ф[З3]|[рП]\d*|\d+)\w*|[-–/]\s?\w+)*)"
_CITED = (
    re.compile(rf"\bот\s*{_DATE}\s*(?:г\.?|года)?\s*,?\s*{_NUMBER}"),
    re.compile(rf"{_NUMBER}\s*(?:\([^)]*\)\s*)?от\s*{_DATE}"),
)
_TITLE = re.compile(r"^[^«\"“]{0,40}[«\"“](?P<title>.+)", re.DOTALL)
_FORMER = re.compile(r"утрати|отмен|ранее|прежн|взамен|заменивш|действовавш|признан\w* недейств", re.IGNORECASE)
_CENTRAL = re.compile(r"росси|\bрф\b|правительств|рособрнадзор|минпросвещ|минобр|президент|федеральн", re.IGNORECASE)
_LOOKS = str.maketrans("ABCEHKMOPTXYaceopxy3", "АВСЕНКМОРТХУасеорхуЗ")
_CAPITALS = str.maketrans("ABCEHKMOPTX", "АВСЕНКМОРТХ")
_DISTINCTIVE = re.compile(r"[А-Я]{2}.*\d.*/")


@dataclass(frozen=True)
class _Citation:
    """What stands in the text: `title` is empty where none follows, `before` tells the kind and the issuer."""

    number: str
    printed: str
    issued: date
    title: str
    before: str
    place: Place
    text: str


def citations_judged(report: Report, acts: Sequence[Act]) -> Iterator[Finding]:
    """One finding for a citation at most: a wrong date, a wrong number, or an act that had ended."""
    bounds = calendar_bounds(report)
    for paragraph in report.document.paragraphs:
        for citation in _citations(paragraph.text, paragraph.place):
            found = _contradiction(citation, acts) or _out_of_force(citation, acts, bounds[0] if bounds else None)
            if found:
                yield found


def _citations(text: str, place: Place) -> Iterator[_Citation]:
    taken: set[int] = set()
    for pattern in _CITED:
        for match in pattern.finditer(text):
            issued = _day(match["date"])
            if issued and match.start("number") not in taken:
                taken.add(match.start("number"))
                after = text[match.end() : match.end() + 400]
                titled = _TITLE.match(after)
                before = text[max(0, match.start() - 160) : match.start()]
                title = titled["title"] if titled else ""
                yield _Citation(
                    _plain(match["number"]), " ".join(match["number"].split()), issued, title, before, place, text
                )


def _day(text: str) -> date | None:
    numeric = re.fullmatch(r"(\d{1,2})\.(\d{1,2})\.(\d{4})", re.sub(r"\s", "", text))
    try:
        if numeric:
            return date(int(numeric[3]), int(numeric[2]), int(numeric[1]))
        first, word, year = text.split()
        month = next((at for at, stem in enumerate(_MONTHS, 1) if word.startswith(stem)), 0)
        return date(int(year), month, int(first))
    except ValueError:
        return None


def _plain(number: str) -> str:
    """«273- Ф3» is 273-ФЗ: no spaces, letters alike are one."""
    flat = re.sub(r"\s", "", number).replace("–", "-")
    head, _, tail = flat.partition("-")
    tail = tail.translate(_LOOKS) if re.search("[A-Za-zА-Яа-яЁё]", tail) and not tail[:1].isdigit() else tail
    return f"{head.translate(_CAPITALS)}-{tail}".strip("-").upper()


def _numbers(act: Act) -> set[str]:
    own = _plain(act.number)
    parts = own.split("/")
    return {own, *parts} if len(parts) > 1 and all(part.isdigit() for part in parts) else {own}


# ---- contradictions


def _contradiction(citation: _Citation, acts: Sequence[Act]) -> Finding | None:
    same = [act for act in acts if citation.number in _numbers(act)]
    if any(act.issued == citation.issued for act in same):
        return None
    for act in same:
        if (citation.title and _is_titled(citation, act)) or (
            not citation.title and _DISTINCTIVE.search(citation.number)
        ):
            told = (
                f"у акта № {citation.printed} указана дата {day(citation.issued)}, а по справочнику — {day(act.issued)}"
            )
            return _wrong(citation, act, told, day(citation.issued), day(act.issued))
    for act in acts:
        if act not in same and _is_same_but_number(citation, act, acts):
            told = f"у акта от {day(citation.issued)} указан № {citation.printed}, а по справочнику — № {act.number}"
            return _wrong(citation, act, told, citation.printed, act.number)
    return None


def _is_titled(citation: _Citation, act: Act) -> bool:
    """Most words of the act's title stand in the cited one."""
    own, cited = _stems(act.title), _stems(citation.title)
    return bool(own) and len(own & cited) >= 0.6 * len(own)


def _is_same_but_number(citation: _Citation, act: Act, acts: Sequence[Act]) -> bool:
    """The whole title, the kind of document and the day agree; of a law the day may differ as well."""
    own = _stems(act.title)
    cited = _stems(_closed(citation.title))
    if not own or own != cited or re.match(r"\W*О внесении", citation.title):
        return False
    twins = {number for one in acts if _stems(one.title) == own for number in _numbers(one)}
    kind = act.issuer.split()[0].lower()[:6]
    if citation.number in twins or kind not in citation.before.lower() or not _CENTRAL.search(citation.before):
        return False
    return act.issued == citation.issued or kind in ("федера", "указ")


def _closed(title: str) -> str:
    """The title up to the quotes that close it."""
    depth = 1
    for at, sign in enumerate(title):
        depth += (sign == "«") - (sign in '»"”')
        if depth == 0:
            return title[:at]
    return title


def _stems(title: str) -> frozenset[str]:
    text = re.sub(r"\bрф\b", "российской федерации", title.lower().replace("ё", "е"))
    return frozenset(word[:6] for word in re.findall(r"[а-я]{4,}", text))


def _wrong(citation: _Citation, act: Act, told: str, reported: str, expected: str) -> Finding:
    note = " Сведения справочника требуют сверки." if act.is_doubtful else ""
    message = f"Реквизиты акта «{act.title}»: {told}.{note}".replace("№ ", "№\u00a0")
    severity = Severity.INFO if act.is_doubtful else Severity.WARNING
    return Finding(
        "legal-reference", severity, citation.place, message, reported=reported, expected=expected,
        evidence=(f"{act.issuer} от {day(act.issued)} № {act.number}",),
    )  # fmt: skip


def _out_of_force(citation: _Citation, acts: Sequence[Act], first: date | None) -> Finding | None:
    """The act had ended before the first year of the report began."""
    for act in acts:
        if first is None or act.valid_to is None or act.valid_to >= first or act.issued != citation.issued:
            continue
        if citation.number in _numbers(act) and not _FORMER.search(citation.text):
            later = f" Вместо него — {act.replaced_by}." if act.replaced_by else ""
            note = " Сведения требуют сверки." if "треб" in act.note else ""
            message = (
                f"Акт от {day(act.issued)} №\u00a0{act.number} «{act.title}» действовал до {day(act.valid_to)}, раньше "
                f"первого года отчёта.{later}{note}"
            )
            return Finding(
                "legal-reference", Severity.WARNING, citation.place, message, reported=citation.printed,
                expected=act.replaced_by or None,
            )  # fmt: skip
    return None
