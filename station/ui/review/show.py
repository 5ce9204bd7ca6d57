"""The part on show in the review: what a reviewer may know of it before they have said anything."""

from dataclasses import replace
from types import MappingProxyType
from uuid import UUID

from PySide6.QtCore import QObject

from station.journal.reader import JournalReader
from station.journal.review_queries import ReviewQueries
from station.line.inspection import Author
from station.review.queue import QueueItem, Stage
from station.ui.context import Context
from station.ui.operator.on_show import OnShow
from station.ui.pictures import PartPicture
from station.ui.review.lending import Lending
from station.ui.review.saying import Word


class ReviewShow(OnShow):
    """As the operator's, but that other reviewers' outlines are kept back while the person must not know them."""

    def __init__(self, context: Context, lending: Lending, parent: QObject) -> None:
        super().__init__(context, parent)
        self._lending = lending
        self._words: tuple[UUID | None, tuple[Word, ...]] = (None, ())

    @property
    def words(self) -> tuple[Word, ...]:
        """What reviewers said of the part on show, where the person may know it by now."""
        uid, words = self._words
        item = self.item
        may = item is not None and (item.stage is Stage.ADJUDICATION or self._lending.said(item.uid) is not None)
        return words if may and item is not None and uid == item.uid else ()

    def read_words(self) -> None:
        """Have it read what reviewers said."""
        item = self.item
        if item is None:
            return
        uid = item.uid

        def came(words: tuple[Word, ...]) -> None:
            self._words = uid, words
            self.changed.emit()

        self._context.reading.ask(lambda journal: words_of(journal, uid), came)

    @property
    def item(self) -> QueueItem | None:
        """The part as the queue has it."""
        return self._lending.current

    def show_current(self) -> None:
        """Show the part that the run is at, and have those after it ready."""
        item = self.item
        if item is not None and item.uid != self.showing.shown:
            self.apply(self.showing.opened(item.uid))
        else:
            self.changed.emit()
        self._words = None, ()
        self.read_words()
        for ahead in self._lending.ahead[:2]:
            self._context.pictures.prefetch(ahead.uid)

    def _ready(self, part: PartPicture) -> None:
        item = self.item
        if item is not None and item.uid == part.uid and self._lending.is_blind(item):
            part = blindfolded(part)
        super()._ready(part)


def words_of(journal: JournalReader, uid: UUID) -> tuple[Word, ...]:
    """Read what reviewers said of a part and did not take back."""
    return tuple(
        Word(each.reviewer, each.time, each.outcome, each.verdict, each.reasons)
        for each in ReviewQueries(journal).reviews(uid)
        if not each.undone
    )


def blindfolded(part: PartPicture) -> PartPicture:
    """Return a part without what reviewers drew on it."""
    reviewers = {verdict.author for verdict in part.record.verdicts if verdict.by is Author.QA}
    kept = {view: each for view, each in part.annotations.items() if each.author not in reviewers}
    return replace(part, annotations=MappingProxyType(kept))
