from collections.abc import Mapping

import pytest

from camera.backends.simulated import open_device
from camera.device import CameraDevice, CameraError, FeatureValue
from camera.features import dead_time_us, is_same, restore, set_in_rounds
from camera.settings import CameraSettings


class Sensor:
    """A device whose offset and width must fit together, and whose frame rate lowers the exposure."""

    def __init__(self) -> None:
        self.values: dict[str, FeatureValue] = {
            "Width": 100,
            "OffsetX": 0,
            "ExposureTime": 9.0,
            "AcquisitionFrameRate": 1.0,
        }
        self.tried: list[str] = []

    def set_features(self, features: Mapping[str, FeatureValue]) -> None:
        for name, value in features.items():
            self.tried.append(name)
            wanted = {**self.values, name: value}
            if int(wanted["Width"]) + int(wanted["OffsetX"]) > 100:
                raise CameraError(f"{name} cannot be {value}")
            self.values = wanted
            if name == "AcquisitionFrameRate":
                self.values["ExposureTime"] = min(float(self.values["ExposureTime"]), 10.0 / float(value))

    def features(self) -> dict[str, FeatureValue]:
        return self.values


def told(**features: FeatureValue) -> CameraSettings:
    return CameraSettings("left", "x", features=features)


def test_features_refused_at_first_are_tried_again_after_the_others() -> None:
    sensor = Sensor()
    set_in_rounds(sensor, {"OffsetX": 40, "Width": 60, "ExposureTime": 5.0})  # type: ignore[arg-type]  # no more is used
    assert sensor.tried == ["OffsetX", "Width", "ExposureTime", "OffsetX"]
    assert (sensor.values["OffsetX"], sensor.values["Width"]) == (40, 60)


def test_what_stays_refused_is_the_first_that_was() -> None:
    sensor = Sensor()
    with pytest.raises(CameraError, match="OffsetX cannot be 70"):
        set_in_rounds(sensor, {"OffsetX": 70, "Width": 60})  # type: ignore[arg-type]  # no more is used
    assert sensor.tried == ["OffsetX", "Width", "OffsetX"]


def test_a_feature_that_another_one_outweighs_is_told() -> None:
    with pytest.raises(
        CameraError, match=r"'left': feature ExposureTime was set to 9.0 but reads 1.0 once all are set"
    ):
        restore(Sensor(), told(ExposureTime=9.0, AcquisitionFrameRate=10.0))  # type: ignore[arg-type]  # no more is used


def test_an_automatic_that_ran_once_may_read_off() -> None:
    class White(Sensor):
        def features(self) -> dict[str, FeatureValue]:
            return {**self.values, "BalanceWhiteAuto": "Off"}

    read = restore(White(), told(BalanceWhiteAuto="Once"))  # type: ignore[arg-type]  # no more is used
    assert read["BalanceWhiteAuto"] == "Off"


@pytest.fixture
def device() -> CameraDevice:
    made = open_device("left", {"width": 64, "height": 64})
    made.open()
    return made


def test_the_user_set_comes_first_and_the_features_upon_it(device: CameraDevice) -> None:
    settings = CameraSettings("left", "simulated", features={"Gain": 1.0}, user_set="UserSet1")
    read = restore(device, settings)
    assert (read["ExposureTime"], read["Gain"]) == (1250.0, 1.0)
    assert restore(device, CameraSettings("left", "simulated", user_set="Default"))["ExposureTime"] == 5000.0


def test_a_device_without_user_sets_says_so(device: CameraDevice) -> None:
    with pytest.raises(CameraError, match=r"UserSetSelector 'Mine' is not one of Default, UserSet1"):
        restore(device, CameraSettings("left", "simulated", user_set="Mine"))


@pytest.mark.parametrize(
    ("wanted", "got", "same"),
    [
        (5, 5, True),
        (1000.0, 1004.0, True),
        (1000.0, 1020.0, False),
        (2, 2.0, True),
        ("A", "B", False),
        (0.0, 0.0, True),
    ],
)
def test_rounding_is_no_difference(wanted: FeatureValue, got: FeatureValue, same: bool) -> None:
    assert is_same(wanted, got) is same


@pytest.mark.parametrize(
    ("features", "microseconds"),
    [
        ({}, 0.0),
        ({"AcquisitionFrameRate": 20.0}, 0.0),
        ({"ResultingFrameRate": 40.0}, 25_000.0),
        ({"ResultingFrameRateAbs": 0.0}, 0.0),
    ],
)
def test_dead_time_where_the_device_tells(features: dict[str, FeatureValue], microseconds: float) -> None:
    assert dead_time_us(features) == microseconds
