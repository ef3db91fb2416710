"""What is read of a PDF: paragraphs as they were written, tables with their merged cells, and why a file is refused."""

from __future__ import annotations

import io
from functools import cache

import pypdf
import pytest
import typst

from orientir.audit.document import Document, Table
from orientir.audit.reading.pdf import read_pdf
from orientir.errors import UserError

YEARS = ("2020", "2021", "2022")
LEAVES = ("Всего", "Из них", "Доля, %")
ROWS = (
    ("Обучающиеся 9–11 классов, принявшие участие", "493 50 10,1 417 27 6,5 499 33 6,6"),
    ("Обучающиеся 5–9 классов", "2194 390 17,8 1946 525 27,0 2035 575 28,3"),
    ("Выпускники", "94 39 41,5 77 25 32,5 80 31 38,8"),
)
HEAD = (
    "table.header(table.cell(rowspan: 2)[Показатель],"
    + ",".join(f"table.cell(colspan: 3)[{year}]" for year in YEARS)
    + ","
    + ",".join(f"[{leaf}]" for _ in YEARS for leaf in LEAVES)
    + ")"
)
PIXEL = (
    '<svg xmlns="http://www.w3.org/2000/svg" width="10" height="14"><rect width="10" height="14" fill="gray"/></svg>'
)


@cache
def printed(body: str, settings: str = "") -> bytes:
    """The document that typst prints of this."""
    page = '#set page(paper: "a4", margin: 2cm)\n#set text(lang: "ru", size: 11pt)\n'
    return typst.compile((page + settings + "\n" + body).encode(), ignore_system_fonts=True)


def read(body: str, settings: str = "") -> Document:
    return read_pdf(printed(body, settings), "отчёт.pdf")


def grid(rows: tuple[tuple[str, str], ...] = ROWS, stroke: str = "", ruler: bool = False) -> str:
    """A table of years over three columns each."""
    numbers = ",".join(f"[{number}]" for number in range(1, 11)) + "," if ruler else ""
    body = ",".join(f"[{name}]," + ",".join(f"[{value}]" for value in values.split()) for name, values in rows)
    return f"#table({stroke} columns: 10, {HEAD}, {numbers} {body})\n"


def texts(table: Table) -> list[list[str]]:
    return [[cell.text.replace("\xa0", " ") for cell in row] for row in table.rows]


def expected(rows: tuple[tuple[str, str], ...] = ROWS) -> list[list[str]]:
    years = ["Показатель", *(year for year in YEARS for _ in LEAVES)]
    return [years, ["Показатель", *LEAVES * 3], *([name, *values.split()] for name, values in rows)]


def refused(data: bytes) -> str:
    with pytest.raises(UserError) as caught:
        read_pdf(data, "отчёт.pdf")
    (fault,) = caught.value.faults
    assert fault.place == "отчёт.pdf"
    assert fault.cure
    return fault.what


# ---- tables


@pytest.mark.parametrize("stroke", ["", "stroke: none,", "stroke: (x: none, y: 0.5pt),"])
def test_a_merged_header_of_two_levels_is_read_with_and_without_rules(stroke: str) -> None:
    (table,) = read("Таблица 1. Участие обучающихся\n\n" + grid(stroke=stroke) + "\nИтог подведён.").tables
    assert texts(table) == expected()
    head, year = table.rows[0][0], table.rows[0][4]
    assert (head.rows, head.columns) == (2, 1)
    assert (year.row, year.column, year.rows, year.columns) == (0, 4, 1, 3)


def test_the_row_of_column_numbers_stays_a_row_of_a_table_without_rules() -> None:
    (table,) = read("Таблица 1. Участие\n\n" + grid(stroke="stroke: none,", ruler=True)).tables
    assert texts(table)[2] == [str(number) for number in range(1, 11)]
    assert [row for number, row in enumerate(texts(table)) if number != 2] == expected()


def test_years_as_rows_without_rules() -> None:
    values = ("2020 417 27 6,5", "2021 505 303 60,0", "2022 499 310 62,1")
    cells = ",".join(f"[{part}]" for row in ("Год Всего Участники Доля", *values) for part in row.split())
    (table,) = read(f"Таблица 4\n\n#table(stroke: none, columns: 4, {cells})\n").tables
    assert texts(table) == [["Год", "Всего", "Участники", "Доля"], *(row.split() for row in values)]


def test_two_tables_of_one_page_keep_apart_and_their_captions_with_them() -> None:
    second = "#table(columns: 3, [Школа], [Учеников], [Доля], [Первая], [120], [12,5], [Вторая], [80], [7,0])"
    document = read(f"Таблица 1. Участие\n\n{grid()}\nТаблица 2. Школы\n\n{second}")
    assert [paragraph.text for paragraph in document.paragraphs] == ["Таблица 1. Участие", "Таблица 2. Школы"]
    assert texts(document.tables[1]) == [
        ["Школа", "Учеников", "Доля"],
        ["Первая", "120", "12,5"],
        ["Вторая", "80", "7,0"],
    ]


@pytest.mark.parametrize("stroke", ["", "stroke: none,"])
def test_a_table_over_pages_is_one_and_its_repeated_header_is_dropped(stroke: str) -> None:
    rows = tuple((f"Школа номер {number}", ROWS[number % 3][1]) for number in range(1, 61))
    document = read("Таблица 1. Школы\n\n" + grid(rows, stroke) + "\nКонец.")
    (table,) = document.tables
    assert texts(table) == expected(rows)
    assert document.pages == 2 or document.pages == 3
    assert len(table.breaks) == document.pages - 1
    assert [table.rows[row][0].place.page for row in table.breaks] == list(range(2, document.pages + 1))


def test_tables_of_other_columns_are_not_joined() -> None:
    first = "#table(columns: 2, [Школа], [Доля], [Первая], [12,5])"
    second = "#table(columns: 3, [Класс], [Всего], [Доля], [Девятый], [420], [67,4])"
    assert len(read(f"{first}\n#pagebreak()\n{second}").tables) == 2


def test_a_frame_and_a_chart_are_no_tables() -> None:
    box = "#rect(width: 100%)[Обратите внимание на доли.]"
    svg = (
        '<svg xmlns="http://www.w3.org/2000/svg" width="300" height="150" viewBox="0 0 300 150">'
        + "".join(f'<path d="M0 {y} L300 {y}" stroke="black"/>' for y in (10, 50, 90, 140))
        + "".join(f'<path d="M{x} 10 L{x} 140" stroke="black"/>' for x in (10, 100, 200, 290))
        + '<text x="20" y="40">41,5 %</text><text x="120" y="80">38,8 %</text></svg>'
    )
    chart = f'#image(bytes({svg!r}.replace("\'", "\'")))'.replace("'<svg", '"<svg').replace("</svg>'", '</svg>"')
    document = read(f"{box}\n\n{_escaped(chart)}\n\nРисунок 1 – Доли")
    assert not document.tables
    assert [paragraph.text for paragraph in document.paragraphs] == ["Обратите внимание на доли.", "Рисунок 1 – Доли"]


def _escaped(call: str) -> str:
    """The inner quotation marks of a string of typst."""
    start, stop = call.index('"<svg') + 1, call.rindex('</svg>"') + 6
    inner = call[start:stop].replace('"', '\\"')
    return f'#image(bytes("{inner}"))'


def test_links_in_cells_and_text_lead_to_their_addresses_and_split_no_row() -> None:
    address = "https://example.ru/news/ochen-dlinnyj-adres-novosti-o-provedenii-meroprijatija-2022"
    settings = "#show link: underline"
    cells = f'[1], [Неделя выбора], [#link("{address}")], [2], [Встреча], [#link("https://example.ru/2")[отчёт]]'
    table_ = f"#table(columns: (1cm, 4cm, 5cm), [№], [Название], [Ссылка], {cells})"
    document = read(f'Смотрите #link("https://example.ru/x")[план работы].\n\n{table_}', settings)
    (link,) = document.paragraphs[0].links
    assert (link.text, link.target) == ("план работы", "https://example.ru/x")
    (table,) = document.tables
    assert len(table.rows) == 3
    assert table.rows[1][2].text == address
    assert table.rows[1][2].links[0].target == address
    assert [(link.text, link.target) for link in table.rows[2][2].links] == [("отчёт", "https://example.ru/2")]


SCHOOLS = (
    ("1", "Неделя выбора профессии в школах округа", "17-18.01.2022", "школа № 5"),
    ("2", "Деловая игра «Кадровый вопрос» для старших", "20.05.2022", "лицей"),
    ("3", "Фестиваль", "29.05.2022", "все организации, школы и лицеи"),
)


def plain(rows: tuple[tuple[str, ...], ...], columns: str) -> str:
    """A table without rules."""
    head = "table.header([№], [Название], [Дата], [Где])"
    body = ",".join(f"[{text}]" for row in rows for text in row)
    return f"#table(stroke: none, columns: {columns}, {head}, {body})\n"


def test_texts_in_columns_under_a_caption_are_a_table_without_rules() -> None:
    document = read(f"Таблица 3. События\n\n{plain(SCHOOLS, '(1cm, 3cm, 3cm, 3cm)')}\nИсточник: школы.")
    (table,) = document.tables
    assert texts(table) == [["№", "Название", "Дата", "Где"], *map(list, SCHOOLS)]
    assert [paragraph.text for paragraph in document.paragraphs] == ["Таблица 3. События", "Источник: школы."]


def test_texts_in_columns_go_on_over_pages_with_one_header() -> None:
    rows = tuple((str(number), *SCHOOLS[number % 3][1:]) for number in range(1, 41))
    (table,) = read(f"Таблица 3. События\n\n{plain(rows, '(1cm, 3cm, 3cm, 3cm)')}\nКонец.").tables
    assert texts(table) == [["№", "Название", "Дата", "Где"], *map(list, rows)]
    assert len(table.breaks) > 1


def test_one_row_under_a_caption_is_a_table_and_without_caption_is_none() -> None:
    table_ = "#table(stroke: none, columns: (6cm, 6cm), [Всего, чел.], [Доля, %], [220], [55,5])"
    (table,) = read(f"Таблица 2. Доля\n\n{table_}").tables
    assert texts(table) == [["Всего, чел.", "Доля, %"], ["220", "55,5"]]
    assert not read(table_).tables


def test_a_caption_at_the_end_of_a_page_announces_the_table_of_the_next() -> None:
    table_ = "#table(stroke: none, columns: (6cm, 6cm), [Всего, чел.], [Доля, %], [220], [55,5])"
    (table,) = read(f"Текст.\n\nТаблица 2. Доля\n\n#pagebreak()\n{table_}").tables
    assert texts(table) == [["Всего, чел.", "Доля, %"], ["220", "55,5"]]


def test_columns_whose_texts_touch_are_told_by_where_texts_begin() -> None:
    head = "[Территория], [Численность], [Участвовали], [Доля]"
    table_ = (
        f"#table(stroke: none, inset: 3pt, columns: (2.2cm,) * 4, {head}, [Верхнеключевской], [350], [218], [62,3])"
    )
    (table,) = read(f"Таблица 2. Доля\n\n{table_}").tables
    assert texts(table) == [
        ["Территория", "Численность", "Участвовали", "Доля"],
        ["Верхнеключевской", "350", "218", "62,3"],
    ]


def test_a_header_over_columns_may_have_two_lines() -> None:
    head = (
        "table.header(table.cell(colspan: 2)[Численность выпускников девятых классов, чел.],"
        "table.cell(colspan: 2)[Доля, %], [2021], [2022], [2021], [2022])"
    )
    table_ = f"#table(stroke: none, columns: (2.5cm,) * 4, {head}, [301], [294], [74], [73])"
    (table,) = read(f"Таблица 2. Доля\n\n{table_}").tables
    whole = "Численность выпускников девятых классов, чел."
    assert texts(table) == [[whole, whole, "Доля, %", "Доля, %"], ["2021", "2022"] * 2, ["301", "294", "74", "73"]]


def test_a_word_that_a_narrow_cell_has_cut_is_whole_again() -> None:
    cells = "[Показатель], [Доля], [Участ#linebreak()ники], [Абилимпик#linebreak()с, школы#linebreak()города]"
    (table,) = read(f"#table(columns: (1.85cm, 3cm), {cells})").tables
    assert texts(table)[1] == ["Участники", "Абилимпик с, школы города"]


def test_a_sign_that_closes_a_text_and_a_year_stay_with_it() -> None:
    cells = "[Период], [Доля], [2018/#linebreak()19 уч. г.], [Доля#linebreak(), %]"
    (table,) = read(f"#table(columns: 2, {cells})").tables
    assert texts(table)[1] == ["2018/19 уч. г.", "Доля, %"]


# ---- text


def test_rows_that_differ_in_numbers_are_no_running_heads() -> None:
    rows = ",".join(f"[Школа № {number}], [{number * 7}], [{number % 9},5]" for number in range(1, 181))
    (table,) = read(f"#table(stroke: none, columns: (6cm, 3cm, 3cm), [Школа], [Всего], [Доля], {rows})").tables
    assert [row[0].text for row in table.rows] == ["Школа", *(f"Школа № {number}" for number in range(1, 181))]


def test_a_sentence_ends_with_a_page_that_was_left_early() -> None:
    sentence = "Доля обучающихся, охваченных профориентационными мероприятиями, в отчётном году снова выросла."
    document = read(f"{sentence}\n#pagebreak()\nТакже {sentence}")
    assert [paragraph.text for paragraph in document.paragraphs] == [sentence, f"Также {sentence}"]


def test_single_lines_that_stand_apart_are_paragraphs() -> None:
    lines = [
        f"Доля выпускников {number} школы, продолживших обучение в колледжах округа, выросла." for number in range(9)
    ]
    body = "\n\n".join(lines)
    document = read(body, "#set page(width: 17cm)")
    assert [paragraph.text for paragraph in document.paragraphs] == lines


def test_a_dash_behind_a_year_goes_on_with_the_sentence() -> None:
    document = read("Доля составила: в 2021/22 уч. г. - 43,8 %, в 2022/23 уч. г.#linebreak()- 44,5 % и выросла.")
    (paragraph,) = document.paragraphs
    assert paragraph.text.endswith("в 2022/23 уч. г. - 44,5 % и выросла.")


def test_running_heads_and_page_numbers_are_dropped_and_pages_counted() -> None:
    settings = "#set page(header: [Отчёт округа Н], footer: context align(center, counter(page).display()))"
    body = "\n#pagebreak()\n".join(f"Таблица {number}\n\nТекст страницы {number}." for number in range(1, 5))
    document = read(body, settings)
    assert [(paragraph.text, paragraph.place.page) for paragraph in document.paragraphs] == [
        (text, number) for number in range(1, 5) for text in (f"Таблица {number}", f"Текст страницы {number}.")
    ]
    assert document.pages == 4
    assert [paragraph.place.line for paragraph in document.paragraphs] == list(range(1, 9))


def test_divided_words_are_whole_again_and_compounds_keep_their_hyphen() -> None:
    sentence = (
        "Психолого-педагогическое сопровождение профессионального самоопределения обучающихся 9–11 классов "
        "осуществляется общеобразовательными организациями совместно с социально-экономическими партнёрами. "
    ) * 3
    settings = "#set text(hyphenate: true)\n#set par(justify: true)"
    for width in (5, 6, 7, 9):
        document = read(f"#block(width: {width}cm)[{sentence}]", settings)
        assert [paragraph.text for paragraph in document.paragraphs] == [sentence.strip()], width


def test_paragraphs_are_told_by_indents_gaps_and_short_lines() -> None:
    long = "Доля обучающихся, принявших участие в мероприятиях, выросла во всех школах округа за отчётный период, "
    whole = long * 2 + "это подтверждают данные."
    for settings in (
        "#set par(first-line-indent: (amount: 1cm, all: true), spacing: 0.65em)",
        "#set par(justify: true)",
    ):
        document = read(f"{whole}\n\n{whole}\n\nКоротко.\n\n{whole}", settings)
        assert [paragraph.text for paragraph in document.paragraphs] == [whole, whole, "Коротко.", whole], settings


def test_headings_and_items() -> None:
    body = (
        "= Анализ\n\nТекст раздела говорит о долях.\n\n== Выводы\n\nТекст вывода.\n\n- первый пункт;\n- второй пункт."
    )
    paragraphs = read(body).paragraphs
    assert [(paragraph.text, paragraph.heading, paragraph.is_item) for paragraph in paragraphs] == [
        ("Анализ", 1, False),
        ("Текст раздела говорит о долях.", 0, False),
        ("Выводы", 2, False),
        ("Текст вывода.", 0, False),
        ("первый пункт;", 0, True),
        ("второй пункт.", 0, True),
    ]


def test_a_paragraph_goes_on_over_the_end_of_a_page() -> None:
    sentence = "Доля обучающихся, охваченных профориентационными мероприятиями, в отчётном году выросла. "
    document = read(sentence * 60, "#set par(justify: true)")
    assert document.pages and document.pages > 1
    assert [paragraph.text for paragraph in document.paragraphs] == [(sentence * 60).strip()]


def test_a_place_says_where_on_the_page() -> None:
    (paragraph,) = read("Текст.").paragraphs
    page, left, top = paragraph.place.anchor.split(":")
    assert (page, left) == ("1", "56.7")
    assert 50 < float(top) < 70


# ---- what cannot be read


def picture() -> bytes:
    """A document whose only page is a picture, as scanners make them."""
    import vl_convert

    png = vl_convert.svg_to_png(PIXEL)
    call = f"bytes(({', '.join(map(str, png))}))"
    return printed(f'#set page(margin: 0pt)\n#image({call}, width: 100%, height: 100%, fit: "stretch")')


def joined(*parts: bytes) -> bytes:
    writer = pypdf.PdfWriter()
    for part in parts:
        writer.append(io.BytesIO(part))
    return written(writer)


def written(writer: pypdf.PdfWriter) -> bytes:
    target = io.BytesIO()
    writer.write(target)
    return target.getvalue()


def test_a_page_that_is_a_picture_is_named() -> None:
    document = read_pdf(joined(printed("Текст."), picture(), picture()), "отчёт.pdf")
    assert document.unreadable_pages == (2, 3)
    assert document.notes == ("страницы 2, 3 — картинки, текст на них не прочитан",)
    assert [paragraph.text for paragraph in document.paragraphs] == ["Текст."]


def test_a_scan_is_refused() -> None:
    assert "скан" in refused(picture())


def test_a_document_with_a_password_is_refused() -> None:
    writer = pypdf.PdfWriter(clone_from=io.BytesIO(printed("Текст.")))
    writer.encrypt("тайна", algorithm="RC4-128")
    assert "парол" in refused(written(writer))


def test_a_file_that_was_cut_is_refused() -> None:
    data = printed(grid())
    for share in (0.1, 0.5, 0.9):
        assert "обрывается" in refused(data[: int(len(data) * share)])


def test_rubbish_after_the_signature_is_refused() -> None:
    assert "повреждён" in refused(b"%PDF-1.7\n" + bytes(range(256)) * 20 + b"\n%%EOF")


def test_a_tree_of_pages_that_bites_its_tail_has_no_pages() -> None:
    data = (
        b"%PDF-1.4\n1 0 obj<</Type/Catalog/Pages 2 0 R>>endobj\n"
        b"2 0 obj<</Type/Pages/Count 9/Kids[2 0 R 3 0 R]>>endobj\n3 0 obj<</Type/Pages/Kids[2 0 R]>>endobj\n"
        b"trailer<</Root 1 0 R>>\n%%EOF"
    )
    assert "ни одной страницы" in refused(data)


def test_thousands_of_pages_are_refused() -> None:
    kids = b" ".join(b"%d 0 R" % number for number in range(3, 2104))
    pages = b"".join(
        b"%d 0 obj<</Type/Page/Parent 2 0 R/MediaBox[0 0 9 9]>>endobj\n" % number for number in range(3, 2104)
    )
    head = b"%PDF-1.4\n1 0 obj<</Type/Catalog/Pages 2 0 R>>endobj\n2 0 obj<</Type/Pages/Count 1/Kids["
    assert "2000" in refused(head + kids + b"]>>endobj\n" + pages + b"trailer<</Root 1 0 R>>\n%%EOF")


def test_forms_within_forms_are_stopped() -> None:
    forms = []
    for number in range(10, 20):
        name = b"/Form/BBox[0 0 900 900]" + (b"/Resources<</XObject<</F %d 0 R>>>>" % (number + 1))
        content = b"/F Do " * 30 if number < 19 else b"0 0 m 9 9 l S "
        forms.append(
            b"%d 0 obj<</Type/XObject/Subtype%s/Length %d>>stream\n%s\nendstream endobj\n"
            % (number, name, len(content), content)
        )
    data = (
        b"%PDF-1.4\n1 0 obj<</Type/Catalog/Pages 2 0 R>>endobj\n2 0 obj<</Type/Pages/Count 1/Kids[3 0 R]>>endobj\n"
        b"3 0 obj<</Type/Page/Parent 2 0 R/MediaBox[0 0 900 900]/Contents 4 0 R"
        b"/Resources<</XObject<</F 10 0 R>>>>>>endobj\n4 0 obj<</Length 5>>stream\n/F Do\nendstream endobj\n"
        + b"".join(forms)
        + b"trailer<</Root 1 0 R>>\n%%EOF"
    )
    assert "слишком сложно" in refused(data)


def test_a_bomb_is_refused() -> None:
    import zlib

    packed = zlib.compress(bytes(100_000_000), 9)
    data = (
        b"%%PDF-1.4\n1 0 obj<</Type/Catalog/Pages 2 0 R>>endobj\n2 0 obj<</Type/Pages/Count 1/Kids[3 0 R]>>endobj\n"
        b"3 0 obj<</Type/Page/Parent 2 0 R/MediaBox[0 0 900 900]/Contents 4 0 R>>endobj\n"
        b"4 0 obj<</Filter/FlateDecode/Length %d>>stream\n%s\nendstream endobj\ntrailer<</Root 1 0 R>>\n%%%%EOF"
        % (len(packed), packed)
    )
    assert "разворачивается" in refused(data)
