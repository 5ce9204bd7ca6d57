"""Five megapixels at 120 frames a second, for long: `python tests/support/camera_endurance.py --seconds 600`.

Beside it, in a process of its own, the loop harvesters' own documentation shows, with one copy of each picture.
"""

import argparse
import json
import subprocess
import sys
import time
from collections.abc import Sequence
from dataclasses import asdict
from typing import Any

import numpy as np
import psutil
from harvesters.core import Harvester

from camera.backends.genicam import bundled_producer
from camera.endurance import Endured, Meter, Stream, endure

RAW_S = 20.0
DEVICES = ("VikyTL_DEV_red", "VikyTL_DEV_green", "VikyTL_DEV_blue")
GROWTH_MB = 1.0
HAND_OFF_MS = 5.0
RATIO = 1.15
"""CPU time a frame of worker and engine's side, the producer's threads among it, beside that of the loop with its one copy."""


def raw_loop(stream: Stream, seconds: float) -> float:
    """CPU time a frame in ms, the producer's threads among it."""
    harvester: Any = Harvester()
    harvester.add_file(stream.cti)
    harvester.update()
    acquirer = harvester.create({"id_": stream.device})
    nodes = acquirer.remote_device.node_map
    for name, value in stream.features.items():
        nodes.get_node(name).value = value
    acquirer.num_buffers = 16
    kept = np.empty(stream.width * stream.height, np.uint8)
    frames, meter, until = 0, Meter(psutil.Process()), time.monotonic() + seconds
    acquirer.start()
    while time.monotonic() < until:
        with acquirer.fetch(timeout=10) as buffer:
            np.copyto(kept, buffer.payload.components[0].data)
            frames += 1
    cpu_s = meter.cpu_s()
    acquirer.destroy()
    harvester.reset()
    return 1e3 * cpu_s / frames


def raw_cost(streams: Sequence[Stream], seconds: float) -> float:
    """The raw loop in a process of its own for each camera, all at once; the mean."""
    commands = [
        [sys.executable, __file__, "--raw", json.dumps(asdict(stream)), "--seconds", str(seconds)] for stream in streams
    ]
    loops = [subprocess.Popen(command, stdout=subprocess.PIPE) for command in commands]
    costs = [float(loop.communicate()[0]) for loop in loops]
    return sum(costs) / len(costs)


def default_streams(cameras: int = 1, fps: float = 120.0) -> list[Stream]:
    """So many of the producer's cameras, which make so many frames a second together."""
    return [Stream(str(bundled_producer()), device, fps=fps / cameras) for device in DEVICES[:cameras]]


def is_good(endured: Endured, raw_ms: float) -> bool:
    balanced = endured.produced == endured.whole + endured.incomplete + endured.lost
    cheap = endured.cpu_ms_a_frame <= RATIO * raw_ms
    return balanced and cheap and endured.rss_growth_mb <= GROWTH_MB and endured.hand_off_p99_ms <= HAND_OFF_MS


def main() -> int:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--seconds", type=float, default=600.0)
    parser.add_argument("--cameras", type=int, default=1, choices=(1, 2, 3))
    parser.add_argument("--raw", help=argparse.SUPPRESS)
    arguments = parser.parse_args()
    if arguments.raw is not None:
        sys.stdout.write(f"{raw_loop(Stream(**json.loads(arguments.raw)), arguments.seconds)}\n")
        return 0
    streams = default_streams(arguments.cameras)
    raw_ms = raw_cost(streams, min(arguments.seconds, RAW_S))
    endured = endure(streams, arguments.seconds)
    ratio = endured.cpu_ms_a_frame / raw_ms
    figures = {**asdict(endured), "raw_cpu_ms_a_frame": raw_ms, "cpu_ratio": ratio}
    sys.stdout.write(json.dumps({name: round(figure, 3) for name, figure in figures.items()}) + "\n")
    return 0 if is_good(endured, raw_ms) else 1


if __name__ == "__main__":
    sys.exit(main())
