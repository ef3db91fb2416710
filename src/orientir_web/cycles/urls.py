from __future__ import annotations

from django.urls import path

from orientir_web.cycles import views

urlpatterns = [
    path("districts/<int:organisation_id>/package/", views.district_package, name="district_package"),
    path("packages/<int:draft_id>/", views.package_draft, name="package_draft"),
    path("packages/<int:draft_id>/confirm/", views.package_confirm, name="package_confirm"),
    path("packages/<int:draft_id>/cancel/", views.package_cancel, name="package_cancel"),
]
