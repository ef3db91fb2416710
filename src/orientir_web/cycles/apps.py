"""What changes the numbers asks for a new computation, whoever changed them."""

from __future__ import annotations

from django.apps import AppConfig
from django.db.models.signals import post_save


class CyclesConfig(AppConfig):
    name = "orientir_web.cycles"

    def ready(self) -> None:
        from orientir_web.cycles.services import data_changed
        from orientir_web.journal.models import Entry

        post_save.connect(data_changed, sender=Entry, dispatch_uid="cycles.data_changed")
