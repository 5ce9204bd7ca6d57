"""Where results go: one JSON object or readable text on stdout; errors and logs go to stderr elsewhere."""

import json
import sys
from collections.abc import Mapping
from typing import Any

from rich.console import Console

WIDTH_OF_A_PIPE = 200
"""Columns a table may take where nobody resizes a window."""


def emit_json(result: Mapping[str, Any]) -> None:
    """Print exactly one JSON object, on one line."""
    sys.stdout.write(json.dumps(result, ensure_ascii=False, allow_nan=False) + "\n")
    sys.stdout.flush()


def console() -> Console:
    """Return a console on stdout, as wide as the terminal; what it prints is plain text, never markup."""
    return Console(
        file=sys.stdout, highlight=False, markup=False, width=None if sys.stdout.isatty() else WIDTH_OF_A_PIPE
    )


def say(text: str) -> None:
    """Print one line for people."""
    sys.stdout.write(text + "\n")
    sys.stdout.flush()
