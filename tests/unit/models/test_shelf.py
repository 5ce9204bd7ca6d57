import json
import os
import threading
from collections.abc import Callable
from itertools import pairwise
from pathlib import Path

import pytest

from models.errors import ModelError
from models.held import alone
from models.manifest import Manifest, RegistrationSpec
from models.shelf import Shelf

ManifestOf = Callable[..., Manifest]


@pytest.fixture
def shelf(tmp_path: Path) -> Shelf:
    return Shelf(tmp_path / "models")


def add(shelf: Shelf, manifest_of: ManifestOf, times: int = 1) -> None:
    for number in range(times):
        model = f"model {number}".encode()
        shelf.add(manifest_of(model), model)


def test_versions_count_up_and_say_so_in_their_manifests(shelf: Shelf, manifest_of: ManifestOf) -> None:
    add(shelf, manifest_of, 11)
    assert shelf.versions("plate") == tuple(str(number) for number in range(1, 12))
    assert shelf.latest("plate") == "11"
    assert Manifest.read(shelf.folder("plate", "11")).version == "11"
    assert (shelf.folder("plate", "11") / "model.onnx").read_bytes() == b"model 10"
    assert sorted(path.name for path in shelf.folder("plate", "11").iterdir()) == ["manifest.json", "model.onnx"]


def test_an_empty_shelf_has_nothing(shelf: Shelf) -> None:
    assert (shelf.versions("plate"), shelf.latest("plate"), shelf.deployed("plate")) == ((), None, None)


def test_two_at_once_get_two_versions(shelf: Shelf, manifest_of: ManifestOf) -> None:
    threads = [threading.Thread(target=add, args=(shelf, manifest_of, 5)) for _ in range(4)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert shelf.versions("plate") == tuple(str(number) for number in range(1, 21))
    assert not list((shelf.root / "plate").glob(".adding-*"))


def test_a_folder_that_is_no_version_is_left_alone(shelf: Shelf, manifest_of: ManifestOf) -> None:
    broken = shelf.root / "plate" / "1"
    broken.mkdir(parents=True)
    (broken / "model.onnx").write_bytes(b"half")
    add(shelf, manifest_of)
    assert shelf.versions("plate") == ("2",)
    assert (broken / "model.onnx").read_bytes() == b"half"


def test_the_reference_is_stored_and_checked(shelf: Shelf, manifest_of: ManifestOf) -> None:
    import hashlib

    spec = RegistrationSpec(
        sha256=hashlib.sha256(b"png").hexdigest(),
        method="any",
        max_shift_px=9.0,
        max_rotation_deg=3.0,
        min_quality=0.5,
    )
    manifest = manifest_of(b"model", registration=spec)
    assert (shelf.add(manifest, b"model", b"png") / "reference.png").read_bytes() == b"png"
    with pytest.raises(ModelError, match=r"reference\.png is not the file its manifest describes"):
        shelf.add(manifest, b"model")


def test_a_model_that_is_not_the_manifest_s_is_refused(shelf: Shelf, manifest_of: ManifestOf) -> None:
    with pytest.raises(ModelError, match=r"model\.onnx is not the file its manifest describes"):
        shelf.add(manifest_of(b"model"), b"another")
    assert shelf.versions("plate") == ()


def test_deploy_and_roll_back(shelf: Shelf, manifest_of: ManifestOf) -> None:
    add(shelf, manifest_of, 3)
    for version in ("1", "3", "3", "2"):
        shelf.deploy("plate", version)
        assert shelf.deployed("plate") == version
    assert shelf.rollback("plate") == "3"
    assert shelf.rollback("plate") == "1"
    assert shelf.deployed("plate") == "1"
    with pytest.raises(ModelError, match="no version of model 'plate' was deployed before"):
        shelf.rollback("plate")
    assert shelf.deployed("plate") == "1"


@pytest.mark.parametrize("version", ["4", "0", "..", "latest", ""])
def test_only_a_version_that_exists_is_deployed(shelf: Shelf, manifest_of: ManifestOf, version: str) -> None:
    add(shelf, manifest_of, 3)
    with pytest.raises(ModelError, match="there are: 1, 2, 3"):
        shelf.deploy("plate", version)
    assert shelf.deployed("plate") is None


@pytest.mark.parametrize("name", ["", "..", "a/b", "/etc", "a b", "x" * 65])
def test_a_name_cannot_leave_the_shelf(shelf: Shelf, name: str) -> None:
    with pytest.raises(ModelError, match="is no name of a model"):
        shelf.versions(name)


@pytest.mark.parametrize("text", ["", "{}", "[]", '{"history": "1"}', '{"history": ["../1"]}', '{"history": [1]}'])
def test_a_damaged_pointer_is_named(shelf: Shelf, manifest_of: ManifestOf, text: str) -> None:
    add(shelf, manifest_of)
    (shelf.root / "plate" / "deployed.json").write_text(text)
    with pytest.raises(ModelError, match=r"deployed\.json: damaged"):
        shelf.deployed("plate")


def test_everything_is_synced_before_it_is_there(
    shelf: Shelf, manifest_of: ManifestOf, monkeypatch: pytest.MonkeyPatch
) -> None:
    events: list[str] = []
    fsync, rename = os.fsync, Path.rename

    def spy_fsync(descriptor: int) -> None:
        events.append(Path(f"/proc/self/fd/{descriptor}").readlink().name)
        fsync(descriptor)

    def spy_rename(path: Path, target: Path) -> Path:
        events.append("rename")
        return rename(path, target)

    monkeypatch.setattr(os, "fsync", spy_fsync)
    monkeypatch.setattr(Path, "rename", spy_rename)
    add(shelf, manifest_of)
    assert events[:2] == ["model.onnx", "manifest.json"]
    assert events[2].startswith(".adding-")
    assert events[3:] == ["rename", "plate"]


def test_a_full_disk_leaves_nothing_behind(
    shelf: Shelf, manifest_of: ManifestOf, monkeypatch: pytest.MonkeyPatch
) -> None:
    def full(_descriptor: int) -> None:
        raise OSError(28, "No space left on device")

    monkeypatch.setattr(os, "fsync", full)
    with pytest.raises(ModelError, match=r"cannot be stored \(No space left on device\)"):
        add(shelf, manifest_of)
    assert list((shelf.root / "plate").iterdir()) == []


def test_the_pointer_survives_a_failed_write(
    shelf: Shelf, manifest_of: ManifestOf, monkeypatch: pytest.MonkeyPatch
) -> None:
    add(shelf, manifest_of, 2)
    shelf.deploy("plate", "1")

    def full(_descriptor: int) -> None:
        raise OSError(28, "No space left on device")

    with monkeypatch.context() as patch:
        patch.setattr(os, "fsync", full)
        with pytest.raises(ModelError, match="cannot be written"):
            shelf.deploy("plate", "2")
    assert shelf.deployed("plate") == "1"
    assert json.loads((shelf.root / "plate" / "deployed.json").read_text()) == {"history": ["1"]}


def test_a_removed_version_leaves_its_manifest_and_its_number(shelf: Shelf, manifest_of: ManifestOf) -> None:
    add(shelf, manifest_of, 3)
    for version in ("1", "2", "1", "3"):
        shelf.deploy("plate", version)
    shelf.remove("plate", "2")
    assert shelf.versions("plate") == ("1", "3")
    assert [path.name for path in (shelf.root / "plate" / "2").iterdir()] == ["removed.json"]
    with pytest.raises(ModelError, match=r"version 2 of model 'plate' was removed; .*removed.json says what it was"):
        shelf.deploy("plate", "2")
    with pytest.raises(ModelError, match="version 3 of model 'plate' is deployed"):
        shelf.remove("plate", "3")
    with pytest.raises(ModelError, match="no version '9'"):
        shelf.remove("plate", "9")
    assert shelf.rollback("plate") == "1", "as if version 2 had never been deployed"
    with pytest.raises(ModelError, match="before the present one"):
        shelf.rollback("plate")
    shelf.remove("plate", "3")
    add(shelf, manifest_of)
    assert shelf.latest("plate") == "4", "a result that names version 3 never means another model"


def test_what_a_killed_writer_left_is_tidied_and_nothing_else(shelf: Shelf, manifest_of: ManifestOf) -> None:
    add(shelf, manifest_of, 2)
    home = shelf.root / "plate"
    for name in ("left", "held", "young"):
        (home / f".adding-{name}").mkdir()
        (home / f".adding-{name}" / "model.onnx").write_bytes(b"half")
        if name != "young":
            os.utime(home / f".adding-{name}", (1.0, 1.0))
    (home / "1" / "manifest.json").rename(home / "1" / "removed.json")  # killed in the middle of a removal
    with alone(home / ".adding-held"):
        assert shelf.tidy() == 2
    assert sorted(path.name for path in home.iterdir()) == [".adding-held", ".adding-young", "1", "2"]
    assert [path.name for path in (home / "1").iterdir()] == ["removed.json"]
    assert shelf.tidy() == 1, "nobody holds it any more"
    assert shelf.versions("plate") == ("2",)
    assert Shelf(shelf.root / "nowhere").tidy() == 0


def test_every_deployment_changes_the_mark(shelf: Shelf, manifest_of: ManifestOf) -> None:
    add(shelf, manifest_of, 2)
    marks = [shelf.mark("plate")]
    for deploy in (
        lambda: shelf.deploy("plate", "1"),
        lambda: shelf.deploy("plate", "2"),
        lambda: shelf.rollback("plate"),
    ):
        deploy()
        marks.append(shelf.mark("plate"))
    assert marks[0] is None
    assert all(earlier != later for earlier, later in pairwise(marks))
    assert shelf.mark("plate") == marks[-1]
