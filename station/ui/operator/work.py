"""One view of one part while it is called NG: what is drawn, its draft on disk, and how far it has come to the engine."""

from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from dataclasses import replace
from uuid import UUID, uuid4, uuid5

from labeling.annotation import Annotation, Label, Source
from labeling.areas import lassoed
from labeling.brush import add_stroke, erase_stroke
from labeling.canvas.hit import outline_at
from labeling.canvas.outline import Outline, OutlineStyle
from labeling.edits import AddLabel, Command, Many
from labeling.shapes import Box, Points, Polygon, Polyline, RotatedBox
from station.line.inspection import Author, VerdictKind
from station.ui.context import Context
from station.ui.operator.drafting import Drafting, Place
from station.ui.operator.handover import About, Handover, Seen, Sender, Standing
from station.ui.operator.ng_state import Drawn, Effects, Event, Reshaped, Tool
from station.ui.operator.ng_steps import begin, step
from station.ui.pictures import PartPicture, ViewPicture

LEAST_AREA_PX = 4.0
"""A stroke around less than this is a slip of the finger."""


class Work:
    """What is done on one view; lives on after the screen shows another part, until all of it is on record.

    Parameters
    ----------
    hidden
        Whether the model's opinion is kept back until the person has decided.
    known
        The last revision that this screen stored; `part` may have been read before.
    only_outlines
        Whether the verdict is given elsewhere, and only what is drawn is to be stored.
    changed
        Called after each change of what the engine has.
    """

    def __init__(
        self,
        context: Context,
        part: PartPicture,
        view: ViewPicture,
        sync: ThreadPoolExecutor,
        changed: Callable[["Work"], None],
        *,
        hidden: bool,
        known: Annotation | None = None,
        only_outlines: bool = False,
    ) -> None:
        self._context = context
        self._changed = changed
        self.only_outlines = only_outlines
        self.place = Place(part.uid, view.name)
        self.part_seq = part.record.inspection.trigger.part_seq
        self.part_id = part.record.inspection.trigger.part_id
        self.recipe = part.record.inspection.recipe.name
        self.size = view.size
        self.scale = view.scale
        self.pixels = view.pixels
        self.done = False
        """Whether the person is through with it."""
        self.announced = False
        """Whether others were told that the verdict is on record."""
        self._offers = () if hidden else offers(part.uid, view, newest_of(part, view.name))
        newest = newer(newest_of(part, view.name), known)
        self.drafting = Drafting(context.data, self.place, newest, sync)
        self.recovered = self.drafting.recovered
        seen = self._seen(part)
        self.handover = self._handover(newest, seen)
        self.state = begin(self.drafting.history, self._offers, decided=seen is None)
        if self.drafting.unfinished is not None:
            self._take_up(
                self.drafting.unfinished.points, self.drafting.unfinished.tool, self.drafting.unfinished.radius_px
            )

    def _handover(self, newest: Annotation | None, seen: Seen | None) -> Handover:
        session = self._context.session
        about = About(self.place.part, self.place.view, self.size, self.drafting.name, self.drafting.parent)
        sender = Sender(
            token=lambda: session.token,
            name=lambda: session.person.name if session.person is not None else "",
            now=self._context.clock.now,
        )
        return Handover(about, self._context.link, sender, lambda: self._changed(self), seen=seen, newest=newest)

    # What the person does --------------------------------------------------------------------------------------------

    def do(self, event: Event) -> Effects:
        """Take a step, with its entry in the draft before anything is shown; return what the outside has to do."""
        taken = step(self.state, event)
        self.state = taken.state
        if taken.entry is not None:
            self.drafting.enter(taken.entry)
        return taken.effects

    def stroke(self, points: Points, tool: Tool, radius_px: float) -> Effects:
        """Make of a finished stroke what its tool makes of it; a slip of the finger makes nothing."""
        event = self._meaning(points, tool, radius_px)
        if event is None:
            self.drafting.drop_stroke()
            return ()
        return self.do(event)

    def _meaning(self, points: Points, tool: Tool, radius_px: float) -> Event | None:
        match tool:
            case Tool.BRUSH:
                return self._brushed(points, radius_px)
            case Tool.ERASER:
                return self._erased(points, radius_px)
            case Tool.POLYLINE:
                return Drawn(uuid4(), Polyline(points)) if len(points) >= 2 else None
            case _:
                outline = ring(points)
                return Drawn(uuid4(), outline, snappable=tool is Tool.LASSO) if outline is not None else None

    def _brushed(self, points: Points, radius_px: float) -> Event | None:
        """Add to the selected outline where the stroke touches it, else draw a new one."""
        selected = self.state.label(self.state.selected)
        if selected is not None and isinstance(selected.shape, Polygon):
            pieces = add_stroke(selected.shape, points, radius_px)
            if len(pieces) == 1:
                return Reshaped(selected.uid, pieces)
        pieces = add_stroke(None, points, radius_px)
        return Drawn(uuid4(), pieces[0]) if pieces else None

    def _erased(self, points: Points, radius_px: float) -> Event | None:
        """Take from the selected outline, else from the one under the stroke; a model's outline is the person's then."""
        target = self._under(points, radius_px)
        if target is None or not isinstance(target.shape, Polygon | Box | RotatedBox):
            return None
        pieces = erase_stroke(target.shape, points, radius_px)
        return Reshaped(target.uid, pieces, tuple(uuid4() for _ in pieces))

    def _under(self, points: Points, radius_px: float) -> Label | None:
        labels = {label.uid: label for label in (*self.state.open_offers, *self.state.labels)}
        if self.state.selected in labels:
            return labels[self.state.selected]
        outlines = [Outline(uid, label.shape, OutlineStyle.PERSON) for uid, label in labels.items()]
        for point in points.tolist():
            uid = outline_at(outlines, (point[0], point[1]), radius_px)
            if isinstance(uid, UUID):
                return labels[uid]
        return None

    def _take_up(self, points: Points, tool: str, radius_px: float) -> None:
        """Go on with the stroke that a crash interrupted: what was drawn of it is an outline now."""
        known = Tool(tool) if tool in set(Tool) else Tool.LASSO
        event = self._meaning(points, known, radius_px) if known is not Tool.ERASER else None
        if isinstance(event, Drawn):
            event = replace(event, snappable=False)
        if event is None:
            self.drafting.drop_stroke()
        else:
            self.do(event)

    # What becomes of it ------------------------------------------------------------------------------------------------

    def send(self) -> None:
        """Have the engine store what has a class."""
        self.handover.hand_over(self.state.history.document, complete=self.done)

    @property
    def settled(self) -> bool:
        """Whether the next part may take its place on the screen."""
        return self.state.settled and self.handover.standing in {Standing.SENDING, Standing.SAVED}

    @property
    def safe(self) -> bool:
        """Whether the engine has all of it, so that the draft may go."""
        return self.handover.holds(self.state.history.document) and not self.state.unclassed

    @property
    def touched(self) -> bool:
        """Whether there is anything that could be lost."""
        return self.drafting.began

    def reload(self, part: PartPicture) -> None:
        """Begin again with what is on record now, the person's own outlines on it as one edit that can be undone."""
        newest = newest_of(part, self.place.view)
        theirs = {label.uid for label in newest.labels} if newest is not None and not newest.proposed else set()
        mine = tuple(AddLabel(label) for label in self.state.labels if label.uid not in theirs)
        command: Command | None = Many(mine) if mine else None
        self.drafting.rebase(newest, command)
        self.recovered = False
        seen = self._seen(part)
        self.handover = self._handover(newest, seen)
        self.state = begin(self.drafting.history, self._offers, decided=seen is None)

    def _seen(self, part: PartPicture) -> Seen | None:
        return None if self.only_outlines else seen_of(part)


def offers(part: UUID, view: ViewPicture, newest: Annotation | None = None) -> tuple[Label, ...]:
    """Return the model's outlines as labels that can be accepted; each has the same name whenever the part is opened.

    What another model proposed since, as the newest word on the view, is offered behind them.
    """
    own = tuple(
        Label(uuid5(part, f"{view.name}/{place}"), defect.class_name, defect.shape, Source.MODEL, defect.score)
        for place, defect in enumerate(view.defects)
    )
    return own + (newest.labels if newest is not None and newest.proposed else ())


def newest_of(part: PartPicture, view: str) -> Annotation | None:
    """Return the newest revision of a view's annotation."""
    found = part.annotations.get(view)
    return found if isinstance(found, Annotation) else None


def newer(read: Annotation | None, known: Annotation | None) -> Annotation | None:
    """Return the revision that was read, unless this screen stored one after it."""
    if known is None or (read is not None and known.uid in {read.uid, read.parent}):
        return read
    return known


def seen_of(part: PartPicture) -> Seen | None:
    """Return the verdict that NG supersedes; None where a person's NG is on record, which needs no other."""
    verdict = part.record.inspection.verdict
    if verdict.kind is VerdictKind.NG and verdict.by is not Author.RULES:
        return None
    return verdict.kind.value


def ring(points: Points) -> Polygon | None:
    """Return the outline that a stroke closes, None where it goes around nothing."""
    if len(points) < 3:
        return None
    outline = lassoed(points)
    return outline if outline.area_px >= LEAST_AREA_PX else None
