"""Bringing a device to its settings: user set, then features, then a look whether all of them hold."""

from collections.abc import Mapping
from pathlib import Path

from camera.device import CameraDevice, CameraError, FeatureValue
from camera.settings import CameraSettings
from camera.white_balance import AUTO, OFF, ONCE, load_white_balance, lock_white

_ROUNDING = 0.01
"""A device may round a float to what its clock can do; more than this part of the value is another value."""
_GREATEST_RATES = (
    "AcquisitionResultingFrameRate",
    "ResultingFrameRate",
    "BslResultingAcquisitionFrameRate",
    "ResultingFrameRateAbs",
)


def restore(device: CameraDevice, settings: CameraSettings) -> dict[str, FeatureValue]:
    """Load the user set, set the features, lock the white balance and read everything back; returns every feature read.

    Raises
    ------
    CameraError
        Naming the camera, the feature and what is wrong with it.
    """
    if settings.user_set:
        device.set_features({"UserSetSelector": settings.user_set, "UserSetLoad": True})
    set_in_rounds(device, settings.features)
    if settings.white_balance:
        _restore_white(device, settings)
    read = device.features()
    for name, wanted in settings.features.items():
        if wanted != ONCE and name in read and not is_same(wanted, read[name]):
            raise CameraError(
                f"camera {settings.name!r}: feature {name} was set to {wanted!r} but reads {read[name]!r} once all are set; "
                "another feature outweighs it"
            )
    return read


def _restore_white(device: CameraDevice, settings: CameraSettings) -> None:
    if settings.features.get(AUTO, OFF) != OFF:
        raise CameraError(
            f"camera {settings.name!r}: feature {AUTO} is {settings.features[AUTO]!r}, and white_balance locks it; "
            "keep one of the two"
        )
    lock_white(device, load_white_balance(Path(settings.white_balance)))


def set_in_rounds(device: CameraDevice, features: Mapping[str, FeatureValue]) -> None:
    """Set features in their order; those refused are tried again after the others, as long as that helps.

    Limits depend on other features: OffsetX on Width, ExposureTime on the frame rate. A file of features has no order that
    suits every device.

    Raises
    ------
    CameraError
        For the first feature that stays refused.
    """
    left = dict(features)
    while left:
        refused: dict[str, CameraError] = {}
        for name, value in left.items():
            try:
                device.set_features({name: value})
            except CameraError as error:
                refused[name] = error
        if len(refused) == len(left):
            raise next(iter(refused.values()))
        left = {name: features[name] for name in refused}


def dead_time_us(features: Mapping[str, FeatureValue]) -> float:
    """Say for how long after a trigger a device takes no other, by the greatest frame rate it says its settings allow.

    SFNC has no feature for it; these are the names that makers gave it. 0 where there is none of them.
    """
    rates = (features.get(name) for name in _GREATEST_RATES)
    rate = next((rate for rate in rates if isinstance(rate, int | float) and rate > 0), None)
    return 0.0 if rate is None else 1e6 / rate


def is_same(wanted: FeatureValue, got: FeatureValue | None) -> bool:
    """Whether a feature reads what it was set to, but for a device's rounding of floats."""
    if isinstance(wanted, float | int) and isinstance(got, float):
        return abs(got - wanted) <= max(_ROUNDING * abs(wanted), 1e-9)
    return wanted == got
