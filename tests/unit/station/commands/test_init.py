import argparse
from pathlib import Path

import pytest

from station.commands import init
from station.config import camera_settings, load_station, plc_settings
from station.line.recipe import load_active_recipe
from station.toml_file import ConfigError


def _run(folder: Path) -> int:
    parser = argparse.ArgumentParser()
    init.add_parser(parser.add_subparsers())
    args = parser.parse_args(["init", str(folder)])
    code: int = args.run(args)
    return code


def test_what_it_writes_can_be_loaded(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    folder = tmp_path / "new" / "station"
    assert _run(folder) == 0
    written = [Path(line) for line in capsys.readouterr().out.splitlines()]
    assert written == [folder / "station.toml", folder / "recipes" / "plate-A.toml"]
    config = load_station(folder / "station.toml")
    assert [view.camera for view in load_active_recipe(config).views] == ["camera-1"]
    assert config.station.data == folder
    assert plc_settings(config) is None
    assert camera_settings(config)[0].backend == "simulated"


def test_every_commented_key_is_a_valid_one(tmp_path: Path) -> None:
    _run(tmp_path)
    for path in (tmp_path / "station.toml", tmp_path / "recipes" / "plate-A.toml"):
        lines = path.read_text().splitlines()
        path.write_text("\n".join(line.removeprefix("# ") if " = " in line else line for line in lines))
    recipe = load_active_recipe(load_station(tmp_path / "station.toml"))
    assert (recipe.views[0].low, recipe.rules.max_defects) == (0.4, 0)


@pytest.mark.parametrize("present", ["station.toml", "recipes/plate-A.toml"])
def test_nothing_is_overwritten_and_nothing_half_written(tmp_path: Path, present: str) -> None:
    path = tmp_path / present
    path.parent.mkdir(exist_ok=True)
    path.write_text("mine")
    with pytest.raises(ConfigError, match="exists already and is left as it is"):
        _run(tmp_path)
    assert [file for file in tmp_path.rglob("*") if file.is_file()] == [path]
    assert path.read_text() == "mine"


def test_a_folder_that_cannot_be_made(tmp_path: Path) -> None:
    (tmp_path / "file").touch()
    with pytest.raises(ConfigError, match="cannot be written"):
        _run(tmp_path / "file" / "station")
