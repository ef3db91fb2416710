"""The jobs of computing, as the worker finds them."""

from __future__ import annotations

from django_tasks import task

from orientir_web.cycles import services


@task()
def compute(key: int) -> None:
    services.run(key)
