"""Reads a TOML file into a strict pydantic model; a mistake is one line that names file, line, key and remedy."""

import re
import tomllib
import types
import typing
from collections.abc import Iterator, Mapping
from difflib import get_close_matches
from math import isfinite
from pathlib import Path
from typing import Annotated, Any, TypeVar

from pydantic import AfterValidator, BaseModel, ConfigDict, Field, PlainValidator, ValidationError, ValidationInfo
from pydantic_core import ErrorDetails

from station.toml_lines import KeyPath, key_lines

MAX_FILE_BYTES = 1_000_000
"""No configuration is larger; a file that is was named by mistake."""


class ConfigError(Exception):
    """A configuration or recipe cannot be used; `text` is one line for a person."""

    def __init__(self, text: str) -> None:
        super().__init__(text)
        self.text = text


class KeyProblemError(ValueError):
    """Raised by a model's validator: the key at `path` below it does not fit; the text says why and what to do."""

    def __init__(self, path: KeyPath, text: str) -> None:
        super().__init__(text)
        self.path = path


class StrictModel(BaseModel):
    """A table of a configuration file: no unknown keys, no silent conversions, no NaN, immutable."""

    model_config = ConfigDict(strict=True, extra="forbid", frozen=True, allow_inf_nan=False)


def against_folder(path: Path, info: ValidationInfo) -> Path:
    """Give a path of the file being validated, starting at that file's folder if it is relative."""
    if "\0" in str(path):
        raise ValueError("a path cannot hold a zero character; remove it")
    folder = Path(info.context["folder"]) if info.context else Path()
    try:
        return folder / path.expanduser()
    except RuntimeError:
        raise ValueError(f"{path}: there is no such user; write the folder out") from None


def _scalar(value: object) -> bool | int | float | str:
    if isinstance(value, float) and not isfinite(value):
        raise ValueError("must be a finite number")
    if not isinstance(value, bool | int | float | str):
        raise ValueError("must be text, a number, true or false")  # noqa: TRY004  pydantic turns only ValueError into a report
    return value


Scalar = Annotated[bool | int | float | str, PlainValidator(_scalar)]
"""A value of a free table, such as a camera feature."""

FilePath = Annotated[Path, Field(strict=False), AfterValidator(against_folder)]
"""A path in a configuration file; a relative one starts at the file's own folder."""

Items = TypeVar("Items", bound=tuple[object, ...])


def not_empty(items: Items) -> Items:
    """Refuse an empty list; unlike pydantic's own check, silent about items that are themselves wrong."""
    if not items:
        raise ValueError("must have at least one entry")
    return items


Model = TypeVar("Model", bound=StrictModel)


def load_toml(path: Path, model: type[Model], context: Mapping[str, Any] | None = None) -> Model:
    """Read one file into `model`, whose validators get `context` beside the folder of the file.

    Raises
    ------
    ConfigError
        If the file cannot be read, is not TOML, or does not fit; the first problem by line is named.
    """
    text = _read(path)
    try:
        raw = tomllib.loads(text)
    except (
        ValueError,
        RecursionError,
    ) as error:  # numbers of thousands of digits and nesting as deep are not decoding errors
        raise ConfigError(_syntax(path, error)) from None
    try:
        return model.model_validate(_frozen(raw), context={"folder": path.resolve().parent, **(context or {})})
    except ValidationError as error:
        raise ConfigError(_first_problem(path, text, model, error.errors(include_url=False))) from None


def _first_problem(path: Path, text: str, model: type[BaseModel], problems: list[ErrorDetails]) -> str:
    lines = key_lines(text)

    def order(problem: ErrorDetails) -> tuple[int, bool]:
        """A misspelt key explains the one that is missing, so it goes first."""
        return _line_of(lines, _path(problem)), problem["type"] == "missing"

    first = min(problems, key=order)
    more = f" (and {len(problems) - 1} more in this file)" if len(problems) > 1 else ""
    return f"{path}, line {order(first)[0]}: {_explain(model, first)}{more}"


def _path(problem: ErrorDetails) -> KeyPath:
    cause = problem.get("ctx", {}).get("error")
    return problem["loc"] + (cause.path if isinstance(cause, KeyProblemError) else ())


def _read(path: Path) -> str:
    try:
        if path.stat().st_size > MAX_FILE_BYTES:
            raise ConfigError(
                f"{path}: larger than {MAX_FILE_BYTES} bytes, so not a configuration; name the right file"
            )
        return path.read_text(encoding="utf-8")
    except FileNotFoundError:
        raise ConfigError(f"{path}: no such file; `station init DIR` writes a first one") from None
    except UnicodeDecodeError as error:
        raise ConfigError(f"{path}: not UTF-8 text (byte {error.start}); save it as UTF-8") from None
    except OSError as error:
        raise ConfigError(f"{path}: cannot be read: {error.strerror}; check its path and permissions") from None


def _syntax(path: Path, error: Exception) -> str:
    text = str(error)
    found = re.search(r"\s*\(at line (\d+), column (\d+)\)", text)
    if found is None:
        return f"{path}: not valid TOML: {text}"
    return f"{path}, line {found[1]}: not valid TOML: {text[: found.start()]} in column {found[2]}"


def _frozen(value: Any) -> Any:
    """Turn lists into tuples, which is what strict immutable models hold."""
    if isinstance(value, dict):
        return {key: _frozen(item) for key, item in value.items()}
    if isinstance(value, list):
        return tuple(_frozen(item) for item in value)
    return value


def _explain(model: type[BaseModel], problem: ErrorDetails) -> str:
    path = _path(problem)
    key = _key_text(path)
    match problem["type"]:
        case "extra_forbidden":
            return f"unknown key {key}; {_nearest(model, path)}"
        case "missing":
            return f"{key} is missing; add it"
        case "value_error":
            return f"{key}: {problem['ctx']['error']}"
        case "model_type" | "dict_type":
            return f"{key} must be a table: write [{key}]"
        case "tuple_type":
            return f"{key} must be a list: write {key} = [...], or [[{key}]] for tables"
    message = problem["msg"][0].lower() + problem["msg"][1:]
    return f"{key} = {_shown(problem['input'])}: {message.replace('input should', 'must')}"


def _shown(value: Any) -> str:
    text = repr(value)
    return text if len(text) <= 60 else text[:57] + "..."


def _nearest(model: type[BaseModel], path: KeyPath) -> str:
    table = model
    for step in path[:-1]:
        table = _step(table, step)
    names = list(_names(table))
    close = get_close_matches(str(path[-1]), names, n=1, cutoff=0.6)
    return f"did you mean {close[0]}?" if close else f"valid here: {', '.join(sorted(names))}"


def _names(table: type[BaseModel]) -> Iterator[str]:
    for name, info in table.model_fields.items():
        yield info.alias or name


def _step(table: type[BaseModel], step: str | int) -> type[BaseModel]:
    """Give the model below `table` at `step`; an array's index stays on the same model."""
    if isinstance(step, int):
        return table
    for name, info in table.model_fields.items():
        if step in {name, info.alias}:
            return next(_models(info.annotation), table)
    return table


def _models(annotation: Any) -> Iterator[type[BaseModel]]:
    if isinstance(annotation, type) and issubclass(annotation, BaseModel):
        yield annotation
    elif typing.get_origin(annotation) in {tuple, dict, typing.Union, types.UnionType, Annotated}:
        for part in typing.get_args(annotation):
            yield from _models(part)


def _key_text(path: KeyPath) -> str:
    """Write a path as in the file: camera[1].ring_slots, counted from 1 as a person counts."""
    text = ""
    for step in path:
        text += f"[{step + 1}]" if isinstance(step, int) else f".{step}" if text else step
    return text or "the file"


def _line_of(lines: Mapping[KeyPath, int], path: KeyPath) -> int:
    """Give the line of the key, or of the nearest table around it that the file names."""
    while path and path not in lines:
        path = path[:-1]
    return lines.get(path, 1)
