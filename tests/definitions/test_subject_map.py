"""The map of subjects and groups of specialties: what it says, and every mistake in it at once."""

from __future__ import annotations

from pathlib import Path

from orientir.definitions.subject_map import FILE, read_subject_map
from orientir.model.records import ANY_OF, NEAR, REQUIRED, SubjectMap
from orientir.resources import programme_folder


def written(folder: Path, text: str) -> Path:
    (folder / FILE).parent.mkdir(parents=True)
    (folder / FILE).write_text(text, encoding="utf-8")
    return folder


def test_the_shipped_map_is_a_draft_of_58_groups() -> None:
    found, faults = read_subject_map(programme_folder("career_guidance_records"))
    assert faults == []
    assert found.is_draft
    assert {row.group for row in found.rows} == set(range(1, 59))
    assert {row.role for row in found.rows if row.group == 21} == {REQUIRED, ANY_OF, NEAR}


def test_mistakes_are_told_at_once(tmp_path: Path) -> None:
    text = """groups:
  "девять": {title: а, near: [physics], link: strong, valid_from: 2022}
  "09": {title: а, near: [phisics], link: firm, valid_from: 22, valid_to: 2020}
  "10": {title: а, any: [physics], near: physics, link: weak}
"""
    told = "\n".join(map(str, read_subject_map(written(tmp_path, text))[1]))
    for said in ("не код группы", "предмета «phisics» нет", "теснота связи", "«22» — не год", "такого ключа нет",
                 "нужен список предметов", "не сказано, с какого года"):  # fmt: skip
        assert said in told


def test_programme_without_a_map(tmp_path: Path) -> None:
    assert read_subject_map(tmp_path) == (SubjectMap(), [])
