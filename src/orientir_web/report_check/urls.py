from __future__ import annotations

from django.urls import path

from orientir_web.report_check import views

urlpatterns = [
    path("report-checks/", views.report_checks, name="report_checks"),
    path("report-checks/<int:check_id>/", views.report_check, name="report_check"),
    path("report-checks/<int:check_id>/file/<str:kind>/", views.report_check_file, name="report_check_file"),
    path("report-checks/<int:check_id>/again/", views.report_check_again, name="report_check_again"),
    path("report-checks/<int:check_id>/delete/", views.report_check_delete, name="report_check_delete"),
]
