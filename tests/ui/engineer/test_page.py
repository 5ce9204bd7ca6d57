"""Who may go to the page Engineer, its keys, and what it looks like."""

from collections.abc import Callable
from uuid import UUID

import pytest
from engineer_page import LONG_MS, FakeStation, line_panel
from fake_desk import Desk
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QWidget
from pytestqt.qtbot import QtBot

from station.ui.engineer.doctor import DoctorPanel
from station.ui.engineer.models import ModelsPanel
from station.ui.engineer.page import EngineerPage
from station.ui.theme import ThemeName


@pytest.mark.parametrize(
    ("role", "may"),
    [("operator", False), ("qa", False), ("engineer", True), ("administrator", True), ("service", True)],
)
def test_who_may_go_there(desk: Desk, page: EngineerPage, role: str, *, may: bool) -> None:
    assert not page.may_be_seen()
    desk.log_in(role)
    assert page.may_be_seen() == may
    desk.context.session.log_out()
    assert not page.may_be_seen()


def test_without_the_right_nothing_can_be_pressed(
    desk: Desk, station: FakeStation, page: EngineerPage, qtbot: QtBot
) -> None:
    panel = line_panel(desk, page)
    page.go(2)
    shelf = page.findChild(ModelsPanel).shelf
    qtbot.waitUntil(lambda: bool(shelf._buttons) and shelf._buttons[0].isEnabled(), timeout=LONG_MS)
    desk.context.session.log_out()
    buttons = [*panel.recipe._buttons.values(), panel.line._pause, *shelf._buttons]
    assert not any(button.isEnabled() for button in buttons)


def test_keys_go_to_the_parts_of_the_page(desk: Desk, page: EngineerPage, qtbot: QtBot) -> None:
    desk.log_in("engineer")
    page.entered()
    qtbot.keyClick(page, Qt.Key.Key_2)
    qtbot.waitUntil(lambda: page._stack.currentIndex() == 1)
    page.left()
    qtbot.keyClick(page, Qt.Key.Key_1)
    qtbot.waitUntil(lambda: not desk.context.keys._held)
    assert page._stack.currentIndex() == 1


@pytest.mark.parametrize("theme", ThemeName)
@pytest.mark.parametrize("size", [(1920, 1000), (1280, 720), (1080, 1780)])
def test_nothing_sticks_out(
    desk: Desk,
    station: FakeStation,
    page: EngineerPage,
    record: Callable[..., UUID],
    qtbot: QtBot,
    theme: ThemeName,
    size: tuple[int, int],
) -> None:
    record(40)
    station.says("doctor", {"ok": True, "checks": []})
    desk.context.theme.choose(theme)
    page.setStyleSheet(desk.context.theme.stylesheet())
    page.resize(*size)
    line_panel(desk, page)
    for number, (panel, _) in enumerate(page.panels):
        page.go(number)
        qtbot.waitUntil(lambda panel=panel: page.rect().contains(panel.geometry().translated(0, 0)))
        for child_widget in panel.findChildren(QWidget, options=Qt.FindChildOption.FindDirectChildrenOnly):
            assert not child_widget.isVisible() or panel.rect().contains(child_widget.geometry()), (panel, child_widget)
        assert not page.grab().isNull()
    shelf = page.findChild(ModelsPanel).shelf
    qtbot.waitUntil(lambda: not shelf._child.running, timeout=LONG_MS)
    qtbot.waitUntil(lambda: not page.findChild(DoctorPanel)._child.running, timeout=LONG_MS)
