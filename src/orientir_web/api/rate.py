"""How often a program may ask with one key, counted for all processes of the server together.

The count stands in the database. A process takes a small share of what is left at once and spends it by itself, so
that few requests pay for the count. What a process has taken and not spent is lost to the others until the next period:
a key is told to wait a little early at worst, never late.
"""

from __future__ import annotations

import threading
import time

from django.db import connection, transaction
from django.http import HttpRequest
from ninja.throttling import AuthRateThrottle

from orientir_web.api.access import token_in
from orientir_web.api.models import Asked

SHARES = 100  # a process takes a hundredth of the rate
_MOST_KEYS = 1000  # remembered by a process before it forgets those of earlier periods
_USED_UP = -1

# One statement: a row that is not there yet is made by one process, and found by the other.
_TAKE = """
INSERT INTO api_asked (token_id, period, count) VALUES (%s, %s, %s)
ON CONFLICT (token_id) DO UPDATE SET
    count = CASE WHEN api_asked.period = excluded.period THEN api_asked.count + excluded.count ELSE excluded.count END,
    period = excluded.period
"""


class SharedRate(AuthRateThrottle):
    """`rate` as «600/m». Counts by the clock: every period begins anew."""

    def __init__(self, rate: str) -> None:
        super().__init__(rate)
        self.most, self._period = self.num_requests or 1, self.duration or 1
        self._left: dict[str, tuple[int, int]] = {}
        self._lock = threading.Lock()

    def allow_request(self, request: HttpRequest) -> bool:
        token, now = token_in(request), int(time.time() // self._period)
        is_let = self._spend(token.token_hash, now, 0)
        if is_let is None:  # without the lock: a database that waits holds up nobody else
            is_let = self._spend(token.token_hash, now, self._take(token.pk, now) or _USED_UP)
        return bool(is_let)

    def wait(self) -> float:
        """Until the next period begins."""
        return self._period - time.time() % self._period

    def _spend(self, key: str, now: int, taken: int) -> bool | None:
        """Whether there is one to spend; None where a share must be taken first."""
        with self._lock:
            period, left = self._left.get(key, (now, 0))
            left = (left if period == now else 0) + taken
            if len(self._left) > _MOST_KEYS:
                self._left = {one: told for one, told in self._left.items() if told[0] == now}
            self._left[key] = (now, left - 1 if left > 0 else left)
        return None if left == 0 else left > 0

    def _take(self, key: int, now: int) -> int:
        """How many more this process may let through: a share, less at the end, then none."""
        share = max(1, self.most // SHARES)
        with transaction.atomic(), connection.cursor() as cursor:
            cursor.execute(_TAKE, [key, now, share])
            count = Asked.objects.values_list("count", flat=True).get(pk=key)
        return max(0, min(share, self.most - count + share))
