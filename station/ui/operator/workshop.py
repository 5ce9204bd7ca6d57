"""All work on outlines that this screen has: what is in hand, what is on its way to the engine, and what is only kept here."""

from concurrent.futures import ThreadPoolExecutor

from PySide6.QtCore import QObject, Signal

from labeling.annotation import Annotation
from station.ui.context import Context
from station.ui.operator.drafting import Place, Recovered, survey
from station.ui.operator.handover import Standing
from station.ui.operator.kept import Kept, KeptBand
from station.ui.operator.work import Work
from station.ui.pictures import PartPicture, ViewPicture
from station.ui.words import part_name

_REMEMBERED = 20
"""So many revisions stored from here are known before they are read back."""


class Workshop(QObject):
    """Opens work, follows it after it is put down, and shows in `kept` what the engine does not have."""

    changed = Signal(object)
    """`Work` that came further, or did not."""
    verdict_saved = Signal(object, bool)
    """`Work` whose NG the engine has, and whether the part had passed the gate already."""
    stored = Signal(object)
    """uid of a part whose outlines the engine has."""

    def __init__(self, context: Context, parent: QObject) -> None:
        super().__init__(parent)
        self._context = context
        self.kept = KeptBand(context.theme)
        self._sync = ThreadPoolExecutor(1, "draft sync")
        self._in_hand: Work | None = None
        self._leaving: dict[Place, Work] = {}
        self._stored: dict[Place, Annotation] = {}
        context.reading.ask(lambda journal: survey(journal, context.data), self._found)

    def take_up(self, part: PartPicture, view: ViewPicture, *, hidden: bool, only_outlines: bool = False) -> Work:
        """Begin work on a view, or go on with it."""
        place = Place(part.uid, view.name)
        self.kept.drop(place)
        work = self._leaving.pop(place, None)
        if work is None:
            known = self._stored.get(place)
            work = Work(
                self._context,
                part,
                view,
                self._sync,
                self._came_further,
                hidden=hidden,
                known=known,
                only_outlines=only_outlines,
            )
        work.done = False
        self._in_hand = work
        return work

    def put_down(self, work: Work) -> None:
        """Let go of work: safe, on its way, or kept here and said so."""
        if work is self._in_hand:
            self._in_hand = None
        if work.handover.pending:
            self._leaving[work.place] = work
            return
        self._leaving.pop(work.place, None)
        if work.safe or not work.touched:
            work.drafting.discard()
        else:
            work.drafting.close()
            name = part_name(work.part_id, work.part_seq)
            self.kept.add(Kept(work.place, name, recovered=False, why=work.handover.text))

    def stop(self) -> None:
        """End the thread; drafts stay."""
        for work in (*self._leaving.values(), *((self._in_hand,) if self._in_hand else ())):
            work.drafting.close()
        self._sync.shutdown()

    def _came_further(self, work: Work) -> None:
        hand = work.handover
        if hand.given and not work.announced:
            work.announced = True
            self.verdict_saved.emit(work, hand.passed_already)
        if hand.standing is Standing.SAVED:
            if hand.newest is not None:
                self._stored = {**dict(list(self._stored.items())[-_REMEMBERED:]), work.place: hand.newest}
            self.stored.emit(work.place.part)
        if work.place in self._leaving:
            self.put_down(work)
        self.changed.emit(work)

    def _found(self, drafts: tuple[Recovered, ...]) -> None:
        for each in drafts:
            if self._in_hand is None or each.place != self._in_hand.place:
                self.kept.add(Kept(each.place, part_name(each.part_id, each.part_seq), recovered=True))
