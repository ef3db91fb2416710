"""Источники расходятся: одна и та же совокупность в двух таблицах имеет два размера. Выбирать должен человек, а пока он
не выбрал, доля считается внутри одного источника."""

from spec.language import measured, share

title = "Числитель и знаменатель — из одного источника"


def test_both_parts_come_from_one_source(spec):
    """Числитель и знаменатель берутся из одного источника, и значение помечено как спорное.

    Тестирование есть только в таблице 9, поэтому и совокупность берётся из неё: 303 из 505, а не из 417.
    """
    spec(
        facts="""
            source    | pupils_9_11 | tested
            таблица 4 | 417         |
            таблица 9 | 505         | 303
        """,
        indicator=share("tested", "pupils_9_11"),
        expected={"округ": measured(303, 505, source="таблица 9", conflicting=True)},
    )


def test_best_source_wins(spec):
    """Если оба источника дают обе части, берётся тот, что стоит первым по порядку доверия."""
    spec(
        facts="""
            source    | tested | pupils
            форма     | 30     | 100
            платформа | 45     | 110
        """,
        indicator=share("tested", "pupils"),
        expected={"округ": measured(30, 100, source="форма", conflicting=True)},
    )


def test_equal_numbers_are_no_conflict(spec):
    """Источники, которые дают одно и то же, не спорят."""
    spec(
        facts="""
            source    | tested | pupils
            форма     | 30     | 100
            платформа | 30     | 100
        """,
        indicator=share("tested", "pupils"),
        expected={"округ": measured(30, 100, source="форма", conflicting=False)},
    )


def test_conflict_of_a_school_marks_the_sum(spec):
    """Спор внутри одной школы помечает и сумму территории."""
    spec(
        facts="""
            place | source    | tested | pupils
            А     | форма     | 30     | 100
            А     | платформа |        | 110
            Б     | форма     | 20     | 50
        """,
        indicator=share("tested", "pupils"),
        expected={
            "А": measured(30, 100, conflicting=True),
            "Б": measured(20, 50, conflicting=False),
            "округ": measured(50, 150, conflicting=True),
        },
    )
