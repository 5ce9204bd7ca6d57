"""A report as one PNG: for a screen or a chat that shows pictures and no pages."""

import io
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from pathlib import Path

import reportlab
from PIL import Image, ImageDraw, ImageFont
from reportlab.graphics.shapes import Circle, Drawing, Line, PolyLine, Rect, String
from reportlab.lib.colors import Color

from station.report.document import Block, Pictures, Report, Table, Text
from station.report.drawings import INK, LINE, QUIET, WIDTH, draw

SCALE = 2
"""Pixels a point."""
MARGIN = 24.0
MOST_HIGH = 12_000
"""Pixels: what is further down is cut off, and the page says so."""
_FONTS = Path(reportlab.__file__).parent / "fonts"
_IN_A_ROW = 3
_GAP = 8.0
_Place = Callable[[float, float], tuple[float, float]]
"""From points of a drawing to pixels of the sheet."""


def png(report: Report) -> bytes:
    """Return the picture: everything in the report in one column."""
    page = _Page.blank()
    page.text(report.title, 16, bold=True)
    for name, value in report.facts:
        page.cells((name, value), (100.0, WIDTH - 100.0), 8, quiet=1)
    for section in report.sections:
        page.space(_GAP)
        page.text(section.title, 11, bold=True)
        page.text(section.about, 7.5, colour=QUIET)
        page.space(_GAP / 2)
        for block in section.blocks:
            _add(page, block)
            page.space(_GAP)
    return page.finished()


def _add(page: "_Page", block: Block) -> None:
    match block:
        case Text():
            page.text(block.text, 8.5)
        case Table():
            _table(page, block)
        case Pictures():
            _pictures(page, block)
        case _:
            page.drawing(draw(block))


def _table(page: "_Page", table: Table) -> None:
    rows = (table.head, *table.rows)
    font = _font(8, bold=True)
    wishes = [max(font.getlength(row[column]) for row in rows) / SCALE + 12 for column in range(len(table.head))]
    least = WIDTH / len(wishes)
    rest = WIDTH - sum(min(wish, least) for wish in wishes)
    beyond = sum(max(wish - least, 0) for wish in wishes)
    share = min(1.0, rest / beyond) if beyond else 0.0
    widths = [min(wish, least) + share * max(wish - least, 0) for wish in wishes]
    page.cells(table.head, widths, 8, bold=True)
    for row in table.rows:
        page.rule()
        page.cells(row, widths, 8)


def _pictures(page: "_Page", block: Pictures) -> None:
    width = WIDTH / _IN_A_ROW
    for start in range(0, len(block.pictures), _IN_A_ROW):
        row = block.pictures[start : start + _IN_A_ROW]
        page.images([one.jpeg for one in row], width)
        page.cells([one.caption for one in row], [width] * len(row), 6.5)


def _font(points: float, *, bold: bool = False) -> ImageFont.FreeTypeFont:
    return ImageFont.truetype(_FONTS / ("VeraBd.ttf" if bold else "Vera.ttf"), round(points * SCALE))


def _rgb(colour: Color) -> tuple[int, int, int]:
    red, green, blue = (round(255 * part) for part in colour.rgb())
    return red, green, blue


@dataclass(slots=True)
class _Page:
    """A tall sheet that is written from top to bottom; lengths in points."""

    sheet: Image.Image
    pen: ImageDraw.ImageDraw
    y: float

    @classmethod
    def blank(cls) -> "_Page":
        sheet = Image.new("RGB", (round((WIDTH + 2 * MARGIN) * SCALE), MOST_HIGH), "white")
        return cls(sheet, ImageDraw.Draw(sheet), MARGIN)

    def finished(self) -> bytes:
        """Cut the sheet below the last line."""
        if (self.y + MARGIN) * SCALE > MOST_HIGH:
            self.y = MOST_HIGH / SCALE - MARGIN - 12
            self.pen.rectangle((0, self.y * SCALE, self.sheet.width, MOST_HIGH), fill="white")
            self.text("More is on the page, which this picture has no room for.", 8)
        out = io.BytesIO()
        self.sheet.crop((0, 0, self.sheet.width, round((self.y + MARGIN) * SCALE))).save(out, "PNG", optimize=False)
        return out.getvalue()

    def space(self, points: float) -> None:
        self.y += points

    def rule(self) -> None:
        y = round(self.y * SCALE)
        self.pen.line((MARGIN * SCALE, y, (MARGIN + WIDTH) * SCALE, y), fill=_rgb(LINE))
        self.y += 1

    def text(self, text: str, points: float, *, bold: bool = False, colour: Color = INK) -> None:
        self.y += self._write(text, MARGIN, WIDTH, points, bold=bold, colour=colour)

    def cells(
        self, texts: Sequence[str], widths: Sequence[float], points: float, *, bold: bool = False, quiet: int = 0
    ) -> None:
        """Write texts beside each other, the first `quiet` of them paler."""
        x, highest = MARGIN, 0.0
        for number, (text, width) in enumerate(zip(texts, widths, strict=True)):
            colour = QUIET if number < quiet else INK
            highest = max(highest, self._write(text, x, width - 6, points, bold=bold, colour=colour))
            x += width
        self.y += highest

    def images(self, jpegs: Sequence[bytes], width: float) -> None:
        highest = 0
        for number, jpeg in enumerate(jpegs):
            picture = Image.open(io.BytesIO(jpeg))
            wide = round((width - 8) * SCALE)
            image = picture.resize((wide, round(wide * picture.height / picture.width)), Image.Resampling.BILINEAR)
            self.sheet.paste(image, (round((MARGIN + number * width) * SCALE), round(self.y * SCALE)))
            highest = max(highest, image.height)
        self.y += highest / SCALE + 2

    def drawing(self, drawing: Drawing) -> None:
        """Draw what `station.report.drawings` uses of reportlab, whose y points upwards."""
        top = self.y + drawing.height
        for shape in drawing.contents:
            _draw_shape(self.pen, shape, lambda x, y: ((MARGIN + x) * SCALE, (top - y) * SCALE))
        self.y = top

    def _write(self, text: str, x: float, width: float, points: float, *, bold: bool, colour: Color) -> float:
        font = _font(points, bold=bold)
        lines = _wrapped(text, font, width * SCALE)
        for number, line in enumerate(lines):
            place = (x * SCALE, (self.y + 1.4 * points * number) * SCALE)
            self.pen.text(place, line, font=font, fill=_rgb(colour))
        return 1.4 * points * len(lines) + 1


def _wrapped(text: str, font: ImageFont.FreeTypeFont, width: float) -> list[str]:
    """Break at spaces, and within a word that is wider than the line."""
    lines = [""]
    for word in text.split(" "):
        longer = f"{lines[-1]} {word}" if lines[-1] else word
        if font.getlength(longer) <= width:
            lines[-1] = longer
            continue
        lines.append("")
        for letter in word:
            if lines[-1] and font.getlength(lines[-1] + letter) > width:
                lines.append("")
            lines[-1] += letter
    return [line for line in lines if line] or [""]


def _draw_shape(pen: ImageDraw.ImageDraw, shape: object, place: _Place) -> None:
    match shape:
        case Line():
            pen.line((place(shape.x1, shape.y1), place(shape.x2, shape.y2)), _rgb(shape.strokeColor), _thick(shape))
        case PolyLine():
            points = [place(x, y) for x, y in zip(shape.points[::2], shape.points[1::2], strict=True)]
            pen.line(points, _rgb(shape.strokeColor), _thick(shape), joint="curve")
        case Circle():
            x, y = place(shape.cx, shape.cy)
            reach = shape.r * SCALE
            pen.ellipse((x - reach, y - reach, x + reach, y + reach), fill=_rgb(shape.fillColor))
        case Rect():
            pen.rectangle(
                (place(shape.x, shape.y + shape.height), place(shape.x + shape.width, shape.y)),
                fill=_rgb(shape.fillColor),
            )
        case String():
            font = _font(shape.fontSize, bold="Bold" in shape.fontName)
            anchor = {"start": "ls", "middle": "ms", "end": "rs"}[shape.textAnchor]
            pen.text(place(shape.x, shape.y), shape.text, font=font, fill=_rgb(shape.fillColor), anchor=anchor)
        case _:
            raise TypeError(f"a drawing of the report has a {type(shape).__name__}, which has no picture")


def _thick(shape: Line | PolyLine) -> int:
    width: float = shape.strokeWidth
    return max(1, round(width * SCALE))
