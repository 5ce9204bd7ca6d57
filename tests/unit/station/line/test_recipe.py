from pathlib import Path

import pytest

from camera.health import HealthLimits
from station.config import load_station
from station.line.recipe import Recipe, load_active_recipe, load_recipe, load_recipes
from station.toml_file import ConfigError

SMALLEST = """
name = "cup"
number = 7
[[view]]
name = "top"
camera = "cam-1"
model = "cup-top"
"""


def _write(folder: Path, text: str = SMALLEST, name: str = "cup") -> Path:
    path = folder / f"{name}.toml"
    path.write_text(text)
    return path


def test_defaults(tmp_path: Path) -> None:
    recipe = load_recipe(_write(tmp_path))
    assert (recipe.version, recipe.number, recipe.learn.parts, recipe.pixel_size_um) == (1, 7, 30, None)
    assert recipe.view("top").model == "cup-top"
    assert recipe.ref.name == "cup"
    with pytest.raises(KeyError):
        recipe.view("side")


def test_the_hash_is_of_the_content_not_of_the_layout(tmp_path: Path) -> None:
    first = load_recipe(_write(tmp_path)).sha256
    other_layout = '# comment\nnumber=7\nname="cup"\nview=[{camera="cam-1",name="top",model="cup-top"}]'
    assert load_recipe(_write(tmp_path, other_layout)).sha256 == first
    assert load_recipe(_write(tmp_path, "version = 2\n" + SMALLEST)).sha256 != first
    assert load_recipe(_write(tmp_path, SMALLEST + "high = 0.5")).sha256 != first
    assert len(first) == 64


@pytest.mark.parametrize(
    ("text", "backend", "expected"),
    [
        ("", "genicam", HealthLimits()),
        ("", "replay", HealthLimits(frozen=False)),
        ("health = { frozen = true }", "replay", HealthLimits(frozen=True)),
        ("health = { frozen = false }", "simulated", HealthLimits(frozen=False)),
        (
            "[view.health]\nmin_brightness = 0.1\nmax_saturated_share = 0.2\nmin_contrast = 0.3\nmin_sharpness = 0.4",
            "genicam",
            HealthLimits(0.1, 0.2, 0.3, 0.4, frozen=True),
        ),
    ],
)
def test_health_of_pictures(tmp_path: Path, text: str, backend: str, expected: HealthLimits) -> None:
    assert load_recipe(_write(tmp_path, SMALLEST + text)).view("top").health.limits(backend) == expected


@pytest.mark.parametrize(
    ("learn", "pixel", "expected"),
    [
        ("", "", None),
        ("smallest_defect_mm = 0.5", "pixel_size_um = 50", 10.0),
        ("smallest_defect_px = 12", "", 12.0),
        ("smallest_defect_px = 12", "pixel_size_um = 50", 12.0),
    ],
)
def test_smallest_defect_in_pixels(tmp_path: Path, learn: str, pixel: str, expected: float | None) -> None:
    recipe = load_recipe(_write(tmp_path, f"{pixel}\n{SMALLEST}\n[learn]\n{learn}"))
    assert recipe.smallest_defect_px == expected


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        (SMALLEST + "[rules]\nmax_length_mm = 1", "line 9: rules.max_length_mm: millimetres need pixel_size_um"),
        (SMALLEST + "[learn]\nsmallest_defect_mm = 1", "line 9: learn.smallest_defect_mm: millimetres need"),
        (
            "pixel_size_um = 1\n" + SMALLEST + "[learn]\nsmallest_defect_mm = 1\nsmallest_defect_px = 1",
            "line 11: learn.smallest_defect_px: smallest_defect_mm says it already",
        ),
        (SMALLEST + "low = 0.6\nhigh = 0.5", "line 8: view[1].low: 0.6 is above high = 0.5"),
        (SMALLEST + "low = nan", "line 8: view[1].low"),
        (SMALLEST + "[view.health]\nmin_sharpnes = 0.2", "did you mean min_sharpness?"),
        (SMALLEST + "health = { max_saturated_share = 1.5 }", "view[1].health.max_saturated_share"),
        (SMALLEST + SMALLEST[SMALLEST.index("[[") :], "line 9: view[2].name: 'top' is already taken"),
        (
            SMALLEST + '[[view]]\nname = "b"\ncamera = "cam-1"\nmodel = "m"',
            "line 10: view[2].camera: 'cam-1' already takes another view",
        ),
        (SMALLEST.replace("7", "0"), "line 3: number = 0"),
        (SMALLEST.replace("7", "65536"), "line 3: number = 65536"),
        (SMALLEST.replace("cup", "mug", 1), "name = 'mug' does not match the file's name"),
        (SMALLEST + "[rules]\nmax_lenght_mm = 1", "did you mean max_length_mm?"),
    ],
)
def test_mistakes(tmp_path: Path, text: str, expected: str) -> None:
    with pytest.raises(ConfigError) as caught:
        load_recipe(_write(tmp_path, text))
    assert expected in caught.value.text


def test_recipes_by_number(tmp_path: Path) -> None:
    _write(tmp_path)
    _write(tmp_path, SMALLEST.replace("cup", "mug", 1).replace("7", "8"), "mug")
    assert {number: recipe.name for number, recipe in load_recipes(tmp_path).items()} == {7: "cup", 8: "mug"}
    _write(tmp_path, SMALLEST.replace("cup", "pot", 1), "pot")
    with pytest.raises(ConfigError, match="number = 7 is already that of cup"):
        load_recipes(tmp_path)


def _active(tmp_path: Path, camera: str, recipe: str) -> Recipe:
    station = tmp_path / "station.toml"
    station.write_text(f'[line]\nrecipe = "{recipe}"\n[[camera]]\nname = "{camera}"\n')
    return load_active_recipe(load_station(station))


def test_the_active_recipe_must_fit_the_station(tmp_path: Path) -> None:
    (tmp_path / "recipes").mkdir()
    _write(tmp_path / "recipes")
    assert _active(tmp_path, "cam-1", "cup").name == "cup"
    with pytest.raises(ConfigError, match=r"view\[1\].camera = 'cam-1': station.toml has only cam-2"):
        _active(tmp_path, "cam-2", "cup")
    with pytest.raises(ConfigError, match=r"mug.toml: no such file; .* line.recipe"):
        _active(tmp_path, "cam-1", "mug")
