"""Heads that give every pixel a class: scores (1, C, h, w), as logits or probabilities, or numbers of classes (1, h, w). Pure.

Of a class that is asked for, every connected place where it is the likeliest is outlined: where its score falls to that of its
best rival, between the pixels. At the edge of the input a place ends with the input.
"""

from collections.abc import Callable, Iterator
from dataclasses import dataclass

import cv2
import numpy as np
import numpy.typing as npt

from labeling.shapes import Points, Polygon
from models import geometry
from models.decoders.anomaly import MAX_DEFECTS, SIMPLIFY, simplified
from models.decoders.boxes import Detections, FloatArray, Limits, check_scores, class_numbers, sigmoid
from models.decoders.contours import Contour, trace
from models.errors import ModelError

FINER = 3
"""A map is interpolated to so many pixels a side of each of its own before it is traced: a step becomes a slope."""
SUM_TOLERANCE = 0.02
"""How far the probabilities of a pixel may be from adding up to 1."""
TIE = np.float32(1e-6)
"""How far a class is behind at least where it has not won, so that a tie is no place of it."""
NOBODY = -1

Window = tuple[slice, slice]
Advantage = Callable[[int, Window], FloatArray]
"""How far a class is ahead of its best rival in a window of the map; above 0 within its places."""


@dataclass(frozen=True, slots=True, eq=False)
class Scene:
    """What a head says of every pixel of a map of shape (h, w).

    Attributes
    ----------
    winners
        The class asked for that is likeliest at the pixel; `NOBODY` where another one is. Shape (h, w) intp.
    sure
        The probability of the likeliest class asked for, float32 of shape (h, w); may be 0 where it is no winner.
    advantage
        See `Advantage`.
    """

    winners: npt.NDArray[np.intp]
    sure: FloatArray
    advantage: Advantage


def decode_scores(output: FloatArray, limits: Limits, input_size: tuple[int, int], *, logits: bool) -> Detections:
    """Read the output of shape (1, C, h, w) float32; a single class is set against its absence.

    Parameters
    ----------
    input_size
        (width, height) in pixels, which the map covers.
    logits
        Whether the exponentials are still to be taken: softmax, or a sigmoid for a single class.

    Raises
    ------
    ModelError
        If what should be probabilities is none.
    """
    scores = output[0]
    if not logits:
        _check_probabilities(scores)
    if len(scores) == 1:
        return _outlined(_alone(scores[0], logits=logits), limits, input_size)
    asked = list(limits.classes)
    rest = [number for number in range(len(scores)) if number not in limits.classes]
    best, rival = scores[asked].max(axis=0), scores[rest].max(axis=0) if rest else np.float32(-np.inf)
    looked_at = _likely(scores, best - rival, asked, logits=logits) if rest else np.arange(best.size)
    winners, sure = np.full(best.shape, NOBODY, dtype=np.intp), np.zeros(best.shape, dtype=np.float32)
    values = scores.reshape(len(scores), -1)[:, looked_at]
    first = values.argmax(axis=0)
    winners.ravel()[looked_at] = np.where(np.isin(first, asked), first, NOBODY)
    sure.ravel()[looked_at] = _probability(values, asked, logits=logits)

    def advantage(number: int, window: Window) -> FloatArray:
        piece = scores[(slice(None), *window)]
        return np.asarray(piece[number] - np.delete(piece, number, axis=0).max(axis=0), dtype=np.float32)

    return _outlined(Scene(winners, sure, advantage), limits, input_size)


def decode_classes(output: FloatArray, limits: Limits, input_size: tuple[int, int], classes: int) -> Detections:
    """Read the output of shape (1, h, w) or (1, 1, h, w) float32 of a model that knows `classes` classes; its score is 1.

    A single class is set against its absence: its number is 1, and 0 where it is not.

    Raises
    ------
    ModelError
        If a pixel has a number that is none of a class.
    """
    alone = classes == 1
    numbers = class_numbers(output.reshape(-1), classes + alone).reshape(output.shape[-2:]) - alone
    asked = np.isin(numbers, np.asarray(limits.classes, dtype=np.intp))

    def advantage(number: int, window: Window) -> FloatArray:
        return np.where(numbers[window] == number, np.float32(0.5), np.float32(-0.5))

    return _outlined(Scene(np.where(asked, numbers, NOBODY), asked.astype(np.float32), advantage), limits, input_size)


def _alone(scores: FloatArray, *, logits: bool) -> Scene:
    """Return what the map of a single class says."""
    ahead = scores if logits else scores - np.float32(0.5)
    winners = np.where(ahead >= 0, 0, NOBODY)
    return Scene(winners, sigmoid(scores) if logits else scores, lambda _, window: ahead[window])


def _check_probabilities(scores: FloatArray) -> None:
    check_scores(float(scores.min()), float(scores.max()))
    sums = scores.sum(axis=0)
    if len(scores) > 1 and not float(np.abs(sums - 1).max()) <= SUM_TOLERANCE:
        raise ModelError(
            "the probabilities of the classes of a pixel do not add up to 1; name another head in the sidecar"
        )


def _likely(scores: FloatArray, ahead: FloatArray, asked: list[int], *, logits: bool) -> npt.NDArray[np.intp]:
    """Return the pixels where a class asked for wins, and all that may have the highest probability of one.

    With `ahead`, a class asked for has at most the probability that two classes alone would give it, the sigmoid of it (of
    probabilities: half of one more than it); the pixel where that is highest shows what the others have to reach.
    """
    place = int(ahead.argmax())
    reached = float(_probability(scores.reshape(len(scores), -1)[:, [place]], asked, logits=logits)[0])
    ceiling = sigmoid(ahead) if logits else (1 + ahead) / 2
    looked_at = (ahead >= 0) | (ceiling >= reached)
    looked_at.ravel()[place] = True  # whatever rounding does
    return np.flatnonzero(looked_at)


def _probability(values: FloatArray, asked: list[int], *, logits: bool) -> FloatArray:
    """Return the probability of the likeliest class asked for, of values of shape (C, N)."""
    best = values[asked].max(axis=0)
    if not logits:
        return np.asarray(best)
    highest = values.max(axis=0)
    return np.asarray(np.exp(best - highest) / np.exp(values - highest).sum(axis=0), dtype=np.float32)


def _outlined(scene: Scene, limits: Limits, input_size: tuple[int, int]) -> Detections:
    """Return the places of the classes asked for, best first."""
    found: list[tuple[float, int, Polygon]] = []
    left_out = 0
    for number in np.unique(scene.winners[scene.winners != NOBODY]).tolist():
        places, more = _places(scene, number, limits.floor)
        left_out += more
        for score, window, label, labels in places:
            found += [(score, number, shape) for shape in _shapes(scene, number, window, labels == label, input_size)]
    found.sort(key=lambda one: -one[0])
    given = found[:MAX_DEFECTS]
    return Detections(
        np.array([shape.bounds for _, _, shape in given], dtype=np.float32).reshape(-1, 4),
        np.array([score for score, _, _ in given], dtype=np.float32),
        np.array([number for _, number, _ in given], dtype=np.intp),
        float(scene.sure.max()),
        tuple(shape for _, _, shape in given),
        left_out + len(found) - len(given),
    )


def _places(
    scene: Scene, number: int, floor: float
) -> tuple[list[tuple[float, Window, int, npt.NDArray[np.int32]]], int]:
    """Return each place of a class: score, window, label and the labels of the window; and how many more there are."""
    mask = scene.winners == number
    count, labels, stats, _ = cv2.connectedComponentsWithStats(mask.view(np.uint8), connectivity=8)
    pixels = np.flatnonzero(mask)
    peaks = np.zeros(count, dtype=np.float32)
    np.maximum.at(peaks, labels.ravel()[pixels], scene.sure.ravel()[pixels])
    reached = np.flatnonzero(peaks >= floor)
    reached = reached[reached > 0]  # 0 is what is none of it
    best = reached[np.lexsort((-stats[reached, cv2.CC_STAT_AREA], -peaks[reached]))][:MAX_DEFECTS]
    places = []
    for label in best.tolist():
        left, top, width, height = stats[label, :4].tolist()
        window = slice(max(0, top - 1), top + height + 1), slice(max(0, left - 1), left + width + 1)
        places.append((float(peaks[label]), window, label, np.asarray(labels[window], dtype=np.int32)))
    return places, len(reached) - len(best)


def _shapes(
    scene: Scene, number: int, window: Window, mine: npt.NDArray[np.bool_], input_size: tuple[int, int]
) -> Iterator[Polygon]:
    """Yield the outlines of one place, in input pixels: one, or more where it hangs together by corners only."""
    ahead = scene.advantage(number, window)
    ahead = np.where(
        mine, ahead, -np.maximum(np.abs(ahead), TIE)
    )  # nor are other places of the class in the window this one
    padded = np.pad(ahead, 1, mode="edge")
    padded[[0, -1]], padded[:, [0, -1]] = -np.abs(padded[[0, -1]]), -np.abs(padded[:, [0, -1]])
    size = padded.shape[1] * FINER, padded.shape[0] * FINER
    fine = np.asarray(cv2.resize(padded, size, interpolation=cv2.INTER_LINEAR), dtype=np.float32)
    contours = trace(fine, fine >= 0, 0.0)
    height, width = scene.winners.shape
    to_map = geometry.inverse(geometry.resized(FINER, FINER))
    to_map[:, 2] += window[1].start - 1, window[0].start - 1
    to_input = geometry.compose(geometry.resized(input_size[0] / width, input_size[1] / height), to_map)
    tolerance = SIMPLIFY * float(np.sqrt(abs(np.linalg.det(to_input[:, :2]))))
    rings = [_in_input(contour, to_input, tolerance) for contour in contours]
    holes: dict[int, list[Points]] = {}
    for contour, ring in zip(contours, rings, strict=True):
        if contour.parent >= 0 and ring is not None:
            holes.setdefault(contour.parent, []).append(ring)
    for index, (contour, ring) in enumerate(zip(contours, rings, strict=True)):
        if contour.parent < 0 and ring is not None:
            whole = Polygon(ring, tuple(holes.get(index, ())))
            yield whole if whole.area_px > 0 else Polygon(ring)


def _in_input(contour: Contour, to_input: geometry.Affine, tolerance: float) -> Points | None:
    return simplified(geometry.apply(to_input, contour.points).astype(np.float32), tolerance)
