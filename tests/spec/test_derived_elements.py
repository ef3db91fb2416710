"""Величину, которую никто не сообщает, можно определить через другие. Она пишется в формулах как обычная."""

from spec.language import count, measured, share, term

title = "Производные величины"


def test_derived_element_is_the_sum_of_its_terms(spec):
    """Вместо производной величины в формулу входят её слагаемые."""
    spec(
        facts="""
            graduates_9 | graduates | placed
            419         | 80        | 450
        """,
        derived={"graduates_9_11": ["graduates_9", "graduates"]},
        indicator=share("placed", "graduates_9_11"),
        expected={"округ": (450, 499)},
    )


def test_weights_multiply(spec):
    """Веса перемножаются: вычитается вся сумма."""
    spec(
        facts="""
            graduates_9 | graduates | placed
            419         | 80        | 450
        """,
        derived={"graduates_9_11": ["graduates_9", "graduates"]},
        indicator=count([term("graduates_9_11"), term("placed", weight=-1)]),
        expected={"округ": measured(49)},
    )


def test_shifts_add_up(spec):
    """Сдвиги складываются, условия выполняются вместе."""
    spec(
        facts="""
            year    | grade | pupils
            2020/21 | 10    | 99
            2020/21 | 11    | 77
        """,
        derived={"grade_10": [term("pupils", "{grade: 10}")]},
        indicator=count(term("grade_10", shift=1)),
        expected={"округ, 2019/20": measured(99)},
    )


def test_derived_of_derived(spec):
    """Производная величина может опираться на производную."""
    spec(
        facts="""
            graduates_9 | graduates | college | admitted
            419         | 80        | 282     | 46
        """,
        derived={
            "graduates_9_11": ["graduates_9", "graduates"],
            "placed": ["college", "admitted"],
            "unaccounted": ["graduates_9_11", term("placed", weight=-1)],
        },
        indicator=count("unaccounted"),
        expected={"округ": measured(171)},
    )
