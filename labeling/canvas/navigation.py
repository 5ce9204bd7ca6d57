"""Moving the view: touches, mouse, wheel and keys become gestures, and those that pan and zoom are followed here."""

import time
from collections.abc import Callable, Iterable

from PySide6.QtCore import QEvent, QPointF, Qt
from PySide6.QtGui import QEventPoint, QHideEvent, QKeyEvent, QMouseEvent, QTouchEvent, QWheelEvent
from PySide6.QtWidgets import QWidget

from labeling.canvas.gestures import DragMoved, Gesture, Gestures, Pinched
from labeling.canvas.outline import CanvasColours
from labeling.canvas.surface import DEFAULT_PX_PER_MM, Surface

At = tuple[float, float]
SLOP_PX = 5.0
MOUSE = -1
"""The mouse as a finger."""
ZOOM_STEP = 1.25
KEY_PAN_SHARE = 0.1
WHEEL_NOTCH = 120.0


class Navigated(Surface):
    """A surface whose view is moved by hand: two fingers, the wheel, +, -, 0, the arrows and the other mouse buttons.

    What one finger, or the left mouse button, does besides is for a subclass to say in `_drag_or_tap`.
    """

    def __init__(
        self,
        colours: CanvasColours | None = None,
        px_per_mm: float = DEFAULT_PX_PER_MM,
        parent: QWidget | None = None,
        clock: Callable[[], float] = time.monotonic,
    ) -> None:
        super().__init__(colours, px_per_mm, parent)
        self._clock = clock
        self._gestures = Gestures(SLOP_PX)
        self._rest: At = (0.0, 0.0)
        self._other_button_at: QPointF | None = None
        self.setAttribute(Qt.WidgetAttribute.WA_AcceptTouchEvents)
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)

    def event(self, event: QEvent) -> bool:
        """Take touches; Qt would otherwise make a mouse of the first finger."""
        if isinstance(event, QTouchEvent):
            if event.type() is QEvent.Type.TouchCancel:
                self._take(self._gestures.cancel())
            for point in event.points():
                self._finger(point.id(), point.state(), point.position())
            event.accept()
            return True
        return bool(super().event(event))

    def mousePressEvent(self, event: QMouseEvent) -> None:  # noqa: N802 - Qt's name
        """Draw with the left button, pan with the others."""
        if event.button() is Qt.MouseButton.LeftButton:
            self._press(MOUSE, event.position())
        elif event.button() in {Qt.MouseButton.MiddleButton, Qt.MouseButton.RightButton}:
            self._other_button_at = event.position()
        else:
            super().mousePressEvent(event)

    def mouseMoveEvent(self, event: QMouseEvent) -> None:  # noqa: N802 - Qt's name
        """Go on with what the button began."""
        if self._other_button_at is not None:
            step = self._device(event.position() - self._other_button_at)
            self._other_button_at = event.position()
            self._pan(*step)
        self._take(self._gestures.move(MOUSE, self._device(event.position())))

    def mouseReleaseEvent(self, event: QMouseEvent) -> None:  # noqa: N802 - Qt's name
        """End it."""
        if event.button() is Qt.MouseButton.LeftButton:
            self._take(self._gestures.release(MOUSE, self._device(event.position()), self._clock()))
        else:
            self._other_button_at = None

    def wheelEvent(self, event: QWheelEvent) -> None:  # noqa: N802 - Qt's name
        """Zoom around the pointer."""
        notches = event.angleDelta().y() / WHEEL_NOTCH
        self._look(self._view.zoomed(ZOOM_STEP**notches, self._device(event.position())))
        event.accept()

    def _finger(self, finger: int, state: QEventPoint.State, position: QPointF) -> None:
        at = self._device(position)
        if state is QEventPoint.State.Pressed:
            self._press(finger, position)
        elif state is QEventPoint.State.Updated:
            self._take(self._gestures.move(finger, at))
        elif state is QEventPoint.State.Released:
            self._take(self._gestures.release(finger, at, self._clock()))

    def _press(self, finger: int, position: QPointF) -> None:
        self._gestures.slop_px = SLOP_PX * self.devicePixelRatioF()
        self._take(self._gestures.press(finger, self._device(position)))

    def _device(self, position: QPointF) -> At:
        ratio = self.devicePixelRatioF()
        return position.x() * ratio, position.y() * ratio

    def hideEvent(self, event: QHideEvent) -> None:  # noqa: N802 - Qt's name
        """Drop what a finger had begun: its release will not come here."""
        self._take(self._gestures.cancel())
        self._other_button_at = None
        super().hideEvent(event)

    def keyPressEvent(self, event: QKeyEvent) -> None:  # noqa: N802 - Qt's name
        """Move the view, or end what is being drawn."""
        action = self._keys().get(Qt.Key(event.key()))
        if action is None or event.modifiers() & (
            Qt.KeyboardModifier.ControlModifier | Qt.KeyboardModifier.AltModifier
        ):
            super().keyPressEvent(event)
            return
        action()

    def _keys(self) -> dict[Qt.Key, Callable[[], None]]:
        width, height = self._viewport
        across, down = round(KEY_PAN_SHARE * width), round(KEY_PAN_SHARE * height)
        return {
            Qt.Key.Key_Plus: lambda: self.zoom_by(ZOOM_STEP),
            Qt.Key.Key_Equal: lambda: self.zoom_by(ZOOM_STEP),
            Qt.Key.Key_Minus: lambda: self.zoom_by(1 / ZOOM_STEP),
            Qt.Key.Key_0: self.fit,
            Qt.Key.Key_Left: lambda: self._pan(across, 0),
            Qt.Key.Key_Right: lambda: self._pan(-across, 0),
            Qt.Key.Key_Up: lambda: self._pan(0, down),
            Qt.Key.Key_Down: lambda: self._pan(0, -down),
        }

    def _take(self, gestures: Iterable[Gesture]) -> None:
        for gesture in gestures:
            if isinstance(gesture, Pinched):
                self._pinch(gesture)
            elif self._picture_shown:
                self._drag_or_tap(gesture)

    @property
    def _picture_shown(self) -> bool:
        return self._display.picture.size is not None

    def _drag_or_tap(self, gesture: Gesture) -> None:
        """Do what one finger means."""
        if isinstance(gesture, DragMoved):
            self._pan(*gesture.moved)

    def _pinch(self, pinch: Pinched) -> None:
        self._look(self._view.panned(*pinch.moved).zoomed(pinch.factor, pinch.at))

    def _pan(self, dx: float, dy: float) -> None:
        """Move the view by whole pixels, so that what is painted can be moved along; the rest stays for the next time."""
        x, y = dx + self._rest[0], dy + self._rest[1]
        self._rest = x - round(x), y - round(y)
        self._look(self._view.panned(round(x), round(y)))
