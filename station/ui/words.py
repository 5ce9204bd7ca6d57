"""What the screens say in more than one place, in the person's language: verdicts, the state of the line, refusals."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from types import MappingProxyType

from PySide6.QtCore import QCoreApplication, QLocale, QTime

from station.desk.messages import Answer, Refusal, State
from station.ui.marks import Look, Mark

LOOKS: Mapping[str, tuple[Look, Mark]] = MappingProxyType(
    {
        "OK": (Look.OK, Mark.OK),
        "NG": (Look.NG, Mark.NG),
        "NOT_DECIDABLE": (Look.UNDECIDED, Mark.UNDECIDED),
    }
)
"""Colour and shape of each verdict."""


def verdict_word(verdict: str) -> str:
    """A verdict, as it is written large."""
    words = {
        "OK": QCoreApplication.translate("Words", "OK"),
        "NG": QCoreApplication.translate("Words", "NG"),
        "NOT_DECIDABLE": QCoreApplication.translate("Words", "Not decidable"),
    }
    return words[verdict]


def by_word(by: str, author: str) -> str:
    """Who gave a verdict."""
    if by == "rules":
        return QCoreApplication.translate("Words", "by the model and the recipe")
    if by == "qa":
        return QCoreApplication.translate("Words", "by {0}, QA").format(author)
    return QCoreApplication.translate("Words", "by {0}").format(author)


@dataclass(frozen=True, slots=True)
class LineWords:
    """The state of the line in the top bar: a mark, a word, and whether it is a colour's business."""

    mark: Mark
    word: str
    abnormal: bool


def line_words(*, up: bool, state: State | None, line: bool = True) -> LineWords:
    """Say whether the line runs; grey while it does. `line`: there is one behind the desk."""
    if not up:
        return LineWords(Mark.FAULT, QCoreApplication.translate("Words", "no engine"), abnormal=True)
    if not line:
        return LineWords(Mark.WAITING, QCoreApplication.translate("Words", "no line"), abnormal=False)
    if state is None:
        return LineWords(Mark.WAITING, QCoreApplication.translate("Words", "starting"), abnormal=False)
    if not state.accepting:
        return LineWords(Mark.WAITING, QCoreApplication.translate("Words", "paused"), abnormal=False)
    if state.online:
        return LineWords(Mark.RUNNING, QCoreApplication.translate("Words", "running"), abnormal=False)
    words = {
        "NONE": QCoreApplication.translate("Words", "waiting"),
        "STARTING": QCoreApplication.translate("Words", "starting"),
        "NO_CAMERA": QCoreApplication.translate("Words", "no camera"),
        "NO_MODEL": QCoreApplication.translate("Words", "no model"),
        "NO_STORAGE": QCoreApplication.translate("Words", "no storage"),
        "PLC_SET_OFFLINE": QCoreApplication.translate("Words", "PLC set offline"),
        "STOPPING": QCoreApplication.translate("Words", "stopping"),
    }
    word = words.get(state.reason, QCoreApplication.translate("Words", "offline"))
    calm = state.reason in {"NONE", "STARTING", "PLC_SET_OFFLINE", "STOPPING"}
    return LineWords(Mark.WAITING if calm else Mark.FAULT, word, abnormal=not calm)


def fault_title(code: str, source: str) -> str:
    """Name a standing fault in two or three words; the engine's own sentence follows it."""
    words = {
        "camera": QCoreApplication.translate("Words", "Camera"),
        "picture": QCoreApplication.translate("Words", "Picture"),
        "model": QCoreApplication.translate("Words", "Model"),
        "storage": QCoreApplication.translate("Words", "Storage"),
        "timeout": QCoreApplication.translate("Words", "Too late"),
        "overrun": QCoreApplication.translate("Words", "Overrun"),
        "recipe": QCoreApplication.translate("Words", "Recipe"),
        "plc": QCoreApplication.translate("Words", "PLC"),
    }
    word = words.get(code, QCoreApplication.translate("Words", "Fault"))
    return f"{word} · {source}" if source and source != code else word


def refusal_title(answer: Answer) -> str:
    """Say in a few words that something was not done; `Answer.text` is the sentence after it."""
    words = {
        Refusal.NOT_ALLOWED: QCoreApplication.translate("Words", "Not allowed — nothing was saved"),
        Refusal.NO_SUCH_PART: QCoreApplication.translate("Words", "Unknown part — nothing was saved"),
        Refusal.SUPERSEDED: QCoreApplication.translate("Words", "Decided elsewhere — yours was not saved"),
        Refusal.STORAGE: QCoreApplication.translate("Words", "Storage failed — nothing was saved"),
    }
    default = QCoreApplication.translate("Words", "Not done — nothing was saved")
    return words.get(answer.refusal, default) if answer.refusal else default


def clock_text(time: datetime, locale: QLocale) -> str:
    """Time of day in the screen's own zone, to the second; a clock that was never set shows what it has."""
    local = time.astimezone()
    return locale.toString(QTime(local.hour, local.minute, local.second), "HH:mm:ss")


def part_name(part_id: str, part_seq: int) -> str:
    """What a part is called: its own id, or its number in the PLC's sequence."""
    return part_id or f"{part_seq % 10_000:04d}"
