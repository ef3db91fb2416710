"""Источники разошлись, и человек выбрал, какой верен. Выбранное число считается, остальные остаются в данных."""

from orientir.model.status import Status
from spec.language import count, measured, missing, share

title = "Выбор между источниками"


def test_chosen_number_counts(spec):
    """Считается выбранное число, и значение больше не спорное.

    Числитель есть только в форме, а знаменатель выбран из ОО-1: после выбора источники не спорят и складываются.
    """
    spec(
        facts="""
            source | tested | pupils
            форма  | 30     | 100
            ОО-1   |        | 110
        """,
        indicator=share("tested", "pupils"),
        choices="""
            element | chosen
            pupils  | ОО-1
        """,
        expected={"округ": measured(30, 110, source="", conflicting=False)},
    )


def test_choice_of_the_source_that_was_counted_anyway(spec):
    """Если выбран источник, который и так считался, меняется одно: значение больше не спорное."""
    spec(
        facts="""
            source | tested | pupils
            форма  | 30     | 100
            ОО-1   |        | 110
        """,
        indicator=share("tested", "pupils"),
        choices="""
            element | chosen
            pupils  | форма
        """,
        expected={"округ": measured(30, 100, source="форма", conflicting=False)},
    )


def test_choice_makes_a_value_possible(spec):
    """Источники спорили, и ни в одном не было всех слагаемых: значения не было. После выбора оно есть."""
    facts = """
            source    | tested | pupils
            платформа | 30     |
            ОО-1      |        | 100
            форма     |        | 110
        """
    spec(facts=facts, indicator=share("tested", "pupils"), expected={"округ": missing(Status.IN_CONFLICT)})
    spec(
        facts=facts,
        indicator=share("tested", "pupils"),
        choices="""
            element | chosen
            pupils  | ОО-1
        """,
        expected={"округ": measured(30, 100, conflicting=False)},
    )


def test_school_resolved_territory_resolved(spec):
    """Спор решён в школе — и сумма территории больше не спорная."""
    spec(
        facts="""
            place | source | pupils
            А     | форма  | 100
            А     | ОО-1   | 110
            Б     | форма  | 50
        """,
        indicator=count("pupils"),
        choices="""
            place | element | chosen
            А     | pupils  | ОО-1
        """,
        expected={"А": measured(110, conflicting=False), "округ": measured(160, coverage="2 из 2", conflicting=False)},
    )


def test_total_is_chosen_over_parts(spec):
    """Итог одного источника спорит с суммой частей другого. Выбран итог: части в расчёт не идут."""
    spec(
        facts="""
            source | grade | pupils
            форма  | 9     | 60
            форма  | 10    | 45
            ОО-1   |       | 100
        """,
        indicator=count("pupils", breakdowns=("grade",)),
        choices="""
            element | chosen
            pupils  | ОО-1
        """,
        expected={"округ": measured(100, source="ОО-1", conflicting=False)},
    )


def test_parts_are_chosen_over_total(spec):
    """Выбрана сумма частей: итог другого источника в расчёт не идёт."""
    spec(
        facts="""
            source | grade | pupils
            форма  | 9     | 60
            форма  | 10    | 45
            ОО-1   |       | 100
        """,
        indicator=count("pupils", breakdowns=("grade",)),
        choices="""
            element | chosen
            pupils  | форма, сумма частей
        """,
        expected={"округ": measured(105), "округ, grade=9": measured(60)},
    )


def test_other_conflicts_stay_open(spec):
    """Один спор решён, другой — нет: числа, которые держатся на нерешённом, остаются спорными."""
    spec(
        facts="""
            source | tested | pupils
            форма  | 30     | 100
            ОО-1   | 35     | 110
        """,
        indicator=share("tested", "pupils"),
        choices="""
            element | chosen
            pupils  | форма
        """,
        expected={"округ": measured(30, 100, source="форма", conflicting=True)},
    )
