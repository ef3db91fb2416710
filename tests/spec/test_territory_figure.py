"""Территория может сообщить число сама. Тогда оно и берётся, а сумма по школам — нет."""

from spec.language import count, measured, share

title = "Число территории и сумма по школам"


def test_own_figure_comes_first(spec):
    """Собственное число территории важнее суммы по школам; охвата у него нет, потому что школы не складывались."""
    spec(
        facts="""
            place | admitted | graduates
            округ | 46       | 80
            А     | 10       | 20
        """,
        indicator=share("admitted", "graduates"),
        expected={"округ": measured(46, 80, coverage="0 из 0"), "А": (10, 20)},
    )


def test_incomplete_own_figure_gives_way_to_the_sum(spec):
    """Если сама территория назвала не все слагаемые, берётся сумма по школам."""
    spec(
        facts="""
            place | admitted | graduates
            округ | 46       |
            А     | 10       | 20
            Б     | 30       | 60
        """,
        indicator=share("admitted", "graduates"),
        expected={"округ": measured(40, 80, coverage="2 из 2")},
    )


def test_counts_follow_the_same_rule(spec):
    """С числом, которое ни на что не делится, — то же самое."""
    spec(
        facts="""
            place | workplaces
            А     | 14
            Б     | 7
        """,
        indicator=count("workplaces"),
        expected={"округ": measured(21, coverage="2 из 2")},
    )
