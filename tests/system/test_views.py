"""A part seen by two cameras, by one of them with two exposures: paired, accounted for, rejected if a view is missing."""

from pathlib import Path
from typing import Any

import cv2
import numpy as np
from rig import Rig

VIEWS = """\
[[view]]
name = "top-dark"
camera = "top"
model = "plate-A"
features = { ExposureTime = 1500.0 }
low = 1e9
high = 1e9

[[view]]
name = "side"
camera = "side"
model = "plate-A"

[[view]]
name = "top-bright"
camera = "top"
model = "plate-A"
features = { ExposureTime = 5000.0 }
"""


def take_three_views(rig: Rig, faults: str = "") -> None:
    recipe = rig.plan.data / "recipes" / "plate-A.toml"
    text = recipe.read_text()
    start, end = text.index("[[view]]"), text.index("[operator]")
    recipe.write_text(text[:start] + VIEWS + "\n" + text[end:])
    config = rig.plan.config.read_text()
    first = config[config.index("[[camera]]") : config.index("[plc]")].replace(
        "[camera.options]", "[camera.options]\ndefect_rate = 0.0"
    )
    cameras = first.replace("[camera.options]", f'[camera.options]\nfaults = "{faults}"') + first.replace(
        '"top"', '"side"'
    )
    rig.plan.config.write_text(config[: config.index("[[camera]]")] + cameras + config[config.index("[plc]") :])


def rows(rig: Rig) -> dict[int, dict[str, Any]]:
    return {int(row["inspection_id"]): row for row in rig.json("parts", "--limit", "1000")["parts"]}


def balanced(account: dict[str, int]) -> None:
    ended = sum(account[name] for name in ("delivered", "incomplete", "lost", "overrun", "pending"))
    assert account["triggered"] == ended


def test_a_camera_takes_two_views_and_a_missing_one_rejects_its_part(rig: Rig, tmp_path: Path) -> None:
    take_three_views(rig, "lost@3/2, incomplete@5/1")
    rig.edit("frame_deadline_ms = 3000", "frame_deadline_ms = 500")
    rig.start_engine()
    rig.start_plc(9)
    rig.wait_plc()
    status = rig.stop_engine()
    assert {name: account["triggered"] for name, account in status["cameras"].items()} == {"top": 18, "side": 9}
    assert status["cameras"]["top"]["lost"] >= 1  # more where the machine is busy
    assert status["cameras"]["top"]["incomplete"] == 1
    for account in status["cameras"].values():
        balanced(account)
    parts = rows(rig)
    assert len(parts) == 9
    assert parts[3]["verdict"] == parts[5]["verdict"] == "NOT_DECIDABLE"
    assert "View top-bright: no picture" in parts[3]["reason"]
    assert "View top-dark: half of the picture" in parts[5]["reason"]
    good = [number for number in sorted(parts) if parts[number]["verdict"] == "OK"]
    assert len(good) >= 4
    assert not {3, 5} & set(good)
    assert not [part for part in rig.gated() if part.passed and part.inspection_id in {3, 5}]
    truths = check_pictures(rig, parts[good[0]]["uid"], tmp_path) + check_pictures(
        rig, parts[good[-1]]["uid"], tmp_path
    )
    assert len(set(truths[:3])) == len(set(truths[3:])) == 1, "the three views show one and the same part"
    assert truths[0] != truths[3]


def check_pictures(rig: Rig, uid: str, folder: Path) -> list[str]:
    """Each view has its picture, taken with its own exposure; returns what the views truly show."""
    shown = rig.json("show", uid, "--image", str(folder / f"{uid}.png"), "--raw")
    grey = {}
    for text in shown["written"]:
        picture = cv2.imread(text, cv2.IMREAD_GRAYSCALE)
        assert picture is not None
        grey[Path(text).stem] = float(np.mean(picture))
    dark, side, bright = (
        next(value for name, value in grey.items() if view in name) for view in ("dark", "side", "bright")
    )
    assert 0.2 < dark / bright < 0.4, "0.3 of the exposure"
    assert 0.9 < side / bright < 1.1
    assert [view["name"] for view in shown["views"]] == ["top-dark", "side", "top-bright"]
    return [str(view["truth"]) for view in shown["views"]]


def test_a_worker_killed_between_two_views(rig: Rig) -> None:
    take_three_views(rig, "silent@4/2:1.0")
    rig.edit("frame_deadline_ms = 3000", "frame_deadline_ms = 2000")
    rig.start_engine()
    rig.start_plc(100_000)
    rig.until(lambda: rig.status().get("parts", {}).get("started", 0) > 4, "the fifth part is under way")
    min(rig.workers(), key=lambda worker: worker.create_time()).kill()  # the first camera's
    rig.until(lambda: "SIGKILL" in rig.log(), "the reason is in the log")
    since = len(rig.gated())
    rig.until(lambda: sum(part.passed for part in rig.gated()[since:]) >= 3, "parts pass again")
    for account in rig.stop_engine()["cameras"].values():
        balanced(account)
    parts = rows(rig)
    passed = [part.inspection_id for part in rig.gated() if part.passed]
    assert all(parts[number]["verdict"] == "OK" for number in passed if number is not None)
    assert parts[4]["verdict"] == "NOT_DECIDABLE"
