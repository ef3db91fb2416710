from __future__ import annotations

from django.urls import path

from orientir_web.evidence import views

urlpatterns = [path("evidence/<int:file_id>/", views.evidence, name="evidence")]
