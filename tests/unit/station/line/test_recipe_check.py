"""A recipe held against its station, and a copy of it before it is put in place."""

import json
from pathlib import Path

import pytest

from station.commands.main import main

RECIPE = """name = "{name}"
version = {version}
number = {number}
[[view]]
name = "top"
camera = "camera-1"
model = "m"
"""


@pytest.fixture
def config(tmp_path: Path) -> Path:
    path = tmp_path / "station.toml"
    path.write_text(f'[station]\ndata = "{tmp_path}"\n[line]\nrecipe = "cup"\n[[camera]]\nname = "camera-1"\n')
    write(tmp_path / "recipes" / "cup.toml", version=3)
    write(tmp_path / "recipes" / "mug.toml", "mug", number=2)
    return path


def write(path: Path, name: str = "cup", *, version: int = 1, number: int = 1) -> Path:
    path.parent.mkdir(exist_ok=True)
    path.write_text(RECIPE.format(name=name, version=version, number=number))
    return path


@pytest.mark.parametrize(
    ("name", "version", "number", "said"),
    [
        ("cup", 4, 1, "cup.toml, it would replace version 3 when the recipe is next chosen or the station started"),
        ("cup", 2, 1, "started; make it version 4 first, or results of both could not be told apart"),
        ("cup", 3, 1, "cup.toml says the same already"),
        ("jug", 1, 3, "jug.toml, it would be a recipe more"),
        ("jug", 1, 2, "a recipe more; number = 2 is that of mug: give each recipe its own"),
    ],
)
def test_a_copy_of_any_name_is_checked_and_what_would_follow_is_said(
    name: str, version: int, number: int, said: str, config: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    copy = str(write(tmp_path / "cup-new.toml", name, version=version, number=number))
    assert main(["recipe", "check", copy, "--config", str(config), "--json"]) == 1
    (recipe,) = json.loads(capsys.readouterr().out)["recipes"]
    assert recipe["misfits"] == ["view top: no usable model m is deployed; learn or deploy one"], "it is held to all"
    assert recipe["in_place"].endswith(said)
    assert str(tmp_path / "recipes" / name) in recipe["in_place"]


def test_without_a_station_a_copy_is_told_which_name_it_needs(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    assert main(["recipe", "check", str(write(tmp_path / "cup-new.toml"))]) == 0
    assert "NOT IN PLACE: a station takes it as cup.toml in its folder of recipes" in capsys.readouterr().out
    assert main(["recipe", "check", str(write(tmp_path / "cup.toml"))]) == 0
    assert "NOT IN PLACE" not in capsys.readouterr().out


@pytest.mark.parametrize("with_station", [True, False])
def test_in_the_folder_of_recipes_a_file_has_its_recipes_name(
    with_station: bool, config: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    station = ["--config", str(config)] if with_station else []
    assert main(["recipe", "check", str(tmp_path / "recipes" / "mug.toml"), *station]) == int(with_station)
    assert "NOT IN PLACE" not in capsys.readouterr().out
    stray = write(tmp_path / "recipes" / "cup-new.toml")
    assert main(["recipe", "check", str(stray), *station]) == 2
    said = capsys.readouterr().err
    assert "name = 'cup' does not match the file's name; rename one of them, or try a copy in another folder" in said


def test_every_recipe_of_a_station_is_still_held_to_its_name(
    config: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    write(tmp_path / "recipes" / "cup-new.toml")
    assert main(["recipe", "check", "--config", str(config)]) == 2
    assert "cup-new.toml: name = 'cup' does not match" in capsys.readouterr().err
