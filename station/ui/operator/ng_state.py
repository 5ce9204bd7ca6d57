"""The NG mode in a value: the state of outlining, what can happen to it, and what the outside is asked for."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from enum import Enum, StrEnum, auto
from uuid import UUID

from labeling.annotation import Label
from labeling.edits import (
    History,
)
from labeling.shapes import Shape

UNCLASSED = ""
"""Class of an outline that waits for its chip; never sent to the engine."""


class Tool(StrEnum):
    """What a finger on the picture does."""

    SELECT = "select"
    LASSO = "lasso"
    TAP_SNAP = "tap-snap"
    HERE = "here"
    """Only where there is a model that can be pointed with."""
    BOX = "box"
    ROTATED_BOX = "rotated-box"
    POLYGON = "polygon"
    BRUSH = "brush"
    ERASER = "eraser"
    POLYLINE = "polyline"
    KEYPOINT = "keypoint"
    TAGS = "tags"


class Hint(Enum):
    """What the person is told to do next."""

    MARK = auto()
    """Tap the model's outline or draw one."""
    CHOOSE_CLASS = auto()
    """An outline waits for its chip."""
    CHOOSE_OUTLINE = auto()
    """A chip was tapped, and it is not clear for which outline."""
    CHOOSE_TAG = auto()
    """The next chips are of the whole picture."""
    MORE_OR_DONE = auto()
    """Nothing is open: draw a further one, or be done."""


@dataclass(frozen=True, slots=True, eq=False)
class Snap:
    """The two outlines of one stroke: as the finger drew it, and along the edges in the picture."""

    raw: Shape
    snapped: Shape


@dataclass(frozen=True, slots=True, eq=False)
class NgState:
    """All that the NG mode is.

    Attributes
    ----------
    history
        The document with its undo stack.
    offers
        The model's outlines, worst first; an accepted one is in the document under the same uid.
    selected
        An outline of the document or of the offers.
    snaps
        Outlines that can go back and forth between raw and snapped.
    decided
        Whether NG with a class, a tag or without an outline has been given.
    """

    history: History
    offers: tuple[Label, ...] = ()
    selected: UUID | None = None
    tool: Tool = Tool.LASSO
    snaps: Mapping[UUID, Snap] = field(default_factory=dict)
    decided: bool = False
    hint: Hint = Hint.MARK

    @property
    def labels(self) -> tuple[Label, ...]:
        """The outlines of the document."""
        return self.history.document.labels

    @property
    def open_offers(self) -> tuple[Label, ...]:
        """The model's outlines that nobody has accepted yet."""
        if not self.offers:
            return ()
        taken = {label.uid for label in self.labels}
        return tuple(offer for offer in self.offers if offer.uid not in taken)

    @property
    def unclassed(self) -> tuple[Label, ...]:
        """Outlines that wait for a chip."""
        return tuple(label for label in self.labels if label.class_name == UNCLASSED)

    @property
    def settled(self) -> bool:
        """Whether the next part may take over the screen: NG is given and nothing waits for a chip."""
        return self.decided and not self.unclassed

    @property
    def snap(self) -> Snap | None:
        """The two outlines between which the selected one can go back and forth."""
        return self.snaps.get(self.selected) if self.label(self.selected) is not None and self.selected else None

    @property
    def is_snapped(self) -> bool:
        """Whether the selected outline lies along the edges now."""
        label = self.label(self.selected)
        return label is not None and self.snap is not None and label.shape is self.snap.snapped

    def label(self, uid: UUID | None) -> Label | None:
        """Return an outline of the document."""
        return next((label for label in self.labels if label.uid == uid), None)


# Events ---------------------------------------------------------------------------------------------------------------


@dataclass(frozen=True, slots=True)
class OutlineTapped:
    """A tap on an outline; None: on the picture beside all of them."""

    uid: UUID | None


@dataclass(frozen=True, slots=True, eq=False)
class Drawn:
    """A new shape from any tool; `snappable`: a free-hand outline that edges can improve."""

    uid: UUID
    shape: Shape
    snappable: bool = False


@dataclass(frozen=True, slots=True, eq=False)
class Reshaped:
    """An outline got another shape: a vertex moved, a brush or an eraser went over it.

    `pieces` are what it is now: none, one or several, the largest first; `uids` name those after the first.
    """

    uid: UUID
    pieces: tuple[Shape, ...]
    uids: tuple[UUID, ...] = ()


@dataclass(frozen=True, slots=True, eq=False)
class Snapped:
    """The edges were found for the outline `raw`, which the person may have changed meanwhile."""

    uid: UUID
    raw: Shape
    shape: Shape


@dataclass(frozen=True, slots=True)
class ChipTapped:
    """A class of the palette."""

    name: str


@dataclass(frozen=True, slots=True)
class ToolTapped:
    """A tool of the tool bar."""

    tool: Tool


class Press(Enum):
    """Buttons that carry nothing but themselves."""

    RAW = auto()
    """Back to the raw outline, or forth to the snapped one."""
    DELETE = auto()
    UNDO = auto()
    REDO = auto()
    WITHOUT_OUTLINE = auto()
    DONE = auto()


Event = OutlineTapped | Drawn | Reshaped | Snapped | ChipTapped | ToolTapped | Press

# Effects --------------------------------------------------------------------------------------------------------------


@dataclass(frozen=True, slots=True, eq=False)
class FindEdges:
    """Have the outline snapped, off the screen's thread."""

    uid: UUID
    shape: Shape


class Effect(Enum):
    """What the outside has to do."""

    SEND = auto()
    """Give the verdict NG and store the annotation."""
    FINISH = auto()
    """The person is done with this part: all defects are outlined."""


Effects = tuple[FindEdges | Effect, ...]
