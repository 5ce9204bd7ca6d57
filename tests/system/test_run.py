"""`station learn` and `station run` on what is not simulated: a GenTL producer and a folder of pictures."""

import json
import subprocess
import sys
from pathlib import Path
from typing import Any

import cv2
import numpy as np
import pytest

from camera.backends.genicam import bundled_producer

VIKY = """
[station]
name = "viky"
data = "."

{cameras}
[plc]
mode = "none"

[line]
recipe = "plate"
trigger = "timer"
takt_ms = 300
part_deadline_ms = 5000

[storage]
min_free_mb = 1
"""
CAMERA = """
[[camera]]
name = "{name}"
backend = "genicam"
trigger = "free_run"
frame_deadline_ms = 3000
[camera.options]
cti = "{cti}"
device = "{device}"
[camera.features]
PixelFormat = "Mono8"
Width_Val = 2448
Height_Val = 2048
AcquisitionFrameRate = 10
"""
VIEW = """
[[view]]
name = "{name}"
camera = "{name}"
model = "{name}"
[view.health]
max_saturated_share = 1.0  # the device draws on white
frozen = false  # and has no noise: its pattern comes round again
"""


def station(*words: str, timeout_s: float = 200) -> dict[str, Any]:
    done = subprocess.run(
        [sys.executable, "-m", "station", *words], capture_output=True, text=True, check=False, timeout=timeout_s
    )
    assert done.returncode == 0, done.stderr
    result: dict[str, Any] = json.loads(done.stdout)
    return result


def write_recipe(folder: Path, views: str, learn_parts: int) -> None:
    (folder / "recipes").mkdir()
    learn = f"\n[learn]\nparts = {learn_parts}\nregistered = false\nsmallest_defect_px = 48\n"
    (folder / "recipes" / "plate.toml").write_text(f'name = "plate"\nnumber = 1\n{views}{learn}')


def test_three_devices_of_a_gentl_producer_every_frame_accounted_for(tmp_path: Path) -> None:
    names = {"red": "VikyTL_DEV_red", "green": "VikyTL_DEV_green", "blue": "VikyTL_DEV_blue"}
    cti = bundled_producer()
    cameras = "".join(CAMERA.format(name=name, cti=cti, device=device) for name, device in names.items())
    (tmp_path / "station.toml").write_text(VIKY.format(cameras=cameras))
    write_recipe(tmp_path, "".join(VIEW.format(name=name) for name in names), 8)
    config = str(tmp_path / "station.toml")
    assert len(station("learn", "--config", config, "--json")["models"]) == 3
    report = station("run", "--config", config, "--parts", "8", "--json")
    assert report["parts"]["finished"] == 8
    assert set(report["cameras"]) == set(names)
    for account in report["cameras"].values():
        assert account["triggered"] == account["delivered"] + account["incomplete"] + account["lost"] >= 8
        assert account["stream_produced"] == (
            account["stream_whole"] + account["stream_incomplete"] + account["stream_lost"]
        )
        assert account["stream_produced"] >= account["delivered"]
    parts = station("parts", "--data", str(tmp_path), "--json")["parts"]
    shown = station("show", parts[0]["uid"], "--data", str(tmp_path), "--json")
    assert [(view["width"], view["height"]) for view in shown["views"]] == [(2448, 2048)] * 3
    assert station("verify", "--data", str(tmp_path), "--json")["ok"]


@pytest.fixture
def textures(tmp_path: Path) -> tuple[Path, Path]:
    """Return a folder of good pictures and one of pictures of which every second has a hole."""
    rng = np.random.default_rng(3)
    good, mixed = tmp_path / "good", tmp_path / "mixed"
    for folder, spoilt in ((good, False), (mixed, True)):
        folder.mkdir()
        for number in range(20 if folder is good else 8):
            picture = cv2.GaussianBlur(rng.normal(128, 40, (256, 256)).astype(np.float32), (0, 0), 2)
            if spoilt and number % 2:
                cv2.circle(picture, (60 + 15 * number, 100), 14, (10.0,), -1)
            assert cv2.imwrite(str(folder / f"{number:02d}.png"), np.clip(picture, 0, 255).astype(np.uint8))
    return good, mixed


def test_a_folder_of_pictures_is_learned_and_replayed(tmp_path: Path, textures: tuple[Path, Path]) -> None:
    good, mixed = textures
    folder = tmp_path / "station"
    folder.mkdir()
    camera = f'[[camera]]\nname = "replay"\nbackend = "replay"\n[camera.options]\nfolder = "{mixed}"\n'
    (folder / "station.toml").write_text(VIKY.format(cameras=camera))
    write_recipe(folder, VIEW.format(name="replay"), 20)
    config = str(folder / "station.toml")
    station("learn", "--config", config, "--folder", str(good), "--json")
    report = station("run", "--config", config, "--parts", "8", "--json")
    assert report["parts"]["finished"] == 8
    parts = sorted(station("parts", "--data", str(folder), "--json")["parts"], key=lambda part: part["part_seq"])
    assert all(part["verdict"] == "NG" for part in parts[1::2]), parts
    assert sum(part["verdict"] == "OK" for part in parts[0::2]) >= 3, parts
