"""A text written in the browser reaches every document that the worker makes, and leaves it when its data change."""

from __future__ import annotations

import io
import zipfile

import pypdf
from django.urls import reverse
from docx import Document as Docx

from orientir.facts.package import read_package
from orientir_web.campaigns.programmes import programme_of
from orientir_web.cycles.folders import snapshot_folder
from orientir_web.cycles.models import Computation, Progress
from orientir_web.cycles.services import is_fresh, run
from orientir_web.decisions.models import TextEdit
from orientir_web.jobs import services as jobs
from orientir_web.jobs.models import Job, Kind
from orientir_web.people.roles import Role
from orientir_web.submissions.services import accept, correct
from web.computed import answer, approved
from web.world import World, make_person

FINDING, ADVICE = "target_missed:recommended_9:district:2021/22", "advice:target_catch_up"
SHARE, LATER = "62,5\u00a0%", "75,0\u00a0%"


def _collected(world: World) -> Computation:
    """Fifty of eighty graduates have their recommendations."""
    for submission, (whole, part) in zip(world.own.submissions, (("50", "30"), ("30", "20")), strict=True):
        officer = make_person(f"texts.{submission.pk}", submission.organisation, Role.SCHOOL_OFFICER, False)
        answer(submission, officer, graduates_9=whole, recommended_9=part)
        accept(submission, world.own.people[Role.COORDINATOR])
    return _computed(world)


def _computed(world: World) -> Computation:
    made = Computation.objects.create(campaign=world.own.campaign)
    run(made.pk)
    made.refresh_from_db()
    assert made.state == Progress.READY, made.message
    return made


def _write(world: World, key: str, text: str, do: str = "save") -> None:
    url = f"{reverse('decision_text', args=[world.own.campaign.pk])}?key={key}"
    assert world.client(Role.COORDINATOR).post(url, {"do": do, "text": text}).status_code == 302


def _edited(world: World) -> Computation:
    first = _collected(world)
    _write(world, FINDING, "До цели далеко: рекомендации получили [[1]] выпускников.")
    _write(world, ADVICE, "Завершите беседы: пока их прошли только [[1: 99 %]]")
    assert not is_fresh(first)
    return _computed(world)


def _made(world: World, kind: Kind, public: bool = False) -> zipfile.ZipFile:
    job = jobs.ask_for(world.own.campaign, kind, world.own.people[Role.HEAD], (), public)
    jobs.run(job.pk)
    job = Job.objects.get(pk=job.pk)
    assert job.state == Progress.READY, job.message
    return zipfile.ZipFile(jobs.file_of(job))


def _docx(content: bytes) -> str:
    document = Docx(io.BytesIO(content))
    cells = [cell.text for table in document.tables for row in table.rows for cell in row.cells]
    return "\n".join([*(one.text for one in document.paragraphs), *cells])


def _pdf(content: bytes) -> str:
    pages = pypdf.PdfReader(io.BytesIO(content)).pages
    return " ".join(" ".join(page.extract_text() for page in pages).split())


def test_the_report_prints_what_was_written(world: World) -> None:
    _edited(world)
    with _made(world, Kind.REPORT) as report:
        told, printed = _docx(report.read("report.docx")), _pdf(report.read("report.pdf"))
        assert "рекомендации получили" in report.read("report.html").decode()
    assert f"До цели далеко: рекомендации получили {SHARE} выпускников." in told
    assert f"Завершите беседы: пока их прошли только {SHARE}." in told
    assert "Назвать девятиклассников" not in told and "цель не достигнута" not in told
    assert "До цели далеко: рекомендации получили" in printed and "Завершите беседы" in printed.replace("- ", "")
    with _made(world, Kind.PAPERS) as papers:
        assert f"Завершите беседы: пока их прошли только {SHARE}." in _docx(papers.read("results.docx"))


def test_the_open_site_and_the_release_print_it_too(world: World) -> None:
    _edited(world)
    approved(world.own)
    for kind, folder in ((Kind.SITE, ""), (Kind.RELEASE, "site/")):
        with _made(world, kind) as made:
            pages = [made.read(one).decode() for one in made.namelist() if one.startswith(f"{folder}0")]
        assert sum("Завершите беседы: пока их прошли только" in page for page in pages) >= 1
        assert not any("Назвать девятиклассников" in page for page in pages)


def test_the_package_carries_the_texts(world: World) -> None:
    """What is taken along gives the same report at the command line."""
    computation = _edited(world)
    folder = snapshot_folder(computation.checksum)
    package = read_package(folder, programme_of(world.own.campaign.snapshot_id))
    assert {one.key for one in package.texts} == {FINDING, ADVICE}
    [advice] = [one for one in package.texts if one.key == ADVICE]
    assert advice.text == "Завершите беседы: пока их прошли только [[v||recommended_9|district|2021/22|]]"
    assert ("v||recommended_9|district|2021/22|", SHARE) in {(one.ref, one.said) for one in advice.seen}
    _write(world, ADVICE, "", "take_back")
    later = snapshot_folder(_computed(world).checksum)
    assert {one.key for one in read_package(later, programme_of(world.own.campaign.snapshot_id)).texts} == {FINDING}


def test_over_corrected_data_documents_print_the_programmes_words(world: World) -> None:
    """Until somebody has looked: then the same words are printed again, with today's number."""
    _edited(world)
    coordinator = world.own.people[Role.COORDINATOR]
    submission = world.own.submissions[0]
    submission.refresh_from_db()
    correct(submission, "recommended_9", "40", "Нашли ещё десять.", coordinator)
    _computed(world)
    with _made(world, Kind.REPORT) as report:
        told = _docx(report.read("report.docx"))
    assert "До цели далеко" not in told and "Завершите беседы" not in told
    assert f"цель не достигнута, {LATER}" in told and "Проверьте правки" in told
    documents = reverse("documents", args=[world.own.campaign.pk])
    page = world.client(Role.COORDINATOR).get(documents).content.decode()
    assert "текстов: 2" in page and "?only=flagged" in page
    assert "?only=flagged" not in world.client(Role.PSYCHOLOGIST).get(documents).content.decode()
    for key in (FINDING, ADVICE):
        _write(world, key, "", "confirm")
    _computed(world)
    with _made(world, Kind.REPORT) as report:
        told = _docx(report.read("report.docx"))
    assert f"рекомендации получили {LATER} выпускников." in told and "Проверьте правки" not in told


def test_words_about_few_pupils_stay_inside(world: World) -> None:
    """Three of eighty: printed for those who answer for them, and in no public document."""
    for submission, (whole, part) in zip(world.own.submissions, (("50", "3"), ("30", "0")), strict=True):
        officer = make_person(f"few.{submission.pk}", submission.organisation, Role.SCHOOL_OFFICER, False)
        answer(submission, officer, graduates_9=whole, recommended_9=part)
        accept(submission, world.own.people[Role.COORDINATOR])
    _computed(world)
    _write(world, ADVICE, "Рекомендации получили единицы.")
    assert TextEdit.objects.count() == 1
    _computed(world)
    with _made(world, Kind.REPORT) as report:
        assert "Рекомендации получили единицы." in _docx(report.read("report.docx"))
    with _made(world, Kind.REPORT, public=True) as report:
        told = _docx(report.read("report.docx"))
    assert "единицы" not in told and "Назвать девятиклассников" in told and "Проверьте правки" not in told
