"""В конце цикла по каждой цели есть предложение: сохранить, уточнить или заменить. Причина названа всегда."""

from spec.language import share

title = "Что предложить по цели"

DECISION = """
    decided    | owner     | due
    2021-03-15 | начальник | 2021-09-01
"""
ROSE = """
    year    | tested | pupils
    2020/21 | 81     | 493
    2021/22 | 303    | 505
"""
FELL = """
    year    | tested | pupils
    2020/21 | 303    | 505
    2021/22 | 81     | 493
"""
STOOD = """
    year    | tested | pupils
    2020/21 | 303    | 505
    2021/22 | 310    | 499
"""


def test_keep(spec):
    """Целевое значение есть, и после решения показатель сдвинулся к нему."""
    spec.goal(
        facts=ROSE,
        indicator=share("tested", "pupils"),
        actions=DECISION,
        target="100 %",
        expected="сохранить",
        reason="целевое значение есть, показатель движется к нему",
    )


def test_correct_when_it_went_the_other_way(spec):
    """После решения показатель сдвинулся в обратную сторону."""
    spec.goal(
        facts=FELL,
        indicator=share("tested", "pupils"),
        actions=DECISION,
        target="100 %",
        expected="уточнить",
        reason="после принятых решений показатель изменился в обратную сторону",
    )


def test_correct_when_nothing_is_shown(spec):
    """Изменение не отличить от случайного: влияние решения не подтверждено."""
    spec.goal(
        facts=STOOD,
        indicator=share("tested", "pupils"),
        actions=DECISION,
        target="100 %",
        expected="уточнить",
        reason="влияние решений на показатель не подтверждено данными",
    )


def test_correct_without_a_target(spec):
    """Нет целевого значения — достижение не проверить, как бы ни изменился показатель."""
    spec.goal(
        facts=ROSE,
        indicator=share("tested", "pupils"),
        actions=DECISION,
        target="",
        expected="уточнить",
        reason="у цели нет целевого значения и срока",
    )


def test_replace_what_cannot_be_measured(spec):
    """Ни один показатель цели не измерен."""
    spec.goal(
        facts="""
            pupils
            505
        """,
        indicator=share("tested", "pupils"),
        actions=DECISION,
        target="100 %",
        expected="заменить",
        reason="ни один показатель цели не измерен: достижение проверить нельзя",
    )


def test_decision_without_an_owner_proves_nothing(spec):
    """Решение без ответственного и срока не оценивается: рост остаётся без подтверждения."""
    spec.goal(
        facts=ROSE,
        indicator=share("tested", "pupils"),
        actions="""
            decided    | owner | due
            2021-03-15 |       |
        """,
        target="100 %",
        expected="уточнить",
        reason="влияние решений на показатель не подтверждено данными",
    )
