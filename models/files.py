"""Reading files that may be anybody's: never more than is allowed, and one sentence where it goes wrong."""

from pathlib import Path

from models.errors import ModelError


def read_bounded(path: Path, max_bytes: int, remedy: str = "") -> bytes:
    """Return a file's bytes.

    Parameters
    ----------
    remedy
        What the reader of the error can do, if anything.

    Raises
    ------
    ModelError
        If it cannot be read or is larger than allowed; names the file.
    """
    hint = f"; {remedy}" if remedy else ""
    try:
        with path.open("rb") as file:
            data = file.read(max_bytes + 1)
    except OSError as error:
        raise ModelError(f"{path}: cannot be read ({error.strerror}){hint}") from error
    if len(data) > max_bytes:
        raise ModelError(f"{path}: larger than the {max_bytes} bytes that are allowed{hint}")
    return data
