"""White balance, found once before a neutral surface and from then on locked.

By the features of SFNC 2.7: `BalanceWhiteAuto` set to Once lets the device find its `BalanceRatio` for each colour of
`BalanceRatioSelector`, and reads Off when it has. An automatic that went on would change a part's colours from picture to
picture. The ratios are kept in a file, because a device forgets them with its power.
"""

import json
import math
import time
from collections.abc import Callable, Mapping
from pathlib import Path

from camera.device import CameraDevice, CameraError, TriggerKind

AUTO, SELECTOR, RATIO = "BalanceWhiteAuto", "BalanceRatioSelector", "BalanceRatio"
COLOURS = ("Red", "Green", "Blue")
ONCE, OFF = "Once", "Off"
FIND_S = 10.0
"""How long a device may take to find its white balance."""
_FRAME_S = 0.2
_AGAIN = "make it again with station cameras calibrate --white"

Ratios = Mapping[str, float]
"""The ratio of each colour of the device's own `BalanceRatioSelector`."""


def find_white(
    device: CameraDevice, camera: str, kind: TriggerKind, clock: Callable[[], float] = time.monotonic
) -> Ratios:
    """Have an armed device find its white balance, and say what it found.

    Parameters
    ----------
    kind
        As it is armed: by software or free-running.

    Raises
    ------
    CameraError
        If it has no such automatic, or does not find one in time.
    """
    if AUTO not in device.features():
        raise CameraError(
            f"camera {camera!r} cannot find a white balance: it has no feature {AUTO}; set its ratios with its maker's program, "
            "keep them in a user set of the camera, and name that as user_set"
        )
    device.set_features({AUTO: ONCE})
    until_s = clock() + FIND_S
    number = 0
    while device.features()[AUTO] != OFF:
        if clock() > until_s:
            raise CameraError(
                f"camera {camera!r} found no white balance within {FIND_S:g} s; show it an evenly lit grey surface, "
                "neither dark nor over-exposed"
            )
        if kind is TriggerKind.SOFTWARE:
            device.trigger(number)
            number += 1
        device.next_frame(_FRAME_S)
    return _ratios(device, camera)


def _ratios(device: CameraDevice, camera: str) -> Ratios:
    found: dict[str, float] = {}
    for colour in COLOURS:
        try:
            device.set_features({SELECTOR: colour})
        except CameraError:
            continue  # devices that hold one colour fixed leave it out
        ratio = device.features().get(RATIO)
        if isinstance(ratio, int | float) and not isinstance(ratio, bool):
            found[colour] = float(ratio)
    if not found:
        raise CameraError(f"camera {camera!r} does not say its {RATIO} for any of {', '.join(COLOURS)}")
    return found


def lock_white(device: CameraDevice, ratios: Ratios) -> None:
    """Switch the automatic off and set the ratios; each is read back. Raises `CameraError` naming the feature."""
    device.set_features({AUTO: OFF})
    for colour, ratio in ratios.items():
        device.set_features({SELECTOR: colour})
        device.set_features({RATIO: ratio})


def save_white_balance(camera: str, ratios: Ratios, path: Path) -> None:
    """Write a white balance. Raises `OSError`."""
    path.write_text(json.dumps({"format": 1, "camera": camera, "ratios": dict(ratios)}, indent=2) + "\n")


def load_white_balance(path: Path) -> Ratios:
    """Read a white balance. Raises `CameraError` naming the file and the remedy."""
    try:
        ratios = json.loads(path.read_text())["ratios"]
        found = {str(colour): float(ratio) for colour, ratio in ratios.items()}
    except (OSError, ValueError, KeyError, TypeError, AttributeError) as error:
        raise CameraError(f"white balance {path} cannot be used ({type(error).__name__}: {error}); {_AGAIN}") from None
    if not found or not all(math.isfinite(ratio) and ratio > 0 for ratio in found.values()):
        raise CameraError(f"white balance {path} is damaged; {_AGAIN}")
    return found
