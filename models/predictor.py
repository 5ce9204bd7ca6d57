"""A model version ready to judge: picture in, prediction out."""

import hashlib
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Self, TypeVar

import cv2
import numpy as np
import numpy.typing as npt

from models.batches import answers_alike, choose_batch, warm_up_batches
from models.decoders.anomaly import MAX_DEFECTS, Placement, heat_over_source, outline
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
    TilesSpec,
    read_manifest,
)
from models.prediction import Prediction
from models.preprocess import Picture, fit
from models.providers import Provider
from models.registration import IDENTITY, Limits, Reference, warp
from models.session import MAX_MODEL_BYTES, Answer, Session
from models.threads import choose_threads
from models.tiles import Tile, blended, merged, tiles_of

Bytes = npt.NDArray[np.uint8]
Given = TypeVar("Given")
Result = TypeVar("Result")

MAX_REFERENCE_BYTES = 256 << 20
PNG_HEAD_BYTES = 24
DEEP_BITS = 16


@dataclass(frozen=True, slots=True, eq=False)
class Predictor:
    """Judges pictures by one model version. Immutable, so that another model takes over by one assignment.

    Load and warm up on another thread than the one that judges; `predict` may be called from any thread.
    """

    manifest: AnyManifest
    session: Session | ForeignSession
    reference: Reference | None
    batch: int = 1
    """Pictures, or tiles of one, that a run takes at most."""

    @classmethod
    def load(cls, folder: Path, *, threads: int | None = None, provider: Provider = Provider.CPU) -> Self:
        """Load a model version from its folder.

        Parameters
        ----------
        folder
            `models/<name>/<version>/`.
        threads
            Threads of one run; chosen by a short trial where None.
        provider
            What to run it on.

        Raises
        ------
        ModelError
            If a file is missing, damaged, or not what the manifest says, or the provider cannot be used.
        """
        manifest = read_manifest(folder)
        data = _read_checked(folder / MODEL_FILE, manifest.model_sha256, MAX_MODEL_BYTES)
        if isinstance(manifest, ForeignManifest):
            return cls.of_foreign(data, manifest, threads=threads, provider=provider)

        def load(data: bytes, threads: int) -> Session:
            return Session.load(data, threads=threads, provider=provider)

        session = load(data, threads if threads is not None else choose_threads(data, load))
        if (session.width, session.height) != (manifest.input.width, manifest.input.height):
            raise ModelError(
                f"{folder / MODEL_FILE}: its input is {session.width}x{session.height} pixels, the manifest says "
                f"{manifest.input.width}x{manifest.input.height}; deploy another version"
            )
        spec = manifest.registration
        return cls(manifest, session, None if spec is None else _read_reference(folder, spec, manifest.source))

    @classmethod
    def of_foreign(
        cls,
        data: bytes,
        manifest: ForeignManifest,
        *,
        threads: int | None = None,
        provider: Provider = Provider.CPU,
    ) -> Self:
        """Make a predictor of a model from elsewhere. Raises `ModelError` as `load` does."""

        def load(data: bytes, threads: int) -> ForeignSession:
            return ForeignSession.load(data, manifest, threads=threads, provider=provider)

        return cls(manifest, load(data, threads if threads is not None else choose_threads(data, load)), None)

    @property
    def bits(self) -> int:
        """Of a grey value that reach the model: 16 for one that takes all of a deeper picture."""
        return self.manifest.input.bits if isinstance(self.manifest, ForeignManifest) else 8

    @property
    def runs_on(self) -> Mapping[str, int]:
        """What the model really runs on: onnxruntime's name of each provider → how many of its operators."""
        return self.session.runs_on if isinstance(self.session, Session) else self.session.network.runs_on

    def predict(self, pixels: Picture) -> Prediction:
        """Judge one picture of shape (H, W) or (H, W, 3) RGB uint8, of the size the model learned from.

        A model from elsewhere takes every size; one of `bits` 16 takes uint16 too, 256 times the value (`preprocess.Picture`).

        Raises
        ------
        PictureError
            If the part cannot be located: it must be rejected, with this reason.
        ModelError
            If the picture is not of the kind the model learned from, or the model fails.
        """
        if isinstance(self.manifest, ForeignManifest) and self.manifest.tiles is not None:
            return self._over_tiles(pixels, self.manifest, self.manifest.tiles)
        image, placement = self.prepare(pixels)
        return self.interpret(self.session.run(image), placement)

    def predict_all(self, pictures: Sequence[Picture]) -> list[Prediction | PictureError | ModelError]:
        """Judge several pictures, as many in a run as `batch` says: each gets its prediction, or why it has none."""
        if self.batch == 1 or (isinstance(self.manifest, ForeignManifest) and self.manifest.tiles is not None):
            return [attempt(self.predict, pixels) for pixels in pictures]
        prepared = [attempt(self.prepare, pixels) for pixels in pictures]
        answers = iter(self._answers([one[0] for one in prepared if isinstance(one, tuple)]))
        predictions: list[Prediction | PictureError | ModelError] = []
        for one in prepared:
            if isinstance(one, tuple):
                answer = next(answers)
                predictions.append(self.interpret(answer, one[1]) if isinstance(answer, Answer) else answer)
            else:
                predictions.append(one)
        return predictions

    def _over_tiles(self, pixels: Picture, spec: ForeignManifest, grid: TilesSpec) -> Prediction:
        """Judge every tile of a picture; one that cannot be judged fails the picture."""
        _check_kind(pixels, self.bits)
        size = pixels.shape[1], pixels.shape[0]
        tiles = tiles_of(size, grid.size_px, grid.overlap_px)
        judged: list[tuple[Tile, Answer, Placement]] = []
        for first in range(0, len(tiles), self.batch):
            together = tiles[first : first + self.batch]
            fitted = [fit(tile.cut(pixels), spec.input) for tile in together]
            answers = self._answers([image for image, _ in fitted])
            for tile, answer, (_, placement) in zip(together, answers, fitted, strict=True):
                if not isinstance(answer, Answer):
                    raise ModelError(f"the tile at {tile.left}, {tile.top}: {answer}") from answer
                judged.append((tile, answer, placement))
        return _of_tiles(judged, size, spec)

    def _answers(self, images: Sequence[Picture]) -> list[Answer | PictureError | ModelError]:
        """Run the model on inputs of shape (1, h, w, 3); what fails together is run one by one, so that one fails alone."""
        answers: list[Answer | PictureError | ModelError] = []
        for first in range(0, len(images), self.batch):
            together = images[first : first + self.batch]
            if len(together) > 1 and isinstance(self.session, ForeignSession):
                every = attempt(self.session.run_together, together)
                if isinstance(every, list):
                    answers += every
                    continue
            answers += [attempt(self.session.run, image) for image in together]
        return answers

    def inputs(self, pixels: Picture) -> list[Picture]:
        """Return what the model is shown of a picture: one input (1, h, w, 3), or one for each tile. Raises as `predict` does."""
        if not isinstance(self.manifest, ForeignManifest) or (grid := self.manifest.tiles) is None:
            return [self.prepare(pixels)[0]]
        _check_kind(pixels, self.bits)
        tiles = tiles_of((pixels.shape[1], pixels.shape[0]), grid.size_px, grid.overlap_px)
        return [fit(tile.cut(pixels), self.manifest.input)[0] for tile in tiles]

    def prepare(self, pixels: Picture) -> tuple[Picture, Placement]:
        """Return the model's input (1, h, w, 3) for a picture, and where it lies in it. Raises as `predict` does."""
        spec = self.manifest
        _check_kind(pixels, self.bits)
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

    def batched(self, most: int = 0) -> Self:
        """Return the same model, judging several pictures in a run; `most` of 0 tries what is quickest. Slow, as `load` is.

        A model whose batch is fixed, or whose batches say something else, goes on with one picture a run.

        Raises
        ------
        ModelError
            If it fails on a single picture.
        """
        if most == 1 or not isinstance(self.session, ForeignSession) or not self.session.takes_several:
            return self
        batch = choose_batch(self.session) if most == 0 else most if answers_alike(self.session, most) else 1
        warm_up_batches(self.session, batch)
        return replace(self, batch=batch)

    def warm_up(self) -> None:
        """Run until the model is at its usual speed. Raises `ModelError` where it does not answer as it must."""
        self.session.warm_up()


def attempt(work: Callable[[Given], Result], given: Given) -> Result | PictureError | ModelError:
    """Return what comes of something, or why nothing does."""
    try:
        return work(given)
    except (PictureError, ModelError) as error:
        return error


def _of_foreign(answer: Answer, placement: Placement, spec: ForeignManifest) -> Prediction:
    limits = spec.thresholds
    cut = limits.low if limits.outline is None else limits.outline
    defects, left_out = ((), 0) if answer.found is None else defects_of(answer.found, spec, placement)
    heat = None
    if answer.anomaly_map.size:
        places = outline(answer.anomaly_map, placement, cut, 0.0, spec.classes[0])
        defects, left_out = places.defects, places.left_out
        heat = heat_over_source(answer.anomaly_map, placement)
    low, high, name = limits.low, limits.high, answer.class_name
    return Prediction(spec.model_sha256, answer.score, low, high, defects, heat, left_out, cut, name)


def _of_tiles(
    judged: Sequence[tuple[Tile, Answer, Placement]], size: tuple[int, int], spec: ForeignManifest
) -> Prediction:
    """Put together what tiles of a picture of (width, height) say: the worst score, and every defect once."""
    each = [(tile, _of_foreign(answer, placement, spec)) for tile, answer, placement in judged]
    found = [(tile, [tile.moved(defect) for defect in prediction.defects]) for tile, prediction in each]
    defects = merged(found, size, boxes=spec.task == "detection")
    left_out = sum(prediction.defects_left_out for _, prediction in each) + max(0, len(defects) - MAX_DEFECTS)
    worst = max((prediction for _, prediction in each), key=lambda prediction: prediction.score)
    maps = [(tile, answer.anomaly_map, placement) for tile, answer, placement in judged]
    heat = None if worst.heat_map is None else blended(maps, size)
    return replace(worst, defects=defects[:MAX_DEFECTS], heat_map=heat, defects_left_out=left_out)


def _check_kind(pixels: Picture, bits: int) -> None:
    deep = bits == DEEP_BITS and pixels.dtype == np.uint16
    if not (pixels.dtype == np.uint8 or deep) or not (pixels.ndim == 2 or (pixels.ndim == 3 and pixels.shape[2] == 3)):
        raise ModelError(
            f"the picture is {pixels.dtype} of shape {pixels.shape}, uint8 (H, W) or (H, W, 3) RGB is needed; "
            "check the camera's pixel format"
        )


def _check_size(pixels: Picture, manifest: Manifest) -> None:
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
