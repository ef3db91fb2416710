"""Округление одно на весь отчёт: половина — в сторону от нуля. Округляется только то, что печатается, и один раз;
в расчётах числа точные. Текст, таблица, диаграмма и файл поэтому не расходятся."""

from decimal import Decimal

from orientir.presentation import chance, number, points, share

title = "Округление и запись чисел"


def _number(row):
    return Decimal(row["number"].replace(",", ".").replace("−", "-"))


def _share(row):
    return share(Decimal(row["part"]) / Decimal(row["whole"]), int(row["decimals"]))


def test_shares_of_the_report(spec):
    """Доли, которые легко напечатать неверно: отбросить дробь вместо округления или ошибиться в знаке."""
    spec.examples(
        """
        part | whole | decimals | printed
        46   | 80    | 1        | 57,5 %
        46   | 80    | 0        | 58 %
        4    | 105   | 1        | 3,8 %
        75   | 185   | 1        | 40,5 %
        75   | 185   | 0        | 41 %
        """,
        printed=_share,
    )


def test_half_goes_away_from_zero(spec):
    """Половина округляется в сторону от нуля, а не к чётному; минус — настоящий минус."""
    spec.examples(
        """
        number | decimals | printed
        2,5    | 0        | 3
        3,5    | 0        | 4
        0,5    | 0        | 1
        −0,5   | 0        | −1
        −2,5   | 0        | −3
        2,45   | 1        | 2,5
        −0,4   | 0        | 0
        """,
        printed=lambda row: number(_number(row), int(row["decimals"])),
    )


def test_rounding_happens_once(spec):
    """Округляется исходное число: 2,45 не становится сначала 2,5, а потом 3."""
    spec.examples(
        """
        number | decimals | printed
        2,45   | 0        | 2
        2,449  | 1        | 2,4
        """,
        printed=lambda row: number(_number(row), int(row["decimals"])),
    )


def test_spaces_do_not_break(spec):
    """Дробь отделена запятой; разряды от пяти цифр и единица — неразрывным пробелом, здесь он показан знаком ⍽."""
    spec.examples(
        """
        number  | decimals | printed
        57,5    | 1        | 57,5
        2194    | 0        | 2194
        12194   | 0        | 12⍽194
        1234567 | 0        | 1⍽234⍽567
        """,
        printed=lambda row: number(_number(row), int(row["decimals"])),
    )


def test_per_cent_sign(spec):
    """Знак процента отделён неразрывным пробелом."""
    spec.examples(
        """
        part | whole | decimals | printed
        46   | 80    | 1        | 57,5⍽%
        """,
        printed=_share,
    )


def test_difference_of_shares(spec):
    """Разность долей — процентные пункты, всегда со знаком; ноль знака не имеет."""
    spec.examples(
        """
        number | decimals | printed
        0,057  | 1        | +5,7⍽п.⍽п.
        −0,01  | 1        | −1,0⍽п.⍽п.
        0,0004 | 1        | 0,0⍽п.⍽п.
        """,
        printed=lambda row: points(_number(row), int(row["decimals"])),
    )


def test_chance_level(spec):
    """Вероятность печатается с тремя знаками, а меньше одной тысячной — неравенством."""
    spec.examples(
        """
        number | printed
        0,0379 | p = 0,038
        0,0009 | p < 0,001
        0,001  | p = 0,001
        """,
        printed=lambda row: chance(float(_number(row))),
    )
