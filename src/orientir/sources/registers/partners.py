"""Partners by kind and agreements with them. What counts is an agreement valid on a day, not one signed in the year."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from orientir.sources.registers import cells
from orientir.sources.registers.columns import Column, Record, Register, Unreadable
from orientir.sources.registers.common import ORGANISATION
from orientir.sources.registers.situation import Situation

KINDS = {
    "college": ("техникум", "колледж", "поо", "спо", "училищ"),
    "university": ("вуз", "универ", "институт", "академи", "высш"),
    "employment_centre": ("центр занятост", "занятости", "служба занят"),
    "supplementary": ("дополнит", "допобраз", "центр творч", "кванториум"),
    "ngo": ("общественн", "нко", "союз", "фонд", "ассоциац", "профсоюз"),
    "authority": ("орган власт", "управлени", "администрац", "министерств"),
    "enterprise": (
        "предприят",
        "завод",
        "шахт",
        "фабрик",
        "ооо",
        "оао",
        "зао",
        "пао",
        "ао ",
        "ип ",
        "комбинат",
        "больниц",
    ),
}


def rows(record: Record, _: Situation) -> Iterator[dict[str, Any]]:
    """One partner with one agreement, or without any where no date is given."""
    term = record.get("term")
    begins = record.get("valid_from") or (term.first if term else None)
    ends = record.get("valid_to") or (term.last if term and term.last != term.first else None)
    if begins and ends and ends < begins:
        raise Unreadable("договор кончается раньше, чем начинается.", "Исправьте одну из дат.", "valid_to")
    if ends and not begins:
        raise Unreadable("у договора есть конец, а начала нет.", "Укажите, с какого дня он действует.", "valid_from")
    yield {
        "organisation": record.get("organisation") or "",
        "partner": record["partner"],
        "kind": record.get("kind") or _kind(record["partner"]),
        "number": record.get("number") or "",
        "valid_from": begins,
        "valid_to": ends,
        "subject": record.get("subject") or "",
        "industry": record.get("industry") or "",
    }


def _kind(title: str) -> str:
    low = f"{title.lower()} "
    return next((kind for kind, stems in KINDS.items() if any(stem in low for stem in stems)), "")


REGISTER = Register(
    id="agreements",
    title="Партнёры и договоры",
    row_means="один договор с партнёром (или партнёр без договора)",
    table="agreements",
    words=("партн", "договор", "соглашен", "agreements", "partners"),
    columns=(
        Column(
            "partner",
            "Партнёр",
            cells.text,
            (
                "Наименование партнёра",
                "Социальный партнёр",
                "Предприятие",
                "Предприятие-партнёр",
                "Организация-партнёр",
                "Наименование предприятия",
                "Контрагент",
                "С кем заключён договор",
            ),
            required=True,
        ),
        Column(
            "kind",
            "Вид партнёра",
            cells.Choice("kind", KINDS),
            ("Тип партнёра", "Категория партнёра", "Вид организации", "Тип организации"),
        ),
        ORGANISATION,
        Column(
            "number",
            "Номер договора",
            cells.text,
            ("№ договора", "Реквизиты договора", "Договор", "Соглашение", "Номер соглашения", "Договор (соглашение)"),
        ),
        Column(
            "valid_from",
            "Действует с",
            cells.day,
            (
                "Дата заключения",
                "Дата договора",
                "Дата подписания",
                "Начало действия",
                "Дата начала действия",
                "Дата заключения договора",
            ),
        ),
        Column(
            "valid_to",
            "Действует по",
            cells.day,
            ("Дата окончания", "Окончание действия", "Дата окончания действия", "Действует до", "Срок окончания"),
        ),
        Column("term", "Срок действия", cells.days, ("Период действия", "Срок действия договора")),
        Column("subject", "Предмет договора", cells.text, ("Предмет", "Направление сотрудничества", "О чём")),
        Column("industry", "Отрасль", cells.text, ("Отрасль экономики", "Сфера деятельности")),
    ),
    needs=(("valid_from", "term", "number"),),
    rows=rows,
)
