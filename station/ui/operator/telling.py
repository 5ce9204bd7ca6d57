"""What the column beside the picture says at one moment: everything in it follows from a `Moment`."""

from dataclasses import dataclass

from PySide6.QtCore import QCoreApplication, QLocale

from station.line.inspection import Author
from station.ui.operator.column import Column
from station.ui.operator.deciding import Decision
from station.ui.operator.facts import facts_of
from station.ui.operator.showing import Showing
from station.ui.operator.takt import TaktBar
from station.ui.pictures import PartPicture, ViewPicture
from station.ui.reasons import reason_of
from station.ui.sentences import said
from station.ui.words import by_word, part_name, verdict_word


@dataclass(frozen=True, slots=True, eq=False)
class Moment:
    """All that the column depends on.

    Attributes
    ----------
    part
        The part on show, once it is read.
    trouble
        Why it cannot be read.
    hides
        Whether the model's opinion is kept back until the person has decided.
    asked
        The verdict that was tapped against a sure model and awaits a second tap.
    fetch
        Parts to be taken off the line again.
    why_not
        Why nothing can be decided.
    outlining
        Whether the NG mode has the canvas and the column.
    """

    showing: Showing
    part: PartPicture | None
    view: ViewPicture | None
    trouble: str
    hides: bool
    asked: str | None
    fetch: tuple[str, ...]
    why_not: str
    outlining: bool
    under_way: Decision | None
    now_s: float
    locale: QLocale


def tell(column: Column, takt: TaktBar, moment: Moment) -> None:
    """Say all of it."""
    column.verdict.setVisible(not moment.outlining)  # the NG mode has a band of its own in that place
    _tell_part(column, moment)
    column.verdicts.allow(moment.why_not)
    column.verdicts.show_pressed(moment.under_way.verdict if moment.under_way else None)
    _tell_waiting(column, moment)
    _tell_ask(column, moment)
    _tell_fetch(column, moment)
    _tell_way_back(column, moment)
    count_down(column, takt, moment.showing, moment.now_s)


def count_down(column: Column, takt: TaktBar, showing: Showing, now_s: float) -> None:
    """Say how long the part on show still waits, and what comes then."""
    held = showing.hold
    column.hold.setVisible(held is not None)
    if held is None:
        takt.hold(None)
        return
    takt.hold(held.until_s, held.hold_s)
    left = f"{max(0.0, held.until_s - now_s):.0f}"
    column.hold.say(
        QCoreApplication.translate("Inspect", "Your decision · {0} s").format(left),
        QCoreApplication.translate(
            "Inspect", "The part waits for you. After that the PLC is told “not decidable” and rejects it."
        ),
    )


def _tell_part(column: Column, moment: Moment) -> None:
    part, view = moment.part, moment.view
    if part is None:
        soon = QCoreApplication.translate("Inspect", "The next part is shown as soon as it is judged.")
        column.verdict.say(None, moment.trouble or soon)
        column.facts.say("", [])
        return
    verdict = part.record.inspection.verdict
    column.verdict.say(verdict.kind.value, by_word(verdict.by.value, verdict.author), hidden=moment.hides)
    rows = facts_of(part, view, moment.locale) if view is not None else []
    if moment.hides:
        column.facts.say("", rows[:1])
    else:
        column.facts.say(_reason(part, view, moment.locale), rows)


def _reason(part: PartPicture, view: ViewPicture | None, locale: QLocale) -> str:
    if view is not None and view.fault is not None:
        return said(view.fault.text)
    if view is not None and view.trouble:
        return view.trouble
    judged = next((verdict for verdict in reversed(part.record.verdicts) if verdict.by is Author.RULES), None)
    return reason_of(judged, locale) if judged is not None else ""


def _tell_waiting(column: Column, moment: Moment) -> None:
    waiting = moment.showing.waiting
    column.waiting.setVisible(bool(waiting))
    if waiting:
        names = ", ".join(part_name("", held.part_seq) for held in waiting)
        column.waiting.say(QCoreApplication.translate("Inspect", "Also waiting for you: {0}").format(names))


def _tell_ask(column: Column, moment: Moment) -> None:
    column.ask.setVisible(moment.asked is not None)
    if moment.asked is not None and moment.part is not None:
        opposite = verdict_word(moment.part.record.inspection.verdict.kind.value)
        column.ask.say(
            QCoreApplication.translate("Inspect", "The model is sure: {0}").format(opposite),
            QCoreApplication.translate("Inspect", "Tap {0} once more if you are sure too.").format(
                verdict_word(moment.asked)
            ),
        )


def _tell_fetch(column: Column, moment: Moment) -> None:
    column.fetch.setVisible(bool(moment.fetch))
    if moment.fetch:
        column.fetch.say(
            QCoreApplication.translate("Inspect", "Fetch back: {0}").format(", ".join(moment.fetch)),
            QCoreApplication.translate("Inspect", "It passed the gate before it was called NG. Take it off the line."),
        )


def _tell_way_back(column: Column, moment: Moment) -> None:
    showing, text = moment.showing, ""
    if showing.kept and not moment.outlining and showing.newest is not None:
        text = QCoreApplication.translate("Inspect", "Back to the line")
        if showing.newer:
            text = QCoreApplication.translate("Inspect", "Back to the line · {0} newer").format(showing.newer)
    column.offer_way_back(text)
