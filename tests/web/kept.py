"""What the walk asks for in registers, checked reports and decisions: made in a district by whoever asks first."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date

from django.core.files.uploadedfile import SimpleUploadedFile
from django.utils import timezone

from orientir_web.cycles.models import PackageDraft
from orientir_web.decisions.assignments import prove as prove_part
from orientir_web.decisions.models import Addressee, Advice, Assignment, Decision
from orientir_web.decisions.services import decide, prove
from orientir_web.people.roles import Role
from orientir_web.registers.frame import frame_of
from orientir_web.registers.kinds import kept
from orientir_web.registers.models import ImportDraft, RegisterRow
from orientir_web.registers.reading import read_typed
from orientir_web.registers.services import add_evidence, add_row
from orientir_web.report_check import files
from orientir_web.report_check.models import CheckState, ReportCheck
from web.world import District

PDF = b"%PDF-1.4\n1 0 obj<<>>endobj\ntrailer<<>>\n%%EOF"
EVENT = {"title": "Экскурсия на завод", "dates": "28.04.2022", "level": "school", "persons": "25"}


def register_row(district: District, **texts: str) -> RegisterRow:
    """An event of the first school, by its officer."""
    register, frame = kept("events"), frame_of(district.schools[0])
    assert register is not None
    typed = read_typed(register, EVENT | texts, frame)
    assert typed.row is not None, typed.errors
    return add_row(register, typed.row, frame, district.people[Role.SCHOOL_OFFICER])


def row_names(district: District) -> Mapping[str, object]:
    return {"row_id": register_row(district).pk}


def proof_names(district: District) -> Mapping[str, object]:
    row = register_row(district)
    upload = SimpleUploadedFile("приказ.pdf", PDF)
    return {"row_id": row.pk, "file_id": add_evidence(row, upload, district.people[Role.SCHOOL_OFFICER]).pk}


def file_names(district: District) -> Mapping[str, object]:
    return {"file_id": proof_names(district)["file_id"]}


def draft_names(district: District) -> Mapping[str, object]:
    content = {"rows": [], "remarks": [], "header": [], "mapping": {}, "constants": {}, "is_told": False}
    draft = ImportDraft.objects.create(
        organisation=district.schools[0], register="events", period="2021/22", name="план.xlsx", sha256="0" * 64,
        content=content, by=district.people[Role.SCHOOL_OFFICER], at=timezone.now(),
    )  # fmt: skip
    return {"draft_id": draft.pk}


def package_names(district: District) -> Mapping[str, object]:
    """Of files that are not there: what is asked is only whether it is theirs."""
    told = {"name": "прошлое.zip", "title": "Прошлые годы", "checksum": "sha256:none", "content": {}}
    by, now = district.people[Role.COORDINATOR], timezone.now()
    draft = PackageDraft.objects.create(district=district.place, campaign=district.campaign, by=by, at=now, **told)
    return {"draft_id": draft.pk}


# Whoever sees data belongs to one of these; a report is private to the very organisation.
REPORT_TEXT = "Отчёт о мониторинге. Поступило 57 % выпускников."


def report_check(district: District, role: Role, **told: object) -> ReportCheck:
    """A report that a person of this role has uploaded for their own organisation."""
    person = district.people[role]
    return ReportCheck.objects.create(
        organisation=district.membership(role).organisation, name="отчёт.txt", size=1, sha256="0" * 64,
        stored=files.put(REPORT_TEXT.encode()), by=person, at=timezone.now(),
        **({"state": CheckState.REFUSED, "refusal": "не прочитан", "kept_until": timezone.localdate()} | told),
    )  # fmt: skip


def check_names(district: District) -> Mapping[str, object]:
    return {"check_id": report_check(district, Role.COORDINATOR).pk}


DECIDED = {
    "kind": "decision", "form": "act", "title": "Утвердить план вовлечения в «Билет в будущее»", "act": "Приказ",
    "number": "1", "decided_on": date(2021, 6, 25), "owner": "coordinator", "due": date(2022, 5, 31),
    "indicators": ["ticket"], "finding": "", "status": "in_progress", "evidence": "", "note": "",
}  # fmt: skip


def decision(district: District, **told: object) -> Decision:
    """By the coordinator, of the whole territory unless `organisations` are told."""
    by = district.people[Role.COORDINATOR]
    return decide(district.place, {**DECIDED, "organisations": (), **told}, by)


def decision_names(district: District) -> Mapping[str, object]:
    return {"decision_id": decision(district).pk}


def proven_names(district: District) -> Mapping[str, object]:
    made = decision(district)
    file = prove(made, SimpleUploadedFile("приказ.pdf", PDF), district.people[Role.COORDINATOR])
    return {"decision_id": made.pk, "file_id": file.pk}


def _part(district: District) -> Assignment:
    """What the first school is to do of a decision."""
    made = decision(district, owner="school_head", organisations=district.schools[:1])
    return Assignment.objects.get(decision=made)


def part_names(district: District) -> Mapping[str, object]:
    return {"assignment_id": _part(district).pk}


def part_proof_names(district: District) -> Mapping[str, object]:
    part = _part(district)
    file = prove_part(part, SimpleUploadedFile("приказ.pdf", PDF), district.people[Role.SCHOOL_OFFICER])
    return {"assignment_id": part.pk, "file_id": file.pk}


def given_names(district: District) -> Mapping[str, object]:
    """A file of a decision that the first school carries out."""
    made = _part(district).decision
    file = prove(made, SimpleUploadedFile("приказ.pdf", PDF), district.people[Role.COORDINATOR])
    return {"decision_id": made.pk, "file_id": file.pk}


def addressee_names(district: District) -> Mapping[str, object]:
    advice = Advice.objects.create(
        campaign=district.campaign, key="advice:x", audience="heads", text="Проверьте.", owner="coordinator",
        due=date(2022, 10, 1), by=district.people[Role.COORDINATOR], at=timezone.now(),
    )  # fmt: skip
    return {"addressee_id": Addressee.objects.create(advice=advice, organisation=district.schools[0]).pk}


def campaign_names(district: District) -> Mapping[str, object]:
    return {"campaign_id": district.campaign.pk}


def district_names(district: District) -> Mapping[str, object]:
    return {"district_id": district.place.pk}
