"""What each empty cell of a form seems to ask for: target, breakdown, organisation, year, and how sure that is.

A proposal is never written into the form: a person confirms it first (mapping).
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from enum import StrEnum

from orientir.model.package import Organisation, Package
from orientir.model.periods import Period
from orientir.model.programme import Programme
from orientir.presentation import quoted
from orientir.reports.fill.labels import Labels, Slot
from orientir.reports.fill.matching import Match, Matcher, Said
from orientir.reports.fill.targets import ORGANISATION, PERIOD, Breakdown, Part, Target
from orientir.reports.fill.words import words
from orientir.reports.fill.years import NamedYear, named_year, unyeared
from orientir.sources.registers.places import Places, UnknownPlace


class State(StrEnum):
    """The column of a mapping in which a person confirms."""

    YES = "да"
    NO = "нет"
    PROPOSED = "предложено"
    DOUBTFUL = "сомнительно"
    UNKNOWN = "не понято"


@dataclass(frozen=True)
class Proposal:
    """`score` is from 0 to 100; `target` is None where nothing is alike."""

    state: State
    target: Target | None = None
    breakdown: Breakdown = ()
    organisation: str = ""
    shift: int = 0
    score: int = 0
    reason: str = ""


_SURE, _ALIKE, _CLEAR = 72, 45, 5  # a proposal; a guess; how far the second must be behind
_SHARE = re.compile(r"\bдол[яюией]\b|%|процент|удельн\w+ вес", re.IGNORECASE)
_COUNT = re.compile(
    r"\bчел(?:\.|\b|овек)|количеств|численност|\bчисл[оа]\b|кол-во|\bед(?:\.|иниц)|\bшт\b|\bмест\b|\bвсего\b",
    re.IGNORECASE,
)
_PARTS = (
    (re.compile(r"числител", re.IGNORECASE), Part.NUMERATOR),
    (re.compile(r"знаменател", re.IGNORECASE), Part.DENOMINATOR),
)
_SCHOOL = re.compile(r"\b(?:школ\w*|сош|оош|нош|гимнази\w*|лице\w*)\b\s*(?:№|«|\")|\bм[бак]?оу\b", re.IGNORECASE)
_TOTAL = re.compile(r"\s*(?:итог|всего|в целом|в среднем|по (?:округ|район|муницип|территор)|муницип)", re.IGNORECASE)
_WHOLE = frozenset("округ район муниципальный муниципалитет территория школа".split())  # «Итого по округу»
_TEXTS = (
    (
        re.compile(
            r"(?:наименован\w+|назван\w+)?\s*(?:муницип|территори|органа управлен|отчитыва|организаци)", re.IGNORECASE
        ),
        ORGANISATION,
    ),
    (re.compile(r"(?:отч[её]тн\w+ период|отч[её]тн\w+ год|учебный год|период)\W*$", re.IGNORECASE), PERIOD),
)


class Proposer:
    """Proposes for one package and year; the whole form is looked at, because rows of schools explain each other."""

    def __init__(self, programme: Programme, package: Package, report: Period) -> None:
        self._matcher = Matcher(programme)
        self._report = report
        self._territory = package.territory
        kinds = {*programme.reporting_kinds}
        known = [one for one in package.organisations if one.kind in kinds or one.id == package.territory]
        self._organisations: dict[str, Organisation] = {one.id: one for one in known}
        self._places = Places(known)

    def propose(self, slots: Sequence[Slot]) -> Iterator[Proposal]:
        found = [self._organisation(slot.labels) for slot in slots]
        by_school = Counter(
            (slot.place, slot.labels.column)
            for slot, (key, label) in zip(slots, found, strict=True)
            if key and label in slot.labels.row
        )
        for slot, (key, label) in zip(slots, found, strict=True):
            stranger = not key and self._is_stranger(slot, by_school[slot.place, slot.labels.column] > 1)
            yield _unknown_school(slot) if stranger else self._proposal(slot, key, label)

    def _organisation(self, labels: Labels) -> tuple[str, str]:
        """Whose row it is, or whose form: the id and the label that says so."""
        for label in (*labels.row, labels.section, *labels.column, *reversed(labels.captions)):
            if re.search(r"[а-яё]", label, re.IGNORECASE):
                try:
                    return self._places.id_of(label), label
                except UnknownPlace:
                    continue
        return "", ""

    def _is_stranger(self, slot: Slot, among_schools: bool) -> bool:
        first = slot.labels.row[0]
        return bool(_SCHOOL.search(first)) or (among_schools and not _TOTAL.match(first))

    def _proposal(self, slot: Slot, key: str, label: str) -> Proposal:
        labels = slot.labels
        organisation = key or self._territory
        if text := _text_target(slot):
            return Proposal(State.PROPOSED, text, (), organisation, 0, 80, "строка для сведений об отчёте")
        part, told_by = _part(labels, slot.cell.is_percent)
        matches = self._matcher.matches(self._said(labels, label), part)
        year = self._year(labels)
        if not matches or 100 * matches[0].score < _ALIKE:
            return Proposal(State.UNKNOWN, reason="похожего показателя или величины в программе нет")
        return self._decided(matches, year, organisation, key, told_by)

    def _said(self, labels: Labels, spent: str) -> Said:
        """Words without years and without the name of the organisation."""

        def of(*texts: str) -> frozenset[str]:
            return frozenset(word for text in texts if text != spent for word in words(unyeared(text)))

        rows = (text for text in labels.row if not (_TOTAL.match(text) and of(text) <= _WHOLE))
        own = of(*rows, *labels.column)
        return Said(own, of(labels.section, labels.parent), of(*labels.captions))

    def _year(self, labels: Labels) -> NamedYear | None:
        for text in (*reversed(labels.column), *labels.row, labels.section, *reversed(labels.captions)):
            if year := named_year(text, self._report):
                return year
        return None

    def _decided(
        self, matches: Sequence[Match], year: NamedYear | None, organisation: str, key: str, told_by: str
    ) -> Proposal:
        best, second = matches[0], matches[1] if len(matches) > 1 else None
        score = round(100 * best.score)
        notes = [f"похоже на {score}{chr(160)}%", told_by]
        notes.append(f"год «{year.printed}»" if year else "год в форме не назван: взят отчётный")
        notes.append(f"организация: {self._organisations[organisation].title}" if key else "")
        sure = score >= _SURE
        if second is not None and 100 * (best.score - second.score) < _CLEAR:
            sure = False
            notes.append(f"почти так же похоже: {second.target.code}")
        if best.unsaid:
            sure = False
            notes.append(f"в форме сказано ещё: {', '.join(sorted(best.unsaid))}")
        if year is not None and not year.is_sure:
            sure = False
            notes.append("календарный год понят как учебный, который в нём заканчивается: проверьте")
        state = State.PROPOSED if sure else State.DOUBTFUL
        reason = "; ".join(note for note in notes if note)
        return Proposal(state, best.target, best.breakdown, organisation, year.shift if year else 0, score, reason)


def _unknown_school(slot: Slot) -> Proposal:
    name = quoted(" ".join(slot.labels.row[0].split()))
    return Proposal(State.UNKNOWN, reason=f"организации {name} в пакете данных нет или она названа неоднозначно")


def _text_target(slot: Slot) -> Target | None:
    """Only beside a label: a column of names is no place for the name of the territory."""
    if slot.labels.column or slot.cell.is_percent:
        return None
    return next((Target(key) for pattern, key in _TEXTS if pattern.match(slot.labels.row[-1].strip())), None)


def _part(labels: Labels, is_percent: bool) -> tuple[Part, str]:
    """What is asked for: the nearest word decides («%» over the column is stronger than «доля» in the row)."""
    for text in (*reversed(labels.column), *reversed(labels.row)):
        for pattern, part in _PARTS:
            if pattern.search(text):
                return part, f"назван {part}"
    row_share = any(_SHARE.search(text) for text in (*labels.row, labels.section, *labels.column))
    if is_percent:
        return Part.SHARE, "ячейка в процентах: доля"
    for text in (*reversed(labels.column), *reversed(labels.row)):
        if _SHARE.search(text):
            return Part.SHARE, "доля"
        if _COUNT.search(text):
            return (Part.NUMERATOR, "число людей под долей: числитель") if row_share else (Part.WHOLE, "")
    return Part.WHOLE, ""
