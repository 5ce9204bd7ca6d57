"""The takt bar: how far the line's beat is, or how long a held part still waits for its verdict."""

from PySide6.QtCore import QRectF, QSize, Qt, QTimer
from PySide6.QtGui import QPainter, QPaintEvent
from PySide6.QtWidgets import QSizePolicy, QWidget

from station.ui.context import Context
from station.ui.theme import MARGIN_MM, Type

_HEIGHT_MM = 7.0
_STEP_MS = 100


class TaktBar(QWidget):
    """Runs from the last part on; violet and counting down while a part is held."""

    def __init__(self, context: Context) -> None:
        super().__init__()
        self._context = context
        self._takt_s = 0.0
        self._since: float | None = None
        self._hold: tuple[float, float] | None = None
        self._timer = QTimer(self)
        self._timer.setInterval(_STEP_MS)
        self._timer.timeout.connect(self.update)
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)
        context.theme.changed.connect(self.updateGeometry)

    def takt(self, takt_ms: int) -> None:
        """Say how long the line's beat is."""
        self._takt_s = takt_ms / 1000
        self.update()

    def part_came(self) -> None:
        """The beat begins."""
        self._since = self._context.clock.monotonic()
        self.update()

    def hold(self, until_s: float | None, hold_s: float = 0.0) -> None:
        """Count down to a time of the monotonic clock; None: nothing is held."""
        self._hold = None if until_s is None else (until_s, hold_s)
        self.update()

    @property
    def text(self) -> str:
        """What it says."""
        locale = self._context.language.locale
        takt = locale.toString(self._takt_s, "g", 4)
        if self._hold is not None:
            left_s = max(0.0, self._hold[0] - self._context.clock.monotonic())
            return self.tr("waits for you: {0} s").format(locale.toString(left_s, "f", 1))
        if self._since is None:
            return self.tr("takt {0} s · no part yet").format(takt)
        gone_s = self._context.clock.monotonic() - self._since
        if gone_s > 10 * self._takt_s:
            return self.tr("last part {0} s ago · takt {1} s").format(f"{gone_s:.0f}", takt)
        return self.tr("takt {0} / {1} s").format(locale.toString(gone_s, "f", 1), takt)

    @property
    def share(self) -> float:
        """How much of it is filled, 0 to 1."""
        now = self._context.clock.monotonic()
        if self._hold is not None:
            until_s, hold_s = self._hold
            return min(max((until_s - now) / hold_s, 0.0), 1.0) if hold_s > 0 else 0.0
        if self._since is None or self._takt_s <= 0:
            return 0.0
        return min((now - self._since) / self._takt_s, 1.0)

    def showEvent(self, event: object) -> None:  # noqa: N802  (Qt's name)
        """Run only while somebody can see it."""
        self._timer.start()
        super().showEvent(event)  # type: ignore[arg-type]

    def hideEvent(self, event: object) -> None:  # noqa: N802  (Qt's name)
        """Rest."""
        self._timer.stop()
        super().hideEvent(event)  # type: ignore[arg-type]

    def sizeHint(self) -> QSize:  # noqa: N802  (Qt's name)
        """A strip as high as its words."""
        theme = self._context.theme
        return QSize(theme.px(60), theme.px(_HEIGHT_MM))

    def paintEvent(self, _event: QPaintEvent) -> None:  # noqa: N802  (Qt's name)
        """The filled part and the words, which stand on a ground of their own."""
        theme = self._context.theme
        painter = QPainter(self)
        painter.fillRect(self.rect(), theme.colour("panel"))
        held = self._hold is not None
        margin = theme.px(MARGIN_MM)
        painter.setFont(theme.font(Type.BODY, bold=held))
        words = painter.fontMetrics().horizontalAdvance(self.text) + 2 * margin
        track = QRectF(0, 0, max(0, self.width() - words), self.height())
        filled = track.width() * self.share
        rtl = self.isRightToLeft()
        inset = theme.px(1.5)
        groove = track.adjusted(margin, inset, 0, -inset)
        filled = groove.width() * self.share
        if rtl:
            groove.translate(words - margin, 0)
        left = groove.right() - filled if rtl else groove.left()
        painter.fillRect(groove, theme.colour("control"))
        painter.fillRect(
            QRectF(left, groove.top(), filled, groove.height()), theme.colour("undecided" if held else "quiet")
        )
        painter.setPen(theme.colour("ink"))
        at = QRectF(0 if rtl else self.width() - words, 0, words, self.height())
        whole = int(Qt.AlignmentFlag.AlignCenter) | int(Qt.TextFlag.TextDontClip)  # some scripts have tall lines
        painter.drawText(at, whole, self.text)
        painter.end()
