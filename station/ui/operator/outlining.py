"""When the NG mode begins and ends: it is handed canvas and column with a part, and they are taken back."""

from uuid import UUID

from PySide6.QtCore import QObject, Signal

from station.ui.operator.column import Column
from station.ui.operator.drafting import Place
from station.ui.operator.ng import NgMode
from station.ui.operator.on_show import OnShow
from station.ui.operator.picture_side import PictureSide
from station.ui.pictures import PartPicture


class Outlining(QObject):
    """Begins as soon as the part that is to be outlined is read in full, and goes on with the line afterwards."""

    began = Signal()
    """The NG mode has canvas and column."""
    ended = Signal()
    """The page has them back, and its keys."""

    def __init__(self, on_show: OnShow, picture: PictureSide, ng: NgMode, column: Column) -> None:
        super().__init__(on_show)
        self._on_show = on_show
        self._picture = picture
        self._ng = ng
        self._column = column
        self._wanted: tuple[UUID, str | None] | None = None
        on_show.another.connect(self._leave_for)
        ng.finished.connect(self._finished)
        ng.settled.connect(self._settled)
        ng.resume.connect(self._resume)

    @property
    def active(self) -> bool:
        """Whether a part is being outlined."""
        return self._ng.active

    @property
    def drawing(self) -> bool:
        """Whether a finger is drawing: the picture must not be changed under it."""
        return self._ng.drawing

    @property
    def only_offered(self) -> bool:
        """Whether NG is given and the person has not touched anything since: another part may need them more."""
        work = self._ng.work
        return work is not None and not self._ng.drawing and not work.touched and work.state.decided

    def want(self, uid: UUID, view: str | None = None) -> None:
        """Outline a part as soon as it is there; no view named: the one on show."""
        self._wanted = uid, view

    def begin(self) -> bool:
        """Hand canvas and column to the NG mode; return whether the wanted part is there in full, so that it began."""
        on_show, part = self._on_show, self._on_show.part
        if part is None or self._wanted is None or part.uid != self._wanted[0] or not part.complete:
            return False
        name = self._wanted[1]
        self._wanted = None
        on_show.view_at = next((at for at, view in enumerate(part.views) if view.name == name), on_show.view_at)
        self._picture.draw()
        view = on_show.view
        if view is None or view.pixels is None:
            return False
        on_show.apply(on_show.showing.keep())
        self._ng.begin(part, view, hidden=on_show.hides)
        self.began.emit()
        on_show.changed.emit()
        return True

    def part_read(self, part: PartPicture) -> None:
        """More of the part on show is there: perhaps what was waited for."""
        if part.complete and self._wanted is not None:
            self.begin()

    def leave(self) -> None:
        """Take canvas and column back, where the NG mode has them; what is drawn stays in its draft."""
        if self._ng.active:
            self._ng.leave()
            self._take_back()

    def _leave_for(self, uid: UUID) -> None:
        self.leave()
        if self._wanted is not None and self._wanted[0] != uid:
            self._wanted = None

    def _take_back(self) -> None:
        self._column.stack.setCurrentWidget(self._column.facts)
        self.ended.emit()
        self._picture.draw_opinion()

    def _finished(self) -> None:
        self._take_back()
        self._on_show.apply(self._on_show.showing.advanced())

    def _settled(self, settled: bool) -> None:
        showing = self._on_show.showing
        self._on_show.apply(showing.let_go() if settled else showing.keep())

    def _resume(self, place: Place) -> None:
        self.want(place.part, place.view)
        self._on_show.apply(self._on_show.showing.opened(place.part))
        self.begin()
