"""Words that people type where a number is asked: marks, units, and what can be understood in two ways.

All are written as `numbers._word` leaves them: lower case, without spaces, dots and slashes.
"""

from __future__ import annotations

_NO_DATA = ("not_reported", "нет данных")
_NOT_ASKED = ("not_applicable", "не применимо")

MARKS = {
    **dict.fromkeys(
        ("нетданных", "нд", "данныхнет", "нетсведений", "сведенийнет", "нетинформации", "данныеотсутствуют",
         "неизвестно", "сведенияотсутствуют", "информацияотсутствует", "nodata"), _NO_DATA),
    # «х» in the forms of Rosstat: the cell is not to be filled. Latin and Cyrillic, and the multiplication sign.
    **dict.fromkeys(("неприменимо", "нп", "неприменим", "х", "x", "×", "неотносится", "нетребуется"), _NOT_ASKED),
}  # fmt: skip

UNCLEAR = frozenset(
    (
        "-",
        "--",
        "---",
        "нет",
        "отсутствует",
        "отсутствуют",
        "неимеется",
        "…",
        "?",
        "??",
        "???",
        "*",
        "прочерк",
        "неведется",
    )
)

UNITS = frozenset(
    "чел человек человека челов обучающихся обучающийся обучающегося учащихся учащийся учащегося учеников "
    "ученик ученика детей ребенок ребенка выпускников выпускник выпускника участников участник участника родителей "
    "шт штук штука штуки ед единиц единица единицы школ школа школы классов класс класса групп группа группы "
    "мероприятий мероприятие мероприятия раз раза часов час часа ч км".split()
)
