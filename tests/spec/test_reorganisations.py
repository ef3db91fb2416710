"""Школы закрывают и объединяют. История читается двояко: по школам, какими они были, и по нынешним."""

from orientir.model.desk import Structure
from spec.language import ABSENT, NOT_APPLICABLE, count, measured, share

title = "Реорганизации"

PLACES = """
            place | until      | successor
            А     | 2021-08-31 | В
            Б     | 2021-08-31 | В
            В     |            |
        """


def test_as_they_were(spec):
    """В отчёте по прежней структуре школа считается до дня закрытия, а преемник — сам по себе."""
    spec(
        facts="""
            place | year    | tested | pupils
            А     | 2020/21 | 10     | 40
            Б     | 2020/21 | 20     | 60
            В     | 2020/21 | 5      | 50
            В     | 2021/22 | 38     | 145
        """,
        places=PLACES,
        indicator=share("tested", "pupils"),
        expected={
            "А, 2020/21": measured(10, 40),
            "В, 2020/21": measured(5, 50),
            "округ, 2020/21": measured(35, 150, coverage="3 из 3"),
            "округ": measured(38, 145, coverage="1 из 1"),
        },
    )


def test_as_they_are_now(spec):
    """В отчёте по нынешней структуре числа закрытых школ сложены с числами преемника; итог территории тот же."""
    spec(
        facts="""
            place | year    | tested | pupils
            А     | 2020/21 | 10     | 40
            Б     | 2020/21 | 20     | 60
            В     | 2020/21 | 5      | 50
            В     | 2021/22 | 38     | 145
        """,
        places=PLACES,
        structure=Structure.NOW,
        indicator=share("tested", "pupils"),
        expected={
            "А, 2020/21": ABSENT,
            "В, 2020/21": measured(35, 150),
            "округ, 2020/21": measured(35, 150, coverage="1 из 1"),
            "округ": measured(38, 145, coverage="1 из 1"),
        },
    )


def test_unknown_part_leaves_the_sum_unknown(spec):
    """Одна из школ не сообщила: сумма неизвестна, и полнота это показывает."""
    spec(
        facts="""
            place | year    | pupils
            А     | 2020/21 | 40
            Б     | 2020/21 | нет данных
            В     | 2020/21 | 50
            Г     | 2020/21 | 70
        """,
        places=PLACES + "            Г     |            |",
        structure=Structure.NOW,
        indicator=count("pupils"),
        expected={"В, 2020/21": ABSENT, "округ, 2020/21": measured(70, coverage="1 из 2")},
    )


def test_silent_school_leaves_the_sum_unknown(spec):
    """Так же и тогда, когда строки школы в данных нет вовсе, а она работала и должна была сообщить."""
    spec(
        facts="""
            place | year    | pupils
            А     | 2020/21 | 40
            В     | 2020/21 | 50
            Г     | 2020/21 | 70
        """,
        places=PLACES + "            Г     |            |",
        structure=Structure.NOW,
        indicator=count("pupils"),
        expected={"В, 2020/21": ABSENT, "округ, 2020/21": measured(70, coverage="1 из 2")},
    )


def test_what_does_not_apply_adds_nothing(spec):
    """К одной школе величина не относится: складывается то, что дали другие."""
    spec(
        facts="""
            place | year    | graduates
            А     | 2020/21 | не относится
            Б     | 2020/21 | 12
            В     | 2020/21 | 20
        """,
        places=PLACES,
        structure=Structure.NOW,
        indicator=count("graduates"),
        expected={"В, 2020/21": measured(32)},
    )


def test_what_applies_to_nobody(spec):
    """Ни к одной не относится — не относится и к преемнику."""
    spec(
        facts="""
            place | year    | graduates
            А     | 2020/21 | не относится
            Б     | 2020/21 | не относится
            В     | 2020/21 | не относится
        """,
        places=PLACES,
        structure=Structure.NOW,
        indicator=count("graduates"),
        expected={"В, 2020/21": NOT_APPLICABLE},
    )


def test_parts_of_different_sources(spec):
    """Одна школа есть только в форме, другая — только в выгрузке: сложены обе, и спора нет."""
    spec(
        facts="""
            place | year    | source | pupils
            А     | 2020/21 | форма  | 40
            Б     | 2020/21 | ОО-1   | 60
            В     | 2020/21 | форма  | 50
        """,
        places=PLACES,
        structure=Structure.NOW,
        indicator=count("pupils"),
        expected={"В, 2020/21": measured(150, conflicting=False)},
    )


def test_total_beside_parts(spec):
    """Одна школа дала разрезы, другая — только итог: сложены итоги, а разрез у преемника неизвестен."""
    spec(
        facts="""
            place | year    | grade | pupils
            А     | 2020/21 |       | 40
            Б     | 2020/21 | 9     | 35
            Б     | 2020/21 | 10    | 25
            В     | 2020/21 | 9     | 30
            В     | 2020/21 | 10    | 20
        """,
        places=PLACES,
        structure=Structure.NOW,
        indicator=count("pupils", breakdowns=("grade",)),
        expected={"В, 2020/21": measured(150), "В, 2020/21, grade=9": ABSENT},
    )


def test_successors_in_turn(spec):
    """Преемник и сам закрыт: числа идут к последнему."""
    spec(
        facts="""
            place | year    | pupils
            А     | 2019/20 | 40
            Б     | 2019/20 | 60
            В     | 2019/20 | 50
        """,
        places="""
            place | until      | successor
            А     | 2020-08-31 | Б
            Б     | 2021-08-31 | В
            В     |            |
        """,
        structure=Structure.NOW,
        indicator=count("pupils"),
        expected={"Б, 2019/20": ABSENT, "В, 2019/20": measured(150)},
    )
