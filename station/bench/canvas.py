"""What the operator's canvas takes, beside a QGraphicsView in the same run; in a process of its own, without a display."""

import json
import subprocess
import sys
from typing import Any

from station.bench.rows import Relation, Row

BESIDE = "QGraphicsView"


def canvas_rows(size: tuple[int, int] = (4000, 3000), repetitions: int = 20) -> list[Row]:
    """Measure with 200 outlines, grey and in colour, and the release of a finger with 1,000 too."""
    few, many = (_measured(size, outlines, repetitions) for outlines in (200, 1000))
    colour = _measured(size, 200, repetitions, "--colour")
    megapixels = f"{size[0] * size[1] / 1e6:.0f} MP"
    scene = "with heat and 200 outlines"
    release = "canvas: from a finger's release to the repainted screen"
    return [
        _row(f"canvas: new {megapixels} frame {scene}", few["new_frame"], 10.0),
        _row(f"canvas: new {megapixels} frame in colour {scene}", colour["new_frame"], 10.0),
        _row(f"canvas: a pan {scene}", few["pan"], 16.0),
        _row(f"canvas: a pan in colour {scene}", colour["pan"], 16.0),
        _row(f"canvas: a zoom {scene}", few["zoom"], 16.0),
        _row(f"canvas: a zoom in colour {scene}", colour["zoom"], 16.0),
        _row(f"{release}, 200 shapes", few["release"], 16.0),
        _row(f"{release}, 1,000 shapes", many["release"], 33.0),
    ]


def _measured(size: tuple[int, int], outlines: int, repetitions: int, *options: str) -> dict[str, Any]:
    numbers = ["--outlines", outlines, "--size", *size, "--repetitions", repetitions]
    command = [sys.executable, "-m", "labeling.canvas.bench", *(str(number) for number in numbers), *options]
    done = subprocess.run(command, check=True, capture_output=True, text=True)
    figures: dict[str, Any] = json.loads(done.stdout)
    return figures


def _row(name: str, figure: dict[str, float], limit_ms: float) -> Row:
    return Row(
        name=name,
        figure=figure["canvas_ms"],
        baseline=figure["graphics_view_ms"],
        unit="ms",
        baseline_name=BESIDE,
        relation=Relation.AT_MOST,
        limit=limit_ms,
    )
