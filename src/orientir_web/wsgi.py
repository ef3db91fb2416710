"""The application for a WSGI server, warmed up before the first request: that one took a second without."""

from __future__ import annotations

import os

from django.conf import settings
from django.core.wsgi import get_wsgi_application

from orientir_web.occupied import hold
from orientir_web.operation.ends import end_with_parent

end_with_parent()
os.environ.setdefault("DJANGO_SETTINGS_MODULE", "orientir_web.settings")
application = get_wsgi_application()
hold(settings.DATA)  # for itself and until its end: this process may outlive whoever started it


def _warm_up() -> None:
    from django.db import connections
    from django.template.loader import get_template
    from django.urls import get_resolver

    from orientir_web.submissions.models import Submission
    from orientir_web.submissions.sheets import sheet

    assert get_resolver().url_patterns
    get_template("base.html")
    forms = Submission.objects.order_by().values_list("campaign__snapshot_id", "form", "campaign__period").distinct()
    for told in forms[:4]:
        sheet(*told)
    connections.close_all()


_warm_up()
