"""The real district's report as a reader and a programme find it: every number, what is said of it, and its way back.

Which figures the source printed wrongly is known from the source itself: 57 for 46 of 80, 4,2 for 4 of 105, 40 for
75 of 185.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from decimal import ROUND_HALF_UP, Decimal
from itertools import takewhile
from pathlib import Path

import pytest
from command import ROOT, orientir
from reading import Made, flowing, rows
from test_kemerovo_facts import PAIRS

from orientir.model.cycle import Cycle
from orientir.reports.build import build_document
from orientir.reports.document import Block, Bullets, Heading, Paragraph, plain
from orientir.tracing import trace

INDICATOR_OF_TABLE = {
    "t1": ("college_9", ""),
    "t2": ("college_11", ""),
    "t3": ("higher_11", ""),
    "t4": ("championship_as_measured", ""),
    "t5": ("abilympics_as_measured", ""),
    "t6": ("ticket_as_measured", "level=5-9"),
    "t7": ("ticket_as_measured", "level=10-11"),
    "t9": ("tested_as_measured", ""),
    "t11": ("parents_advised_as_measured", ""),
}
PROMISED = (
    "мероприятиях и конкурсах муниципального и межмуниципального",
    "психолого-педагогических служб",
    "чемпионатах профессионального мастерства",
    "Взаимодействие с учреждениями, предприятиями",
    "Ранняя профориентация",
    "с ограниченными возможностями здоровья",
    "Предпочтения обучающихся в предметных областях",
    "дополнительного образования",
    "Взаимодействие с профессиональными образовательными организациями и вузами",
    "специальности высшего образования",
)
FORMATS = ("pdf", "docx", "html")


# ---- the numbers


@pytest.mark.parametrize(("table", "period", "_whole", "size", "_part", "count"), PAIRS)
def test_pair_stands_under_its_indicator_with_its_exact_share(
    made: Made, table: str, period: str, _whole: object, size: int, _part: object, count: int
) -> None:
    indicator, breakdown = INDICATOR_OF_TABLE[table]
    place = {
        "indicator": indicator,
        "organisation": "kemerovo_district",
        "period": period,
        "breakdown": breakdown,
    }
    (found,) = (row for row in made.values if place.items() <= row.items())
    share = (Decimal(count) / size).quantize(Decimal("1e-12"), ROUND_HALF_UP)
    measured = (found["numerator"], found["denominator"], Decimal(found["value"]), found["status"])
    assert measured == (str(count), str(size), share, "measured")


@pytest.mark.parametrize(
    ("indicator", "period", "breakdown", "value"),
    [
        ("higher_11", "2021/22", "", "0.575"),
        ("abilympics_as_measured", "2019/20", "", "0.038095238095"),
        ("ticket_as_measured", "2021/22", "level=10-11", "0.405405405405"),
    ],
)
def test_wrongly_printed_shares_are_right_to_the_last_digit(
    made: Made, indicator: str, period: str, breakdown: str, value: str
) -> None:
    place = {"indicator": indicator, "period": period, "breakdown": breakdown}
    assert [row["value"] for row in made.values if place.items() <= row.items()] == [value]


def test_every_value_has_a_status_and_a_missing_one_is_never_zero(made: Made) -> None:
    empty = [row for row in made.values if row["status"] != "measured"]
    assert empty
    assert {(row["numerator"], row["denominator"], row["value"]) for row in empty} == {("", "", "")}


# ---- what the report says


@pytest.mark.parametrize("name", FORMATS)
@pytest.mark.parametrize("row", ["80 46 57,5", "105 4 3,8", "185 75 40,5"])
def test_table_prints_the_right_share_beside_its_counts(made: Made, name: str, row: str) -> None:
    assert re.search(rf"(?<![\d,]){row}(?![\d,])", getattr(made, name))


@pytest.mark.parametrize("name", [*FORMATS, "site"])
@pytest.mark.parametrize("share", ["57,5 %", "40,5 %"])
def test_narrative_says_the_right_share(made: Made, name: str, share: str) -> None:
    assert share in getattr(made, name)


@pytest.mark.parametrize("name", [*FORMATS, "site"])
@pytest.mark.parametrize("share", ["57", "40"])
def test_report_nowhere_says_the_wrong_share(made: Made, name: str, share: str) -> None:
    assert not re.search(rf"(?<![\d,.–]){share}(,0)? ?%", getattr(made, name))


def test_the_wrong_share_of_abilympics_is_said_of_nothing_but_unaccounted_graduates(made: Made) -> None:
    titles = {flowing(entry["title"]) for entry in made.numbers.values() if entry["text"].startswith("4,2")}
    assert titles == {
        "Доля выпускников 9 классов, о дальнейшем обучении которых нет сведений; "
        "Кемеровский муниципальный округ, 2020/21 уч. г."
    }


def test_site_hides_the_share_of_three_or_four_children(made: Made) -> None:
    assert not re.search(r"(?<![\d,])3,8 ?%", made.site)


def test_38_of_420_unaccounted_stand_as_a_finding(made: Made) -> None:
    place = {"rule": "attention", "indicator": "unaccounted_9", "period": "2019/20"}
    (finding,) = (one for one in made.findings if place.items() <= one.items())
    assert (finding["numerator"], finding["denominator"], finding["bound"]) == ("38", "420", "0")


@pytest.mark.parametrize("name", [*FORMATS, "site"])
def test_38_of_420_are_told_in_words(made: Made, name: str) -> None:
    assert "38 из 420" in getattr(made, name)


@pytest.mark.parametrize(
    ("period", "reason"),
    [
        ("2019/20", "основной государственный экзамен в 2020 году был отменён"),
        ("2020/21", "в 2021 году проводились только экзамены по русскому языку и математике"),
    ],
)
def test_near_exam_is_not_calculable_and_says_why(made: Made, period: str, reason: str) -> None:
    place = {"indicator": "college_9_near_exam", "period": period}
    assert [row["status"] for row in made.values if place.items() <= row.items()] == ["not_calculable"]
    assert reason in flowing(*(one["reason"] for one in made.findings if place.items() <= one.items()))
    assert reason in made.docx and reason in made.html


@pytest.mark.parametrize("name", FORMATS)
def test_17_declared_8_measured_2_as_defined(made: Made, name: str) -> None:
    told = (
        "программа объявляет 17 показателей. Хотя бы в одном из показанных лет измерено 8, "
        "из них без отступления от определения — 2."
    )
    assert told in getattr(made, name)


def test_source_measures_and_decisions_stand_as_they_are(kemerovo: Cycle) -> None:
    kinds = [action.kind for action in kemerovo.package.actions]
    assert (kinds.count("measure"), kinds.count("decision")) == (8, 3)
    assert {effect.outcome for effect in kemerovo.effects} == {"cannot_be_judged"}


def test_every_finding_is_told(kemerovo: Cycle, made: Made) -> None:
    """No finding of the cycle is left without a mention of its indicator in the section of findings."""
    told = " ".join(_texts(_section(kemerovo, "findings")))
    shorts = {kemerovo.programme.indicator(one.indicator).short for one in kemerovo.findings}
    quoted = {f"«{short.replace('«', '„').replace('»', '“')}»" for short in shorts}
    assert not {short for short in quoted if short not in told}


# ---- the ten promised analyses


@pytest.mark.parametrize("number", range(10))
def test_promised_analysis_is_made_or_said_not_to_be(kemerovo: Cycle, number: int) -> None:
    title, blocks = list(_analyses(kemerovo))[number]
    text = " ".join(_texts(blocks))
    assert PROMISED[number] in title
    assert re.search(r"\d{4}/\d\d\sуч\.\sг\.: ", text) or "Не измерено" in text or "не определ" in text


def test_ten_analyses_are_promised(kemerovo: Cycle) -> None:
    assert len(list(_analyses(kemerovo))) == len(PROMISED) == 10


def _section(cycle: Cycle, name: str) -> tuple[Block, ...]:
    document, _ = build_document(cycle)
    return next(section.blocks for section in document.sections if section.id == name)


def _analyses(cycle: Cycle) -> Iterator[tuple[str, list[Block]]]:
    blocks = _section(cycle, "analyses")
    for place, block in enumerate(blocks):
        if isinstance(block, Heading) and block.level == 2:
            yield flowing(block.text), list(takewhile(lambda one: not isinstance(one, Heading), blocks[place + 1 :]))


def _texts(blocks: tuple[Block, ...] | list[Block]) -> Iterator[str]:
    numbers = _Numbers()
    for block in blocks:
        match block:
            case Paragraph():
                yield plain(block.text, numbers)
            case Bullets():
                yield from (plain(item, numbers) for item in block.items)


class _Numbers:
    """References need no number here."""

    def printed(self, ref: object) -> str:
        return ""


# ---- the passport


def test_passport_is_complete(kemerovo: Cycle) -> None:
    document, _ = build_document(kemerovo)
    passport = {name: flowing(value) for name, value in document.passport}
    assert passport["Территория"] == "Кемеровский муниципальный округ"
    assert passport["Отчётный период"] == "2021/22 уч. г."
    assert passport["Показаны годы"] == "2019/20 уч. г. — 2021/22 уч. г."
    assert re.fullmatch(r"sha256:[0-9a-f]{64}", passport["Контрольная сумма среза данных"])
    assert "(career_guidance_2022), версия 1.0" in passport["Программа мониторинга"]
    assert passport["Дата отчёта"] == "30 декабря 2022 г."
    assert passport["Подготовил"] not in ("", "не указано")
    assert passport["Система"].startswith("Ориентир ")


@pytest.mark.parametrize("name", FORMATS)
def test_passport_stands_in_every_format(kemerovo: Cycle, made: Made, name: str) -> None:
    document, _ = build_document(kemerovo)
    text = re.sub(r"\s", "", getattr(made, name))
    assert [label for label, value in document.passport if re.sub(r"\s", "", label + value) not in text] == []


@pytest.mark.parametrize("name", FORMATS)
def test_internal_document_says_so(made: Made, name: str) -> None:
    assert "Внутренний документ: содержит малые числа, не публиковать" in getattr(made, name)


def test_site_says_that_it_is_the_open_version(made: Made) -> None:
    assert "Открытая версия: числа от 1 до 4 человек скрыты" in made.site
    assert "Внутренний документ" not in made.site


# ---- the outputs of the contract


def test_all_outputs_of_the_contract_exist(made: Made) -> None:
    beside = {"values.csv", "issues.csv", "findings.json", "recommendations.csv", "effectiveness.csv", "numbers.json"}
    formats = {"report.docx", "report.pdf", "report.html", "report.xlsx"}
    assert {path.name for path in made.folder.iterdir()} == beside | formats | {"site", "snapshot"}


def test_site_has_a_page_a_text_and_files_for_each_component(made: Made) -> None:
    site = {name.removeprefix("site/") for name in made.files if name.startswith("site/")}
    pages = sorted(Path(name).stem for name in site if "/" not in name and name != "index.html")
    assert [name[:3] for name in pages] == [f"0{number}-" for number in range(1, 10)]
    places = ("{}.html", "paste/{}.txt", "paste/{}.html", "files/{}.docx", "files/{}.xlsx")
    assert site == {"index.html", *(place.format(page) for page in pages for place in places)}


def test_snapshot_is_the_package_byte_for_byte(made: Made) -> None:
    source = ROOT / "examples" / "kemerovo"
    described = {path.name for path in source.iterdir() if path.suffix in (".csv", ".json")}
    kept = {name.removeprefix("snapshot/"): data for name, data in made.files.items() if name.startswith("snapshot/")}
    assert kept == {name: (source / name).read_bytes() for name in described}


def test_values_have_the_columns_of_the_contract(made: Made) -> None:
    columns = "indicator,organisation,period,breakdown,numerator,denominator,value,status,coverage"
    assert made.files["values.csv"].decode().splitlines()[0] == columns


def test_recommendations_name_owner_day_and_causes(made: Made) -> None:
    found = rows(made.folder / "recommendations.csv")
    known = {one["id"] for one in made.findings}
    assert {row["audience"] for row in found} == {"pupils", "parents", "teachers", "heads", "district"}
    assert {row["as_of"] for row in found} == {"2022-12-30"}
    assert not [row["id"] for row in found if not row["owner"] or row["due"] <= "2022-12-30"]
    assert not [row["id"] for row in found if not row["causes"] or set(row["causes"].split()) - known]


def test_nothing_is_loaded_from_elsewhere(made: Made) -> None:
    addresses = made.page.xpath("//link/@href | //script/@src | //img/@src | //iframe/@src")
    fetched = [address for address in addresses if not address.startswith("data:")]
    assert fetched == []


# ---- the same inputs and date: the same bytes


def test_same_inputs_and_day_give_the_same_files(demo: Path, demo_again: Path) -> None:
    assert set(Made(demo).files) == set(Made(demo_again).files)


def test_same_inputs_and_day_give_the_same_bytes(demo: Path, demo_again: Path) -> None:
    first, second = Made(demo).files, Made(demo_again).files
    assert [name for name in first if first[name] != second[name]] == []


# ---- every number has an origin


def test_every_number_of_the_page_has_an_origin(made: Made) -> None:
    printed = {(one.get("data-n"), flowing(one.text_content())) for one in made.page.xpath("//*[@data-n]")}
    assert len(printed) > 200
    assert {key for key, _ in printed} <= made.numbers.keys()


def test_number_is_printed_as_its_origin_has_it(made: Made) -> None:
    """A column whose heading names the unit prints the same figure without it."""
    for one in made.page.xpath("//*[@data-n]"):
        figure, text = flowing(one.text_content()), flowing(made.numbers[one.get("data-n")]["text"])
        assert text.removesuffix(" %") == figure.removesuffix(" %")


def test_no_figure_of_an_indicator_table_stands_without_an_origin(made: Made) -> None:
    tables = made.page.xpath('//div[starts-with(@id, "t-")][.//*[@data-n]][not(@id="t-numbers")]')
    bare = [
        flowing(cell.text_content())
        for table in tables
        for cell in table.xpath(".//td[not(.//*[@data-n])]")
        if re.fullmatch(r"[\d,]+( ?%)?", flowing(cell.text_content()).strip()) and cell.getprevious() is not None
    ]
    assert bare == []


def test_every_number_says_what_it_is_how_it_was_made_and_where_it_was_read(made: Made) -> None:
    told = ("text", "title", "formula", "sources")
    assert not [key for key, entry in made.numbers.items() if not all(entry[name] for name in told)]


def test_every_value_leads_to_the_rows_it_was_summed_from(made: Made) -> None:
    snapshot = {name: (made.folder / "snapshot" / name).read_text("utf-8").splitlines() for name in ("facts.csv",)}
    wrong = []
    for key, entry in made.numbers.items():
        for line in trace(made.folder, key) if entry["facts"] else ():
            if match := re.fullmatch(r" {2}(f\d+): (\d+) — .*", line):
                cells = snapshot["facts.csv"][int(match[1][1:]) - 1].split(",")
                wrong += [] if match[2] in cells else [(key, line)]
    assert wrong == []


def test_why_prints_the_source_row(demo: Path) -> None:
    number = next(key for key, entry in Made(demo).numbers.items() if flowing(entry["text"]) == "57,5 %")
    done = orientir("why", demo, number)
    assert done.returncode == 0, done.stderr
    told = flowing(done.stdout)
    assert "как получено: 46 : 80" in told
    assert "строка 19 файла snapshot/facts.csv" in told
    assert "таблица 3" in told
    assert "«Поступили в ОО ВО (чел.)», «2022»" in told
