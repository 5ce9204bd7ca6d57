from collections.abc import Mapping
from dataclasses import replace
from pathlib import Path

import numpy as np
import pytest

from camera.backends.simulated import LAMP_RGB, open_device
from camera.device import CameraDevice, CameraError, FeatureValue, RawFrame, TriggerKind
from camera.features import restore
from camera.settings import CameraSettings
from camera.white_balance import (
    AUTO,
    COLOURS,
    FIND_S,
    RATIO,
    SELECTOR,
    find_white,
    load_white_balance,
    save_white_balance,
)

OPTIONS = {"width": 96, "height": 80, "defect_rate": 0.0, "pixel_format": "RGB8"}
SETTINGS = CameraSettings("left", "simulated", OPTIONS)
NEUTRAL = {colour: LAMP_RGB[1] / light for colour, light in zip(COLOURS, LAMP_RGB, strict=True)}


def opened(settings: CameraSettings = SETTINGS) -> CameraDevice:
    """A camera as it is after power came back, with what its settings restore."""
    device = open_device(settings.name, settings.options)
    device.open()
    restore(device, settings)
    device.arm(settings.trigger)
    return device


def colours(device: CameraDevice, number: int = 50) -> list[float]:
    """The mean of red, green and blue of the next picture."""
    device.trigger(number)
    frame = device.next_frame(1.0)
    assert isinstance(frame, RawFrame)
    return [float(mean) for mean in frame.pixels.reshape(-1, 3).mean(axis=0)]


def ratios_of(device: CameraDevice) -> dict[str, FeatureValue]:
    found = {}
    for colour in COLOURS:
        device.set_features({SELECTOR: colour})
        found[colour] = device.features()[RATIO]
    return found


def test_the_white_a_camera_finds_makes_grey_metal_grey_and_is_back_after_a_loss_of_power(tmp_path: Path) -> None:
    file = tmp_path / "white.json"
    device = opened()
    red, green, blue = colours(device)
    assert red > green + 1 > blue + 2, "the lamp is warm"
    found = find_white(device, "left", TriggerKind.SOFTWARE)
    assert found == pytest.approx(NEUTRAL, rel=1e-6)
    assert device.features()[AUTO] == "Off"
    assert np.ptp(colours(device)) < 0.7
    save_white_balance("left", found, file)
    assert load_white_balance(file) == found
    for _ in range(2):
        again = opened(replace(SETTINGS, white_balance=str(file), user_set="UserSet1"))
        assert ratios_of(again) == pytest.approx(NEUTRAL, rel=1e-6)
        assert again.features()[AUTO] == "Off"
        assert np.ptp(colours(again)) < 0.7


def test_raw_bayer_is_balanced_by_the_camera_before_it_is_stored() -> None:
    device = opened(replace(SETTINGS, options={**OPTIONS, "pixel_format": "BayerRG8"}))
    find_white(device, "left", TriggerKind.SOFTWARE)
    device.trigger(9)
    frame = device.next_frame(1.0)
    assert isinstance(frame, RawFrame)
    assert abs(float(frame.pixels[0::2, 0::2].mean()) - float(frame.pixels[1::2, 1::2].mean())) < 1.5


def test_a_free_running_camera_finds_it_without_a_trigger() -> None:
    settings = replace(SETTINGS, options={**OPTIONS, "fps": 500.0}, trigger=TriggerKind.FREE_RUN)
    assert find_white(opened(settings), "left", TriggerKind.FREE_RUN) == pytest.approx(NEUTRAL, rel=1e-6)


class Other:
    """A camera whose features are others than those of the simulated one."""

    def __init__(self, values: Mapping[str, FeatureValue], *, ends: bool) -> None:
        self.values = dict(values)
        self.ends = ends

    def features(self) -> Mapping[str, FeatureValue]:
        return self.values

    def set_features(self, features: Mapping[str, FeatureValue]) -> None:
        if SELECTOR in features and SELECTOR not in self.values:
            raise CameraError("no such feature")
        self.values.update(features)

    def trigger(self, _: int) -> None:
        if self.ends:
            self.values[AUTO] = "Off"

    def next_frame(self, _: float) -> None:
        return None


@pytest.mark.parametrize(
    ("camera", "said"),
    [
        (Other({"Width": 8}, ends=True), "no feature BalanceWhiteAuto.*user_set"),
        (Other({AUTO: "Off", SELECTOR: "Red", RATIO: 1.0}, ends=False), f"within {FIND_S:g} s.*grey surface"),
        (Other({AUTO: "Off", RATIO: 1.0}, ends=True), "does not say its BalanceRatio"),
    ],
)
def test_a_camera_that_finds_none_says_what_to_do(camera: Other, said: str) -> None:
    ticks = iter(range(100))
    with pytest.raises(CameraError, match=said):
        find_white(camera, "left", TriggerKind.SOFTWARE, lambda: float(next(ticks)))  # type: ignore[arg-type]  # no more is used


def test_an_automatic_that_would_go_on_is_refused_beside_a_locked_white_balance(tmp_path: Path) -> None:
    file = tmp_path / "white.json"
    save_white_balance("left", NEUTRAL, file)
    with pytest.raises(CameraError, match="'Continuous', and white_balance locks it"):
        opened(replace(SETTINGS, white_balance=str(file), features={AUTO: "Continuous"}))
    opened(replace(SETTINGS, white_balance=str(file), features={AUTO: "Off"}))


def test_a_ratio_the_camera_cannot_have_is_named(tmp_path: Path) -> None:
    file = tmp_path / "white.json"
    save_white_balance("left", {"Red": 9.0}, file)
    with pytest.raises(CameraError, match=r"BalanceRatio is 9.0; it must be 0.25 to 4"):
        opened(replace(SETTINGS, white_balance=str(file)))


@pytest.mark.parametrize(
    "text", ["", "[]", "{}", '{"ratios": 3}', '{"ratios": {}}', '{"ratios": {"Red": "a"}}', '{"ratios": {"Red": NaN}}']
)
def test_a_damaged_file_is_refused_with_the_remedy(tmp_path: Path, text: str) -> None:
    file = tmp_path / "white.json"
    file.write_text(text)
    with pytest.raises(CameraError, match=r"white\.json.*calibrate --white"):
        load_white_balance(file)
    with pytest.raises(CameraError, match=r"nothing\.json"):
        load_white_balance(tmp_path / "nothing.json")
