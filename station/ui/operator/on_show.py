"""The part on show: which one it is, what is read of it, and whether the model's opinion of it is kept back."""

from uuid import UUID

from PySide6.QtCore import QObject, Signal

from station.ui.context import Context
from station.ui.operator.opinion import worst_view
from station.ui.operator.showing import Showing
from station.ui.pictures import PartPicture, ViewPicture

DEAF_S = 0.3
"""Taps so soon after the picture changed were meant for the part before."""
_MOST_HIDDEN = 200


class OnShow(QObject):
    """Follows `Showing`, and has the part on show read from the journal."""

    another = Signal(object)
    """uid of the part that takes the screen over: whatever was begun on the one before ends here."""
    came = Signal(object)
    """uid of the part on the screen, which is being read."""
    read = Signal(object)
    """`PartPicture` of the part on show; comes again as more of it is read."""
    lost = Signal()
    """The part on show cannot be read; `trouble` says why."""
    changed = Signal()
    """Something about it is to be said anew."""

    def __init__(self, context: Context, parent: QObject) -> None:
        super().__init__(parent)
        self._context = context
        self.showing = Showing()
        self.part: PartPicture | None = None
        self.trouble = ""
        """Why the part on show cannot be read; empty where it can."""
        self.view_at = 0
        """Which of its views is on show."""
        self.changed_at_s = float("-inf")
        self._hidden: dict[UUID, None] = {}
        context.pictures.ready.connect(self._ready)
        context.pictures.failed.connect(self._failed)

    def apply(self, showing: Showing) -> None:
        """Go on to another state; a part that was not on show before is read."""
        before, self.showing = self.showing, showing
        if showing.shown != before.shown and showing.shown is not None:
            self.another.emit(showing.shown)
            self.changed_at_s = self._context.clock.monotonic()
            self.trouble = ""
            self._context.pictures.want(showing.shown)
            self.came.emit(showing.shown)
        self.changed.emit()

    @property
    def view(self) -> ViewPicture | None:
        """The view on show."""
        return self.part.views[self.view_at] if self.part and self.view_at < len(self.part.views) else None

    @property
    def is_read(self) -> bool:
        """Whether `part` is the part on show, not yet the one before."""
        return self.part is not None and self.part.uid == self.showing.shown

    @property
    def just_changed(self) -> bool:
        """Whether the eye cannot have followed yet."""
        return self._context.clock.monotonic() - self.changed_at_s < DEAF_S

    @property
    def hides(self) -> bool:
        """Whether the model's opinion of the part on show is kept back."""
        return self.showing.shown in self._hidden

    def hide(self, uid: UUID) -> None:
        """Keep the model's opinion of a part back until a person has decided it."""
        self._hidden[uid] = None
        while len(self._hidden) > _MOST_HIDDEN:
            del self._hidden[next(iter(self._hidden))]

    def unhide(self, uid: UUID) -> None:
        """Somebody has decided."""
        self._hidden.pop(uid, None)

    def _ready(self, part: PartPicture) -> None:
        if part.uid != self.showing.shown:
            return
        if self.part is None or self.part.uid != part.uid:
            self.view_at = worst_view(part)
        self.part = part
        self.read.emit(part)
        self.changed.emit()

    def _failed(self, uid: UUID, text: str) -> None:
        if uid == self.showing.shown:
            self.part, self.trouble = None, text
            self.lost.emit()
            self.changed.emit()
