"""Слагаемое может учитывать не всю величину, а её часть. Условие записывается в определении показателя одной и той же
формой и понимается всеми движками одинаково."""

from spec.language import NOT_REPORTED, count, measured, share, term

title = "Условия"

STAGES = """
    stage     | participants
    municipal | 90
    regional  | 27
    national  | 3
"""
GRADES = """
    grade | pupils
    5     | 1
    6     | 10
    9     | 100
    11    | 1000
"""


def test_one_value(spec):
    """Одно значение разреза."""
    spec(
        facts=STAGES,
        indicator=count(term("participants", "{stage: regional}")),
        expected={"округ": measured(27)},
    )


def test_list_of_values(spec):
    """Список значений: подходит любое из них."""
    spec(
        facts=STAGES,
        indicator=count(term("participants", "{stage: [regional, national]}")),
        expected={"округ": measured(30)},
    )


def test_range(spec):
    """Промежуток: оба конца входят."""
    spec(
        facts=GRADES,
        indicator=count(term("pupils", "{grade: {from: 6, to: 9}}")),
        expected={"округ": measured(110)},
    )


def test_any(spec):
    """Хотя бы одно из условий."""
    spec(
        facts=GRADES,
        indicator=count(term("pupils", "{any: [{grade: 5}, {grade: {from: 9, to: 11}}]}")),
        expected={"округ": measured(1101)},
    )


def test_not(spec):
    """Всё, кроме названного."""
    spec(
        facts=STAGES,
        indicator=count(term("participants", "{not: {stage: municipal}}")),
        expected={"округ": measured(30)},
    )


def test_several_keys_mean_and(spec):
    """Несколько условий рядом выполняются вместе."""
    spec(
        facts="""
            grade | stage    | participants
            9     | regional | 5
            9     | national | 2
            11    | regional | 7
        """,
        indicator=count(term("participants", "{grade: 9, stage: regional}")),
        expected={"округ": measured(5)},
    )


def test_missing_member_satisfies_nothing(spec):
    """Если разрез не назван, условие не выполнено: неизвестно, какой это класс."""
    spec(
        facts="""
            pupils
            111
        """,
        indicator=count(term("pupils", "{grade: 9}")),
        expected={"округ": NOT_REPORTED},
    )


def test_missing_member_does_not_satisfy_a_negation(spec):
    """Отрицание тоже не выполнено: неизвестный класс — не «любой, кроме 9-го»."""
    spec(
        facts="""
            pupils
            111
        """,
        indicator=count(term("pupils", "{not: {grade: 9}}")),
        expected={"округ": NOT_REPORTED},
    )


def test_conditions_of_both_parts_are_their_own(spec):
    """У числителя и знаменателя могут быть разные условия."""
    spec(
        facts="""
            grade | tested | pupils
            9     | 30     | 60
            10    | 5      | 40
        """,
        indicator=share(term("tested", "{grade: 9}"), "pupils"),
        expected={"округ": (30, 100)},
    )
