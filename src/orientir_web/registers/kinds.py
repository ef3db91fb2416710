"""Which registers of the core are kept here, and the words of their codes."""

from __future__ import annotations

from collections.abc import Iterator

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from orientir.model.programme import Programme
from orientir.sources.registers.catalogue import register_named
from orientir.sources.registers.cells import Choice
from orientir.sources.registers.columns import Column, Register

# Registers about children (diagnostics, participants) stay with who keeps them: nothing personal is kept here.
KEPT = ("events", "agreements", "workplaces", "consultations", "open_days")

# By the column that reads the code. What the programme calls its members counts first.
WORDS: dict[str, dict[str, str | Promise]] = {
    "state": {"planned": _("запланировано"), "held": _("проведено"), "cancelled": _("отменено")},
    "level": {
        "school": _("школьный"),
        "municipal": _("муниципальный"),
        "intermunicipal": _("межмуниципальный"),
        "regional": _("региональный"),
        "national": _("всероссийский"),
    },
    "format": {"in_person": _("очно"), "remote": _("дистанционно"), "mixed": _("смешанный")},
    "kind": {
        "tour": _("экскурсия"),
        "open_day": _("день открытых дверей"),
        "championship": _("чемпионат"),
        "contest": _("конкурс"),
        "class": _("мастер-класс, проба"),
        "meeting": _("встреча, собрание"),
        "lesson": _("урок, занятие"),
        "festival": _("фестиваль, неделя, акция"),
        "test": _("тестирование"),
        "college": _("колледж, техникум"),
        "university": _("вуз"),
        "employment_centre": _("центр занятости"),
        "supplementary": _("дополнительное образование"),
        "ngo": _("общественная организация"),
        "authority": _("орган власти"),
        "enterprise": _("предприятие"),
    },
    "form": {"meeting": _("собрание, лекция"), "group": _("групповая"), "individual": _("индивидуальная")},
    "channel": {
        "championship": _("чемпионатное движение"),
        "ticket": _("проект «Билет в будущее»"),
        "employment_centre": _("центр занятости"),
    },
}


def kept(name: str) -> Register | None:
    return register_named(name) if name in KEPT else None


def registers() -> Iterator[Register]:
    for name in KEPT:
        register = register_named(name)
        assert register is not None
        yield register


def columns(register: Register) -> list[Column]:
    """Those that are kept: what tells people apart is read from a file and forgotten."""
    return [column for column in register.columns if not column.personal]


def codes(column: Column, programme: Programme | None = None) -> list[tuple[str, str | Promise]]:
    """The codes that a cell of this column may hold, with their words; nothing where it holds no codes."""
    reader = column.read
    if not isinstance(reader, Choice):
        return []
    known = next((one for one in programme.dimensions if one.id == reader.dimension), None) if programme else None
    members = {one.id: one.title for one in known.members} if known else {}
    words = WORDS.get(reader.column, {})
    return [(code, members.get(code) or words.get(code, code)) for code in dict.fromkeys((*members, *reader.words))]
