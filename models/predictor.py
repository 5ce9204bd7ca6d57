"""A model version ready to judge: picture in, prediction out."""

import hashlib
from dataclasses import dataclass
from pathlib import Path
from typing import Self

import cv2
import numpy as np
import numpy.typing as npt

from models.decoders.anomaly import Placement, heat_over_source, outline
from models.errors import ModelError, PictureError
from models.files import read_bounded
from models.foreign import ForeignSession, defects_of
from models.manifest import (
    DEPLOY_ANOTHER,
    MODEL_FILE,
    AnyManifest,
    ForeignManifest,
    Manifest,
    RegistrationSpec,
    SourceSpec,
    read_manifest,
)
from models.prediction import Prediction
from models.preprocess import fit
from models.registration import IDENTITY, Limits, Reference, warp
from models.session import MAX_MODEL_BYTES, Answer, Session, choose_threads

Bytes = npt.NDArray[np.uint8]

MAX_REFERENCE_BYTES = 256 << 20
PNG_HEAD_BYTES = 24


@dataclass(frozen=True, slots=True, eq=False)
class Predictor:
    """Judges pictures by one model version. Immutable, so that another model takes over by one assignment.

    Load and warm up on another thread than the one that judges; `predict` may be called from any thread.
    """

    manifest: AnyManifest
    session: Session | ForeignSession
    reference: Reference | None

    @classmethod
    def load(cls, folder: Path, *, threads: int | None = None) -> Self:
        """Load a model version from its folder.

        Parameters
        ----------
        folder
            `models/<name>/<version>/`.
        threads
            Threads of one run; chosen by a short trial where None.

        Raises
        ------
        ModelError
            If a file is missing, damaged, or not what the manifest says.
        """
        manifest = read_manifest(folder)
        data = _read_checked(folder / MODEL_FILE, manifest.model_sha256, MAX_MODEL_BYTES)
        if isinstance(manifest, ForeignManifest):
            return cls.of_foreign(data, manifest, threads=threads)
        session = Session.load(data, threads=threads if threads is not None else choose_threads(data))
        if (session.width, session.height) != (manifest.input.width, manifest.input.height):
            raise ModelError(
                f"{folder / MODEL_FILE}: its input is {session.width}x{session.height} pixels, the manifest says "
                f"{manifest.input.width}x{manifest.input.height}; deploy another version"
            )
        spec = manifest.registration
        return cls(manifest, session, None if spec is None else _read_reference(folder, spec, manifest.source))

    @classmethod
    def of_foreign(cls, data: bytes, manifest: ForeignManifest, *, threads: int | None = None) -> Self:
        """Make a predictor of a model from elsewhere. Raises `ModelError` as `load` does."""

        def load(data: bytes, threads: int) -> ForeignSession:
            return ForeignSession.load(data, manifest, threads=threads)

        return cls(manifest, load(data, threads if threads is not None else choose_threads(data, load=load)), None)

    def predict(self, pixels: Bytes) -> Prediction:
        """Judge one picture of shape (H, W) or (H, W, 3) RGB uint8, of the size the model learned from.

        A model from elsewhere takes every size.

        Raises
        ------
        PictureError
            If the part cannot be located: it must be rejected, with this reason.
        ModelError
            If the picture is not of the kind the model learned from, or the model fails.
        """
        image, placement = self.prepare(pixels)
        return self.interpret(self.session.run(image), placement)

    def prepare(self, pixels: Bytes) -> tuple[Bytes, Placement]:
        """Return the model's input (1, h, w, 3) for a picture, and where it lies in it. Raises as `predict` does."""
        spec = self.manifest
        _check_kind(pixels)
        if isinstance(spec, ForeignManifest):
            return fit(pixels, spec.input)
        _check_size(pixels, spec)
        pose = IDENTITY if self.reference is None else self.reference.locate(pixels)
        size = (spec.input.width, spec.input.height)
        image = warp(pixels, pose, size, spec.scale)
        rgb = image if image.ndim == 3 else np.asarray(cv2.cvtColor(image, cv2.COLOR_GRAY2RGB), dtype=np.uint8)
        source_size = (spec.source.width, spec.source.height)
        return rgb[np.newaxis], Placement.of(pose.matrix, spec.scale, size, source_size)

    def interpret(self, answer: Answer, placement: Placement) -> Prediction:
        """Return what an answer means in the picture."""
        spec = self.manifest
        if isinstance(spec, ForeignManifest):
            return _of_foreign(answer, placement, spec)
        limits = spec.thresholds
        cut = limits.low if limits.outline is None else limits.outline
        found = outline(answer.anomaly_map, placement, cut, spec.min_defect_area_px, spec.classes[0])
        return Prediction(
            model_sha256=spec.model_sha256,
            score=answer.score,
            low=limits.low,
            high=limits.high,
            defects=found.defects,
            heat_map=heat_over_source(answer.anomaly_map, placement),
            defects_left_out=found.left_out,
            outlined_from=cut,
        )

    def warm_up(self) -> None:
        """Run until the model is at its usual speed. Raises `ModelError` where it does not answer as it must."""
        self.session.warm_up()


def _of_foreign(answer: Answer, placement: Placement, spec: ForeignManifest) -> Prediction:
    defects, left_out = ((), 0) if answer.found is None else defects_of(answer.found, spec, placement)
    limits = spec.thresholds
    cut = limits.low if limits.outline is None else limits.outline
    return Prediction(spec.model_sha256, answer.score, limits.low, limits.high, defects, None, left_out, cut)


def _check_kind(pixels: Bytes) -> None:
    if pixels.dtype != np.uint8 or not (pixels.ndim == 2 or (pixels.ndim == 3 and pixels.shape[2] == 3)):
        raise ModelError(
            f"the picture is {pixels.dtype} of shape {pixels.shape}, uint8 (H, W) or (H, W, 3) RGB is needed; "
            "check the camera's pixel format"
        )


def _check_size(pixels: Bytes, manifest: Manifest) -> None:
    source, (height, width) = manifest.source, pixels.shape[:2]
    if (width, height) != (source.width, source.height):
        raise ModelError(
            f"the picture is {width}x{height} pixels, model {manifest.name} version {manifest.version} "
            f"learned from {source.width}x{source.height}; set the camera back or learn a model for this size"
        )


def _read_checked(path: Path, sha256: str, max_bytes: int) -> bytes:
    """Return a file whose hash is known. Raises `ModelError` naming file and remedy."""
    data = read_bounded(path, max_bytes, DEPLOY_ANOTHER)
    if hashlib.sha256(data).hexdigest() != sha256:
        raise ModelError(f"{path}: damaged, its SHA-256 is not the manifest's; {DEPLOY_ANOTHER}")
    return data


def _read_reference(folder: Path, spec: RegistrationSpec, source: SourceSpec) -> Reference:
    """Return the reference picture, ready. Raises `ModelError` naming file and remedy."""
    path = folder / spec.reference
    data = _read_checked(path, spec.sha256, MAX_REFERENCE_BYTES)
    head = data[:PNG_HEAD_BYTES]  # PNG (ISO/IEC 15948): signature, then the IHDR chunk with width and height
    size = int.from_bytes(head[16:20], "big"), int.from_bytes(head[20:24], "big")
    if head[:8] != b"\x89PNG\r\n\x1a\n" or head[12:16] != b"IHDR" or size != (source.width, source.height):
        raise ModelError(f"{path}: not a PNG of {source.width}x{source.height} pixels; deploy another version")
    decoded = cv2.imdecode(np.frombuffer(data, np.uint8), cv2.IMREAD_UNCHANGED)
    if decoded is None or decoded.dtype != np.uint8 or not (decoded.ndim == 2 or decoded.shape[2] == 3):
        raise ModelError(f"{path}: not an 8-bit grey or RGB picture; deploy another version")
    pixels = np.asarray(decoded if decoded.ndim == 2 else cv2.cvtColor(decoded, cv2.COLOR_BGR2RGB), dtype=np.uint8)
    limits = Limits(spec.max_shift_px, spec.max_rotation_deg, spec.min_quality)
    try:
        return Reference.from_image(pixels, limits)
    except PictureError as error:
        raise ModelError(f"{path}: {error}; learn the model again") from error
