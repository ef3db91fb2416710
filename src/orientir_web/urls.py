"""Every address of the application. One without a row in tests/web/routes.py fails the walk.

Of allauth only what is used is here: no sign-up, no change of address.
"""

from __future__ import annotations

from allauth.account import views as account
from django.contrib.auth.decorators import login_not_required
from django.urls import include, path

from orientir_web.health import health

urlpatterns = [
    path("", include("orientir_web.submissions.urls")),
    path("", include("orientir_web.people.urls")),
    path("", include("orientir_web.campaigns.urls")),
    path("", include("orientir_web.journal.urls")),
    path("", include("orientir_web.cycles.urls")),
    path("", include("orientir_web.panels.urls")),
    path("", include("orientir_web.jobs.urls")),
    path("", include("orientir_web.publication.urls")),
    path("", include("orientir_web.api.urls")),
    path("", include("orientir_web.evidence.urls")),
    path("", include("orientir_web.registers.urls")),
    path("", include("orientir_web.report_check.urls")),
    path("", include("orientir_web.decisions.urls")),
    path("health/", health, name="health"),
    path("account/login/", login_not_required(account.login), name="account_login"),
    path("account/logout/", login_not_required(account.logout), name="account_logout"),
    path("account/password/", account.password_change, name="account_change_password"),
    path("account/confirm/", account.reauthenticate, name="account_reauthenticate"),
    path("account/second-factor/", include("allauth.mfa.urls")),
]
