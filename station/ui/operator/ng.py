"""The NG mode of the operator's screen: between fingers, chips and buttons, and the work on one view of a part.

`InspectPage` owns the canvas and the column; the NG mode has them from `begin` until `finished`. It shows its tools in
`toolbar` and what is not saved yet in `kept`, which the page puts where it wants them.
"""

from collections.abc import Callable
from functools import partial

from PySide6.QtCore import QObject, QTimer, Signal
from PySide6.QtWidgets import QStackedWidget

from labeling.canvas.view import Canvas
from labeling.shapes import Points
from station.people.roles import Action
from station.ui.context import Context
from station.ui.operator.class_counts import PaletteFeed
from station.ui.operator.defect_book import DefectBook
from station.ui.operator.drafting import SYNC_MS
from station.ui.operator.fingers import Fingers
from station.ui.operator.handover import Standing
from station.ui.operator.ng_looking import Looking
from station.ui.operator.ng_page import NgPage
from station.ui.operator.ng_state import ChipTapped, Effect, Effects, Event, FindEdges, Press, Tool, ToolTapped
from station.ui.operator.ng_telling import tell_tools
from station.ui.operator.toolbar import Toolbar
from station.ui.operator.work import Work
from station.ui.operator.workshop import Workshop
from station.ui.pictures import PartPicture, ViewPicture

IDLE_SEND_MS = 1000
"""An edit after the chip goes to the engine when nothing follows it for so long."""


class NgMode(QObject):
    """Outlining one view of one part, and what is still on its way of those before."""

    finished = Signal()
    """The person is through with the part, or went back."""
    verdict_saved = Signal(object, bool)
    """`Work` whose NG the engine has, and whether the part had passed the gate already."""
    settled = Signal(bool)
    """Whether the next part may take the screen over: True after the chip, False again when more is drawn."""
    stored = Signal(object)
    """uid of a part whose outlines the engine has."""
    resume = Signal(object)
    """The `Place` of kept work that the person wants to go on with: open the part, then `begin`."""

    def __init__(self, context: Context, canvas: Canvas, column: QStackedWidget) -> None:
        super().__init__(canvas)
        self._context = context
        self._canvas = canvas
        self._column = column
        self.page = NgPage(context.theme)
        column.addWidget(self.page)
        self.toolbar = Toolbar(context.theme)
        self.toolbar.hide()
        self._shop = Workshop(context, self)
        self.kept = self._shop.kept
        self.book = DefectBook(context, canvas)
        self._fingers = Fingers(context, canvas, self)
        self._feed = PaletteFeed(context, self.page.palette_)
        self._looking = Looking(context, canvas, self.page, self._fingers, self._feed)
        self._work: Work | None = None
        self._was_settled = False
        self._reloading = False
        self._sync_soon = self._timer(SYNC_MS, self._keep)
        self._send_soon = self._timer(IDLE_SEND_MS, self._send_edits)
        self._connect()

    def _timer(self, interval_ms: int, slot: Callable[[], None]) -> QTimer:
        timer = QTimer(self)
        timer.setSingleShot(True)
        timer.setInterval(interval_ms)
        timer.timeout.connect(slot)
        return timer

    def _connect(self) -> None:
        context, page, fingers, toolbar = self._context, self.page, self._fingers, self.toolbar
        fingers.happened.connect(self._do)
        fingers.stroke.connect(self._stroke)
        fingers.entered.connect(self._keep_soon)
        fingers.drawing_changed.connect(self._tell_settled)
        fingers.here.available.connect(self._offer_here)
        toolbar.tool_chosen.connect(lambda tool: self._do(ToolTapped(tool)))
        toolbar.pressed.connect(self._pressed)
        toolbar.book_wanted.connect(self._open_book)
        page.palette_.chosen.connect(self._chip)
        page.palette_.explained.connect(self._explain)
        page.finish.clicked.connect(self.press_ng)
        page.back.clicked.connect(self._go_back)
        page.act.clicked.connect(self._act)
        self.kept.opened.connect(self.resume)
        self._shop.changed.connect(self._work_changed)
        self._shop.verdict_saved.connect(self.verdict_saved)
        self._shop.stored.connect(self._context.pictures.refresh)
        self._shop.stored.connect(self.stored)
        context.pictures.ready.connect(self._part_came)
        context.link.welcome.connect(lambda _: self._recipe_came())
        context.link.found.connect(self._tell)
        context.link.lost.connect(lambda _: self._tell())
        context.session.changed.connect(self._person_changed)
        self._person_changed()

    # What the page asks --------------------------------------------------------------------------------------------

    @property
    def active(self) -> bool:
        """Whether a part is being outlined."""
        return self._work is not None

    @property
    def work(self) -> Work | None:
        """What is being outlined."""
        return self._work

    @property
    def drawing(self) -> bool:
        """Whether a finger is drawing: the picture must not be changed under it."""
        return self._fingers.drawing

    def begin(self, part: PartPicture, view: ViewPicture, *, hidden: bool = False, only_outlines: bool = False) -> None:
        """Outline a view.

        `hidden` keeps the model's outlines back until the person has decided; with `only_outlines` no verdict is given.
        """
        self.leave()
        work = self._shop.take_up(part, view, hidden=hidden, only_outlines=only_outlines)
        self._reloading = self._was_settled = False
        self._work = work
        self._looking.take_up(work)
        self._feed.dress()
        self._feed.refresh()
        self.page.palette_.reset()
        self._column.setCurrentWidget(self.page)
        self.toolbar.close_others()
        self.toolbar.show()
        self._fingers.take_up(work)
        self.bind_keys()
        self._tell()

    def press_ng(self) -> None:
        """NG once more: be done, or say NG without an outline."""
        self._do(Press.WITHOUT_OUTLINE)

    def leave(self) -> None:
        """Another part takes the screen: what is decided is sent, what is drawn stays in its draft."""
        work = self._work
        if work is not None:
            if work.state.decided:
                work.send()
            self._put_down(work)

    def redraw(self) -> None:
        """Put the outlines on the canvas again: its picture was changed."""
        self._looking.draw()

    def bind_keys(self) -> None:
        """Take the keys of the tools, the chips and the buttons."""
        if self._work is not None:
            self._context.keys.bind(self._keys())

    def retranslate(self) -> None:
        """Say everything again."""
        self.toolbar.retranslate()
        self.kept.retranslate()
        self._looking.forget_words()
        self._tell()

    def stop(self) -> None:
        """End the threads; drafts stay."""
        self._sync_soon.stop()
        self._send_soon.stop()
        self._fingers.stop()
        self._looking.stop()
        self._shop.stop()

    # Steps ----------------------------------------------------------------------------------------------------------

    def _do(self, event: Event) -> None:
        if self._work is not None:
            self._follow(self._work, self._work.do(event))

    def _stroke(self, points: Points, radius_px: float) -> None:
        if self._work is not None:
            self._follow(self._work, self._work.stroke(points, self._fingers.tool, radius_px))

    def _follow(self, work: Work, effects: Effects) -> None:
        """Do what a step asks for, and show the state it led to."""
        if work.state.tool is not self._fingers.tool:
            self._fingers.take_tool(work.state.tool)
        self._keep_soon()
        for effect in effects:
            if isinstance(effect, FindEdges):
                self._fingers.find_edges(effect)
        if Effect.FINISH in effects:
            work.done = True
        if Effect.SEND in effects or work.done:
            self._send_soon.stop()
            work.send()
        elif work.state.decided:
            self._send_soon.start()
        if work.done:
            self._put_down(work)
            self.finished.emit()
        else:
            self._tell()

    def _chip(self, name: str) -> None:
        """Give a class; while the book is open, look it up."""
        if self.book.class_name:
            self._explain(name)
        else:
            self._do(ChipTapped(name))

    def _pressed(self, press: Press) -> None:
        """Undo takes back the last tap of an outline that is being tapped, before it takes back what is finished."""
        if press is Press.UNDO and self._fingers.take_back():
            self._tell()
        else:
            self._do(press)

    def _enter(self) -> None:
        if not self._fingers.complete():
            self.press_ng()

    def _escape(self) -> None:
        if self.book.class_name:
            self.book.close_book()
        elif self._work is not None and (self._work.only_outlines or not self._work.state.decided):
            self._go_back()

    def _go_back(self) -> None:
        """Leave without a verdict; what was drawn stays in its draft and is offered again."""
        if self._work is not None:
            self._put_down(self._work)
            self.finished.emit()

    def _put_down(self, work: Work) -> None:
        """Give canvas and column back; the work goes on without them until it is safe."""
        self._context.keys.unbind(*self._keys())
        self._work = None
        self._was_settled = False
        self._send_soon.stop()
        self._looking.take_up(None)
        self.book.close_book()
        self._fingers.take_up(None)
        self._canvas.set_outlines(())
        self.toolbar.hide()
        self._column.setCurrentIndex(0)
        self._shop.put_down(work)

    def _keys(self) -> dict[str, Callable[[], None]]:
        keys: dict[str, Callable[[], None]] = {key: button.click for key, button in self.toolbar.shortcuts().items()}
        keys |= {str(number): partial(self.page.palette_.press, number) for number in range(1, 10)}
        return keys | {
            "Ctrl+Z": self.toolbar.undo.click,
            "Ctrl+Y": self.toolbar.redo.click,
            "Backspace": self.toolbar.undo.click,
            "Enter": self._enter,
            "Esc": self._escape,
        }

    # The engine and the disk ----------------------------------------------------------------------------------------

    def _keep_soon(self) -> None:
        if not self._sync_soon.isActive():
            self._sync_soon.start()

    def _keep(self) -> None:
        if self._work is not None:
            self._work.drafting.sync_later()

    def _send_edits(self) -> None:
        if self._work is not None and self._work.state.decided:
            self._work.send()

    def _act(self) -> None:
        """Send again, or reload: whichever the button says."""
        work = self._work
        if work is None:
            return
        if work.handover.standing is Standing.SUPERSEDED:
            self._reloading = True
            self._context.pictures.refresh(work.place.part)
        else:
            work.handover.again()

    def _part_came(self, part: PartPicture) -> None:
        work = self._work
        if work is None or part.uid != work.place.part:
            return
        work.pixels = next((view.pixels for view in part.views if view.name == work.place.view), work.pixels)
        self._fingers.look()
        if self._reloading:
            self._reloading = False
            work.reload(part)
            self._tell()

    def _work_changed(self, work: Work) -> None:
        if work is self._work:
            self._tell()

    def _person_changed(self) -> None:
        self.kept.allow(allowed=self._context.session.may(Action.GIVE_VERDICT))
        self._tell()

    def _recipe_came(self) -> None:
        self._looking.forget_words()
        self._tell()

    # The defect book --------------------------------------------------------------------------------------------------

    def _open_book(self) -> None:
        """Open the book at the class in question, or close it."""
        work = self._work
        if self.book.class_name or work is None:
            self.book.close_book()
            return
        selected = work.state.label(work.state.selected)
        shown = [chip.face.name for chip in self.page.palette_.chips if chip.face.name]
        if name := (selected.class_name if selected is not None else "") or next(iter(shown), ""):
            self._explain(name)

    def _explain(self, name: str) -> None:
        if self._work is not None:
            self.book.open_at(name, self._work.recipe)

    # Saying it --------------------------------------------------------------------------------------------------------

    def _tell(self) -> None:
        if self._work is not None:
            self._looking.tell()
            tell_tools(self.toolbar, self._work, tapping=self._fingers.tapping)
            self._tell_settled()

    def _offer_here(self, offered: bool) -> None:
        """Show the tool that needs a model while there is one."""
        self.toolbar.offer_here(offered=offered)
        if self._work is not None and not offered and self._work.state.tool is Tool.HERE:
            self._do(ToolTapped(Tool.LASSO))

    def _tell_settled(self) -> None:
        settled = self._work is not None and self._work.settled and not self.drawing
        if settled is not self._was_settled:
            self._was_settled = settled
            self.settled.emit(settled)
