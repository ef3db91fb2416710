from __future__ import annotations

from django.urls import path

from orientir_web.decisions import views

urlpatterns = [
    path("decisions/", views.decisions, name="decisions"),
    path("decisions/texts/<int:campaign_id>/", views.decision_texts, name="decision_texts"),
    path("decisions/texts/<int:campaign_id>/one/", views.decision_text, name="decision_text"),
    path("decisions/outcomes/<int:campaign_id>/", views.decision_outcomes, name="decision_outcomes"),
    path("decisions/advice/<int:addressee_id>/", views.advice_acknowledge, name="advice_acknowledge"),
    path("decisions/new/<int:district_id>/", views.decision_add, name="decision_add"),
    path("decisions/export/<int:district_id>/actions.csv", views.decisions_export, name="decisions_export"),
    path("decisions/<int:decision_id>/", views.decision, name="decision"),
    path("decisions/<int:decision_id>/evidence/", views.decision_evidence, name="decision_evidence"),
    path(
        "decisions/<int:decision_id>/evidence/<int:file_id>/remove/",
        views.decision_evidence_remove,
        name="decision_evidence_remove",
    ),
]
