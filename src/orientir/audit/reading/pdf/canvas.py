"""The device on which pdfminer draws a page: it keeps words and straight rules, and stops at what no report needs.

Glyphs become words while they are drawn. pdfplumber's own objects would be made for every glyph and cost as much time
again as the reading of the file.
"""

from __future__ import annotations

from collections.abc import Sequence
from itertools import pairwise
from typing import Any

from pdfminer.pdfcolor import PDFColorSpace
from pdfminer.pdfdevice import PDFTextDevice, PDFTextSeq
from pdfminer.pdffont import PDFFont, PDFUnicodeNotDefined
from pdfminer.pdfinterp import PDFGraphicState, PDFPageInterpreter, PDFResourceManager
from pdfminer.pdfpage import PDFPage
from pdfminer.pdftypes import PDFStream, resolve1
from pdfminer.utils import Matrix, PathSegment, Point, Rect, apply_matrix_pt, mult_matrix

from orientir.audit.reading.pdf.sheet import Rule, Sheet, Word

# A wider gap than this share of the letter's height stands for a space that was not printed.
SPACE = 0.18
# A filled strip thinner than this is a rule, in points.
THIN = 3.0
# How far from level or upright a rule may be.
SLANT = 0.7

# A form that covers less of the page, and has lines in it, is a figure; a larger one is the page itself, wrapped.
FIGURE = 0.6

PAGE_MARKS = 300_000
PAGE_BYTES = 32_000_000

_BLANKS = frozenset(" \xa0\t\n\r\u2000\u2001\u2002\u2003\u2004\u2005\u2006\u2007\u2008\u2009\u200a\u202f\u3000")
_TIES = frozenset("\xa0\u2007\u202f")
_BOLD = ("bold", "black", "heavy", "demi")


class TooComplex(Exception):
    """The page asks for more drawing than any page of a report."""


class Interpreter(PDFPageInterpreter):
    """Counts what it is made to read, forms within forms too: a small file may ask for endless reading."""

    def execute(self, streams: Sequence[object]) -> None:
        parts = [resolve1(stream) for stream in streams]
        self.device.spend(sum(len(part.get_data()) for part in parts if isinstance(part, PDFStream)))  # type: ignore[attr-defined]
        super().execute(streams)


class Canvas(PDFTextDevice):
    """Takes one page; `sheet` is what was drawn."""

    def __init__(self, manager: PDFResourceManager, number: int) -> None:
        super().__init__(manager)
        self.sheet = Sheet(number, 0.0, 0.0)
        self._marks = 0
        self._bytes = 0
        self._figures_open: list[tuple[float, int, int, int]] = []
        self._drew = False
        self._bold: dict[str, bool] = {}

    def spend(self, amount: int) -> None:
        """So many bytes of drawing commands are about to be read; TooComplex beyond the limit of a page."""
        self._bytes += amount
        if self._bytes > PAGE_BYTES:
            raise TooComplex

    def _count(self, marks: int = 1) -> None:
        self._marks += marks
        if self._marks > PAGE_MARKS:
            raise TooComplex

    def begin_page(self, page: PDFPage, ctm: Matrix) -> None:
        x0, y0, x1, y1 = page.mediabox
        width, height = abs(x1 - x0), abs(y1 - y0)
        self.sheet.width, self.sheet.height = (height, width) if page.rotate in (90, 270) else (width, height)

    def begin_figure(self, name: str, bbox: Rect, matrix: Matrix) -> None:
        self._count(10)
        sheet = self.sheet
        self._figures_open.append((self._area(bbox, matrix), len(sheet.words), len(sheet.level), len(sheet.upright)))

    def end_figure(self, name: str) -> None:
        """A drawing within the page is a chart: its labels are no text and its rules no table."""
        area, words, level, upright = self._figures_open.pop()
        sheet = self.sheet
        if area < FIGURE * sheet.width * sheet.height and self._drew:
            del sheet.words[words:], sheet.level[level:], sheet.upright[upright:]
        self._drew = self._drew and bool(self._figures_open)

    def _area(self, bbox: Rect, matrix: Matrix) -> float:
        a, b, c, d, _, _ = mult_matrix(matrix, self.ctm or (1, 0, 0, 1, 0, 0))
        x0, y0, x1, y1 = bbox
        return abs((a * d - b * c) * (x1 - x0) * (y1 - y0))

    def render_image(self, name: str, stream: PDFStream) -> None:
        self._count()
        a, b, c, d, _, _ = self.ctm or (0.0,) * 6
        page = self.sheet.width * self.sheet.height
        self.sheet.pictured += abs(a * d - b * c) / page if page else 0.0

    def render_string_horizontal(  # noqa: C901  one loop over glyphs, where the time is spent
        self,
        seq: PDFTextSeq,
        matrix: Matrix,
        pos: Point,
        font: PDFFont,
        fontsize: float,
        scaling: float,
        charspace: float,
        wordspace: float,
        rise: float,
        dxscale: float,
        ncs: PDFColorSpace,
        graphicstate: PDFGraphicState,
    ) -> Point:
        x, y = pos
        letters: list[str] = []
        start = end = x
        space, spacing = "", False
        widest = SPACE * abs(fontsize)
        step = fontsize * scaling
        for part in seq:
            if not isinstance(part, bytes):
                if isinstance(part, int | float):
                    x -= part * dxscale
                spacing = True
                continue
            for cid in font.decode(part):
                if spacing:
                    x += charspace
                spacing = True
                text = self._letter(font, cid)
                blank = text in _BLANKS
                if letters and (blank or x - end > widest):
                    self._word(letters, matrix, font, fontsize, rise, (start, end, y), space)
                    letters, space = [], ""
                if blank:
                    space = "\xa0" if text in _TIES else " "
                else:
                    if not letters:
                        start = x
                    letters.append(text)
                x += font.char_width(cid) * step
                end = x
                if cid == 32 and wordspace:
                    x += wordspace
        if letters:
            self._word(letters, matrix, font, fontsize, rise, (start, end, y), space)
        return x, y

    def _letter(self, font: PDFFont, cid: int) -> str:
        try:
            text = font.to_unichr(cid)
        except PDFUnicodeNotDefined:
            text = ""
        if text and text != "\ufffd":
            return text
        self.sheet.undeciphered += 1
        return "\ufffd"

    def _word(
        self,
        letters: list[str],
        matrix: Matrix,
        font: PDFFont,
        fontsize: float,
        rise: float,
        place: tuple[float, float, float],
        space: str,
    ) -> None:
        """Keeps a run of glyphs that stands at x from and to, and y, of the text's own space."""
        self._count(len(letters))
        turn = _turn(matrix)
        if turn is None:
            return
        start, end, y = place
        low = y + font.get_descent() * fontsize + rise
        left, bottom = apply_matrix_pt(matrix, (start, low))
        right, top = apply_matrix_pt(matrix, (end, low + fontsize))
        height = self.sheet.height
        x0, x1 = (left, right) if left <= right else (right, left)
        y0, y1 = (bottom, top) if bottom <= top else (top, bottom)
        size = y1 - y0 if turn == 0 else x1 - x0
        word = Word(x0, height - y1, x1, height - y0, "".join(letters), size, self._is_bold(font), turn, space)
        self.sheet.words.append(word)

    def _is_bold(self, font: PDFFont) -> bool:
        name = str(font.fontname)
        if name not in self._bold:
            self._bold[name] = any(word in name.lower() for word in _BOLD)
        return self._bold[name]

    def paint_path(
        self, graphicstate: PDFGraphicState, stroke: bool, fill: bool, evenodd: bool, path: Sequence[PathSegment]
    ) -> None:
        self._count(len(path))
        self._drew = bool(self._figures_open)
        for points in self._figures(path):
            if stroke:
                for start, stop in pairwise(points):
                    self._rule(*start, *stop)
            elif fill:
                self._strip(points)

    def _figures(self, path: Sequence[Any]) -> list[list[Point]]:
        """The parts of a path that are drawn by straight lines only, as points of the page."""
        figures: list[list[Point]] = []
        points: list[Point] = []
        for operator, *numbers in path:
            if operator == "m":
                points = [self._point(numbers)]
                figures.append(points)
            elif operator == "l":
                points.append(self._point(numbers))
            elif operator == "h":
                points.extend(points[:1])
            else:
                points.clear()
        return figures

    def _point(self, numbers: list[float]) -> Point:
        x, y = apply_matrix_pt(self.ctm or (1, 0, 0, 1, 0, 0), (float(numbers[0]), float(numbers[1])))
        return x, self.sheet.height - y

    def _strip(self, points: list[Point]) -> None:
        """A thin filled figure is how browsers and offices draw a rule."""
        if len(points) < 3:
            return
        across = [x for x, _ in points]
        down = [y for _, y in points]
        x0, x1, top, bottom = min(across), max(across), min(down), max(down)
        if bottom - top <= THIN < x1 - x0:
            self._rule(x0, (top + bottom) / 2, x1, (top + bottom) / 2)
        elif x1 - x0 <= THIN < bottom - top:
            self._rule((x0 + x1) / 2, top, (x0 + x1) / 2, bottom)

    def _rule(self, x0: float, y0: float, x1: float, y1: float) -> None:
        if abs(y1 - y0) <= SLANT < abs(x1 - x0):
            self.sheet.level.append(Rule(min(x0, x1), (y0 + y1) / 2, max(x0, x1), (y0 + y1) / 2))
        elif abs(x1 - x0) <= SLANT < abs(y1 - y0):
            self.sheet.upright.append(Rule((x0 + x1) / 2, min(y0, y1), (x0 + x1) / 2, max(y0, y1)))


def _turn(matrix: Matrix) -> int | None:
    """Where the text runs; None of slanting text, which is a watermark or a label of a chart."""
    a, b, _, _, _, _ = matrix
    if abs(b) <= abs(a) * 0.02:
        return 0
    if abs(a) <= abs(b) * 0.02:
        return 90 if b > 0 else 270
    return None


def drawn(manager: PDFResourceManager, page: PDFPage, number: int) -> Sheet:
    """The page as it is drawn, its links apart; TooComplex beyond all measure, and whatever pdfminer raises."""
    canvas = Canvas(manager, number)
    Interpreter(manager, canvas).process_page(page)
    return canvas.sheet
