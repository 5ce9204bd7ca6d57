"""`station recipe zones` through its own parser."""

import argparse
import json
from collections.abc import Callable
from datetime import UTC, datetime
from pathlib import Path
from typing import Any
from uuid import UUID

import numpy as np
import pytest

from camera.frame import PixelFormat
from station.commands import recipe
from station.journal.images import encode
from station.journal.store import Journal
from station.line.inspection import Author, Inspection, RecipeRef, Trigger, Verdict, VerdictKind, View
from station.toml_file import ConfigError

Run = Callable[..., dict[str, Any]]
NOW = datetime(2026, 1, 2, tzinfo=UTC)
RECIPE = """name = "cup"
number = 1
[[view]]
name = "top"
camera = "cam"
model = "m"
[[zone]]
name = "face"
view = "top"
polygon = [[0, 0], [9, 0], [9, 9]]
# the limit
[[rule]]
zone = "face"
max_count = 1
"""
STATION = """
[[camera]]
name = "cam"
[plc]
mode = "none"
[line]
recipe = "cup"
trigger = "timer"
"""
FACE = {"name": "face", "view": "top", "polygon": [[0.0, 0.0], [9.0, 0.0], [9.0, 9.0]], "ignore": False}
RIM = {"name": "rim", "view": "top", "polygon": [[10, 10], [60, 10], [60, 40]], "ignore": True}


@pytest.fixture
def config(tmp_path: Path) -> Path:
    data = tmp_path / "data"
    (data / "recipes").mkdir(parents=True)
    (data / "recipes" / "cup.toml").write_text(RECIPE)
    (data / "station.toml").write_text(f'[station]\naudit_key = "{tmp_path}/audit.key"\n{STATION}')
    return data / "station.toml"


@pytest.fixture
def file(config: Path) -> Path:
    return config.parent / "recipes" / "cup.toml"


@pytest.fixture
def warned() -> list[str]:
    """What the command wrote to stderr."""
    return []


@pytest.fixture
def words(config: Path, capsys: pytest.CaptureFixture[str], warned: list[str]) -> Callable[..., str]:
    def run(*words: str) -> str:
        parser = argparse.ArgumentParser()
        recipe.add_parser(parser.add_subparsers(required=True))
        args = parser.parse_args(["recipe", "zones", "cup", "--config", str(config), *words])
        assert args.run(args) == 0
        said = capsys.readouterr()
        warned.extend([said.err] if said.err else [])
        return said.out

    return run


@pytest.fixture
def put(words: Callable[..., str], tmp_path: Path) -> Run:
    def put(said: object, *more: str) -> dict[str, Any]:
        path = tmp_path / "zones.json"
        path.write_text(said if isinstance(said, str) else json.dumps(said))
        result: dict[str, Any] = json.loads(words("--set", str(path), *more, "--json"))
        return result

    return put


def _journal(config: Path) -> Journal:
    return Journal.open(config.parent, audit_key_path=config.parent.parent / "audit.key")


def _audit(config: Path) -> list[dict[str, Any]]:
    with _journal(config) as journal:
        rows = journal._connection.execute("SELECT details FROM audit ORDER BY seq").fetchall()
    return [entry for (details,) in rows if (entry := json.loads(str(details))).get("event") == "zones-drawn"]


def _record(config: Path) -> None:
    with _journal(config) as journal:
        image = encode(np.zeros((48, 64), np.uint8), PixelFormat.MONO8)
        blob = journal.blobs.put(image.data, image.media_type)
        view = View("top", "cam", image=blob, width=64, height=48, pixel_format="Mono8")
        trigger = Trigger(UUID(int=(1 << 100) + 1), 1, 1, 1, "P", 0, NOW, 1)
        verdict = Verdict(VerdictKind.OK, Author.RULES, "", NOW)
        journal.record(Inspection(trigger, RecipeRef("cup", 1, "ab" * 32), (view,), verdict, 40))


def test_lists_the_zones(words: Callable[..., str]) -> None:
    said = json.loads(words("--json"))
    assert (said["recipe"], said["version"], said["zones"]) == ("cup", 1, [FACE])
    assert words().splitlines() == [
        "recipe cup version 1: 1 zone",
        "  zone face in view top, 40 px² between (0, 0) and (9, 9) px",
    ]


def test_what_was_listed_can_be_changed_and_given_back(words: Callable[..., str], put: Run, file: Path) -> None:
    listed = json.loads(words("--json"))
    listed["zones"].append(RIM)
    said = put(listed)
    assert (said["version"], said["before"], len(said["zones"])) == (2, 1, 2)
    assert "\n# the limit\n[[rule]]" in file.read_text()
    assert json.loads(words("--json"))["sha256"] == said["sha256"]
    with pytest.raises(ConfigError, match="has changed since these zones were drawn"):
        put(listed)


def test_who_drew_them_enters_the_audit_chain(config: Path, put: Run) -> None:
    _record(config)
    said = put({"zones": [FACE, RIM]}, "--by", "Ann")
    (entry,) = _audit(config)
    assert (entry["author"], entry["recipe"], entry["version"]) == ("Ann", "cup", "2")
    assert (entry["sha256"], entry["through"]) == (said["sha256"], "recipe zones")


def test_an_entry_that_cannot_be_made_is_said(
    put: Run, warned: list[str], file: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("station.commands.deployment.enter", lambda *_, **__: "the chain is gone")
    put({"zones": [FACE]})
    assert warned == ["replaced, but not entered into the audit chain: the chain is gone\n"]
    assert "version = 2" in file.read_text()


@pytest.mark.parametrize(
    ("said", "problem"),
    [
        ("{", "zones.json: not valid JSON"),
        ({"zones": [RIM]}, r"cup.toml cannot take these zones: rule\[1\].zone: no \[\[zone\]\] is called 'face'"),
        ({"zones": [FACE, FACE]}, r"zone\[2\].name: 'face' is already taken"),
        ({"zones": [FACE, RIM | {"view": "left"}]}, r"zone\[2\].view: the recipe has no view 'left'; there are: top"),
        (
            {"zones": [FACE, RIM | {"polygon": [[0, 0], [9, 9], [9, 0], [0, 9]]}]},
            r"zones\[2\].polygon: its lines cross",
        ),
        (
            {"zones": [FACE, RIM | {"polygon": [[0, 0], [90, 9], [9, 9]]}]},
            "zone rim reaches beyond the picture of view top",
        ),
        ({"zones": [FACE], "recipe": "mug"}, "the zones of recipe mug, not of cup"),
    ],
)
def test_what_does_not_fit_is_one_sentence_and_replaces_nothing(
    config: Path, put: Run, file: Path, said: object, problem: str
) -> None:
    _record(config)
    with pytest.raises(ConfigError, match=problem) as found:
        put(said)
    assert "\n" not in found.value.text
    assert file.read_text() == RECIPE
    assert list(file.parent.iterdir()) == [file]
    assert _audit(config) == []


def test_no_such_recipe(config: Path) -> None:
    parser = argparse.ArgumentParser()
    recipe.add_parser(parser.add_subparsers(required=True))
    args = parser.parse_args(["recipe", "zones", "mug", "--config", str(config)])
    with pytest.raises(ConfigError, match=r"mug\.toml: no such file"):
        args.run(args)
