"""The content in its order, as neutral blocks for the writers."""

from __future__ import annotations

from collections.abc import Iterator

from audit.planted import layouts
from audit.planted.content import (
    Action,
    Breakdown,
    Content,
    CountTable,
    Distribution,
    EventRow,
    MeasureTable,
    Sentence,
    Slot,
)
from audit.planted.indicators import ABBREVIATIONS
from audit.planted.model import Block, Cell, Grid, Heading, Item, Text
from audit.planted.sentences import upper, written

_MONTHS = "января февраля марта апреля мая июня июля августа сентября октября ноября декабря".split()

_HEADINGS = {
    "Цели": ("Цели", "Цели системы работы", "Цели и целевые значения"),
    "Показатели": ("Показатели", "Показатели мониторинга", "Система показателей"),
    "Мониторинг показателей": ("Мониторинг показателей", "Мониторинг", "Результаты мониторинга показателей"),
    "Мероприятия": ("Мероприятия", "Профориентационные мероприятия", "Реестр мероприятий"),
    "Анализ результатов мониторинга": (
        "Анализ результатов мониторинга",
        "Анализ результатов",
        "Выводы по результатам мониторинга",
    ),
    "Адресные рекомендации": ("Адресные рекомендации", "Рекомендации", "Адресные рекомендации по результатам анализа"),
    "Анализ эффективности принятых мер": (
        "Анализ эффективности принятых мер",
        "Эффективность принятых мер",
        "Анализ эффективности",
    ),
    "Источники данных и методы сбора информации": (
        "Источники данных и методы сбора информации",
        "Методы сбора и обработки информации",
        "Источники данных",
    ),
}
"""The usual name of a part, and how else authors call it."""


def _heading(usual: str, content: Content) -> Heading:
    return Heading(_HEADINGS[usual][content.style.headings])


def blocks(content: Content) -> list[Block]:
    parts = (_front, _indicators, _passport, _monitoring, _events, _analysis, _advice, _actions, _effectiveness)
    found = [block for part in parts for block in part(content)]
    return _numbered(found, content.heading_gap) if content.style.numbered_headings else found


def _numbered(found: list[Block], gap: int) -> list[Block]:
    """Headings of the first level get «1. »."""
    number, result = 0, list(found)
    for index, block in enumerate(found):
        if isinstance(block, Heading) and block.level == 1 and index:
            number += 2 if number + 1 == gap else 1
            result[index] = Heading(f"{number}. {block.text}", 1)
    return result


def _told(one: str | Sentence, content: Content) -> str:
    return one if isinstance(one, str) else written(one, content)


def _list(texts: list[str]) -> Iterator[Item]:
    for number, text in enumerate(texts):
        yield Item(text.rstrip(".;") + ("." if number == len(texts) - 1 else ";"))


def _front(content: Content) -> Iterator[Block]:
    genitive = content.district.genitive
    yield Heading("Аналитический отчёт по результатам мониторинга системы работы по самоопределению и профессиональной "
                  f"ориентации обучающихся {genitive}")  # fmt: skip
    first, last = content.style.named(content.years[0]), content.style.named(content.years[-1])
    yield Text(f"Отчёт подготовлен по данным за период: {first} – {last}".rstrip(".") + ".")
    yield Text("Мониторинг проводится в соответствии с нормативными документами:")
    yield from _list(content.legal)
    yield Text(ABBREVIATIONS)
    yield _heading("Цели", content)
    yield Text("Целями системы работы являются:")
    yield from _list(content.goals)


def _indicators(content: Content) -> Iterator[Block]:
    yield _heading("Показатели", content)
    yield Text("Для оценки достижения целей используются следующие показатели:")
    yield from _list([one.text for one in content.declared])
    yield _heading("Источники данных и методы сбора информации", content)
    yield Text("Источники данных, используемые в мониторинге:")
    yield from _list(content.sources)
    yield Text("Методы обработки информации: сравнительный анализ, группировка, анализ документов.")


def _passport(content: Content) -> Iterator[Block]:
    if not content.has_passport:
        return
    yield Heading("Паспорта показателей")
    yield from _caption(content, ("passport", None), "Паспорта показателей мониторинга")
    rows = [tuple(map(Cell, ("№", "Показатель", "Формула расчёта", "Единица измерения", "Источник")))]
    tables = [*content.tables, *([content.paths] if content.paths else [])]
    sources = {each.key: one.source for one in tables for each in getattr(one, "indicators", [one])}
    for number, one in enumerate(content.declared, 1):
        share = one.key not in ("workplaces", "agreements", "paths")
        formula = "число таких лиц / общая численность × 100" if share else "сумма по организациям"
        source = sources.get(one.key, "опрос образовательных организаций")
        rows.append(tuple(map(Cell, (str(number), upper(one.text), formula, "%" if share else "ед.", source))))
    yield Grid(tuple(rows))


def _caption(content: Content, slot: Slot, text: str) -> Iterator[Text]:
    number = content.numbers().get(slot)
    yield Text(content.style.caption.format(n=number, text=text).replace("..", ".") if number else text)


def _monitoring(content: Content) -> Iterator[Block]:
    yield _heading("Мониторинг показателей", content)
    if content.second:
        yield Text("Мониторинг направлен на получение информации по следующим показателям:")
        yield from _list([one.text for one in content.second])
    for table in content.tables:
        yield from _measured(content, table) if isinstance(table, MeasureTable) else _count(content, table)
    if content.breakdown:
        yield from _schools(content, content.breakdown)
    if content.paths:
        yield from _paths(content, content.paths)
    for text in content.monitored_extra:
        yield Text(text)


def _measured(content: Content, table: MeasureTable) -> Iterator[Block]:
    if len(table.indicators) == 1:
        yield Heading(upper(content.name(table.key)), 2)
    else:
        yield Heading(table.caption, 2)
    told = [written(said, content) for said in table.sentences]
    told += [content.after[table.key]] if table.key in content.after else []
    yield from map(Text, [" ".join(told)] if content.style.joined else told)
    for key, year in table.slots():
        printing = table.printing(content.style)
        yield from _caption(content, (key, year), table.caption + (f" {printing.within(year)}" if year else ""))
        yield layouts.grid(table, printing, year)
        yield from _source(table)


def _source(table: MeasureTable | CountTable | Breakdown | Distribution) -> Iterator[Text]:
    if table.source_shown:
        yield Text(f"Источник: {table.source}.")


def _count(content: Content, table: CountTable) -> Iterator[Block]:
    yield Heading(table.name, 2)
    style = content.style
    listed = ", ".join(f"{style.within(year)}{style.dash}{number}" for year, number in table.numbers.items())
    cited = style.cite.format(n=content.number(table.key)) if content.number(table.key) else ""
    yield Text(f"{table.name} составило {listed} {cited}".rstrip() + ".")
    yield from _caption(content, (table.key, None), table.name)
    yield layouts.counted(table, style)
    yield from _source(table)


def _schools(content: Content, table: Breakdown) -> Iterator[Block]:
    yield Heading("Результаты по образовательным организациям", 2)
    own = content.table_of(table.indicator.key)
    place = [one.key for one in own.indicators].index(table.indicator.key)
    labels = [own.whole_label, own.part_labels[place], own.share_labels[place]]
    caption = f"{upper(content.name(table.indicator.key))}, по организациям {content.style.within(table.year)}"
    yield from _caption(content, ("schools", None), caption)
    yield layouts.by_school(table, content.style, labels)
    yield from _source(table)


def _paths(content: Content, table: Distribution) -> Iterator[Block]:
    yield Heading(table.name, 2)
    yield from _caption(content, ("paths", None), f"{table.name} {content.style.within(table.year)}")
    yield layouts.by_path(table, content.style, content.table_of("college9").decimals)
    yield from _source(table)


def printed_date(row: EventRow, long: bool) -> str:
    if row.printed is not None:
        return row.printed
    if long and row.last is None:
        return f"{row.first.day} {_MONTHS[row.first.month - 1]} {row.first.year} г."
    if row.last is not None:
        return f"{row.first:%d}-{row.last:%d.%m.%Y}"
    return f"{row.first:%d.%m.%Y}"


def _events(content: Content) -> Iterator[Block]:
    yield _heading("Мероприятия", content)
    yield from _caption(content, ("register", None), content.events_title or "Реестр профориентационных мероприятий")
    rows = [tuple(map(Cell, ("№", "Мероприятие", "Дата", "Участники", "Ссылка")))]
    long = content.variant == 2
    for number, row in enumerate(content.events, 1):
        link = Cell("Ссылка", link=row.link) if content.links_hidden else Cell(row.link)
        cells = (str(number), row.title, printed_date(row, long), row.participants)
        rows.append((*map(Cell, cells), link))
    yield Grid(tuple(rows))


def _analysis(content: Content) -> Iterator[Block]:
    if content.analysis:
        yield _heading("Анализ результатов мониторинга", content)
    for one in content.analysis:
        yield Text(_told(one, content))


def _advice(content: Content) -> Iterator[Block]:
    yield _heading("Адресные рекомендации", content)
    yield Text("Рекомендации по результатам анализа адресованы:")
    yield from _list([name for name, _ in content.addressees])
    for addressee, lead in content.addressees:
        if addressee in content.recommendations:
            yield Text(f"{lead}:")
            yield from _list([_told(one, content) for one in content.recommendations[addressee]])


def _actions(content: Content) -> Iterator[Block]:
    decided = ("decisions", "Управленческие решения", content.decisions)
    for key, title, actions in (("measures", "Меры", content.measures), decided):
        yield Heading(title)
        if content.actions_as_table:
            yield from _caption(content, (key, None), f"{title} по результатам мониторинга")
            yield _action_grid(actions)
        else:
            yield from _list([_action(one) for one in actions])


def _action_grid(actions: list[Action]) -> Grid:
    rows = [tuple(map(Cell, ("№", "Содержание", "Ответственный", "Срок")))]
    for number, one in enumerate(actions, 1):
        rows.append(tuple(map(Cell, (str(number), one.what, one.owner, one.due))))
    return Grid(tuple(rows))


def _action(one: Action) -> str:
    pieces = ([f"ответственный: {one.owner}"] if one.owner else []) + ([f"срок: {one.due}"] if one.due else [])
    return f"{one.what} ({'; '.join(pieces)})" if pieces else one.what


def _effectiveness(content: Content) -> Iterator[Block]:
    yield _heading("Анализ эффективности принятых мер", content)
    for one in content.effectiveness:
        yield Text(_told(one, content))
