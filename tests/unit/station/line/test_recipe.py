from pathlib import Path

import pytest

from camera.health import HealthLimits
from station.config import load_station
from station.line.choices import Choices, save_choices
from station.line.recipe import Recipe, load_active_recipe, load_recipe
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
        (SMALLEST.replace("7", "0"), "line 3: number = 0"),
        (SMALLEST.replace("7", "65536"), "line 3: number = 65536"),
        (SMALLEST.replace("cup", "mug", 1), "name = 'mug' does not match the file's name"),
        (SMALLEST + "[rules]\nmax_lenght_mm = 1", "did you mean max_length_mm?"),
        (SMALLEST + "[operator]\nwait = 100", "did you mean wait_ms?"),
        (SMALLEST + "[operator]\nwait_ms = -1", "line 9: operator.wait_ms"),
        (SMALLEST + "[operator]\nhidden_share = 1.5", "line 9: operator.hidden_share"),
        (SMALLEST + '[[class]]\nname = " dent"', "line 9: class[1].name"),
        (SMALLEST + '[[class]]\nname = "a"\n[[class]]\nname = "a"', "line 11: class[2].name: 'a' is already taken"),
        (
            SMALLEST + '[[class]]\nname = "a"\nparent = "b"\n[[class]]\nname = "b"',
            "line 10: class[1].parent: no [[class]] before this one is called 'b'",
        ),
    ],
)
def test_mistakes(tmp_path: Path, text: str, expected: str) -> None:
    with pytest.raises(ConfigError) as caught:
        load_recipe(_write(tmp_path, text))
    assert expected in caught.value.text


def test_what_people_are_asked_and_may_choose(tmp_path: Path) -> None:
    plain = load_recipe(_write(tmp_path))
    assert (plain.operator.wait_ms, plain.operator.hidden_share, plain.operator.ask_when_disagreeing) == (0, 0.0, True)
    assert [table.name for table in plain.classes] == ["scratch", "dent", "stain", "burr", "pit", "other"]
    own = "[operator]\nwait_ms = 800\nhidden_share = 0.05"
    classes = '[[class]]\nname = "Kratzer"\n[[class]]\nname = "細い傷"\nparent = "Kratzer"'
    recipe = load_recipe(_write(tmp_path, f"{SMALLEST}\n{own}\n{classes}"))
    assert (recipe.operator.wait_ms, recipe.operator.hidden_share) == (800, 0.05)
    assert [(table.name, table.parent) for table in recipe.classes] == [("Kratzer", None), ("細い傷", "Kratzer")]
    assert recipe.sha256 != plain.sha256


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


def test_the_chosen_recipe_is_used_until_the_configuration_is_edited(tmp_path: Path) -> None:
    (tmp_path / "recipes").mkdir()
    _write(tmp_path / "recipes")
    _write(tmp_path / "recipes", SMALLEST.replace("cup", "mug", 1), "mug")
    save_choices(tmp_path, Choices(recipe="mug", instead_of="cup"))
    assert _active(tmp_path, "cam-1", "cup").name == "mug"
    save_choices(tmp_path, Choices(recipe="mug", instead_of="pot"))
    assert _active(tmp_path, "cam-1", "cup").name == "cup"
    save_choices(tmp_path, Choices(recipe="gone", instead_of="cup"))
    with pytest.raises(ConfigError, match=r"gone\.toml: no such file"):
        _active(tmp_path, "cam-1", "cup")


RULE = '[[rule]]\nclass = "scratch"\nmax_length_mm = 0.2\n'
ZONE = '[[zone]]\nname = "face"\nview = "top"\npolygon = [[0, 0], [90.5, 0], [90, 40]]\n'


def test_a_recipe_without_rules_and_zones_says_the_same_as_ever(tmp_path: Path) -> None:
    recipe = load_recipe(_write(tmp_path))
    assert (recipe.criteria, recipe.zones, recipe.view("top").decided_by) == ((), (), "score")
    assert recipe.sha256 == "a5f2b289b372430b2d284f97b8051305a86dd87da285a01d75cdbdfe7649d3c2"


def test_rules_and_zones(tmp_path: Path) -> None:
    text = (
        f'{SMALLEST}decided_by = "rules"\n{RULE}zone = "face"\nview = "top"\nseverity = "critical"\ndoubt = 0.1\n{ZONE}'
    )
    recipe = load_recipe(_write(tmp_path, text), calibrated=lambda _view: True)
    ((index, rule),) = recipe.criteria_of("top")
    assert (index, rule.class_name, rule.severity, rule.doubt) == (0, "scratch", "critical", 0.1)
    (limit,) = rule.limits
    assert (limit.key, limit.value, limit.metric, limit.unit) == ("max_length_mm", 0.2, True, "mm")
    assert recipe.zones[0].shape.bounds == (0, 0, 90.5, 40)


def test_a_rule_for_a_class_is_for_its_kinds_too(tmp_path: Path) -> None:
    classes = "".join(f'[[class]]\nname = "{name}"\n{parent}' for name, parent in CLASSES)
    recipe = load_recipe(_write(tmp_path, SMALLEST + classes))
    assert recipe.kinds_of("mark") == {"mark", "scratch", "hairline"}
    assert recipe.kinds_of("hairline") == {"hairline"}
    assert recipe.kinds_of("anomaly") == {"anomaly"}


CLASSES = [("mark", ""), ("stain", ""), ("scratch", 'parent = "mark"\n'), ("hairline", 'parent = "scratch"\n')]


def test_a_rule_is_for_the_views_that_have_its_zone(tmp_path: Path) -> None:
    side = '[[view]]\nname = "side"\ncamera = "cam-2"\nmodel = "m"\n'
    rules = '[[rule]]\nmax_count = 1\n[[rule]]\nzone = "face"\nmax_count = 0\n[[rule]]\nview = "side"\nmax_count = 2\n'
    recipe = load_recipe(_write(tmp_path, SMALLEST + side + rules + ZONE))
    assert [index for index, _ in recipe.criteria_of("top")] == [0, 1]
    assert [index for index, _ in recipe.criteria_of("side")] == [0, 2]


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        (RULE + "max_lenght_px = 3", "line 11: unknown key rule[1].max_lenght_px; did you mean max_length_px?"),
        (RULE + "max_length_px = 3", "line 11: rule[1].max_length_px: max_length_mm says it already"),
        ('[[rule]]\nclass = "dent"', "line 8: rule[1]: a rule needs a limit"),
        ("[[rule]]\nmax_count = 1\ndoubt = 0.1", "line 10: rule[1].doubt: counts are never in doubt"),
        ("[[rule]]\nmax_width_px = 1\ndoubt = 1.0", "line 10: rule[1].doubt = 1.0"),
        ("[[rule]]\nmax_width_px = 0", "line 9: rule[1].max_width_px = 0"),
        ("[[rule]]\nmax_count = 1.5", "line 9: rule[1].max_count = 1.5"),
        ('[[rule]]\nmax_count = 1\nseverity = "bad"', "line 10: rule[1].severity = 'bad'"),
        ('[[rule]]\nmax_count = 1\nview = "side"', "line 10: rule[1].view: the recipe has no view 'side'"),
        ('[[rule]]\nmax_count = 1\nzone = "back"', "line 10: rule[1].zone: no [[zone]] is called 'back'"),
        (ZONE + "ignore = true\n" + RULE + 'zone = "face"', "rule[1].zone: 'face' is an ignore zone"),
        (RULE, "line 10: rule[1].max_length_mm: millimetres in view top need its calibration"),
        (ZONE + ZONE, "line 13: zone[2].name: 'face' is already taken in view top"),
        (ZONE.replace("top", "side"), "line 10: zone[1].view: the recipe has no view 'side'"),
        (ZONE.replace("[90, 40]", "[50, 0]"), "line 11: zone[1].polygon: its lines cross, or it has no area"),
        (ZONE.replace(", [90, 40]", ""), "line 11: zone[1].polygon"),
        (ZONE.replace("40", "inf"), "line 11: zone[1].polygon"),
        ('[[zone]]\nname = "face"\nview = "top"', "line 8: zone[1].polygon is missing"),
    ],
)
def test_mistakes_in_rules_and_zones(tmp_path: Path, text: str, expected: str) -> None:
    with pytest.raises(ConfigError) as caught:
        load_recipe(_write(tmp_path, SMALLEST + text), calibrated=lambda _view: False)
    assert expected in caught.value.text


def test_rules_cannot_decide_a_view_that_has_none(tmp_path: Path) -> None:
    with pytest.raises(ConfigError, match=r"line 8: view\[1\].decided_by: no \[\[rule\]\] is for this view"):
        load_recipe(_write(tmp_path, SMALLEST + 'decided_by = "rules"'))


def test_a_station_without_calibration_refuses_millimetres(tmp_path: Path) -> None:
    recipes = tmp_path / "recipes"
    recipes.mkdir()
    _write(recipes, SMALLEST + RULE)
    with pytest.raises(ConfigError, match="run `station cameras calibrate top`"):
        _active(tmp_path, "cam-1", "cup")
    _write(recipes, "pixel_size_um = 20\n" + SMALLEST + RULE)
    assert _active(tmp_path, "cam-1", "cup").criteria
