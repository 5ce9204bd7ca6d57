"""The one-class model that a patch head stands upon: learned once, and again only when there are a fifth more good parts."""

import hashlib
import json
from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace
from datetime import UTC, datetime

import numpy as np
from pydantic import ValidationError

from models.learning.backbone import WEIGHTS_SHA256
from models.learning.feature_cache import Arrays, FeatureCache
from models.learning.one_class import LEARNER_VERSION, MIN_PARTS, LearnProgress, LearnSettings, learn
from models.learning.patch_features import PatchPicture, key_of
from models.learning.tolerance import FloatArray
from models.manifest import Manifest

COUNTS = (5, 6, 8, 10, 12, 15, 18, 22, 27, 33, 40, 48, 58, 70, 85, 100, 120, 145, 175, 210, 250)
"""Good parts that a one-class model is learned from: not one more with every label, or it would be learned again with each."""
SHARE = 0.8
"""Of the good parts at most: the others show what a good part looks like that it has not learned from."""
SHARE_OF_PROGRESS = 0.5
NEVER = datetime(1970, 1, 1, tzinfo=UTC)


@dataclass(frozen=True, slots=True, eq=False)
class Base:
    """A one-class model.

    Attributes
    ----------
    seen
        Shape (h, w) of the network's cells: 1 where all pictures show the part, else 0.
    numbers
        Which of the pictures it was given it learned from.
    held_out
        Shape (pictures learned from,): the score of each by a model that had not learned from its part.
    notices
        What the person who taught it should know.
    """

    manifest: Manifest
    model: bytes
    reference: bytes | None
    seen: FloatArray
    numbers: tuple[int, ...]
    held_out: tuple[float, ...]
    notices: tuple[str, ...]


def base_count(good: int) -> int:
    """Return how many of so many good parts, the oldest, the one-class model is learned from."""
    return max((count for count in COUNTS if count <= SHARE * good), default=min(good, MIN_PARTS))


def learn_base(
    pictures: Sequence[PatchPicture],
    settings: LearnSettings,
    cache: FeatureCache,
    progress: Callable[[LearnProgress], None],
) -> Base:
    """Learn the one-class model of these good parts, or find it in the cache. Raises as `models.learning.one_class.learn`."""
    key = _key(pictures, settings)
    found = cache.get_joint(key)
    base = None if found is None else _read(found)
    if base is not None:
        return base
    images = [one.load() for one in pictures]

    def tell(news: LearnProgress) -> None:
        progress(replace(news, fraction=0.1 + SHARE_OF_PROGRESS * news.fraction))

    learned = learn(images, settings, tell, [one.part for one in pictures], [one.lot or one.sha256 for one in pictures])
    base = Base(
        learned.manifest(NEVER),
        learned.model,
        learned.reference,
        learned.seen,
        learned.numbers,
        learned.held_out,
        learned.notices,
    )
    cache.put_joint(key, _written(base), [one.sha256 for one in pictures])
    return base


def _key(pictures: Sequence[PatchPicture], settings: LearnSettings) -> str:
    seeds = [settings.name, settings.smallest_defect_px, settings.registered, settings.seed, settings.budget_px]
    words = [
        LEARNER_VERSION,
        *seeds,
        *settings.heads,
        WEIGHTS_SHA256,
        *([one.sha256, one.part, one.lot] for one in pictures),
    ]
    return key_of("base", json.dumps(words))


def _written(base: Base) -> Arrays:
    return {
        "manifest": np.frombuffer(base.manifest.to_json(), np.uint8),
        "model": np.frombuffer(base.model, np.uint8),
        "reference": np.frombuffer(base.reference or b"", np.uint8),
        "seen": base.seen,
        "numbers": np.array(base.numbers, np.int64),
        "held_out": np.array(base.held_out, np.float64),
        "notices": np.frombuffer("\n".join(base.notices).encode(), np.uint8),
    }


def _read(found: Arrays) -> Base | None:
    """Return what was kept; None where another version of the program kept something else."""
    try:
        manifest = Manifest.model_validate_json(found["manifest"].tobytes())
        model = found["model"].tobytes()
        seen, numbers = np.asarray(found["seen"], np.float32), tuple(int(one) for one in found["numbers"].tolist())
        reference = found["reference"].tobytes() or None
        held_out = tuple(float(one) for one in found["held_out"].tolist())
        notices = tuple(found["notices"].tobytes().decode().splitlines())
    except (KeyError, ValidationError):
        return None
    if hashlib.sha256(model).hexdigest() != manifest.model_sha256:
        return None
    return Base(manifest, model, reference, seen, numbers, held_out, notices)
