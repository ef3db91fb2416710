"""Recommendations and their addressees; measures and decisions with who does them and when."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence

from orientir.audit.document import Paragraph
from orientir.audit.finding import Finding, Severity, rule
from orientir.audit.report import Report, Section
from orientir.audit.rules.parts_of_report import column_titles, tables_in
from orientir.audit.understanding.wording import folded, plain

# An addressee is known by the first of these stems in its name: «руководители школ» are heads, not schools.
_ADDRESSEES = (
    ("обучающиеся", r"обучающ|учащ[иае]|школьник|учени[кц]|выпускник|воспитанник|студент"),
    ("родители", r"родител|законн\w+ представител|семь[яеи]"),
    ("руководители", r"руководител|директор|администраци\w+ (?:школ|образоват|общеобр|организ|оо)|заведующ"),
    (
        "педагоги",
        r"педагог|учител|преподавател|классн\w+ руководител|психолог|тьютор|воспитател|наставник|"
        r"методическ\w+ объединени",
    ),
    ("методисты", r"методист|методическ\w+ (?:служб|центр|кабинет)|информационно-методическ"),
    (
        "органы управления",
        r"орган\w* (?:местн|управлени|власт|исполнит)|управлени\w+ (?:образовани|по делам)|"
        r"отдел\w* образовани|департамент|министерств|комитет|администраци|муниципалитет|учредител|"
        r"муниципальн\w+ (?:систем|орган|координатор|уровн|образовани)",
    ),
    ("партнёры", r"работодател|предприяти|партн[её]р|центр\w* занятост|служб\w* занятост"),
    ("колледжи", r"профессиональн\w+ образоват|колледж|техникум|\bпоо\b|\bспо\b"),
    ("вузы", r"высш\w+ (?:образован|учебн)|университет|\bвуз"),
    ("организации", r"организаци|школ[аеыу]\b|школ\b|школам|учреждени|\bоо\b|\bоу\b|лице|гимнази"),
)  # fmt: skip
_CLASS_TEACHER = re.compile(r"классн\w+ руководител")
_DATIVE = re.compile(r"\b\w+(?:ам|ям|им|ым|ому|ему|ой|ю|у|ции|имся|емуся)\b")
_ANNOUNCES = re.compile(
    r"(?:направлен|адресован|предназначен|разработан)\w*"
    r"(?:.{0,40}(?:субъект|участник|категори|адресат|групп)\w*.*|(?: следующ\w+)?)$|адресат",
    re.I,
)
_ADDRESSED_TO = re.compile(r"(?:адресован|предназначен)[ыао]?\s+(.+)", re.I)


def addressee(text: str) -> str:
    """Who is meant: the addressee whose word stands first, "" where nobody is named."""
    line = folded(text)
    found = [(match.start(), name) for name, stems in _ADDRESSEES if (match := re.search(stems, line))]
    first = min(found, default=(0, ""))
    teacher = _CLASS_TEACHER.search(line)
    return "педагоги" if teacher and teacher.start() <= first[0] else first[1]


@rule("addressee-missing")
def addressee_missing(report: Report) -> Iterator[Finding]:
    """Announced, but no recommendations are given to them."""
    announced = _announced(report)
    served = _served(report)
    if not announced or not served:
        return
    left = list(served)
    for line in announced:
        names = _alternatives(line.text)
        met = next((name for name in names if name in left), "")
        if met:
            left.remove(met)
        elif not _is_served_with_others(names, served, announced):
            message = (
                f"Адресат рекомендаций объявлен, но рекомендаций ему нет: «{plain(line.text).strip(' ;.')[:120]}»."
            )
            yield Finding(
                "addressee-missing", Severity.WARNING, line.place, message, reported=plain(line.text).strip(" ;.")
            )


def _is_served_with_others(names: Sequence[str], served: Sequence[str], announced: Sequence[Paragraph]) -> bool:
    """One block may serve two lines about the same people; «школы» and «руководители» are not the same."""
    lines = [line for line in announced if _alternatives(line.text)[:1] == list(names[:1])]
    return len(lines) > 1 and bool(names) and names[0] in served


def _announced(report: Report) -> list[Paragraph]:
    for part in report.sections_of("recommendations"):
        if _ANNOUNCES.search(part.title) and part.items:
            return [item for item in part.items if addressee(item.text)]
    for line in (
        line for part in report.sections_of("recommendations") for line in part.paragraphs if not line.is_item
    ):
        found = _ADDRESSED_TO.search(plain(line.text))
        if found:
            names = re.split(r",\s*|\s+и\s+|\s+а также\s+", found[1].rstrip(" .:"))
            return [Paragraph(name, line.place) for name in names if addressee(name)]
    return []


def _alternatives(text: str) -> list[str]:
    """«образовательной организации (руководителям, заместителям)» is met by recommendations to heads first."""
    outer, _, inner = plain(text).partition("(")
    return [name for name in (*map(addressee, re.split(r"[,)]", inner)), addressee(outer)) if name]


def _served(report: Report) -> list[str]:
    """Whom the blocks of recommendations address: each block once for every addressee that its title names first."""
    found = [addressee(part.title) for part in _blocks(report)]
    for part in report.sections_of("recommendations"):
        for table in tables_in(report, part):
            columns = [
                at for at, title in enumerate(column_titles(table.table)) if re.search(r"адресат|кому|для кого", title)
            ]
            found += sorted({addressee(row[at].text) for at in columns for row in table.table.rows[1:]})
            found.append(addressee(table.caption.rpartition(":")[2]))
    loose = [part for part in report.sections_of("recommendations") if not _is_block(part)]
    loose = [part for part in loose if not _ANNOUNCES.search(part.title)]
    found += sorted({_named_first(item.text) for part in loose for item in part.items})
    return [name for name in found if name]


def _blocks(report: Report) -> list[Section]:
    return [part for part in report.sections_of("recommendations") if _is_block(part)]


def _is_block(part: Section) -> bool:
    """«Для обучающихся ...», «Обучающимся», «Рекомендации руководителям ...»."""
    if _ANNOUNCES.search(part.title):
        return False
    opening = re.sub(r"^(?:адресные )?рекомендаци\w+(?: рекомендуется)?\s*|^рекомендуется\s*", "", folded(part.title))
    return bool(addressee(" ".join(opening.split()[:5])))


@rule("recommendation-not-addressed")
def recommendation_not_addressed(report: Report) -> Iterator[Finding]:
    """An item that stands under no addressee and names none at its beginning."""
    for part in report.sections_of("recommendations"):
        if _is_block(part) or _ANNOUNCES.search(part.title):
            continue
        for item in part.items:
            if not _named_first(item.text):
                message = f"Рекомендация никому не адресована: «{plain(item.text)[:160].rstrip(' ;.')}»."
                yield Finding("recommendation-not-addressed", Severity.WARNING, item.place, message)


def _named_first(text: str) -> str:
    """The addressee in the dative or after «для» at the beginning: «Руководителям школ ...», «Для педагогов ...»."""
    words = folded(text).split()
    opening = " ".join(words[:6])
    if words and _DATIVE.fullmatch(words[0].strip(",:;")):
        return addressee(" ".join(words[:4]))
    singly = (name for word in _DATIVE.findall(opening) if (name := addressee(word)))
    return next(singly, "") or addressee(opening.partition("для ")[2])
