"""The virtual part: a machined plate that a seed and a number determine, and the truth about it.

A plate of brushed metal with holes, a bore, a milled slot and an engraved mark lies in a dark fixture, a little
shifted and turned, under light that drifts slowly from part to part. About one part in five has one to three defects
(`camera.virtual.defects` says how they are distributed). The field of view is 122.4 mm wide whatever the size of the
picture.
"""

import json
from dataclasses import asdict, dataclass
from functools import lru_cache

import cv2
import numpy as np
import numpy.typing as npt

from camera.virtual.defects import Canvas, DefectClass, Mark, draw, plan
from camera.virtual.fixture import draw_fixture
from camera.virtual.light import light_map
from camera.virtual.plate import Grey, Layers, Window, plate_window, shade
from camera.virtual.texture import Pools, cut, draw_pools

FIELD_MM = 122.4
"""Width of the field of view."""
SHIFT_MM, TURN_DEG = 3.0, 1.5
"""How far a part may lie from its nominal pose, each way."""
FULL_WELL_E = 10_500.0
"""Electrons at 255 grey values, typical of a 3.45 µm global-shutter pixel; the rest is shot noise."""


@dataclass(frozen=True, slots=True)
class World:
    """One virtual line. Equal worlds draw equal parts, to the byte.

    `only_class` and `visibility` fix what is otherwise drawn by lot: for tables of what a model sees.
    """

    width: int = 2448
    height: int = 2048
    seed: int = 1
    defect_rate: float = 0.2
    only_class: DefectClass | None = None
    visibility: float | None = None

    @property
    def mm_per_px(self) -> float:
        """Millimetres a pixel covers."""
        return FIELD_MM / self.width


@dataclass(frozen=True, slots=True)
class Shot:
    """How the picture was taken, relative to the nominal exposure; `gain` amplifies the noise too."""

    exposure: float = 1.0
    gain: float = 1.0


@dataclass(frozen=True, slots=True)
class Pose:
    """Where the plate lies, from its nominal pose; turned about its own centre, positive clockwise on the picture."""

    dx_mm: float
    dy_mm: float
    turn_deg: float


@dataclass(frozen=True, slots=True, eq=False)
class TrueDefect:
    """`outline` has shape (N, 2), in image pixels; the largest outline where the defect has several pieces."""

    kind: DefectClass
    size_mm: float
    visibility: float
    contrast: float
    outline: npt.NDArray[np.float64]


@dataclass(frozen=True, slots=True, eq=False)
class Truth:
    """What is so about a part, whatever anyone sees in the picture."""

    part: int
    pose: Pose
    pixel_size_um: float
    defects: tuple[TrueDefect, ...]

    def to_json(self) -> str:
        """The truth as one JSON object, coordinates to a tenth of a pixel."""
        return json.dumps(
            {
                "part": self.part,
                "defective": bool(self.defects),
                "visibility": max((defect.visibility for defect in self.defects), default=None),
                "defects": [
                    {
                        "class": defect.kind.value,
                        "size_mm": round(defect.size_mm, 3),
                        "visibility": round(defect.visibility, 4),
                        "contrast": round(defect.contrast, 4),
                        "outline": np.round(defect.outline, 1).tolist(),
                    }
                    for defect in self.defects
                ],
                "pose": {name: round(value, 4) for name, value in asdict(self.pose).items()},
                "pixel_size_um": self.pixel_size_um,
            },
            separators=(",", ":"),
        )


@dataclass(frozen=True, slots=True, eq=False)
class DrawnPart:
    """`pixels` has shape (height, width), uint8, mono."""

    pixels: npt.NDArray[np.uint8]
    truth: Truth


@dataclass(frozen=True, slots=True, eq=False)
class _Stage:
    """Everything that is the same for all parts of a world."""

    window: Window
    layers: Layers
    fixture: Grey
    pools: Pools


@lru_cache(maxsize=2)
def _stage(width: int, height: int, seed: int) -> _Stage:
    mm_per_px = FIELD_MM / width
    window = plate_window(mm_per_px)
    fixture = draw_fixture(width, height, mm_per_px)
    pools = draw_pools(max(height, window.height), max(width, window.width), mm_per_px, seed)
    return _Stage(window, shade(window), fixture, pools)


def draw_part(world: World, part: int, shot: Shot | None = None) -> DrawnPart:
    """Draw one part of a world.

    The first call for a world takes about a second (its textures are drawn once); the two latest worlds are kept.
    """
    stage = _stage(world.width, world.height, world.seed)
    rng = np.random.default_rng([world.seed, 2, part])
    pose = Pose(*(float(v) for v in rng.uniform(-1, 1, 3) * (SHIFT_MM, SHIFT_MM, TURN_DEG)))
    grain = _grain(stage, rng)
    plate = (1 + grain * stage.layers.brushed) * stage.layers.base
    marks = _spoil(world, Canvas(plate, grain, stage.layers, stage.window), part)
    matrix = _matrix(stage.window, pose, world)
    picture = _lay(stage, plate, matrix, world)
    picture *= light_map(world.width, world.height, world.seed, part)
    pixels = _expose(picture, stage.pools, rng, shot or Shot())
    defects = tuple(_true(mark, matrix) for mark in marks)
    return DrawnPart(pixels, Truth(part, pose, world.mm_per_px * 1000, defects))


def _grain(stage: _Stage, rng: np.random.Generator) -> Grey:
    """The part's brush marks, relative, in the plate's own pixels."""
    shape = stage.layers.base.shape
    return np.add(cut(stage.pools.streaks, shape, rng), cut(stage.pools.hairs, shape, rng))


def _spoil(world: World, canvas: Canvas, part: int) -> list[Mark]:
    """Draw this part's defects, if any; their lots are their own, so that all else is as it were without them."""
    rng = np.random.default_rng([world.seed, 3, part])
    if rng.random() >= world.defect_rate:
        return []
    count = int(rng.choice([1, 2, 3], p=[0.7, 0.2, 0.1]))
    plans = [plan(rng, world.only_class, world.visibility) for _ in range(count)]
    return [draw(planned, canvas, rng) for planned in plans]


def _matrix(window: Window, pose: Pose, world: World) -> npt.NDArray[np.float64]:
    """Shape (2, 3): from the plate's own pixels to image pixels."""
    turn = np.radians(pose.turn_deg)
    cos, sin = np.cos(turn), np.sin(turn)
    x = (world.width - 1) / 2 + pose.dx_mm / world.mm_per_px
    y = (world.height - 1) / 2 + pose.dy_mm / world.mm_per_px
    return np.array(
        [[cos, -sin, x - cos * window.cx + sin * window.cy], [sin, cos, y - sin * window.cx - cos * window.cy]]
    )


def _lay(stage: _Stage, plate: Grey, matrix: npt.NDArray[np.float64], world: World) -> Grey:
    """Put the plate into the fixture: shape (height, width), grey values under nominal light."""
    size = (world.width, world.height)
    picture = np.asarray(cv2.warpAffine(plate, matrix, size, flags=cv2.INTER_LINEAR, borderValue=0), np.float32)
    cover = np.asarray(cv2.warpAffine(stage.layers.cover, matrix, size, flags=cv2.INTER_LINEAR), np.float32)
    picture += (1 - cover) * stage.fixture
    return picture


def _expose(picture: Grey, pools: Pools, rng: np.random.Generator, shot: Shot) -> npt.NDArray[np.uint8]:
    """Light becomes electrons, electrons grey values: shot noise, gain, saturation."""
    picture *= shot.exposure
    noise = np.sqrt(picture)
    noise *= cut(pools.noise, picture.shape, rng)
    noise *= float(np.sqrt(255 / FULL_WELL_E))
    picture += noise
    np.maximum(picture, 0, out=picture)
    return np.asarray(cv2.convertScaleAbs(picture, alpha=shot.gain), np.uint8)


def _true(mark: Mark, matrix: npt.NDArray[np.float64]) -> TrueDefect:
    """Outline the mask around its pixels' middle thirds, so that even a single pixel has an area."""
    thirds = np.repeat(np.repeat(mark.mask.astype(np.uint8), 3, axis=0), 3, axis=1)
    contours, _ = cv2.findContours(thirds, cv2.RETR_EXTERNAL, cv2.CHAIN_APPROX_SIMPLE)
    largest = max(contours, key=cv2.contourArea)[:, 0, :].astype(np.float64)
    points = (largest - 1) / 3 + np.array([mark.window.left, mark.window.top])
    outline = points @ matrix[:, :2].T + matrix[:, 2]
    return TrueDefect(mark.plan.kind, mark.plan.size_mm, mark.plan.visibility, mark.plan.contrast, outline)
