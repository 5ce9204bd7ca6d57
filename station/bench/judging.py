"""What holding many defects against the recipe's rules adds to a part."""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import UTC, datetime

import numpy as np

from camera.calibration import Calibration
from models.prediction import Prediction
from station.line.inspection import Fault, Verdict
from station.line.recipe import Recipe
from station.line.rules import judge

FIELD_OF_VIEW_MM = 122.4
_AT = datetime(2026, 1, 1, tzinfo=UTC)


@dataclass(frozen=True, slots=True)
class _View:
    """The one view of the recipe below."""

    prediction: Prediction
    size: tuple[int, int]
    name: str = "top"
    fault: Fault | None = None


def held_against_rules(width: int, height: int) -> Callable[[Prediction], Verdict]:
    """Return a judge of pictures of that size, by limits of every kind in mm of a calibrated view, with zones."""
    right, bottom = width - 1.0, height - 1.0
    recipe = Recipe.model_validate(
        {
            "name": "bench",
            "number": 1,
            "view": ({"name": "top", "camera": "camera-1", "model": "bench", "decided_by": "rules"},),
            "rule": (
                {"max_length_mm": 3.0, "doubt": 0.1, "max_count": 20},
                {"zone": "left", "max_width_mm": 1.0, "max_area_mm2": 4.0},
                {"max_total_area_mm2": 30.0, "min_distance_mm": 0.5},
            ),
            "zone": (
                {
                    "name": "left",
                    "view": "top",
                    "polygon": ((0, 0), (right / 2, 0), (right / 2, bottom), (0, bottom)),
                },
                {
                    "name": "corner",
                    "view": "top",
                    "polygon": ((0, 0), (right / 9, 0), (right / 9, bottom / 9)),
                    "ignore": True,
                },
            ),
        }
    )
    mm_per_px = FIELD_OF_VIEW_MM / width
    to_plane = np.diag([mm_per_px, mm_per_px, 1.0])
    calibrations = {"top": Calibration(width, height, (0.01, 0.0), to_plane, 0.1, 0.005, 100)}

    def held(prediction: Prediction) -> Verdict:
        return judge([_View(prediction, (width, height))], recipe, _AT, calibrations)

    return held
