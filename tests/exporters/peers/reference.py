"""What a program in an exporter's environment writes down: one folder a model, with the file and what its own library finds.

`model.onnx`, `sidecar.json` where the file does not say everything, `reference.npz` and `about.json`. All in pixels of the
picture, counted from the corner of the first one, as those libraries do. Nothing of the station is imported.
"""

import json
from collections.abc import Iterator
from pathlib import Path

import cv2
import numpy as np

CLASSES = ("good", "scratch", "dent")
SEED = 20261122


def pictures(folder: Path) -> Iterator[tuple[str, np.ndarray]]:
    """Yield every picture by name, (H, W, 3) uint8 BGR, as OpenCV reads it."""
    for path in sorted(folder.glob("*.png")):
        picture = cv2.imread(str(path), cv2.IMREAD_COLOR)
        assert picture is not None
        yield path.stem, picture


class Case:
    """One model of one exporter."""

    def __init__(self, root: Path, name: str) -> None:
        self.folder = root / name
        self.folder.mkdir(parents=True, exist_ok=True)
        self._arrays: dict[str, np.ndarray] = {}

    @property
    def model(self) -> Path:
        """Where its file belongs."""
        return self.folder / "model.onnx"

    def found(self, picture: str, shapes: np.ndarray, scores: np.ndarray, classes: np.ndarray) -> None:
        """Note boxes (N, 4) or corners (N, 4, 2), with scores and numbers of classes (N)."""
        self._arrays |= {
            f"{picture}/shapes": np.asarray(shapes, dtype=np.float64),
            f"{picture}/scores": np.asarray(scores, dtype=np.float64),
            f"{picture}/classes": np.asarray(classes, dtype=np.int64),
        }

    def drawn(self, picture: str, masks: np.ndarray) -> None:
        """Note the masks (N, H, W) of what was found, over the picture."""
        self._arrays[f"{picture}/masks"] = np.packbits(np.asarray(masks, dtype=bool), axis=-1)

    def noted(self, picture: str, **values: np.ndarray) -> None:
        """Note `probabilities` (C), `numbers` of classes (H, W), a `score` or a `heat` map (h, w)."""
        self._arrays |= {f"{picture}/{key}": np.asarray(value) for key, value in values.items()}

    def close(self, kind: str, by: str, *, sidecar: dict[str, object] | None = None, **about: object) -> None:
        """Write it down: what kind of result it is, and who reckoned it."""
        np.savez_compressed(self.folder / "reference.npz", **self._arrays)
        if sidecar is not None:
            (self.folder / "sidecar.json").write_text(json.dumps(sidecar))
        (self.folder / "about.json").write_text(json.dumps({"kind": kind, "by": by} | about))
