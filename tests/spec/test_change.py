"""Последний год сравнивается с предыдущим и с первым годом отчёта. Слово «рост» или «снижение» говорится только тогда,
когда изменение не похоже на случайное: поправленная вероятность меньше 0,05."""

from orientir.model.results import Verdict
from spec.asserting import AGAINST_FIRST
from spec.language import Change, count, share, term

title = "Изменение показателя"


def test_change_beyond_chance(spec):
    """Разность долей измеряется в процентных пунктах."""
    spec.changes(
        facts="""
            year    | tested | pupils
            2020/21 | 81     | 493
            2021/22 | 303    | 505
        """,
        indicator=share("tested", "pupils"),
        expected={"округ": Change(Verdict.ROSE, "+43,6 п. п.", "p < 0,001")},
    )


def test_fall_beyond_chance(spec):
    """Снижение — так же."""
    spec.changes(
        facts="""
            year    | tested | pupils
            2020/21 | 303    | 505
            2021/22 | 81     | 493
        """,
        indicator=share("tested", "pupils"),
        expected={"округ": Change(Verdict.FELL, "−43,6 п. п.", "p < 0,001")},
    )


def test_change_within_chance(spec):
    """Изменение, не отличимое от случайного, ростом не называется: 44 из 77 и 46 из 80."""
    spec.changes(
        facts="""
            year    | admitted | graduates
            2020/21 | 44       | 77
            2021/22 | 46       | 80
        """,
        indicator=share("admitted", "graduates"),
        expected={"округ": Change(Verdict.WITHIN_CHANCE, "+0,4 п. п.", "p = 1,000")},
    )


def test_against_the_last_and_the_first_year(spec):
    """Сравнений два: с предыдущим годом и с первым годом отчёта."""
    spec.changes(
        facts="""
            year    | tested | pupils
            2019/20 | 10     | 200
            2020/21 | 60     | 200
            2021/22 | 62     | 200
        """,
        indicator=share("tested", "pupils"),
        expected={
            "округ": Change(Verdict.WITHIN_CHANCE, "+1,0 п. п."),
            f"округ, {AGAINST_FIRST}": Change(Verdict.ROSE, "+26,0 п. п."),
        },
    )


def test_counts_are_not_tested(spec):
    """У числа, которое ни на что не делится, значимость не проверяется: сказано только, на сколько оно изменилось."""
    spec.changes(
        facts="""
            year    | workplaces
            2020/21 | 21
            2021/22 | 23
        """,
        indicator=count("workplaces"),
        expected={"округ": Change(Verdict.NOT_TESTED, "+2", p="")},
    )


def test_ratio_of_two_populations_is_not_tested(spec):
    """Отношение двух разных совокупностей (родителей к обучающимся) — не доля, и критерий к нему не применяется."""
    spec.changes(
        facts="""
            year    | parents | pupils
            2020/21 | 303     | 505
            2021/22 | 310     | 499
        """,
        indicator=share("parents", "pupils", part_of_whole=False),
        expected={"округ": Change(Verdict.NOT_TESTED, "+2,1 п. п.", p="")},
    )


def test_part_above_the_whole_is_not_tested(spec):
    """Часть больше целого: в данных ошибка, и судить по ним нельзя."""
    spec.changes(
        facts="""
            year    | tested | pupils
            2020/21 | 30     | 100
            2021/22 | 110    | 100
        """,
        indicator=share("tested", "pupils"),
        expected={"округ": Change(Verdict.NOT_TESTED, p="", reason="часть больше целого")},
    )


def test_negative_part_is_not_tested(spec):
    """Часть меньше нуля: вычли больше, чем было; судить и по таким данным нельзя."""
    spec.changes(
        facts="""
            year    | graduates_9 | college
            2020/21 | 100         | 90
            2021/22 | 100         | 103
        """,
        indicator=share(["graduates_9", term("college", weight=-1)], "graduates_9"),
        expected={"округ": Change(Verdict.NOT_TESTED, "−13,0 п. п.", p="", reason="часть меньше нуля")},
    )


def test_nothing_to_compare_with(spec):
    """Прошлого года нет — сравнивать не с чем."""
    spec.changes(
        facts="""
            year    | tested     | pupils
            2020/21 | нет данных | 493
            2021/22 | 303        | 505
        """,
        indicator=share("tested", "pupils"),
        expected={"округ": Change(Verdict.MISSING, reason="в данных нет: «Прошедшие тестирование»")},
    )
