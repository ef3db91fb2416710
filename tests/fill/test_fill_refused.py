"""Templates that are not opened: each with a plain word what to do, no traceback, nothing written."""

from __future__ import annotations

import zipfile
from collections.abc import Callable
from pathlib import Path

import pytest
import xlsxwriter
from docx import Document
from fill_world import institute_form, ministry_form, parts, repacked_with
from filling_forms import Fill

OLE = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"


def xlsm(path: Path) -> Path:
    return repacked_with(ministry_form(path), {"xl/vbaProject.bin": b"macro"})


def docm(path: Path) -> Path:
    return repacked_with(institute_form(path), {"word/vbaProject.bin": b"macro"})


def signed(path: Path) -> Path:
    return repacked_with(ministry_form(path), {"_xmlsignatures/sig1.xml": b"<Signature/>"})


def declares_entities(path: Path) -> Path:
    bomb = b'<?xml version="1.0"?><!DOCTYPE x [<!ENTITY a "aaaa">]><x>&a;</x>'
    form = institute_form(path)
    return repacked_with(form, {"word/document.xml": bomb})


def inflates(path: Path) -> Path:
    return repacked_with(institute_form(path), {"word/media/image1.png": b"\0" * 150_000_000})


def cut(path: Path) -> Path:
    path.write_bytes(ministry_form(path).read_bytes()[:3000])
    return path


def spoilt_xml(path: Path) -> Path:
    form = institute_form(path)
    return repacked_with(form, {"word/document.xml": parts(form)["word/document.xml"][:-40]})


def ods(path: Path) -> Path:
    with zipfile.ZipFile(path, "w") as archive:
        archive.writestr("mimetype", "application/vnd.oasis.opendocument.spreadsheet")
        archive.writestr("content.xml", "<x/>")
    return path


def of_bytes(data: bytes) -> Callable[[Path], Path]:
    def write(path: Path) -> Path:
        path.write_bytes(data)
        return path

    return write


def no_cells(path: Path) -> Path:
    with xlsxwriter.Workbook(path) as book:
        book.add_worksheet("Лист").write(0, 0, "Просто текст")
    return path


def no_tables(path: Path) -> Path:
    document = Document()
    document.add_paragraph("Просто текст")
    document.save(str(path))
    return path


STRANGERS = {
    "xlsm": (xlsm, "form.xlsx", "макросы"),
    "docm": (docm, "form.docx", "макросы"),
    "signed": (signed, "form.xlsx", "электронной подписью"),
    "entities": (declares_entities, "form.docx", "XML-бомба"),
    "zip_bomb": (inflates, "form.docx", "МБ"),
    "cut": (cut, "form.xlsx", "повреждён"),
    "spoilt_xml": (spoilt_xml, "form.docx", "не читается"),
    "ods": (ods, "form.ods", "OpenDocument"),
    "ole": (of_bytes(OLE + b"\0" * 2000), "form.xls", "сохраните"),
    "pdf": (of_bytes(b"%PDF-1.7 ..."), "form.pdf", "PDF"),
    "csv": (of_bytes("Показатель;Значение\nа;1\n".encode()), "form.csv", "CSV"),
    "empty": (of_bytes(b""), "form.xlsx", "пустой"),
    "no_cells": (no_cells, "form.xlsx", "ни одной пустой ячейки"),
    "no_tables": (no_tables, "form.docx", "ни одной пустой ячейки"),
}


@pytest.mark.parametrize("name", STRANGERS)
def test_template_is_refused_plainly(tmp_path: Path, fill: Fill, name: str) -> None:
    make, file, told = STRANGERS[name]
    form = make(tmp_path / file)
    before = sorted(tmp_path.iterdir())
    done = fill(form, tmp_path / f"out{form.suffix}")
    assert done.code == 2
    assert told in done.err
    assert "Traceback" not in done.err
    assert "пришлите" not in done.err.lower()
    assert sorted(tmp_path.iterdir()) == before


def test_result_must_be_of_the_kind_of_the_form(tmp_path: Path, fill: Fill) -> None:
    done = fill(ministry_form(tmp_path / "form.xlsx"), tmp_path / "out.docx")
    assert done.code == 2
    assert "out.xlsx" in done.err


def test_form_itself_is_never_the_result(tmp_path: Path, fill: Fill) -> None:
    form = ministry_form(tmp_path / "form.xlsx")
    before = form.read_bytes()
    assert fill(form, form).code == 2
    assert form.read_bytes() == before


def test_missing_form_is_told(tmp_path: Path, fill: Fill) -> None:
    done = fill(tmp_path / "none.xlsx", tmp_path / "out.xlsx")
    assert done.code == 2
    assert "none.xlsx" in done.err
