"""The Inspect page: the part as large as it goes, what is said of it, and one tap for OK or NG."""

from uuid import UUID

from PySide6.QtCore import Qt, QTimer, Signal
from PySide6.QtWidgets import QBoxLayout, QVBoxLayout

from station.ui.context import Context
from station.ui.operator.column import Column
from station.ui.operator.deciding import Deciding
from station.ui.operator.following import Following
from station.ui.operator.judging import Judging
from station.ui.operator.on_show import OnShow
from station.ui.operator.outlining import Outlining
from station.ui.operator.picture_page import PicturePage
from station.ui.operator.picture_side import PictureSide
from station.ui.operator.showing import Showing
from station.ui.operator.takt import TaktBar
from station.ui.operator.telling import Moment, count_down, tell
from station.ui.pictures import PartPicture
from station.ui.theme import Theme

_TICK_MS = 200
_COLUMN_SHARE, _COLUMN_MM = 0.34, (92.0, 150.0)
"""Width of the column: a share of the page, within millimetres."""
_ANY = 16_777_215
"""Qt's own largest size of a widget."""


class InspectPage(PicturePage):
    """Follows the line part by part; stays with one that waits for a decision or that the person works on.

    The page lays out, ties together and says; `OnShow` has the part, `Following` hears the engine, `Judging` the person,
    `Outlining` opens and closes the NG mode, `PictureSide` draws.
    """

    title = "Inspect"

    toast = Signal(str, object)
    """What was saved, and how it is taken back (None: it cannot be)."""
    shown = Signal(object)
    """uid of the part on the screen."""

    def __init__(self, context: Context) -> None:
        column = Column(context)
        super().__init__(context, column)
        self.column = column
        self.takt = TaktBar(context)
        self.deciding = Deciding(context)
        self.on_show = OnShow(context, self)
        self._picture = PictureSide(self.on_show, self.canvas, self.bar, self.compare, self.ng)
        self._outlining = Outlining(self.on_show, self._picture, self.ng, self.column)
        self._following = Following(context, self.on_show, self.deciding, self._outlining, self.column, self.takt)
        self._judging = Judging(context, self.on_show, self.deciding, self._outlining, self.ng, self.column)
        self._tick = QTimer(self)
        self._tick.setInterval(_TICK_MS)
        self._tick.timeout.connect(self._count_down)
        self._build()
        self._connect()
        self.retranslate()

    def name(self) -> str:
        """What the page is called."""
        return self.tr("Inspect")

    @property
    def showing(self) -> Showing:
        """Which part is on show, and why."""
        return self.on_show.showing

    @property
    def part(self) -> PartPicture | None:
        """What is read of it."""
        return self.on_show.part

    @property
    def why_not(self) -> str:
        """Why nothing can be decided now, in words; empty where it can."""
        return self._judging.why_not

    # What the shell asks ----------------------------------------------------------------------------------------------

    def open_part(self, uid: UUID) -> None:
        """Show a part again and stay with it."""
        self.on_show.apply(self.showing.opened(uid))

    def begin_with(self, uid: UUID) -> None:
        """Show the newest part of the journal while no other has come."""
        if self.showing.shown is None:
            self.on_show.apply(self.showing.arrived(uid))

    def entered(self) -> None:
        """Take the keys."""
        self._bind_keys()
        self._tick.start()
        self.setFocus()

    def left(self) -> None:
        """Give the keys back."""
        self.context.keys.unbind()
        self._tick.stop()

    # Building ---------------------------------------------------------------------------------------------------------

    def _build(self) -> None:
        self._body = QBoxLayout(QBoxLayout.Direction.LeftToRight)
        self._body.addWidget(self.picture(), 1)
        self._body.addWidget(self.column)
        whole = QVBoxLayout(self)
        whole.setContentsMargins(0, 0, 0, 0)
        whole.setSpacing(0)
        whole.addLayout(self._body, 1)
        whole.addWidget(self.takt)

    def _connect(self) -> None:
        link, column, bar, on_show = self.context.link, self.column, self.bar, self.on_show
        on_show.another.connect(self.compare.release)
        on_show.came.connect(self.shown)
        on_show.read.connect(self._read)
        on_show.lost.connect(self._picture.clear)
        on_show.changed.connect(self._tell)
        link.lost.connect(lambda _: self._tell())
        link.found.connect(self._tell)
        self.context.session.changed.connect(self._person_changed)
        column.go_to_waiting.clicked.connect(self._go_to_waiting)
        column.understood.clicked.connect(column.note.hide)
        column.to_live.clicked.connect(self._live)
        bar.changed.connect(self._picture.draw_opinion)
        bar.fit.connect(self.canvas.fit)
        bar.view_chosen.connect(self._choose_view)
        bar.compare.pressed.connect(self._picture.compare)
        bar.compare.released.connect(self.compare.release)
        self.compare.told.connect(bar.told.say)
        self.canvas.outline_tapped.connect(lambda uid: self._judging.tap_outline(uid, self.canvas))
        self.deciding.sent.connect(lambda _: self._tell())
        self._judging.toast.connect(self.toast)
        self._outlining.began.connect(self._lay_out)
        self._outlining.ended.connect(self._take_back)

    def _bind_keys(self) -> None:
        self.context.keys.unbind()
        self.context.keys.bind(
            {
                "O": self.column.verdicts.ok.click,
                "N": self.column.verdicts.ng.click,
                "H": self.bar.heat.click,
                "B": self.bar.outlines.click,
                "G": self._picture.compare_by_key,
                "F": self.canvas.fit,
                "L": self._live,
                "W": self._go_to_waiting,
                "Esc": self._judging.do_not_ask,
            }
        )
        self.ng.bind_keys()

    def _lay_out(self) -> None:
        person = self.context.session.person
        tall = self.height() > self.width()
        left_handed = person is not None and person.left_handed
        mirrored = self.layoutDirection() is Qt.LayoutDirection.RightToLeft
        beside = QBoxLayout.Direction.RightToLeft if left_handed != mirrored else QBoxLayout.Direction.LeftToRight
        self._body.setDirection(QBoxLayout.Direction.TopToBottom if tall else beside)
        self.column.setMinimumSize(0, 0)
        self.column.setMaximumSize(_ANY, _ANY)
        if tall:
            self.column.setFixedHeight(round(self.height() * _COLUMN_SHARE))
        else:
            self.column.setFixedWidth(column_px(self.context.theme, self.width()))
        picture_px = self.width() - (0 if tall else self.column.minimumWidth())
        tight = self.ng.toolbar.row_px > picture_px
        self.ng.toolbar.wrap(wrapped=tight)
        self.bar.setVisible(not (tight and self.ng.active))  # two rows under the picture, never three

    # Which part, and what is said of it ---------------------------------------------------------------------------------

    def _read(self, part: PartPicture) -> None:
        self._picture.draw()
        self._outlining.part_read(part)

    def _choose_view(self, place: int) -> None:
        self._outlining.leave()
        self.on_show.view_at = place
        self._picture.draw()
        self._tell()

    def _live(self) -> None:
        self.on_show.apply(self.showing.advanced())

    def _go_to_waiting(self) -> None:
        if self.showing.waiting:
            self._live()

    def _take_back(self) -> None:
        self._bind_keys()
        self._lay_out()

    def _tell(self) -> None:
        on_show = self.on_show
        # for the blink in which the next part is read, the one before stays: its words belong to its picture
        part = on_show.part if on_show.is_read or (on_show.just_changed and not on_show.trouble) else None
        moment = Moment(
            showing=on_show.showing,
            part=part,
            view=on_show.view if part is not None else None,
            trouble=on_show.trouble,
            hides=on_show.hides,
            asked=self._judging.asked,
            fetch=self._judging.fetch,
            why_not=self.why_not,
            outlining=self.ng.active,
            under_way=self.deciding.under_way,
            now_s=self.context.clock.monotonic(),
            locale=self.context.language.locale,
        )
        tell(self.column, self.takt, moment)

    def _count_down(self) -> None:
        if not self._following.lapse() and not self.on_show.is_read:
            self._tell()
        count_down(self.column, self.takt, self.showing, self.context.clock.monotonic())

    def _person_changed(self) -> None:
        self._lay_out()
        self._tell()


def column_px(theme: Theme, page_px: int) -> int:
    """Width of the column on a page that is wider than tall."""
    least, most = (theme.px(mm) for mm in _COLUMN_MM)
    return min(max(round(page_px * _COLUMN_SHARE), least), most)
