"""`station models quantize` over a small shelf and pictures of a folder or the journal."""

import argparse
import json
from collections.abc import Callable
from pathlib import Path
from typing import Any

import cv2
import numpy as np
import pytest
from convolving import convolving
from shelved import deployed

from models.errors import ModelError
from models.manifest import read_manifest
from models.shelf import Shelf
from station.commands import models

Run = Callable[..., tuple[int, dict[str, Any]]]


@pytest.fixture
def shelf(tmp_path: Path) -> Shelf:
    data = convolving().SerializeToString()
    return deployed(tmp_path / "models", data, "plate", size=(64, 48), low=20.0, high=40.0)


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    folder = tmp_path / "pictures"
    folder.mkdir()
    random = np.random.default_rng(0)
    for number in range(24):
        pixels = random.integers(0, 10 + 4 * number, (48, 64), dtype=np.uint8)
        cv2.imwrite(str(folder / f"{number:02}.png"), pixels)
    return folder


@pytest.fixture
def run(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> Run:
    def run(*arguments: str, text: bool = False) -> tuple[int, Any]:
        parser = argparse.ArgumentParser()
        models.add_parser(parser.add_subparsers())
        args = parser.parse_args(["models", *arguments, "--data", str(tmp_path), *([] if text else ["--json"])])
        code = args.run(args)
        said = capsys.readouterr().out
        return code, said if text else json.loads(said)

    return run


def test_a_version_that_says_the_same_goes_on_the_shelf_undeployed(run: Run, shelf: Shelf, folder: Path) -> None:
    code, done = run("quantize", "plate", "--from", str(folder))
    assert (code, done["of"], done["version"], done["refused"]) == (0, "1", "2", None)
    assert (done["calibrated"], done["compared"], done["became_good"]) == (12, 12, 0)
    assert 0 < done["largest"] < 0.1
    assert shelf.deployed("plate") == "1"
    made = read_manifest(shelf.folder("plate", "2"))
    assert made.quantized is not None
    assert made.quantized.largest == done["largest"]
    with pytest.raises(ModelError, match="version 2 is in 8 bits already, made of version 1"):
        run("quantize", "plate@2", "--from", str(folder))


def test_one_that_does_not_is_refused_and_nothing_is_stored(run: Run, shelf: Shelf, folder: Path) -> None:
    code, done = run("quantize", "plate@1", "--from", str(folder), "--tolerance", "0")
    assert (code, done["version"]) == (1, None)
    assert "0.0% are tolerated" in done["refused"]
    assert shelf.versions("plate") == ("1",)
    code, text = run("quantize", "plate@1", "--from", str(folder), "--tolerance", "0", text=True)
    assert code == 1
    assert "nothing was stored" in str(text)


def test_too_few_pictures_are_said(run: Run, shelf: Shelf, folder: Path) -> None:
    with pytest.raises(ModelError, match="there are 10 pictures, at least 16 are needed"):
        run("quantize", "plate", "--from", str(folder), "--limit", "10")
    assert shelf.versions("plate") == ("1",)


def test_a_picture_that_cannot_be_read_is_named(run: Run, shelf: Shelf, folder: Path) -> None:
    (folder / "00.png").write_bytes(b"nothing")
    with pytest.raises(ModelError, match=r"00\.png"):
        run("quantize", "plate", "--from", str(folder))
    assert shelf.versions("plate") == ("1",)


def test_what_a_version_runs_on_is_shown(run: Run, shelf: Shelf) -> None:
    _, shown = run("show", "plate")
    assert shown["runs_on"]["CPUExecutionProvider"] > 3
    (shelf.folder("plate", "1") / "model.onnx").write_bytes(b"nothing")
    assert "damaged" in run("show", "plate")[1]["runs_on"]
