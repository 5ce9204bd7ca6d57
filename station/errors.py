"""From what went wrong to the exit code scripts rely on: 1 the work failed, 2 wrong configuration, 3 a device is missing."""

from camera.device import CameraError, DeviceMissingError
from labeling.dataset import FormatError
from models.errors import EvaluationError, ModelError, PictureError
from models.learning.errors import BackboneError, LearnError
from plc.link import PlcError
from station.journal.errors import NoJournalError, RefusedError, StorageError
from station.toml_file import ConfigError


class StationFailedError(Exception):
    """A process of the station ended before its work was done; the text says which and where to look."""


class DisplayMissingError(Exception):
    """There is no display to show a screen on."""


FAILED, WRONG_CONFIGURATION, DEVICE_MISSING = 1, 2, 3

_CODES: tuple[tuple[type[Exception], int], ...] = (
    (DeviceMissingError, DEVICE_MISSING),
    (PlcError, DEVICE_MISSING),
    (DisplayMissingError, DEVICE_MISSING),
    (ConfigError, WRONG_CONFIGURATION),
    (NoJournalError, WRONG_CONFIGURATION),
    (StationFailedError, FAILED),
    (StorageError, FAILED),
    (RefusedError, FAILED),
    (ModelError, FAILED),
    (PictureError, FAILED),
    (LearnError, FAILED),
    (EvaluationError, FAILED),
    (BackboneError, FAILED),
    (CameraError, FAILED),
    (FormatError, FAILED),
)

KNOWN_ERRORS = tuple(kind for kind, _ in _CODES)
"""Errors whose text is meant for the user; anything else is a defect of the station."""


def exit_code(error: Exception) -> int:
    """Return the exit code of a known error, `FAILED` for any other."""
    return next((code for kind, code in _CODES if isinstance(error, kind)), FAILED)
