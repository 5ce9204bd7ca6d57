"""What is kept of a secret: argon2id (RFC 9106), slow and hungry on purpose, so that a stolen file gives nothing away soon."""

import base64
import os

from argon2 import PasswordHasher
from argon2.exceptions import InvalidHashError, VerificationError

HASHER = PasswordHasher(time_cost=3, memory_cost=64 * 1024, parallelism=1, hash_len=32, salt_len=16)
"""Three passes over 64 MiB by one thread, so that a log-in takes one core from the line and no more."""


def hashed(secret: str | bytes) -> str:
    """Return what is kept of a secret; takes about 0.15 s and 64 MiB."""
    return HASHER.hash(secret)


def is_secret(kept: str, secret: str | bytes) -> bool:
    """Whether this is the secret; takes as long as `hashed`."""
    try:
        return HASHER.verify(kept, secret)
    except (VerificationError, InvalidHashError):
        return False


def nobodys_hash() -> str:
    """Return what no secret matches, at the usual cost of looking: a name cannot be found out by the time an answer takes."""
    salt, digest = (
        base64.b64encode(os.urandom(size)).decode().rstrip("=") for size in (HASHER.salt_len, HASHER.hash_len)
    )
    return f"$argon2id$v=19$m={HASHER.memory_cost},t={HASHER.time_cost},p={HASHER.parallelism}${salt}${digest}"
