"""How large a millimetre is on this screen: a bank card is held against a drawn one, which is made to fit."""

from PySide6.QtCore import QLocale, QPointF, QRectF, QSize, Qt, Signal
from PySide6.QtGui import QMouseEvent, QPainter, QPaintEvent, QPen
from PySide6.QtWidgets import QHBoxLayout, QSizePolicy, QWidget

from station.ui.button import Button
from station.ui.cards import Card
from station.ui.context import Context
from station.ui.marks import Look, Mark
from station.ui.theme import HAIR_MM, MAX_PX_PER_MM, MIN_PX_PER_MM, Theme
from station.ui.widgets import Band, Line, Words

CARD_MM = (85.60, 53.98)
"""A bank card, ISO/IEC 7810 ID-1."""
CORNER_MM = 3.18
STEP_PX = 1.0
"""How much longer the card becomes with a tap."""


class DrawnCard(QWidget):
    """An outline of a bank card; its right edge follows the finger."""

    changed = Signal(float)
    """Pixels a millimetre has, if the drawn card is as large as a real one."""

    def __init__(self, theme: Theme) -> None:
        super().__init__()
        self._theme = theme
        self.px_per_mm = theme.px_per_mm
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Expanding)
        theme.changed.connect(self.update)

    def minimumSizeHint(self) -> QSize:  # noqa: N802  (Qt's name)
        """Room for the card at its present size."""
        return QSize(round(CARD_MM[0] * self.px_per_mm) + 2, round(CARD_MM[1] * self.px_per_mm) + 2)

    def choose(self, px_per_mm: float) -> None:
        """Draw it at another size, within what there is room for."""
        widest = max(MIN_PX_PER_MM, min(MAX_PX_PER_MM, (self.width() - 2) / CARD_MM[0]))
        self.px_per_mm = min(max(px_per_mm, MIN_PX_PER_MM), widest)
        self.update()
        self.changed.emit(self.px_per_mm)

    def mousePressEvent(self, event: QMouseEvent) -> None:  # noqa: N802  (Qt's name)
        """Bring the edge under the finger."""
        self._follow(event.position())

    def mouseMoveEvent(self, event: QMouseEvent) -> None:  # noqa: N802  (Qt's name)
        """Keep it there."""
        self._follow(event.position())

    def _follow(self, place: QPointF) -> None:
        self.choose(place.x() / CARD_MM[0])

    def paintEvent(self, _: QPaintEvent) -> None:  # noqa: N802  (Qt's name)
        """Draw the card from the left edge on, so that a real one can be laid against it."""
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        painter.setPen(QPen(self._theme.colour("ink"), self._theme.px(HAIR_MM)))
        painter.setBrush(self._theme.colour("control"))
        box = QRectF(1, 1, CARD_MM[0] * self.px_per_mm, CARD_MM[1] * self.px_per_mm)
        corner = CORNER_MM * self.px_per_mm
        painter.drawRoundedRect(box, corner, corner)
        painter.setFont(self._theme.font())
        painter.setPen(self._theme.colour("quiet"))
        painter.drawText(box, Qt.AlignmentFlag.AlignCenter, f"{QLocale().toString(CARD_MM[0], 'f', 1)} mm")
        painter.end()


class CalibrationCard(Card):
    """Drawn card, finer steps, and the button that says it fits; until then nothing else on the screen changes size."""

    def __init__(self, context: Context) -> None:
        super().__init__(context.theme)
        self._context = context
        theme = context.theme
        self.drawn, self._figure, self._outcome = DrawnCard(theme), Line(), Words()
        self._smaller = Button(theme, "\N{MINUS SIGN}", clicked=lambda: self._step(-STEP_PX))
        self._larger = Button(theme, "+", clicked=lambda: self._step(STEP_PX))
        for button in (self._smaller, self._larger):
            button.setAutoRepeat(True)
        self._fits, self._undo = Button(theme, mark=Mark.OK, clicked=self.keep), Button(theme, clicked=self.begin)
        row = QHBoxLayout()
        for widget in (self._smaller, self._larger, self._figure):
            row.addWidget(widget)
        row.addStretch(1)
        row.addWidget(self._undo)
        row.addWidget(self._fits)
        self.add(self.drawn, 1)
        self.body.addLayout(row)
        self.add(self._outcome)
        self.drawn.changed.connect(lambda _: self._say_figure())
        self.retranslate()

    def begin(self) -> None:
        """Start from what is in force."""
        self._tell("")
        self.drawn.choose(self._context.theme.px_per_mm)

    def keep(self) -> None:
        """Use this size from now on, also after a restart."""
        px_per_mm = self.drawn.px_per_mm
        problem = self._context.screen.change(px_per_mm=px_per_mm, calibrated=True)
        self._context.theme.calibrate(px_per_mm)
        self._context.theme.changed.emit()  # also where the guess was right: nobody need be asked any more
        self._tell(
            self.tr("In use until the screen is started again; it could not be kept: {0}").format(problem)
            if problem
            else self.tr("Kept. Everything has its true size now.")
        )

    def _step(self, px: float) -> None:
        self.drawn.choose(self.drawn.px_per_mm + px / CARD_MM[0])

    def _say_figure(self) -> None:
        figure = self._context.language.locale.toString(self.drawn.px_per_mm, "f", 2)
        self._figure.say(self.tr("{0} pixels a millimetre").format(figure))

    def _tell(self, text: str) -> None:
        self._outcome.setText(text)
        self._outcome.setVisible(bool(text))

    def retranslate(self) -> None:
        """Say everything again in the language in force."""
        self.say(
            self.tr("Size of this screen"),
            self.tr(
                "Hold a bank card against the drawn one. Pull its right edge, or tap minus and plus, until both are equal."
            ),
        )
        self._smaller.setAccessibleName(self.tr("smaller"))
        self._larger.setAccessibleName(self.tr("larger"))
        self._fits.say(self.tr("It fits"))
        self._undo.say(self.tr("Back"))
        self._say_figure()


class UnmeasuredBand(Band):
    """Says that nobody has measured the screen, until somebody has or does not want to; out of the way of whoever works."""

    wanted = Signal()
    """Somebody wants to measure it now."""

    def __init__(self, context: Context) -> None:
        self._context = context
        self._put_off = False
        self._now = Button(context.theme, clicked=self._measure)
        self._later = Button(context.theme, clicked=self._put_it_off)
        super().__init__(context.theme, Look.PANEL, Mark.WAITING, (self._now, self._later))
        context.theme.changed.connect(self._show)
        context.session.changed.connect(self._show)
        self._show()
        self.retranslate()

    def _measure(self) -> None:
        self._put_it_off()
        self.wanted.emit()

    def _put_it_off(self) -> None:
        self._put_off = True
        self._show()

    def _show(self) -> None:
        measured = self._context.screen.settings.calibrated
        self.setVisible(not measured and not self._put_off and self._context.session.person is None)

    def retranslate(self) -> None:
        """Say everything again in the language in force."""
        self.say(
            self.tr("This screen has not been measured"),
            self.tr("Buttons may be too small for gloves, or too large. It takes a bank card and a minute."),
        )
        self._now.say(self.tr("Measure it"))
        self._later.say(self.tr("Not now"))
