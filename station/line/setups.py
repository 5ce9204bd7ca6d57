"""What each camera is told by a recipe: one view's features, or those of several views that it takes one after the other."""

from collections.abc import Mapping, Sequence
from dataclasses import replace
from pathlib import Path
from typing import Protocol

from camera.device import FeatureValue, TriggerKind
from camera.settings import CameraSettings, Setup
from camera.setups import FIXED, changing
from station.config import CameraTable, StationConfig, camera_settings
from station.toml_file import ConfigError


class TakenView(Protocol):
    """What of a recipe's view matters to its camera."""

    @property
    def name(self) -> str:
        """What results call it."""

    @property
    def camera(self) -> str:
        """Which camera takes it."""

    @property
    def features(self) -> Mapping[str, FeatureValue]:
        """SFNC features that outweigh those of the camera."""


Views = Sequence[TakenView]
WINDOWS_A_TAKT = 3
"""The PLC's word may be a window before or after the wire's signal, and so may the next part's, with as much between them."""


def line_cameras(config: StationConfig, views: Views) -> tuple[CameraSettings, ...]:
    """Give the settings of every camera that takes a view, as the line runs it."""
    found = []
    for table in config.camera:
        taken = _taken_by(table.name, views)
        if len(taken) == 1:
            found.append(_settings(config, table.name, taken[0].features))
        elif taken:
            plain = _settings(config, table.name, {})
            found.append(replace(plain, setups=_setups(table, taken)))
    return tuple(found)


def view_camera(config: StationConfig, view: TakenView) -> CameraSettings:
    """Give the settings of a view's camera, set up for that view alone: to learn from, to calibrate.

    A camera that the line triggers is triggered from here then, as no part comes past.
    """
    return without_wire(_settings(config, view.camera, view.features))


def without_wire(settings: CameraSettings) -> CameraSettings:
    """Return the settings with a software trigger in place of one by the line."""
    return replace(settings, trigger=TriggerKind.SOFTWARE, line="") if settings.line else settings


def check_wires(views: Views, takt_ms: int, config: StationConfig, path: Path) -> None:
    """Raise `ConfigError` where parts come so closely that a wire's signals could not be told apart."""
    for table in config.camera:
        least_ms = WINDOWS_A_TAKT * table.trigger_window_ms
        if table.trigger_line and takt_ms < least_ms and _taken_by(table.name, views):
            raise ConfigError(
                f"{path}: a takt of {takt_ms} ms is too short for camera {table.name!r}: its trigger_window_ms = "
                f"{table.trigger_window_ms} needs {least_ms} ms between two parts; make it smaller in station.toml"
            )


def check_setups(views: Views, config: StationConfig, path: Path) -> None:
    """Check what a recipe asks of a camera that takes several views.

    Raises
    ------
    ConfigError
        Where the camera cannot be switched like that; the text names file, key and remedy.
    """
    tables = {table.name: table for table in config.camera}
    for index, view in enumerate(views):
        taken = _taken_by(view.camera, views)
        table = tables[view.camera]
        if len(taken) == 1:
            continue
        if table.trigger_kind is not TriggerKind.SOFTWARE:
            raise ConfigError(
                f"{path}: view[{index + 1}].camera = {view.camera!r}: it takes {len(taken)} views, so the station must say "
                f'when each is taken; set trigger = "software" under that camera in station.toml'
            )
        for name in _names(taken):
            if name not in view.features and name not in table.all_features:
                raise ConfigError(
                    f"{path}: view[{index + 1}].features: camera {view.camera!r} is set to another {name} for another view; "
                    "set it here too, or in station.toml"
                )
        if fixed := next((name for name in changing(_setups(table, taken)) if name in FIXED), None):
            raise ConfigError(
                f"{path}: view[{index + 1}].features.{fixed}: no camera changes it between two views of a part; give all "
                f"views of camera {view.camera!r} the same"
            )


def _taken_by(camera: str, views: Views) -> Views:
    return tuple(view for view in views if view.camera == camera)


def _settings(config: StationConfig, camera: str, features: Mapping[str, FeatureValue]) -> CameraSettings:
    return next(found for found in camera_settings(config, {camera: features}) if found.name == camera)


def _names(taken: Views) -> tuple[str, ...]:
    return tuple(dict.fromkeys(name for view in taken for name in view.features))


def _setups(table: CameraTable, taken: Views) -> tuple[Setup, ...]:
    return tuple(
        Setup(view.name, {name: {**table.all_features, **view.features}[name] for name in _names(taken)})
        for view in taken
    )
