"""Which part is on show, and why: pure, so that every order of events can be tested."""

from dataclasses import dataclass, replace
from uuid import UUID


@dataclass(frozen=True, slots=True)
class Held:
    """A part the engine holds for a person, until a time of the screen's own monotonic clock in seconds."""

    uid: UUID
    part_seq: int
    until_s: float
    hold_s: float


@dataclass(frozen=True, slots=True)
class Showing:
    """The part on show follows the line, unless a part waits for a decision or the person keeps one open.

    Attributes
    ----------
    kept
        The person opened this part or works on it: newcomers do not take its place.
    held
        Parts that wait for a decision, the oldest first.
    newer
        Parts that came while another stayed on show.
    """

    shown: UUID | None = None
    newest: UUID | None = None
    kept: bool = False
    held: tuple[Held, ...] = ()
    newer: int = 0

    @property
    def hold(self) -> Held | None:
        """The hold of the part on show."""
        return next((held for held in self.held if held.uid == self.shown), None)

    @property
    def waiting(self) -> tuple[Held, ...]:
        """Held parts that are not on show."""
        return tuple(held for held in self.held if held.uid != self.shown)

    def arrived(self, uid: UUID, held: Held | None = None) -> "Showing":
        """A part is durable; `held` says that it waits for a person."""
        after = replace(self, newest=uid, held=(*self.held, held) if held else self.held)
        if self.kept or self.hold is not None:
            return replace(after, newer=self.newer + 1)
        return replace(after, shown=after.held[0].uid if after.held else uid, newer=0)

    def waits_still(self, held: Held) -> "Showing":
        """A part that came before waits for a person: this screen, or its connection, came back meanwhile."""
        after = replace(self, newest=self.newest or held.uid, held=(*self.held, held))
        return after if self.kept or self.hold is not None else replace(after, shown=after.held[0].uid)

    def released(self, uid: UUID) -> "Showing":
        """A part waits no longer; the next that does is shown, else this one stays until a newer part comes."""
        after = replace(self, held=tuple(held for held in self.held if held.uid != uid))
        return after.advanced() if uid == self.shown and after.held and not self.kept else after

    def opened(self, uid: UUID) -> "Showing":
        """The person wants to see a part; it stays until they are done with it."""
        return replace(self, shown=uid, kept=True)

    def keep(self) -> "Showing":
        """The person works on the part on show."""
        return replace(self, kept=self.shown is not None)

    def let_go(self) -> "Showing":
        """The person works on it no more."""
        return replace(self, kept=False)

    def advanced(self) -> "Showing":
        """The person is done: the oldest part that waits for a decision, else the newest."""
        shown = self.held[0].uid if self.held else self.newest
        return replace(self, shown=shown, kept=False, newer=self.newer if self.held else 0)

    def lapsed(self, now_s: float) -> "Showing":
        """Let go of holds that ended before a time; the same value where there is none."""
        over = [held.uid for held in self.held if held.until_s < now_s]
        after = self
        for uid in over:
            after = after.released(uid)
        return after

    def forgotten(self) -> "Showing":
        """The engine is another one: nothing waits any more."""
        return replace(self, held=())
