"""Backends by name; a backend's module, and with it its vendor's library, is imported when it is first used."""

import importlib
from collections.abc import Callable, Mapping
from typing import cast

from camera.device import CameraDevice, CameraError, CameraInfo
from camera.options import OptionValue, nearest
from camera.settings import CameraSettings

BACKENDS: Mapping[str, str] = {
    "genicam": "camera.backends.genicam",
    "replay": "camera.backends.replay",
    "simulated": "camera.backends.simulated",
}
"""Name to module. A module has `open_device(name, options) -> CameraDevice`, which touches no hardware before `open`, and
`discover(options) -> list[CameraInfo]`."""


def make_device(settings: CameraSettings) -> CameraDevice:
    """Make the device the settings name, without touching hardware.

    Raises
    ------
    CameraError
        If there is no such backend, or it does not take these options.
    """
    make = cast("Callable[[str, Mapping[str, OptionValue]], CameraDevice]", _function(settings.backend, "open_device"))
    return make(settings.name, settings.options)


def discover(backend: str, options: Mapping[str, OptionValue]) -> list[CameraInfo]:
    """List the devices that the backend finds with these options.

    Raises
    ------
    CameraError
        If there is no such backend, or it does not take these options.
    """
    find = cast("Callable[[Mapping[str, OptionValue]], list[CameraInfo]]", _function(backend, "discover"))
    return find(options)


def _function(backend: str, name: str) -> object:
    if backend not in BACKENDS:
        raise CameraError(f"unknown camera backend {backend!r}; {nearest(backend, BACKENDS)}")
    try:
        module = importlib.import_module(BACKENDS[backend])
    except ImportError as error:
        raise CameraError(f"camera backend {backend!r} cannot be loaded: {error}; run make setup") from error
    return getattr(module, name)
