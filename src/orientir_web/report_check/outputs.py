"""What an audit leaves in its folder. No Django here: the auditing process reads it too."""

from __future__ import annotations

REPORT, REFUSAL, PAGE = "report", "refusal.txt", "page.json"
HTML, JSON, DOCX, COMMENTS = "audit.html", "audit.json", "audit.docx", "comments.docx"
MODULE = "orientir_web.report_check.auditing"
