"""Texts that people wrote: printed over live numbers while their numbers hold, the programme's words otherwise."""

from __future__ import annotations

import csv
import io
import json
import subprocess
import sys
from collections.abc import Iterable
from datetime import date
from pathlib import Path

import pytest
from docx import Document as Docx

from orientir.cycle import run_cycle
from orientir.definitions.loader import load_programme
from orientir.disclosure.protect import protect
from orientir.engines.memory import MemoryEngine
from orientir.errors import PackageError
from orientir.facts.package import read_package
from orientir.model.cycle import Cycle
from orientir.model.periods import Period, PeriodKind
from orientir.model.results import Finding
from orientir.model.texts import Token
from orientir.recommendations import addressees
from orientir.reports.build import build_document
from orientir.reports.context import Context
from orientir.reports.document import Num, numbering, plain
from orientir.reports.live import reference_of
from orientir.reports.passports.content import passports
from orientir.reports.wording import causes_told, finding_generated, spoken
from small_world import PROGRAMME, TABLES, write_package, write_programme

FACTS = """\
element,organisation,period,grade,value,status,source,note
graduates,school_a,2020/21,9,400,,forms,
graduates,school_b,2020/21,9,300,,forms,
admitted,school_a,2020/21,9,300,,forms,
admitted,school_b,2020/21,9,200,,forms,
graduates,school_a,2021/22,9,400,,forms,
graduates,school_b,2021/22,9,300,,forms,
admitted,school_a,2021/22,9,100,,forms,
admitted,school_b,2021/22,9,200,,forms,
"""
NOW = "v||admitted|district|2021/22|"
ADVICE, FELL = "advice:explain", "fell:admitted:district:2021/22:last"
COLUMNS = ("key", "period", "text", "seen", "author", "written_on")
PERIOD, DAY = Period(PeriodKind.SCHOOL_YEAR, 2021), date(2022, 9, 1)


@pytest.fixture
def programme(tmp_path: Path) -> Path:
    folder = write_programme(tmp_path / "programme")
    rules = PROGRAMME["recommendations.yaml"].replace("target_missed", "fell").replace("поступили.", "поступили")
    (folder / "recommendations.yaml").write_text(rules, encoding="utf-8")
    return folder


def texts(*rows: tuple[str, ...]) -> str:
    """Rows of texts.csv: key, text, seen; of this year unless told."""
    out = io.StringIO()
    writer = csv.writer(out, lineterminator="\n")
    writer.writerow(COLUMNS)
    for key, text, seen, *year in rows:
        writer.writerow((key, year[0] if year else "2021/22", text, seen, "координатор", "2022-08-30"))
    return out.getvalue()


def cycle_of(tmp_path: Path, programme: Path, edited: str = "", facts: str = FACTS) -> Cycle:
    folder = write_package(tmp_path / "package", facts=facts, **({"texts": edited} if edited else {}))
    loaded = load_programme(programme)
    return run_cycle(read_package(folder, loaded), loaded, PERIOD, DAY, MemoryEngine())


def seen_by(cycle: Cycle, key: str) -> str:
    """What a person had before them who writes about this now."""
    context = Context(cycle, public=False)
    told = finding_generated(context, _finding(cycle)) if key == FELL else causes_told(context, _causes(cycle))
    return _tokens(context, told)


def _finding(cycle: Cycle) -> Finding:
    return next(one for one in cycle.findings if one.id == FELL)


def _causes(cycle: Cycle) -> tuple[Finding, ...]:
    return cycle.recommendations[0].causes


def _tokens(context: Context, told: Iterable[object]) -> str:
    return " ".join(str(Token(reference_of(context, one.id), one.text)) for one in told if isinstance(one, Num))


def printed(cycle: Cycle, public: bool = False) -> str:
    document, _ = build_document(protect(cycle) if public else cycle, public)
    numbers = numbering(document)
    told = []
    for block in document.blocks:
        rows = [cell.text for row in getattr(block, "rows", ()) for cell in row.cells]
        texts = [*getattr(block, "items", ()), *rows, getattr(block, "text", ())]
        told += [plain(text, numbers) for text in texts if isinstance(text, tuple)]
    return "\n".join(told)


@pytest.fixture
def edited(tmp_path: Path, programme: Path) -> str:
    """Both texts rewritten by somebody who saw the figures of FACTS."""
    before = cycle_of(tmp_path, programme)
    return texts(
        (FELL, f"Снижение до [[{NOW}]] заметили и в школах.", seen_by(before, FELL)),
        (ADVICE, f"Обсудите на совещании, почему осталось [[{NOW}]]", seen_by(before, ADVICE)),
    )


def test_edited_texts_take_the_place_of_the_programmes_words(tmp_path: Path, programme: Path, edited: str) -> None:
    told = printed(cycle_of(tmp_path, programme, edited))
    assert "Снижение до 42,9\u00a0% заметили и в школах." in told
    assert "Обсудите на совещании, почему осталось 42,9\u00a0%." in told
    assert "Выясните, почему" not in told and "не напечатаны" not in told
    assert "«Поступление»: 71,4\u00a0% → 42,9\u00a0%" in told, "the causes stay beside the advice"


def test_the_command_line_prints_them_too(tmp_path: Path, programme: Path, edited: str) -> None:
    """The number in the text leads to its origin as any other; the snapshot holds the text."""
    package, out = write_package(tmp_path / "package", facts=FACTS, texts=edited), tmp_path / "out"
    words = ["report", package, "--programme", programme, "--period", "2021/22", "--date", DAY, "--out", out]
    words += ["--formats", "docx,html"]
    subprocess.run([sys.executable, "-m", "orientir", *map(str, words)], check=True, capture_output=True)
    document = Docx(str(out / "report.docx"))
    cells = [cell.text for table in document.tables for row in table.rows for cell in row.cells]
    assert any("Обсудите на совещании, почему осталось 42,9\u00a0%" in cell for cell in cells)
    assert any("Снижение до 42,9\u00a0%" in one.text for one in document.paragraphs)
    html, register = (out / "report.html").read_text("utf-8"), json.loads((out / "numbers.json").read_text("utf-8"))
    own = {key for key, one in register["numbers"].items() if one["text"] == "42,9\u00a0%"}
    sentence = html[html.index("Снижение до ") : html.index(" заметили и в школах")]
    assert any(f'"#{key}"' in sentence or f'"{key}"' in sentence for key in own), sentence
    assert (out / "snapshot" / "texts.csv").read_text("utf-8") == edited


def test_over_changed_data_the_programmes_words_stand(tmp_path: Path, programme: Path, edited: str) -> None:
    cycle = cycle_of(tmp_path, programme, edited, FACTS.replace("school_a,2021/22,9,100", "school_a,2021/22,9,110"))
    told = printed(cycle)
    assert "заметили и в школах" not in told and "Обсудите на совещании" not in told
    assert "Выясните, почему выпускники не поступили." in told
    assert told.count("под правкой изменились данные") == 2 and "Проверьте правки: «Поступление»" in told
    assert "изменились данные" not in printed(cycle, public=True), "the public would learn where numbers are hidden"


def test_a_text_whose_finding_is_gone_is_told(tmp_path: Path, programme: Path, edited: str) -> None:
    told = printed(cycle_of(tmp_path, programme, edited, FACTS.replace("2021/22,9,100", "2021/22,9,300")))
    assert "заметили и в школах" not in told and told.count("вывода больше нет") == 2


def test_another_cause_makes_a_text_doubtful(tmp_path: Path, programme: Path, edited: str) -> None:
    """The numbers of the first school stand as they were; now the second one has fallen as well."""
    facts = FACTS.replace("school_b,2020/21,9,200", "school_b,2020/21,9,290")
    rows = (ADVICE, "Обсудите на совещании.", seen_by(cycle_of(tmp_path, programme), ADVICE))
    assert "Обсудите на совещании." in printed(cycle_of(tmp_path, programme, texts(rows)))
    assert "Обсудите на совещании." not in printed(cycle_of(tmp_path, programme, texts(rows), facts))


@pytest.mark.parametrize("text", ["Снизилось на 30 процентов.", "Снизилось до [[v||admitted|district|2019/20|]]."])
def test_a_number_of_ones_own_is_not_printed(tmp_path: Path, programme: Path, text: str) -> None:
    seen = seen_by(cycle_of(tmp_path, programme), FELL)
    assert "Снизилось" not in printed(cycle_of(tmp_path, programme, texts((FELL, text, seen))))


def test_words_about_hidden_numbers_are_not_published(tmp_path: Path, programme: Path) -> None:
    """Also those that name no number: «почти никто» tells a small one."""
    facts = FACTS.replace("school_a,2021/22,9,100", "school_a,2021/22,9,3").replace("b,2021/22,9,200", "b,2021/22,9,0")
    cycle = cycle_of(tmp_path, programme, facts=facts)
    rows = ((FELL, "Почти никто не поступил.", seen_by(cycle, FELL)), (ADVICE, "Почти никто.", seen_by(cycle, ADVICE)))
    cycle = cycle_of(tmp_path, programme, texts(*rows), facts)
    assert printed(cycle).count("Почти никто") == 2
    assert "Почти никто" not in printed(cycle, public=True)


def test_a_text_of_another_year_is_not_of_this_one(tmp_path: Path, programme: Path) -> None:
    seen = seen_by(cycle_of(tmp_path, programme), ADVICE)
    rows = [(ADVICE, "Прошлогодний совет.", seen, "2020/21"), (ADVICE, "Совет этого года.", seen)]
    for order in (rows, rows[::-1]):
        told = printed(cycle_of(tmp_path, programme, texts(*order)))
        assert "Совет этого года." in told and "Прошлогодний" not in told


def test_a_passport_advises_in_the_same_words(tmp_path: Path, programme: Path, edited: str) -> None:
    cycle = cycle_of(tmp_path, programme, edited)
    [school] = passports(cycle, False, ["school_a"])
    assert "обсудите на совещании, почему осталось 42,9\u00a0%" in " ".join(school.advice)


def test_brackets_that_are_no_number_are_told_with_their_line(tmp_path: Path, programme: Path) -> None:
    with pytest.raises(PackageError, match=r"texts\.csv:2: text.*скобки"):
        cycle_of(tmp_path, programme, texts((FELL, "Снизилось до [[v||admitted.", "")))


def test_a_reference_says_the_number_that_it_was_made_of(tmp_path: Path, programme: Path) -> None:
    cycle = cycle_of(tmp_path, programme)
    context = Context(cycle, public=False)
    told = finding_generated(context, _finding(cycle))
    assert _tokens(context, told).count("[[") == 4  # two shares, the change, its chance
    assert spoken(told).startswith("«Поступление»: 71,4")


# ---- whom advice is for


def test_advice_goes_to_the_organisations_of_its_audience(tmp_path: Path, programme: Path) -> None:
    cycle = cycle_of(tmp_path, programme)
    [one] = cycle.recommendations
    assert [place.id for place in addressees(cycle.programme, cycle.package, one)] == ["school_a", "school_b"]
    path = programme / "programme.yaml"
    told = path.read_text("utf-8")
    path.write_text(told.replace("heads: Руководители", "heads: {title: Руководители, kinds: [district]}"), "utf-8")
    cycle = cycle_of(tmp_path, programme)
    assert [place.id for place in addressees(cycle.programme, cycle.package, one)] == ["district"]


def test_advice_that_single_schools_caused_goes_to_them(tmp_path: Path, programme: Path) -> None:
    """School B gained what school A lost: the district as a whole has not moved."""
    facts = FACTS.replace("school_b,2020/21,9,200", "school_b,2020/21,9,80").replace(
        "b,2021/22,9,200", "b,2021/22,9,280"
    )
    cycle = cycle_of(tmp_path, programme, facts=facts)
    [one] = cycle.recommendations
    assert [place.id for place in addressees(cycle.programme, cycle.package, one)] == ["school_a"]


def test_a_closed_school_is_asked_nothing(tmp_path: Path, programme: Path) -> None:
    places = TABLES["organisations"].replace(
        "school_b,Школа Б,school,district,,,,", "school_b,Школа Б,school,district,,,,2022-06-30"
    )
    cycle = cycle_of(tmp_path, programme)
    folder = write_package(tmp_path / "closed", facts=FACTS, organisations=places)
    package = read_package(folder, cycle.programme)
    [one] = cycle.recommendations
    assert [place.id for place in addressees(cycle.programme, package, one)] == ["school_a"]
