"""Features of a GenICam device by their SFNC names: set, read back, and say what is wrong with names, types and limits.

Works on a GenApi node map without importing the library that made it. Numbers of interface types and access modes are
those of the GenApi standard (EInterfaceType, EAccessMode).
"""

import time
from collections.abc import Iterable, Iterator, Mapping
from contextlib import suppress
from enum import IntEnum
from ipaddress import IPv4Address
from typing import Any

from camera.device import CameraError, FeatureValue, TriggerKind
from camera.features import is_same
from camera.options import nearest


class Kind(IntEnum):
    """GenApi's EInterfaceType, those that are features."""

    INTEGER = 2
    BOOLEAN = 3
    COMMAND = 4
    FLOAT = 5
    STRING = 6
    ENUMERATION = 9


class Access(IntEnum):
    """GenApi's EAccessMode, those with access."""

    WRITE_ONLY = 2
    READ_ONLY = 3
    READ_WRITE = 4


_WRITABLE = (Access.WRITE_ONLY, Access.READ_WRITE)
_READABLE = (Access.READ_ONLY, Access.READ_WRITE)
_TYPES: Mapping[int, tuple[type, ...]] = {
    Kind.INTEGER: (int,),
    Kind.BOOLEAN: (bool,),
    Kind.COMMAND: (bool,),
    Kind.FLOAT: (int, float),
    Kind.STRING: (str,),
    Kind.ENUMERATION: (str,),
}
_UNWAITED = "TriggerSoftware"
"""The one command that is not waited for: the worker waits for the frame instead."""
_CLOCKS = (("TimestampLatch", "TimestampLatchValue"), ("GevTimestampControlLatch", "GevTimestampValue"))
"""Commands that keep the device's time, and where it then stands: SFNC's, and those of GigE Vision before it."""
_NS = 1_000_000_000
_COMMAND_S = 10.0
_COMMAND_POLL_S = 0.005


class FeatureSet:
    """The features of one device.

    Parameters
    ----------
    camera
        The camera's name, for messages.
    node_map
        A GenApi node map.
    errors
        What the node map raises when a node refuses.
    """

    def __init__(self, camera: str, node_map: Any, errors: tuple[type[Exception], ...]) -> None:
        self._camera = camera
        self._nodes = node_map
        self._errors = errors
        self._tick_rate: int | None = None
        self._refusals: tuple[type[Exception], ...] = (*errors, AttributeError)

    def has(self, name: str) -> bool:
        """Whether the device has that feature now, to read or to write."""
        try:
            return self._nodes.get_node(name).get_access_mode() in {*_WRITABLE, *_READABLE}
        except self._errors:
            return False

    def read(self, name: str) -> FeatureValue | None:
        """Value of a feature; None where the device has no such feature, or none that can be read now."""
        try:
            return self._value_now(self._nodes.get_node(name))
        except self._errors:
            return None

    def _value_now(self, node: Any) -> FeatureValue | None:
        try:
            return _value(node) if node.get_access_mode() in _READABLE else None
        except self._errors:
            return None

    def nodes(self, names: Iterable[str]) -> dict[str, Any]:
        """Nodes of features that the device has, for `read_nodes`."""
        return {name: self._nodes.get_node(name) for name in names}

    def read_nodes(self, nodes: Mapping[str, Any]) -> dict[str, FeatureValue]:
        """Those of the nodes that can be read now, without looking them up."""
        found = ((name, self._value_now(node)) for name, node in nodes.items())
        return {name: value for name, value in found if value is not None}

    def read_again(self, nodes: Mapping[str, Any]) -> dict[str, FeatureValue]:
        """Those of the nodes that still can be read, all of which had a value before: once for every frame."""
        values: dict[str, FeatureValue] = {}
        for name, node in nodes.items():
            with suppress(*self._errors):
                values[name] = node.value
        return values

    def read_all(self) -> dict[str, FeatureValue]:
        """Every readable feature that has a value."""
        found = ((name, self.read(name)) for name in self._names(features_only=True))
        return {name: value for name, value in found if value is not None}

    def settable(self) -> frozenset[str]:
        """Features that have a value and can be set now."""
        return frozenset(name for name in self._names(features_only=True) if self._is_settable(name))

    def _is_settable(self, name: str) -> bool:
        try:
            node = self._nodes.get_node(name)
            kind = _kind(node)
            return node.get_access_mode() == Access.READ_WRITE and kind in _TYPES and kind != Kind.COMMAND
        except self._errors:
            return False

    def names(self, prefix: str) -> list[str]:
        """Names of all features that begin with `prefix`."""
        return [name for name in self._names(features_only=True) if name.startswith(prefix)]

    def choices(self, name: str) -> tuple[str, ...]:
        """What an enumeration may be set to; empty where there is none."""
        try:
            return tuple(self._nodes.get_node(name).symbolics)
        except self._refusals:
            return ()

    def set(self, name: str, value: FeatureValue) -> None:
        """Set a feature and read it back; a command is executed by True.

        Raises
        ------
        CameraError
            Naming camera, feature, value and what is allowed.
        """
        node = self._node(name)
        kind = _kind(node)
        if type(value) not in _TYPES.get(kind, ()):
            wanted = " or ".join(item.__name__ for item in _TYPES.get(kind, ())) or "left alone"
            raise CameraError(f"camera {self._camera!r}: feature {name} must be {wanted}, not {value!r}")
        try:
            if node.get_access_mode() not in _WRITABLE:
                raise CameraError(
                    f"camera {self._camera!r}: feature {name} cannot be set to {value!r} now; "
                    f"it is read-only, or another feature must be set before it"
                )
            if kind == Kind.COMMAND:
                if value:
                    node.execute()
                    if name != _UNWAITED:
                        self._wait_for(name, node)
                return
            node.value = value
            got = _value(node) if node.get_access_mode() in _READABLE else value
        except self._errors as error:
            raise CameraError(
                f"camera {self._camera!r}: feature {name} cannot be {value!r}{self._limits(node, kind)} ({_brief(error)})"
            ) from None
        if not is_same(value, got):
            raise CameraError(
                f"camera {self._camera!r}: feature {name} was set to {value!r} but reads {got!r}{self._limits(node, kind)}"
            )

    def address(self) -> str:
        """Where the device is on a network (SFNC GevCurrentIPAddress); empty where it does not say."""
        number = self.read("GevCurrentIPAddress")
        return str(IPv4Address(number)) if type(number) is int and 0 < number < 2**32 else ""

    def figures(self) -> dict[str, float]:
        """The temperature where the device tells it (SFNC DeviceTemperature)."""
        temperature = self.read("DeviceTemperature")
        return {"temperature_c": float(temperature)} if isinstance(temperature, int | float) else {}

    def set_trigger(self, kind: TriggerKind, line: str = "") -> None:
        """Let the device wait for triggers of a frame, by software or by a line, or run free.

        Raises
        ------
        CameraError
            If it takes no such trigger, or refuses.
        """
        if kind is TriggerKind.FREE_RUN:
            if self.has("TriggerMode"):
                self.set("TriggerMode", "Off")
            return
        source = line if kind is TriggerKind.LINE else "Software"
        known = self.choices("TriggerSource") if self.has("TriggerMode") else ()
        if source not in known:
            what = f"trigger by {line}" if line else "software trigger"
            there = f"its TriggerSource can be {', '.join(known)}" if known else "it takes no triggers at all"
            raise CameraError(
                f"camera {self._camera!r} takes no {what}: {there}; set its trigger to one of these, or to "
                f"{TriggerKind.FREE_RUN.value!r}"
            )
        if "FrameStart" in self.choices("TriggerSelector"):
            self.set("TriggerSelector", "FrameStart")
        self.set("TriggerSource", source)
        self.set("TriggerMode", "On")

    def clock_ns(self) -> int | None:
        """The device's time now; None where it cannot be latched."""
        for latch, value in _CLOCKS:
            if self.has(latch):
                self.set(latch, True)
                ticks = self.read(value)
                if isinstance(ticks, int):
                    return self.ticks_ns(ticks)
        return None

    def ticks_ns(self, ticks: int) -> int:
        """Time of a device's ticks: SFNC's are ns, those of older GigE Vision devices as long as they say."""
        if self._tick_rate is None:
            rate = self.read("GevTimestampTickFrequency")
            self._tick_rate = rate if isinstance(rate, int) and rate > 0 else _NS
        return ticks * _NS // self._tick_rate

    def _wait_for(self, name: str, command: Any) -> None:
        until_s = time.monotonic() + _COMMAND_S
        while not command.is_done():
            if time.monotonic() > until_s:
                raise CameraError(f"camera {self._camera!r}: command {name} was not done within {_COMMAND_S:g} s")
            time.sleep(_COMMAND_POLL_S)

    def _node(self, name: str) -> Any:
        try:
            return self._nodes.get_node(name)
        except self._errors:
            names = self._names(features_only=False)
            raise CameraError(f"camera {self._camera!r}: no feature {name!r}; {nearest(name, names)}") from None

    def _names(self, *, features_only: bool) -> Iterator[str]:
        for node in self._nodes.nodes:
            if not features_only or node.node.is_feature():
                yield str(node.node.name)

    def _limits(self, node: Any, kind: int) -> str:
        try:
            if kind == Kind.ENUMERATION:
                return f"; it can be {', '.join(node.symbolics)}"
            if kind in {Kind.INTEGER, Kind.FLOAT}:
                return f"; it can be {node.min:g} to {node.max:g}"
        except self._errors:
            return ""
        return ""


def _kind(node: Any) -> int:
    return int(node.node.principal_interface_type)


def _value(node: Any) -> FeatureValue | None:
    kind = _kind(node)
    if kind not in _TYPES or kind == Kind.COMMAND:
        return None
    value: FeatureValue = node.value
    return value


def _brief(error: Exception) -> str:
    """The first sentence of a GenApi exception; the rest names its source files."""
    return str(error).split(" : ", maxsplit=1)[0].strip()
