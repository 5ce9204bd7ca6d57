"""Where the desk's socket stands: `desk.sock` in the data folder, reached however long the folder's path is."""

import os
import socket
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

SOCKET_FILE = "desk.sock"
LOCK_FILE = "desk.lock"
"""Held by the engine whose socket it is; the kernel lets go of it with the engine, however that ends."""
BACKLOG = 16


@contextmanager
def short_address(data: Path) -> Iterator[str]:
    """Give an address of the socket that fits into a `sockaddr_un`, whose path has 108 bytes (unix(7)).

    It runs through the descriptor of the folder and holds while the block runs. Raises OSError.
    """
    folder = os.open(data, os.O_PATH | os.O_DIRECTORY | os.O_CLOEXEC)
    try:
        yield f"/proc/self/fd/{folder}/{SOCKET_FILE}"
    finally:
        os.close(folder)


def connect(data: Path, timeout_s: float) -> socket.socket:
    """Connect to the engine of a data folder. Raises OSError."""
    client = socket.socket(socket.AF_UNIX, socket.SOCK_STREAM)
    try:
        client.settimeout(timeout_s)
        with short_address(data) as address:
            client.connect(address)
    except BaseException:
        client.close()
        raise
    return client


def listen(data: Path) -> socket.socket:
    """Return a listening socket, its owner's alone; what a dead engine left in its place is replaced.

    To be called by the holder of `LOCK_FILE` only. Raises OSError.
    """
    (data / SOCKET_FILE).unlink(missing_ok=True)
    server = socket.socket(socket.AF_UNIX, socket.SOCK_STREAM | socket.SOCK_NONBLOCK)
    try:
        with short_address(data) as address:
            server.bind(address)
        (data / SOCKET_FILE).chmod(0o600)  # nobody is let in before `listen`
        server.listen(BACKLOG)
    except BaseException:
        server.close()
        raise
    return server
