from __future__ import annotations

from django.urls import path

from orientir_web.panels import district_views, views

urlpatterns = [
    path("panels/", views.panels, name="panels"),
    path("panels/districts/", district_views.districts, name="panel_districts"),
    path("panels/districts/<slug:key>/<slug:kind>/", district_views.districts_file, name="panel_districts_file"),
    path("panels/<int:campaign_id>/", views.district, name="panel"),
    path("panels/<int:campaign_id>/freshness/", views.freshness, name="panel_freshness"),
    path("panels/<int:campaign_id>/refresh/", views.refresh, name="panel_refresh"),
    path("panels/<int:campaign_id>/comparison/", views.comparison, name="panel_comparison"),
    path("panels/<int:campaign_id>/indicators/<slug:key>/", views.indicator, name="panel_indicator"),
    path("panels/<int:campaign_id>/schools/<int:organisation_id>/", views.school, name="panel_school"),
    path("panels/<int:campaign_id>/schools/by-code/<str:code>/", views.school_by_code, name="panel_school_by_code"),
    path("panels/data/<int:computation_id>/numbers/<slug:number_id>/", views.number, name="panel_number"),
    path(
        "panels/data/<int:computation_id>/<slug:page>/<slug:key>/picture.svg", views.chart_picture, name="panel_picture"
    ),
    path("panels/data/<int:computation_id>/<slug:page>/<slug:key>/<slug:kind>/", views.chart_file, name="panel_file"),
]
