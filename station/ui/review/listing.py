"""The queue as the journal has it: one page after the other, with counts that are counted and not estimated."""

from PySide6.QtCore import QObject, QTimer, Signal

from station.journal.reader import JournalReader
from station.journal.review_queries import QueueCounts, ReviewQueries
from station.review.queue import Cursor, Page, QueueFilter, QueueItem, SavedView
from station.ui.context import Context

PAGE = 100
SOON_MS = 500
"""After something changed, so that a storm of changes is read once."""


class Listing(QObject):
    """Reads beside the screen's thread; an answer to an older question is dropped when it comes."""

    changed = Signal()

    def __init__(self, context: Context, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._context = context
        self.filter = QueueFilter()
        self.items: tuple[QueueItem, ...] = ()
        self.count: int | None = None
        """Parts that the filter fits; None until they are counted."""
        self.counts: QueueCounts | None = None
        """Of the whole queue."""
        self.views: tuple[SavedView, ...] = ()
        self.trouble = ""
        """Why the queue cannot be read; empty where it can."""
        self._next: Cursor | None = None
        self._asked = 0
        self._reading_more = False
        self._soon = QTimer(self)
        self._soon.setSingleShot(True)
        self._soon.setInterval(SOON_MS)
        self._soon.timeout.connect(self.reload)
        link = context.link
        for signal in (link.part, link.verdict, link.queue):
            signal.connect(lambda _: self.before_long())
        link.welcome.connect(lambda _: self.before_long())

    @property
    def reading(self) -> bool:
        """Whether nothing is known yet."""
        return self.count is None and not self.trouble

    def show(self, wanted: QueueFilter) -> None:
        """List what another filter fits."""
        self.filter = wanted
        self.reload()

    def before_long(self) -> None:
        """Read anew soon."""
        if not self._soon.isActive():
            self._soon.start()

    def reload(self) -> None:
        """Read anew: as many parts as there were, so that nobody loses their place."""
        self._asked += 1
        asked, wanted, limit = self._asked, self.filter, max(PAGE, len(self.items))
        self._reading_more = False

        def work(journal: JournalReader) -> tuple[Page, int, QueueCounts, tuple[SavedView, ...]]:
            queries = ReviewQueries(journal)
            return queries.page(wanted, None, limit), queries.count(wanted), queries.counts(), queries.saved_views()

        def came(read: tuple[Page, int, QueueCounts, tuple[SavedView, ...]]) -> None:
            if asked == self._asked:
                page, self.count, self.counts, self.views = read
                self.items, self._next, self.trouble = page.items, page.cursor, ""
                self.changed.emit()

        self._context.reading.ask(work, came, self._fail)

    def more(self) -> None:
        """Read the page after what there is."""
        cursor, asked, wanted = self._next, self._asked, self.filter
        if cursor is None or self._reading_more:
            return
        self._reading_more = True

        def came(page: Page) -> None:
            if asked == self._asked:
                self._reading_more = False
                self.items, self._next = (*self.items, *page.items), page.cursor
                self.changed.emit()

        self._context.reading.ask(lambda journal: ReviewQueries(journal).page(wanted, cursor, PAGE), came, self._fail)

    def _fail(self, text: str) -> None:
        self._reading_more = False
        self.trouble = text
        self.changed.emit()
