"""What a model says about one picture."""

from dataclasses import dataclass

import numpy as np
import numpy.typing as npt

from labeling.shapes import Polygon


@dataclass(frozen=True, slots=True, eq=False)
class Defect:
    """One place the model finds abnormal, outlined in source-image pixels.

    `score` is on the scale of `Prediction.score`; `class_name` is "anomaly" where the model knows no classes.
    """

    class_name: str
    score: float
    shape: Polygon


@dataclass(frozen=True, slots=True, eq=False)
class Prediction:
    """A model's answer for one picture.

    Attributes
    ----------
    model_sha256
        Hash of the ONNX file that answered.
    score
        0 plainly good, growing with abnormality; compared with the thresholds of the model's manifest.
    low, high
        The thresholds of that manifest: below `low` the picture is good, at `high` and above it is not, between them
        it is not decidable.
    defects
        Ordered by score, highest first.
    heat_map
        Shape (h, w) float32 on the scale of `score`, read-only, covering the source image; None where the model has
        none.
    defects_left_out
        How many more places were found than `defects` holds; only the worst are outlined.
    outlined_from
        Places below this score are not outlined; None where that is not known.
    class_name
        Of the whole picture, as a classifier has it: the likeliest class of a defect; empty for every other model.
    """

    model_sha256: str
    score: float
    low: float
    high: float
    defects: tuple[Defect, ...]
    heat_map: npt.NDArray[np.float32] | None
    defects_left_out: int = 0
    outlined_from: float | None = None
    class_name: str = ""
