"""`calibration/<view>.json` in the data folder: how a view's pixels become millimetres."""

from collections.abc import Iterable, Mapping
from datetime import datetime
from pathlib import Path
from typing import Annotated, Literal, Self

import numpy as np
from pydantic import AwareDatetime, BaseModel, ConfigDict, Field, ValidationError

from camera.calibration import Calibration
from station.journal.disk import make_directory, write_durably
from station.toml_file import ConfigError

FOLDER = "calibration"
MAX_BYTES = 64 * 1024

Row = tuple[float, float, float]
Positive = Annotated[float, Field(gt=0)]
NotNegative = Annotated[float, Field(ge=0)]


class CalibrationFile(BaseModel):
    """What the file says; `pattern` is the option of the command that made it."""

    model_config = ConfigDict(strict=True, extra="forbid", frozen=True, allow_inf_nan=False)

    format: Literal[1] = 1
    view: str
    camera: str
    created: Annotated[AwareDatetime, Field(strict=False)]
    pattern: str
    width: Annotated[int, Field(ge=1)]
    height: Annotated[int, Field(ge=1)]
    distortion: tuple[float, float]
    to_plane: tuple[Row, Row, Row]
    residual_px: NotNegative
    relative_uncertainty: NotNegative
    points: Annotated[int, Field(ge=2)]

    @classmethod
    def of(cls, calibration: Calibration, *, view: str, camera: str, pattern: str, created: datetime) -> Self:
        """Describe a calibration."""
        rows = calibration.to_plane.tolist()
        return cls(
            view=view,
            camera=camera,
            created=created,
            pattern=pattern,
            width=calibration.width,
            height=calibration.height,
            distortion=calibration.distortion,
            to_plane=tuple(tuple(row) for row in rows),  # type: ignore[arg-type]  # three of three, as the class says
            residual_px=calibration.residual_px,
            relative_uncertainty=calibration.relative_uncertainty,
            points=calibration.points,
        )

    @property
    def calibration(self) -> Calibration:
        """What it describes."""
        return Calibration(
            self.width,
            self.height,
            self.distortion,
            np.array(self.to_plane, np.float64),
            self.residual_px,
            self.relative_uncertainty,
            self.points,
        )


def calibration_file(data: Path, view: str) -> Path:
    """Where a view's calibration stands."""
    return data / FOLDER / f"{view}.json"


def load_calibration(data: Path, view: str) -> Calibration | None:
    """Read a view's calibration; None where it has none. Raises as `read_calibration_file` does."""
    file = read_calibration_file(data, view)
    return None if file is None else file.calibration


def read_calibration_file(data: Path, view: str) -> CalibrationFile | None:
    """Read what the file of a view's calibration says; None where it has none.

    Raises
    ------
    ConfigError
        If the file is there and cannot be used: sizes would be wrong without anybody's noticing.
    """
    path = calibration_file(data, view)
    try:
        with path.open("rb") as file:
            text = file.read(MAX_BYTES)
    except FileNotFoundError:
        return None
    except OSError as error:
        raise ConfigError(f"{path}: cannot be read ({error.strerror}); calibrate the view again or remove it") from None
    try:
        return CalibrationFile.model_validate_json(text)
    except ValidationError as error:
        first = error.errors()[0]
        key = ".".join(map(str, first["loc"])) or "the file"
        raise ConfigError(f"{path}: {key}: {first['msg']}; calibrate the view again or remove it") from None


def load_calibrations(data: Path, views: Iterable[str]) -> Mapping[str, Calibration]:
    """Read the calibrations of those views that have one. Raises as `load_calibration` does."""
    found = {view: load_calibration(data, view) for view in views}
    return {view: calibration for view, calibration in found.items() if calibration is not None}


def save_calibration(data: Path, file: CalibrationFile) -> Path:
    """Keep a view's calibration in place of the one before; durable on return. Raises `StorageError`."""
    path = calibration_file(data, file.view)
    make_directory(path.parent)
    write_durably(path, file.model_dump_json(indent=2).encode() + b"\n")
    return path
