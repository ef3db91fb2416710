"""Rows of the registers kept here, as the core's import of a folder would give them."""

from __future__ import annotations

from collections.abc import Mapping

from django.db.models import QuerySet

from orientir.model.package import Source
from orientir.model.periods import Period
from orientir.presentation import period_name
from orientir.sources.registers.result import RegisterImport, TableRows
from orientir_web.campaigns.models import Campaign
from orientir_web.registers.kinds import registers
from orientir_web.registers.models import RegisterRow


def rows_of(campaign: Campaign) -> QuerySet[RegisterRow]:
    """Those of the campaign's year that nobody removed."""
    own = RegisterRow.objects.filter(organisation__path__startswith=campaign.district.path)
    return own.filter(period=campaign.period, removed_at__isnull=True).order_by("pk")


def registered(campaign: Campaign, period: Period) -> RegisterImport:
    """A table for each register that has rows; files of people are not kept, so that there are no originals."""
    tables: dict[str, TableRows] = {}
    sources: list[Source] = []
    rows = list(rows_of(campaign))
    for register in registers():
        own = [one for one in rows if one.register == register.id]
        if own:
            key = f"{register.id}_{str(period).replace('/', '_')}"
            title = f"{register.title}, {period_name(period)}"
            sources.append(Source(key, title, "Реестры Ориентира", register.title, len(sources) + 1))
            tables[register.table] = [_row(one, key, period, number) for number, one in enumerate(own, 1)]
    return RegisterImport(tables, tuple(sources), {}, ())


def _row(one: RegisterRow, source: str, period: Period, number: int) -> Mapping[str, str]:
    """Events get numbers that no other year has, as in the core's import: «21001» is the first of 2021/22."""
    told = {"source": source, "period": str(period), "origin": one.origin or f"запись {one.pk}"}
    if one.register == "events":
        told["no"] = f"{period.start % 100}{number:04}"
    return {**one.cells, **told}
