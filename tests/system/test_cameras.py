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
from pattern_pictures import BOARD, draw
from rig import small_plan

from camera.backends.genicam import bundled_producer
from station.demo.layout import write_files
from station.line.calibrations import load_calibration

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


def pairs_of(words: list[str]) -> list[list[str]]:
    return [word.split("=", 1) for word in words if "=" in word]


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
    lines = station("features", *words).stdout.replace("\n# ", "\n").splitlines()
    assert tomllib.loads("\n".join(lines))["camera"]["features"] == features, "those that cannot be set are comments"
    assert (features["Width"], features["Height"]) == (grabbed["width"], grabbed["height"])


@pytest.mark.parametrize(
    ("backend", "feature"), [("genicam", "AcquisitionFrameRate=50.0"), ("simulated", "ExposureTime=2500.0")]
)
def test_a_file_of_features_is_written_and_loaded(backend: str, feature: str, pictures: Path, tmp_path: Path) -> None:
    words, file = source(backend, pictures), tmp_path / "features.toml"
    name, value = feature.split("=")
    assert station("features", *words, "--feature", feature, "--out", str(file)).stdout == ""
    loaded = as_json("features", *words, "--load", str(file))
    assert loaded["features"][name] == float(value)
    assert loaded["loaded"] == len(tomllib.loads(file.read_text())["camera"]["features"]) > 2
    assert f"{loaded['loaded']} features of {file} are set" in station("features", *words, "--load", str(file)).stdout
    station_file = tmp_path / "station.toml"
    options = "\n".join(f'{key} = "{text}"' for key, text in pairs_of(words) if not text.isdigit() and text != "true")
    head = f'[[camera]]\nname = "top"\nbackend = "{backend}"\nfeature_file = "features.toml"\n'
    station_file.write_text(f"{head}[camera.options]\n{options}\n")
    assert as_json("features", "--config", str(station_file))["features"][name] == float(value)


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ("ExposureTime = 5.0", "unknown key ExposureTime"),
        ("[camera.features]\nExposureTime = [1]", "line 2: camera.features.ExposureTime"),
        ("[camera.features]\nExposureTime = 1e9", "ExposureTime is 1000000000.0; it must be 20 to 100000"),
        (
            "[camera.features]\nUserSetSelector = 'UserSet9'",
            "UserSetSelector 'UserSet9' is not one of Default, UserSet1",
        ),
    ],
)
def test_a_file_of_features_that_cannot_be_loaded(text: str, said: str, tmp_path: Path) -> None:
    file = tmp_path / "features.toml"
    file.write_text(text)
    code = 1 if "must be 20" in said or "not one of" in said else 2
    assert said in station("features", "--backend", "simulated", "--load", str(file), code=code).stderr


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
    assert all("41.5 °C" in line for line in lines[2:3])
    seen = as_json("watch", *source("simulated", pictures), "--faults", "lost=0.3, incomplete=0.3", "--seconds", "2.5")
    assert min(seen["lost"], seen["incomplete"]) >= 1
    assert seen["produced"] == seen["whole"] + seen["lost"] + seen["incomplete"]
    assert seen["temperature_c"] == 41.5
    scenario = pictures / "scenario.toml"
    scenario.write_text('[[fault]]\nkind = "lost"\nat = 5\nuntil = 14\n[[fault]]\nkind = "incomplete"\nshare = 0.4\n')
    seen = as_json("watch", *source("replay", pictures), "--scenario", str(scenario), "--seconds", "2.5")
    assert min(seen["lost"], seen["incomplete"]) >= 1
    assert seen["lost"] <= 10
    assert "temperature_c" not in seen
    refused = station("watch", *source("genicam", pictures), "--faults", "black@1", code=2)
    assert "is real" in refused.stderr


def test_calibrate_flat_evens_out_the_light(tmp_path: Path) -> None:
    pictures, config = tmp_path / "even", tmp_path / "station.toml"
    pictures.mkdir()
    rng = np.random.default_rng(1)
    slope = np.linspace(90, 150, 120) * np.ones((90, 1))
    for number in range(4):
        seen = np.clip(slope + rng.normal(0, 1, slope.shape), 0, 255).astype(np.uint8)
        seen[40, 50] = 255
        assert cv2.imwrite(str(pictures / f"{number}.png"), seen)
    camera = '[[camera]]\nname = "left"\nbackend = "replay"\n{}[camera.options]\nfolder = "even"\nloop = true\n'
    config.write_text(camera.format("") + '[line]\nrecipe = "cup"\n')
    (tmp_path / "recipes").mkdir()
    recipe = 'name = "cup"\nnumber = 1\n[[view]]\nname = "top"\ncamera = "left"\nmodel = "cup"\n'
    (tmp_path / "recipes" / "cup.toml").write_text(recipe)
    made = as_json("calibrate", "--config", str(config), "--flat", "4")
    assert made["defects"] == 1
    assert (made["gain_min"], made["gain_max"]) == (pytest.approx(0.8, abs=0.05), pytest.approx(1.33, abs=0.05))
    assert "1 pixels replaced" in station("calibrate", "--config", str(config), "--flat", "2").stdout
    config.write_text(camera.format(f'flat_field = "{made["file"]}"\n'))
    out = str(tmp_path / "one.png")
    as_json("grab", "--config", str(config), "--out", out)
    even = cv2.imread(out, cv2.IMREAD_UNCHANGED)
    assert even is not None
    assert even.std() < 2.5 < slope.std()
    assert abs(int(even[40, 50]) - 120) < 10
    (pictures / "0.png").unlink()
    assert cv2.imwrite(str(pictures / "0.png"), np.full((30, 40), 100, np.uint8))
    said = station("grab", "--config", str(config), "--out", out, code=3).stderr
    assert "its flat field is for 120x90 Mono8, its pictures are 40x30 Mono8" in said


def test_calibrate_white_is_found_once_and_set_whenever_the_camera_is_opened(tmp_path: Path) -> None:
    config = tmp_path / "station.toml"
    camera = '[[camera]]\nname = "left"\n{}[camera.options]\nwidth = 96\nheight = 80\npixel_format = "{}"\n'
    line = '[line]\nrecipe = "cup"\n'
    config.write_text(camera.format("", "RGB8") + line)
    (tmp_path / "recipes").mkdir()
    recipe = 'name = "cup"\nnumber = 1\n[[view]]\nname = "top"\ncamera = "left"\nmodel = "cup"\n'
    (tmp_path / "recipes" / "cup.toml").write_text(recipe)
    made = as_json("calibrate", "--config", str(config), "--white")
    assert made["ratios"] == {"Red": 0.985, "Green": 1.0, "Blue": 1.0314}
    assert f'white_balance = "{made["file"]}"' in station("calibrate", "--config", str(config), "--white").stdout
    config.write_text(camera.format(f'white_balance = "{made["file"]}"\n', "RGB8") + line)
    out = str(tmp_path / "one.png")
    as_json("grab", "--config", str(config), "--out", out)
    seen = cv2.imread(out, cv2.IMREAD_UNCHANGED)
    assert seen is not None
    assert np.ptp(seen.reshape(-1, 3).mean(axis=0)) < 0.7
    config.write_text(camera.format("", "Mono8") + line)
    assert "a white balance is for colour" in station("calibrate", "--config", str(config), "--white", code=2).stderr


def test_calibrate_keeps_the_scale_of_a_view(tmp_path: Path) -> None:
    write_files(small_plan(tmp_path), 1502)
    picture = tmp_path / "board.png"
    assert cv2.imwrite(str(picture), draw(BOARD, scale_px=18.0))
    words = ["--config", str(tmp_path / "station.toml"), "--picture", str(picture)]
    found = as_json("calibrate", *words, "--pattern", "checkerboard:9x7:5.0")
    assert found["pixel_size_um"] == pytest.approx(1000 / 18, rel=0.02)
    assert found["residual_px"] < 0.3
    kept = load_calibration(tmp_path, "top")
    assert kept is not None
    assert kept.mm_per_px * 1000 == pytest.approx(found["pixel_size_um"], rel=1e-4)
    said = station("calibrate", *words, "--pattern", "length:25:100,100:100,600").stdout
    assert "50.00 µm a pixel" in said
    camera = ["--config", str(tmp_path / "station.toml"), "--pattern", "dots:9x9:3"]
    assert "no dots of 9 x 9 points" in station("calibrate", *camera, code=1).stderr
    assert "which view of recipe plate-A? there are top" in station("calibrate", "side", *camera, code=2).stderr
    wrong = ["--config", str(tmp_path / "station.toml"), "--picture", str(picture), "--pattern", "ruler"]
    assert "write it as checkerboard:" in station("calibrate", *wrong, code=2).stderr


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
