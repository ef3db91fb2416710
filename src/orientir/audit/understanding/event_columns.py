"""Which table is a register of events, and which of its columns is what: by its head, else by what stands in it."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass

from orientir.audit.document import Cell, Table
from orientir.audit.understanding.event_dates import read_when

Row = Sequence[Cell]

_COUNTING = re.compile(r"колич|кол-во|числ[оа]\b|дол[яи]\b|процент|охват|всего|итого")
_TITLE = re.compile(r"мероприят|событи|конкурс\w*$|\bакци[яи]\b")
_BARE_TITLE = re.compile(r"^(?:полное\s+)?(?:наименовани[ея]|названи[ея]|тема|содержание)(?:\s+(?:и|/)\s*\w+)?$")
_DATE = re.compile(r"\bдат[аыу]\b|\bсрок[иа]?\b|период проведения|время проведения|\bкогда\b|^месяц|день проведения")
_OTHER_DATE = re.compile(r"рожден|договор|приказ|действия|заключени|подписан|выдач|утвержд|издани|публикац|размещен")
_LINK = re.compile(
    r"ссылк|подтвержд|публикац|сайт|\burl\b|интернет|адрес (?:стран|новост|публ)|электронный адрес|освещен"
)
_PARTICIPANTS = re.compile(
    r"(?:колич\w*|кол-во|числ[оа]|численность|охват\w*)\s+(?:\w+\s+){0,2}(?:участ|учащ|обуч|школьн|дет|чел|воспит|учен)"
    r"|^охват|^участник|участников|^чел\b|^всего участ"
)
_CATEGORY = re.compile(r"категори|класс|возраст|аудитори")
_NUMBER = re.compile(r"^(?:№|n|номер)\s*(?:п\s*/?\s*п\.?)?$|^п\s*/\s*п$")
_OWNER = re.compile(r"ответствен|исполнител")
# Heads and rows of other registers, which have dates and names as well.
_OTHER_TABLE = re.compile(
    r"организац|учрежд|\bоо\b|\bшкол[аы]\b|показател|документ|\bакт[аы]?\b|приказ|договор|предприят|партн[её]р|професси"
    r"|специальност|источник|территори|ф\.?\s?и\.?\s?о|фамилия|рекомендац|решени[ея]"
)
_ACT = re.compile(
    r"^(?:приказ|постановлени|распоряжени|федеральн\w+ закон|письмо|указ|договор|соглашени|протокол)", re.I
)
_HEAD_ROWS = 4


@dataclass(frozen=True)
class Columns:
    """Places of columns; `body` is the first row below the head."""

    title: int
    when: int
    body: int = 0
    number: int | None = None
    link: int | None = None
    participants: int | None = None


def event_columns(table: Table) -> Columns | None:
    """None where the table is no register of events, or is a plan of what shall be done."""
    rows = range(min(_HEAD_ROWS, len(table.rows)))
    found = next((columns for place in rows if (columns := _by_head(table, place))), None) or _by_content(table)
    return None if found and _is_plan(table, found) else found


def continued_columns(table: Table, above: Columns, width: int) -> Columns | None:
    """The columns of the register that this table goes on with, where it has no head of its own."""
    if not table.rows or len(table.rows[0]) != width:
        return None
    dated = sum(bool(read_when(row[above.when].text).first) for row in table.rows)
    first = table.rows[0][above.when].text.strip()
    if dated * 2 < len(table.rows) or (first and not re.search(r"\d", first)):  # words there are a head of its own
        return None
    return Columns(above.title, above.when, 0, above.number, above.link, above.participants)


def _by_head(table: Table, place: int) -> Columns | None:
    row = table.rows[place]
    heads = [_folded(cell.text) for cell in row]
    below = max(cell.row + cell.rows for cell in row)
    deep = [
        _folded(" ".join(dict.fromkeys(line[at].text for line in table.rows[place:below]))) for at in range(len(row))
    ]
    when = _first(deep, lambda text: bool(_DATE.search(text)) and not _OTHER_DATE.search(text))
    title = _title(heads, when)
    if when is None or title is None:
        return None
    return Columns(title, when, below, *_others(deep, title, when))


def _title(heads: Sequence[str], when: int | None) -> int | None:
    named = [at for at, text in enumerate(heads) if at != when and text and not _COUNTING.search(text)]
    for at in named:
        if _TITLE.search(heads[at]) and not re.match(r"ссылк|вид|тип|форм|уров|статус|стат|мест|отч", heads[at]):
            return at
    if any(_OTHER_TABLE.search(heads[at]) and _BARE_TITLE.match(heads[at].split(" ")[0]) for at in named):
        return None
    return next((at for at in named if _BARE_TITLE.match(heads[at])), None)


def _is_plan(table: Table, columns: Columns) -> bool:
    """Terms and owners, or days by which something must be done, and nothing about what took place."""
    if columns.link is not None or columns.participants is not None:
        return False
    heads = [_folded(cell.text) for row in table.rows[: columns.body] for cell in row]
    named = [_folded(row[columns.when].text) for row in table.rows[: columns.body]]
    terms = [_folded(row[columns.when].text) for row in table.rows[columns.body :]]
    is_owned = any(_OWNER.search(text) for text in heads) and not any("дата" in text for text in named)
    return is_owned or sum(text.startswith(("до ", "не позднее", "к ")) for text in terms) * 2 > len(terms)


def _others(heads: Sequence[str], title: int, when: int) -> tuple[int | None, int | None, int | None]:
    free = [text if at not in (title, when) else "" for at, text in enumerate(heads)]
    number = _first(free, lambda text: bool(_NUMBER.match(text)))
    link = _first(free, lambda text: bool(_LINK.search(text)))
    people = _first(free, lambda text: bool(_PARTICIPANTS.search(text)) and not _CATEGORY.search(text))
    return number, link, people


def _by_content(table: Table) -> Columns | None:
    """A column of dates and a column of titles, where no head names them."""
    width = len(table.rows[0]) if table.rows else 0
    when = next((at for at in range(width) if _holds_dates(table, at)), None)
    if when is None:
        return None
    body = next(place for place, row in enumerate(table.rows) if read_when(row[when].text).first)
    heads = [_folded(cell.text) for row in table.rows[:body] for cell in row]
    if any(_OTHER_DATE.search(text) or _OTHER_TABLE.search(text) for text in heads):
        return None
    rows = table.rows[body:]
    title = next((at for at in range(width) if at != when and _holds_titles(rows, at)), None)
    if title is None:
        return None
    number = 0 if title and all(re.fullmatch(r"\d*\.?", row[0].text.strip()) for row in rows) else None
    link = next((at for at in range(width) if any("http" in row[at].text.lower() for row in rows)), None)
    people = _first([_folded(cell.text) for cell in table.rows[0]], lambda text: bool(_PARTICIPANTS.search(text)))
    return Columns(title, when, body, number, link, people)


def _holds_dates(table: Table, at: int) -> bool:
    cells = [row[at] for row in table.rows if row[at].text.strip()]
    dated = sum(bool(read_when(cell.text).first) and len(cell.text) < 40 for cell in cells[:200])
    return dated >= 3 and dated * 10 >= 7 * min(len(cells), 200)


def _holds_titles(rows: Sequence[Row], at: int) -> bool:
    texts = [row[at].text.strip() for row in rows if row[at].text.strip()]
    letters = sum(len(re.findall("[А-Яа-яЁё]", text)) for text in texts)
    acts = sum(bool(_ACT.match(text)) for text in texts)
    return len(set(texts)) * 2 > len(texts) and letters >= 12 * len(texts) > 0 and acts * 3 < len(texts)


def _folded(text: str) -> str:
    return " ".join(text.lower().replace("ё", "е").split()).strip(" .:")


def _first(texts: Sequence[str], fits: object) -> int | None:
    return next((at for at, text in enumerate(texts) if text and callable(fits) and fits(text)), None)
