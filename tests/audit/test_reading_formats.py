"""The format of a file is told by its content; what cannot be read is named with its reason and what to do."""

from __future__ import annotations

import os
import shutil
import struct
import subprocess
import sys

import pytest

from audit.word_files import archive, docx, p, tbl, tc, tr, whole
from orientir.audit.reading import office, read_bytes, read_document
from orientir.audit.reading.formats import format_of
from orientir.audit.reading.text import read_text
from orientir.errors import UserError
from orientir.spreadsheets.refusals import Refusal

TEXT = "Доля выпускников 2021 года: 12,5 %"
HTML = f"<!DOCTYPE html><html><head><meta charset='utf-8'></head><body><p>{TEXT}</p></body></html>"
ODT = archive({"mimetype": "application/vnd.oasis.opendocument.text", "content.xml": "<x/>"})
ODS = archive({"mimetype": "application/vnd.oasis.opendocument.spreadsheet", "content.xml": "<x/>"})
needs_office = pytest.mark.skipif(
    not (shutil.which("soffice") or shutil.which("libreoffice")), reason="LibreOffice is not installed"
)


def compound(*names: str, flags: int = 0) -> bytes:
    """An OLE file with one sector of directory and streams of nothing; the Word stream holds its first 12 bytes."""
    head = bytearray(512)
    head[:8] = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"
    struct.pack_into("<HHHHH", head, 24, 62, 3, 0xFFFE, 9, 6)
    struct.pack_into("<7I", head, 44, 1, 1, 0, 4096, 3, 1, 0xFFFFFFFE)
    struct.pack_into("<110I", head, 72, 0, 0, *[0xFFFFFFFF] * 108)
    fat = struct.pack("<128I", 0xFFFFFFFD, *[0xFFFFFFFE] * 4, *[0xFFFFFFFF] * 123)
    entries = [_entry("Root Entry", 2, 64), *(_entry(name, 0, 12) for name in names)]
    directory = b"".join(entries).ljust(512, b"\0")
    word = struct.pack("<10xH", flags).ljust(512, b"\0")
    mini = struct.pack("<128I", 0xFFFFFFFE, *[0xFFFFFFFF] * 127)
    return bytes(head) + fat + directory + word + mini


def _entry(name: str, start: int, size: int) -> bytes:
    title = name.encode("utf-16-le")
    return struct.pack("<64sHBB48xIII", title, len(title) + 2, 2, 1, start, size, 0)


@pytest.mark.parametrize(
    ("data", "kind"),
    [
        (docx(p("текст")), "docx"),
        (ODT, "odt"),
        (ODS, "ods"),
        (archive({"[Content_Types].xml": "<x/>", "xl/workbook.xml": "<x/>"}), "xlsx"),
        (b"%PDF-1.7\n", "pdf"),
        (b"\xef\xbb\xbf\n%PDF-1.4\n", "pdf"),
        (b"{\\rtf1\\ansi}", "rtf"),
        (compound("WordDocument"), "doc"),
        (compound("Workbook"), "xls"),
        (HTML.encode(), "html"),
        (HTML.encode("utf-16"), "html"),
        (b"\xef\xbb\xbf  <table><tr><td>1</td></tr></table>", "html"),
        (b"<?xml version='1.0'?><html xmlns='http://www.w3.org/1999/xhtml'/>", "html"),
        (TEXT.encode(), "txt"),
        (b"<< 5 >>", "txt"),
        ("PK — первый класс".encode(), "txt"),
    ],
)
def test_format_by_content(data, kind):
    assert format_of(data) == kind


@pytest.mark.parametrize(
    ("data", "said"),
    [
        (b"\x89PNG\r\n\x1a\n", "картинка"),
        (b"\xff\xd8\xff\xe0", "картинка"),
        (b"Rar!\x1a\x07", "архив RAR"),
        (b"\x1f\x8b\x08", "архив GZIP"),
        (archive({"отчёт.docx": b"x"}), "это архив"),
        (b"PK\x05\x06" + b"\0" * 18, "пустой архив"),
        (b"PK\x03\x04", "повреждён"),
        (docx(p("текст"))[:-40], "повреждён"),
        (archive({"[Content_Types].xml": "<x/>"}), "повреждён"),
        (archive({"[Content_Types].xml": "<x/>", "ppt/presentation.xml": "<x/>"}), "презентация"),
        (archive({"mimetype": "application/epub+zip"}), "не текстовый документ"),
        (compound("EncryptedPackage"), "парол"),
        (compound("WordDocument", flags=0x100), "парол"),
        (compound("PowerPoint Document"), "презентация"),
        (compound("Other"), "не документ"),
        (b"<?xml version='1.0'?><x xmlns='http://schemas.microsoft.com/office/word/2003/wordml'/>", "2003"),
        (b"<?xml version='1.0'?><data/>", "данные XML"),
        (b"MIME-Version: 1.0\r\nContent-Type: multipart/related\r\n", "веб-архив"),
    ],
)  # fmt: skip
def test_what_is_no_document_is_named(data, said):
    with pytest.raises(Refusal, match=said) as caught:
        format_of(data)
    assert caught.value.cure


# ---- files


def test_docx_under_another_name(tmp_path):
    path = tmp_path / "отчёт.txt"
    path.write_bytes(docx(p("текст")))
    found = read_document(path)
    assert (found.format, found.name, found.paragraphs[0].text) == ("docx", "отчёт.txt", "текст")


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "utf-16", "utf-16-le", "cp1251"])
def test_plain_text_in_any_usual_encoding(tmp_path, encoding):
    path = tmp_path / "отчёт.docx"
    path.write_bytes(f"{TEXT}\r\n\r\nИтоги".encode(encoding))
    found = read_document(path)
    assert [(one.text, one.place.line) for one in found.paragraphs] == [(TEXT, 1), ("Итоги", 3)]


def test_stray_control_characters_are_left_out():
    text = (TEXT * 100).replace("12", "12\x02", 1)
    assert read_bytes(text.encode(), "а.txt").paragraphs[0].text == TEXT * 100


@pytest.mark.parametrize(
    ("data", "said"),
    [
        (b"", "пустой"),
        (b"  \n\t\n", "нет текста"),
        (bytes(range(256)) * 20, "формат файла не распознан"),
        ("Отчёт о выпускниках".encode("koi8-r"), "кодировка"),
        ("Отчёт о выпускниках".encode("cp866"), "кодировка"),
    ],
)
def test_files_that_cannot_be_read(tmp_path, data, said):
    path = tmp_path / "файл.docx"
    path.write_bytes(data)
    with pytest.raises(UserError, match=said) as caught:
        read_document(path)
    (fault,) = caught.value.faults
    assert fault.place == "файл.docx"
    assert fault.cure
    assert "Пришлите" not in fault.cure


def test_missing_file_folder_and_link(tmp_path):
    with pytest.raises(UserError, match=r"нет\.docx: такого файла нет"):
        read_document(tmp_path / "нет.docx")
    with pytest.raises(UserError, match="папка"):
        read_document(tmp_path)
    target = tmp_path / "а.txt"
    target.write_text(TEXT, encoding="utf-8")
    (tmp_path / "б.txt").symlink_to(target)
    with pytest.raises(UserError, match="ссылка"):
        read_document(tmp_path / "б.txt")


def test_too_large_file_is_refused_unread(tmp_path):
    path = tmp_path / "большой.docx"
    with path.open("wb") as file:
        file.truncate(100_000_001)
    with pytest.raises(UserError, match="больше 100 МБ"):
        read_document(path)


# ---- LibreOffice


def test_old_format_without_libreoffice(monkeypatch):
    monkeypatch.setattr(office, "which", lambda name: None)
    with pytest.raises(UserError, match=r"старого формата \(RTF\).*Установите LibreOffice"):
        read_bytes(b"{\\rtf1\\ansi text}", "отчёт.rtf")


def _program(tmp_path, monkeypatch, script: str) -> None:
    """Stands in for LibreOffice."""
    path = tmp_path / "soffice"
    path.write_text(f"#!{sys.executable}\n{script}\n", encoding="utf-8")
    path.chmod(0o700)
    monkeypatch.setattr(office, "which", lambda name: str(path))


@pytest.mark.skipif(os.name == "nt", reason="scripts are no programs there")
def test_libreoffice_that_fails_or_hangs(tmp_path, monkeypatch):
    _program(tmp_path, monkeypatch, "raise SystemExit(1)")
    with pytest.raises(UserError, match="не смогла открыть"):
        read_bytes(b"{\\rtf1\\ansi text}", "отчёт.rtf")
    _program(tmp_path, monkeypatch, "import time; time.sleep(30)")
    monkeypatch.setattr(office, "_SECONDS", 0.3)
    with pytest.raises(UserError, match="не открыла документ"):
        read_bytes(b"{\\rtf1\\ansi text}", "отчёт.rtf")


@needs_office
@pytest.mark.slow
@pytest.mark.parametrize("kind", ["doc", "rtf"])
def test_old_formats_through_libreoffice(tmp_path, kind):
    source = tmp_path / "report.docx"
    columns = '<w:tblGrid><w:gridCol w:w="3000"/><w:gridCol w:w="3000"/></w:tblGrid>'
    rows = tbl(tr(tc("Школа"), tc("2021")), tr(tc("А"), tc("7"))).replace("<w:tblPr/>", f"<w:tblPr/>{columns}")
    source.write_bytes(whole(p(TEXT) + rows + p("Итоги")))
    profile = f"-env:UserInstallation=file://{tmp_path}/profile"
    command = ["soffice", profile, "--headless", "--convert-to", kind, "--outdir", str(tmp_path), str(source)]
    subprocess.run(command, check=True, capture_output=True, timeout=120)
    found = read_document(tmp_path / f"report.{kind}")
    assert (found.format, found.paragraphs[0].text) == (kind, TEXT)
    assert [[cell.text for cell in row] for row in found.tables[0].rows] == [["Школа", "2021"], ["А", "7"]]


def test_head_of_a_text_table_is_spread_as_the_row_below_repeats():
    """Sixteen columns under four heads: four each, or one and five each."""
    heads = ["Территория", "2020", "2021", "2022"]
    below = ["", *["Всего", "ПОО", "%", "Вуз", "%"] * 3]
    table = read_text("\n".join(["".join(f"\t{cell}\n" for cell in row) for row in (heads, below, range(16))]), "т.txt")
    row = table.tables[0].rows[0]
    assert [row.index(cell) for cell in dict.fromkeys(row)] == [0, 1, 6, 11]
