"""Which part of a monitoring report a title announces. Titles are told by stems, the surest first:
«Анализ эффективности мер» is about effectiveness, not about analysis or measures.
"""

from __future__ import annotations

import re

from orientir.audit.document import Paragraph
from orientir.audit.understanding.wording import folded, plain, unnumbered

_PARTS = tuple(
    (kind, re.compile(pattern))
    for kind, pattern in (
        (
            "effectiveness",
            r"(?:анализ|оценк|мониторинг|результат|вывод)\w*(?: об?| \w+)? (?:эффективност|результативност)"
            r"|^(?:эффективност|результативност)"
            r"|(?:итог|результат|ход|анализ|отчет|оценк)\w*(?: об?)? (?:исполнени|выполнени|реализации)\w*"
            r"|^(?:исполнени|выполнени)\w+ .{0,40}(?:решени|рекомендац|мер\b|поручени)",
        ),
        ("measures", r"^(?:\w+ы[ейх] )?мер[аы]?\b(?! поддержк)|комплекс\w* мер\b|^план (?:мер\b|мероприятий)"),
        ("decisions", r"управленческ\w+ решени|^(?:принят\w+ )?решени[яе]\b|\bпринят\w+ решени"),
        ("recommendations", r"рекомендаци|рекоменду(?:ется|ем|ют)\b|рекомендовать|рекомендовано"),
        ("events", r"^(?:(?:реестр|перечень|календарь|список|график|проведенны[ех]|основные) )?мероприяти"),
        (
            "monitored",
            r"(?:направлен|получени|собира|сбор|отслежива|измеря|изуча|включа)\w*.*показател"
            r"|показател\w*.*(?:собира|отслежива|измеря|изуча)\w*",
        ),
        (
            "indicators",
            r"^(?:(?:перечень|система|список|состав|набор|\w+ы[ех]) )*показател\w*\b"
            r"(?! (?:по (?:организац|школ|год|муницип|террит)|работы (?:школ|организ)))"
            r"|^(?!результат|динамик|значени|анализ|мониторинг).*"
            r"(?:показател\w*,? (?:использ|оценки)|следующ\w+ показател)",
        ),
        ("sources", r"\bисточник\w*"),
        ("methods", r"\bметод(?:ы|ов|ами|ах|ик[аи]|ология|ологии)?\b"),
        ("goals", r"\b(?:цел(?:и|ь|ями|ью|ей)|задач(?:и|ами|а)?)\b"),
        ("analysis", r"анализ|\bвывод(?:ы|ов)?\b|заключени|интерпретаци"),
        ("monitoring", r"мониторинг|(?:значени|динамик|результат)\w* .*показател|^показател\w* по "),
    )
)
_CUE = re.compile(
    r"(?:[а-я-]+(?:ые|ых|ая) )?(?:цел[иь]\b|задачи\b|показатели\b|источники\b|методы\b|методика\b|меры\b|план мер|"
    r"комплекс мер|управленческ\w+ решени|рекомендации\b|"
    r"анализ (?:эффективност|результат|показател|значени|данных|динамик)|"
    r"оценка (?:эффективност|результат)|выводы\b|мероприятия\b|реестр мероприят|эффективность\b|"
    r"результаты мониторинг|мониторинг (?:показател|результат)|паспорта? показател|"
    r"(?:исполнени|выполнени)е (?:решени|мер\b|рекомендац|поручени)|"
    r"приложени[ея]\b|заключение\b|введение\b)"
)
CAPTION = re.compile(r"^\s*(?:таблица|табл\.|рисунок|рис\.|диаграмма|график|схема)\s*(?:№\s*)?\d", re.I)
_CONTENTS = re.compile(r"(?:\.{3,}|…|\t)\s*\d+\s*$")
_MEASURED = re.compile(r"\d\s*%|составля|составил")
_NOTE = re.compile(r"\s*(?:источник(?: данных| информации)?|примечани[ея]|справочно|всего)\s*$", re.I)
# Parts that may be told in the line that names them: «Методы: выборочный, сравнительный».
_INLINE = frozenset("goals indicators monitored sources methods analysis measures".split())
LONGEST = 400
# «Доля выпускников, получивших рекомендации» is measured, not recommended.
_INDICATOR = re.compile(r"(?:\w+ )?(?:доля|процент|удельный вес|количество|число|численность|охват)\b")


def kind_of(title: str) -> str:
    """The part that a title or a lead-in announces, "" where it is none of them or names an indicator."""
    text = folded(title[:LONGEST])
    if _INDICATOR.match(unnumbered(text)):
        return ""
    return next((kind for kind, pattern in _PARTS if pattern.search(text)), "")


def is_capitals(text: str) -> bool:
    letters = list(filter(str.isalpha, plain(text))) if len(text) <= 200 else []
    return len(letters) >= 4 and all(map(str.isupper, letters))


def lead_of(paragraph: Paragraph) -> str:
    """What stands before the colon: the whole line, or its beginning where it announces a part («Методы: ...»)."""
    text = plain(paragraph.text)
    before, colon, after = text.partition(":")
    if (
        not colon
        or len(before) > LONGEST
        or _MEASURED.search(before)
        or _NOTE.match(before)
        or ". " in unnumbered(before)
    ):
        return ""
    if not after.strip():
        return before
    is_told = paragraph.is_item or bool(re.search(r"\d", unnumbered(before)))
    return before if not is_told and before[:1].isupper() and kind_of(before) in _INLINE else ""


def is_cue(paragraph: Paragraph) -> bool:
    """A short line that names a part of the report without any mark of a heading."""
    text = plain(paragraph.text)
    if paragraph.is_item or len(text) > 200 or text[-1:] in ".;,!?" or not unmarked_start(text):
        return False
    return bool(_CUE.match(folded(text))) and not _MEASURED.search(text)


def unmarked_start(text: str) -> bool:
    """A title begins with a capital letter or a number; a line that goes on with a sentence does not."""
    return bool(re.match(r"[«\"]?[А-ЯЁA-Z\d]", text))


def is_passing(paragraph: Paragraph) -> bool:
    """Captions and lines of a table of contents begin nothing."""
    return bool(CAPTION.match(paragraph.text) or _CONTENTS.search(paragraph.text))
