"""Editing outlines in the review: the NG mode's tools on the same canvas, without a verdict of their own."""

from uuid import UUID

from PySide6.QtCore import QObject, Signal

from station.ui.operator.ng import NgMode
from station.ui.operator.on_show import OnShow
from station.ui.operator.picture_side import PictureSide
from station.ui.operator.work import Work


class Editing(QObject):
    """Hands canvas and column to the NG mode and takes them back."""

    began = Signal()
    ended = Signal()
    """The page has canvas, column and keys back."""
    finished = Signal(object)
    """uid of a part whose outlines the person is through with; all of them are on record, and there are some."""

    def __init__(self, show: OnShow, picture: PictureSide, ng: NgMode) -> None:
        super().__init__(show)
        self._show = show
        self._picture = picture
        self._ng = ng
        self._work: Work | None = None
        self._awaited: dict[UUID, Work] = {}
        show.another.connect(lambda _: self.leave())
        ng.finished.connect(self._finished)
        ng.stored.connect(self._stored)

    @property
    def active(self) -> bool:
        """Whether outlines are being edited."""
        return self._ng.active

    def begin(self) -> None:
        """Edit the view on show, once it is there in full."""
        part, view = self._show.part, self._show.view
        if self._ng.active or part is None or not part.complete or view is None or view.pixels is None:
            return
        self._ng.begin(part, view, only_outlines=True)
        self._work = self._ng.work
        self._picture.draw_opinion()
        self.began.emit()

    def leave(self) -> None:
        """Another part is shown: what is drawn stays in its draft."""
        if self._ng.active:
            self._ng.leave()
            self._take_back()

    def _finished(self) -> None:
        work = self._work
        self._take_back()
        if work is None or not work.done or not (work.state.labels or work.state.history.document.tags):
            return
        if work.safe:
            self.finished.emit(work.place.part)
        else:
            self._awaited[work.place.part] = work

    def _stored(self, uid: UUID) -> None:
        work = self._awaited.get(uid)
        if work is not None and work.safe:
            del self._awaited[uid]
            self.finished.emit(uid)

    def _take_back(self) -> None:
        self._work = None
        self._picture.draw_opinion()
        self.ended.emit()
