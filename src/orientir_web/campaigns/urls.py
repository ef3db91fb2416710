"""Pages of campaigns."""

from __future__ import annotations

from django.urls import path, re_path

from orientir_web.campaigns import settings_views, views

urlpatterns = [
    path("campaigns/new/", views.new_campaign, name="new_campaign"),
    path("campaigns/<int:campaign_id>/", views.campaign, name="campaign"),
    re_path(
        r"^campaigns/(?P<campaign_id>[0-9]+)/board\.(?P<kind>csv|xlsx)$", views.campaign_file, name="campaign_file"
    ),
    path("campaigns/<int:campaign_id>/bulk/", views.campaign_bulk, name="campaign_bulk"),
    path("campaigns/<int:campaign_id>/letters/", views.campaign_letters, name="campaign_letters"),
    path("campaigns/<int:campaign_id>/settings/", settings_views.campaign_settings, name="campaign_settings"),
    path("campaigns/<int:campaign_id>/lock/", settings_views.campaign_lock, name="campaign_lock"),
    path("campaigns/<int:campaign_id>/unlock/", settings_views.campaign_unlock, name="campaign_unlock"),
    path("campaigns/<int:campaign_id>/deadline/", settings_views.campaign_reschedule, name="campaign_reschedule"),
    path("campaigns/<int:campaign_id>/exception/", settings_views.campaign_exception, name="campaign_exception"),
    path("campaigns/<int:campaign_id>/ask/", settings_views.campaign_ask, name="campaign_ask"),
]
