"""What labels mean: as ministries word them, and what must never be taken for something of ours."""

from __future__ import annotations

import pytest

from orientir.definitions.loader import load_programme
from orientir.facts.package import read_package
from orientir.model.periods import Period, PeriodKind
from orientir.reports.fill.grid import GridCell
from orientir.reports.fill.labels import Labels, Slot
from orientir.reports.fill.mapping import control
from orientir.reports.fill.proposals import Proposal, Proposer
from orientir.reports.fill.words import words
from orientir.reports.fill.years import named_year, period_meant
from orientir.resources import example_folder, programme_folder

YEAR = Period(PeriodKind.SCHOOL_YEAR, 2021)


@pytest.fixture(scope="module")
def proposer() -> Proposer:
    programme = load_programme(programme_folder("career_guidance_2022"))
    return Proposer(programme, read_package(example_folder("kemerovo_synthetic"), programme), YEAR)


def proposed(proposer: Proposer, labels: Labels) -> Proposal:
    [proposal] = proposer.propose([Slot("Лист", GridCell(0, 0, "A1"), labels)])
    return proposal


ABOUT_9, ABOUT_11 = "Раздел 1. Выпускники 9 классов", "Раздел 2. Выпускники 11 классов"
MEANT = (
    (Labels(("Численность выпускников 9-х классов",)), "graduates_9", ()),
    (Labels(("Кол-во выпускников 11 кл.", "чел.")), "graduates_11", ()),
    (Labels(("Поступили в вузы",), ("чел.",), ABOUT_11), "admitted_higher_11", ()),
    (Labels(("Поступили в учреждения СПО",), ("чел.",), ABOUT_9), "admitted_college_9", ()),
    (Labels(("Поступили в учреждения СПО",), ("чел.",), ABOUT_11), "admitted_college_11", ()),
    (Labels(("Удельный вес выпускников 11 классов, поступивших в вузы",)), "higher_11.доля", ()),
    (Labels(("из них поступили в колледжи",), ("%",), "", "Выпускники 9 классов"), "college_9.доля", ()),
    (Labels(("Доля обучающихся 6-11 классов, охваченных проектом «Билет в будущее»",), ("%",)), "ticket.доля", ()),
    (
        Labels(("Доля обучающихся 6-11 классов, охваченных проектом «Билет в будущее»",), ("чел.",)),
        "ticket.числитель",
        (),
    ),
    (Labels(("Всего обучающихся в общеобразовательных организациях",)), "pupils_all", ()),
    (Labels(("Обучающиеся",), ("с 5 по 9 класс",)), "pupils", (("level", "5-9"),)),
    (Labels(("9 класс",), ("Численность обучающихся",)), "pupils_grade", (("grade", "9"),)),
    (Labels(("Количество школ, в которых есть педагог-психолог",)), "schools_with_psychologist", ()),
    (Labels(("Количество посещений дней открытых дверей вузов",)), "open_day_visits", ()),
)


@pytest.mark.parametrize(("labels", "code", "breakdown"), MEANT, ids=lambda one: getattr(one, "path", None))
def test_label_is_understood(proposer: Proposer, labels: Labels, code: str, breakdown: object) -> None:
    proposal = proposed(proposer, labels)
    assert (proposal.state, proposal.target and proposal.target.code) == ("предложено", code)
    assert proposal.breakdown == breakdown


STRANGE = (
    Labels(("Численность педагогических работников",)),
    Labels(("Средний балл ЕГЭ по математике",)),
    Labels(("Численность воспитанников детских садов",)),
    Labels(("Объём финансирования, тыс. руб.",)),
    Labels(("Выпускники 9 классов, не получившие аттестат",)),
    Labels(("Выпускники 9 классов, трудоустроенные",)),
    Labels(("Выпускники 9 классов",), ("девочек",)),
    Labels(("Выпускники 9 классов",), (), "Сельская местность"),
    Labels(("Выпускники 9 классов, поступившие в колледжи за пределами региона",)),
    Labels(("Доля выпускников 11 классов, поступивших в вузы на целевое обучение",)),
    Labels(("Доля выпускников 11 классов, получивших медаль",)),
    Labels(("Обучающиеся 5-11 классов",)),
    Labels(("Выпускники 12 классов",)),
    Labels(("Выпускники 9 классов",), ("2022 год",)),
)


@pytest.mark.parametrize("labels", STRANGE, ids=lambda one: one.path)
def test_what_is_narrower_or_another_thing_is_never_proposed_as_sure(proposer: Proposer, labels: Labels) -> None:
    assert proposed(proposer, labels).state in ("сомнительно", "не понято")


def test_college_and_university_are_never_taken_for_each_other(proposer: Proposer) -> None:
    for word, code in (("вузы", "higher_11.доля"), ("колледжи", "college_11.доля")):
        proposal = proposed(proposer, Labels((f"Доля выпускников 11 классов, поступивших в {word}",)))
        assert proposal.target is not None
        assert proposal.target.code == code


@pytest.mark.parametrize(
    ("text", "shift"),
    [
        ("2021/22 уч. г.", 0),
        ("2020-2021", -1),
        ("2019–2020 учебный год", -2),
        ("2020 / 2021", -1),
        ("предыдущий учебный год", -1),
        ("отчётный период", 0),
        ("2022 год", 0),
    ],
)
def test_years_of_labels_are_told_from_the_year_of_the_report(text: str, shift: int) -> None:
    year = named_year(text, YEAR)
    assert year is not None
    assert year.shift == shift


@pytest.mark.parametrize("text", ["на 01.10.2022", "за октябрь 2022 года", "классы 10-11", "приказ № 2021-2030"])
def test_dates_and_other_numbers_are_no_years(text: str) -> None:
    year = named_year(text, YEAR)
    assert year is None or not year.is_sure


def test_relative_periods_are_read_as_people_type_them() -> None:
    meant = [
        str(period_meant(text, YEAR))
        for text in ("отчетный", "Предыдущий", "отчётный−2", "отчётный - 2", "", "2018/19")
    ]
    assert meant == ["2021/22", "2020/21", "2019/20", "2019/20", "2021/22", "2018/19"]


def test_imprint_of_next_years_form_is_the_same() -> None:
    this = Labels(("Выпускники на 01.10.2022",), ("2021/22 уч. г.",), captions=("за 2021/2022 учебный год",))
    following = Labels(("Выпускники на 01.10.2023",), ("2022/23 уч. г.",), captions=("за 2022/2023 учебный год",))
    assert control(this, YEAR) == control(following, YEAR.shifted(1))
    assert control(this, YEAR) != control(this, YEAR.shifted(1))


def test_different_words_for_one_thing_are_one_word() -> None:
    forms = ("колледжи", "учреждения СПО", "профессиональных образовательных организациях", "техникумов")
    assert {words(text) for text in forms} == {("колледж",)}
