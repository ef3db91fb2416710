"""Every mistake of a programme is told at once, each on its own line, and none brings forth others."""

from __future__ import annotations

from pathlib import Path

import pytest

from orientir.definitions.lines import Lines
from small_world import spoil

# file, what stands in it, what is written instead, where the mistake is told
PLANTED = (
    ("programme.yaml", "\nyears: 3", "\nyears: 30", "years"),
    ("programme.yaml", "\nreporting_kinds: [school]", "\nreporting_kinds: [scool]", "reporting_kinds"),
    ("programme.yaml", '"11": {title:', '"11": {titel:', "dimensions.grade.members.11.titel"),
    ("elements.yaml", "unit: visit\n", "unit: visitor\n", "elements.open_day_visits.unit"),
    ("elements.yaml", "  graduates_9_11:\n    title", "  graduates_9_11:\n    titel", "elements.graduates_9_11.titel"),
    ("elements.yaml", "  ege_ready:", "  unused: {title: Лишняя, unit: person}\n  ege_ready:", "elements.unused"),
    ("elements.yaml", "    formula:\n      - {element: pupils,", "    formula:\n      - {element: pupils_10,",
     "elements.pupils_10.formula"),
    ("indicators/tested.yaml", "denominator: pupils_6_11", "denominator: tested_6_11", "denominator"),
    ("indicators/college_11.yaml", "numerator: admitted_college_11", "numerator: admitted_collage_11", "numerator"),
    ("indicators/higher_11.yaml", "kind: declared", "kind: declard", "kind"),
    ("indicators/parents_advised_as_measured.yaml", "declared: parents_advised\n", "", "kind"),
    ("indicators/college_9_near_exam.yaml", "[2019/20]", "[2019/21]", "not_calculable.0.periods"),
    ("checks.yaml", "left: graduates_9_11\n", "left: [graduates_9_11, 5]\n", "checks.graduates_union.left.1"),
    ("recommendations.yaml", "months: 1}", "months: soon}", "due.months"),
    ("report.yaml", "section: summary", "section: sumary", "sections.0.section"),
    ("legal_acts.yaml", "issued: 2020-07-17", "issued: 17 июля", "issued"),
)  # fmt: skip


def test_sixteen_mistakes_are_told_at_once(shipped: Path, told):
    lines = []
    for file, old, new, key in PLANTED:
        text = (shipped / file).read_text(encoding="utf-8")
        assert old in text, (file, old)
        (shipped / file).write_text(text.replace(old, new, 1), encoding="utf-8")
        lines.append((file, key))
    said = told(shipped)
    for file, key in lines:
        assert any(line.startswith(f"{file}:") and f"{key}: " in line for line in said), (file, key)


def test_every_mistake_has_its_line_key_and_cure(shipped: Path, told):
    for file, old, new, _ in PLANTED:
        text = (shipped / file).read_text(encoding="utf-8")
        (shipped / file).write_text(text.replace(old, new, 1), encoding="utf-8")
    for line in told(shipped):
        place, what = line.split(": ", 1)
        assert place.rpartition(":")[2].isdigit(), line
        assert what.count(".") >= 2, line


@pytest.mark.parametrize("file", ["elements.yaml", "programme.yaml", "indicators/tested.yaml"])
def test_file_that_cannot_be_read_brings_forth_no_other_mistakes(shipped: Path, told, file):
    (shipped / file).write_text("title: [", encoding="utf-8")
    assert [line.partition(":")[0] for line in told(shipped)] == [file]


def test_broken_entry_brings_forth_no_other_mistakes(shipped: Path, told):
    spoil(shipped / "elements.yaml", "  pupils_6_11:\n    title", "  pupils_6_11:\n    titel")
    assert {line.partition(": ")[0].rpartition(":")[0] for line in told(shipped)} == {"elements.yaml"}


def keys_of(path: Path) -> list[tuple[int, str]]:
    """Every key of a YAML file that stands at the head of a line: the line and the key."""
    found = []
    for number, line in enumerate(path.read_text(encoding="utf-8").splitlines(), 1):
        key, colon, _ = line.strip().removeprefix("- ").partition(":")
        if colon and key.strip('"').isidentifier() and not line.lstrip().startswith("#"):
            found.append((number, key))
    return found


FILES = (
    "programme.yaml",
    "elements.yaml",
    "checks.yaml",
    "recommendations.yaml",
    "legal_acts.yaml",
    "indicators/championship.yaml",
    "indicators/unaccounted_9.yaml",
    "indicators/ege_readiness.yaml",
)


@pytest.mark.parametrize("file", FILES)
def test_any_key_written_wrong_is_told_on_its_line_or_where_it_is_missed(shipped: Path, told, file):
    """The name of an entry is free: renaming one is told where it was referred to, unless nothing refers to it."""
    original = (shipped / file).read_text(encoding="utf-8")
    lines = original.splitlines(keepends=True)
    route_of = Lines(shipped / file, file)
    groups = [group for group in route_of.data.values() if isinstance(group, dict)]
    members = [entry["members"] for group in groups for entry in group.values() if "members" in entry]
    free = {key for named in (*groups, *members) for key in named}
    for number, key in keys_of(shipped / file)[:: max(1, len(lines) // 12)]:
        if key in free:
            continue
        spoilt = lines[number - 1].replace(key, f"{key}zz", 1)
        (shipped / file).write_text("".join([*lines[: number - 1], spoilt, *lines[number:]]), encoding="utf-8")
        assert any(line.startswith(f"{file}:{number}: ") and f"{key}zz" in line for line in told(shipped)), (
            number,
            key,
        )


@pytest.mark.parametrize("group", ["elements", "roles", "audiences", "sources", "initiatives", "acts", "components"])
def test_any_name_that_leads_nowhere_is_told_where_it_is_used(shipped: Path, told, group):
    """Rename the definition: every place that named it is told."""
    file = {"elements": "elements.yaml", "acts": "legal_acts.yaml"}.get(group, "programme.yaml")
    entries = Lines(shipped / file, file).data[group]
    used = "".join(path.read_text(encoding="utf-8") for path in shipped.rglob("*.yaml"))
    name = max(entries, key=used.count)
    spoil_key(shipped / file, group, name)
    said = [line for line in told(shipped) if f"«{name}» нет" in line]
    assert said and all(f"«{name}zz»" in line for line in said)


def spoil_key(path: Path, group: str, name: str) -> None:
    head, _, tail = path.read_text(encoding="utf-8").partition(f"\n{group}:")
    if not tail:
        head, tail = "", path.read_text(encoding="utf-8").removeprefix(f"{group}:")
    for pattern in (f"  {name}:", f"{{{name}:", f", {name}:"):
        if pattern in tail:
            tail = tail.replace(pattern, pattern.replace(name, f"{name}zz"), 1)
            break
    path.write_text(f"{head}\n{group}:{tail}" if head else f"{group}:{tail}", encoding="utf-8")
