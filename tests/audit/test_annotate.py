"""The audited DOCX with comments: where they stand, what they say, and that nothing else changes."""

from __future__ import annotations

import io
import shutil
import subprocess
import zipfile
from pathlib import Path

import docx
import pytest
from docx.document import Document
from lxml import etree

from orientir.audit.document import Place
from orientir.audit.finding import Finding, Severity
from orientir.audit.outputs.annotate import annotated
from orientir.audit.reading import read_bytes
from orientir.errors import UserError

W = "{http://schemas.openxmlformats.org/wordprocessingml/2006/main}"
TEXT, LINKS, INDEX = "word/document.xml", "word/_rels/document.xml.rels", "[Content_Types].xml"


def book() -> Document:
    """Paragraphs 0 and 1, a table of 2 and 3, paragraph 4."""
    made = docx.Document()
    made.add_heading("Отчёт", 1)
    made.add_paragraph("Доля выросла до 57 %.")
    row = made.add_table(rows=1, cols=2).rows[0]
    row.cells[0].text, row.cells[1].text = "46", "57"
    made.add_paragraph("Конец.")
    return made


def saved(made: Document) -> bytes:
    target = io.BytesIO()
    made.save(target)
    return target.getvalue()


def finding(anchor: str, message: str = "Не сходится.", line: int = 1) -> Finding:
    return Finding(
        "share-wrong", Severity.ERROR, Place(line, None, anchor), message, "3", "2022", "57", "58 %", ("всего 46",)
    )


def parts(data: bytes) -> dict[str, bytes]:
    with zipfile.ZipFile(io.BytesIO(data)) as archive:
        assert archive.testzip() is None
        return {name: archive.read(name) for name in archive.namelist()}


def changed(data: bytes, **new: str) -> bytes:
    """The same archive with other text in some parts; an empty text drops the part."""
    target = io.BytesIO()
    with zipfile.ZipFile(target, "w") as archive:
        for name, content in (parts(data) | {name: text.encode() for name, text in new.items()}).items():
            if content:
                archive.writestr(name, content)
    return target.getvalue()


def marked(data: bytes) -> dict[str, str]:
    """The number of each comment -> the text of the paragraph in which it stands."""
    root = etree.fromstring(parts(data)[TEXT])
    found = {}
    for reference in root.iter(f"{W}commentReference"):
        paragraph = next(reference.iterancestors(f"{W}p"))
        number = reference.get(f"{W}id")
        (start,) = paragraph.findall(f"{W}commentRangeStart[@{W}id='{number}']")
        (end,) = paragraph.findall(f"{W}commentRangeEnd[@{W}id='{number}']")
        assert paragraph.index(start) < paragraph.index(end) < paragraph.index(reference.getparent())
        found[number] = "".join(paragraph.itertext(f"{W}t"))
    return found


def test_comments_stand_where_the_findings_are():
    data = annotated(saved(book()), [finding("p3", line=4), finding("p1", line=2), finding("p3", line=4)])
    assert sorted(marked(data).values()) == ["57", "57", "Доля выросла до 57 %."]
    comments = [comment.text for comment in docx.Document(io.BytesIO(data)).comments]
    assert len(comments) == 3
    assert comments[0].replace("\u00a0", " ").split("\n") == [
        "[ошибка] Доля не равна частному своих чисел (share-wrong)",
        "Таблица 3, 2022.",
        "Напечатано 57, ожидается 58 %.",
        "Не сходится.",
        "Основание: всего 46",
    ]


def test_addresses_are_those_of_the_reader():
    """A cell and a sentence as the reader of DOCX names them."""
    data = saved(book())
    text = read_bytes(data, "отчёт.docx")
    cell = next(cell for cell in text.tables[0].cells() if cell.text == "57")
    sentence = next(one for one in text.paragraphs if one.text.startswith("Доля"))
    found = [finding(place.anchor, line=place.line) for place in (cell.place, sentence.place)]
    assert sorted(marked(annotated(data, found)).values()) == ["57", "Доля выросла до 57 %."]


def test_nothing_else_changes():
    before = saved(book())
    after = annotated(before, [finding("p1"), finding("p3")])
    old, new = parts(before), parts(after)
    assert list(new)[: len(old)] == list(old)
    assert {name for name in new if new[name] != old.get(name)} == {INDEX, LINKS, TEXT, "word/comments.xml"}
    assert read_bytes(after, "a.docx").blocks == read_bytes(before, "a.docx").blocks


def test_same_findings_give_the_same_bytes():
    found = [finding("p1"), finding("p3")]
    before = saved(book())
    assert annotated(before, found) == annotated(before, found[::-1])


def test_comments_of_others_stay():
    made = book()
    line = made.paragraphs[1]
    made.add_comment(line.runs, "Проверить!", "Редактор", "Р")
    before = saved(made)
    after = annotated(before, [finding("p1")])
    comments = {comment.comment_id: comment for comment in docx.Document(io.BytesIO(after)).comments}
    assert [(one.author, one.text.split("\n")[0][:10]) for one in comments.values()] == [
        ("Редактор", "Проверить!"),
        ("Ориентир", "[ошибка] Д"),
    ]
    assert len(marked(after)) == len(comments) == 2
    assert parts(after)[LINKS] == parts(before)[LINKS] and parts(after)[INDEX] == parts(before)[INDEX]


def test_annotating_twice_adds_and_loses_nothing():
    once = annotated(saved(book()), [finding("p1")])
    assert sorted(marked(annotated(once, [finding("p3")]))) == ["0", "1"]


def test_no_findings_no_change():
    data = saved(book())
    assert annotated(data, []) == data


def test_finding_without_an_address_goes_to_the_first_paragraph():
    data = annotated(saved(book()), [finding("p3"), finding("")])
    assert sorted(marked(data).values()) == ["57", "Отчёт"]


def test_comment_on_a_text_box_stands_outside_it():
    made = book()
    box = (
        '<w:r xmlns:w="http://schemas.openxmlformats.org/wordprocessingml/2006/main" '
        'xmlns:v="urn:schemas-microsoft-com:vml"><w:pict><v:shape style="width:90pt;height:40pt"><v:textbox>'
        "<w:txbxContent><w:p><w:r><w:t>в рамке</w:t></w:r></w:p></w:txbxContent></v:textbox></v:shape></w:pict></w:r>"
    )
    made.paragraphs[1]._p.append(etree.fromstring(box))
    root = etree.fromstring(parts(annotated(saved(made), [finding("p2")]))[TEXT])
    (reference,) = root.iter(f"{W}commentReference")
    assert not list(reference.iterancestors(f"{W}txbxContent"))


def test_hostile_words_are_only_words():
    data = annotated(saved(book()), [finding("p1", "<w:p/> & \x00\x1b ]]> \u202e\ud800")])
    (comment,) = docx.Document(io.BytesIO(data)).comments
    assert "<w:p/> & ]]>" in " ".join(comment.text.split())


def test_dangling_relationship_to_comments_is_mended():
    before = saved(book())
    kind = "http://schemas.openxmlformats.org/officeDocument/2006/relationships/comments"
    lost = f'<Relationship Id="rIdLost" Type="{kind}" Target="comments9.xml"/></Relationships>'
    links = parts(before)[LINKS].decode().replace("</Relationships>", lost)
    after = annotated(changed(before, **{LINKS: links}), [finding("p1")])
    assert len(list(docx.Document(io.BytesIO(after)).comments)) == 1
    assert "comments9" not in parts(after)[LINKS].decode()


def test_document_without_a_list_of_relationships():
    after = annotated(changed(saved(book()), **{LINKS: ""}), [finding("p1")])
    assert b"comments.xml" in parts(after)[LINKS]


@pytest.mark.parametrize(
    "data",
    [
        b"",
        b"plain text",
        b"%PDF-1.7",
        b"PK\x03\x04 torn",
        saved(book())[:-40],
        changed(saved(book()), **{TEXT: ""}),
        changed(saved(book()), **{TEXT: "<w:document"}),
        changed(saved(book()), **{INDEX: ""}),
    ],
    ids=["empty", "text", "pdf", "torn", "cut", "no text", "broken text", "no index"],
)
def test_what_is_no_docx_is_told_plainly(data):
    with pytest.raises(UserError, match="--annotate"):
        annotated(data, [finding("p1")])


@pytest.mark.parametrize("anchors", [("",), ("c3",), ("p999",), ("p1", "p999"), ("p-1",), ("p1.5",)])
def test_places_of_another_file_are_told_plainly(anchors):
    with pytest.raises(UserError, match="не относятся к этому документу"):
        annotated(saved(book()), [finding(anchor) for anchor in anchors])


@pytest.mark.slow
def test_result_opens_in_libreoffice(tmp_path: Path):
    (tmp_path / "a.docx").write_bytes(annotated(saved(book()), [finding("p1"), finding("p3")]))
    office = shutil.which("soffice")
    if office is None:
        pytest.skip("no LibreOffice")
    profile = f"-env:UserInstallation={(tmp_path / 'profile').as_uri()}"
    to = ("--headless", "--convert-to", "odt", "--outdir", str(tmp_path))
    subprocess.run([office, profile, *to, str(tmp_path / "a.docx")], check=True, capture_output=True, timeout=120)
    with zipfile.ZipFile(tmp_path / "a.odt") as archive:
        content = archive.read("content.xml").decode()
    assert content.count("<office:annotation ") == 2 and "Не сходится." in content and "Конец." in content
