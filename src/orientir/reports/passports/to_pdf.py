"""A passport as PDF, set by typst; accessible as the report is (PDF/UA-1)."""

from __future__ import annotations

import json
from dataclasses import asdict
from datetime import datetime
from functools import cache
from importlib.resources import files

import typst

from orientir.reports.passports.content import Passport


@cache
def _template() -> bytes:
    return files("orientir.reports").joinpath("templates/passport.typ").read_bytes()


def passport_pdf(passport: Passport, on: datetime) -> bytes:
    data = asdict(passport) | {"organisation": passport.organisation.title}
    made = typst.compile(
        _template(),
        sys_inputs={"passport": json.dumps(data, ensure_ascii=False)},
        pdf_standards=["ua-1"],
        timestamp=int(on.timestamp()),
    )
    assert isinstance(made, bytes)
    return made
