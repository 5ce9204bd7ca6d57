"""Options of a backend, read strictly: an unknown or ill-typed one is an error that names it and the nearest valid one."""

import dataclasses
import difflib
from collections.abc import Iterable, Mapping
from typing import Any, ClassVar, Protocol, TypeVar, get_args, get_type_hints

from camera.device import CameraError

OptionValue = str | int | float | bool
"""Value of one option of a backend, as `station.toml` can hold it."""


class _Dataclass(Protocol):
    __dataclass_fields__: ClassVar[dict[str, Any]]


_Options = TypeVar("_Options", bound=_Dataclass)


def nearest(name: str, valid: Iterable[str]) -> str:
    """Say which of the `valid` names was probably meant, and list them all."""
    names = sorted(valid)
    close = difflib.get_close_matches(name, names, n=1, cutoff=0.5)
    hint = f"did you mean {close[0]!r}? " if close else ""
    return f"{hint}valid are {', '.join(names)}"


def read_options(kind: type[_Options], camera: str, options: Mapping[str, OptionValue]) -> _Options:
    """Build the dataclass `kind` from `options`.

    Raises
    ------
    CameraError
        Naming the camera and the option that is unknown, missing or of the wrong type.
    """
    hints = get_type_hints(kind)
    fields = {field.name: field for field in dataclasses.fields(kind)}
    values: dict[str, OptionValue] = {}
    for name, value in options.items():
        if name not in fields:
            raise CameraError(f"camera {camera!r}: unknown option {name!r}; {nearest(name, fields)}")
        values[name] = _typed(camera, name, value, get_args(hints[name]) or (hints[name],))
    for name, field in fields.items():
        if name not in values and field.default is dataclasses.MISSING:
            raise CameraError(f"camera {camera!r}: option {name!r} is missing; set it in the camera's options")
    return kind(**values)


def _typed(camera: str, name: str, value: OptionValue, types: tuple[type, ...]) -> OptionValue:
    if float in types and type(value) is int:
        return float(value)
    if type(value) not in types:
        wanted = " or ".join(kind.__name__ for kind in types if kind is not type(None))
        raise CameraError(f"camera {camera!r}: option {name!r} must be {wanted}, not {value!r}")
    return value
