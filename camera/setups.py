"""A camera that takes several views of a part, one after the other, with other features for each."""

from camera.device import CameraDevice, CameraError
from camera.features import is_same, set_in_rounds
from camera.mask import MOVING
from camera.settings import Setup

FIXED = (*MOVING, "PixelFormat", "TriggerMode", "TriggerSelector", "TriggerSource")
"""SFNC features that no device changes between two pictures of one acquisition, or that the station sets itself."""


def changing(setups: tuple[Setup, ...]) -> tuple[str, ...]:
    """Return the names of the features that are not the same in all setups, in their order."""
    first, *others = setups
    return tuple(
        name for name, value in first.features.items() if any(other.features[name] != value for other in others)
    )


class SetupSwitch:
    """Sets a device up for one view after the other.

    A device has only one picture under way while it is switched, so that none is taken with the features of two views.

    Parameters
    ----------
    camera
        The camera's name, for messages.
    setups
        None, or one for each view, in the order of the recipe.
    """

    def __init__(self, camera: str, device: CameraDevice, setups: tuple[Setup, ...]) -> None:
        self._camera = camera
        self._device = device
        self._setups = setups
        self._now: int | None = None

    @property
    def several(self) -> bool:
        """Whether the camera takes several views of a part."""
        return bool(self._setups)

    def try_all(self) -> None:
        """Set the device up for every view, the first at the end, and read each back.

        Raises
        ------
        CameraError
            Naming the view, the feature and what is wrong with it.
        """
        for number in reversed(range(len(self._setups))):
            self.turn_to(number)
            read = self._device.features()
            for name, wanted in self._setups[number].features.items():
                if name in read and not is_same(wanted, read[name]):
                    raise CameraError(
                        f"camera {self._camera!r}: feature {name} of view {self._setups[number].view} was set to {wanted!r} "
                        f"but reads {read[name]!r} once all are set; another feature outweighs it"
                    )

    def turn_to(self, number: int) -> None:
        """Set the device up for a view, by its number among those of the camera; nothing where it is already.

        Raises
        ------
        CameraError
            If the device refuses, naming the view.
        """
        if not self._setups or self._now == number:
            return
        setup = self._setups[number]
        self._now = None
        try:
            set_in_rounds(self._device, setup.features)
        except CameraError as error:
            raise CameraError(f"{error} (for view {setup.view})") from None
        self._now = number
