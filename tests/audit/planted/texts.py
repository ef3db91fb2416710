"""The prose of a report: goals with targets, sources, advice to each addressee, actions, what came of them, events."""

from __future__ import annotations

from datetime import date, timedelta
from decimal import Decimal
from itertools import pairwise
from random import Random

from audit.planted import sentences
from audit.planted.content import Action, Content, EventRow, MeasureTable, Sentence
from audit.planted.world import CERTAIN

ADDRESSEES = (
    ("обучающимся", "Для обучающихся"),
    ("родителям (законным представителям)", "Для родителей (законных представителей)"),
    ("педагогам", "Для педагогов"),
    ("руководителям образовательных организаций", "Для руководителей образовательных организаций"),
)
_ADVICE = {
    "обучающимся": ("пройти диагностику склонностей", "посетить не менее двух профессиональных проб"),
    "родителям (законным представителям)": (
        "посетить консультацию педагога-психолога",
        "обсудить с детьми результаты диагностики",
    ),
    "педагогам": (
        "включить встречи с работодателями в планы классных часов",
        "использовать результаты диагностики на уроках",
    ),
    "руководителям образовательных организаций": (
        "заключить договоры с предприятиями о проведении практик",
        "обеспечить участие школы в проекте",
    ),
}
_OWNERS = (
    "управление образования",
    "методический центр",
    "руководители образовательных организаций",
    "муниципальный координатор профориентационной работы",
    "центр занятости населения",
)
_MEASURES = (
    "Проведение ярмарки учебных мест",
    "Организация профессиональных проб на предприятиях",
    "Семинар для педагогов-навигаторов",
    "Родительский лекторий о выборе профессии",
    "Создание учебных рабочих мест",
    "Консультации для обучающихся с ОВЗ",
)
_DECISIONS = (
    "Внести изменения в муниципальный план профориентационной работы",
    "Назначить ответственных за диагностику в каждой школе",
    "Провести собеседования с руководителями школ о результатах мониторинга",
    "Заключить соглашения о сотрудничестве с колледжами",
)
_EVENTS = (
    "Ярмарка учебных мест «Куда пойти учиться»",
    "Муниципальный этап конкурса «Профессия, которую я выбираю»",
    "Региональный этап конкурса «Профессия, которую я выбираю»",
    "День открытых дверей в аграрном колледже",
    "Профессиональные пробы на молочном комбинате",
    "Встреча с работниками железной дороги",
    "Экскурсия на деревообрабатывающий завод",
    "Фестиваль профессий «Билет в будущее»",
    "Родительское собрание «Как помочь ребёнку выбрать профессию»",
    "Квест «Город мастеров»",
    "Слёт юных аграриев",
    "Конкурс видеороликов «Профессии моей семьи»",
    "Деловая игра «Кадровый вопрос»",
    "Мастер-класс «Основы робототехники»",
    "Научно-практическая конференция школьников «Шаг в науку»",
    "Неделя профориентации",
    "Соревнования юных пожарных",
    "Круглый стол с представителями вузов",
)


_HARMLESS = (
    "Координатор профориентационной работы: методист муниципального центра, тел. 8 (38400) 5-12-34, metod@example.org.",
    "Диагностика проводится с письменного согласия родителей (законных представителей).",
    "Порядок проведения мониторинга размещён на сайте управления образования.",
    "Списки участников хранятся в образовательных организациях и не публикуются.",
    "Данные собраны от всех образовательных организаций; дублирующие записи исключены.",
)
"""Words that a hasty rule might take for something else."""


def add_texts(content: Content, rng: Random) -> None:
    content.legal = [
        "Федеральный закон от 29.12.2012 № 273-ФЗ «Об образовании в Российской Федерации»",
        f"приказ управления образования {content.district.genitive} от 15.01.{content.years[-1]} № 12",
    ]
    add_goals(content, rng)
    _add_analysis(content, rng)
    _add_advice(content, rng)
    _add_actions(content, rng)
    _add_effectiveness(content, rng)
    content.events = events(content, rng)
    content.monitored_extra = rng.sample(_HARMLESS, rng.randint(0, 2))
    kinds = dict.fromkeys(one.source for one in content.tables)
    content.sources = [*kinds]


def add_goals(content: Content, rng: Random) -> None:
    after = content.years[-1] + 2
    for table in rng.sample(list(content.measured()), 3):
        one = table.indicators[0]
        target = int(table.shares[one.key, content.years[-1]]) + rng.randint(5, 12)
        wanted = content.style.percents(Decimal(min(target, 95)))
        content.goals.append(f"увеличить долю {content.whose(one.key)}, до {wanted} к {after} году")


def _add_analysis(content: Content, rng: Random) -> None:
    content.analysis.append("Анализ выполнен по значениям показателей за весь период мониторинга.")
    for table in rng.sample(list(content.measured()), min(3, len(list(content.measured())))):
        one = rng.choice(table.indicators)
        content.analysis.append(sentences.say("latest", table, one.key, (content.years[-1],), rng))
    content.analysis.append(
        "Сведения о поступлении сверены со справками образовательных организаций; расхождений не выявлено."
    )


def _add_advice(content: Content, rng: Random) -> None:
    content.addressees = list(ADDRESSEES[rng.choice([0, 0, 1]) :])
    due = content.years[-1] + 1
    for addressee, _ in content.addressees:
        table = rng.choice(list(content.measured()))
        key, year = table.indicators[0].key, content.years[-1]
        first, second = _ADVICE[addressee]
        reasoned = sentences.say("advice", table, key, (year,), rng)
        reasoned.note = f"{first} до 1 марта {due} года"
        content.recommendations[addressee] = [reasoned, f"{second} до 1 декабря {due} года."]


def _add_actions(content: Content, rng: Random) -> None:
    due = content.years[-1] + 1
    months = ("марта", "апреля", "мая", "октября", "ноября")

    def action(what: str) -> Action:
        return Action(what, rng.choice(_OWNERS), f"до {rng.randint(1, 28)} {rng.choice(months)} {due} года")

    content.measures = [action(what) for what in rng.sample(_MEASURES, rng.randint(3, 5))]
    content.decisions = [action(what) for what in rng.sample(_DECISIONS, rng.randint(2, 4))]
    content.actions_as_table = rng.random() < 0.5


def _add_effectiveness(content: Content, rng: Random) -> None:
    """What the last decisions led to, told by a change that is certain where there is one."""
    earlier, later = content.years[-2:]
    decided = content.style.within(earlier)
    content.effectiveness.append(f"Принятое {decided} решение о расширении сети партнёров выполнено.")
    content.effectiveness.append(effect(content, earlier, later, rng))
    content.effectiveness.append("По итогам анализа решение признано результативным, цели уточнены.")


def effect(content: Content, earlier: int, later: int, rng: Random) -> Sentence:
    pairs: list[tuple[MeasureTable, str]] = [(one, each.key) for one in content.measured() for each in one.indicators]
    grown = [(one, key) for one, key in pairs if content.world.change(key, earlier, later) > CERTAIN]
    if grown:
        table, key = rng.choice(grown)
        return sentences.say("change", table, key, (earlier, later), rng, up=True)
    still = [(one, key) for one, key in pairs if abs(content.world.change(key, earlier, later)) < 1]
    table, key = rng.choice(still or pairs)
    return sentences.say("cautious" if still else "latest", table, key, (earlier, later) if still else (later,), rng)


def events(content: Content, rng: Random) -> list[EventRow]:
    """In the order of their dates, each inside the period and with a page of its own."""
    calendar = "calendar" in content.style.period
    first = date(content.years[0], 1, 5) if calendar else date(content.years[0] - 1, 9, 5)
    last = date(content.years[-1], 12 if calendar else 6, 15)
    titles = rng.sample(_EVENTS, rng.randint(8, 16))
    span = (last - first).days - 4
    days = sorted(rng.sample(range(span), len(titles)))
    found = []
    for number, (title, day) in enumerate(zip(_stages(titles), days, strict=True)):
        begins = first + timedelta(days=day)
        ends = begins + timedelta(days=1) if rng.random() < 0.15 and begins.day < 27 else None
        if title == "Неделя профориентации" and rng.random() < 0.7:
            title = f"{title} — {begins.year}"
        path = rng.choice(["news/{}", "events/{}.html", "novosti?id={}"]).format(1200 + 7 * number)
        link = content.district.page(path)
        found.append(EventRow(title, begins, ends, f"{rng.randint(12, 180)} чел.", link))
    return found


def _stages(titles: list[str]) -> list[str]:
    """The municipal stage of a contest comes before the regional one."""
    first, second = _EVENTS[1], _EVENTS[2]
    if first in titles and second in titles and titles.index(first) > titles.index(second):
        one, other = titles.index(first), titles.index(second)
        titles[one], titles[other] = titles[other], titles[one]
    return titles


def ordered(rows: list[EventRow]) -> bool:
    return all(one.first <= other.first for one, other in pairwise(rows))
