"""Zones drawn on the page Engineer with fingers, saved by the real command, and used by the line."""

import json
import tomllib
from pathlib import Path
from typing import Any

import numpy as np
import pytest
from engineer_page import LONG_MS, Plant, pictured, record_part, tap
from fake_desk import Desk
from PySide6.QtCore import QPoint, Qt
from PySide6.QtTest import QTest
from pytestqt.qtbot import QtBot

from labeling.canvas.tool_protocol import Tool
from station.desk.messages import ChooseRecipe
from station.journal.store import Journal
from station.line.inspection import VerdictKind
from station.line.recipe import load_recipe
from station.ui.engineer.page import EngineerPage
from station.ui.engineer.zones import ZonesPanel

ZONES = 4
"""Place of the panel on the page."""
STATION = """
[[camera]]
name = "cam"
[[camera]]
name = "low"
[plc]
mode = "none"
[line]
recipe = "plate-A"
trigger = "timer"
"""
RECIPE = """# The plate of customer A
name = "plate-A"
version = 3  # raised by hand so far
number = 1
[[view]]
name = "top"
camera = "cam"
model = "plate"
[[view]]
name = "side"
camera = "low"
model = "plate"

# where the clamp is
[[zone]]
name = "clamp"
view = "top"
polygon = [[10, 10], [60, 10], [60, 60], [10, 60]]
ignore = true

[[zone]]
name = "face"
view = "top"
polygon = [[100, 100], [200, 100], [200, 200], [100, 200]]

# what is acceptable
[[rule]]
zone = "face"
max_count = 2
"""


@pytest.fixture
def plant() -> Plant:
    return Plant(STATION, RECIPE, (1280, 760))


@pytest.fixture
def recipe(config: Path) -> Path:
    return config.parent / "recipes" / "plate-A.toml"


def _record(config: Path, number: int, kind: VerdictKind, grey: int, *views: str) -> None:
    pixels = np.full((240, 320), grey, np.uint8)
    pixels[90:210, 90:210] = 200
    cameras = {"top": "cam", "side": "low"}
    record_part(
        config, number, lambda journal: [pictured(journal, name, cameras[name], pixels) for name in views], kind
    )


@pytest.fixture
def panel(desk: Desk, page: EngineerPage, config: Path, qtbot: QtBot) -> ZonesPanel:
    """The panel, with an engineer at it and pictures under its zones."""
    _record(config, 1, VerdictKind.OK, 60, "top", "side")
    _record(config, 2, VerdictKind.NG, 90, "top", "side")
    desk.log_in("engineer")
    page.entered()
    page.go(ZONES)
    panel = page.findChild(ZonesPanel)
    assert isinstance(panel, ZonesPanel)
    qtbot.waitUntil(lambda: panel.board.ground is not None)
    return panel


def _on_screen(panel: ZonesPanel, x: float, y: float) -> QPoint:
    at = panel.canvas._view.to_screen((x, y))
    ratio = panel.canvas.devicePixelRatioF()
    return QPoint(round(float(at[0]) / ratio), round(float(at[1]) / ratio))


def _touch(panel: ZonesPanel, x: float, y: float) -> None:
    QTest.mouseClick(panel.canvas, Qt.MouseButton.LeftButton, Qt.KeyboardModifier.NoModifier, _on_screen(panel, x, y))


def _drag(panel: ZonesPanel, *places: tuple[float, float]) -> None:
    first, *rest = (_on_screen(panel, *place) for place in places)
    QTest.mousePress(panel.canvas, Qt.MouseButton.LeftButton, Qt.KeyboardModifier.NoModifier, first)
    for at in rest:
        QTest.mouseMove(panel.canvas, at)
    QTest.mouseRelease(panel.canvas, Qt.MouseButton.LeftButton, Qt.KeyboardModifier.NoModifier, rest[-1])


def _name(panel: ZonesPanel, name: str) -> None:
    panel.card.field.setText(name)
    QTest.keyClick(panel.card.field, Qt.Key.Key_Return)


def _save(panel: ZonesPanel, qtbot: QtBot) -> str:
    tap(qtbot, panel.card.save)
    assert panel.card._state.text() == "Saving …"
    qtbot.waitUntil(lambda: panel._saving is None, timeout=LONG_MS)
    return panel.card._outcome.text()


def _audit(config: Path) -> list[dict[str, Any]]:
    with Journal.open(config.parent, audit_key_path=config.parent.parent / "audit.key") as journal:
        rows = journal._connection.execute("SELECT details FROM audit ORDER BY seq").fetchall()
    return [json.loads(str(details)) for (details,) in rows]


def test_the_newest_good_picture_of_each_view_with_its_zones(panel: ZonesPanel, qtbot: QtBot) -> None:
    ground = panel.board.ground
    assert ground is not None
    assert ground.pixels[0, 0] == 60
    assert "the newest good part, P1" in panel.board.note.text()
    assert [outline.caption for outline in panel.canvas._outlines] == ["clamp (ignored)", "face"]
    tap(qtbot, panel.board.views["side"])
    assert "View side" in panel.board.note.text()
    assert panel.canvas._outlines == ()


def test_a_box_is_drawn_named_and_saved_in_the_persons_name_then_used(
    desk: Desk, panel: ZonesPanel, config: Path, recipe: Path, qtbot: QtBot
) -> None:
    desk.welcome()
    tap(qtbot, panel.board.tools[Tool.BOX])
    _drag(panel, (220, 20), (240, 40), (300, 80))
    assert panel.card.field.text() == "zone 1"
    assert panel.canvas.tool is Tool.NONE
    assert panel.card._state.text() == "Not saved yet."
    _name(panel, "rim, outer")
    assert _save(panel, qtbot) == "Saved: recipe plate-A is version 4 now."
    assert not panel.sheet.dirty
    text = recipe.read_text()
    after = load_recipe(recipe)
    assert after.version == 4
    assert [zone.name for zone in after.zones] == ["clamp", "face", "rim, outer"]
    left, top, right, bottom = after.zones[2].shape.bounds
    assert (left, top, right, bottom) == pytest.approx((220, 20, 300, 80), abs=1)
    raw, old = tomllib.loads(text), tomllib.loads(RECIPE)
    assert raw["zone"][:2] == old["zone"]
    assert {key: raw[key] for key in ("view", "rule")} == {key: old[key] for key in ("view", "rule")}
    for comment in ("# The plate of customer A", "# raised by hand so far", "# where the clamp is\n[[zone]]"):
        assert comment in text
    assert "# what is acceptable\n[[rule]]" in text
    (entry,) = [entry for entry in _audit(config) if entry.get("event") == "zones-drawn"]
    assert (entry["author"], entry["recipe"], entry["version"]) == ("Ann", "plate-A", "4")
    assert entry["sha256"] == after.sha256
    assert "takes no parts for some seconds" in panel.card._meaning.text()
    tap(qtbot, panel.card.use)
    assert desk.client.last(ChooseRecipe).recipe == "plate-A"
    desk.client.answer()
    assert "starts again with recipe plate-A" in panel.card._outcome.text()


def test_polygon_lasso_corner_delete_and_the_way_back(panel: ZonesPanel, qtbot: QtBot) -> None:
    tap(qtbot, panel.board.tools[Tool.POLYGON])
    for place in ((220, 150), (300, 150), (260, 220)):
        _touch(panel, *place)
    QTest.keyClick(panel.canvas, Qt.Key.Key_Return)
    qtbot.waitUntil(lambda: len(panel.sheet.zones) == 3)
    polygon = panel.sheet.zones[-1]
    assert len(polygon.shape.outline) == 3
    _drag(panel, (260, 220), (262, 225), (270, 232))
    moved = panel.sheet.zone(polygon.uid)
    assert moved is not None
    assert moved.shape.outline[2] == pytest.approx((270, 232), abs=1)
    _drag(panel, (270, 232), (265, 140), (260, 100))
    assert panel.sheet.zones[-1].shape.outline[2] == pytest.approx((260, 100), abs=1)
    tap(qtbot, panel.board.tools[Tool.LASSO])
    _drag(panel, (20, 150), (80, 150), (80, 210), (20, 210), (21, 152))
    assert len(panel.sheet.zones) == 4
    assert panel.sheet.zones[-1].shape.area_px == pytest.approx(60 * 60, rel=0.1)
    tap(qtbot, panel.board.delete)
    assert len(panel.sheet.zones) == 3
    for zones in (4, 3, 3, 3, 2):
        tap(qtbot, panel.board.undo)
        assert len(panel.sheet.zones) == zones
    assert not panel.sheet.dirty
    assert not panel.board.undo.isEnabled()
    tap(qtbot, panel.board.redo)
    assert len(panel.sheet.zones) == 3


def test_a_corner_does_not_go_where_lines_would_cross(panel: ZonesPanel) -> None:
    _touch(panel, 150, 150)
    assert panel.card.field.text() == "face"
    before = panel.sheet.zones
    _drag(panel, (200, 200), (150, 130), (150, 60))
    assert panel.sheet.zones == before
    assert "would cross" in panel.card._outcome.text()


def test_names_are_tapped_or_typed_and_none_is_given_twice(panel: ZonesPanel, qtbot: QtBot) -> None:
    _touch(panel, 150, 150)
    assert not panel.card.chips
    _name(panel, "clamp")
    assert "called clamp already" in panel.card._outcome.text()
    _name(panel, "  ")
    assert panel.card._outcome.text() == "A zone needs a name."
    assert panel.card.field.text() == "face"
    tap(qtbot, panel.board.views["side"])
    tap(qtbot, panel.board.tools[Tool.BOX])
    _drag(panel, (20, 20), (40, 40), (100, 100))
    assert list(panel.card.chips) == ["face", "clamp"]
    tap(qtbot, panel.card.chips["face"])
    assert panel.sheet.zones[-1].name == "face"
    tap(qtbot, panel.card.ignore)
    assert panel.sheet.zones[-1].ignore
    assert panel.canvas._outlines[-1].caption == "face (ignored)"


def test_what_the_recipe_cannot_take_is_said_and_stays_on_the_screen(
    panel: ZonesPanel, recipe: Path, qtbot: QtBot
) -> None:
    _touch(panel, 150, 150)
    tap(qtbot, panel.board.delete)
    said = _save(panel, qtbot)
    assert said.startswith("That did not work:")
    assert "no [[zone]] is called 'face'" in said
    assert recipe.read_text() == RECIPE
    assert panel.sheet.dirty


def test_a_recipe_that_changed_meanwhile_is_not_written_over(panel: ZonesPanel, recipe: Path, qtbot: QtBot) -> None:
    _touch(panel, 150, 150)
    _name(panel, "front")
    changed = RECIPE.replace("max_count = 2", "max_count = 1")
    recipe.write_text(changed)
    assert "has changed since these zones were drawn" in _save(panel, qtbot)
    assert recipe.read_text() == changed
    tap(qtbot, panel.card.drop)
    assert panel.card._state.text() == "What is not saved will be gone."
    assert panel.sheet.dirty
    tap(qtbot, panel.card.drop)
    qtbot.waitUntil(lambda: not panel.sheet.dirty)
    assert [zone.name for zone in panel.sheet.zones] == ["clamp", "face"]


def test_leaving_keeps_what_is_not_saved(page: EngineerPage, panel: ZonesPanel, qtbot: QtBot) -> None:
    _touch(panel, 150, 150)
    panel.card.field.setText("front")  # and no Enter
    page.go(0)
    page.go(ZONES)
    page.left()
    page.entered()
    assert [zone.name for zone in panel.sheet.zones] == ["clamp", "front"]
    assert panel.card._state.text() == "Not saved yet."


def test_keys_do_all_of_it(panel: ZonesPanel, page: EngineerPage, qtbot: QtBot) -> None:
    _touch(panel, 150, 150)
    for key, condition in (
        (Qt.Key.Key_I, lambda: panel.sheet.zones[1].ignore),
        (Qt.Key.Key_Z, lambda: not panel.sheet.zones[1].ignore),
        (Qt.Key.Key_X, lambda: panel.sheet.zones[1].ignore),
        (Qt.Key.Key_Delete, lambda: len(panel.sheet.zones) == 1),
        (Qt.Key.Key_R, lambda: panel.canvas.tool is Tool.BOX),
        (Qt.Key.Key_V, lambda: panel.canvas.tool is Tool.NONE),
    ):
        QTest.keyClick(panel.canvas, key)
        qtbot.waitUntil(condition)
    page.go(0)
    assert not set("VPARZXIN") & set(page.context.keys._bound)


def test_who_may_not_draw_zones_sees_them(desk: Desk, panel: ZonesPanel) -> None:
    panel.set_tool(Tool.BOX)
    desk.context.session.log_out()
    assert panel.canvas.tool is Tool.NONE
    assert not any(button.isEnabled() for button in (*panel.board.tools.values(), panel.card.save, panel.board.delete))
    panel.set_tool(Tool.LASSO)
    assert panel.canvas.tool is Tool.NONE
    _touch(panel, 150, 150)
    _name(panel, "mine")
    _drag(panel, (200, 200), (205, 205), (210, 210))
    assert not panel.sheet.dirty


def test_a_station_without_pictures_or_with_a_broken_recipe_says_so(
    desk: Desk, page: EngineerPage, config: Path, recipe: Path, qtbot: QtBot
) -> None:
    desk.log_in("engineer")
    page.entered()
    page.go(ZONES)
    panel = page.findChild(ZonesPanel)
    assert isinstance(panel, ZonesPanel)
    qtbot.waitUntil(lambda: "cannot be read" in panel.board.note.text())
    _record(config, 1, VerdictKind.NG, 60, "top")
    panel.read()
    qtbot.waitUntil(lambda: "none was good lately" in panel.board.note.text())
    tap(qtbot, panel.board.views["side"])
    assert "There is no picture of this view yet" in panel.board.note.text()
    assert not panel.board.tools[Tool.BOX].isEnabled()
    recipe.write_text("name = 3")
    panel.read()
    qtbot.waitUntil(lambda: "plate-A.toml, line 1: name = 3" in panel.board.note.text())
    recipe.write_text(RECIPE)
    (config.parent / "station.toml").unlink()
    panel.read()
    qtbot.waitUntil(lambda: "no such file" in panel.board.note.text())
