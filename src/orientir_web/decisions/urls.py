from __future__ import annotations

from django.urls import path

from orientir_web.decisions import own_views, text_views, views

urlpatterns = [
    path("decisions/", views.decisions, name="decisions"),
    path("decisions/texts/<int:campaign_id>/", text_views.decision_texts, name="decision_texts"),
    path("decisions/texts/<int:campaign_id>/one/", text_views.decision_text, name="decision_text"),
    path("decisions/outcomes/<int:campaign_id>/", views.decision_outcomes, name="decision_outcomes"),
    path("decisions/advice/<int:addressee_id>/", own_views.advice, name="advice"),
    path("decisions/advice/<int:addressee_id>/answer/", own_views.advice_acknowledge, name="advice_acknowledge"),
    path("decisions/new/<int:district_id>/", views.decision_add, name="decision_add"),
    path("decisions/export/<int:district_id>/actions.csv", views.decisions_export, name="decisions_export"),
    path("decisions/<int:decision_id>/", views.decision, name="decision"),
    path("decisions/<int:decision_id>/file/<int:file_id>/", own_views.decision_file, name="decision_file"),
    path("decisions/<int:decision_id>/evidence/", views.decision_evidence, name="decision_evidence"),
    path(
        "decisions/<int:decision_id>/evidence/<int:file_id>/remove/",
        views.decision_evidence_remove,
        name="decision_evidence_remove",
    ),
    path("decisions/part/<int:assignment_id>/", own_views.assignment_report, name="assignment_report"),
    path("decisions/part/<int:assignment_id>/evidence/", own_views.assignment_evidence, name="assignment_evidence"),
    path(
        "decisions/part/<int:assignment_id>/evidence/<int:file_id>/remove/",
        own_views.assignment_evidence_remove,
        name="assignment_evidence_remove",
    ),
]
