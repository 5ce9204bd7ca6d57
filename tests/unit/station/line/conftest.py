"""The recipe that the engine's tests run."""

from pathlib import Path

import pytest
from played_line import RECIPE

from station.line.recipe import Recipe, load_recipe


@pytest.fixture
def recipe(tmp_path: Path) -> Recipe:
    path = tmp_path / "plate.toml"
    path.write_text(RECIPE)
    return load_recipe(path)
