"""Pages about forms: to fill and read them (entry.py), to decide about them (decisions.py)."""

from __future__ import annotations

from django.urls import path

from orientir_web.submissions import decisions, entry, views

urlpatterns = [
    path("", views.home, name="home"),
    path("forms/<int:submission_id>/", entry.form, name="form"),
    path("forms/<int:submission_id>/save/", entry.save_form, name="save_form"),
    path("forms/<int:submission_id>/cells/", entry.save_batch, name="save_batch"),
    path("forms/<int:submission_id>/cell/", entry.form_cell, name="form_cell"),
    path("forms/<int:submission_id>/print/", entry.print_form, name="print_form"),
    path("forms/<int:submission_id>/workbook/", entry.form_workbook, name="form_workbook"),
    path("forms/<int:submission_id>/upload/", entry.upload_workbook, name="upload_workbook"),
    path("forms/<int:submission_id>/submit/", decisions.submit_form, name="submit_form"),
    path("forms/<int:submission_id>/review/", decisions.review, name="review"),
    path("forms/<int:submission_id>/return/", decisions.return_form, name="return_form"),
    path("forms/<int:submission_id>/accept/", decisions.accept_form, name="accept_form"),
    path("forms/<int:submission_id>/correct/", decisions.correct_cell, name="correct_cell"),
    path("campaigns/<int:campaign_id>/approval/", decisions.approval, name="campaign_approval"),
    path("campaigns/<int:campaign_id>/approve/", decisions.approve_campaign, name="approve_campaign"),
]
