"""На ноль не делят. Что это значит, зависит от числителя."""

from orientir.model.status import Status
from spec.language import measured, missing, share

title = "Совокупность из нуля человек"


def test_nothing_of_nothing_is_not_applicable(spec):
    """Ноль из нуля — показатель не применим."""
    spec(
        facts="""
            place | admitted | graduates
            А     | 0        | 0
        """,
        indicator=share("admitted", "graduates"),
        expected={"А": missing(Status.NOT_APPLICABLE, "совокупность пуста: делить не на что")},
    )


def test_empty_population_adds_nothing(spec):
    """В сумму территории такая школа входит с нулями и охвата не уменьшает: она отчиталась."""
    spec(
        facts="""
            place | admitted | graduates
            А     | 0        | 0
            Б     | 4        | 10
        """,
        indicator=share("admitted", "graduates"),
        expected={"округ": measured(4, 10, coverage="2 из 2")},
    )


def test_something_of_nothing_is_a_mistake(spec):
    """Пять из нуля — ошибка в данных. Расчёт останавливается и называет файл и строки."""
    spec.refused(
        facts="""
            element   | value
            admitted  | 5
            graduates | 0
        """,
        indicator=share("admitted", "graduates", title="Доля поступивших"),
        faults=[
            "пакет/facts.csv:2, facts.csv:3: «Доля поступивших», 2021/22 уч. г.: знаменатель равен нулю, "
            "а числитель — нет. Проверьте численность и число участников."
        ],
    )
