"""Five megapixels at 120 frames a second, for long: `python tests/support/camera_endurance.py --seconds 600`.

Beside it, in a process of its own, the loop harvesters' own documentation shows, with one copy of each picture.
"""

import argparse
import json
import subprocess
import sys
import time
from dataclasses import asdict
from typing import Any

import numpy as np
import psutil
from harvesters.core import Harvester

from camera.backends.genicam import bundled_producer
from camera.endurance import Endured, Meter, Stream, endure

RAW_S = 20.0
GROWTH_MB = 1.0
HAND_OFF_MS = 5.0
RATIO = 2.0
"""Ours copies a picture twice where the loop does once: out of the driver's buffer, and into what the engine reads."""


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


def raw_cost(stream: Stream, seconds: float) -> float:
    """The raw loop in a process of its own."""
    command = [sys.executable, __file__, "--raw", json.dumps(asdict(stream)), "--seconds", str(seconds)]
    result = subprocess.run(command, check=True, stdout=subprocess.PIPE)
    return float(result.stdout)


def default_stream() -> Stream:
    return Stream(str(bundled_producer()))


def is_good(endured: Endured, raw_ms: float) -> bool:
    balanced = endured.produced == endured.whole + endured.incomplete + endured.lost
    cheap = endured.cpu_ms_a_frame <= RATIO * raw_ms
    return balanced and cheap and endured.rss_growth_mb <= GROWTH_MB and endured.hand_off_p99_ms <= HAND_OFF_MS


def main() -> int:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--seconds", type=float, default=600.0)
    parser.add_argument("--raw", help=argparse.SUPPRESS)
    arguments = parser.parse_args()
    if arguments.raw is not None:
        sys.stdout.write(f"{raw_loop(Stream(**json.loads(arguments.raw)), arguments.seconds)}\n")
        return 0
    stream = default_stream()
    raw_ms = raw_cost(stream, min(arguments.seconds, RAW_S))
    endured = endure(stream, arguments.seconds)
    ratio = endured.cpu_ms_a_frame / raw_ms
    figures = {**asdict(endured), "raw_cpu_ms_a_frame": raw_ms, "cpu_ratio": ratio}
    sys.stdout.write(json.dumps({name: round(figure, 3) for name, figure in figures.items()}) + "\n")
    return 0 if is_good(endured, raw_ms) else 1


if __name__ == "__main__":
    sys.exit(main())
