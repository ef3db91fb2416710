"""A small document with every kind of block, for the tests of the renderers."""

from __future__ import annotations

from datetime import date
from decimal import Decimal

from orientir.reports.document import (
    Bullets,
    Cell,
    Chart,
    Column,
    Document,
    Heading,
    Link,
    Num,
    Origin,
    Paragraph,
    Ref,
    Row,
    Section,
    Series,
    Strong,
    Table,
)

YEARS = ("2019/20", "2020/21", "2021/22")
COUNTS = ((94, 48, "51,1"), (77, 44, "57,1"), (80, 46, "57,5"))


def three_year_table() -> Table:
    cells: list[Cell] = []
    for index, (whole, part, share) in enumerate(COUNTS):
        left = 3 * index
        cells.append(Cell((Num(f"n{left + 1}", str(whole)),), Decimal(whole)))
        cells.append(Cell((Num(f"n{left + 2}", str(part)),), Decimal(part)))
        value = Decimal(part) / Decimal(whole)
        cells.append(Cell((Num(f"n{left + 3}", f"{share}\u00a0%"),), value, 1, True, (left + 1, left)))
    columns = tuple(
        Column(
            f"{year} уч.\u00a0г.",
            (
                Column("Всего выпускников, чел.", align="right"),
                Column("Поступили в вузы, чел.", align="right"),
                Column("Доля, %", align="right"),
            ),
        )
        for year in YEARS
    )
    return Table(
        "t-higher",
        "Выпускники 11 классов, поступившие в вузы",
        columns,
        (Row(tuple(cells)),),
        note=("Источник: таблица 3 отчёта округа за 2022 год.",),
        numbered_columns=True,
    )


def issues_table() -> Table:
    columns = (
        Column("№", width=0.4, align="center"),
        Column("Где", width=2),
        Column("Что обнаружено", width=4),
        Column("Что сделать", width=4),
    )
    rows = [Row((Cell(("Численность",)), Cell(), Cell(), Cell()), "group")]
    for number in range(1, 41):
        rows.append(
            Row(
                (
                    Cell((str(number),), Decimal(number)),
                    Cell(("Обучающиеся 9–11 классов, 2020/21 уч.\u00a0г.",)),
                    Cell(("В одном источнике ", Num("n1", "417"), " чел., в другом ", Num("n2", "505"), " чел.")),
                    Cell(("Сверить с формой ОО-1 и ", Link("порядком", "https://example.org/a?b=1&c=<2>"), ".")),
                )
            )
        )
    rows.append(Row((Cell(("Всего",)), Cell(), Cell((Num("n3", "40"),), Decimal(40)), Cell()), "total"))
    return Table("t-issues", "Замечания к данным", columns, tuple(rows), landscape=True)


def sample() -> Document:
    chart = Chart(
        "c-higher",
        "Доля выпускников 11 классов, поступивших в вузы",
        "columns",
        YEARS,
        (
            Series(
                "Поступили в вузы",
                tuple(Decimal(part) / Decimal(whole) for whole, part, _ in COUNTS),
                tuple(f"{share}\u00a0%" for _, _, share in COUNTS),
                (Decimal("0.411"), Decimal("0.460"), Decimal("0.466")),
                (Decimal("0.610"), Decimal("0.676"), Decimal("0.677")),
            ),
            Series(
                "Поступили в колледжи", (Decimal("0.415"), Decimal("0.325"), None), ("41,5\u00a0%", "32,5\u00a0%", "")
            ),
        ),
        True,
        "Столбчатая диаграмма: 51,1 %, 57,1 % и 57,5 % в вузы; 41,5 %, 32,5 % в колледжи, за 2021/22 данных нет.",
        "Доля, %",
    )
    monitoring = (
        Heading(1, "Мониторинг показателей", "h-monitoring"),
        Heading(2, "Поступление в вузы", "h-higher"),
        Paragraph(
            (
                "В 2021/22 учебном году доля составила ",
                Num("n9", "57,5\u00a0%"),
                " (",
                Ref("t-higher"),
                ", ",
                Ref("c-higher"),
                "); изменение на ",
                Num("n10", "+0,4\u00a0п.\u00a0п."),
                " — ",
                Strong("в пределах случайных колебаний"),
                ". Спецсимволы: <тег> & # * _ $ @ \\ `код` [x] «кавычки».",
            )
        ),
        three_year_table(),
        chart,
        Paragraph(("Данные по школам в пакете отсутствуют.",), "callout"),
        Heading(3, "Пояснение", "h-note"),
        Bullets((("Первое.",), ("Второе, ", Link("ссылка", "https://example.org/"), "."))),
        Bullets((("Раз.",), ("Два.",)), ordered=True),
        Paragraph(("Примечание мелким шрифтом.",), "note"),
    )
    issues = (
        Heading(1, "Приложение. Замечания к данным", "h-issues"),
        Paragraph(("См. ", Ref("t-issues"), ".")),
        issues_table(),
    )
    origins = {
        f"n{i}": Origin(
            f"n{i}", "число", "Доля поступивших в вузы, 2021/22", "46 : 80", "таблица 3, строка 9 файла facts.csv"
        )
        for i in range(1, 11)
    }
    return Document(
        title="Аналитический отчёт по результатам мониторинга",
        subtitle="системы работы по самоопределению и профессиональной ориентации обучающихся",
        territory="Кемеровский муниципальный округ",
        period="2019/20–2021/22 учебные годы",
        date=date(2022, 8, 30),
        language="ru",
        marks=("Внутренний документ: содержит малые числа, не публиковать",),
        passport=(("Территория", "Кемеровский муниципальный округ"), ("Период", "2021/22 учебный год")),
        components=(("goals", "Цели"), ("monitoring", "Мониторинг показателей"), ("analysis", "Анализ результатов")),
        sections=(
            Section("monitoring", "monitoring", "Мониторинг показателей", monitoring),
            Section("issues", "analysis", "Замечания к данным", issues),
        ),
        origins=origins,
        checksum="sha256:" + "0" * 64,
    )
