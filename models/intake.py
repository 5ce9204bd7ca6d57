"""Taking in a model from elsewhere: read once, checked in a process of its own with limits, understood; not yet stored."""

import json
import signal
import subprocess
import sys
import tomllib
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path

from pydantic import ValidationError

from models.errors import ModelError
from models.files import read_bounded
from models.manifest import ForeignManifest
from models.session import MAX_MODEL_BYTES
from models.understanding import Sidecar

MAX_SIDECAR_BYTES = 1 << 20


@dataclass(frozen=True, slots=True)
class CheckLimits:
    """What the process that checks a model may use."""

    memory_bytes: int = 6 << 30
    cpu_s: int = 120
    wall_s: float = 180.0
    file_bytes: int = MAX_MODEL_BYTES


DEFAULT_LIMITS = CheckLimits()


def take_in(
    path: Path, name: str, created: datetime, sidecar: Sidecar, limits: CheckLimits = DEFAULT_LIMITS
) -> tuple[ForeignManifest, bytes]:
    """Return the manifest of a model file and its bytes, those that were checked.

    Raises
    ------
    ModelError
        In one sentence that names the file and why it cannot be used.
    """
    data = read_bounded(path, limits.file_bytes)
    request = {"name": name, "created": created.isoformat(), "sidecar": sidecar.model_dump(mode="json")}
    command = [sys.executable, "-P", "-m", "models.intake_check", str(limits.memory_bytes), str(limits.cpu_s)]
    try:
        done = subprocess.run(
            command,
            input=json.dumps(request).encode() + b"\n" + data,
            capture_output=True,
            timeout=limits.wall_s,
            check=False,
        )
    except subprocess.TimeoutExpired:
        raise ModelError(f"{path}: checking it took more than {limits.wall_s:g} s; nothing was stored") from None
    if done.returncode != 0:
        raise ModelError(f"{path}: {_death(done.returncode, limits)}; nothing was stored")
    answer = json.loads(done.stdout.splitlines()[-1])
    if "refused" in answer:
        raise ModelError(f"{path}: {answer['refused']}")
    return ForeignManifest.model_validate_json(answer["manifest"]), data


def read_sidecar(path: Path | None) -> Sidecar:
    """Read a sidecar, TOML or JSON by the ending of its name; an empty one for None.

    Raises
    ------
    ModelError
        If it cannot be read or a key is wrong; names the file and the key.
    """
    if path is None:
        return Sidecar()
    text = read_bounded(path, MAX_SIDECAR_BYTES)
    try:
        document = json.loads(text) if path.suffix == ".json" else tomllib.loads(text.decode())
        return Sidecar.model_validate(document)
    except ValidationError as error:
        first = error.errors()[0]
        key = ".".join(map(str, first["loc"])) or "the file"
        if first["type"] == "extra_forbidden":
            raise ModelError(f"{path}: unknown key {key}; the keys are {', '.join(Sidecar.model_fields)}") from None
        said = str(first["msg"]).removeprefix("Value error, ")
        raise ModelError(f"{path}: {key}: {said[0].lower()}{said[1:]}") from None
    except (ValueError, RecursionError) as error:
        raise ModelError(f"{path}: neither TOML nor, named .json, JSON ({error})") from None


def _death(code: int, limits: CheckLimits) -> str:
    """Say why the process ended without an answer."""
    if -code in {signal.SIGXCPU, signal.SIGKILL}:
        return f"checking it took more than {limits.cpu_s} s of processor time, or the machine's memory"
    return f"the process that checked it broke down (code {code}), perhaps at its {limits.memory_bytes >> 20} MiB of memory"
