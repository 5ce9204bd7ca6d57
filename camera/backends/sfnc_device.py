"""What a GenICam device does alike whichever library brings its pictures: features, clock, temperature and software trigger."""

from collections.abc import Mapping

from camera.backends.sfnc import FeatureSet
from camera.device import CameraError, FeatureValue


class SfncDevice:
    """The half of `camera.device.CameraDevice` that goes by SFNC names; whoever extends it opens, starts and takes pictures.

    It has `_features` from when it is open until it is closed.
    """

    def __init__(self, name: str) -> None:
        self._name = name
        self._features: FeatureSet | None = None

    def set_features(self, features: Mapping[str, FeatureValue]) -> None:
        """See `CameraDevice`."""
        for name, value in features.items():
            self._opened().set(name, value)

    def features(self) -> dict[str, FeatureValue]:
        """See `CameraDevice`."""
        return self._opened().read_all()

    def settable(self) -> frozenset[str]:
        """See `CameraDevice`."""
        return self._opened().settable()

    def clock_ns(self) -> int | None:
        """See `CameraDevice`."""
        return self._opened().clock_ns()

    def figures(self) -> dict[str, float]:
        """See `CameraDevice`."""
        return self._opened().figures()

    def trigger(self, trigger_id: int) -> None:
        """See `CameraDevice`."""
        del trigger_id
        if self._opened().read("TriggerMode") == "On":
            self._opened().set("TriggerSoftware", True)

    def _opened(self) -> FeatureSet:
        if self._features is None:
            raise CameraError(f"camera {self._name!r} is not open")
        return self._features
