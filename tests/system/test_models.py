"""`station models` under a line that runs: the model changes, no part is lost."""

import hashlib
from collections import Counter
from dataclasses import replace
from itertools import pairwise
from typing import Any

import foreign
import numpy as np
import onnx
import pytest
from onnx import helper, numpy_helper
from rig import Rig

from camera.frame import PixelFormat
from models.manifest import MODEL_FILE, REFERENCE_FILE, Manifest
from models.predictor import Predictor
from models.shelf import Shelf
from station.demo.layout import write_files
from station.journal.images import decode
from station.journal.reader import JournalReader
from station.line.inference import as_model_takes

pytestmark = pytest.mark.system

NAME = "plate-A"
SWAPS = 100
TAKT_MS, GATE_PITCH = 150, 8
"""A part has a second: what is tested is the swap, not the speed of a machine that runs other tests beside."""


def put_again(shelf: Shelf) -> None:
    """Put the first version on the shelf once more."""
    folder = shelf.folder(NAME, "1")
    files = {path.name: path.read_bytes() for path in folder.iterdir()}
    shelf.add(Manifest.read(folder), files[MODEL_FILE], files[REFERENCE_FILE], files)


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


def put_another(shelf: Shelf) -> None:
    """Put a version on the shelf whose scores are a hair above those of the first."""
    folder = shelf.folder(NAME, "1")
    model = onnx.load_model_from_string((folder / MODEL_FILE).read_bytes())
    last = next(node for node in model.graph.node if "score" in node.output)
    last.output[list(last.output).index("score")] = "score_before"
    model.graph.initializer.append(numpy_helper.from_array(np.float32([1.0009765625]), "a_hair"))
    model.graph.node.append(helper.make_node("Mul", ["score_before", "a_hair"], ["score"]))
    data = bytes(model.SerializeToString())
    manifest = Manifest.read(folder).model_copy(update={"model_sha256": hashlib.sha256(data).hexdigest(), "files": {}})
    shelf.add(manifest, data, (folder / REFERENCE_FILE).read_bytes())


def test_a_hundred_swaps_under_a_running_line_lose_nothing(rig: Rig) -> None:
    """Every result bears the hash of the model that gave its score: the two models differ by a hair, and each is asked again."""
    shelf = Shelf(rig.plan.data / "models")
    put_another(shelf)
    rig.plan = replace(rig.plan, takt_ms=TAKT_MS, gate_pitch=GATE_PITCH)
    write_files(rig.plan, rig.port)
    rig.start_engine()
    rig.until(lambda: in_use(rig) == 1, "the first version is in use")
    rig.start_plc(10_000)
    rig.until(lambda: len(rig.gated()) >= 2, "parts come")
    for number in range(SWAPS):
        if number % 2:
            assert shelf.rollback(NAME) == "1"
        else:
            shelf.deploy(NAME, "2")
        rig.until(lambda done=number + 2: in_use(rig) == done, f"swap {number + 1}")  # type: ignore[misc]
    judged = len(rig.gated())
    rig.until(lambda: len(rig.gated()) > judged, "parts go on")
    assert rig.plc is not None
    rig.plc.terminate()
    rig.plc.communicate(timeout=10)
    rig.until(lambda: all_frames(rig)["triggered"] == all_frames(rig)["delivered"], "the last frame is delivered")
    frames = rig.stop_engine()["frames"]
    assert frames["triggered"] == frames["delivered"] > 0
    with JournalReader(rig.plan.data) as journal:
        check_hashes(journal, shelf)


def all_frames(rig: Rig) -> dict[str, int]:
    frames: dict[str, int] = rig.status()["frames"]
    return frames


def in_use(rig: Rig) -> int:
    return rig.log().count(" is in use")


def check_hashes(journal: JournalReader, shelf: Shelf) -> None:
    """Have the model that each result names judge its stored picture again: the score must be that of the record."""
    models = {}
    for version in ("1", "2"):
        predictor = Predictor.load(shelf.folder(NAME, version), threads=1)
        models[version] = predictor
    seen: Counter[str] = Counter()
    for summary in journal.parts(limit=10_000).parts:
        part = journal.part(summary.uid)
        assert part is not None
        (view,) = part.inspection.views
        assert view.fault is None
        assert view.image is not None
        model = models[view.model_version]
        assert view.model_sha256 == model.manifest.model_sha256
        pixels = decode(journal.blobs.get(view.image.sha256), view.image.media_type)
        picture = as_model_takes(pixels, PixelFormat(view.pixel_format))
        assert view.score == pytest.approx(model.predict(picture).score, rel=1e-5)
        seen[view.model_version] += 1
    assert min(seen["1"], seen["2"]) >= SWAPS // 10, seen


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
