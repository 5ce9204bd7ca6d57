"""Outlines on the canvas with what is to be said of them: sizes and faults are found beside the screen's thread."""

from PySide6.QtCore import QCoreApplication, QObject, QTimer

from labeling.canvas.view import Canvas
from station.line.sizes import scale_of
from station.ui.aside import Aside
from station.ui.context import Context
from station.ui.operator.captions import Captions, Looked
from station.ui.operator.class_counts import PaletteFeed
from station.ui.operator.fingers import Fingers
from station.ui.operator.ng_outlines import outlines_of, to_measure
from station.ui.operator.ng_page import NgPage
from station.ui.operator.ng_telling import tell, tell_head
from station.ui.operator.work import Work

LOOK_MS = 80
"""Sizes and what is wrong are said so long after a change; while something is drawn, so often."""


class Looking(QObject):
    """Shows the work in hand, and looks at it again before long after each change."""

    def __init__(self, context: Context, canvas: Canvas, page: NgPage, fingers: Fingers, feed: PaletteFeed) -> None:
        super().__init__(fingers)
        self._context = context
        self._canvas = canvas
        self._page = page
        self._fingers = fingers
        self._feed = feed
        self._work: Work | None = None
        self._captions: Captions | None = None
        self._live = ""
        self._seen: tuple[object, ...] = ()
        self._aside = Aside("look", self)
        self._soon = QTimer(self)
        self._soon.setSingleShot(True)
        self._soon.setInterval(LOOK_MS)
        self._soon.timeout.connect(self._look)
        fingers.live_changed.connect(self.before_long)
        fingers.nothing_found.connect(self._say_nothing_found)

    def take_up(self, work: Work | None) -> None:
        """Show this work from now on; None: none."""
        self._work = work
        self.forget_words()
        if work is None:
            self._soon.stop()

    def forget_words(self) -> None:
        """Another recipe or language: the captions are made anew."""
        self._captions = None

    def draw(self) -> None:
        """Put the outlines on the canvas."""
        if self._work is not None:
            state = self._work.state
            self._canvas.set_outlines(outlines_of(state, self._words(self._work)))
            snap = state.snap
            self._fingers.show_raw(snap.raw if snap is not None and state.is_snapped else None)

    def tell(self) -> None:
        """Show all of it, and look at it before long."""
        if self._work is not None:
            self.draw()
            tell(self._page, self._work, self._words(self._work), self._live, up=self._context.link.up)
            self.before_long()

    def before_long(self) -> None:
        """Look soon; what changes until then is seen by the same look."""
        if not self._soon.isActive():
            self._soon.start()

    def stop(self) -> None:
        """End the thread; what still happens while the screen ends is not looked at."""
        self._work = None
        self._soon.stop()
        self._aside.stop()

    def _words(self, work: Work) -> Captions:
        if self._captions is None:
            welcome = self._context.link.last_welcome
            recipe = welcome.recipe if welcome is not None and welcome.recipe.name == work.recipe else None
            by_recipe = scale_of(None, recipe.pixel_size_um if recipe is not None else None, work.size)
            scale = by_recipe if work.scale is None else work.scale
            self._captions = Captions(self._context.language.locale, scale, work.size, self._feed.classes)
        return self._captions

    def _look(self) -> None:
        """Have sizes and faults found; one look at a time."""
        work = self._work
        if work is None:
            return
        if not self._aside.idle:
            self.before_long()
            return
        words, shape = self._words(work), self._fingers.live
        if shape is not None:
            self._aside.ask(lambda: words.words(shape, words.measured(shape)), self._say_live)
        elif (seen := (words, work.state.history.document, work.state.selected)) != self._seen:
            self._seen = seen
            look = words.look(seen[1], to_measure(work.state))
            self._aside.ask(look, lambda looked: self._looked(words, looked))

    def _looked(self, words: Captions, looked: Looked) -> None:
        words.take(looked)
        if self._work is not None and words is self._captions:
            self.draw()
            self._say_live("")

    def _say_live(self, live: str) -> None:
        """Say the size of what is being drawn; once it is drawn, that of the outline."""
        self._live = live if self._fingers.live is not None else ""
        self._say(self._live)

    def _say_nothing_found(self) -> None:
        self._say(QCoreApplication.translate("NgMode", "The model sees nothing there. Draw around it instead."))

    def _say(self, text: str) -> None:
        if self._work is not None:
            tell_head(self._page, self._work, self._words(self._work), text)
