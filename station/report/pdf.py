"""A report as PDF, A4 upright, with page numbers. What is in the document decides every byte, but for the time of making."""

import io
from datetime import datetime

from reportlab.lib import colors
from reportlab.lib.pagesizes import A4
from reportlab.lib.styles import ParagraphStyle
from reportlab.lib.units import mm
from reportlab.pdfbase.pdfmetrics import stringWidth
from reportlab.pdfgen.canvas import Canvas
from reportlab.platypus import (
    CondPageBreak,
    Flowable,
    Image,
    Paragraph,
    SimpleDocTemplate,
    Spacer,
)
from reportlab.platypus import Table as PdfTable

from station.report.document import Block, Pictures, Report, Section, Table, Text
from station.report.drawings import INK, LINE, QUIET, WIDTH, draw
from station.report.fonts import BOLD, PLAIN, fitting_font, paragraph_text

_IN_A_ROW = 3
_MARGIN = (A4[0] - WIDTH) / 2
_BODY = ParagraphStyle("body", fontName=PLAIN, fontSize=9, leading=12.5, textColor=INK)
_QUIET = ParagraphStyle("quiet", _BODY, textColor=QUIET, fontSize=8, leading=11)
_MISSING = ParagraphStyle("missing", _BODY, fontName="Helvetica-Oblique")
_CELL = ParagraphStyle("cell", _BODY, fontSize=8, leading=10)
_CAPTION = ParagraphStyle("caption", _QUIET, fontSize=7, leading=9)
_HEAD = ParagraphStyle("head", _CELL, fontName=BOLD)
_SECTION = ParagraphStyle("section", _BODY, fontName=BOLD, fontSize=12, leading=15, spaceBefore=12, spaceAfter=3)
_TITLE = ParagraphStyle("title", _BODY, fontName=BOLD, fontSize=18, leading=22, spaceAfter=6)


def pdf(report: Report, made: datetime) -> bytes:
    """Return the file's bytes."""
    out = io.BytesIO()
    page = SimpleDocTemplate(
        out,
        pagesize=A4,
        leftMargin=_MARGIN - 6,  # a frame has a padding of 6 points
        rightMargin=_MARGIN - 6,
        topMargin=18 * mm,
        bottomMargin=18 * mm,
        title=report.title,
        author=dict(report.facts).get("Station", ""),
        creator="inspection-station",
        invariant=1,
    )
    story: list[Flowable] = [Paragraph(paragraph_text(report.title), _TITLE), _facts(report), Spacer(1, 4)]
    for section in report.sections:
        story += _section(section)
    foot = f"{report.title}, {made:%Y-%m-%d %H:%M} UTC"

    def _number(canvas: Canvas, _: object) -> None:
        canvas.setFont(PLAIN, 8)
        canvas.setFillColor(QUIET)
        canvas.drawString(_MARGIN, 10 * mm, foot)
        canvas.drawRightString(A4[0] - _MARGIN, 10 * mm, f"page {canvas.getPageNumber()}")

    page.build(story, onFirstPage=_number, onLaterPages=_number)
    return out.getvalue()


def _facts(report: Report) -> PdfTable:
    rows = [[Paragraph(paragraph_text(cell), _CELL) for cell in fact] for fact in report.facts]
    return PdfTable(
        rows,
        colWidths=(90, WIDTH - 90),
        style=[("LEFTPADDING", (0, 0), (0, -1), 0), ("TOPPADDING", (0, 0), (-1, -1), 1)],
    )


def _section(section: Section) -> list[Flowable]:
    """The heading is never left alone at the foot of a page."""
    return [
        CondPageBreak(45 * mm),
        Paragraph(paragraph_text(section.title), _SECTION),
        Paragraph(paragraph_text(section.about), _QUIET),
        Spacer(1, 5),
        *(flowable for block in section.blocks for flowable in (_block(block), Spacer(1, 6))),
    ]


def _block(block: Block) -> Flowable:
    match block:
        case Text():
            return Paragraph(paragraph_text(block.text), _MISSING if block.missing else _BODY)
        case Table():
            return _table(block)
        case Pictures():
            return _pictures(block)
        case _:
            return draw(block)


def _pictures(block: Pictures) -> PdfTable:
    """Three in a row, each above its caption."""
    width = WIDTH / _IN_A_ROW
    cells = [[_image(one.jpeg, width - 8), Paragraph(paragraph_text(one.caption), _CAPTION)] for one in block.pictures]
    cells += [[]] * (-len(cells) % _IN_A_ROW)
    rows = [cells[start : start + _IN_A_ROW] for start in range(0, len(cells), _IN_A_ROW)]
    style = [("VALIGN", (0, 0), (-1, -1), "TOP"), ("LEFTPADDING", (0, 0), (-1, -1), 0)]
    return PdfTable(rows, colWidths=width, hAlign="LEFT", style=style)


def _image(jpeg: bytes, width: float) -> Image:
    image = Image(io.BytesIO(jpeg))
    image.drawWidth, image.drawHeight = width, width * image.imageHeight / image.imageWidth
    return image


def _table(table: Table) -> PdfTable:
    rows = [
        [Paragraph(paragraph_text(cell), style) for cell in row]
        for row, style in ((table.head, _HEAD), *((row, _CELL) for row in table.rows))
    ]
    style = [
        ("LINEBELOW", (0, 0), (-1, 0), 0.8, colors.black),
        ("LINEBELOW", (0, 1), (-1, -1), 0.3, LINE),
        ("VALIGN", (0, 0), (-1, -1), "TOP"),
        ("LEFTPADDING", (0, 0), (-1, -1), 2),
        ("RIGHTPADDING", (0, 0), (-1, -1), 4),
        ("TOPPADDING", (0, 0), (-1, -1), 2),
        ("BOTTOMPADDING", (0, 0), (-1, -1), 2),
    ]
    return PdfTable(rows, colWidths=_widths(table), repeatRows=1, hAlign="LEFT", style=style)


def _widths(table: Table) -> list[float]:
    """Share the page out: every column has room for its longest word, and the rest goes by the longest cell, softened."""
    columns = list(zip(table.head, *table.rows, strict=True))
    words = [
        _points(max((word for cell in column for word in cell.split(" ")), key=len, default="")) for column in columns
    ]
    cells = [_points(max(column, key=len)) for column in columns]
    if sum(cells) <= WIDTH:
        return cells
    rest = max(0.0, WIDTH - sum(words))
    wishes = [max(cell - word, 0.0) ** 0.7 for cell, word in zip(cells, words, strict=True)]
    return [word + rest * wish / sum(wishes) for word, wish in zip(words, wishes, strict=True)]


def _points(text: str) -> float:
    """The width of a cell with that text, its padding included; in the bold type, which is the wider one."""
    return float(stringWidth(text, fitting_font(text, BOLD), _CELL.fontSize)) + 8.0
