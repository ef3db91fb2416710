from __future__ import annotations

from django.urls import path

from orientir_web.registers import imports, views

urlpatterns = [
    path("registers/", views.registers, name="registers"),
    path("registers/rows/<int:row_id>/", views.row, name="register_row"),
    path("registers/rows/<int:row_id>/remove/", views.remove, name="register_row_remove"),
    path("registers/rows/<int:row_id>/evidence/", views.add_evidence, name="register_evidence"),
    path(
        "registers/rows/<int:row_id>/evidence/<int:file_id>/remove/",
        views.remove_evidence,
        name="register_evidence_remove",
    ),
    path("registers/imports/<int:draft_id>/", imports.preview, name="register_preview"),
    path("registers/imports/<int:draft_id>/confirm/", imports.confirm, name="register_confirm"),
    path("registers/imports/<int:draft_id>/cancel/", imports.cancel, name="register_cancel"),
    path("registers/<str:name>/", views.register, name="register"),
    path("registers/<str:name>/add/", views.add, name="register_add"),
    path("registers/<str:name>/import/", imports.start, name="register_import"),
    path("registers/<str:name>/export.<str:form>", views.export, name="register_export"),
]
