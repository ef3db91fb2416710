"""What becomes of background jobs whose worker was killed: they are done again, unless they are what kills it."""

from __future__ import annotations

import logging

from django.db import transaction
from django_tasks_db.models import DBTaskResult

TRIES = 3
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
            _log.error("given up after %s tries: %s", len(one.worker_ids), one.task_path)
            one.set_failed(RuntimeError("its worker was killed each time"))
