"""What a report says of its own data: findings that its annex of remarks states already become notes, marked so."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, replace

from orientir.audit.document import Document, Paragraph, Table
from orientir.audit.finding import Finding, Severity
from orientir.audit.understanding.captions import CAPTION
from orientir.audit.understanding.topics import likeness, topic_of

_ANNEX = re.compile(
    r"замечани\w+ к данным|оговорк|ограничени\w+ данных|качеств\w+ данных|что следует знать о данных", re.IGNORECASE
)
_NUMBER = re.compile(r"\d+(?:[.,]\d+)?")
_EVENT = re.compile(r"(?:Мероприяти|Запис)\w*\s+(?:№\s*)?((?:\d+(?:,\s*)?)+)", re.IGNORECASE)
_SIMILAR = 0.6

# How remarks on data speak of what a rule finds. Rules that are not here are never stated in advance.
_WORDS = {
    "share-wrong": "дол[яие]|процент",
    "share-truncated": "округл|обрезан",
    "population-conflict": "разные числа|двумя числами",
    "population-union-mismatch": "не равно|сумм",
    "population-too-small": "меньше",
    "population-impossible": "меньше",
    "label-reused": "одно название|одной подпис|подпись",
    "same-numbers-different-labels": "повторяет|одни и те же",
    "table-copied": "повторяет|скопирован",
    "row-copied": "повторяет",
    "series-break": "→|не сравним|разрыв",
    "jump-unexplained": "рост|→",
    "decline-unmentioned": "падени|снижени|→",
    "small-numbers-published": "менее пяти|малы[ех] чис",
    "period-labels-mixed": "период назван|подписи периодов",
    "indicator-not-measured": "не измерен",
    "scope-mismatch": "другой совокупност|измерено другое",
    "goal-without-target": "целев",
    "action-without-owner-or-date": "ответственн|срок",
    "visits-not-persons": "посещени",
    "source-not-used": "ни одно сведение|источник назван",
    "event-order": "порядок дат",
    "event-year-mismatch": "год в",
    "event-duplicate": "совпадает с|дважды",
    "event-outside-period": "вне периода|за пределами",
    "not-an-event": "не мероприятие",
    "event-without-participants": "числа участников",
    "date-malformed": "напечатано",
    "link-malformed": "пробел|не открыва",
    "link-not-evidence": "главную страниц",
    "public-link-to-minors": "общедоступн",
    "distribution-incomplete": "неучт|не равно",
    "text-defect": "напечатано",
}
_BY_TOPIC = frozenset(("indicator-not-measured", "scope-mismatch"))
_ABOUT_ALL = frozenset(
    ("period-labels-mixed", "goal-without-target", "action-without-owner-or-date", "source-not-used", "event-order",
     "event-without-participants", "visits-not-persons")
)  # fmt: skip


@dataclass(frozen=True)
class _Remark:
    """One remark of the annex: its words, the numbers in them, the numbers of events that it names."""

    text: str
    numbers: frozenset[str]
    events: frozenset[str]


def acknowledged(document: Document, findings: Iterable[Finding]) -> Iterator[Finding]:
    """The findings, those that the report states itself as notes."""
    remarks = [_remark(text) for text in _annex(document)]
    for finding in findings:
        known = remarks and any(_states(one, finding) for one in remarks)
        yield replace(finding, severity=Severity.INFO, acknowledged=True) if known else finding


def _annex(document: Document) -> Iterator[str]:
    """Paragraphs and rows under a heading that announces remarks on the data, to the next heading as high, and the
    table whose caption does."""
    level, is_captioned = 0, False
    for block in document.blocks:
        if isinstance(block, Paragraph):
            if CAPTION.match(block.text):
                is_captioned = bool(_ANNEX.search(block.text))
            if block.heading and (not level or block.heading <= level):
                level = block.heading if _ANNEX.search(block.text) else 0
            elif level:
                yield block.text
        elif level or is_captioned:
            yield from _rows(block)


def _rows(table: Table) -> Iterator[str]:
    return (" | ".join(dict.fromkeys(cell.text for cell in row)) for row in table.rows)


def _remark(text: str) -> _Remark:
    events = frozenset(number for match in _EVENT.finditer(text) for number in _NUMBER.findall(match[1]))
    return _Remark(text, _numbers(text), events)


def _numbers(text: str) -> frozenset[str]:
    return frozenset(number.replace(",", ".").removesuffix(".0") for number in _NUMBER.findall(text))


def _states(remark: _Remark, finding: Finding) -> bool:
    words = _WORDS.get(finding.rule)
    if words is None or not re.search(words, remark.text, re.IGNORECASE):
        return False
    if finding.rule in _ABOUT_ALL:
        return True
    if finding.rule in _BY_TOPIC:
        return any(
            likeness(topic_of(text), topic_of(remark.text)) >= _SIMILAR for text in (finding.message, *finding.evidence)
        )
    event = _EVENT.search(finding.message)
    if event:
        return bool(_numbers(event[1]) & remark.events)
    return _share_numbers(remark, finding.evidence or (finding.message,))


def _share_numbers(remark: _Remark, evidence: Sequence[str]) -> bool:
    """The values that the finding rests on stand in the remark: two of them, or the only one."""
    values = {number for text in evidence for number in _numbers(text.rpartition(":")[2])}
    return len(values & remark.numbers) >= min(2, len(values)) > 0
