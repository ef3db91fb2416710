"""Nothing small can be reckoned from what is published."""

from __future__ import annotations

from decimal import Decimal

from attacker import Attacker

from orientir.collecting.collect import collect
from orientir.definitions.loader import load_programme
from orientir.disclosure.protect import protect
from orientir.disclosure.relations import Cell, Sum
from orientir.disclosure.suppression import hidden_sums
from orientir.engines.memory import MemoryEngine
from orientir.model.periods import Period
from orientir.resources import programme_folder
from orientir.synth.writing import write_district


def test_no_secret_can_be_reckoned_from_what_is_published(example):
    attacker = Attacker(example, protect(example))
    assert attacker.secrets
    assert list(attacker.reckoned()) == []


def test_attacker_reckons_what_is_only_left_out(synthetic):
    """The attack has teeth: hide the small numbers alone, and many of them are found."""
    published = protect(synthetic)
    small = {value.place for value in synthetic.values if value.numerator and 1 <= value.numerator <= 4}
    naive = tuple(
        after if before.place in small else before
        for before, after in zip(synthetic.values, published.values, strict=True)
    )
    attacker = Attacker(synthetic, type(synthetic)(**{**vars(published), "values": naive}))
    assert len(list(attacker.reckoned())) > 10


def test_no_secret_of_a_collected_district_can_be_reckoned(tmp_path, cycle_of):
    """Nineteen schools, three years, forms and registers: thousands of cells that nearly all are small."""
    programme = programme_folder("career_guidance_2022")
    loaded = load_programme(programme)
    engine = MemoryEngine()
    write_district(loaded, engine, 4, tmp_path / "district", 0, lambda _: None)
    for folder, start in (("2019-20", 2019), ("2020-21", 2020), ("2021-22", 2021)):
        period = Period(loaded.period, start)
        collect(tmp_path / "district" / folder, loaded, period, tmp_path / "package", engine)
    cycle = cycle_of(tmp_path / "package", programme)
    attacker = Attacker(cycle, protect(cycle))
    assert len(attacker.secrets) > 1000
    assert list(attacker.reckoned()) == []


# ---- which sums are hidden, on examples that fit into the head


def cell(name: str, value: int) -> Cell:
    return Cell("people", name, 2021, (), Decimal(value))


def one(*cells: Cell) -> Sum:
    return frozenset((member, 1) for member in cells)


def hidden(told: list[Sum], *more: Sum, secrets: list[Sum] | None = None, relations: list[Sum] = ()) -> set[Sum]:
    numbers = {each: sum(weight * member.value for member, weight in each) for each in told}
    small = [each for each in [*told, *more] if 1 <= sum(weight * member.value for member, weight in each) <= 4]
    return hidden_sums(numbers, small if secrets is None else secrets, list(relations), dict.fromkeys(told, 1))


A, B, C, D = cell("a", 2), cell("b", 7), cell("c", 9), cell("d", 0)


def test_small_number_takes_the_next_one_of_its_sum_with_it():
    assert hidden([one(A), one(B), one(C), one(A, B, C)]) == {one(A), one(B)}


def test_zero_is_not_a_hiding_place():
    assert hidden([one(A), one(D), one(C), one(A, C, D)]) == {one(A), one(C)}


def test_total_of_small_numbers_is_hidden_where_nothing_else_can_be():
    """1 + 1 = 2 in one way only."""
    ones = [cell(name, 1) for name in "abcdefgh"]
    assert one(*ones) in hidden([*map(one, ones), one(*ones)])


def test_sum_that_nobody_printed_is_no_threat():
    assert hidden([one(A), one(B), one(C)]) == {one(A)}


def test_few_left_out_of_many():
    """98 of 100: the two are told by subtraction."""
    part, rest = cell("part", 98), cell("rest", 2)
    assert hidden([one(part), one(part, rest)], one(rest)) == {one(part)}


def test_sums_that_give_a_secret_away_together():
    """Every row and every column hides two, and yet one number follows from the whole table."""
    names = [[cell(f"{row}{column}", value) for column, value in enumerate(values)] for row, values in enumerate(TABLE)]
    cells = [member for row in names for member in row]
    rows = [one(*row) for row in names]
    columns = [one(*column) for column in zip(*names, strict=True)]
    secret = one(names[1][2])
    told = [one(member) for member in cells if one(member) not in hidden_by_hand(names)]
    found = hidden([*told, *rows, *columns], secrets=[secret])
    assert secret not in found and found


TABLE = [[9, 8, 30, 40], [7, 6, 3, 40], [30, 40, 9, 8], [30, 40, 7, 6]]


def hidden_by_hand(names: list[list[Cell]]) -> set[Sum]:
    """Two blocks of four and the bridge between them."""
    places = [(0, 0), (0, 1), (1, 0), (1, 1), (1, 2), (2, 2), (2, 3), (3, 2), (3, 3)]
    return {one(names[row][column]) for row, column in places}


def test_what_everybody_knows_counts_as_told():
    """The total is not printed for this sum, but another name for the same people is."""
    whole = cell("whole", 18)
    relation = frozenset({(whole, 1), (A, -1), (B, -1), (C, -1)})
    assert hidden([one(A), one(B), one(C), one(whole)], relations=[relation]) == {one(A), one(B)}
