"""How the document looks: styles, lists and settings. Times 13, justified, the first line indented by 1.25 cm."""

from __future__ import annotations

from orientir.reports.columns import CELL_MARGIN, SIZES
from orientir.reports.docx.markup import BOLD, part

FONT = "Times New Roman"
HEADINGS, BULLETS, ORDERED = 1, 2, 3
"""Ids of lists; the ordered ones run from the third on, so that each begins with one."""

_INDENT = 709
_ROOM = 9354
"""The width of the text on an upright sheet."""

_GREY = '<w:color w:val="595959"/>'


def styles(language: str) -> bytes:
    return part("w:styles", _defaults(locale(language)) + _BASES + "".join(_paragraph_styles()) + _TABLE_STYLES)


def locale(language: str) -> str:
    return {"ru": "ru-RU"}.get(language, language)


def _defaults(code: str) -> str:
    fonts = f'<w:rFonts w:ascii="{FONT}" w:hAnsi="{FONT}" w:eastAsia="{FONT}" w:cs="{FONT}"/>'
    language = f'<w:lang w:val="{code}" w:eastAsia="{code}" w:bidi="ar-SA"/>'
    return (
        f"<w:docDefaults><w:rPrDefault><w:rPr>{fonts}{_size(26)}{language}</w:rPr></w:rPrDefault>"
        "<w:pPrDefault/></w:docDefaults>"
    )


_BASES = (
    '<w:style w:type="paragraph" w:default="1" w:styleId="Normal"><w:name w:val="Normal"/><w:qFormat/></w:style>'
    '<w:style w:type="character" w:default="1" w:styleId="DefaultParagraphFont">'
    '<w:name w:val="Default Paragraph Font"/><w:uiPriority w:val="1"/><w:semiHidden/></w:style>'
    '<w:style w:type="numbering" w:default="1" w:styleId="NoList"><w:name w:val="No List"/><w:semiHidden/></w:style>'
    '<w:style w:type="character" w:styleId="Hyperlink"><w:name w:val="Hyperlink"/><w:rPr><w:color w:val="0B4F8A"/>'
    '<w:u w:val="single"/></w:rPr></w:style>'
)

_TABLE_STYLES = (
    '<w:style w:type="table" w:default="1" w:styleId="TableNormal"><w:name w:val="Normal Table"/><w:semiHidden/>'
    '<w:tblPr><w:tblInd w:w="0" w:type="dxa"/></w:tblPr></w:style>'
    '<w:style w:type="table" w:customStyle="1" w:styleId="ReportTable"><w:name w:val="Таблица отчёта"/>'
    '<w:basedOn w:val="TableNormal"/><w:tblPr><w:tblBorders>'
    + "".join(
        f'<w:{side} w:val="single" w:sz="4" w:space="0" w:color="7F7F7F"/>'
        for side in ("top", "left", "bottom", "right", "insideH", "insideV")
    )
    + f'</w:tblBorders><w:tblCellMar><w:top w:w="20" w:type="dxa"/><w:left w:w="{CELL_MARGIN}" w:type="dxa"/>'
    f'<w:bottom w:w="20" w:type="dxa"/><w:right w:w="{CELL_MARGIN}" w:type="dxa"/></w:tblCellMar></w:tblPr></w:style>'
)


def _paragraph_styles() -> list[str]:
    left = '<w:jc w:val="left"/>'
    centre = '<w:jc w:val="center"/>'
    both = '<w:jc w:val="both"/>'
    right = '<w:jc w:val="right"/>'
    page = "<w:pageBreakBefore/>"
    keep = "<w:keepNext/><w:keepLines/>"
    return [
        _style("BodyText", "Body Text", _spacing(0, 0, 276) + _indent(first=_INDENT) + both),
        _heading(1, _spacing(320, 160), 32, BOLD),
        _heading(2, _spacing(260, 100), 28, BOLD),
        _heading(3, _spacing(220, 100), 26, BOLD + "<w:i/>"),
        *(_style(f"PlainHeading{n}", f"Заголовок {n} без номера", _PLAIN, based=f"Heading{n}") for n in (1, 2, 3)),
        _style("ListBullet", "List Bullet", _numbers(BULLETS) + _spacing(0, 0, 276) + both),
        _style("ListNumber", "List Number", _spacing(0, 0, 276) + both),
        _style("Caption", "caption", keep + _spacing(240, 80) + left, _size(24)),
        _style("Figure", "Рисунок", keep + _spacing(240, 0) + centre),
        _style("FigureCaption", "Подпись рисунка", "<w:keepLines/>" + _spacing(80, 240) + centre, _size(24)),
        _style("Note", "Примечание", "<w:keepLines/>" + _spacing(80, 240) + both, _size(22)),
        _style("TableEnd", "Конец таблицы", _hairline(after=200), _size(2)),
        _style("SheetEnd", "Конец листа", _hairline(), _size(2)),
        _style("Callout", "Врезка", _callout() + _spacing(160, 160, 260) + _indent(170, 170) + left, _size(24)),
        *(_style(f"TableText{size}", f"Текст таблицы {size}", left, _size(2 * size)) for size in SIZES),
        _style("Territory", "Территория", _spacing(600, 3000) + centre, _size(30)),
        _style("Title", "Title", _spacing(0, 200) + _indent(1134, 1134) + centre, BOLD + _size(44)),
        _style("Subtitle", "Subtitle", _spacing(0, 480) + centre, _size(32)),
        _style("Period", "Отчётный период", _spacing(0, 0) + centre, _size(28)),
        _style("Date", "Date", _spacing(0, 567) + centre, _size(28)),
        _style("Mark", "Отметка", _spacing(0, 60) + right, "<w:i/>" + _size(24)),
        _style("FrontHeading", "Заголовок без номера", keep + page + _spacing(0, 240) + left, BOLD + _size(32)),
        _style("TOCHeading", "TOC Heading", keep + _spacing(400, 160) + left, BOLD + _size(32)),
        _contents_style(1, 0, 567, BOLD),
        _contents_style(2, 567, 709),
        _contents_style(3, 1276, 851),
        _style("Header", "header", _HEADER_RULE + left, _GREY + _size(18)),
        _style("Footer", "footer", centre, _GREY + _size(20)),
    ]


def _style(name_id: str, name: str, paragraph: str, text: str = "", based: str = "Normal") -> str:
    # Word knows its own styles by their English names; the others have to say that they are ours.
    custom = "" if name.isascii() else ' w:customStyle="1"'
    return (
        f'<w:style w:type="paragraph"{custom} w:styleId="{name_id}"><w:name w:val="{name}"/>'
        f'<w:basedOn w:val="{based}"/><w:qFormat/>'
        f"<w:pPr>{paragraph}</w:pPr><w:rPr>{text}</w:rPr></w:style>"
    )


def _heading(level: int, spacing: str, size: int, text: str) -> str:
    properties = "".join(
        (
            "<w:keepNext/><w:keepLines/>",
            f'<w:numPr><w:ilvl w:val="{level - 1}"/><w:numId w:val="{HEADINGS}"/></w:numPr>',
            spacing,
            f'<w:jc w:val="left"/><w:outlineLvl w:val="{level - 1}"/>',
        )
    )
    return (
        f'<w:style w:type="paragraph" w:styleId="Heading{level}"><w:name w:val="heading {level}"/>'
        '<w:basedOn w:val="Normal"/><w:next w:val="BodyText"/><w:qFormat/>'
        f"<w:pPr>{properties}</w:pPr><w:rPr>{text}{_size(size)}</w:rPr></w:style>"
    )


def _contents_style(level: int, left: int, number: int, text: str = "") -> str:
    start = left + number
    tabs = f'<w:tab w:val="left" w:pos="{start}"/><w:tab w:val="right" w:leader="dot" w:pos="{_ROOM}"/>'
    indent = f'<w:ind w:left="{start}" w:hanging="{number}"/><w:jc w:val="left"/>'
    look = f"<w:tabs>{tabs}</w:tabs>{_spacing(20, 20)}{indent}"
    return _style(f"TOC{level}", f"toc {level}", look, text + _size(24))


def _spacing(before: int, after: int, line: int = 240) -> str:
    return f'<w:spacing w:before="{before}" w:after="{after}" w:line="{line}" w:lineRule="auto"/>'


def _hairline(after: int = 0) -> str:
    """A line that has room even under a table that fills its page to the foot; the space after it may vanish there."""
    return f'<w:spacing w:before="0" w:after="{after}" w:line="20" w:lineRule="exact"/>'


def _indent(left: int = 0, right: int = 0, first: int = 0) -> str:
    return f'<w:ind w:left="{left}" w:right="{right}" w:firstLine="{first}"/>'


def _size(half_points: int) -> str:
    return f'<w:sz w:val="{half_points}"/><w:szCs w:val="{half_points}"/>'


def _numbers(list_id: int) -> str:
    return f'<w:numPr><w:numId w:val="{list_id}"/></w:numPr>'


def _callout() -> str:
    thin = 'w:val="single" w:sz="6" w:space="6" w:color="B9770E"'
    thick = 'w:val="single" w:sz="36" w:space="8" w:color="B9770E"'
    sides = f"<w:top {thin}/><w:left {thick}/><w:bottom {thin}/><w:right {thin}/>"
    return f'<w:keepLines/><w:pBdr>{sides}</w:pBdr><w:shd w:val="clear" w:color="auto" w:fill="FDF6E7"/>'


# Neither numbered nor in the contents.
_PLAIN = '<w:numPr><w:numId w:val="0"/></w:numPr><w:ind w:left="0" w:firstLine="0"/><w:outlineLvl w:val="9"/>'

_HEADER_RULE = (
    '<w:pBdr><w:bottom w:val="single" w:sz="4" w:space="3" w:color="A6A6A6"/></w:pBdr>'
    '<w:spacing w:before="0" w:after="160"/><w:contextualSpacing/>'
)


# ---- lists


def numbering(ordered: int) -> bytes:
    """The numbers of headings, the dashes of bullets, and `ordered` lists that each begin with one."""
    kinds = _HEADING_NUMBERS + _list_kind(1, "bullet", "–") + _list_kind(2, "decimal", "%1)")
    restart = '<w:lvlOverride w:ilvl="0"><w:startOverride w:val="1"/></w:lvlOverride>'
    lists = _list(HEADINGS, 0) + _list(BULLETS, 1)
    lists += "".join(_list(ORDERED + index, 2, restart) for index in range(ordered))
    return part("w:numbering", kinds + lists)


def _list(list_id: int, kind: int, overrides: str = "") -> str:
    return f'<w:num w:numId="{list_id}"><w:abstractNumId w:val="{kind}"/>{overrides}</w:num>'


def _list_kind(kind: int, form: str, mark: str) -> str:
    return (
        f'<w:abstractNum w:abstractNumId="{kind}"><w:multiLevelType w:val="singleLevel"/>'
        f'<w:lvl w:ilvl="0"><w:start w:val="1"/><w:numFmt w:val="{form}"/><w:lvlText w:val="{mark}"/>'
        f'<w:lvlJc w:val="left"/><w:pPr><w:ind w:left="{_INDENT + 425}" w:hanging="425"/></w:pPr></w:lvl>'
        "</w:abstractNum>"
    )


def _heading_level(level: int) -> str:
    pattern = ".".join(f"%{upper}" for upper in range(1, level + 1))
    indent = (567, 709, 851)[level - 1]
    return (
        f'<w:lvl w:ilvl="{level - 1}"><w:start w:val="1"/><w:numFmt w:val="decimal"/><w:pStyle w:val="Heading{level}"/>'
        f'<w:lvlText w:val="{pattern}"/><w:lvlJc w:val="left"/>'
        f'<w:pPr><w:ind w:left="{indent}" w:hanging="{indent}"/></w:pPr></w:lvl>'
    )


_HEADING_NUMBERS = (
    '<w:abstractNum w:abstractNumId="0"><w:multiLevelType w:val="multilevel"/>'
    + "".join(map(_heading_level, (1, 2, 3)))
    + "</w:abstractNum>"
)


# ---- settings


def settings(language: str) -> bytes:
    """Word's present mode (15), no hyphenation, decimal comma."""
    return part(
        "w:settings",
        '<w:zoom w:percent="100"/><w:autoHyphenation w:val="0"/><w:defaultTabStop w:val="709"/>'
        '<w:characterSpacingControl w:val="doNotCompress"/><w:compat><w:compatSetting w:name="compatibilityMode" '
        'w:uri="http://schemas.microsoft.com/office/word" w:val="15"/></w:compat>'
        f'<w:themeFontLang w:val="{locale(language)}"/><w:decimalSymbol w:val=","/><w:listSeparator w:val=";"/>',
    )
