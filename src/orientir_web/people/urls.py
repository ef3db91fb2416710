"""Pages about organisations and people, and the doors by which people come in."""

from __future__ import annotations

from django.urls import path

from orientir_web.people import organisation_views, own_views, views

urlpatterns = [
    path("organisations/", views.organisations, name="organisations"),
    path("organisations/<int:organisation_id>/", views.organisation, name="organisation"),
    path("organisations/<int:organisation_id>/invite/", views.invite, name="invite"),
    path("organisations/<int:organisation_id>/add/", organisation_views.add_organisation, name="add_organisation"),
    path("organisations/<int:organisation_id>/change/", organisation_views.change, name="change_organisation"),
    path("organisations/<int:organisation_id>/table/", organisation_views.add_organisations, name="add_organisations"),
    path("organisations/<int:organisation_id>/invite-many/", organisation_views.invite_many, name="invite_many"),
    path("people/", organisation_views.people, name="people"),
    path("people/<int:person_id>/password/", organisation_views.password_link, name="password_link"),
    path("people/<int:person_id>/second-factor/", organisation_views.reset_second_factor, name="reset_second_factor"),
    path("memberships/<int:membership_id>/end/", views.end_membership, name="end_membership"),
    path("memberships/<int:membership_id>/substitute/", views.substitute, name="substitute"),
    path("invitation/<str:token>/", views.accept_invitation, name="accept_invitation"),
    path("account/", own_views.own_page, name="own_page"),
    path("account/sessions/end/", own_views.end_sessions, name="end_sessions"),
    path("account/forgotten/", own_views.forgotten_password, name="forgotten_password"),
    path("account/new-password/<str:token>/", own_views.new_password, name="new_password"),
    path("language/", views.set_language, name="set_language"),
]
