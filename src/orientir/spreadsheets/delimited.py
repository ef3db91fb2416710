"""Text tables (CSV): encoding and delimiter found out, rows read strictly. What the columns mean is not known here."""

from __future__ import annotations

import csv
import io
import re
from collections import Counter

from orientir.spreadsheets.limits import CELL_CHARACTERS, FILLED_CELLS
from orientir.spreadsheets.refusals import SEND_AGAIN, Refusal

DELIMITERS = (";", "\t", ",")
SAVE_AS_CSV = "Откройте его в Excel или LibreOffice и сохраните как «CSV UTF-8 (разделители — запятые)» или как XLSX."
_SAMPLE_LINES, _SAMPLE_CHARACTERS = 50, 100_000  # the sample stays below the limit of the csv module for one cell
_MARKS = ((b"\xef\xbb\xbf", "utf-8-sig"), (b"\xff\xfe", "utf-16"), (b"\xfe\xff", "utf-16"))
_CONTROL = re.compile("[\x00-\x08\x0e-\x1f\x7f\ufffe\uffff]")
_RUSSIAN = re.compile("[А-Яа-яЁё№«»„“”–—…\xa0]")
_SWAPPED_CASE = re.compile("[а-яё][А-ЯЁ]{2}")  # KOI8-R read as Windows-1251: «оПНТХКЭ»
_ORDINARY_CASE = re.compile("[А-ЯЁа-яё][а-яё]{2}")
_DECLARED = re.compile(r"sep=([;,\t])\r?\n?", re.IGNORECASE)


def read_delimited(data: bytes) -> tuple[list[list[str]], str, str]:
    """Rows, encoding and delimiter. Refusal for what is no text, for unclosed quotes and for more than the limits."""
    text, encoding = decoded(data)
    declared = _DECLARED.match(text)
    if declared:
        text = text[declared.end() :]
    delimiter = declared[1] if declared else _delimiter(text)
    return _rows(text, delimiter), encoding, delimiter


def decoded(data: bytes) -> tuple[str, str]:
    """The text and its encoding: «utf-8», «utf-8-sig», «utf-16» or «windows-1251»; Refusal where it is no text."""
    encoding = _encoding(data)
    try:
        text = data.decode(encoding)
    except UnicodeDecodeError:
        raise (_no_text() if _CONTROL.search(data.decode("latin-1")) else _unknown_encoding()) from None
    if not text.strip("\ufeff \t\r\n;,"):
        raise Refusal("в файле нет ни одной заполненной ячейки.", SEND_AGAIN)
    if _CONTROL.search(text):
        raise _no_text()
    if encoding == "windows-1251":
        _check_russian(text)
    return text, encoding


def _no_text() -> Refusal:
    return Refusal("это не таблица: формат файла не распознан или он повреждён.", "Пришлите файл XLSX, ODS или CSV.")


def _unknown_encoding() -> Refusal:
    return Refusal("кодировка файла не распознана: это не UTF-8 и не Windows-1251.", SAVE_AS_CSV)


def _encoding(data: bytes) -> str:
    for mark, encoding in _MARKS:
        if data.startswith(mark):
            return encoding
    head = data[:4096]
    if head[1::2].count(0) > len(head) // 8:
        return "utf-16-le"
    if head[::2].count(0) > len(head) // 8:
        return "utf-16-be"
    try:
        data.decode("utf-8")
    except UnicodeDecodeError:
        return "windows-1251"
    return "utf-8"


def _check_russian(text: str) -> None:
    """Any bytes are some Windows-1251; only Russian words tell that this is one, and not a DOS or Unix encoding."""
    sample = text[:200_000]
    foreign = sum(not character.isascii() for character in sample)
    swapped, ordinary = len(_SWAPPED_CASE.findall(sample)), len(_ORDINARY_CASE.findall(sample))
    if len(_RUSSIAN.findall(sample)) < 0.9 * foreign or swapped > ordinary:
        raise _unknown_encoding()


def _delimiter(text: str) -> str:
    """The one that cuts the most rows into the same number of cells; a table of one column has «;»."""
    lines = text[:_SAMPLE_CHARACTERS].splitlines()[:_SAMPLE_LINES]
    return max(DELIMITERS, key=lambda delimiter: _agreement(lines, delimiter))


def _agreement(lines: list[str], delimiter: str) -> int:
    widths = Counter(len(row) for row in csv.reader(lines, delimiter=delimiter) if row)
    width, rows = max(widths.items(), key=_by_rows, default=(0, 0))
    return rows if width > 1 else 0


def _by_rows(width_and_rows: tuple[int, int]) -> tuple[int, int]:
    width, rows = width_and_rows
    return rows, width


def _rows(text: str, delimiter: str) -> list[list[str]]:
    reader = csv.reader(io.StringIO(text, newline=""), delimiter=delimiter, strict=True)
    rows: list[list[str]] = []
    cells = 0
    try:
        for row in reader:
            cells += len(row)
            _check_row(row, cells, reader.line_num)
            rows.append(row)
    except csv.Error as error:
        raise _broken(str(error), reader.line_num) from None
    return rows


def _check_row(row: list[str], cells: int, line: int) -> None:
    if cells > FILLED_CELLS:
        raise Refusal(
            f"в таблице больше {FILLED_CELLS // 10**6} млн ячеек.", "Пришлите её по частям.", f"строка {line}"
        )
    if row and max(map(len, row)) > CELL_CHARACTERS:
        what = f"в одной ячейке больше {CELL_CHARACTERS} знаков: вероятно, не закрыта кавычка."
        raise Refusal(what, "Проверьте кавычки в этой строке.", f"строка {line}")


def _broken(message: str, line: int) -> Refusal:
    if "unexpected end" in message or "field larger" in message:
        return Refusal("кавычка открыта и не закрыта до конца файла.", SAVE_AS_CSV, f"строка {line}")
    return Refusal("кавычки расставлены неверно: после закрывающей кавычки идёт текст.", SAVE_AS_CSV, f"строка {line}")
