"""`python -m django remind`: what `orientir remind` and the server's own clock call."""

from __future__ import annotations

from django.core.management.base import BaseCommand

from orientir_web.letters.reminders import remind_all


class Command(BaseCommand):
    help = "Queue the reminders whose day has come."

    def handle(self, *_arguments: object, **_options: object) -> None:
        self.stdout.write(f"{remind_all()}")
