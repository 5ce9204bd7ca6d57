"""What the patch head looks at in a picture: brought into its pose, through the one-class model's graph, once a picture."""

import hashlib
from collections.abc import Callable
from dataclasses import dataclass

import cv2
import numpy as np
import numpy.typing as npt

from labeling.shapes import Shape
from models import geometry
from models.errors import PictureError
from models.learning.duplicates import dhash
from models.learning.feature_cache import Arrays, FeatureCache
from models.learning.features import PATCHES
from models.learning.one_class import picture_sha256
from models.learning.outlines import coverage
from models.learning.patch_graph import BASE_SCORE, CELLS, Grids, tap_model
from models.learning.tolerance import FloatArray
from models.manifest import Manifest
from models.registration import IDENTITY, Limits, Reference, warp
from models.session import Network

Bytes = npt.NDArray[np.uint8]
Halves = npt.NDArray[np.float16]
FORMAT = "patch-1"
"""Part of every key of the cache: another one where what is kept means something else."""
POSE = "pose"


@dataclass(frozen=True, slots=True, eq=False)
class PatchPicture:
    """A labelled picture to learn from.

    Attributes
    ----------
    sha256
        What the cache knows it by: the hash of its file.
    part
        Equal for pictures of one part.
    load
        Returns the picture, (H, W) or (H, W, 3) RGB uint8; called only where the cache does not know it.
    outlines
        What people outlined, in source pixels, everything that is wrong with the part; none where it is good.
    lot
        Equal for parts that were made together; empty where nothing is known of that.
    """

    sha256: str
    part: str
    load: Callable[[], Bytes]
    outlines: tuple[Shape, ...] = ()
    lot: str = ""


@dataclass(frozen=True, slots=True)
class Facts:
    """What is known of a picture whatever looks at it: its shape, the hash of its pixels, its difference hash."""

    shape: tuple[int, ...]
    pixels_sha256: str
    dhash: int


def facts_of(picture: PatchPicture, cache: FeatureCache) -> Facts:
    """Return what is known of a picture, from the cache where it has it."""
    key = key_of("facts")
    found = cache.get(picture.sha256, key)
    if found is None:
        pixels = picture.load()
        hashes = np.array([dhash(pixels)], np.uint64)
        digest = np.frombuffer(bytes.fromhex(picture_sha256(pixels)), np.uint8)
        found = {"shape": np.array(pixels.shape, np.int64), "pixels": digest, "dhash": hashes}
        cache.put(picture.sha256, key, found)
    return Facts(tuple(found["shape"].tolist()), found["pixels"].tobytes().hex(), int(found["dhash"][0]))


@dataclass(frozen=True, slots=True, eq=False)
class Seen:
    """One picture as the patch head sees it.

    Attributes
    ----------
    patches
        Shape (C, h, w): the backbone's features.
    cells
        Shape (K, H, W): the maps of the one-class model.
    covered
        Shape (H, W): the share of each cell that people outlined; 0 where nothing is looked at.
    score
        The one-class model's.
    """

    patches: Halves
    cells: Halves
    covered: FloatArray
    score: float


@dataclass(frozen=True, slots=True, eq=False)
class Tap:
    """Looks at pictures through a one-class model.

    Attributes
    ----------
    seen
        Shape (H, W) of the map: 0 where nothing is looked at.
    """

    manifest: Manifest
    reference: Reference | None
    network: Network
    grids: Grids
    seen: FloatArray
    key: str

    @classmethod
    def load(cls, manifest: Manifest, model: bytes, reference: bytes | None, seen: FloatArray, threads: int) -> "Tap":
        """Load the one-class model `model`, whose network's cells show the part where `seen` is 1."""
        data, cells = tap_model(model)
        network = Network.load(data, threads=threads)
        grids = Grids(cells, (seen.shape[0], seen.shape[1]))
        fine = np.repeat(np.repeat(seen, grids.times, axis=0), grids.times, axis=1)
        known = None if reference is None else _reference(manifest, reference)
        key = key_of(hashlib.sha256(data).hexdigest(), hashlib.sha256(reference or b"").hexdigest())
        return cls(manifest, known, network, grids, fine.astype(np.float32), key)

    def look(self, picture: PatchPicture, cache: FeatureCache) -> Seen:
        """Look at a picture, or find in the cache what was seen in it before.

        Raises
        ------
        PictureError
            If the part cannot be located in it.
        """
        found = cache.get(picture.sha256, self.key)
        if found is None:
            found = self._looked(picture.load())
            cache.put(picture.sha256, self.key, found)
        to_input = geometry.compose(
            geometry.resized(self.manifest.scale, self.manifest.scale), found[POSE].astype(np.float64)
        )
        size = (self.manifest.input.width, self.manifest.input.height)
        covered = coverage(picture.outlines, to_input, size, self.grids.cells) * self.seen
        patches, cells = (np.asarray(found[name], np.float16) for name in (PATCHES, CELLS))
        return Seen(patches, cells, covered, float(found[BASE_SCORE][0]))

    def _looked(self, pixels: Bytes) -> Arrays:
        pose = IDENTITY if self.reference is None else self.reference.locate(pixels)
        size = (self.manifest.input.width, self.manifest.input.height)
        image = warp(pixels, pose, size, self.manifest.scale)
        rgb = image if image.ndim == 3 else np.repeat(image[:, :, None], 3, axis=2)
        patches, cells, score = self.network.run("image", rgb[None], (PATCHES, CELLS, BASE_SCORE))
        return {
            PATCHES: patches[0].astype(np.float16),
            CELLS: cells[0].astype(np.float16),
            BASE_SCORE: score,
            POSE: pose.matrix,
        }


def _reference(manifest: Manifest, data: bytes) -> Reference:
    spec = manifest.registration
    decoded = cv2.imdecode(np.frombuffer(data, np.uint8), cv2.IMREAD_UNCHANGED)
    if spec is None or decoded is None:
        raise PictureError("the reference picture cannot be read")
    pixels = np.asarray(decoded if decoded.ndim == 2 else cv2.cvtColor(decoded, cv2.COLOR_BGR2RGB), np.uint8)
    return Reference.from_image(pixels, Limits(spec.max_shift_px, spec.max_rotation_deg, spec.min_quality))


def key_of(*words: str) -> str:
    """Return a key of the cache for settings in words."""
    return hashlib.sha256("\n".join((FORMAT, *words)).encode()).hexdigest()
