"""Errors of the register of events, of what may not be published, of acts and programmes, of the text itself."""

from __future__ import annotations

from datetime import date, timedelta
from random import Random

from audit.planted.changing import free, refilled, take
from audit.planted.content import Content, EventRow
from audit.planted.districts import another
from audit.planted.model import Expected

_PUPILS = (
    "Ветрова Алиса Игоревна", "Синицын Кирилл Олегович", "Полянская Вера Денисовна", "Громов Тимур Артёмович",
)  # fmt: skip


def _event(content: Content, rng: Random) -> EventRow | None:
    rows = [one for one in content.events if f"event:{one.title}" not in content.taken]
    if not rows:
        return None
    row = rng.choice(rows)
    content.taken.add(f"event:{row.title}")
    return row


def plant_event_order(content: Content, rng: Random) -> Expected | None:
    """A row stands behind one that is at least three weeks later."""
    rows = content.events
    places = [
        index for index in range(len(rows) - 1)
        if (rows[index + 1].first - rows[index].first).days > 20
        and not {f"event:{one.title}" for one in rows[index : index + 2]} & content.taken
        and "этап" not in rows[index].title + rows[index + 1].title
    ]  # fmt: skip
    if not places or "event-order" in content.taken:
        return None
    index = rng.choice(places)
    rows[index], rows[index + 1] = rows[index + 1], rows[index]
    content.taken |= {"event-order", f"event:{rows[index].title}", f"event:{rows[index + 1].title}"}
    return Expected("event-order", None, None, (rows[index + 1].title, rows[index].title))


def plant_event_year_mismatch(content: Content, rng: Random) -> Expected | None:
    row = _event(content, rng)
    if row is None:
        return None
    year = row.first.year - rng.choice([1, 2, 3])
    row.title = f"{row.title.split(' — ')[0]} — {year}"
    content.taken.add(f"event:{row.title}")
    return Expected("event-year-mismatch", None, None, (row.title,))


def plant_event_duplicate(content: Content, rng: Random) -> Expected | None:
    """The same title once more: on the same date, or later in the same season."""
    row = _event(content, rng)
    if row is None or "этап" in row.title:
        return None
    index = content.events.index(row)
    following = content.events[index + 1].first if index + 1 < len(content.events) else row.first
    first = row.first if rng.random() < 0.6 else row.first + (following - row.first) // 2
    first = min(first, row.first + timedelta(days=60))
    link = content.district.page(f"news/{rng.randint(4000, 5000)}")
    content.events.insert(index + 1, EventRow(row.title, first, None, row.participants, link))
    return Expected("event-duplicate", None, None, (row.title,), implied=("event-year-mismatch",))


def plant_event_outside_period(content: Content, rng: Random) -> Expected | None:
    if "outside" in content.taken:
        return None
    content.taken.add("outside")
    day = date(content.years[-1] + 1, rng.randint(2, 5), rng.randint(1, 28))
    title = rng.choice(("Форум профессиональных династий", "Турнир юных инженеров", "Выставка технического творчества"))
    link = content.district.page(f"news/{rng.randint(6000, 7000)}")
    content.events.append(EventRow(title, day, None, "64 чел.", link))
    content.taken.add(f"event:{title}")
    return Expected("event-outside-period", None, None, (title,))


def plant_date_malformed(content: Content, rng: Random) -> Expected | None:
    row = _event(content, rng)
    if row is None:
        return None
    year = row.first.year
    row.printed = rng.choice(
        [f"31.02.{year}", f"31.04.{year}", f"{row.first:%d}.13.{year}", f"{row.first:%d.%m}.{year // 10}",
         f"{row.first:%d.%m}.{year // 10} {year % 10}", f"{row.first:%d.%m}.{year}{year % 10}"]
    )  # fmt: skip
    return Expected("date-malformed", None, None, (row.title,), implied=("event-outside-period", "event-order"))


def plant_link_malformed(content: Content, rng: Random) -> Expected | None:
    row = _event(content, rng)
    if row is None:
        return None
    row.link = rng.choice(
        [
            row.link.replace("://", ": //"),
            row.link.replace("example", "example "),
            row.link.replace("https://", "htps:/"),
            row.link.replace("https://", "https//"),
            row.link.replace(".org", ".org ").replace("obr-", " obr-"),
        ]
    )
    return Expected("link-malformed", None, None, (row.title,), implied=("link-not-evidence",))


def plant_link_not_evidence(content: Content, rng: Random) -> Expected | None:
    row = _event(content, rng)
    if row is None:
        return None
    row.link = content.district.page("").rstrip("/") + rng.choice(["", "/"])
    return Expected("link-not-evidence", None, None, (row.title,))


def plant_not_an_event(content: Content, rng: Random) -> Expected | None:
    row = _event(content, rng)
    if row is None:
        return None
    row.title = rng.choice(
        (
            "Информация о наборе в кадетское училище",
            "Объявление о приёме документов в колледж",
            "Информация по поступлению в вузы",
        )
    )
    content.taken.add(f"event:{row.title}")
    return Expected("not-an-event", None, None, (row.title,))


def plant_event_without_participants(content: Content, rng: Random) -> Expected | None:
    row = _event(content, rng)
    if row is None:
        return None
    row.participants = rng.choice(["", "-", "—"])
    return Expected("event-without-participants", None, None, (row.title,))


def plant_public_link_to_minors(content: Content, rng: Random) -> Expected | None:
    row = _event(content, rng)
    if row is None:
        return None
    letters = "".join(rng.choice("abcdefghkmnpqrstuvwxyzABCDEFG23456789") for _ in range(28))
    row.link = rng.choice(
        [f"https://drive.google.com/drive/folders/1{letters}", f"https://disk.yandex.ru/d/{letters[:14]}"]
    )
    return Expected("public-link-to-minors", None, None, (row.title,), implied=("link-not-evidence",))


def plant_small_numbers_published(content: Content, rng: Random) -> list[Expected] | None:
    """Counts from 1 to 4 in the table about pupils with disabilities, in every year, so that no change tells more."""
    tables = [one for one in free(content) if one.key == "abilimpix"]
    if not tables or rng.random() < 0.3:
        return _small_school(content, rng)
    table = tables[0]
    for year in content.years:
        content.world.parts[table.key, year] = rng.randint(2, 4)
    refilled(content, table, rng)
    take(content, table)
    implied = ("row-copied", "number-repeated", "change-within-noise")
    return [Expected("small-numbers-published", table.key, year, implied=implied) for year in content.years]


def _small_school(content: Content, rng: Random) -> list[Expected] | None:
    """One school gives up all but a few to another, so that totals stay."""
    from audit.planted.style import rounded

    table = content.breakdown
    if table is None or "schools" in content.taken:
        return None
    content.taken.add("schools")
    (name, whole, part, _), (other, wide, many, _) = table.rows[0], table.rows[1]
    left = rng.randint(1, 4)
    moved = part - left
    table.rows[0] = (name, whole - moved, left, rounded(left, whole - moved, table.decimals))
    table.rows[1] = (other, wide + moved, many + moved, rounded(many + moved, wide + moved, table.decimals))
    return [Expected("small-numbers-published", "schools", None, (name,))]


def plant_personal_data_published(content: Content, rng: Random) -> Expected | None:
    if "personal" in content.taken:
        return None
    content.taken.add("personal")
    name, year = rng.choice(_PUPILS), content.years[-1] - rng.randint(14, 17)
    day = f"{rng.randint(10, 28)}.{rng.randint(10, 12)}.{year}"
    text = rng.choice(
        (
            f"Победителем стала обучающаяся 9 класса {name}, дата рождения {day}.",
            f"Контакты родителя обучающегося ({name}): 8-9{rng.randint(10, 99)}-{rng.randint(100, 999)}-45-67.",
            f"Обучающийся {name}, СНИЛС 112-233-445 95, зачислен в колледж.",
        )
    )
    content.monitored_extra.append(text)
    return Expected("personal-data-published", None, None, (text,))


def plant_programme_ended(content: Content, rng: Random) -> Expected | None:
    """The championship of the movement that ended in 2022, in a later year."""
    if content.years[-1] < 2024 or "ended" in content.taken:
        return None
    content.taken.add("ended")
    year = content.years[-1]
    text = rng.choice(
        (
            f"В {year} году обучающиеся участвовали в чемпионате «Молодые профессионалы» (WorldSkills Russia).",
            f"В {year} году школы готовили команды к чемпионату WorldSkills Russia.",
        )
    )
    content.monitored_extra.append(text)
    return Expected("programme-ended", None, None, (text,), implied=("claim-without-data", "undefined-term"))


def plant_not_calculable_year(content: Content, rng: Random) -> Expected | None:
    """A share of those who took the exams of a year in which there were none for the ninth grade."""
    if 2020 not in content.years or "exams" in content.taken:
        return None
    content.taken.add("exams")
    share = rng.randint(88, 97)
    text = f"В 2020 году основной государственный экзамен по предметам профиля сдали {share} % выпускников 9 классов."
    content.monitored_extra.append(text)
    return Expected("not-calculable-year", None, None, (text,), implied=("claim-without-data", "text-table-mismatch*"))


def plant_legal_reference(content: Content, rng: Random) -> Expected | None:
    if "legal" in content.taken:
        return None
    content.taken.add("legal")
    right = content.legal[0]
    content.legal[0] = rng.choice([right.replace("29.12.2012", "29.12.2013"), right.replace("273-ФЗ", "237-ФЗ")])
    return Expected("legal-reference", None, None, (content.legal[0],))


def plant_text_defect(content: Content, rng: Random) -> Expected | None:
    """A Latin letter inside a Russian word, a doubled word, torn punctuation."""
    if "defect" in content.taken:
        return None
    content.taken.add("defect")
    text = rng.choice(
        (
            "Рeзультаты обсуждены на совещании.",  # a Latin «e»
            "Результаты мониторинга мониторинга обсуждены на совещании.",
            "Результаты обсуждены,, на совещании руководителей.",
            "Результаты обсуждены на со вещании руководителей школ.",
            "Вопрос рассмотрен на коллегии упрaвления образования.",  # a Latin «a»
        )[:3]
    )
    content.monitored_extra.append(text)
    return Expected("text-defect", None, None, (text,))


def plant_territory_mismatch(content: Content, rng: Random) -> Expected | None:
    if "territory" in content.taken:
        return None
    content.taken.add("territory")
    other = another(content.district, rng)
    text = f"Мероприятия проведены во всех общеобразовательных организациях {other}."
    content.monitored_extra.append(text)
    return Expected("territory-mismatch", None, None, (text,), implied=("claim-without-data",))


def plant_undefined_term(content: Content, rng: Random) -> Expected | None:
    if "term" in content.taken:
        return None
    content.taken.add("term")
    short = rng.choice(("ЦОПП", "ЦПМСС", "РМЦ", "МСОКО"))
    text = f"Методическую помощь школам оказывает {short}."
    content.monitored_extra.append(text)
    return Expected("undefined-term", None, None, (text,))
