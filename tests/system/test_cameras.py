"""`station cameras` and its actions, as a user runs them, over every backend that needs no hardware."""

import json
import subprocess
import sys
import tomllib
from pathlib import Path
from typing import Any

import cv2
import numpy as np
import pytest

from camera.backends.genicam import bundled_producer

STATION = """
[[camera]]
name = "left"
[camera.options]
width = 320
height = 240
[camera.features]
ExposureTime = 2500.0
[[camera]]
name = "right"
[camera.options]
width = 160
height = 120
"""


def station(*words: str, code: int = 0) -> subprocess.CompletedProcess[str]:
    command = [sys.executable, "-m", "station", "cameras", *words]
    result = subprocess.run(command, capture_output=True, check=False, text=True, timeout=60)
    assert result.returncode == code, result.stderr
    assert "Traceback" not in result.stderr
    return result


def as_json(*words: str) -> dict[str, Any]:
    (line,) = station(*words, "--json").stdout.splitlines()
    found: dict[str, Any] = json.loads(line)
    return found


@pytest.fixture
def pictures(tmp_path: Path) -> Path:
    folder = tmp_path / "pictures"
    folder.mkdir()
    rng = np.random.default_rng(1)
    for number in range(3):
        assert cv2.imwrite(str(folder / f"{number}.png"), rng.integers(0, 200, (48, 64), np.uint8))
    return folder


@pytest.fixture
def config(tmp_path: Path) -> Path:
    path = tmp_path / "station.toml"
    path.write_text(STATION)
    return path


def source(backend: str, pictures: Path) -> list[str]:
    options = {
        "genicam": [f"cti={bundled_producer()}", "device=VikyTL_DEV_green"],
        "replay": [f"folder={pictures}", "loop=true", "fps=40"],
        "simulated": ["width=128", "height=96", "fps=40", "pixel_format=RGB8"],
    }[backend]
    return ["--backend", backend, *(word for option in options for word in ("--option", option))]


@pytest.mark.parametrize("backend", ["genicam", "replay", "simulated"])
def test_grab_watch_and_features_of_every_backend(backend: str, pictures: Path, tmp_path: Path) -> None:
    words = source(backend, pictures)
    out = tmp_path / "one.png"
    grabbed = as_json("grab", *words, "--out", str(out))
    picture = cv2.imread(str(out), cv2.IMREAD_UNCHANGED)
    assert picture is not None
    assert picture.shape[:2] == (grabbed["height"], grabbed["width"])
    assert (picture.ndim == 2) == (grabbed["pixel_format"] == "Mono8")
    assert picture.mean() / 255 == pytest.approx(grabbed["health"]["brightness"], abs=0.05)

    seen = as_json("watch", *words, "--seconds", "1.2")
    assert seen["produced"] == seen["whole"] + seen["incomplete"] + seen["lost"]
    assert seen["whole"] > 5
    assert seen["fps"] == pytest.approx(seen["whole"] / seen["seconds"])
    assert seen["health"]["brightness"] > 0.1

    features = as_json("features", *words)["features"]
    table = tomllib.loads(station("features", *words).stdout)["camera"]["features"]
    assert table == features
    assert (table["Width"], table["Height"]) == (grabbed["width"], grabbed["height"])


def test_a_camera_of_the_configuration_has_its_features_and_others_may_be_set(config: Path, tmp_path: Path) -> None:
    out = str(tmp_path / "one.png")
    named = ["--config", str(config)]
    first, second = (as_json("grab", name, *named, "--out", out) for name in ("left", "right"))
    assert ((first["width"], first["height"]), first["camera"]) == ((320, 240), "left")
    assert (second["width"], second["height"]) == (160, 120)
    assert first["health"]["brightness"] < 0.6 * second["health"]["brightness"]
    assert as_json("features", "left", *named)["features"]["ExposureTime"] == 2500.0
    longer = as_json("features", "left", *named, "--feature", "ExposureTime=9000")
    assert longer["features"]["ExposureTime"] == 9000.0
    file = tmp_path / "left.toml"
    assert station("features", "left", *named, "--out", str(file)).stdout == ""
    assert tomllib.loads(file.read_text())["camera"]["features"]["ExposureTime"] == 2500.0


def test_what_watch_counts_and_says(pictures: Path) -> None:
    lines = station("watch", *source("simulated", pictures), "--seconds", "1.5").stdout.splitlines()
    assert "Virtual part" in lines[0]
    assert len(lines) == 4
    assert all("fps" in line and "incomplete" in line for line in lines[1:])
    faults = ["--option", "faults=lost@5, incomplete@8"]
    seen = as_json("watch", *source("simulated", pictures), *faults, "--seconds", "1.2")
    assert (seen["lost"], seen["incomplete"]) == (1, 1)


@pytest.mark.parametrize(
    ("words", "code", "said"),
    [
        (["grab", "--out", "x.png"], 2, "--config F"),
        (["grab", "--config", "no.toml", "--backend", "replay", "--out", "x.png"], 2, "--config F"),
        (["grab", "--backend", "simulated"], 2, "--out"),
        (["grab", "--backend", "simulatd", "--out", "x.png"], 2, "did you mean 'simulated'"),
        (["features", "--backend", "simulated", "--option", "widht=3"], 2, "did you mean 'width'"),
        (["features", "--backend", "simulated", "--option", "width"], 2, "write KEY=VALUE"),
        (["features", "--backend", "simulated", "--feature", "Exposure=3"], 1, "no feature 'Exposure'"),
        (["features", "--backend", "replay", "--option", "folder=/nowhere"], 3, "no folder /nowhere"),
        (["grab", "--backend", "replay", "--option", "folder=/nowhere", "--out", "x.png"], 3, "no folder /nowhere"),
        (
            ["grab", "--backend", "simulated", "--option", "width=64", "--out", "/nowhere/x.png"],
            2,
            "/nowhere/x.png cannot be written",
        ),
        (["grab", "--backend", "simulated", "--option", "faults=incomplete@0", "--out", "x.png"], 1, "half of"),
        (["watch", "--backend", "simulated", "--seconds", "0"], 2, "must be more than 0"),
    ],
)
def test_mistakes_are_told_in_one_line(words: list[str], code: int, said: str) -> None:
    assert said in station(*words, code=code).stderr


def test_the_camera_must_be_one_of_the_configuration(config: Path) -> None:
    assert "which camera? there are left, right" in station("features", "--config", str(config), code=2).stderr
    assert (
        "no camera 'top'; there are left, right" in station("features", "top", "--config", str(config), code=2).stderr
    )


def test_the_list_is_as_it_was() -> None:
    producer = ["--cti", str(bundled_producer())]
    found = as_json(*producer)["cameras"]
    assert [camera["backend"] for camera in found] == ["genicam"] * 3 + ["simulated"]
    assert "Virtual part" in station(*producer).stdout
