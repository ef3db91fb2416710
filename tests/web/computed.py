"""A district whose schools have answered, and the computation of what was accepted, as the worker makes it."""

from __future__ import annotations

from orientir_web.cycles.models import Computation, Progress
from orientir_web.cycles.services import run
from orientir_web.jobs import services as jobs
from orientir_web.jobs.making import checksum_of
from orientir_web.jobs.models import Job, Kind
from orientir_web.jobs.services import file_of
from orientir_web.people.models import Person
from orientir_web.people.roles import Role
from orientir_web.publication.models import Release
from orientir_web.publication.services import publish
from orientir_web.submissions.approving import approval_of, approve
from orientir_web.submissions.models import Approval, Submission
from orientir_web.submissions.saving import Edit, save_cells
from orientir_web.submissions.services import accept, submit
from orientir_web.submissions.sheets import sheet_of
from orientir_web.submissions.states import State
from web.world import District, make_person

ANSWERS = ({"graduates_9": "50", "admitted_college_9": "20"}, {"graduates_9": "30", "admitted_college_9": "21"})


def answer(submission: Submission, by: Person, **answers: str) -> None:
    """The cells told; of the rest there are no data."""
    texts = dict.fromkeys(sheet_of(submission).places, "нет данных") | answers
    save_cells(submission, [Edit(code, text, 0) for code, text in texts.items()], by)
    submit(submission, by)


def accept_all(district: District) -> None:
    """Both schools answer, each by its own officer."""
    for submission, answers in zip(district.submissions, ANSWERS, strict=True):
        if Submission.objects.get(pk=submission.pk).state == State.DRAFT:
            officer = make_person(f"own.{submission.pk}", submission.organisation, Role.SCHOOL_OFFICER, False)
            answer(submission, officer, **answers)
            accept(submission, district.people[Role.COORDINATOR])


def computation_of(district: District) -> Computation:
    """Of both schools, ready."""
    accept_all(district)
    made = Computation.objects.create(campaign=district.campaign)
    run(made.pk)
    made.refresh_from_db()
    assert made.state == Progress.READY, made.message
    return made


def approved(district: District) -> Approval:
    """By the head; once."""
    accept_all(district)
    return approval_of(district.campaign) or approve(district.campaign, district.people[Role.HEAD])


def job_of(district: District, kind: Kind = Kind.SITE, run_it: bool = True, role: Role = Role.HEAD) -> Job:
    computation_of(district)
    job = jobs.ask_for(district.campaign, kind, district.people[role])
    if run_it:
        jobs.run(job.pk)
    job.refresh_from_db()
    return job


def stored_job(district: District) -> Job:
    """A finished document of a few bytes, for who asks only whether it is theirs."""
    job = job_of(district, run_it=False)
    file_of(job).write_bytes(b"PK")
    Job.objects.filter(pk=job.pk).update(state=Progress.READY)
    return job


def stored_release(district: District) -> Release:
    """A release of a few bytes, likewise."""
    approved(district)
    file = file_of(job_of(district, run_it=False))
    file.write_bytes(b"PK")
    job = Job.objects.select_related("computation", "campaign").get(pk=int(file.stem))
    return publish(job, checksum_of(file), 2)


def release_of(district: District) -> Release:
    """Published by the head; made once in a test, for nothing is published twice."""
    found = Release.objects.filter(campaign=district.campaign).first()
    if found is None:
        approved(district)
        job = job_of(district, Kind.RELEASE)
        assert job.state == Progress.READY, job.message
        found = Release.objects.get(campaign=district.campaign)
    return found


GRADES = {"pupils_grade|grade=9": "100", "pupils_grade|grade=10": "50", "pupils_grade|grade=11": "50",
          "tested_grade|grade=9": "40", "tested_grade|grade=10": "20", "tested_grade|grade=11": "20"}  # fmt: skip


def accept_by_grades(district: District) -> Submission:
    """The first school answers by grade: 80 of 200 were tested."""
    submission = district.submissions[0]
    answer(submission, make_person("by.grades", submission.organisation, Role.SCHOOL_OFFICER, False), **GRADES)
    accept(submission, district.people[Role.COORDINATOR])
    return submission
