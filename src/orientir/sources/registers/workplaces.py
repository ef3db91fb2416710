"""Training workplaces by channel: places, not shifts and not lessons on them."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from orientir.sources.registers import cells
from orientir.sources.registers.columns import Column, Record, Register
from orientir.sources.registers.common import ORGANISATION
from orientir.sources.registers.situation import Situation

CHANNELS = {
    "championship": ("чемпион", "молодые профес", "профессионал", "worldskills", "юниор"),
    "ticket": ("билет в буд",),
    "employment_centre": ("занятост",),
}


def rows(record: Record, _: Situation) -> Iterator[dict[str, Any]]:
    yield {
        "organisation": record.get("organisation") or "",
        "host": record.get("host") or "",
        "channel": record.get("channel") or "",
        "industry": record.get("industry") or "",
        "places": record.get("places"),
    }


REGISTER = Register(
    id="workplaces",
    title="Учебные рабочие места",
    row_means="места одной площадки по одному каналу",
    table="workplaces",
    words=("рабочих мест", "рабочие места", "учебных мест", "workplaces"),
    columns=(
        Column(
            "places",
            "Количество учебных мест",
            cells.count,
            (
                "Учебных рабочих мест",
                "Количество рабочих мест",
                "Количество мест",
                "Число мест",
                "Мест",
                "Учебные рабочие места",
                "Количество учебных рабочих мест",
            ),
            required=True,
        ),
        Column(
            "channel",
            "Через что организованы",
            cells.Choice("channel", CHANNELS, "channel"),
            ("Через что", "Канал", "Проект", "В рамках чего организованы", "Программа"),
            seek=cells.Choice("channel", CHANNELS, "channel").seek,
        ),
        ORGANISATION,
        Column(
            "host", "Площадка", cells.text, ("Где организованы", "Место проведения", "Партнёр", "База", "Мастерская")
        ),
        Column("industry", "Отрасль", cells.text, ("Компетенция", "Отрасль экономики", "Профессия")),
    ),
    rows=rows,
)
