"""Рядом с частями часто дают и итог. Складывать их нельзя: каждый человек оказался бы посчитан дважды."""

from spec.language import NOT_REPORTED, count, measured, share

title = "Итог и части"


def test_parts_are_counted(spec):
    """Если даны и итог, и части, считаются части; расхождение с итогом — замечание проверки."""
    spec(
        facts="""
            grade | pupils
                  | 100
            9     | 60
            10    | 45
        """,
        indicator=count("pupils"),
        expected={"округ": measured(105)},
    )


def test_total_alone(spec):
    """Если дан только итог, берётся он."""
    spec(
        facts="""
            grade | pupils
                  | 100
        """,
        indicator=count("pupils"),
        expected={"округ": measured(100)},
    )


def test_each_element_is_as_detailed_as_it_can(spec):
    """Числитель может быть разбит на части, а знаменатель — дан одним числом."""
    spec(
        facts="""
            grade | tested | pupils
                  |        | 100
            9     | 20     |
            10    | 10     |
        """,
        indicator=share("tested", "pupils"),
        expected={"округ": (30, 100)},
    )


def test_missing_part_leaves_the_sum_unknown(spec):
    """Если одна из частей не сообщена, сумма частей неизвестна: часть не выдаётся за целое."""
    spec(
        facts="""
            grade | tested     | pupils
            9     | 20         | 60
            10    | нет данных | 40
        """,
        indicator=share("tested", "pupils"),
        expected={"округ": NOT_REPORTED},
    )
