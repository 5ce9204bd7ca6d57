"""The gateway's own durable files in `<data>/opcua`: what it has published, which jobs there were, who may log in.

The journal has one writer, the engine; so what the gateway must remember by itself is here, replaced as a whole.
"""

from pathlib import Path
from typing import TypeVar

from pydantic import BaseModel, ConfigDict, ValidationError

from station.journal.disk import make_directory, write_durably
from station.toml_file import ConfigError

M = TypeVar("M", bound=BaseModel)


class Stored(BaseModel):
    """Content of one file; unknown keys are refused."""

    model_config = ConfigDict(extra="forbid", frozen=True)


def read_stored(path: Path, model: type[M], remedy: str) -> M | None:
    """Read a file, None where there is none.

    Raises
    ------
    ConfigError
        If it cannot be read; the text names the file and gives `remedy`.
    """
    try:
        return model.model_validate_json(path.read_bytes())
    except FileNotFoundError:
        return None
    except (OSError, ValidationError) as error:
        cause = error.strerror if isinstance(error, OSError) else "its content is not what the station wrote"
        raise ConfigError(f"{path}: {cause}; {remedy}") from None


def replace_stored(path: Path, content: BaseModel, *, mode: int = 0o644) -> None:
    """Replace a file, durable on return; whoever reads sees the old or the new one.

    Raises
    ------
    StorageError
        If it cannot be written; the file is as it was then.
    """
    make_directory(path.parent)
    write_durably(path, content.model_dump_json(indent=1).encode(), mode=mode)
