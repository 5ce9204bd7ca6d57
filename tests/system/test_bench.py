"""`station bench` in its short form: it measures every row and says so; what it measures is no claim about this machine."""

import json
import subprocess
import sys


def test_every_row_is_measured() -> None:
    done = subprocess.run(
        [sys.executable, "-m", "station", "bench", "--short", "--json"],
        capture_output=True,
        text=True,
        check=False,
        timeout=400,
    )
    assert done.returncode == 0, done.stderr
    rows = json.loads(done.stdout)["rows"]
    names = " ".join(row["name"] for row in rows)
    for what in (
        "lateness",
        "durable parts",
        "first page of the slowest",
        "next page of the slowest",
        "latency p50",
        "latency p99",
        "learning",
        "300 defects",
        "whole inference at 640, classification",
        "whole inference at 640, detection",
        "whole inference at 640, segmentation",
        "whole inference of the anomaly graph",
        "inference",
        "desk",
        "canvas",
        "OPC UA clients",
        "GetResultListFiltered",
        "storm",
        "gateway is killed",
        "tap on OK",
        "part painted",
        "operator's screen",
        "yolo-seg",
        "memory at its peak",
    ):
        assert what in names
    assert all(row["figure"] > 0 and row["baseline"] > 0 for row in rows)
