"""Who is counted, read from the words of heads, captions and sentences.

Words in narrow cells are torn («вы- пускников», «роди телей»), so they are looked for with all white space gone.
"""

from __future__ import annotations

import re
from functools import lru_cache

from orientir.audit.report import Population

_KINDS = (
    ("родитель", ("родител", "законныхпредставител")),
    ("выпускник", ("выпускник", r"(?:окончили|окончивш(?:их|ие)|выпущеноиз)\d")),
    ("обучающийся", ("обучающ", "учащ", "школьник", "ученик", "воспитанник", "подростк")),
    ("педагог", ("педагог(?!ич)", "педагогическ[а-я]{2}работник", "учител", "навигатор", "наставник")),
    ("организация", ("организаци", "школ(?!ьн)", "учрежден")),
)
_WEAK = ("обучающийся", "дет(?:ей|и|ям)")  # children are pupils where nobody else is named
_TRAITS = (
    ("овз", ("ограниченнымивозможностями", "инвалид", "абилимпикс", "абиллимпикс")),
    ("риск", ("групприска", "группыриска", "состоящихнаучет", "профилактическомучет")),
    ("сироты", ("сирот",)),
    ("сельские", ("сельск",)),
)
_DISABLED = re.compile(r"\bовз\b", re.IGNORECASE)  # with white space gone «классов за» has it too
_ORDINAL = r"(?:-?(?:ых|ого|ем|ый|х|го|й|е|м))?"
_GRADES = re.compile(
    rf"(?<!\d[.,–—-])(?<![\d№])(?:с)?(\d{{1,2}}{_ORDINAL}(?:(?:[-–—]|по|и|,|/|,и)\d{{1,2}}{_ORDINAL})*)[-–—]?(?:кл(?!уб|ю)|параллел)"
)
_TORN = re.compile(r"[-–—](?<=[а-я].)(?=[а-я]{2})")
_STEP = re.compile(rf"([-–—]|по|и|,и|,|/)?(\d{{1,2}}){_ORDINAL}")
LOWEST, HIGHEST = 1, 11


@lru_cache(maxsize=20_000)
def squeezed(text: str) -> str:
    """Lower case, no white space, words torn by hyphens joined; hyphens between digits stay."""
    flat = "".join(text.lower().replace("ё", "е").replace("\u00ad", "").split())
    return _TORN.sub("", flat)


@lru_cache(maxsize=20_000)
def population_of(text: str, context: str = "") -> Population | None:
    """The population that the words name; traits may come from the context too. None where nobody is named."""
    flat = squeezed(text)
    kind, at = _kind(flat)
    grades, union = grades_of(flat[at:])  # «в 10 класс перешли 35 % выпускников 9 классов»
    if not grades:
        grades, union = grades_of(flat)
    if not kind and not grades:
        return None
    return Population(kind or "", grades, union, _traits(f"{text} {context}"), " ".join(text.split()))


def _traits(text: str) -> frozenset[str]:
    flat = squeezed(text)
    found = {name for name, stems in _TRAITS if any(stem in flat for stem in stems)}
    return frozenset(found | ({"овз"} if _DISABLED.search(text) else set()))


def _kind(flat: str) -> tuple[str, int]:
    """The first that is named, and where: «выпускников школ» are graduates, «родителей обучающихся» parents."""
    found = [
        (match.start(), order, name)
        for order, (name, stems) in enumerate(_KINDS)
        for stem in stems
        if (match := re.search(stem, flat))
    ]
    if found:
        return min(found)[2], min(found)[0]
    return (_WEAK[0] if re.search(_WEAK[1], flat) else ""), 0


@lru_cache(maxsize=20_000)
def grades_of(flat: str) -> tuple[frozenset[int], str]:
    """The first grades named in a squeezed text, and whether they are a range or a union."""
    match = _GRADES.search(flat)
    if not match:
        return frozenset(), ""
    grades: set[int] = set()
    union, last = "", 0
    for step in _STEP.finditer(match[1]):
        grade = int(step[2])
        if not LOWEST <= grade <= 20:
            continue
        if step[1] in ("-", "–", "—", "по") and last:
            grades.update(range(last, grade + 1) if last <= grade else ())
            union = union or "range"
        elif step[1] and last:
            union = "and"
        grades.add(grade)
        last = grade
    return frozenset(grades), union


def words_of(population: Population) -> str:
    """«обучающиеся 9–11 классов»."""
    plural = {
        "выпускник": "выпускники", "обучающийся": "обучающиеся", "родитель": "родители", "педагог": "педагоги",
        "организация": "организации",
    }.get(population.kind, "совокупность")  # fmt: skip
    traits = f" ({', '.join(sorted(population.traits))})" if population.traits else ""
    return f"{plural} {grades_told(population)}{traits}".strip()


def grades_told(population: Population) -> str:
    grades = sorted(population.grades)
    if not grades:
        return ""
    if population.union == "range" and len(grades) > 1:
        return f"{grades[0]}–{grades[-1]} классов"
    return " и ".join(map(str, grades)) + (" класса" if len(grades) == 1 else " классов")
