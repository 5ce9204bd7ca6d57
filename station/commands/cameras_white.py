"""`station cameras calibrate --white`: find a camera's white balance once, and keep it so that it stays."""

from dataclasses import replace
from typing import TYPE_CHECKING

from station.commands.output import emit_json, say
from station.toml_file import ConfigError

if TYPE_CHECKING:
    from pathlib import Path

    from camera.settings import CameraSettings
    from camera.white_balance import Ratios


def balance_white(settings: "CameraSettings", data: "Path", *, as_json: bool) -> None:
    """Let a camera find its white balance and keep the ratios. Raises `ConfigError`, `CameraError`."""
    from camera.white_balance import save_white_balance
    from station.journal.disk import make_directory
    from station.line.calibrations import FOLDER

    ratios = _found(settings)
    path = data / FOLDER / f"{settings.name}-white.json"
    make_directory(path.parent)
    try:
        save_white_balance(settings.name, ratios, path)
    except OSError as error:
        raise ConfigError(
            f"{path} cannot be written: {error.strerror}; free some space, or mend its permissions"
        ) from None
    if as_json:
        figures = {colour: round(ratio, 4) for colour, ratio in ratios.items()}
        emit_json({"camera": settings.name, "file": str(path), "ratios": figures})
        return
    say(f"{settings.name}: {', '.join(f'{colour} {ratio:.3f}' for colour, ratio in ratios.items())}; kept in {path}")
    say(f'put white_balance = "{path}" under the camera in station.toml, and learn the model again')


def _found(settings: "CameraSettings") -> "Ratios":
    from camera.device import TriggerKind
    from camera.features import restore
    from camera.registry import make_device
    from camera.white_balance import find_white
    from camera.worker import with_features

    kind = TriggerKind.SOFTWARE if settings.trigger is TriggerKind.SOFTWARE else TriggerKind.FREE_RUN
    unbalanced = replace(settings, white_balance="")
    device = make_device(unbalanced)
    try:
        info = with_features(device.open(), restore(device, unbalanced))
        if info.pixel_format.channels == 1 and not info.pixel_format.bayer:
            raise ConfigError(
                f"camera {settings.name!r} makes {info.pixel_format.value}: a white balance is for colour; set its PixelFormat"
            )
        device.arm(kind)
        return find_white(device, settings.name, kind)
    finally:
        device.close()
