"""Hold to compare: the golden sample in the part's place, aligned away from the screen's thread."""

from dataclasses import dataclass
from pathlib import Path
from uuid import UUID

from PySide6.QtCore import QObject, Signal

from camera.frame import PixelFormat
from labeling.canvas.view import Canvas
from station.journal.errors import StorageError
from station.journal.images import decode, viewable
from station.journal.reader import JournalReader
from station.line.inspection import VerdictKind
from station.people.roles import Action
from station.ui.button import Button
from station.ui.context import Context
from station.ui.operator.golden import (
    LOOKED_AT,
    Bytes,
    Chosen,
    Fit,
    GoldenChoices,
    GoldenError,
    InPlace,
    lay_over,
    stand_in,
)
from station.ui.pictures import PartPicture, ViewPicture


@dataclass(frozen=True, slots=True, eq=False)
class Golden:
    """A golden sample laid over one part; `part_seq` and `by` say which part it is and who chose it ("": nobody)."""

    in_place: InPlace
    part_seq: int
    by: str


class Compare(QObject):
    """Shows the golden sample while it is held; the first look at a part takes a moment, and says so."""

    told = Signal(str)
    """What is compared with, or why nothing is; empty when the finger is off."""

    def __init__(self, context: Context, canvas: Canvas) -> None:
        super().__init__(canvas)
        self._context = context
        self._canvas = canvas
        self._wanted: tuple[UUID, str] | None = None
        self._held = False
        self._ready: tuple[tuple[UUID, str], Golden] | None = None
        self._seen: tuple[PartPicture, ViewPicture] | None = None
        self.button = Button(context.theme, clicked=self._choose)
        """Makes the part on show the golden sample; there for who may set the station up, on a part that is OK."""
        context.session.changed.connect(self._offer)
        self.retranslate()
        self._offer()

    def look_at(self, part: PartPicture, view: ViewPicture) -> None:
        """Say which view is on show."""
        self._seen = part, view
        self._offer()

    def retranslate(self) -> None:
        """Say everything again."""
        self.button.say(self.tr("Golden sample"))

    def _offer(self) -> None:
        good = self._seen is not None and self._seen[0].record.inspection.verdict.kind is VerdictKind.OK
        self.button.setVisible(good and self._context.session.may(Action.DEPLOY))

    def _choose(self) -> None:
        if self._seen is not None:
            self.told.emit(self.choose(*self._seen))

    @property
    def held(self) -> bool:
        """Whether it is held."""
        return self._held

    def hold(self, part: PartPicture, view: ViewPicture) -> None:
        """Show the golden sample until `release`."""
        key = (part.uid, view.name)
        self._held = True
        if self._ready is not None and self._ready[0] == key:
            self._show(self._ready[1])
        elif view.pixels is None:
            self.told.emit(self.tr("There is no picture to compare."))
        elif self._wanted != key:
            self._ask(key, part.record.inspection.recipe.name, view.pixels)
        else:
            self.told.emit(self.tr("Laying the golden sample over the part …"))

    def release(self) -> None:
        """Show the part again."""
        if self._held:
            self._held = False
            self._canvas.set_compare(None)
            self.told.emit("")

    def choose(self, part: PartPicture, view: ViewPicture) -> str:
        """Make a part's view the golden sample of its recipe; return what to say about it."""
        person = self._context.session.person
        recipe = part.record.inspection.recipe.name
        choice = Chosen(
            recipe=recipe,
            view=view.name,
            uid=part.uid,
            by=person.name if person is not None else "",
            time=self._context.clock.now(),
        )
        try:
            GoldenChoices(self._context.data).choose(choice)
        except GoldenError as error:
            return str(error)
        self._ready = self._wanted = None
        return self.tr("This part is the golden sample of {0}, view {1}, from now on.").format(recipe, view.name)

    def _ask(self, key: tuple[UUID, str], recipe: str, pixels: Bytes) -> None:
        self._wanted = key
        self.told.emit(self.tr("Laying the golden sample over the part …"))
        data = self._context.data

        def came(golden: Golden | None) -> None:
            if key == self._wanted:
                self._came(key, golden)

        def failed(text: str) -> None:
            if key == self._wanted:
                self._wanted = None
                self.told.emit(text)

        self._context.reading.ask(
            lambda journal: find_golden(journal, data, key, recipe, pixels), came, failed, urgent=True
        )

    def _came(self, key: tuple[UUID, str], golden: Golden | None) -> None:
        self._wanted = None
        if golden is None:
            if self._held:
                self.told.emit(self.tr("There is no good part to compare with yet."))
            return
        self._ready = key, golden
        if self._held:
            self._show(golden)

    def _show(self, golden: Golden) -> None:
        self._canvas.set_compare(golden.in_place.pixels)
        name = self.tr("Golden sample: part {0}").format(f"{golden.part_seq:04}")
        chosen = self.tr("chosen by {0}").format(golden.by) if golden.by else self.tr("the best good part on record")
        fits = {
            Fit.REGISTERED: "",
            Fit.SHIFTED: self.tr("laid over roughly: the part was not found exactly"),
            Fit.AS_IT_IS: self.tr("not laid over: the pictures do not fit each other"),
        }
        self.told.emit(" · ".join(text for text in (name, chosen, fits[golden.in_place.fit]) if text))


def find_golden(journal: JournalReader, data: Path, key: tuple[UUID, str], recipe: str, pixels: Bytes) -> Golden | None:
    """Return the golden sample of a view laid over `pixels`, shape (H, W) or (H, W, 3); None where there is no good part.

    Raises
    ------
    StorageError
        If the journal, the picture or the file of choices cannot be read.
    """
    part, view = key
    try:
        choice = GoldenChoices(data).chosen(recipe, view)
    except GoldenError as error:
        raise StorageError(str(error)) from error
    uid = choice.uid if choice is not None else None
    if uid is None:
        uid = stand_in(journal.parts(verdict=VerdictKind.OK, limit=LOOKED_AT).parts, recipe, part)
    record = journal.part(uid) if uid is not None else None
    if record is None:
        return None
    shown = next((each for each in record.inspection.views if each.name == view), None)
    if shown is None or shown.image is None:
        return None
    raw = decode(journal.blobs.get(shown.image.sha256), shown.image.media_type)
    golden = viewable(raw, PixelFormat(shown.pixel_format))
    by = choice.by if choice is not None else ""
    return Golden(lay_over(golden, pixels), record.inspection.trigger.part_seq, by)
