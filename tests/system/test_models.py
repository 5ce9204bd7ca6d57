"""`station models` under a line that runs: the model changes, no part is lost."""

from itertools import pairwise
from typing import Any

import foreign
import pytest
from rig import Rig

from models.manifest import MODEL_FILE, REFERENCE_FILE, Manifest
from models.shelf import Shelf

pytestmark = pytest.mark.system

NAME = "plate-A"


def put_again(shelf: Shelf) -> None:
    """Put the first version on the shelf once more."""
    folder = shelf.folder(NAME, "1")
    reference = (folder / REFERENCE_FILE).read_bytes()
    shelf.add(Manifest.read(folder), (folder / MODEL_FILE).read_bytes(), reference)


def judged_by(rig: Rig) -> list[str]:
    """Return the model that judged each part, oldest first."""
    rows: list[dict[str, Any]] = rig.json("parts", "--limit", "10000")["parts"]
    return [row["model"] for row in sorted(rows, key=lambda row: int(row["part_seq"]))]


def until_judged_by(rig: Rig, version: str) -> None:
    rig.until(lambda: judged_by(rig)[-1:] == [f"{NAME}/{version}"], f"version {version} judges")


def test_deployed_and_rolled_back_under_a_running_line(rig: Rig) -> None:
    shelf = Shelf(rig.plan.data / "models")
    put_again(shelf)
    put_again(shelf)
    broken = shelf.folder(NAME, "3") / MODEL_FILE
    broken.write_bytes(b"not a model")
    config = str(rig.plan.config)
    rig.start_engine()
    rig.start_plc(100)
    rig.until(lambda: len(rig.gated()) >= 2, "parts come")
    until_judged_by(rig, "1")
    rig.station("models", "deploy", NAME, "2", "--config", config)
    until_judged_by(rig, "2")
    refused = rig.station("models", "deploy", NAME, "3", "--config", config, check=False)
    assert refused.returncode == 1
    assert "damaged" in refused.stderr
    assert rig.json("models", "show", NAME)["manifest"]["version"] == "2"
    assert rig.json("models", "rollback", NAME) == {"name": NAME, "deployed": "1", "before": "2"}
    until_judged_by(rig, "1")
    summary = rig.wait_plc()
    status = rig.stop_engine()
    frames = status["frames"]
    assert frames["triggered"] == frames["delivered"]
    assert status["parts"]["finished"] == summary["parts"] == len(rig.gated()) == 100
    versions = judged_by(rig)
    assert len(versions) == 100
    changes = [later for earlier, later in pairwise(versions) if earlier != later]
    assert changes == [f"{NAME}/2", f"{NAME}/1"]  # never no model, never the broken one


def test_a_model_from_elsewhere_judges_a_running_line(rig: Rig) -> None:
    """A detector whose score is the brightness of the picture: parts that are too bright for it are NG, with an outline."""
    file, side = rig.plan.data / "best.onnx", rig.plan.data / "best.toml"
    model = foreign.detector("yolov8", (16, 16, 48, 48), metadata={"names": "['dust', 'glare']", "task": "detect"})
    file.write_bytes(model.SerializeToString())
    side.write_text("low = 0.01\nhigh = 0.02\n")
    rig.start_engine()
    rig.start_plc(60)
    rig.until(lambda: len(rig.gated()) >= 2, "parts come")
    added = rig.json("models", "add", str(file), "--name", NAME, "--sidecar", str(side))
    assert added["version"] == "2"
    assert rig.json("models", "show", NAME)["manifest"]["version"] == "1"
    rig.json("models", "deploy", NAME, "2")
    until_judged_by(rig, "2")
    rig.wait_plc()
    status = rig.stop_engine()
    assert status["parts"]["finished"] == 60
    assert status["frames"]["triggered"] == status["frames"]["delivered"]
    newest = rig.json("parts", "--limit", "1")["parts"][0]
    assert (newest["verdict"], newest["model"]) == ("NG", f"{NAME}/2")
    (defect,) = rig.json("show", newest["uid"])["views"][0]["defects"]
    assert defect["class"] == "glare"
    assert not any(part.passed for part in rig.gated()[-3:])
