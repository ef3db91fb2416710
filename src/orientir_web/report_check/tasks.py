"""The job of checking a report, as the worker finds it."""

from __future__ import annotations

from django_tasks import task

from orientir_web.report_check import services


@task()
def check(key: int) -> None:
    services.run(key)
