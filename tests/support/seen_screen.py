"""What can be checked of a screen without eyes: words that are cut off, and buttons too small for a glove."""

from collections.abc import Iterator

from PySide6.QtCore import QPoint, QRect, Qt
from PySide6.QtGui import QFontMetrics
from PySide6.QtWidgets import QLineEdit, QScrollArea, QWidget

from station.ui.button import Button
from station.ui.operator.picture_bar import PictureBar
from station.ui.theme import TOUCH_MM
from station.ui.top_bar import TopBar
from station.ui.widgets import Line, Words

_WRAP = int(Qt.AlignmentFlag.AlignLeft) | int(Qt.TextFlag.TextWordWrap)


def seen(top: QWidget) -> Iterator[QWidget]:
    """Give every widget that can be seen without scrolling."""
    for widget in top.findChildren(QWidget):
        if widget.isVisible() and not _scrolled(widget) and not _covered(top, widget):
            yield widget


def _scrolled(widget: QWidget) -> bool:
    parent = widget.parentWidget()
    while parent is not None:
        if isinstance(parent.parentWidget(), QScrollArea):
            return True
        parent = parent.parentWidget()
    return False


def _covered(top: QWidget, widget: QWidget) -> bool:
    on_top = top.childAt(widget.mapTo(top, widget.rect().center()))
    return on_top is not None and on_top is not widget and not widget.isAncestorOf(on_top)


def cut_off(top: QWidget) -> list[str]:
    """Say which words do not fit where they stand."""
    return [f"{type(widget).__name__} {_text(widget)!r}" for widget in seen(top) if not _fits(top, widget)]


def _text(widget: QWidget) -> str:
    return widget.whole if isinstance(widget, Line) else getattr(widget, "text", str)()


def _fits(top: QWidget, widget: QWidget) -> bool:
    place = QRect(widget.mapTo(top, QPoint(0, 0)), widget.size())
    if isinstance(widget, Words):
        words, metrics = widget.contentsRect(), widget.fontMetrics()
    elif type(widget) is Button:
        words, metrics = widget.words_rect(), QFontMetrics(widget.words_font())
    elif isinstance(
        widget, Line
    ):  # a few give way to others: the recipe, the counters, what is told beside the buttons
        bar = widget.parentWidget()
        gives_way = isinstance(bar, PictureBar) or (isinstance(bar, TopBar) and widget in {bar._recipe, bar._counters})
        return gives_way or widget.sizeHint().width() <= widget.width() + 2
    elif isinstance(widget, QLineEdit):
        return widget.fontMetrics().horizontalAdvance(widget.placeholderText()) <= widget.contentsRect().width()
    else:
        return True
    needed = metrics.boundingRect(QRect(0, 0, words.width(), 10_000), _WRAP, _text(widget))
    slack = 2  # hinting rounds up
    return (
        needed.width() <= words.width() + slack
        and needed.height() <= words.height() + metrics.leading() + slack
        and top.rect().contains(place)
    )


def too_small(top: QWidget) -> list[str]:
    """Say which buttons are smaller than a gloved finger."""
    least = round(TOUCH_MM * 4.0) - 1
    buttons = [widget for widget in seen(top) if isinstance(widget, Button)]
    return [
        f"{button.text()!r} {button.width()}x{button.height()}"
        for button in buttons
        if min(button.width(), button.height()) < least
    ]
