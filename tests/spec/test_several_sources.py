"""Нет источника, в котором есть все слагаемые: их собирают из нескольких, если те не спорят."""

from orientir.model.status import Status
from spec.language import measured, missing, share, term

title = "Слагаемые из нескольких источников"


def test_parts_of_two_sources(spec):
    """Числитель из одного источника, знаменатель из другого: так можно, если спора нет."""
    spec(
        facts="""
            source    | tested | pupils
            платформа | 30     |
            ОО-1      |        | 100
        """,
        indicator=share("tested", "pupils"),
        expected={"округ": measured(30, 100, source="", conflicting=False)},
    )


def test_agreeing_sources(spec):
    """Несколько источников дают знаменатель, и все — один и тот же: спора нет."""
    spec(
        facts="""
            source    | tested | pupils
            платформа | 30     |
            ОО-1      |        | 100
            форма     |        | 100
        """,
        indicator=share("tested", "pupils"),
        expected={"округ": measured(30, 100, source="", conflicting=False)},
    )


def test_disagreeing_sources_give_nothing(spec):
    """Знаменатель дан двумя разными числами, и ни одно не стоит рядом с числителем: значения нет."""
    spec(
        facts="""
            source    | tested | pupils
            платформа | 30     |
            ОО-1      |        | 100
            форма     |        | 110
        """,
        indicator=share("tested", "pupils"),
        expected={
            "округ": missing(Status.IN_CONFLICT, "источники дают разные числа, и ни один не содержит все слагаемые")
        },
    )


def test_sources_complete_each_other(spec):
    """Источники дополняют друг друга по клеткам: уровни образования стоят в двух таблицах."""
    spec(
        facts="""
            source    | level | participants | pupils
            таблица 6 | 5-9   | 575          | 2035
            таблица 7 | 10-11 | 75           | 185
        """,
        indicator=share("participants", "pupils"),
        expected={"округ": measured(650, 2220, source="", conflicting=False)},
    )


def test_source_with_a_part_of_the_cells_is_not_the_whole(spec):
    """Источник, в котором есть не все клетки, не годится как единственный: иначе часть выдавалась бы за целое."""
    spec(
        facts="""
            source    | level | participants | pupils
            форма     | 5-9   | 575          | 2035
            платформа | 5-9   | 575          | 2035
            платформа | 10-11 | 75           | 185
        """,
        indicator=share("participants", "pupils"),
        expected={"округ": measured(650, 2220, source="платформа", conflicting=False)},
    )


def test_condition_narrows_what_a_source_must_give(spec):
    """Если показатель считает только один уровень, источника с этим уровнем довольно."""
    spec(
        facts="""
            source    | level | participants | pupils
            таблица 6 | 5-9   | 575          | 2035
            таблица 7 | 10-11 | 75           | 185
        """,
        indicator=share(
            term("participants", "{level: 10-11}"),
            term("pupils", "{level: 10-11}"),
        ),
        expected={"округ": measured(75, 185, source="таблица 7")},
    )
