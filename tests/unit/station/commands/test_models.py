"""`station models` over a small shelf, through its own parser."""

import argparse
import hashlib
import io
import json
from collections.abc import Callable
from pathlib import Path
from typing import Any

import cv2
import foreign
import numpy as np
import onnx
import pytest
from onnx import TensorProto, helper, numpy_helper
from shelved import manifest_of

from models.errors import ModelError, PictureError
from models.shelf import Shelf
from station.commands import models
from station.journal.store import Journal
from station.toml_file import ConfigError

Run = Callable[..., dict[str, Any]]


def constant_model(score: float) -> bytes:
    """Return an anomaly model that always answers with the same score."""
    constants = [
        numpy_helper.from_array(np.full((1, 4, 4), score, dtype=np.float32), "map"),
        numpy_helper.from_array(np.full(1, score, dtype=np.float32), "value"),
    ]
    nodes = [
        helper.make_node("Identity", ["map"], ["anomaly_map"]),
        helper.make_node("Identity", ["value"], ["score"]),
    ]
    outputs = [
        helper.make_tensor_value_info("anomaly_map", TensorProto.FLOAT, [1, 4, 4]),
        helper.make_tensor_value_info("score", TensorProto.FLOAT, [1]),
    ]
    image = helper.make_tensor_value_info("image", TensorProto.UINT8, [1, 8, 8, 3])
    graph = helper.make_graph(nodes, "constant", [image], outputs, constants)
    model: onnx.ModelProto = helper.make_model(graph, opset_imports=[helper.make_opsetid("", 18)], ir_version=9)
    return bytes(model.SerializeToString())


def put(shelf: Shelf, score: float) -> None:
    model = constant_model(score)
    shelf.add(manifest_of(model, "plate", size=(8, 8), low=1.0, high=2.0), model)


def audit_entries(journal: Journal) -> list[dict[str, str]]:
    rows = journal._connection.execute("SELECT details FROM audit ORDER BY seq").fetchall()
    return [json.loads(details) for (details,) in rows]


@pytest.fixture
def shelf(tmp_path: Path) -> Shelf:
    shelf = Shelf(tmp_path / "models")
    put(shelf, 0.1)
    put(shelf, 0.2)
    put(shelf, float("nan"))  # version 3 loads, and answers with nonsense
    return shelf


@pytest.fixture
def run(shelf: Shelf, capsys: pytest.CaptureFixture[str]) -> Run:
    def run(*words: str) -> dict[str, Any]:
        parser = argparse.ArgumentParser()
        models.add_parser(parser.add_subparsers(required=True))
        args = parser.parse_args(["models", *words, "--data", str(shelf.root.parent), "--json"])
        assert args.run(args) == 0
        text = capsys.readouterr().out
        assert text.count("\n") == 1
        result: dict[str, Any] = json.loads(text)
        return result

    return run


def test_lists_what_is_there(run: Run, shelf: Shelf) -> None:
    shelf.deploy("plate", "2")
    (shelf.root / "empty").mkdir()
    (shelf.folder("plate", "1") / "manifest.json").write_text("{")
    (model,) = run("list")["models"]
    assert (model["name"], model["deployed"]) == ("plate", "2")
    first, second, third = model["versions"]
    assert "manifest.json" in first["error"]
    assert second == {
        "version": "2",
        "deployed": True,
        "task": "anomaly",
        "head": "padim",
        "created": "2026-01-02T00:00:00+00:00",
        "sha256": hashlib.sha256(constant_model(0.2)).hexdigest(),
    }
    assert not third["deployed"]


def test_no_shelf_is_an_empty_list(tmp_path: Path, run: Run, shelf: Shelf) -> None:
    shelf.root.rename(tmp_path / "elsewhere")
    assert run("list") == {"models": []}


def test_shows_a_version_or_the_deployed_one(run: Run, shelf: Shelf) -> None:
    with pytest.raises(ModelError, match=r"no version of model 'plate' is deployed in .*there are: 1, 2, 3"):
        run("show", "plate")
    shelf.deploy("plate", "2")
    shown = run("show", "plate")
    assert (shown["manifest"]["version"], shown["deployed"]) == ("2", True)
    assert shown["size_bytes"] == len(constant_model(0.2))
    assert run("show", "plate", "1")["deployed"] is False


def test_deploys_and_rolls_back(run: Run, shelf: Shelf) -> None:
    assert run("deploy", "plate", "1") == {"name": "plate", "deployed": "1", "before": None}
    assert run("deploy", "plate", "2") == {"name": "plate", "deployed": "2", "before": "1"}
    assert run("rollback", "plate") == {"name": "plate", "deployed": "1", "before": "2"}
    with pytest.raises(ModelError, match="no version of model 'plate' was deployed before"):
        run("rollback", "plate")
    assert shelf.deployed("plate") == "1"


def test_removes_an_old_version_in_somebodys_name(run: Run, shelf: Shelf) -> None:
    with Journal.open(shelf.root.parent) as journal:
        before = len(audit_entries(journal))
    run("deploy", "plate", "2")
    told = run("remove", "plate", "1", "--by", "Ann")
    assert told == {"name": "plate", "removed": "1", "freed_bytes": len(constant_model(0.1))}
    assert [row["version"] for row in run("list")["models"][0]["versions"]] == ["2", "3"]
    with pytest.raises(ModelError, match="is deployed; deploy another one first"):
        run("remove", "plate", "2")
    with Journal.open(shelf.root.parent) as journal:
        _, entry = audit_entries(journal)[before:]
    assert (entry["author"], entry["event"], entry["version"]) == ("Ann", "model-removed", "1")
    assert entry["sha256"] == hashlib.sha256(constant_model(0.1)).hexdigest()


def test_who_deployed_what_enters_the_audit_chain(run: Run, shelf: Shelf) -> None:
    data = shelf.root.parent
    with Journal.open(data) as journal:
        before = len(audit_entries(journal))
    run("deploy", "plate", "1", "--by", "Ann")
    run("deploy", "plate", "2")
    with Journal.open(data) as journal:
        first, second = audit_entries(journal)[before:]
    assert first == {
        "author": "Ann",
        "before": "",
        "event": "model-deployed",
        "model": "plate",
        "through": "models",
        "version": "1",
    }
    assert second["before"] == "1"
    assert second["author"].endswith(" at the machine")


def test_a_deployment_that_cannot_be_entered_says_so(run: Run, shelf: Shelf, monkeypatch: pytest.MonkeyPatch) -> None:
    said = io.StringIO()
    monkeypatch.setattr("sys.stderr", said)
    with Journal.open(shelf.root.parent):
        assert run("deploy", "plate", "1")["deployed"] == "1"
    assert said.getvalue().startswith("deployed, but not entered into the audit chain: ")


def test_what_does_not_answer_is_not_deployed(run: Run, shelf: Shelf) -> None:
    run("deploy", "plate", "1")
    with pytest.raises(ModelError, match="a number that is not finite"):
        run("deploy", "plate", "3")
    with pytest.raises(ModelError, match="there is no version '9'"):
        run("deploy", "plate", "9")
    assert shelf.deployed("plate") == "1"


def test_a_version_that_was_damaged_since_is_not_rolled_back_to(run: Run, shelf: Shelf) -> None:
    run("deploy", "plate", "1")
    run("deploy", "plate", "2")
    (shelf.folder("plate", "1") / "model.onnx").write_bytes(b"half")
    with pytest.raises(ModelError, match="damaged"):
        run("rollback", "plate")
    assert shelf.deployed("plate") == "2"


def test_people_read_tables(shelf: Shelf, capsys: pytest.CaptureFixture[str]) -> None:
    shelf.deploy("plate", "1")
    parser = argparse.ArgumentParser()
    models.add_parser(parser.add_subparsers(required=True))
    for words, wanted in (
        (["list"], "padim"),
        (["show", "plate"], "model_sha256"),
        (["deploy", "plate", "2"], "before it 1"),
    ):
        args = parser.parse_args(["models", *words, "--data", str(shelf.root.parent)])
        assert args.run(args) == 0
        assert wanted in capsys.readouterr().out
    assert shelf.deployed("plate") == "2"


@pytest.fixture
def detector(tmp_path: Path) -> Path:
    """A model from elsewhere that finds a dent in brightness, and a picture of 128x128."""
    path = tmp_path / "best.onnx"
    model = foreign.detector("yolov8", (16, 16, 32, 48), metadata={"names": "['dust', 'dent']", "task": "detect"})
    path.write_bytes(model.SerializeToString())
    cv2.imwrite(str(tmp_path / "part.png"), np.full((128, 128), 200, dtype=np.uint8))
    return path


def test_adds_a_model_from_elsewhere_and_shows_what_it_sees(
    run: Run, shelf: Shelf, detector: Path, tmp_path: Path
) -> None:
    picture, out = tmp_path / "part.png", tmp_path / "seen.png"
    added = run("add", str(detector), "--name", "dents", "--preview", str(picture), "--out", str(out))
    assert (added["name"], added["version"], added["deployed"]) == ("dents", "1", False)
    assert added["manifest"]["understood"]["classes"] == "metadata"
    (defect,) = added["preview"]["defects"]
    assert defect["class"] == "dent"
    np.testing.assert_allclose(defect["outline"][0], [31.5, 31.5], atol=1e-3)  # twice the input's, by pixel centres
    drawn = cv2.imread(str(out))
    assert drawn is not None
    assert (drawn[64, 31] != 200).any()
    assert (drawn[100, 100] == 200).all()
    assert shelf.deployed("dents") is None
    assert run("deploy", "dents", "1")["deployed"] == "1"
    assert [model["name"] for model in run("list")["models"]] == ["dents", "plate"]
    assert run("show", "dents")["manifest"]["head"] == "yolov8"


def test_a_model_that_does_not_see_the_ends_of_a_picture_says_so(
    shelf: Shelf, detector: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    side = tmp_path / "side.toml"
    side.write_text('fit = "crop"')
    parser = argparse.ArgumentParser()
    models.add_parser(parser.add_subparsers(required=True))
    words = ["models", "add", str(detector), "--name", "dents", "--sidecar", str(side), "--data", str(tmp_path)]
    args = parser.parse_args(words)
    assert args.run(args) == 0
    assert "a defect there is never seen" in capsys.readouterr().out


def test_what_is_refused_leaves_nothing_behind(run: Run, shelf: Shelf, detector: Path, tmp_path: Path) -> None:
    side = tmp_path / "side.toml"
    side.write_text('classes = ["one"]')
    with pytest.raises(ModelError, match=r"best\.onnx: its outputs are for 2 classes, the sidecar names 1"):
        run("add", str(detector), "--name", "dents", "--sidecar", str(side))
    with pytest.raises(ModelError, match="is no name of a model"):
        run("add", str(detector), "--name", "../dents")
    with pytest.raises(ConfigError, match="go together"):
        run("add", str(detector), "--name", "dents", "--out", "x.png")
    with pytest.raises(PictureError, match=r"none\.png"):
        run(
            "add",
            str(detector),
            "--name",
            "dents",
            "--preview",
            str(tmp_path / "none.png"),
            "--out",
            str(tmp_path / "x.png"),
        )
    assert shelf.names() == ("plate",)


def test_people_read_what_was_assumed(shelf: Shelf, detector: Path, capsys: pytest.CaptureFixture[str]) -> None:
    parser = argparse.ArgumentParser()
    models.add_parser(parser.add_subparsers(required=True))
    args = parser.parse_args(["models", "add", str(detector), "--name", "dents", "--data", str(shelf.root.parent)])
    assert args.run(args) == 0
    text = capsys.readouterr().out
    assert "not deployed" in text
    assert "default" in text
    assert "station models deploy dents 1" in text


@pytest.fixture
def unsaid(tmp_path: Path) -> Path:
    """A detector that says nothing of itself."""
    path = tmp_path / "unsaid.onnx"
    path.write_bytes(foreign.detector("yolov8", (16, 16, 32, 48)).SerializeToString())
    cv2.imwrite(str(tmp_path / "part.png"), np.full((128, 128), 200, dtype=np.uint8))
    return path


def test_what_was_assumed_is_looked_at_and_confirmed_before_it_is_deployed(
    run: Run, shelf: Shelf, unsaid: Path, tmp_path: Path
) -> None:
    added = run("add", str(unsaid), "--name", "dents")
    assert added["assumed"] == ["head", "colour", "fit", "scale", "mean", "std", "classes"]
    with pytest.raises(
        ModelError, match=r"was understood by assumption \(head, .*classes\).*station models confirm dents 1"
    ):
        run("deploy", "dents", "1")
    assert shelf.deployed("dents") is None
    folder = tmp_path / "seen"
    (seen,) = run("preview", "dents", "1", str(tmp_path / "part.png"), "--out", str(folder))["pictures"]
    assert (seen["written"], len(seen["defects"])) == (str(folder / "part.png"), 1)
    assert cv2.imread(seen["written"]) is not None
    with Journal.open(shelf.root.parent) as journal:
        before = len(audit_entries(journal))
    assert run("confirm", "dents", "1", "--by", "Ann") == {
        "name": "dents",
        "version": "1",
        "confirmed": added["assumed"],
    }
    with Journal.open(shelf.root.parent) as journal:
        (entry,) = audit_entries(journal)[before:]
    assert (entry["event"], entry["author"], entry["version"]) == ("model-confirmed", "Ann", "1")
    assert entry["assumed"] == " ".join(added["assumed"])
    assert run("deploy", "dents", "1")["deployed"] == "1"
    run("add", str(unsaid), "--name", "dents")
    with pytest.raises(ModelError, match="nobody has confirmed it"):
        run("deploy", "dents", "2")
    assert shelf.deployed("dents") == "1"


def test_a_sidecar_that_says_all_of_it_needs_no_confirmation(run: Run, unsaid: Path, tmp_path: Path) -> None:
    side = tmp_path / "side.toml"
    side.write_text(
        'head = "yolov8"\nclasses = ["dust", "dent"]\ncolour = "RGB"\nfit = "letterbox"\nscale = 0.00392156862745098\n'
        "mean = [0.0, 0.0, 0.0]\nstd = [1.0, 1.0, 1.0]\n"
    )
    assert run("add", str(unsaid), "--name", "dents", "--sidecar", str(side))["assumed"] == []
    assert run("deploy", "dents", "1")["deployed"] == "1"


def test_confirmations_that_were_damaged_say_so(run: Run, shelf: Shelf, unsaid: Path, tmp_path: Path) -> None:
    run("add", str(unsaid), "--name", "dents")
    with pytest.raises(ModelError, match="there is no version '7'"):
        run("confirm", "dents", "7")
    (shelf.root / "dents" / "confirmed.json").write_text('{"1": {"by": "x"}}')
    with pytest.raises(ModelError, match=r"confirmed\.json: damaged; delete it and confirm"):
        run("deploy", "dents", "1")
    picture = str(tmp_path / "part.png")
    with pytest.raises(ConfigError, match="two of the pictures have the same name"):
        run("preview", "dents", "1", picture, picture, "--out", str(tmp_path / "seen"))
