"""`python -m django work`: the worker of background jobs, as `orientir serve` starts it."""

from __future__ import annotations

from typing import Any

from django.conf import settings
from django_tasks_db.management.commands.db_worker import Command as Worker

from orientir_web.cycles.services import ask_for_missed
from orientir_web.occupied import hold
from orientir_web.operation.ends import end_with_parent
from orientir_web.operation.unfinished import put_back


class Command(Worker):
    help = "Run the background jobs, also those that a killed worker or server has left."

    def handle(self, **options: Any) -> None:
        end_with_parent()
        hold(settings.DATA)
        put_back()
        ask_for_missed()
        super().handle(**options)
