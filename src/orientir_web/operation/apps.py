"""The checks take part in `check` and `check --deploy`."""

from __future__ import annotations

from django.apps import AppConfig


class OperationConfig(AppConfig):
    name = "orientir_web.operation"

    def ready(self) -> None:
        from orientir_web.operation import checks  # noqa: F401  registers itself
