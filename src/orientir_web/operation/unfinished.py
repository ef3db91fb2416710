"""What becomes of background jobs whose worker was killed: they are done again, unless they are what kills it."""

from __future__ import annotations

import logging
from collections.abc import Callable
from typing import Any

from django.db import transaction
from django_tasks_db.models import DBTaskResult

from orientir_web.cycles import services as cycles
from orientir_web.cycles.tasks import compute
from orientir_web.jobs import services as jobs
from orientir_web.jobs.tasks import make_document

TRIES = 3
# Of a checked report its page sees by itself that nobody works on it.
_TELL: dict[str, Callable[[int], None]] = {
    compute.module_path: cycles.give_up,
    make_document.module_path: jobs.give_up,
}
_log = logging.getLogger(__name__)


@transaction.atomic
def put_back() -> None:
    """For a worker that starts: what an earlier one has begun and not ended waits again.

    Whoever runs a job holds its lock, so that one which runs after all is not run twice at once.
    """
    for one in DBTaskResult.objects.running().select_for_update():
        if len(one.worker_ids) < TRIES:
            DBTaskResult.objects.filter(pk=one.pk).update(status="READY", started_at=None)
        else:
            _give_up(one)


def _give_up(one: DBTaskResult[Any, Any]) -> None:
    _log.error("given up after %s tries: %s", len(one.worker_ids), one.task_path)
    one.set_failed(RuntimeError("its worker was killed each time"))
    if tell := _TELL.get(one.task_path):
        tell(*one.args_kwargs["args"])
