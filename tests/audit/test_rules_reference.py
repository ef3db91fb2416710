"""Dated knowledge: how it is read, and what it finds in a report."""

from __future__ import annotations

from datetime import date
from decimal import Decimal
from pathlib import Path

import pytest
from tests.audit.made import grid, judged, measured, tables, text, with_tables, years

from orientir.audit.document import Paragraph, Place
from orientir.audit.finding import Finding, Judge, Severity
from orientir.audit.reference_data import FILE, Reference, load_reference
from orientir.audit.report import Claim, Number, Report, Said, Section, Year
from orientir.audit.rules.reference import reference_rules
from orientir.definitions.loader import load_programme
from orientir.errors import UserError

PROGRAMMES = Path(__file__).parents[2] / "programmes"
KNOWN = load_reference(PROGRAMMES / "career_guidance_2022")


def rule_of(code: str, reference: Reference = KNOWN) -> Judge:
    return next(one for one in reference_rules(reference) if code in one.codes)  # type: ignore[attr-defined]


def found(code: str, report: Report) -> list[Finding]:
    return judged(rule_of(code), report)


# ---- the data


@pytest.mark.parametrize("programme", ["career_guidance_2022", "career_guidance_2026"])
def test_both_programmes_have_reference_data_and_still_load(programme: str) -> None:
    folder = PROGRAMMES / programme
    reference = load_reference(folder)
    assert reference.as_of
    assert reference.projects
    assert reference.not_calculable
    assert any(act.number == "273-ФЗ" and act.issued == date(2012, 12, 29) for act in reference.acts)
    assert load_programme(folder).id == programme


def test_every_project_is_known_by_its_own_title() -> None:
    report = text("Реализуется проект.", of=years(2030))
    for project in KNOWN.projects:
        named = text(f"В округе реализуется {project.title}.", of=years(2030))
        assert len(found("programme-ended", named)) == 1, project.id
    assert not found("programme-ended", report)


def test_a_programme_without_the_file_has_its_acts(tmp_path: Path) -> None:
    (tmp_path / "legal_acts.yaml").write_text(
        "acts:\n  one:\n    title: О сборе\n    number: '7'\n    issued: 2020-01-02\n    issuer: Приказ\n",
        encoding="utf-8",
    )
    reference = load_reference(tmp_path)
    assert [act.number for act in reference.acts] == ["7"]
    assert reference.projects == ()


def test_every_mistake_of_the_file_is_told_at_once(tmp_path: Path) -> None:
    path = tmp_path / FILE
    path.parent.mkdir()
    path.write_text(
        "as_of: вчера\n"
        "project: {}\n"
        "projects:\n  a:\n    title: Проект\n    names: Проект\n    ended: 2022\n    end: 2022-12-31\n"
        "slips:\n  b:\n    pattern: '['\n"
        "not_calculable:\n  c:\n    about: ['ОГЭ']\n    years: [20]\n    reason: отменён\n",
        encoding="utf-8",
    )
    with pytest.raises(UserError) as caught:
        load_reference(tmp_path)
    places = [fault.place.rpartition(": ")[2] for fault in caught.value.faults]
    wrong = ("names", "ended", "end")
    assert sorted(places) == sorted(
        ["as_of", "project", "slips.b.what", "slips.b.pattern", "not_calculable.c.years"]
        + [f"projects.a.{key}" for key in wrong]
    )


# ---- projects that ended

SKILLS = "чемпионате профессионального мастерства «Молодые профессионалы» (WorldSkills Russia)"


@pytest.mark.parametrize(
    "line",
    [
        f"Школьники участвуют в {SKILLS}.",
        "Будет продолжено движение WorldSkills в школах округа.",
        "Школьники готовятся к чемпионату WorldSkillsRussia 2024 года.",
        "В 2024 году школьники участвовали в чемпионате WorldSkills Russia.",
    ],
)
def test_a_project_told_as_current_after_its_end_is_found(line: str) -> None:
    (one,) = found("programme-ended", text("Отчёт", line, of=years(2023, 2024)))
    assert one.place == Place(2)
    assert "31.12.2022" in one.message


@pytest.mark.parametrize(
    ("line", "ends"),
    [
        (f"Школьники участвуют в {SKILLS}.", 2022),
        (f"В 2021 году школьники участвовали в {SKILLS}.", 2024),
        (f"В 2022/23 учебном году школьники участвовали в {SKILLS}.", 2024),
        ("Чемпионат «Профессионалы» заменил WorldSkills.", 2024),
        ("Школьники участвуют в чемпионате «Профессионалы».", 2024),
        ("В 2022 году проводится чемпионат WorldSkills.", 2024),
        ("Молодые профессионалы приходят в школы округа.", 2024),
    ],
)
def test_a_project_in_its_years_is_left_alone(line: str, ends: int) -> None:
    assert not found("programme-ended", text(line, of=years(ends - 1, ends)))


def test_a_recommendation_needs_no_verb_in_the_present() -> None:
    report = text("Обратить внимание на чемпионат WorldSkills.", of=years(2024))
    assert not found("programme-ended", report)
    lines = report.document.paragraphs
    report.sections.append(Section("recommendations", "Рекомендации", Place(1), lines))
    assert found("programme-ended", report)


def test_participants_of_a_year_after_the_end_are_found() -> None:
    head = ("Всего обучающихся", "Участники")
    late, right = (measured("Участие в чемпионате WorldSkills", head, ("90", "9"), year) for year in years(2024, 2022))
    assert len(found("programme-ended", with_tables(late, of=years(2024)))) == 1
    assert not found("programme-ended", with_tables(right, of=years(2022)))


# ---- years without a value

EXAMS = "Доля выпускников 9 классов, прошедших ГИА по предметам, близким к профилю"
HEAD = ("Всего выпускников 9 кл.", "Выбрали", "Доля, %")


@pytest.mark.parametrize(("ends", "is_found"), [(2020, True), (2021, True), (2022, False)])
def test_values_of_years_without_exams(ends: int, is_found: bool) -> None:
    (year,) = years(ends)
    assert bool(found("not-calculable-year", with_tables(measured(EXAMS, HEAD, ("90", "45", "50"), year)))) is is_found


@pytest.mark.parametrize(
    "caption",
    [
        "Доля выпускников 9 классов, поступивших в колледжи",
        "Доля выпускников 11 классов, сдававших ЕГЭ по профильным предметам",
        "Доля выпускников 11 классов, прошедших ГИА по профильным предметам",
    ],
)
def test_other_measures_of_2020_are_left_alone(caption: str) -> None:
    (year,) = years(2020)
    head = ("Всего выпускников", "Выбрали", "Доля, %")
    assert not found("not-calculable-year", with_tables(measured(caption, head, ("90", "45", "50"), year)))


def test_a_sentence_with_such_a_value_is_found() -> None:
    report = text("x", of=years(2020))
    sentence = "В 2020 году ОГЭ по выбору сдавали 50 % девятиклассников."
    number = Number(Decimal(50), 0, "50 %", True)
    report.claims = [Claim(Said.VALUE, sentence, Place(7), number, Year(2020, "2020"))]
    (one,) = found("not-calculable-year", report)
    assert (one.place.line, one.period) == (7, "2020")


# ---- legal acts

LAW = "Федеральным законом от {} № {} «Об образовании в Российской Федерации»"


@pytest.mark.parametrize(
    ("line", "expected"),
    [
        (LAW.format("29.12.2013", "273-ФЗ"), "29.12.2012"),
        (LAW.format("29.12.2012", "237-ФЗ"), "273-ФЗ"),
        (
            "Указом Президента Российской Федерации от 07.05.2019 г. №204 «О национальных целях и стратегических "
            "задачах развития Российской Федерации на период до 2024 года»",
            "07.05.2018",
        ),
        (
            "Приказ Рособрнадзора № 1684 от 18.12.2018 «Об осуществлении мониторинга системы образования в части "
            "результатов национальных и международных исследований качества образования»",
            "18.12.2019",
        ),
        ("Распоряжение Минпросвещения России от 08.09.2022 № АБ-33/05вн", "08.09.2021"),
    ],
)
def test_a_wrong_date_or_number_is_found(line: str, expected: str) -> None:
    (one,) = found("legal-reference", text(line, of=years(2022)))
    assert one.severity is Severity.WARNING
    assert one.expected == expected


@pytest.mark.parametrize(
    "line",
    [
        LAW.format("29.12.2012", "273-ФЗ"),
        LAW.format("29 декабря 2012 г.", "273- Ф3"),
        "Федеральным законом от 25.12.2008 № 273-ФЗ «О противодействии коррупции»",
        "Приказом управления образования от 12.03.2021 № 650 «О проведении конкурса»",
        "Приказом управления образования от 12.03.2021 № 204",
        "Распоряжением Минпросвещения России от 08.09.2021 № АБ-33/05вн",
        "Приказ от 18.12. 2019 № 1684 «Об осуществлении мониторинга системы образования»",
        "Федеральным законом от 03.07.2016 № 313-ФЗ «О внесении изменений в закон «Об образовании в РФ»",
        "Протокол от 24.12.2018 № 16",
    ],
)
def test_right_citations_and_acts_of_others_are_left_alone(line: str) -> None:
    assert not found("legal-reference", text(line, of=years(2022)))


def test_a_doubtful_entry_makes_an_info() -> None:
    title = "Об утверждении федерального государственного образовательного стандарта среднего общего образования"
    line = f"Приказ от 17.05.2013 № 413 «{title}»"
    (one,) = found("legal-reference", text(line, of=years(2022)))
    assert one.severity is Severity.INFO
    assert "треб" in one.message


def test_an_act_that_had_ended_is_found_and_not_in_its_years() -> None:
    line = "В соответствии с Указом Президента от 07.05.2018 № 204"
    (one,) = found("legal-reference", text(line, of=years(2025, 2026)))
    assert "06.05.2024" in one.message
    assert not found("legal-reference", text(line, of=years(2023, 2024)))
    assert not found("legal-reference", text(f"{line}, утратившим силу", of=years(2025, 2026)))


# ---- slips


@pytest.mark.parametrize(
    "line",
    [
        "Федеральный закон №273-Ф3",
        "[bookmark: bookmark0]Цели системы",
        "работа в в школах округа",
        "проект «Билет в будущее охватил школы",
        "проект Билет в будущее» охватил школы",
        "движение WorldSkillsи школы",
        "Cемья и школа",
        "школы округа , колледжи",
        "«Абилимпикс»по профессиям",
        "Ошибка! Источник ссылки не найден.",
    ],
)
def test_slips_are_told_once_for_a_paragraph(line: str) -> None:
    (one,) = found("text-defect", text("Отчёт", line))
    assert one.severity is Severity.INFO
    assert one.place == Place(2)


@pytest.mark.parametrize(
    "line",
    [
        "Федеральный закон № 273-ФЗ «Об образовании»",
        "программа «Развитие проекта «Билет в будущее»",
        "проект «Развитие «Билета в будущее» в школах»",
        "IT-куб, Hi-Tech, 3D-моделирование, VII чемпионат",
        "сайт https://rоно.example.ru/news, почта school@rono.ru",
        "Чуть-чуть больше, чем в прошлом году; так, так и не выросла",
        'технопарк "Кванториум 42", мастерская',
        "в 2020 году – 67 %, в 2021 году – 71 %",
    ],
)
def test_clean_text_is_left_alone(line: str) -> None:
    assert not found("text-defect", text(line))


def test_a_word_torn_in_a_head_is_known_by_its_neighbour() -> None:
    report = tables(grid([("Поступили в колледжи", "Поступи ли в колледжи"), ("7", "8")]))
    (one,) = found("text-defect", report)
    assert "поступи ли" in one.message
    assert not found("text-defect", tables(grid([("Поступили", "Знаешь ли"), ("7", "8")])))


def test_paragraph_keeps_its_place() -> None:
    paragraph = Paragraph("работа в в школах", Place(5, 2, "p5"))
    report = text("x")
    report.document = type(report.document)("a", "txt", (paragraph,))
    assert found("text-defect", report)[0].place == Place(5, 2, "p5")
