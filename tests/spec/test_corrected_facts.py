"""Сведения не правят: рядом с ними стоит исправление с автором, датой, причиной и числом, которое исправляют."""

from spec.language import NOT_APPLICABLE, NOT_REPORTED, count, measured, share

title = "Исправления сведений"


def test_another_number(spec):
    """Считается исправленное число."""
    spec(
        facts="""
            place | tested | pupils
            А     | 30     | 100
            Б     | 20     | 50
        """,
        indicator=share("tested", "pupils"),
        corrections="""
            place | element | expected | corrected
            А     | pupils  | 100      | 110
        """,
        expected={"А": measured(30, 110), "округ": measured(50, 160)},
    )


def test_correction_of_a_correction(spec):
    """Исправление исправления пишется против того, что стоит теперь."""
    spec(
        facts="""
            pupils
            100
        """,
        indicator=count("pupils"),
        corrections="""
            element | expected | corrected
            pupils  | 100      | 110
            pupils  | 110      | 111
        """,
        expected={"округ": measured(111)},
    )


def test_number_where_there_was_none(spec):
    """Исправить можно и состояние без числа."""
    spec(
        facts="""
            pupils
            нет данных
        """,
        indicator=count("pupils"),
        corrections="""
            element | expected   | corrected
            pupils  | нет данных | 100
        """,
        expected={"округ": measured(100)},
    )


def test_number_taken_back(spec):
    """Вместо числа записано «нет данных»: сведение остаётся и считается не сообщённым, а не нулём."""
    spec(
        facts="""
            place | tested | pupils
            А     | 30     | 100
            Б     | 20     | 50
        """,
        indicator=share("tested", "pupils"),
        corrections="""
            place | element | expected | corrected
            Б     | tested  | 20       | нет данных
        """,
        expected={"округ": measured(30, 100, coverage="1 из 2")},
    )


def test_number_that_does_not_apply(spec):
    """Вместо числа записано «не относится»: организация в охват не входит."""
    spec(
        facts="""
            place | pupils
            А     | 100
            Б     | 50
        """,
        indicator=count("pupils"),
        corrections="""
            place | element | expected | corrected
            Б     | pupils  | 50       | не относится
        """,
        expected={"Б": NOT_APPLICABLE, "округ": measured(100, coverage="1 из 1")},
    )


def test_number_found_after_it_was_taken_back(spec):
    """Следующее исправление пишется против состояния, которое оставило предыдущее."""
    spec(
        facts="""
            pupils
            100
        """,
        indicator=count("pupils"),
        corrections="""
            element | expected   | corrected
            pupils  | 100        | нет данных
            pupils  | нет данных | 98
        """,
        expected={"округ": measured(98)},
    )


def test_excluded_fact_does_not_count(spec):
    """Исключённое сведение не считается: организация числа не дала."""
    spec(
        facts="""
            place | pupils
            А     | 100
            Б     | 50
        """,
        indicator=count("pupils"),
        corrections="""
            place | element | expected | corrected
            Б     | pupils  | 50       | исключить
        """,
        expected={"округ": measured(100, coverage="1 из 2")},
    )


def test_excluded_part_leaves_the_sum_unknown(spec):
    """Исключена одна из частей: сумма остальных не выдаётся за целое."""
    spec(
        facts="""
            grade | pupils
            9     | 60
            10    | 45
        """,
        indicator=count("pupils"),
        corrections="""
            grade | element | expected | corrected
            10    | pupils  | 45       | исключить
        """,
        expected={"округ": NOT_REPORTED},
    )


def test_excluded_side_of_a_conflict(spec):
    """Исключено число одного из спорящих источников: спора больше нет."""
    spec(
        facts="""
            source | pupils
            форма  | 100
            ОО-1   | 110
        """,
        indicator=count("pupils"),
        corrections="""
            source | element | expected | corrected
            форма  | pupils  | 100      | исключить
        """,
        expected={"округ": measured(110, source="ОО-1", conflicting=False)},
    )


def test_doubt_changes_nothing(spec):
    """Сомнение числа не меняет: о нём говорит замечание."""
    spec(
        facts="""
            pupils
            100
        """,
        indicator=count("pupils"),
        corrections="""
            element | expected | corrected
            pupils  | 100      | сомнение
        """,
        expected={"округ": measured(100)},
    )


def test_withdrawn_correction(spec):
    """Отозванное исправление не действует, а запись о нём остаётся."""
    spec(
        facts="""
            pupils
            100
        """,
        indicator=count("pupils"),
        corrections="""
            element | expected | corrected
            pupils  | 100      | 110
            pupils  |          | отозвать
        """,
        expected={"округ": measured(100)},
    )


def test_stale_corrections_are_refused(spec):
    """Сведение изменилось с тех пор, как его исправили: расчёт не идёт, пока это не решено. Называются все сразу."""
    spec.refused(
        facts="""
            tested | pupils
            30     | 100
        """,
        indicator=share("tested", "pupils"),
        corrections="""
            element | expected | corrected
            tested  | 31       | 32
            pupils  | 99       | исключить
        """,
        faults=[
            "пакет/corrections.csv:2: исправление c2 устарело: ожидалось 31, а в данных 30 (tested, округ, 2021/22, "
            "источник форма). Проверьте число и отзовите исправление: orientir correct … --withdraw; если нужно, "
            "исправьте заново.",
            "пакет/corrections.csv:3: исправление c3 устарело: ожидалось 99, а в данных 100 (pupils, округ, 2021/22, "
            "источник форма). Проверьте число и отзовите исправление: orientir correct … --withdraw; если нужно, "
            "исправьте заново.",
        ],
    )
