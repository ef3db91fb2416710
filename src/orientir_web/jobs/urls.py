from __future__ import annotations

from django.urls import path

from orientir_web.jobs import views

urlpatterns = [
    path("documents/<int:campaign_id>/", views.documents, name="documents"),
    path("documents/<int:campaign_id>/<slug:kind>/", views.ask, name="document_ask"),
    path("documents/job/<int:job_id>/state/", views.state, name="document_state"),
    path("documents/job/<int:job_id>/again/", views.again, name="document_again"),
    path("documents/job/<int:job_id>/file/", views.download, name="document_file"),
]
