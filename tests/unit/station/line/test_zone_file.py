"""Other zones in a recipe's file; everything else as it was written."""

import tomllib
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from station.line.acceptance import ZoneTable
from station.line.zone_file import check_in_picture, read_zones, with_zones
from station.toml_file import ConfigError

HEAD = """# The cup
name = "cup"  # as on the drawing
number = 1

[[view]]
name = "top"
camera = "cam"
model = "m"
# zones, agreed on in March
"""
FACE = """
[[zone]]  # critical
name = "face"  # sealing
view = "top"
polygon = [
  [0, 0],  # at the pin
  [9, 0], [9, 9],
]
"""
CLAMP = """
# the clamp leaves marks
[[zone]]
name = "clamp"
view = "top"
polygon = [[1, 1], [2, 1], [2, 2]]
ignore = true
"""
TAIL = """
# what is acceptable
[[rule]]
max_count = 3

[learn]
parts = 12  # enough
"""
CORNERS = ((0.0, 0.0), (9.0, 0.0), (9.0, 9.0))


def _zone(name: str, corners: tuple[tuple[float, float], ...] = CORNERS, **more: Any) -> ZoneTable:
    return ZoneTable(name=name, view="top", polygon=corners, **more)


CLAMP_ZONE = _zone("clamp", ((1.0, 1.0), (2.0, 1.0), (2.0, 2.0)), ignore=True)


@pytest.fixture
def path(tmp_path: Path) -> Path:
    path = tmp_path / "cup.toml"
    path.write_text(HEAD + FACE + CLAMP + TAIL)
    return path


def _versioned(text: str) -> str:
    return text.replace("number = 1\n", "number = 1\nversion = 2\n")


def test_the_same_zones_change_nothing_but_the_version(path: Path) -> None:
    assert with_zones(path, [_zone("face"), CLAMP_ZONE], 2) == _versioned(HEAD + FACE + CLAMP + TAIL)


def test_a_zone_goes_with_what_was_written_above_it(path: Path) -> None:
    assert with_zones(path, [_zone("face")], 2) == _versioned(HEAD + FACE + TAIL)
    assert with_zones(path, [CLAMP_ZONE], 2) == _versioned(HEAD + CLAMP + TAIL)
    assert with_zones(path, [], 2) == _versioned(HEAD + TAIL)


def test_a_zone_that_moves_keeps_its_comments(path: Path) -> None:
    moved = _zone("face", ((0.5, 0.0), (9.0, 0.0), (9.0, 9.0)), ignore=True)
    text = with_zones(path, [moved, CLAMP_ZONE], 2)
    assert '[[zone]]  # critical\nname = "face"  # sealing\n' in text
    assert "polygon = [[0.5, 0], [9, 0], [9, 9]]\nignore = true\n" in text


def test_a_new_zone_stands_with_the_others(path: Path) -> None:
    new = '\n[[zone]]\nname = "rim"\nview = "top"\npolygon = [[0, 0], [9, 0], [9, 9]]\n'
    assert with_zones(path, [_zone("face"), CLAMP_ZONE, _zone("rim")], 2) == _versioned(
        HEAD + FACE + CLAMP + new + TAIL
    )


def test_the_first_zones_stand_at_the_end(path: Path) -> None:
    path.write_text(HEAD + TAIL)
    new = '\n[[zone]]\nname = "rim"\nview = "top"\npolygon = [[0, 0], [9, 0], [9, 9]]\n'
    assert with_zones(path, [_zone("rim")], 2) == _versioned(HEAD + TAIL + new)
    assert with_zones(path, [], 2) == _versioned(HEAD + TAIL)


def test_a_version_keeps_its_comment_and_a_list_on_one_line_becomes_tables(path: Path) -> None:
    inline = 'zone = [{name = "a", view = "top", polygon = [[0, 0], [1, 0], [1, 1]]}]\n'
    path.write_text(f"version = 4 # by hand\n{inline}{HEAD}")
    text = with_zones(path, [_zone("rim")], 5)
    assert text.startswith("version = 5 # by hand\n# The cup")
    assert tomllib.loads(text)["zone"] == [{"name": "rim", "view": "top", "polygon": [[0, 0], [9, 0], [9, 9]]}]


def test_line_ends_stay_what_they_are(path: Path) -> None:
    path.write_bytes((HEAD + FACE + CLAMP + TAIL).replace("\n", "\r\n").encode())
    text = with_zones(path, [_zone("rim"), _zone("face"), CLAMP_ZONE], 2)
    assert text.count("\n") == text.count("\r\n")
    assert tomllib.loads(text)["zone"][1]["name"] == "face"


def test_zones_in_several_places_are_left_to_a_person(path: Path) -> None:
    path.write_text(HEAD + FACE + TAIL + CLAMP)
    with pytest.raises(ConfigError, match=r"stand in several places; put them together"):
        with_zones(path, [_zone("face")], 2)


NUMBER = st.floats(0, 5000, allow_nan=False).map(lambda value: round(value, 1))


@given(st.lists(st.tuples(NUMBER, NUMBER, st.booleans()), max_size=12, unique=True), st.booleans())
def test_what_is_written_is_what_is_read(
    tmp_path_factory: pytest.TempPathFactory,
    drawn: list[tuple[float, float, bool]],
    there: bool,
) -> None:
    path = tmp_path_factory.mktemp("recipes") / "cup.toml"
    path.write_text(HEAD + (FACE + CLAMP if there else "") + TAIL)
    names = ["face", "clamp", 'a "quoted" \\ name', *map(str, range(9))]
    zones = [
        _zone(name, ((x, y), (x + 10, y), (x + 10, y + 0.5), *((x + 9 - i, y + 5.0) for i in range(8))), ignore=ignore)
        for name, (x, y, ignore) in zip(names, drawn, strict=False)
    ]
    text = with_zones(path, zones, 2)
    raw = tomllib.loads(text)
    read = [
        (zone["name"], [tuple(at) for at in zone["polygon"]], zone.get("ignore", False)) for zone in raw.get("zone", [])
    ]
    assert read == [(zone.name, list(zone.polygon), zone.ignore) for zone in zones]
    assert (raw["version"], raw["learn"], raw["rule"]) == (2, {"parts": 12}, [{"max_count": 3}])
    assert all(
        line in text for line in ("# as on the drawing", "# zones, agreed on", "# what is acceptable", "# enough")
    )


@pytest.mark.parametrize(
    ("text", "problem"),
    [
        ("{", r"not valid JSON: EOF while parsing .*`station recipe zones NAME --json`"),
        ("[]", r"the file: "),
        ("{}", r"zones: field required"),
        ('{"zones": [], "colour": 1}', r"colour: extra inputs are not permitted"),
        ('{"zones": [{"name": "a", "view": "top", "polygon": [[0, 0], [1, 0]]}]}', r"zones\[1\]\.polygon: "),
        (
            '{"zones": [{"name": "a", "view": "top", "polygon": [[0, 0], [9, 9], [9, 0], [0, 9]]}]}',
            r"zones\[1\]\.polygon: its lines cross",
        ),
        ('{"zones": [{"name": " a", "view": "top", "polygon": [[0, 0], [9, 9], [9, 0]]}]}', r"zones\[1\]\.name: "),
        ('{"zones": [{"name": "a", "view": "top", "polygon": [[0, 0], [NaN, 9], [9, 0]]}]}', r"polygon\[2\]\[1\]: "),
    ],
)
def test_zones_that_cannot_be_read_are_one_sentence(tmp_path: Path, text: str, problem: str) -> None:
    path = tmp_path / "zones.json"
    path.write_text(text)
    with pytest.raises(ConfigError, match=problem) as found:
        read_zones(path)
    assert "\n" not in found.value.text


def test_no_file_is_one_sentence(tmp_path: Path) -> None:
    with pytest.raises(ConfigError, match="cannot be read: No such file"):
        read_zones(tmp_path / "zones.json")


def test_a_zone_lies_in_the_picture_of_its_view() -> None:
    whole = _zone("whole", ((-0.5, -0.5), (99.5, -0.5), (99.5, 49.5), (-0.5, 49.5)))
    check_in_picture([whole], {"top": (100, 50)}, Path("f"))
    check_in_picture([whole], {"side": (10, 10)}, Path("f"))
    with pytest.raises(ConfigError, match=r"f: zone whole reaches beyond the picture of view top, 99 x 50 pixels"):
        check_in_picture([whole], {"top": (99, 50)}, Path("f"))
