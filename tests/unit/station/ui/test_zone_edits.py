"""Zones while they are drawn."""

from dataclasses import replace

import numpy as np
import numpy.typing as npt
import pytest
from hypothesis import given
from hypothesis import strategies as st

from labeling.relations import is_plain
from labeling.shapes import Box, Keypoint, Polygon, frozen_points
from station.line.recipe import Recipe
from station.ui.engineer.zone_edits import Sheet, free_name, names_for, sheet_json, sheet_of, zone_shape

SQUARE = Polygon(frozen_points([[0, 0], [10, 0], [10, 10], [0, 10]]))


def _recipe() -> Recipe:
    corners = ((0.0, 0.0), (10.0, 0.0), (10.0, 10.0))
    views = tuple({"name": name, "camera": name, "model": "m"} for name in ("top", "side"))
    zones = ({"name": "face", "view": "top", "polygon": corners}, {"name": "rim", "view": "side", "polygon": corners})
    return Recipe.model_validate({"name": "cup", "number": 1, "view": views, "zone": zones})


def test_what_is_in_the_file_is_not_dirty_and_nothing_can_be_undone() -> None:
    sheet = sheet_of(_recipe())
    assert [(zone.uid, zone.name, zone.view) for zone in sheet.zones] == [(1, "face", "top"), (2, "rim", "side")]
    assert not sheet.dirty
    assert sheet.undo() is sheet
    assert sheet.redo() is sheet


def test_edits_and_the_way_back_and_forth() -> None:
    sheet = sheet_of(_recipe())
    added = sheet.add("top", SQUARE, "new")
    zone = added.zone(3)
    assert zone is not None
    named = added.change(replace(zone, name="bore", ignore=True))
    removed = named.remove(1)
    assert [zone.name for zone in removed.zones] == ["rim", "bore"]
    assert removed.dirty
    back = removed.undo().undo().undo()
    assert not back.dirty
    assert back.redo().redo().redo().zones == removed.zones
    assert back.redo().add("top", SQUARE, "other").redo().undone == ()
    assert named.change(replace(zone, name="bore", ignore=True)) is named


def test_saved_is_what_was_given_to_the_file_and_undo_makes_it_dirty_again() -> None:
    added = sheet_of(_recipe()).add("top", SQUARE, "new")
    later = added.add("side", SQUARE, "later").keep(added.zones)
    assert later.dirty
    saved = later.undo()
    assert not saved.dirty
    assert saved.undo().dirty


def test_a_number_is_never_given_twice() -> None:
    sheet = Sheet().add("top", SQUARE, "a").undo().add("top", SQUARE, "b")
    assert sheet.zones[0].uid == 2


def test_names_to_tap_are_those_of_rules_and_other_zones_that_the_view_lacks() -> None:
    sheet = sheet_of(_recipe()).add("top", SQUARE, "zone 1")
    zone = sheet.zones[-1]
    assert names_for(sheet, ("weld", "face"), zone) == ("weld", "rim")
    assert sheet.taken("face", zone)
    assert not sheet.taken("rim", zone)
    assert free_name(sheet, "zone") == "zone 2"


@pytest.mark.parametrize(
    ("drawn", "corners"),
    [
        (Box(1.04, 2.0, 9.0, 8.06), [[1.0, 2.0], [9.0, 2.0], [9.0, 8.1], [1.0, 8.1]]),
        (np.array([[0, 0], [0.01, 0], [4, 0], [4, 4], [4, 4.02]]), [[0, 0], [4, 0], [4, 4]]),
        (Keypoint(1, 2), None),
        (np.array([[0, 0], [4, 0]]), None),
        (np.array([[0, 0], [4, 0], [8, 0]]), None),
        (Box(1.01, 1.01, 1.04, 9), None),
    ],
)
def test_what_is_drawn_becomes_a_polygon_to_a_tenth_of_a_pixel(
    drawn: Box | Keypoint | npt.NDArray[np.float64], corners: list[list[float]] | None
) -> None:
    shape = zone_shape(drawn)
    assert (None if shape is None else shape.outline.tolist()) == corners


POINTS = st.lists(st.tuples(st.floats(0, 500), st.floats(0, 500)), min_size=1, max_size=12)


@given(POINTS)
def test_whatever_is_drawn_a_zone_never_crosses_itself(points: list[tuple[float, float]]) -> None:
    shape = zone_shape(np.array(points))
    assert shape is None or is_plain(shape)


def test_json_is_what_the_command_reads() -> None:
    sheet = Sheet().add("top", SQUARE, "a")
    said = sheet_json(sheet, "cup", "ab")
    corners = [[0.0, 0.0], [10.0, 0.0], [10.0, 10.0], [0.0, 10.0]]
    assert said == {
        "recipe": "cup",
        "sha256": "ab",
        "zones": [{"name": "a", "view": "top", "polygon": corners, "ignore": False}],
    }
