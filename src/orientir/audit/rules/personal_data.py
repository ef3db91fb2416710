"""Personal data of pupils and parents in a text: names, phones, documents, birth dates.

Names of schools, of officials and teachers with a post, and of authors of methods are no such data. Whose a name is, is
told by the nearest word before it, else by the nearest after it. What is found is not repeated, only named.
"""

from __future__ import annotations

import re
from collections.abc import Iterator

from orientir.audit.document import Cell
from orientir.audit.report import ReportTable

_W = r"[А-ЯЁ][а-яё]+(?:-[А-ЯЁ][а-яё]+)?"
_PATRONYMIC = r"[А-ЯЁ][а-яё]+(?:вич|ьич|вн|ичн|инич)(?:а|у|ем|ом|ой|ы|е|и|ей)?"
NAME = re.compile(
    rf"\b{_W}\s+[А-ЯЁ][а-яё]+\s+{_PATRONYMIC}\b|\b[А-ЯЁ][а-яё]+\s+{_PATRONYMIC}\s+{_W}"
    rf"|\b[А-ЯЁ][а-яё]{{2,}}(?:-[А-ЯЁ][а-яё]+)?\s+[А-ЯЁ]\.\s?[А-ЯЁ]\.|\b[А-ЯЁ]\.\s?[А-ЯЁ]\.\s?[А-ЯЁ][а-яё]{{2,}}"
)
_PAIR = re.compile(r"\b[А-ЯЁ][а-яё]{2,}\s+[А-ЯЁ][а-яё]{2,}\b")
_PHONE = re.compile(
    r"(?<![\d-])(?:\+7|8)[\s(-]*9\d{2}[\s)-]*\d{3}[\s-]*\d{2}[\s-]*\d{2}(?!\d)|\bтел\w*[.:\s]+\d[\d\s()-]{4,14}\d"
)
_SNILS = re.compile(r"(?<!\d)\d{3}-\d{3}-\d{3}[ -]\d{2}(?!\d)")
_PASSPORT = re.compile(
    r"[Пп]аспорт\w*[^.;]{0,30}?\b\d{2}\s?\d{2}\s?(?:№\s?)?\d{6}\b"
    r"|[Сс]видетельств\w+ о рождении[^.;]{0,15}[IVX]+\s?-\s?[А-Я]{2}"
)
_DATE = r"\d{1,2}[./]\d{1,2}[./](?:19|20)\d{2}"
_BIRTH = re.compile(
    rf"{_DATE}\s*(?:г\.?\s*р\b|год[а]? рожд)|дат[аы]\s+рождения\W{{0,4}}{_DATE}|родил(?:ся|ась)\s+{_DATE}"
    rf"|{_DATE}\s*\(?\s*р\.",
    re.I,
)
_PUPIL = re.compile(
    r"\bучени(?:к|ца|ку|це|ком|цей|ка|цы|ки|ков|цу)\b|обучающ(?:ийся|аяся|егося|ейся|емуся|имся|иеся)"
    r"|воспитанни[кц]\w*"
    r"|школьни(?:к|ца|ки|ку|цы|ка)\b|выпускни(?:к|ца|ки|ку|цы|ка)\b|учащ(?:ийся|аяся|егося|ейся|иеся)"
    r"|\bродител\w+|\bмать\b"
    r"|\bматери\b|\bот[е]?ц[а-я]{0,2}\b|\bмам[аыеу]\b|\bпап[аыеу]\b|законн\w+ представител\w+|\bсын\w*\b"
    r"|\bдоч(?:ь|ери)\b"
    r"|победител\w+|приз[её]р\w*|лауреат\w*|реб[её]н(?:ок|ка|ку)\b|студент\w*"
)
_ONE_PUPIL = re.compile(
    r"\bучени(?:к|ца)\b|обучающ(?:ийся|аяся)|воспитанни(?:к|ца)\b|школьни(?:к|ца)\b|выпускни(?:к|ца)\b"
    r"|учащ(?:ийся|аяся)"
    r"|\bродитель\b|\bмать\b|\bотец\b|\bмама\b|\bпапа\b|победител[ья]|приз[её]р\b|лауреат\b|студент(?:ка)?\b"
)
_CLASS = re.compile(
    r"\b(?:1[01]|[1-9])\s*[-–]?\s*[«\"]?[А-Яа-я]?[»\"]?\s*-?(?:го\s+)?(?:кл\.|класс(?:а|е|у|ом)?\b)|^класс$"
    r"|^классы?\b"
)
_POST = re.compile(
    r"директор|завуч|учител|педагог|преподавател|воспитател|методист|тренер|библиотекар|логопед|психолог"
    r"|начальник|заведующ"
    r"|ответственн|исполнител|эксперт|ректор|декан|депутат|менеджер|консультант|инспектор|бухгалтер"
    r"|геро[йяюе]\b|\bглав[аыеу]\b"
    r"|президент|председател|секретар|специалист|инженер|мастер\b|мастера\b|наставник|куратор|координатор"
    r"|руководител|заместител"
    r"|губернатор|министр|профессор|доктор|кандидат|методик|\bтест\w{0,2}\b|опросник|анкет|автор|диагностик"
    r"|книг|имени\b|\bим\."
    r"|академик|памяти|\bпо\s+[А-ЯЁ]\.|лектор|спикер|ведущ|тьютор|представитель (?!зак)|журналист|художник"
    r"|писател|поэт|учен(?:ый|ого)"
    r"|\bшкол[аеуы]\b.{0,12}\bим|сотрудник|работник|оператор|юрист|врач|капитан|полковник|майор|подпис|утвержд"
    r"|согласован|должност"
)
_OFFICE = re.compile(
    r"горяч|при[её]мн|управлени|отдел|центр|администрац|8[\s(-]*800|справок|сайт|факс|e-?mail|организац", re.I
)
_WINDOW = 70
_SHORTEST = 8  # «Яна Я.Я.», «1.1.2011»


def in_text(text: str) -> list[str]:
    """What is found in a paragraph, in Russian, without the data itself."""
    if len(text) < _SHORTEST or (not re.search(r"[А-ЯЁ]", text) and not re.search(r"\d", text)):
        return []
    found = [*_documents(text)]
    named = list(NAME.finditer(text))
    spans = [match.span() for match in named]
    found += [f"имя ({_masked(match[0])})" for match in named if _is_pupils(text, match.span(), spans)]
    if not named:
        found += [f"имя ({_masked(pair)})" for pair in _given_names(text)]
    phones = (match for match in _PHONE.finditer(text) if not _is_of_office(text, match))
    found += ["номер телефона" for match in phones if _is_pupils(text, match.span(), [match.span()])]
    return found


def _is_of_office(text: str, phone: re.Match[str]) -> bool:
    return bool(_OFFICE.search(text[max(0, phone.start() - 60) : phone.end()]))


def _documents(text: str) -> Iterator[str]:
    """Data that are personal whoever they belong to."""
    if _SNILS.search(text):
        yield "СНИЛС"
    if _PASSPORT.search(text):
        yield "реквизиты паспорта или свидетельства о рождении"
    if re.search(_DATE, text) and _BIRTH.search(text) and not re.search(r"\bсо дня рождения|летие", text):
        yield "дата рождения"


def _is_pupils(text: str, span: tuple[int, int], spans: list[tuple[int, int]]) -> bool:
    """The words before decide, back to the name before; where they say nothing, the words after."""
    start = max((end for _, end in spans if end <= span[0]), default=0)
    before = text[max(start, span[0] - _WINDOW) : span[0]]
    before = re.split(r"[а-яё)»]{2,}[.!?]\s", before)[-1]
    if (who := _whose(before, from_end=True)) is not None:
        return who
    end = min((begin for begin, _ in spans if begin >= span[1]), default=len(text))
    after = re.split(r"[а-яё)»]{2,}[.!?;]\s|;|\n", text[span[1] : min(end, span[1] + _WINDOW)])[0]
    return bool(_whose(after, from_end=False))


def _whose(text: str, from_end: bool) -> bool | None:
    """True: a pupil or a parent; False: a post or an author; None: nothing is said."""
    low = text.lower()
    pupils = [match.start() for match in (_PUPIL if from_end else _ONE_PUPIL).finditer(low)]
    posts = [match.start() for match in _POST.finditer(low)]
    if not from_end or not posts:
        pupils += [match.start() for match in _CLASS.finditer(low)]
    if not pupils and not posts:
        return None
    if not pupils or not posts:
        return bool(pupils)
    return max(pupils) > max(posts) if from_end else min(pupils) < min(posts)


def _given_names(text: str) -> Iterator[str]:
    """«ученица 9 класса Петрова Анна»: a surname and a given name, known by the dictionary."""
    low = text.lower()
    if not re.search(r"\bучени(?:к|ца|ку|цей|ком|цы)\b|обучающ(?:ийся|аяся)|воспитанни(?:к|ца)\b", low):
        return
    pairs = list(_PAIR.finditer(text))
    spans = [match.span() for match in pairs]
    for match in pairs:
        if _is_pupils(text, match.span(), spans) and _is_name_and_surname(match[0]):
            yield match[0]


def _is_name_and_surname(pair: str) -> bool:
    from orientir.audit.rules.dictionary import tags

    marks = [tags(word) for word in pair.split()]
    return any("Name" in one and "Surn" in other for one, other in (marks, marks[::-1]))


def _masked(name: str) -> str:
    """«П. А. С.»: enough to find it, not enough to spread it."""
    return " ".join(f"{part[0]}." for part in re.findall(r"[А-ЯЁ][а-яё]*", name))


def in_cells(table: ReportTable) -> Iterator[tuple[Cell, list[str]]]:
    """Cells of a table with what was found in them: whose it is, the cell, its head, or the other heads tell."""
    rows = table.table.rows
    depth = max(table.header, 1) if rows else 0
    heads = [
        " ".join(dict.fromkeys(row[at].text for row in rows[:depth])).lower()
        for at in range(len(rows[0]) if rows else 0)
    ]
    for cell in table.table.cells():
        if cell.row < depth or len(cell.text) < _SHORTEST:
            continue
        found = in_text(cell.text) or list(_in_cell(cell, heads, table.caption.lower()))
        if found:
            yield cell, found


def _in_cell(cell: Cell, heads: list[str], caption: str) -> Iterator[str]:
    head = heads[cell.column]
    if (
        re.search(r"дат\w+\s+рожд|год\w*\s+рожд", head)
        and re.search(_DATE, cell.text)
        and not _POST.search(" ".join(heads))
    ):
        yield "дата рождения"
    has_name, has_phone = bool(NAME.search(cell.text)), bool(_PHONE.search(cell.text))
    if not (has_name or has_phone) or _whose(cell.text, from_end=True) is False:
        return
    if _belongs_to_pupils(head, heads, caption):
        yield f"имя ({_masked(NAME.findall(cell.text)[0])})" if has_name else "номер телефона"


def _belongs_to_pupils(head: str, heads: list[str], caption: str) -> bool:
    if _POST.search(head):
        return False
    plural = r"участник|обучающ|учащ|ученик|школьник|реб[её]н|воспитан|выпускник|родител|победител|приз[её]р"
    if re.search(plural, head):
        return True
    others = " | ".join(heads)
    if re.search(r"должност", others):
        return False
    is_of_class = any(_CLASS.search(one.strip()) for one in heads)
    return is_of_class or bool(re.search(plural, others) or (re.search(plural, caption) and not _POST.search(caption)))
