from collections.abc import Callable
from types import SimpleNamespace
from typing import Any

import pytest

from camera.backends.sfnc import FeatureSet
from camera.device import CameraError, FeatureValue, TriggerKind

INTEGER, BOOLEAN, COMMAND, FLOAT, STRING, CATEGORY, ENUMERATION = 2, 3, 4, 5, 6, 8, 9
NOT_AVAILABLE, READ_ONLY, READ_WRITE = 1, 3, 4


class RefusedError(Exception):
    """What the node map's library raises."""


class FakeNode:
    """A GenApi node as the library shows it."""

    def __init__(
        self, name: str, kind: int, value: Any, *, access: int = READ_WRITE, feature: bool = True, **extra: Any
    ) -> None:
        self.node = SimpleNamespace(name=name, principal_interface_type=kind, is_feature=lambda: feature)
        self._value = value
        self._access = access
        self._settle: Callable[[Any], Any] = extra.pop("settle", lambda wanted: wanted)
        self.executed = 0
        self.__dict__.update(extra)

    def get_access_mode(self) -> int:
        return self._access

    def execute(self) -> None:
        self.executed += 1

    def is_done(self) -> bool:
        self.asked = getattr(self, "asked", 0) + 1
        return self.asked > 2

    @property
    def value(self) -> Any:
        return self._value

    @value.setter
    def value(self, wanted: Any) -> None:
        if "max" in self.__dict__ and wanted > self.max:
            raise RefusedError(
                "Value = 5000 must be equal or smaller than Max = 800. : thrown in node (file 'IntegerT.h', line 79)"
            )
        self._value = self._settle(wanted)

    max: int


class FakeMap:
    """A GenApi node map."""

    def __init__(self, *nodes: FakeNode) -> None:
        self.nodes = nodes

    def get_node(self, name: str) -> FakeNode:
        for node in self.nodes:
            if node.node.name == name:
                return node
        raise RefusedError("Node not existing")


LOAD = FakeNode("UserSetLoad", COMMAND, None)


def features() -> FeatureSet:
    nodes = FakeMap(
        FakeNode("Root", CATEGORY, None),
        FakeNode("Width", INTEGER, 400, min=100, max=800),
        FakeNode("Width_Val", INTEGER, 400, feature=False),
        FakeNode("PayloadSize", INTEGER, 9, access=READ_ONLY, min=0, max=99),
        FakeNode("ExposureTime", FLOAT, 10.0, min=1.0, max=1e6, settle=lambda wanted: round(wanted / 0.7) * 0.7),
        FakeNode("Gain", FLOAT, 1.0, min=0.0, max=24.0, settle=lambda _: 2.0),
        FakeNode("ReverseX", BOOLEAN, value=False),
        FakeNode("PixelFormat", ENUMERATION, "Mono8", symbolics=("Mono8", "RGB8")),
        FakeNode("DeviceUserID", STRING, "cam"),
        FakeNode("ChunkTimestamp", INTEGER, 1, access=NOT_AVAILABLE),
        LOAD,
    )
    return FeatureSet("left", nodes, (RefusedError,))


@pytest.mark.parametrize(
    ("name", "value"),
    [
        ("Width", 640),
        ("Width_Val", 5000),
        ("ReverseX", True),
        ("PixelFormat", "RGB8"),
        ("DeviceUserID", "x"),
        ("Gain", 2),
    ],
)
def test_a_feature_is_set_and_reads_back(name: str, value: FeatureValue) -> None:
    chosen = features()
    chosen.set(name, value)
    assert chosen.read(name) == value


def test_a_float_may_be_rounded_by_the_device() -> None:
    chosen = features()
    chosen.set("ExposureTime", 1000.0)
    assert chosen.read("ExposureTime") == pytest.approx(1000.3)


@pytest.mark.parametrize(
    ("name", "value", "words"),
    [
        ("Wdth", 5, ["'Wdth'", "did you mean 'Width'"]),
        ("Width", 5000, ["Width", "5000", "100 to 800"]),
        ("Width", "wide", ["Width", "int", "'wide'"]),
        ("Width", True, ["Width", "int", "True"]),
        ("ReverseX", 1, ["ReverseX", "bool"]),
        ("PixelFormat", 8, ["PixelFormat", "str"]),
        ("PayloadSize", 5, ["PayloadSize", "5", "read-only"]),
        ("Gain", 9.0, ["Gain", "9.0", "reads 2.0", "0 to 24"]),
        ("Root", 1, ["Root", "left alone"]),
    ],
)
def test_a_refusal_names_camera_feature_value_and_limits(name: str, value: FeatureValue, words: list[str]) -> None:
    with pytest.raises(CameraError) as failure:
        features().set(name, value)
    text = str(failure.value)
    assert all(word in text for word in ["'left'", *words]), text
    assert "IntegerT.h" not in text


def test_a_command_is_executed_by_true_alone() -> None:
    before = LOAD.executed
    features().set("UserSetLoad", value=False)
    features().set("UserSetLoad", value=True)
    assert LOAD.executed == before + 1
    assert LOAD.asked > 2, "it is waited for"


def test_what_can_be_set() -> None:
    assert features().settable() == {"Width", "ExposureTime", "Gain", "ReverseX", "PixelFormat", "DeviceUserID"}


def test_the_address_where_the_device_tells() -> None:
    assert features().address() == ""
    told = FakeMap(FakeNode("GevCurrentIPAddress", INTEGER, 0xC0A80A14, access=READ_ONLY))
    assert FeatureSet("left", told, (RefusedError,)).address() == "192.168.10.20"


def test_reading_leaves_out_what_has_no_value() -> None:
    chosen = features()
    assert set(chosen.read_all()) == {
        "Width", "PayloadSize", "ExposureTime", "Gain", "ReverseX", "PixelFormat", "DeviceUserID",
    }  # fmt: skip
    assert chosen.read("Nonsense") is None
    assert chosen.names("Chunk") == ["ChunkTimestamp"]
    assert (chosen.has("Width"), chosen.has("ChunkTimestamp"), chosen.has("Nonsense")) == (True, False, False)
    assert (chosen.choices("PixelFormat"), chosen.choices("Width"), chosen.choices("No")) == (("Mono8", "RGB8"), (), ())


def triggered(*nodes: FakeNode) -> FeatureSet:
    mode = FakeNode("TriggerMode", ENUMERATION, "Off", symbolics=("Off", "On"))
    source = FakeNode("TriggerSource", ENUMERATION, "Software", symbolics=("Software", "Line1"))
    return FeatureSet("left", FakeMap(mode, source, *nodes), (RefusedError,))


def test_it_is_triggered_by_software_by_a_line_or_not_at_all() -> None:
    device = triggered()
    device.set_trigger(TriggerKind.LINE, "Line1")
    assert (device.read("TriggerMode"), device.read("TriggerSource")) == ("On", "Line1")
    device.set_trigger(TriggerKind.SOFTWARE)
    assert (device.read("TriggerMode"), device.read("TriggerSource")) == ("On", "Software")
    device.set_trigger(TriggerKind.FREE_RUN)
    assert device.read("TriggerMode") == "Off"
    with pytest.raises(CameraError, match="no trigger by Line0: its TriggerSource can be Software, Line1"):
        device.set_trigger(TriggerKind.LINE, "Line0")
    with pytest.raises(CameraError, match="no software trigger: it takes no triggers at all"):
        FeatureSet("left", FakeMap(), (RefusedError,)).set_trigger(TriggerKind.SOFTWARE)


def test_the_clock_is_latched_in_ns_or_in_the_ticks_of_older_devices() -> None:
    latch = FakeNode("TimestampLatch", COMMAND, None)
    sfnc = triggered(latch, FakeNode("TimestampLatchValue", INTEGER, 1_234_567))
    assert sfnc.clock_ns() == 1_234_567
    assert latch.executed == 1
    older = triggered(
        FakeNode("GevTimestampControlLatch", COMMAND, None),
        FakeNode("GevTimestampValue", INTEGER, 250),
        FakeNode("GevTimestampTickFrequency", INTEGER, 125_000_000),
    )
    assert older.clock_ns() == 2000
    assert triggered().clock_ns() is None
