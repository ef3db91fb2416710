"""Words for what the programme says in codes: conditions, formulas, verdicts, statuses. No number is made here."""

from __future__ import annotations

from collections.abc import Iterable

from orientir.model.conditions import AllOf, AnyOf, Condition, Not, OneOf, Within
from orientir.model.cycle import Cycle
from orientir.model.indicators import IndicatorKind, Observation
from orientir.model.programme import Programme
from orientir.model.results import Outcome, Proposal, Value, Verdict
from orientir.model.status import Severity, Status

STATUS = {
    Status.MEASURED: "измерен",
    Status.NOT_REPORTED: "нет данных",
    Status.NOT_APPLICABLE: "не применимо",
    Status.NOT_CALCULABLE: "не рассчитывается",
    Status.NOT_DEFINED: "не определён",
    Status.IN_CONFLICT: "источники расходятся",
    Status.SUPPRESSED: "скрыто",
}
KINDS = {
    IndicatorKind.DECLARED: "Объявленные",
    IndicatorKind.AS_MEASURED: "Измеренные не так, как объявлено",
    IndicatorKind.ADDITIONAL: "Измеряемые дополнительно",
    IndicatorKind.UNDEFINED: "Названные, но не определённые",
}
OBSERVATION = {Observation.FULL: "сплошное", Observation.SAMPLE: "выборочное"}
SEVERITY = {Severity.ERROR: "ошибка", Severity.WARNING: "противоречие или пропуск", Severity.INFO: "на заметку"}
VERDICT = {
    Verdict.ROSE: "рост, больше случайных колебаний",
    Verdict.FELL: "снижение, больше случайных колебаний",
    Verdict.WITHIN_CHANCE: "в пределах случайных колебаний",
    Verdict.NOT_TESTED: "значимость не проверяется",
    Verdict.SERIES_BROKEN: "ряд прерван, годы не сравнимы",
    Verdict.MISSING: "сравнить не с чем",
}
OUTCOME = {
    Outcome.MOVED: "показатель сдвинулся в нужную сторону",
    Outcome.MOVED_AGAINST: "показатель сдвинулся в обратную сторону",
    Outcome.WITHIN_CHANCE: "изменение в пределах случайного",
    Outcome.CANNOT_BE_JUDGED: "судить нельзя",
}
PROPOSAL = {Proposal.KEEP: "сохранить", Proposal.CORRECT: "уточнить", Proposal.REPLACE: "заменить"}
FORM = {
    "act": "правовой акт",
    "incentive": "поощрение",
    "experimental_site": "опытная площадка",
    "event": "мероприятие",
    "agreement": "соглашение",
}
ACTION_STATUS = {"planned": "запланировано", "in_progress": "исполняется", "done": "исполнено", "cancelled": "отменено"}
LEVEL = {
    "school": "школьный",
    "municipal": "муниципальный",
    "intermunicipal": "межмуниципальный",
    "regional": "региональный",
    "interregional": "межрегиональный",
    "national": "всероссийский",
    "international": "международный",
}


def condition_in_words(programme: Programme, condition: Condition) -> str:
    """«региональный этап», «5–9 классы или 10–11 классы», «от 6 до 11»."""
    match condition:
        case OneOf(field=field, values=values):
            titles = {one.id: one.title for one in programme.dimension(field).members}
            return " или ".join(titles[value] for value in values)
        case Within(low=low, high=high):
            return f"от {low} до {high}"
        case AllOf(parts=parts):
            return ", ".join(condition_in_words(programme, part) for part in parts)
        case AnyOf(parts=parts):
            return " или ".join(condition_in_words(programme, part) for part in parts)
        case Not(part=part):
            return f"кроме: {condition_in_words(programme, part)}"


def lowered(text: str) -> str:
    """The first letter small, unless the word is written in capitals."""
    return text if text[1:2].isupper() else text[:1].lower() + text[1:]


def capital(text: str) -> str:
    """The first letter large, the rest as it is."""
    return text[:1].upper() + text[1:]


def sentence(text: str) -> str:
    """The text as a sentence: a capital at the start, a full stop at the end."""
    text = text.strip()
    if not text:
        return ""
    return capital(text) + ("" if text[-1] in ".!?…" else ".")


def sources_in_words(cycle: Cycle, values: Iterable[Value]) -> str:
    """«Источник: РИС ГИА; сведения на 1 октября», without a full stop; "" where no fact stands behind the values."""
    wanted = {fact for value in values for fact in value.facts}
    keys = dict.fromkeys(fact.source for fact in cycle.facts if fact.id in wanted)
    found = [cycle.package.source(key) for key in keys]
    told = "; ".join(dict.fromkeys(source.place or source.title for source in found))
    return told and f"Источник: {told}"
