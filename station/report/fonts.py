"""Type for the PDF and its charts: every reader's own Latin letters, and Adobe's for the scripts that these lack."""

from itertools import groupby
from xml.sax.saxutils import escape

from reportlab.pdfbase import pdfmetrics
from reportlab.pdfbase.cidfonts import UnicodeCIDFont

PLAIN, BOLD = "Helvetica", "Helvetica-Bold"
OTHER = "STSong-Light"
"""Han, kana, Greek and Cyrillic; a reader brings it along, so that nothing large goes into the file."""

pdfmetrics.registerFont(UnicodeCIDFont(OTHER))


def fitting_font(text: str, font: str) -> str:
    """Return the font if it has all of the text's letters, otherwise the one for other scripts."""
    return font if _is_latin(text) else OTHER


def paragraph_text(text: str) -> str:
    """Return text as a paragraph of reportlab takes it: escaped, runs of other scripts in their own font."""
    runs = ((latin, "".join(run)) for latin, run in groupby(text, _is_latin))
    return "".join(escape(run) if latin else f'<font name="{OTHER}">{escape(run)}</font>' for latin, run in runs)


def _is_latin(text: str) -> bool:
    try:
        text.encode("cp1252")
    except UnicodeEncodeError:
        return False
    return True
