"""Показатель хранится как числитель и знаменатель, а не как процент. Процент вычисляется из них при печати."""

from spec.language import measured, share

title = "Доля по территории"


def test_share_of_a_territory_is_the_share_of_sums(spec):
    """Складываются числители и знаменатели, а не проценты.

    Среднее двух долей дало бы 44,2 %: маленькая школа весила бы столько же, сколько большая.
    """
    spec(
        facts="""
            place | admitted | graduates
            А     |        1 |         2
            Б     |       30 |        78
        """,
        indicator=share("admitted", "graduates"),
        expected={"А": (1, 2), "Б": (30, 78), "округ": (31, 80)},
    )


def test_every_level_sums_the_schools_below_it(spec):
    """У каждого уровня — сумма по школам под ним, на любой глубине."""
    spec(
        facts="""
            place | admitted | graduates
            А     |        1 |        10
            Б     |        2 |        10
            В     |        6 |        10
        """,
        places="""
            place | above | kind
            север | округ | куст
            А     | север | школа
            Б     | север | школа
            В     | округ | школа
        """,
        indicator=share("admitted", "graduates"),
        expected={"север": (3, 20), "округ": (9, 30)},
    )


def test_each_year_is_summed_by_itself(spec):
    """Каждый год складывается отдельно."""
    spec(
        facts="""
            place | year    | admitted | graduates
            А     | 2020/21 |        3 |        10
            А     | 2021/22 |        4 |        10
            Б     | 2020/21 |        2 |        20
            Б     | 2021/22 |        1 |        20
        """,
        indicator=share("admitted", "graduates"),
        expected={"округ, 2020/21": measured(5, 30), "округ, 2021/22": measured(5, 30)},
    )
