"""A GigE Vision camera that nobody here wrote, as a process on loopback."""

import shutil
import subprocess
from collections.abc import Iterator
from contextlib import contextmanager

import pytest
import viva_genicam

PROGRAM = "arv-fake-gv-camera-0.8"
TRIES = 50


@contextmanager
def fake_network_camera(*words: str) -> Iterator[subprocess.Popen[bytes]]:
    """Run it on 127.0.0.1, with more words of its command line (`-r 0.1`: lose a tenth of the packets)."""
    if shutil.which(PROGRAM) is None:
        pytest.fail(f"missing: {PROGRAM}; run make setup")
    command = [PROGRAM, "-i", "127.0.0.1", *words]
    process = subprocess.Popen(command, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)
    try:
        for _ in range(TRIES):
            if viva_genicam.discover(200, None, all=True):
                break
            assert process.poll() is None, f"{PROGRAM} ended; is UDP port 3956 taken?"
        else:
            pytest.fail(f"{PROGRAM} does not answer")
        yield process
    finally:
        process.kill()
        process.wait()
