import json
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from models.errors import ModelError
from models.manifest import MANIFEST_FILE, Manifest, RegistrationSpec, read_manifest


@pytest.fixture
def manifest(manifest_of: Callable[..., Manifest]) -> Manifest:
    registration = RegistrationSpec(
        sha256="cd" * 32, method="any", max_shift_px=60.0, max_rotation_deg=4.0, min_quality=0.5
    )
    return manifest_of(b"model", registration=registration)


def test_comes_back_from_disk_as_it_went(tmp_path: Path, manifest: Manifest) -> None:
    (tmp_path / MANIFEST_FILE).write_bytes(manifest.to_json())
    assert Manifest.read(tmp_path) == manifest


@pytest.mark.parametrize(
    ("path", "value", "text"),
    [
        (["name"], "../escape", "name: "),
        (["version"], "0", "version: "),
        (["version"], 1, "version: Input should be a valid string"),
        (["task"], "detection", "task: "),
        (["created"], "2026-01-02T00:00:00", "created: .*must be a time in UTC"),
        (["created"], "2026-01-02T00:00:00+02:00", "created: .*must be a time in UTC"),
        (["model_sha256"], "AB" * 32, "model_sha256: "),
        (["input", "colour"], "BGR", "input.colour: "),
        (["input", "width"], 64.5, "input.width: "),
        (["source", "height"], 0, "source.height: "),
        (["scale"], 0, "scale: "),
        (["registration", "reference"], "../../etc/passwd", "registration.reference: "),
        (["registration", "min_quality"], 0.0, "registration.min_quality: "),
        (["classes"], [], "classes: "),
        (["thresholds", "high"], 1.0, r"thresholds: .*low \(20.0\) must not be above high \(1.0\)"),
        (["thresholds", "interval"], [2.0, 1.0], "thresholds: .*must not end before it begins"),
        (["thresholds", "low"], "20", "thresholds.low: "),
        (["thresholds", "parts"], 0, "thresholds.parts: "),
        (["surprise"], 1, "surprise: Extra inputs are not permitted"),
    ],
)
def test_a_wrong_value_is_named(tmp_path: Path, manifest: Manifest, path: list[str], value: Any, text: str) -> None:
    document = json.loads(manifest.to_json())
    place = document
    for key in path[:-1]:
        place = place[key]
    place[path[-1]] = value
    (tmp_path / MANIFEST_FILE).write_text(json.dumps(document))
    with pytest.raises(ModelError, match=text) as caught:
        Manifest.read(tmp_path)
    assert str(tmp_path / MANIFEST_FILE) in str(caught.value)


@pytest.mark.parametrize("text", ["", "{", "[]", '{"name": NaN}', "\ufeff{}"])
def test_what_is_no_manifest_is_refused(tmp_path: Path, text: str) -> None:
    (tmp_path / MANIFEST_FILE).write_text(text)
    with pytest.raises(ModelError, match="learn the model again or deploy another version"):
        Manifest.read(tmp_path)


def test_infinite_thresholds_are_refused(tmp_path: Path, manifest: Manifest) -> None:
    text = manifest.to_json().decode().replace('"high": 40.0', '"high": Infinity')
    (tmp_path / MANIFEST_FILE).write_text(text)
    with pytest.raises(ModelError, match=r"thresholds\.high"):
        Manifest.read(tmp_path)


def test_a_missing_manifest_is_named(tmp_path: Path) -> None:
    with pytest.raises(ModelError, match=r"manifest\.json: cannot be read \(No such file or directory\)"):
        Manifest.read(tmp_path)


def test_a_manifest_of_any_kind_is_read_by_its_task(tmp_path: Path, manifest: Manifest) -> None:
    document = json.loads(manifest.to_json())
    path = tmp_path / MANIFEST_FILE
    path.write_text(json.dumps(document))
    assert read_manifest(tmp_path) == manifest
    del document["task"]
    path.write_text(json.dumps(document))
    assert read_manifest(tmp_path) == manifest
    for text, wrong in (
        ('{"task": "mystery"}', "task: Input should be"),
        ("[]", "the file: "),
        ('{"task": 1}', "task: "),
    ):
        path.write_text(text)
        with pytest.raises(ModelError, match=wrong):
            read_manifest(tmp_path)
