"""A secret in a file of its own: its owner's alone, never in the configuration, read anew whenever it is needed."""

from pathlib import Path

SHORTEST = 16
"""Characters of a key that signs."""


class SecretError(Exception):
    """A secret cannot be used; the text names the file and the remedy."""


def read_secret(path: Path, *, at_least: int = 1) -> str:
    """Return the file's first line.

    Raises
    ------
    SecretError
        If it cannot be read, other users may read it, or it is too short.
    """
    try:
        mode, lines = path.stat().st_mode, path.read_text(encoding="utf-8").splitlines()
    except (OSError, UnicodeDecodeError) as error:
        cause = error.strerror if isinstance(error, OSError) else "it is not UTF-8 text"
        raise SecretError(f"{path}: the secret cannot be read: {cause}; put it there, chmod 600") from None
    if mode & 0o077:
        raise SecretError(f"{path}: other users may use this secret; run chmod 600 on it")
    secret = lines[0].strip() if lines else ""
    if len(secret) < at_least:
        raise SecretError(f"{path}: the secret has {len(secret)} characters; it needs {at_least} at least")
    return secret
