"""Sentences that the engine makes, said in the person's language: faults, refusals, why it is gone.

What the engine says goes on record, in English. Here its sentences are known by their shape: each stands below as the engine
words it, with names where its values stand, and is looked up, and translated, by that. One that is not known is shown as it is.
"""

import re
from functools import lru_cache

from PySide6.QtCore import QT_TRANSLATE_NOOP, QCoreApplication

CONTEXT = "Engine"

_ENGINES = (
    # What keeps a part from being judged, or the line from running
    QT_TRANSLATE_NOOP(
        "Engine", "Camera {camera}: {reason}. Parts are rejected until it is back; it is tried again by itself."
    ),
    QT_TRANSLATE_NOOP("Engine", "Camera {camera}: {reason}. This part is rejected."),
    QT_TRANSLATE_NOOP("Engine", "View {view}: {reason} within the part's deadline. This part is rejected."),
    QT_TRANSLATE_NOOP("Engine", "View {view}: its turn came after the part's deadline. This part is rejected."),
    QT_TRANSLATE_NOOP("Engine", "View {view}: the picture is {reason}. This part is rejected."),
    QT_TRANSLATE_NOOP("Engine", "View {view}: the picture could not be stored ({reason}). This part is rejected."),
    QT_TRANSLATE_NOOP("Engine", "View {view}: {reason}. This part is rejected."),
    QT_TRANSLATE_NOOP("Engine", "Judging view {view} failed ({reason}). This part is rejected; see the log."),
    QT_TRANSLATE_NOOP("Engine", "There is no model {model}. This part is rejected. Learn or deploy one."),
    QT_TRANSLATE_NOOP("Engine", "Model {model}: {reason}. This part is rejected."),
    QT_TRANSLATE_NOOP("Engine", "Model {model} cannot be used: {reason}. Every part is rejected until there is one."),
    QT_TRANSLATE_NOOP("Engine", "Nothing can be stored: {reason}. Every part is rejected."),
    # Why, within those
    QT_TRANSLATE_NOOP("Engine", "no picture"),
    QT_TRANSLATE_NOOP("Engine", "no answer from the model"),
    QT_TRANSLATE_NOOP("Engine", "it is not started"),
    QT_TRANSLATE_NOOP("Engine", "it is starting"),
    QT_TRANSLATE_NOOP("Engine", "it was stopped"),
    QT_TRANSLATE_NOOP("Engine", "it was not ready within {seconds} s"),
    QT_TRANSLATE_NOOP("Engine", "its worker gave no sign of life for {seconds} s"),
    QT_TRANSLATE_NOOP("Engine", "its worker cannot be started: {reason}"),
    QT_TRANSLATE_NOOP("Engine", "camera {camera} is down: {reason}"),
    QT_TRANSLATE_NOOP("Engine", "no picture within {seconds} s of the trigger"),
    QT_TRANSLATE_NOOP("Engine", "no picture came in time"),
    QT_TRANSLATE_NOOP("Engine", "no frame for {seconds} s; check cable, power and trigger settings"),
    QT_TRANSLATE_NOOP("Engine", "trigger overrun, not fired: {reason}"),
    QT_TRANSLATE_NOOP("Engine", "black (brightness {value}, min_brightness {limit}); check the light"),
    QT_TRANSLATE_NOOP(
        "Engine", "over-exposed ({value} of it saturated, max_saturated_share {limit}); check exposure and light"
    ),
    QT_TRANSLATE_NOOP("Engine", "flat (contrast {value}, min_contrast {limit}); check light and lens"),
    QT_TRANSLATE_NOOP("Engine", "out of focus (sharpness {value}, min_sharpness {limit}); check the lens"),
    QT_TRANSLATE_NOOP("Engine", "frozen (the one before once more, value by value); check the camera"),
    QT_TRANSLATE_NOOP("Engine", "the picture is {size} pixels, the reference {reference}"),
    # Why a part cannot be decided by the recipe
    QT_TRANSLATE_NOOP("Engine", "the model gave no answer"),
    QT_TRANSLATE_NOOP("Engine", "the model's score or threshold is no finite number; check the model"),
    QT_TRANSLATE_NOOP("Engine", "the model outlined a defect without finite figures; check the model"),
    QT_TRANSLATE_NOOP("Engine", "threshold low {low} is above high {high}; correct the recipe or the model"),
    QT_TRANSLATE_NOOP("Engine", "the recipe {recipe} has no such view"),
    QT_TRANSLATE_NOOP("Engine", "{count} pictures where one is needed"),
    QT_TRANSLATE_NOOP("Engine", "{count} more defects are not outlined, so no rule could look at them"),
    QT_TRANSLATE_NOOP("Engine", "{key}: no millimetres are known{where}; calibrate the view, for a person to decide"),
    QT_TRANSLATE_NOOP("Engine", "{defects} near the limit {limit} not measured; for a person to decide"),
    # Why something was not done
    QT_TRANSLATE_NOOP("Engine", "Badge and PIN, or name and password, do not belong together."),
    QT_TRANSLATE_NOOP(
        "Engine", "Locked after {count} wrong tries, for {minutes} minutes. An administrator can unlock it."
    ),
    QT_TRANSLATE_NOOP("Engine", "Nobody is logged in; log in first."),
    QT_TRANSLATE_NOOP("Engine", "The session is over; log in first."),
    QT_TRANSLATE_NOOP("Engine", "The role {role} may not do this."),
    QT_TRANSLATE_NOOP("Engine", "There is no part {part}."),
    QT_TRANSLATE_NOOP("Engine", "The station"),
    QT_TRANSLATE_NOOP("Engine", "{who} has decided {verdict} meanwhile: look at the part again."),
    QT_TRANSLATE_NOOP("Engine", "{who} has decided this part; only QA may supersede another person's verdict."),
    QT_TRANSLATE_NOOP("Engine", "{who} has annotated this view meanwhile: open the part again and look."),
    QT_TRANSLATE_NOOP("Engine", "The pictures of this part were removed, and what nobody sees cannot be OK."),
    QT_TRANSLATE_NOOP("Engine", "View {view} has no picture, and what nobody saw cannot be OK."),
    QT_TRANSLATE_NOOP("Engine", "View {view} has no picture, so there is nothing to outline."),
    QT_TRANSLATE_NOOP("Engine", "The picture of view {view} was removed, so there is nothing to outline."),
    QT_TRANSLATE_NOOP("Engine", "{who} has this part at present."),
    QT_TRANSLATE_NOOP("Engine", "This part is reviewed already."),
    QT_TRANSLATE_NOOP("Engine", "This part is not decided yet: say OK or NG."),
    QT_TRANSLATE_NOOP("Engine", "This part waits for better labels: annotate it first."),
    QT_TRANSLATE_NOOP("Engine", "You have reviewed this part: the next word is somebody else's."),
    QT_TRANSLATE_NOOP("Engine", "The reviewers of this part differ: it must be adjudicated."),
    QT_TRANSLATE_NOOP("Engine", "The reviewers of this part do not differ, or not any more."),
    QT_TRANSLATE_NOOP("Engine", "You are one of those who differ on this part: somebody else must decide."),
    QT_TRANSLATE_NOOP("Engine", "{who} is not among the adjudicators."),
    QT_TRANSLATE_NOOP("Engine", "There is no word of yours to take back, or not the last one."),
    QT_TRANSLATE_NOOP("Engine", "Somebody has worked on this part since: review it again instead."),
    QT_TRANSLATE_NOOP("Engine", "There is no such change of class of yours to take back."),
    QT_TRANSLATE_NOOP("Engine", "The part has no picture, or nothing with another class."),
    QT_TRANSLATE_NOOP("Engine", "Review this part first: a known answer is one that stands."),
    QT_TRANSLATE_NOOP("Engine", "Nothing can be stored at present. Nothing was changed; try again."),
    QT_TRANSLATE_NOOP("Engine", "It could not be stored: {reason}."),
    QT_TRANSLATE_NOOP("Engine", "No part can be taken now: {reason}."),
    QT_TRANSLATE_NOOP("Engine", "too many parts are open already"),
    QT_TRANSLATE_NOOP("Engine", "There is no recipe {recipe}; there are: {recipes}."),
    QT_TRANSLATE_NOOP("Engine", "No line runs here: start the station first."),
    QT_TRANSLATE_NOOP("Engine", "The engine failed at this; its log says at what."),
    QT_TRANSLATE_NOOP("Engine", "{count} requests wait for the engine already; try again when it answers."),
    # Why the engine is not there
    QT_TRANSLATE_NOOP("Engine", "the engine ended"),
    QT_TRANSLATE_NOOP("Engine", "the engine has said nothing for {seconds} s"),
    QT_TRANSLATE_NOOP("Engine", "the engine is of another version; update this program and the engine together"),
    QT_TRANSLATE_NOOP("Engine", "no engine answers in {folder} ({error})"),
)
SENTENCES = tuple(map(str, _ENGINES))
_SENTENCES_WITHIN = {"reason", "who"}
"""Values that are sentences of the engine's themselves, or may be."""
_PLACE = re.compile(r"\{(\w+)\}")


def said(text: str) -> str:
    """Return what the engine said in the language in force, and as it is where it is not known."""
    for sentence, shape in _shapes():
        if (found := shape.fullmatch(text)) is not None:
            values = {
                name: said(value) if name in _SENTENCES_WITHIN else value for name, value in found.groupdict().items()
            }
            return QCoreApplication.translate(CONTEXT, sentence).format(**values)
    return text


@lru_cache(maxsize=1)
def _shapes() -> tuple[tuple[str, re.Pattern[str]], ...]:
    """Return each sentence with what it looks like; those that say the most themselves first."""
    own = sorted(SENTENCES, key=lambda sentence: len(_PLACE.sub("", sentence)), reverse=True)
    return tuple((sentence, _shape(sentence)) for sentence in own)


def _shape(sentence: str) -> re.Pattern[str]:
    pieces = _PLACE.split(sentence)  # words, name, words, name, …
    shape = "".join(f"(?P<{piece}>.*?)" if place % 2 else re.escape(piece) for place, piece in enumerate(pieces))
    return re.compile(shape, re.DOTALL)
