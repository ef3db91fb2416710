"""The jobs of documents, as the worker finds them."""

from __future__ import annotations

from django_tasks import task

from orientir_web.jobs import services


@task()
def make_document(key: int) -> None:
    services.run(key)
