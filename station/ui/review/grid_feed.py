"""The grid's pages, read beside the screen's thread: from the previews at once, then sharp; the next one is read ahead."""

from collections import OrderedDict
from collections.abc import Sequence
from dataclasses import dataclass, field
from functools import partial
from pathlib import Path
from uuid import UUID

from PySide6.QtCore import QObject, Signal

from station.journal.reader import JournalReader
from station.ui.reading import Reading
from station.ui.review.crops import Crop, common_side_px, preview_crop, read_place, sharp_crop

Uids = tuple[UUID, ...]
KEPT_PAGES = 6


class GridFeed(QObject):
    """Gives pages of crops; every method is for the screen's thread and returns at once."""

    came = Signal(object)
    """The parts of a page that has crops now: all of it, from the previews."""
    sharper = Signal(object, int)
    """The parts of a page, and which of its crops is sharp now."""
    failed = Signal(str)
    """The journal cannot be read; says why."""

    def __init__(self, data: Path) -> None:
        super().__init__()
        self._reading = Reading(data, "grid")
        self._pages: OrderedDict[Uids, _Page] = OrderedDict()
        self._asked: set[Uids] = set()
        self._wanted: Uids = ()
        self._useful: frozenset[Uids] = frozenset()
        """Pages that are worth to be made sharp; read on the reading thread too."""

    def want(self, uids: Uids, ahead: Uids = ()) -> None:
        """Have a page ready now, and the one after it for when it will be wanted."""
        self._wanted = uids
        self._useful = frozenset({uids, ahead})
        if (page := self._pages.get(uids)) is not None:
            self._pages.move_to_end(uids)
            self.came.emit(uids)
            self._sharpen(uids, page)
        elif uids:
            self._ask(uids, urgent=True)
        if ahead and ahead not in self._pages and ahead not in self._asked:
            self._ask(ahead, urgent=False)

    def crops(self, uids: Uids) -> Sequence[Crop]:
        """Return what there is of a page."""
        page = self._pages.get(uids)
        return page.crops if page is not None else ()

    def forget(self) -> None:
        """Read every page anew: classes or verdicts have changed."""
        self._pages.clear()
        self._asked.clear()

    def stop(self) -> None:
        """End the thread."""
        self._reading.stop()

    def _ask(self, uids: Uids, *, urgent: bool) -> None:
        self._asked.add(uids)
        self._reading.ask(lambda journal: _read_page(journal, uids), self._came, self.failed.emit, urgent=urgent)

    def _came(self, read: tuple[Uids, "_Page"]) -> None:
        uids, page = read
        if uids not in self._asked:  # forgotten meanwhile
            return
        self._asked.discard(uids)
        self._pages[uids] = page
        while len(self._pages) > KEPT_PAGES:
            self._pages.popitem(last=False)
        if uids == self._wanted:
            self.came.emit(uids)
        self._sharpen(uids, page)

    def _sharpen(self, uids: Uids, page: "_Page") -> None:
        for at, crop in enumerate(page.crops):
            if not crop.sharp and at not in page.under_way:
                page.under_way.add(at)
                self._reading.ask(
                    partial(self._sharp, uids, crop, page.side_px),
                    partial(self._took, uids, page, at),
                    self.failed.emit,
                )

    def _sharp(self, uids: Uids, crop: Crop, side_px: float, journal: JournalReader) -> Crop | None:
        """On the reading thread: a page that is no longer wanted is not worth the decoding."""
        return sharp_crop(journal, crop.place, side_px) if uids in self._useful else None

    def _took(self, uids: Uids, page: "_Page", at: int, crop: Crop | None) -> None:
        page.under_way.discard(at)
        if crop is not None and crop.pixels is not None:
            page.crops[at] = crop
            if self._pages.get(uids) is page:
                self.sharper.emit(uids, at)


@dataclass(slots=True, eq=False)
class _Page:
    """The crops of one page, which become sharp one by one."""

    crops: list[Crop]
    side_px: float
    under_way: set[int] = field(default_factory=set)


def _read_page(journal: JournalReader, uids: Uids) -> tuple[Uids, _Page]:
    """Read all places of a page, then cut its crops from the previews at one scale."""
    places = [place for uid in uids if (place := read_place(journal, uid)) is not None]
    side_px = common_side_px(places)
    return uids, _Page([preview_crop(journal, place, side_px) for place in places], side_px)
