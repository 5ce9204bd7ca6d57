"""What the review's column says at one moment: everything in it follows from a `Moment`."""

from dataclasses import dataclass, replace

from PySide6.QtCore import QCoreApplication, QLocale

from station.line.inspection import Author
from station.review.queue import Outcome, QueueItem, Stage
from station.ui.operator.facts import facts_of
from station.ui.pictures import PartPicture, ViewPicture
from station.ui.reasons import reason_of
from station.ui.review.column import ReviewColumn
from station.ui.review.saying import Said, Word, accepted
from station.ui.review.words import reason_word, stage_word, whys_words
from station.ui.sentences import said as in_words
from station.ui.words import by_word, clock_text, verdict_word

MOST_FACTS = 8


@dataclass(frozen=True, slots=True, eq=False)
class Moment:
    """All that the column depends on.

    Attributes
    ----------
    item, part, view
        The part as the queue has it, and once it is read.
    said
        What the person said of it.
    taking, ended
        Whether parts are asked for; whether there were some in this run.
    words
        What reviewers said of it, as far as the person may know.
    golden
        Whether the person has just made it a golden part.
    """

    item: QueueItem | None
    part: PartPicture | None
    view: ViewPicture | None
    said: Said | None
    taking: bool
    ended: bool
    trouble: str
    why_not: str
    outlining: bool
    words: tuple[Word, ...]
    golden: bool
    can_undo: bool
    under_way: int
    locale: QLocale


def said_words(said: Said) -> str:
    """Say what somebody said of a part."""
    if said.outcome is Outcome.REWORK:
        reasons = ", ".join(reason_word(reason) for reason in said.reasons)
        return QCoreApplication.translate("Review", "rework: {0}").format(reasons)
    word = verdict_word(said.verdict) if said.verdict is not None else ""
    if said.relabel is not None:
        return f"{word} {said.relabel.class_name}".strip()
    if said.outcome is Outcome.ACCEPT:
        return QCoreApplication.translate("Review", "{0} accepted").format(word)
    return QCoreApplication.translate("Review", "now {0}").format(word)


def tell(column: ReviewColumn, moment: Moment) -> None:
    """Say all of it."""
    column.verdict.setVisible(not moment.outlining)
    column.why.setVisible(not moment.outlining)
    column.needs_rework.setVisible(not moment.outlining)
    column.edit.setVisible(not moment.outlining)
    column.golden.setVisible(False)
    column.undo.setVisible(not moment.outlining)
    column.saved.setVisible(not moment.outlining)
    column.verdicts.setVisible(not moment.outlining)
    item = moment.item
    if item is None:
        column.say_verdict(None, _no_part(moment), moment.locale.name())
        column.why.setText("")
        column.facts.say("", [])
    else:
        who = by_word(item.by.value, "").strip() if item.by is Author.RULES else _by_person(item)
        column.say_verdict(item.verdict.value, who, moment.locale.name())
        column.why.setText(_why(item))
        _tell_facts(column, moment, item)
    _tell_buttons(column, moment)


def _by_person(item: QueueItem) -> str:
    if item.by is Author.QA:
        return QCoreApplication.translate("Review", "by QA")
    return QCoreApplication.translate("Review", "by an operator")


def _why(item: QueueItem) -> str:
    text = QCoreApplication.translate("Review", "Here because: {0}").format(whys_words(item.whys))
    if item.stage not in {Stage.FIRST, Stage.SECOND}:
        text += " · " + stage_word(item.stage)
    return text


def _no_part(moment: Moment) -> str:
    if moment.taking:
        return QCoreApplication.translate("Review", "Parts are being taken …")
    if moment.ended:
        return QCoreApplication.translate(
            "Review", "No parts left in this view. F1 shows the queue and other views; K goes back."
        )
    return QCoreApplication.translate("Review", "No parts in this view, or others have them. F1 shows the queue.")


def _tell_facts(column: ReviewColumn, moment: Moment, item: QueueItem) -> None:
    """Say the reason and figures; what others said before only once the person has said what they think."""
    part, view = moment.part, moment.view
    if moment.trouble or part is None or view is None:
        column.facts.say(moment.trouble, [])
        return
    known = part
    if moment.said is None and item.stage is not Stage.ADJUDICATION:
        record = part.record
        known = replace(part, record=replace(record, verdicts=record.verdicts[:1]))
    said = [(clock_text(word.time, moment.locale), _word(word)) for word in moment.words]
    facts = facts_of(known, view, moment.locale)[: MOST_FACTS - len(said)]
    column.facts.say(_reason(item, known, moment.locale), [*facts, *said])


def _reason(item: QueueItem, known: PartPicture, locale: QLocale) -> str:
    """Say why the part was judged as it was, out of that verdict's findings where it has any."""
    judged = (verdict for verdict in known.record.verdicts if (verdict.by, verdict.reason) == (item.by, item.reason))
    verdict = next(judged, None)
    return reason_of(verdict, locale) if verdict is not None else in_words(item.reason)


def _word(word: Word) -> str:
    """Say what a reviewer said."""
    reasons = ", ".join(reason_word(reason) for reason in word.reasons)
    if word.outcome is Outcome.REWORK:
        said = QCoreApplication.translate("Review", "rework: {0}").format(reasons)
    else:
        said = verdict_word(word.verdict.value) if word.verdict is not None else reasons
    return QCoreApplication.translate("Review", "{0}, reviewing: {1}").format(word.reviewer, said)


def _tell_buttons(column: ReviewColumn, moment: Moment) -> None:
    """Print A on the verdict that lets the judgement stand, and R on the other one; neither moves."""
    item = moment.item
    stands = accepted(item) if item is not None else "NG"
    column.verdicts.ok.print_key("A" if stands == "OK" else "R")
    column.verdicts.ng.print_key("A" if stands == "NG" else "R")
    column.verdicts.allow(moment.why_not if item is not None else "")
    for button in (column.verdicts.ok, column.verdicts.ng):
        button.setEnabled(not moment.why_not)
    pressed = moment.said.verdict if moment.said is not None else None
    column.verdicts.show_pressed(pressed)
    done = moment.said is not None and moment.said.stage is Stage.DONE and moment.said.verdict is not None
    if done and not moment.outlining:  # what is said and settled can become a part whose answer is known
        column.needs_rework.hide()
        column.edit.hide()
        column.golden.show()
    known = QCoreApplication.translate("Review", "No golden part")
    column.golden.say(known if moment.golden else QCoreApplication.translate("Review", "Golden part"))
    column.needs_rework.setEnabled(not moment.why_not)
    column.edit.setEnabled(not moment.why_not)
    column.undo.setEnabled(moment.can_undo)
    column.palette_.setEnabled(not moment.why_not)
    column.palette_.setVisible(moment.said is None)  # what is said needs no class, and its history the room
    if moment.under_way:
        column.saved.say(QCoreApplication.translate("Review", "Being saved …"))
