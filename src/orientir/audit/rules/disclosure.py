"""What a published report must not disclose: small numbers of persons, personal data of pupils, folders of photos."""

from __future__ import annotations

import re
from collections.abc import Iterator

from orientir.audit.document import Document, Paragraph, Place, Table
from orientir.audit.finding import Finding, Severity, rule
from orientir.audit.report import Report, ReportTable, Role, TidyCell
from orientir.audit.rules.event_links import cloud_links
from orientir.audit.rules.event_words import about
from orientir.audit.rules.personal_data import in_cells, in_text
from orientir.audit.rules.told import finding_at

_SMALL = range(1, 5)
_INTERNAL = re.compile(r"не публиковать|внутренн\w+ документ|для служебного пользования", re.IGNORECASE)
_FIRST_LINES = 20
_PEOPLE = frozenset(("выпускник", "обучающийся", "родитель"))
_PERSONS = (
    r"выпускник|обучающ|учащи|школьник|учени[кцч]|воспитан|участни|дет(?:ей|и|ям)\b|реб[её]н|\bчел\b|человек"
    r"|родител|семь|семей"
    r"|юнош|девуш|мальчик|девоч|инвалид|\bовз\b|сирот|призер|победител|поступ|студент|подрост|несовершеннолетн|лиц\b"
)
# What is counted beside pupils and their families: posts, things, hours.
_STAFF = r"педагог|учител|психолог|работник|специалист|тьютор|наставник|эксперт|методист"
_OTHERS = (
    r"организаци[йи]\b|учреждени[йя]\b|школ(?:ы|а|е)?\b|\bоо\b|мест\b|места\b|час(?:ов|а|ы)?\b|договор|соглашен"
    r"|мероприяти[йя]\b|событи[йя]\b|класс-компл|групп[аы]?\b|балл|программ[аы]?\b|предприяти[йя]\b|партн[её]р(?:ов|ы)\b"
    r"|кружк(?:ов|и)\b|секци[йи]\b|объединени[йя]\b|экскурси[йи]\b|конкурс(?:ов|ы)\b|олимпиад\b|профил(?:ей|я)\b"
    rf"|класс(?:ов|ы)\b\s*$|№|{_STAFF}"
)
_SCHOOL = re.compile(r"(?:МБОУ|МАОУ|МКОУ|МБУ|СОШ|ООШ|школ[аы]|лице[йи]|гимнази[яи])\b.*", re.IGNORECASE)
_FIRST = re.compile(rf"(?P<persons>{_PERSONS})|(?P<others>{_OTHERS})", re.IGNORECASE)


@rule("small-numbers-published")
def small_numbers_are_hidden(report: Report) -> Iterator[Finding]:
    """A count of one to four persons: those few may be recognised. What calls itself internal is not published."""
    is_internal = _calls_itself_internal(report.document)
    severity = Severity.INFO if is_internal else Severity.WARNING
    for table in report.tables:
        seen: set[tuple[int, int]] = set()
        of_people = _parts_of_people(table)
        for cell in table.cells:
            at = (cell.cell.row, cell.cell.column)
            counts = at in of_people or (_is_small(cell) and _counts_persons(cell, table))
            if at not in seen and cell.number.value in _SMALL and not cell.number.is_percent and counts:
                seen.add(at)
                message = (
                    f"{table.named[:1].upper()}{table.named[1:]}: опубликовано малое число людей — "
                    f"{cell.number.printed} ({_head(cell)}). По числам от 1 до 4 человека можно узнать; объедините "
                    "группы или скройте значение."
                )
                yield finding_at(cell, "small-numbers-published", severity, message, None, (cell,))


def _parts_of_people(table: ReportTable) -> set[tuple[int, int]]:
    """What has a share of pupils or parents counts such («посещают кружки»), whatever things its head names."""
    return {
        (one.part.cell.row, one.part.cell.column)
        for one in table.measures
        if one.whole and one.part and one.share and one.population and one.population.kind in _PEOPLE
    }


def _calls_itself_internal(document: Document) -> bool:
    """In its first lines, or in the table that they lead to."""
    first = document.blocks[:_FIRST_LINES]
    texts = (block.text if isinstance(block, Paragraph) else _words(block) for block in first)
    return any(_INTERNAL.search(text) for text in texts)


def _words(table: Table) -> str:
    return " ".join(cell.text for row in table.rows for cell in row)


def _is_small(cell: TidyCell) -> bool:
    number = cell.number
    # A head in unforeseen words leaves no role, but may name persons itself: «Стали студентами вузов».
    leaf = _FIRST.search(cell.path[-1]) if cell.path else None
    names_persons = cell.unit == "чел." or bool(leaf and leaf["persons"])
    is_counted = cell.role in (Role.WHOLE, Role.PART) or (cell.role is None and names_persons)
    is_count = is_counted and not number.decimals and not number.is_percent
    return is_count and number.value in _SMALL


def _counts_persons(cell: TidyCell, table: ReportTable) -> bool:
    """By the unit and the nearest head that says what is counted, then by the caption and its population."""
    heads = [" ".join(text.split()) for text in reversed(cell.path)]
    if cell.unit == "чел.":
        return not re.search(_STAFF, " ".join((*heads, cell.row_label)), re.IGNORECASE)
    # A row is often named by a school: there only the measured thing may speak, not the place.
    row = re.sub(
        r"(?:МБОУ|МАОУ|МКОУ|МБУ|СОШ|ООШ|школ[аы]|лице[йи]|гимнази[яи])\b.*", "", cell.row_label, flags=re.IGNORECASE
    )
    for text in (*heads, row, table.caption):
        if found := _FIRST.search(text):
            return found["persons"] is not None
    kind = next((one.population.kind for one in table.measures if one.population and cell in (one.whole, one.part)), "")
    found = _FIRST.match(kind)
    return bool(found and found["persons"])


def _head(cell: TidyCell) -> str:
    named = cell.row_label or (cell.path[-1] if cell.path else "")
    year = f", {cell.year.printed}" if cell.year else ""
    return f"«{' '.join(named.split())[:80]}»{year}"


@rule("personal-data-published")
def personal_data_are_hidden(report: Report) -> Iterator[Finding]:
    """Names, phones, documents, birth dates of pupils and parents; one finding for a paragraph or a cell."""
    for paragraph in report.document.paragraphs:
        if found := in_text(paragraph.text):
            yield _personal(paragraph.place, found, None)
    for table in report.tables:
        yield from (_personal(cell.place, found, table) for cell, found in in_cells(table))


def _personal(place: Place, found: list[str], table: ReportTable | None) -> Finding:
    told = "; ".join(dict.fromkeys(found))
    message = f"Похоже, опубликованы персональные данные ученика или родителя: {told}. Уберите их из отчёта."
    return Finding(
        "personal-data-published", Severity.WARNING, place, message, table.number if table else None, evidence=(told,)
    )


@rule("public-link-to-minors")
def public_folders_are_closed(report: Report) -> Iterator[Finding]:
    """A public folder that proves an event of pupils: what is in it is not known, so this is a hypothesis."""
    for event, link in cloud_links(report.events):
        message = (
            "ссылка открывает общедоступную папку облачного хранилища. Гипотеза: в ней могут быть фотографии или "
            "списки детей; проверьте содержимое и закройте доступ."
        )
        yield about(event, "public-link-to-minors", message, Severity.INFO, reported=link.target)
