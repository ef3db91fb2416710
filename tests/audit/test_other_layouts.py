"""Tables as other authors lay them out: captions below, cells not merged, counts in one cell, heads of many levels."""

from __future__ import annotations

import pytest

from audit.told import report
from orientir.audit.report import Measure, ReportTable
from orientir.audit.rules.parts_of_report import around
from orientir.audit.rules.shares import distribution_incomplete
from orientir.audit.understanding.numbers import cell_numbers


def tabbed(*rows: tuple[str, ...]) -> str:
    return "\n".join(line for row in rows for line in (*(f"\t{cell}" for cell in row), "")) + "\n"


def sizes(table: ReportTable) -> list[tuple[int | None, list[str | None]]]:
    return [(one.year.ends if one.year else None, printed(one)) for one in table.measures]


def printed(one: Measure) -> list[str | None]:
    return [cell and cell.number.printed for cell in (one.whole, one.part, one.share)]


NINTH = tabbed(("Год", "Всего выпускников 9 кл.", "Поступили", "%"), ("2023", "420", "283", "67"))
TENTH = tabbed(("Год", "Всего обучающихся 10 кл.", "Прошли тест", "%"), ("2023", "200", "100", "50"))
NINTH_CAPTION = "Таблица 1. Доля выпускников 9 классов, поступивших в колледжи"
TENTH_CAPTION = "Таблица 2. Доля обучающихся 10 классов, прошедших тест"


def test_captions_may_stand_below_their_tables() -> None:
    below = report("Начало отчёта.", NINTH, NINTH_CAPTION, "Больше половины поступили.", TENTH, TENTH_CAPTION, "Конец.")
    assert [one.number for one in below.tables] == ["1", "2"]
    assert "колледжи" in below.tables[0].caption
    above = report(NINTH_CAPTION, NINTH, "Больше половины поступили.", TENTH_CAPTION, TENTH, "Конец.")
    assert [one.number for one in above.tables] == ["1", "2"]


def test_a_note_under_a_caption_below_is_next_to_its_table() -> None:
    title = NINTH_CAPTION.removeprefix("Таблица 1. ")
    below = report(NINTH, "Таблица 1", title, "Источник: форма ОО-1.", "Дальше.", TENTH, TENTH_CAPTION, "Конец.")
    assert "Источник: форма ОО-1." in [line.text for line in around(below, below.tables[0])]


def test_lines_next_to_a_table_that_goes_on_are_found() -> None:
    rest = tabbed(("Год", "Всего выпускников 9 кл.", "Поступили", "%"), ("2024", "400", "200", "50"))
    parts = report(NINTH_CAPTION, NINTH, "Продолжение таблицы 1", rest, "Источник: форма ОО-1.")
    assert len(parts.tables) == 1
    assert "Источник: форма ОО-1." in [line.text for line in around(parts, parts.tables[0])]


HEAD = ("Всего выпускников 9 кл.", "Поступили (чел.)", "Поступили (%)")


def test_a_total_row_of_a_text_stands_over_the_columns_that_name_the_others() -> None:
    rows = (("1", "Школа № 1", "40", "20", "50"), ("2", "Школа № 2", "60", "30", "50"), ("Итого", "100", "50", "50"))
    table = report("Таблица 1. Доля поступивших, 2023 год", tabbed(("№", "Школа", *HEAD), *rows)).tables[0]
    assert sizes(table)[-1] == (2023, ["100", "50", "50"])


def test_two_columns_may_name_the_rows_of_a_text() -> None:
    head = (("№", "Школа", "2022", "2023"), ("", "", *HEAD, *HEAD))
    table = report(NINTH_CAPTION, tabbed(*head, ("1", "Школа № 1", "40", "20", "50", "60", "30", "50"))).tables[0]
    assert sizes(table) == [(2022, ["40", "20", "50"]), (2023, ["60", "30", "50"])]


def test_heads_of_three_levels_of_a_text() -> None:
    levels = (
        ("Округ", "2022", "2023"),
        ("", "Всего выпускников 9 кл.", "в том числе", "Всего выпускников 9 кл.", "в том числе"),
        ("", "", "Поступили, чел.", "% от общего числа", "", "Поступили, чел.", "% от общего числа"),
    )
    table = report(NINTH_CAPTION, tabbed(*levels, ("Наш округ", "326", "113", "35", "336", "116", "35"))).tables[0]
    assert sizes(table) == [(2022, ["326", "113", "35"]), (2023, ["336", "116", "35"])]


BARS = """| Округ | 2022 |  |  | 2023 |  |  |
|  | Всего выпускников 9 кл. | Поступили | % | Всего выпускников 9 кл. | Поступили | % |
| Наш | 40 | 20 | 50 | 60 | 30 | 50 |"""
SPACED = """Округ   2022                                             2023
        Всего выпускников 9 кл.   Поступили, чел.   %    Всего выпускников 9 кл.   Поступили, чел.   %
Наш     40                        20                50   60                        30                50"""


@pytest.mark.parametrize("drawn", [BARS, SPACED])
def test_a_year_stands_over_the_columns_up_to_the_next_one(drawn: str) -> None:
    table = report(NINTH_CAPTION, drawn).tables[0]
    assert sizes(table) == [(2022, ["40", "20", "50"]), (2023, ["60", "30", "50"])]


def test_words_in_columns_are_a_table_too() -> None:
    drawn = """Адресат     Рекомендация            Срок
Родителям   посещать консультации
Педагогам   проводить диагностику   май"""
    assert [[cell.text for cell in row] for row in report(drawn).document.tables[0].rows][1:] == [
        ["Родителям", "посещать консультации", ""],
        ["Педагогам", "проводить диагностику", "май"],
    ]


def test_a_title_over_all_columns_makes_no_counts_of_years() -> None:
    rows = (("Доля выпускников 9 классов", "", "", ""), ("Год", *HEAD), ("2022", "497", "253", "50,9"))
    bars = "\n".join("| " + " | ".join(row) + " |" for row in rows)
    assert sizes(report(NINTH_CAPTION, bars).tables[0]) == [(2022, ["497", "253", "50,9"])]


def test_counts_under_years_may_look_like_years() -> None:
    rows = (
        ("Показатель", "2022", "2023"),
        ("Всего обучающихся 5–9 классов", "2011", "2028"),
        ("Участвуют", "1008", "989"),
    )
    assert sizes(report("Таблица 1. Участие", tabbed(*rows)).tables[0]) == [
        (2022, ["2011", "1008", None]),
        (2023, ["2028", "989", None]),
    ]


@pytest.mark.parametrize("cell", ["283 из 420 (67,4 %)", "283 чел. из 420; 67,4%", "283 из 420 – 67,4 %"])
def test_a_part_its_whole_and_the_share_in_one_cell(cell: str) -> None:
    assert [str(one.value) for one in cell_numbers(cell)] == ["283", "420", "67.4"]
    rows = (("Показатель", "2023"), ("Поступили (из числа выпускников 9 классов)", cell))
    one = report(NINTH_CAPTION, tabbed(*rows)).tables[0].measures[0]
    assert printed(one)[:2] == ["420", "283"]
    assert one.population
    assert one.population.kind == "выпускник"


def test_a_small_count_beside_its_share_is_a_part() -> None:
    rows = (("Показатель", "2023"), ("Детей с ОВЗ, всего", "272"), ("из них участники, чел. / %", "4 / 1,5 %"))
    table = report("Таблица 1. Участие детей с ОВЗ", tabbed(*rows)).tables[0]
    assert [cell.role for cell in table.cells] == ["whole", "part", "share"]


def test_a_share_may_stand_before_its_part_and_whole() -> None:
    rows = (("Год", "Доля, %", "Поступили, чел.", "Всего выпускников 9 кл."), ("2023", "67,4", "283", "420"))
    assert sizes(report(NINTH_CAPTION, tabbed(*rows)).tables[0]) == [(2023, ["420", "283", "67,4"])]


def test_whom_a_head_names_is_the_whole_wherever_it_stands() -> None:
    rows = (
        ("Год", "Доля, %", "в т. ч. поступили, чел.", "Выпущено из 9 классов, чел."),
        ("2023", "50,1", "372", "742"),
    )
    assert sizes(report(NINTH_CAPTION, tabbed(*rows)).tables[0]) == [(2023, ["742", "372", "50,1"])]


def test_a_total_row_does_not_make_a_whole_of_a_part() -> None:
    rows = (("Школа", "Всего выпускников 9 кл.", "из них в вузах", "%"), ("Школа № 1", "40", "20", "50"))
    table = report("Таблица 1. Доля, 2023 год", tabbed(*rows, ("Итого", "40", "20", "50"))).tables[0]
    assert [one for _, one in sizes(table)] == [["40", "20", "50"], ["40", "20", "50"]]


def test_a_group_of_columns_names_the_population() -> None:
    rows = (("Год", "Выпускников 9-11 классов"), ("", "всего", "прошли тест", "%"), ("2023", "420", "210", "50"))
    who = report("Таблица 1. Доля обучающихся 9-11 классов, прошедших тест", tabbed(*rows)).tables[0].measures[0]
    assert who.population
    assert who.population.kind == "выпускник"


def test_captions_of_one_indicator_may_write_the_year_in_any_way() -> None:
    parts = (
        f"Таблица {number}. Доля поступивших в вузы{year}\n" + tabbed(HEAD, ("40", "20", "50"))
        for number, year in enumerate((" (2022 год)", ", 2023 год", " в 2024 году"), 1)
    )
    assert [len(group) for group in report(*parts).series] == [2, 1]


DIRECTIONS = ("10 класс", "СПО", "Трудоустроены", "Иное")
SPREAD_OUT = "Таблица 1. Распределение выпускников 9 классов в 2023 году"


def test_rows_of_a_distribution_are_parts_of_its_total() -> None:
    counts = (("150", "37,5"), ("230", "57,5"), ("12", "3,0"), ("8", "2,0"))
    rows = [(name, *pair) for name, pair in zip(DIRECTIONS, counts, strict=True)]
    table = report(SPREAD_OUT, tabbed(("Направление", "чел.", "%"), *rows, ("Всего", "400", "100"))).tables[0]
    assert sizes(table) == [(2023, ["400", count, share]) for count, share in counts]


def test_schools_that_all_take_part_are_no_distribution() -> None:
    rows = (("Школа № 1", "40", "100"), ("Школа № 2", "60", "100"), ("Всего", "100", "100"))
    table = report("Таблица 1. Охват, 2023 год", tabbed(("Школа", "Охвачено, чел.", "%"), *rows)).tables[0]
    assert all(one.whole is None or one.whole.number.printed != "100" or one.share is None for one in table.measures)


@pytest.mark.parametrize(("colleges", "wrong"), [("230", None), ("223", "393")])
def test_groups_of_one_whole_must_give_it(colleges: str, wrong: str | None) -> None:
    head = ("Год", "Всего выпускников 9 кл.", *DIRECTIONS)
    columns = tabbed(head, ("2023", "400", "150", colleges, "12", "8"))
    counts = ("400", "150", colleges, "12", "8")
    rows = tabbed(("Направление", "2023"), *zip(("Всего выпускников 9 классов", *DIRECTIONS), counts, strict=True))
    for drawn in (columns, rows):
        told = list(distribution_incomplete(report(SPREAD_OUT, drawn)))
        assert [one.expected for one in told] == ([wrong] if wrong else [])


def test_what_is_within_another_group_need_not_add_up() -> None:
    head = ("Год", "Всего выпускников 9 кл.", "СПО", "из них в своём округе", "Иное")
    drawn = tabbed(head, ("2023", "400", "380", "200", "20"))
    assert list(distribution_incomplete(report(SPREAD_OUT, drawn))) == []


def test_what_of_them_is_told_is_a_part_of_what_stands_before() -> None:
    rows = (("Показатель", "2023"), ("Участников ЕГЭ", "409"), ("из них по профилю", "260"), ("Доля, %", "63,6"))
    assert sizes(report("Таблица 1. Выбор предметов", tabbed(*rows)).tables[0]) == [(2023, ["409", "260", "63,6"])]
