"""The review's words in the person's language: why a part is in the queue, its stage, what is wrong with labels."""

from collections.abc import Sequence
from datetime import datetime

from PySide6.QtCore import QCoreApplication, QDateTime, QLocale

from station.review.queue import Reason, Stage, Why


def why_word(why: Why) -> str:
    """Say what brought a part into the queue."""
    words = {
        Why.NG: QCoreApplication.translate("Review", "NG"),
        Why.NOT_DECIDABLE: QCoreApplication.translate("Review", "not decidable"),
        Why.DISAGREEMENT: QCoreApplication.translate("Review", "disagreement"),
        Why.SECOND_OPINION: QCoreApplication.translate("Review", "second opinion"),
        Why.AUDIT: QCoreApplication.translate("Review", "random sample"),
        Why.DRIFT: QCoreApplication.translate("Review", "unlike before"),
        Why.DOUBTED: QCoreApplication.translate("Review", "label in doubt"),
        Why.GOLDEN: QCoreApplication.translate("Review", "known answer"),
    }
    return words[why]


def whys_words(whys: Sequence[Why]) -> str:
    """Say all of it in one line."""
    return ", ".join(why_word(why) for why in whys)


def stage_word(stage: Stage) -> str:
    """Say what a part waits for."""
    words = {
        Stage.FIRST: QCoreApplication.translate("Review", "first look"),
        Stage.SECOND: QCoreApplication.translate("Review", "second opinion"),
        Stage.ADJUDICATION: QCoreApplication.translate("Review", "adjudication"),
        Stage.REWORK: QCoreApplication.translate("Review", "rework"),
        Stage.DONE: QCoreApplication.translate("Review", "done"),
    }
    return words[stage]


def reason_word(reason: Reason) -> str:
    """Say what is wrong with labels."""
    words = {
        Reason.WRONG_CLASS: QCoreApplication.translate("Review", "wrong class"),
        Reason.LOOSE: QCoreApplication.translate("Review", "too loose"),
        Reason.SLOPPY: QCoreApplication.translate("Review", "sloppy outline"),
        Reason.MISSED: QCoreApplication.translate("Review", "defect missed"),
        Reason.PARTIAL: QCoreApplication.translate("Review", "only part of it"),
    }
    return words[reason]


def moment_text(time: datetime, locale: QLocale) -> str:
    """Day and time of day in the screen's own zone, short."""
    return locale.toString(QDateTime.fromSecsSinceEpoch(int(time.timestamp())), QLocale.FormatType.ShortFormat)
