"""Every sentence of the reports, held against a file that a person has read.

After a change of wording or of figures, run with ORIENTIR_UPDATE_GOLDEN=1, read the difference in version control,
and commit it together with the change. The annex of numbers is left out: it repeats the tables, one line a number.
"""

from __future__ import annotations

import os
from pathlib import Path

import pytest
from reading import lines_of

from orientir.disclosure.protect import protect
from orientir.model.cycle import Cycle
from orientir.reports.build import build_document

GOLDEN = Path(__file__).parent / "golden"
UPDATE = os.environ.get("ORIENTIR_UPDATE_GOLDEN") == "1"


def agrees(name: str, text: str) -> None:
    file = GOLDEN / name
    if UPDATE:
        file.write_text(text, encoding="utf-8")
    expected = file.read_text(encoding="utf-8").splitlines()
    assert text.splitlines() == expected, f"{name}: to accept the new wording, run with ORIENTIR_UPDATE_GOLDEN=1"


def test_real_district(kemerovo: Cycle) -> None:
    document, _ = build_document(kemerovo)
    sections = [section.id for section in document.sections if section.id != "numbers"]
    agrees("kemerovo.txt", lines_of(document, *sections))


@pytest.mark.parametrize("section", ["monitoring", "findings"])
def test_real_district_in_public(kemerovo: Cycle, section: str) -> None:
    document, _ = build_document(protect(kemerovo), public=True)
    agrees(f"kemerovo_public_{section}.txt", lines_of(document, section))


def test_synthetic_district(synthetic: Cycle) -> None:
    document, _ = build_document(synthetic)
    agrees("kemerovo_synthetic.txt", lines_of(document, "recommendations", "effectiveness", "places"))
