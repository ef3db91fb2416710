"""Whether a campaign takes answers at a moment, and the words for its deadline. Pure: a clock is handed in."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date, datetime, time, timedelta
from zoneinfo import ZoneInfo

from django.utils import formats
from django.utils.translation import gettext as _


@dataclass(frozen=True)
class Gate:
    """Open from `opens_at` on and until just before `closes_at`; `exceptions` are other ends, by organisation."""

    opens_at: datetime
    closes_at: datetime
    is_locked: bool = False
    exceptions: Mapping[int, datetime] = field(default_factory=dict)

    def deadline(self, organisation: int) -> datetime:
        return self.exceptions.get(organisation, self.closes_at)

    def is_open(self, now: datetime, organisation: int) -> bool:
        return not self.is_locked and self.opens_at <= now < self.deadline(organisation)


def end_of_day(day: date, zone: ZoneInfo) -> datetime:
    """«Until the fifteenth» lasts the whole fifteenth where the district is."""
    return datetime.combine(day + timedelta(days=1), time(), zone)


def deadline_words(closes_at: datetime, zone: ZoneInfo) -> str:
    """The last minute that still counts, with its zone: «15 октября 2026 г., 23:59 (Asia/Novokuznetsk, UTC+07:00)»."""
    last = (closes_at - timedelta(seconds=1)).astimezone(zone)
    day, minute = formats.date_format(last, "DATE_FORMAT"), formats.date_format(last, "H:i")
    offset = last.strftime("%z")
    return _("%(day)s, %(minute)s (%(zone)s, UTC%(offset)s)") % {
        "day": day,
        "minute": minute,
        "zone": zone.key,
        "offset": f"{offset[:3]}:{offset[3:]}",
    }
