from __future__ import annotations

from django.urls import path

from orientir_web.publication import views

urlpatterns = [
    path("releases/publish/<int:campaign_id>/", views.publish, name="publish"),
    path("releases/<int:release_id>/file/", views.release_file, name="release_file"),
]
