"""Keeps numpy's linear algebra on the thread that asks for it.

The heads work on hundreds of small matrices. OpenBLAS splits each among all processors and its threads wait for each other
by spinning: on two busy processors that takes ten times as long as one thread, and steals the line's time.
"""

import ctypes
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import numpy as np

SET_THREADS, GET_THREADS = "scipy_openblas_set_num_threads64_", "scipy_openblas_get_num_threads64_"


@contextmanager
def one_blas_thread() -> Iterator[None]:
    """Let linear algebra use one thread inside; with another BLAS than numpy's own wheels have, nothing changes."""
    library = _library()
    if library is None:
        yield
        return
    before = int(getattr(library, GET_THREADS)())
    getattr(library, SET_THREADS)(1)
    try:
        yield
    finally:
        getattr(library, SET_THREADS)(before)


def _library() -> ctypes.CDLL | None:
    """Return the OpenBLAS that numpy's wheel brought and has loaded."""
    folder = Path(np.__file__).parent.parent / "numpy.libs"
    for path in sorted(folder.glob("libscipy_openblas64_*")):
        library = ctypes.CDLL(str(path))
        if hasattr(library, SET_THREADS) and hasattr(library, GET_THREADS):
            return library
    return None
