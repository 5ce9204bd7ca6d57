"""A model in whole numbers of 8 bits: smaller and often quicker, and another model, so held against the one it came from.

Static: what range each value has is measured beforehand, on pictures of parts. A version in fewer bits is only worth having where
it says the same; what "the same" is stands here.
"""

import hashlib
import statistics
import time
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import datetime
from typing import Any

import numpy as np
import numpy.typing as npt

from models.errors import ModelError, PictureError
from models.evaluate import is_bad, is_good
from models.foreign import ForeignSession
from models.manifest import AnyManifest, Manifest, Quantized
from models.predictor import Predictor, attempt
from models.preprocess import Picture
from models.session import Session, in_8_bits

MAX_CHANGED_SHARE = 0.02
"""Of the pictures that may get another verdict; none of them may become good."""
LEAST_PICTURES = 8
"""For measuring the ranges, and as many others for the comparison."""
TIMED = 15
MIN_HIGH = 1e-6


@dataclass(frozen=True, slots=True)
class Agreement:
    """What two versions of a model make of the same pictures.

    Attributes
    ----------
    pictures
        How many both could judge.
    changed
        Those of another verdict; `became_good` of them were rejected before.
    largest, typical
        Difference of the scores, the largest and the median one, in shares of the threshold `high`.
    before_ms, after_ms
        Median of a run on the bare input.
    """

    pictures: int
    changed: int
    became_good: int
    largest: float
    typical: float
    before_ms: float
    after_ms: float

    def objection(self, tolerance: float) -> str | None:
        """Return why the second version is not as good as the first, None where it is; `tolerance` is for `largest`."""
        if self.became_good:
            return f"{self.became_good} of {self.pictures} pictures that were rejected would be good"
        if self.changed > MAX_CHANGED_SHARE * self.pictures:
            return f"{self.changed} of {self.pictures} pictures would get another verdict, {MAX_CHANGED_SHARE:.0%} may"
        if self.largest > tolerance:
            return f"a score moves by {self.largest:.1%} of the threshold high, {tolerance:.1%} are tolerated"
        return None


def quantized(predictor: Predictor, data: bytes, pictures: Sequence[Picture]) -> tuple[Predictor, bytes]:
    """Return a model, whose file is given, in 8 bits, and its file; ranges are measured on the pictures.

    Raises
    ------
    ModelError
        If too few of the pictures can be shown to the model, or it cannot be quantized.
    """
    feeds = [feed for pixels in pictures for feed in _feeds(predictor, pixels)]
    if len(feeds) < LEAST_PICTURES:
        raise ModelError(
            f"the model can look at {len(feeds)} of the pictures, at least {LEAST_PICTURES} are needed; give more"
        )
    made = in_8_bits(data, feeds)
    changes: dict[str, Any] = {"model_sha256": hashlib.sha256(made).hexdigest()}
    if isinstance(predictor.manifest, Manifest):
        manifest = predictor.manifest.model_copy(update=changes | {"files": {}})  # its card is of the other one
        return replace(predictor, manifest=manifest, session=Session.load(made)), made
    foreign = predictor.manifest.model_copy(update=changes)
    return replace(predictor, manifest=foreign, session=ForeignSession.load(made, foreign)), made


def agreement(before: Predictor, after: Predictor, pictures: Sequence[Picture], low: float, high: float) -> Agreement:
    """Let both versions judge the pictures, by the same thresholds. Raises `ModelError` if too few can be judged."""
    scores = np.array([pair for pixels in pictures if (pair := _scores(before, after, pixels)) is not None])
    if len(scores) < LEAST_PICTURES:
        raise ModelError(
            f"{len(scores)} of the pictures can be judged, at least {LEAST_PICTURES} are needed; give more"
        )
    kinds = is_bad(scores, high).astype(int) - is_good(scores, low).astype(int)
    moved = np.abs(scores[:, 1] - scores[:, 0]) / max(abs(high), MIN_HIGH)
    before_ms, after_ms = _run_ms(before, after, pictures)
    return Agreement(
        len(scores),
        int((kinds[:, 0] != kinds[:, 1]).sum()),
        int(((kinds[:, 0] >= 0) & (kinds[:, 1] < 0)).sum()),
        float(moved.max()),
        float(np.median(moved)),
        before_ms,
        after_ms,
    )


def noted(manifest: AnyManifest, of: AnyManifest, calibrated: int, found: Agreement, now: datetime) -> AnyManifest:
    """Return the manifest of a quantized model, saying which version it comes from and what the comparison found."""
    facts = Quantized(
        of_version=of.version,
        of_sha256=of.model_sha256,
        calibrated=calibrated,
        compared=found.pictures,
        changed=found.changed,
        largest=found.largest,
        before_ms=found.before_ms,
        after_ms=found.after_ms,
    )
    return manifest.model_copy(update={"created": now, "quantized": facts})


def _feeds(predictor: Predictor, pixels: Picture) -> Iterator[Mapping[str, npt.NDArray[Any]]]:
    """Yield what goes into the model for a picture, for each tile of it; nothing for a picture that it cannot look at."""
    inputs = attempt(predictor.inputs, pixels)
    for image in inputs if isinstance(inputs, list) else ():
        yield {"image": image} if isinstance(predictor.session, Session) else predictor.session.feed([image])


def _scores(before: Predictor, after: Predictor, pixels: Picture) -> tuple[float, float] | None:
    try:
        return before.predict(pixels).score, after.predict(pixels).score
    except PictureError:
        return None


def _run_ms(before: Predictor, after: Predictor, pictures: Sequence[Picture]) -> tuple[float, float]:
    """Return the median time of a run of each on the same input; they take turns, so that what else goes on hits both."""
    inputs = next(each for pixels in pictures if isinstance(each := attempt(before.inputs, pixels), list))
    times: tuple[list[float], list[float]] = ([], [])
    for _ in range(TIMED):
        for predictor, spent in zip((before, after), times, strict=True):
            begin = time.perf_counter()
            predictor.session.run(inputs[0])
            spent.append(1000 * (time.perf_counter() - begin))
    return statistics.median(times[0]), statistics.median(times[1])
