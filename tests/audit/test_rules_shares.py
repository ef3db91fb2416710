"""Shares are computed again: half up at the printed precision is right, the floor is cut, everything else is wrong."""

from __future__ import annotations

from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from audit.told import GRADUATES_9, PUPILS_9_11, found, table, told
from orientir.audit.rules import shares

NBSP = "\u00a0"
NINE = "Доля выпускников 9 классов, поступивших в ПОО"


def one(whole: object, part: object, share: object) -> str:
    return table(1, NINE, GRADUATES_9, (whole, part, share))


def test_wrong_share_is_an_error_with_its_arithmetic() -> None:
    (finding,) = found(shares.share_wrong, one(105, 4, "4,2"))
    assert told([finding]) == [("1", "2020", "4,2", f"3,8{NBSP}%")]
    assert f"4 / 105 = 3,81{NBSP}%" in finding.message
    assert finding.severity == "error"
    assert len(finding.evidence) == 3


@pytest.mark.parametrize(("whole", "part", "share"), [(80, 46, "57"), (185, 75, "40")])
def test_floor_is_truncated_and_not_wrong(whole: int, part: int, share: str) -> None:
    assert found(shares.share_wrong, one(whole, part, share)) == []
    (finding,) = found(shares.share_truncated, one(whole, part, share))
    assert finding.severity == "warning"


@pytest.mark.parametrize(
    ("whole", "part", "share"),
    [
        (80, 46, "57,5"),
        (80, 46, "58"),
        (80, 46, "57,50 %"),
        (420, 283, "67"),
        (200, 1, "0,5"),
        ("1 200", "600", "50,0"),
    ],
)
def test_right_shares_are_never_flagged(whole: object, part: object, share: str) -> None:
    for judge in (shares.share_wrong, shares.share_truncated, shares.part_exceeds_whole, shares.precision_mixed):
        assert found(judge, one(whole, part, share)) == []


@given(whole=st.integers(1, 9000), part=st.integers(0, 9000), decimals=st.integers(0, 2))
def test_half_up_is_right_at_any_precision(whole: int, part: int, decimals: int) -> None:
    part = min(part, whole)
    share = shares.rounded(Decimal(100 * part) / whole, decimals)
    assert found(shares.share_wrong, one(whole, part, f"{share:f}".replace(".", ","))) == []


def test_wrong_share_repeated_in_a_sentence_is_told_there() -> None:
    said = "Доля выпускников 9 классов, поступивших в ПОО, составила 4,2 % в 2020 году (табл. 1)."
    (finding,) = found(shares.share_repeated_in_text, said, one(105, 4, "4,2"))
    assert (finding.place.line, finding.table, finding.expected) == (1, "1", f"3,8{NBSP}%")
    assert found(shares.share_repeated_in_text, said.replace("4,2", "3,8"), one(105, 4, "3,8")) == []


def test_table_rounded_up_here_and_cut_there() -> None:
    both = table(1, NINE, GRADUATES_9, (176, 68, 39), (185, 75, 40))
    assert len(found(shares.rounding_inconsistent, both)) == 1
    assert found(shares.rounding_inconsistent, table(1, NINE, GRADUATES_9, (176, 68, 38), (185, 75, 40))) == []


def test_mixed_precision_but_for_a_dropped_zero() -> None:
    mixed = table(1, NINE, GRADUATES_9, (105, 4, "3,8"), (26, 3, "12"))
    assert len(found(shares.precision_mixed, mixed)) == 1
    assert found(shares.precision_mixed, table(1, NINE, GRADUATES_9, (105, 4, "3,8"), (25, 3, "12"))) == []


def test_part_above_its_whole() -> None:
    (finding,) = found(shares.part_exceeds_whole, one(94, 103, "109,6"))
    assert finding.severity == "error"
    assert found(shares.part_exceeds_whole, one(94, 94, "100")) == []


def test_two_equal_heads_are_a_count_and_its_share() -> None:
    heads = ("Всего обучающихся 10-11 кл.", "Приняли участие", "Приняли участие")
    assert len(found(shares.share_truncated, table(7, "Доля обучающихся 10-11 классов", heads, (185, 75, 40)))) == 1


def test_rows_that_do_not_make_their_total() -> None:
    rows = [("Школа № 1", 40), ("Школа № 2", 35), ("Школа № 3", 20), ("Итого", 94)]
    text = "Таблица 2. Выпускники по школам\n\tШкола\n\tВыпускников, чел.\n\n"
    text += "".join(f"\t{name}\n\t{count}\n\n" for name, count in rows)
    (finding,) = found(shares.distribution_incomplete, text)
    assert (finding.reported, finding.expected) == ("94", "95")
    assert found(shares.distribution_incomplete, text.replace("94", "95")) == []


def test_years_in_rows_are_understood() -> None:
    head = "\tУчебный год\n\tВсего выпускников 9 классов\n\tПоступили, чел.\n\tДоля, %\n\n"
    text = (
        f"Таблица 3. {NINE}\n{head}\t2019/20 уч. г.\n\t420\n\t283\n\t67,4\n\n\t2020/21 уч. г.\n\t426\n\t303\n\t70,1\n"
    )
    (finding,) = found(shares.share_wrong, text)
    assert (finding.period, finding.expected) == ("2020/21 уч. г.", f"71,1{NBSP}%")


def test_roles_in_rows_and_years_in_columns() -> None:
    rows = (("Показатель", "2020", "2021"), ("Всего обучающихся 9-11 классов", 600, 610),
            ("Прошли диагностику, чел.", 300, 305), ("Доля, %", "50", "51"))  # fmt: skip
    text = "Таблица 4. Диагностика обучающихся 9-11 классов\n"
    text += "\n".join("".join(f"\t{cell}\n" for cell in row) for row in rows)
    (finding,) = found(shares.share_wrong, text)
    assert (finding.period, finding.reported, finding.expected) == ("2021", "51", f"50{NBSP}%")


def test_pupils_of_three_grades() -> None:
    assert (
        found(shares.share_wrong, table(9, "Тестирование 9-11 классов", PUPILS_9_11, (493, 81, 16), (505, 303, 60)))
        == []
    )
