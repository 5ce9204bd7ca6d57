"""The belt between camera and reject gate as a PLC keeps it: a shift register, and the fail-safe rule at its end."""

from collections import deque
from collections.abc import Callable
from dataclasses import dataclass, replace

from plc.link import VerdictCode

PASSED_BECAUSE = "OK"


@dataclass(frozen=True, slots=True)
class Verdict:
    """What the station said of one part."""

    inspection_id: int
    code: VerdictCode


@dataclass(frozen=True, slots=True)
class BeltPart:
    """A part under way to the gate. `trouble` is the first thing that went wrong with it."""

    part_seq: int
    verdict: Verdict | None = None
    trouble: str = ""


@dataclass(frozen=True, slots=True)
class LeftPart:
    """A part that went through the gate."""

    part_seq: int
    verdict: Verdict | None
    passed: bool
    why: str


def gate(part: BeltPart, hindrance: str) -> LeftPart:
    """Decide one part: it passes on a verdict of OK, given for it alone, while nothing hinders; all else rejects.

    `hindrance` says what keeps the PLC from trusting the station at this moment, empty when nothing does.
    """
    if part.verdict is not None and part.verdict.code is not VerdictCode.OK:
        why = part.verdict.code.name
    else:
        why = part.trouble or hindrance or ("" if part.verdict else "no verdict before the gate")
    return LeftPart(part.part_seq, part.verdict, passed=not why, why=why or PASSED_BECAUSE)


class Conveyor:
    """A shift register of `pitch` places; a part enters at the camera and leaves at the gate `pitch` shifts later."""

    def __init__(self, pitch: int) -> None:
        if pitch < 1:
            raise ValueError(f"the gate is {pitch} takts from the camera; it must be at least 1")
        self._places: deque[BeltPart | None] = deque([None] * pitch)

    @property
    def parts(self) -> tuple[BeltPart, ...]:
        """Parts on the belt, the one nearest to the gate first."""
        return tuple(part for part in reversed(self._places) if part is not None)

    def shift(self, entering: BeltPart | None) -> BeltPart | None:
        """Move everything on by one place; gives the part that is at the gate now."""
        self._places.appendleft(entering)
        return self._places.pop()

    def trouble(self, part_seq: int, why: str) -> bool:
        """Note what went wrong with a part; the first note stands."""
        return self._change(part_seq, lambda part: part if part.trouble else replace(part, trouble=why))

    def judge(self, part_seq: int, verdict: Verdict) -> bool:
        """Give a part its verdict; False when it is not on the belt. A second verdict makes the part a doubtful one."""

        def judged(part: BeltPart) -> BeltPart:
            if part.verdict is None:
                return replace(part, verdict=verdict)
            worse = max(part.verdict, verdict, key=lambda given: given.code is not VerdictCode.OK)
            return replace(part, verdict=worse, trouble=part.trouble or "two verdicts for one part")

        return self._change(part_seq, judged)

    def _change(self, part_seq: int, change: Callable[[BeltPart], BeltPart]) -> bool:
        for place, part in enumerate(self._places):
            if part is not None and part.part_seq == part_seq:
                self._places[place] = change(part)
                return True
        return False
