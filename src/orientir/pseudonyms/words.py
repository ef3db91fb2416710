"""What the words and codes of exports mean: dictionaries that need no Python to be understood.

A meaning is known by the beginnings of words in a cell, or by the whole cell where a sign «=» stands. What a profile
of the file explains comes first.
"""

from __future__ import annotations

from collections.abc import Mapping

from orientir.model.records import ACTIVITIES, EXAM_FORMS, OTHER_SUBJECTS, SUBJECTS

Words = Mapping[int, tuple[str, ...]]

SEX: Words = {0: ("жен", "девоч", "девуш", "=ж"), 1: ("муж", "мальч", "юнош", "=м")}
NO = ("=0", "=-", "=–", "=—", "нет", "не ", "без ", "отсут", "норма", "=н")
DISABILITY: Words = {0: NO, 1: ("=1", "=+", "да", "есть", "имеет", "овз", "инвалид", "зпр", "тнр", "рас", "нода")}
YES_NO: Words = {0: (*NO, "базов"), 1: ("=1", "=+", "да", "есть", "имеет", "углуб", "профил", "посещ", "занима")}
PROFILE: Words = {0: ("=0", "=-", "=–", "=—", "нет", "без профил", "универсал")}
SAME_REGION: Words = {0: (*NO, "друг", "ино"), 1: ("=1", "=+", "да", "свой", "тот же", "этот")}

FORM: Words = {
    EXAM_FORMS["oge"]: ("огэ", "основной государственный экз", "oge"),
    EXAM_FORMS["ege"]: ("егэ", "единый государственный экз", "ege"),
    EXAM_FORMS["gve"]: ("гвэ", "выпускной экз", "gve"),
}
STAGES = {EXAM_FORMS["oge"]: 9, EXAM_FORMS["ege"]: 11}

BASIC_MATHEMATICS, CHINESE = OTHER_SUBJECTS["basic_mathematics"], OTHER_SUBJECTS["chinese"]
SUBJECT: Words = {
    BASIC_MATHEMATICS: ("математика баз", "математика (баз", "мат. баз", "базовая матем"),
    SUBJECTS["russian"]: ("русск",),
    SUBJECTS["mathematics"]: ("математ", "алгебра"),
    SUBJECTS["physics"]: ("физик",),
    SUBJECTS["chemistry"]: ("хими",),
    SUBJECTS["informatics"]: ("информат",),
    SUBJECTS["biology"]: ("биолог",),
    SUBJECTS["history"]: ("истори",),
    SUBJECTS["geography"]: ("географ",),
    SUBJECTS["english"]: ("англий",),
    SUBJECTS["german"]: ("немец",),
    SUBJECTS["french"]: ("француз",),
    SUBJECTS["social_studies"]: ("общест",),
    SUBJECTS["spanish"]: ("испан",),
    CHINESE: ("китай",),
    SUBJECTS["literature"]: ("литерат",),
}
# The codes of РИС ГИА; the spoken part of a language is the language, Russian and mathematics of ГВЭ are themselves.
SUBJECT_CODES = {
    1: SUBJECTS["russian"], 2: SUBJECTS["mathematics"], 3: SUBJECTS["physics"], 4: SUBJECTS["chemistry"],
    5: SUBJECTS["informatics"], 6: SUBJECTS["biology"], 7: SUBJECTS["history"], 8: SUBJECTS["geography"],
    9: SUBJECTS["english"], 10: SUBJECTS["german"], 11: SUBJECTS["french"], 12: SUBJECTS["social_studies"],
    13: SUBJECTS["spanish"], 14: CHINESE, 18: SUBJECTS["literature"], 22: BASIC_MATHEMATICS, 29: SUBJECTS["english"],
    30: SUBJECTS["german"], 31: SUBJECTS["french"], 33: SUBJECTS["spanish"], 34: CHINESE, 51: SUBJECTS["russian"],
    52: SUBJECTS["mathematics"],
}  # fmt: skip
NOT_TAKEN = ("неяв", "не яв", "н/я", "удален", "не заверш", "отсутств", "не сдавал")

ACTIVITY: Words = {
    ACTIVITIES["abilympics_class"]: ("мастер-класс абилимпикс", "абилимпикс мастер-класс", "абилимпикс: мастер"),
    ACTIVITIES["abilympics"]: ("абилимпикс", "abilympics"),
    ACTIVITIES["championship_class"]: ("мастер-класс", "мастер класс", "неделя без турникет"),
    ACTIVITIES["championship"]: ("чемпион", "юниор", "профессионал", "worldskills", "ворлдскил"),
    ACTIVITIES["ticket"]: ("билет в будущее", "билет_в_будущее", "бвб"),
    ACTIVITIES["testing"]: ("тестир", "диагност"),
    ACTIVITIES["open_day"]: ("открытых двер", "=дод"),
    ACTIVITIES["olympiad"]: ("олимпиад",),
    ACTIVITIES["event"]: ("мероприят", "экскурси", "ярмарк", "профпроб", "профессиональная проб", "встреч"),
}
RESULT: Words = {
    1: ("победит", "1 место", "i место", "=1", "золот"),
    2: ("призер", "2 место", "3 место", "ii место", "iii место", "=2", "=3", "серебр", "бронз"),
    0: ("участ", "=0", "=-", "=–", "=—", "нет", "без "),
}
INSTITUTION: Words = {
    1: ("=1", "колледж", "техникум", "училищ", "лицей проф", "спо", "поо", "среднее проф"),
    2: ("=2", "вуз", "универс", "институт", "академ", "консерватор", "высш", "=во", "=оо во"),
}
NOT_ADMITTED = ("отказ", "не зачисл", "отозва", "забрал", "рекоменд", "подан", "не прош")
TESTED: Words = {0: ("родител", "мать", "отец", "законн", "взросл"), 1: ("ребен", "дет", "обуча", "учени", "школьн")}
CONSENT: Words = {
    0: ("отказ", "не соглас", "не получ", "не дан", "не подпис", "без соглас", "=нет", "=0", "=-", "=–", "отсут"),
    1: ("соглас", "=да", "=1", "получ", "имеет", "=есть", "=+", "подписан", "дано"),
}
