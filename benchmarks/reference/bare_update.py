"""The least that Django does for a save: one row updated by its key, without middleware; and a page that says nothing.

Served by `granian --interface wsgi benchmarks.reference.bare_update:application`, with the settings of the database
that the application has; BARE_DATABASE names the file.
"""

from __future__ import annotations

import os
from pathlib import Path
from typing import ClassVar

import django
from django.conf import settings

from orientir_web.databases import database_of

settings.configure(
    ALLOWED_HOSTS=["127.0.0.1"],
    DATABASES={"default": database_of("", Path(os.environ["BARE_DATABASE"]))},
    LOGGING_CONFIG=None,
    MIDDLEWARE=[],
    ROOT_URLCONF=__name__,
)
django.setup()

from django.core.handlers.wsgi import WSGIHandler  # noqa: E402
from django.db import connection, models  # noqa: E402
from django.http import HttpRequest, HttpResponse, JsonResponse  # noqa: E402
from django.urls import path  # noqa: E402


class OneRow(models.Model):
    number = models.IntegerField()

    class Meta:
        app_label = "bare"
        indexes: ClassVar[list[models.Index]] = []


def update(request: HttpRequest, number: int) -> JsonResponse:
    return JsonResponse({"changed": OneRow.objects.filter(pk=1).update(number=number)})


def nothing(request: HttpRequest) -> HttpResponse:
    return HttpResponse("ok")


with connection.schema_editor() as editor:
    if OneRow._meta.db_table not in connection.introspection.table_names():
        editor.create_model(OneRow)
if not OneRow.objects.exists():
    OneRow.objects.create(pk=1, number=0)
connection.close()

urlpatterns = [path("update/<int:number>/", update), path("health/", nothing)]
application = WSGIHandler()
