"""The papers of a cycle on disk: one file each, a list of them, and what to do before they are signed."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from datetime import date
from pathlib import Path

from orientir.disclosure.protect import protect
from orientir.errors import Fault, UserError
from orientir.facts.writing import write_table
from orientir.model.cycle import Cycle
from orientir.reports.papers.letter import letter
from orientir.reports.papers.model import Paper
from orientir.reports.papers.order import order
from orientir.reports.papers.page import page
from orientir.reports.papers.reminders import reminders
from orientir.reports.papers.results import results
from orientir.reports.papers.setting import Setting
from orientir.reports.papers.slides import slides
from orientir.sources.forms.writing import deadline_of
from orientir.writing import replaced

LIST = "papers.csv"
REMINDERS = "before_signing.txt"
_BOM = b"\xef\xbb\xbf"  # so that Notepad and Word read the text as it is
_PAPERS: dict[str, Callable[[Setting], Paper]] = {"order": order, "letter": letter, "results": results, "page": page}
TITLES = {
    "order": "Приказ о проведении мониторинга",
    "letter": "Письмо о сборе сведений",
    "results": "Приказ об итогах мониторинга",
    "page": "Справка на одну страницу",
    "slides": "Слайды для совещания руководителей",
}
NAMES = tuple(TITLES)


def write_papers(
    cycle: Cycle,
    out: Path,
    names: Sequence[str] = NAMES,
    deadline: date | None = None,
    public: bool = False,
    progress: Callable[[str], None] = lambda _: None,
) -> tuple[str, ...]:
    """Write the named papers into `out`, which is replaced as a whole; returns the files made.

    `deadline` is the day by which schools answer; else it is that of the programme's forms, unless it has passed on the
    day of the papers. Raises UserError for a deadline that lies before that day.
    """
    day = _deadline(cycle, deadline)
    setting = Setting.of(protect(cycle) if public else cycle, public, day)
    files = []
    with replaced(out, LIST) as folder:
        for name in names:
            progress(TITLES[name])
            files.append(_write(setting, name, folder))
        text = reminders(setting, files).replace("\n", "\r\n")
        (folder / REMINDERS).write_bytes(_BOM + text.encode())
        rows = [{"file": file, "title": TITLES[name]} for file, name in zip(files, names, strict=True)]
        write_table(folder / LIST, ("file", "title"), rows)
    return tuple(files)


def _write(setting: Setting, name: str, folder: Path) -> str:
    # Each renderer is heavy to import and is imported only when it is asked for.
    on = setting.cycle.as_of
    if name == "slides":
        from orientir.reports.to_pptx import to_pptx

        (folder / "slides.pptx").write_bytes(to_pptx(slides(setting), on))
        return "slides.pptx"
    from orientir.reports.to_paper_docx import paper_docx

    (folder / f"{name}.docx").write_bytes(paper_docx(_PAPERS[name](setting), on))
    return f"{name}.docx"


def _deadline(cycle: Cycle, told: date | None) -> date | None:
    if told is not None and told < cycle.as_of:
        what = f"срок {told:%d.%m.%Y} раньше даты документов {cycle.as_of:%d.%m.%Y}."
        raise UserError(Fault("--deadline", what, "Назовите более поздний срок или более раннюю дату в --date."))
    days = [deadline_of(form, cycle.periods[-1]) for form in cycle.programme.forms]
    coming = [day for day in days if day >= cycle.as_of]
    return told or (min(coming) if coming else None)
