"""Backends by name; a backend's module, and with it its vendor's library, is imported when it is first used."""

import importlib
import importlib.util
from collections.abc import Callable, Mapping
from types import ModuleType
from typing import cast

from camera.device import CameraDevice, CameraError, CameraInfo
from camera.options import OptionValue, nearest
from camera.settings import CameraSettings

BACKENDS: Mapping[str, str] = {
    "genicam": "camera.backends.genicam",
    "gige": "camera.backends.gige",
    "replay": "camera.backends.replay",
    "simulated": "camera.backends.simulated",
}
"""Name to module. A module has `open_device(name, options) -> CameraDevice`, which touches no hardware before `open`, and
`discover(options) -> list[CameraInfo]`."""

HARDWARE = frozenset({"genicam", "gige"})
"""Backends that wait for a device; the others draw or read their pictures, which takes a processor for long."""

EXTRAS: Mapping[str, str] = {"gige": "viva_genicam"}
"""Backends that are an extra of the same name, by the module their library has."""


def is_installed(backend: str) -> bool:
    """Whether the backend's library is there."""
    return backend not in EXTRAS or importlib.util.find_spec(EXTRAS[backend]) is not None


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
    return getattr(load(backend), name)


def load(backend: str) -> ModuleType:
    """Import a backend, and with it its vendor's library. Raises `CameraError` for one that is not there."""
    if backend not in BACKENDS:
        raise CameraError(f"unknown camera backend {backend!r}; {nearest(backend, BACKENDS)}")
    try:
        return importlib.import_module(BACKENDS[backend])
    except ImportError as error:
        extra = f"install it: .venv/bin/pip install -c constraints.txt -e '.[{backend}]'"
        remedy = extra if backend in EXTRAS else "run make setup"
        raise CameraError(f"camera backend {backend!r} cannot be loaded: {error}; {remedy}") from error
