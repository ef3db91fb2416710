from __future__ import annotations

from django.urls import path

from orientir_web.journal import views

urlpatterns = [path("journal/", views.journal, name="journal")]
