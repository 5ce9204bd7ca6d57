"""The frame around the pages: what is always to be seen, whoever is there and however large the screen is."""

import pytest
from PySide6.QtCore import QPoint, Qt
from whole_screen import OpenScreen, Screen

from station.desk.messages import FaultLine
from station.line.inspection import VerdictKind
from station.ui.context import Clock
from station.ui.operator.strip import TOAST_MS
from station.ui.theme import ThemeName

OK, NG = VerdictKind.OK, VerdictKind.NG


def faults(count: int) -> tuple[FaultLine, ...]:
    return tuple(FaultLine(code="camera", source=f"cam{n}", text=f"Camera cam{n} is silent.") for n in range(count))


@pytest.mark.parametrize(("count", "bands", "title"), [(0, 0, ""), (1, 1, "Camera · cam0"), (5, 2, "and 3 more")])
def test_standing_faults_are_bands_across_the_screen(screen: Screen, count: int, bands: int, title: str) -> None:
    state = screen.shell.context.link.last_state
    assert state is not None
    screen.station._hear(state.model_copy(update={"faults": faults(count), "online": not count}))
    screen.until(lambda: sum(band.isVisible() for band in screen.shell.faults) == bands)
    shown = [band for band in screen.shell.faults if band.isVisible()]
    assert all(band.width() == screen.shell.width() for band in shown)
    assert not shown or title in shown[-1].words


def test_the_counters_are_those_of_the_shift(screen: Screen) -> None:
    screen.part(kind=OK, bad=False)
    screen.part(kind=NG)
    screen.until(lambda: "2 parts · yield 50.0 %" in screen.shell.top.counters)
    assert screen.shell.top.counters.startswith("shift ")
    screen.hands.tap(screen.inspect.column.verdicts.ok)
    screen.until(lambda: bool(screen.shell.toast.text))
    screen.shell.counter.read()
    screen.until(lambda: "yield 100.0 %" in screen.shell.top.counters)


def test_a_clock_at_zero_is_said(screen: Screen) -> None:
    from datetime import UTC, datetime

    assert Clock().is_set
    assert not Clock(now=lambda: datetime(1970, 1, 1, tzinfo=UTC)).is_set


@pytest.mark.parametrize(
    ("role", "pages"),
    [("operator", ["Inspect", "Shift", "Settings"]), ("engineer", ["Inspect", "Shift", "Engineer", "Settings"])],
)
def test_a_person_sees_the_pages_of_their_role(open_screen: OpenScreen, role: str, pages: list[str]) -> None:
    screen = open_screen((1920, 1080))
    screen.log_in(role)
    assert [button.text() for button in screen.shell.top._pages if button.isVisible()] == pages


def test_who_loses_the_right_to_a_page_leaves_it(open_screen: OpenScreen) -> None:
    screen = open_screen((1920, 1080))
    screen.log_in("engineer")
    screen.qtbot.keyClick(screen.shell, Qt.Key.Key_F3)
    screen.until(lambda: screen.shell.page.name() == "Engineer")
    screen.shell.context.session.log_out()
    assert screen.shell.page is screen.inspect


def test_a_part_of_the_strip_opens_from_every_page(screen: Screen) -> None:
    uid = screen.part(kind=OK, bad=False)
    screen.shell.go_to(1)
    assert screen.shell.page is not screen.inspect
    screen.shell._open_part(uid)
    assert screen.shell.page is screen.inspect


def test_the_toast_is_there_for_five_seconds(screen: Screen) -> None:
    assert TOAST_MS == 5000
    screen.shell.toast.show_saved("0001: OK saved · undo", lambda: None)
    assert screen.shell.toast.text
    screen.shell.toast._end.timeout.emit()
    assert not screen.shell.toast.text


@pytest.mark.parametrize("size", [(1920, 1080), (1280, 800), (1080, 1920)])
def test_the_window_is_as_large_as_the_screen_and_not_larger(open_screen: OpenScreen, size: tuple[int, int]) -> None:
    screen = open_screen(size)
    screen.log_in()
    for _ in range(3):
        screen.part(kind=NG)
    state = screen.shell.context.link.last_state
    assert state is not None
    screen.station._hear(state.model_copy(update={"faults": faults(3)}))
    screen.until(screen.shell.faults[1].isVisible)
    assert (screen.shell.width(), screen.shell.height()) == size
    ok, ng = screen.inspect.column.verdicts.ok, screen.inspect.column.verdicts.ng
    for button in (ok, ng):
        place = button.mapTo(screen.shell, QPoint(0, 0))
        assert screen.shell.rect().contains(place)
        assert screen.shell.rect().contains(place + QPoint(button.width() - 1, button.height() - 1))


def test_a_ten_inch_panel_with_fine_pixels_has_room_for_everything(open_screen: OpenScreen) -> None:
    screen = open_screen((1280, 800))
    screen.shell.context.theme.calibrate(5.9)
    screen.log_in()
    screen.part(kind=NG, hold_ms=9000)
    screen.hands.tap(screen.inspect.column.verdicts.ng)
    screen.until(lambda: screen.inspect.ng.active)
    assert (screen.shell.width(), screen.shell.height()) == (1280, 800)


def test_every_word_turns_with_the_language_at_run_time(screen: Screen) -> None:
    screen.part(kind=NG)
    context = screen.shell.context
    context.session.prefer(language="ar")
    screen.until(lambda: screen.shell.layoutDirection() is Qt.LayoutDirection.RightToLeft)
    assert screen.shell.strip.entries
    context.session.prefer(language="en")
    screen.until(lambda: screen.shell.layoutDirection() is Qt.LayoutDirection.LeftToRight)


def test_themes_change_at_run_time(screen: Screen) -> None:
    screen.part(kind=NG)
    before = screen.shell.grab().toImage()
    for theme in (ThemeName.NIGHT, ThemeName.SUNLIGHT):
        screen.shell.context.session.prefer(theme=theme.value)
        screen.until(lambda theme=theme: screen.shell.context.theme.name is theme)  # type: ignore[misc]
        after = screen.shell.grab().toImage()
        assert after != before
        before = after


def test_millimetres_change_at_run_time(screen: Screen) -> None:
    screen.part(kind=NG)
    ok = screen.inspect.column.verdicts.ok
    before = ok.height()
    screen.shell.context.theme.calibrate(5.0)
    screen.until(lambda: ok.height() > before)
    assert ok.height() >= 150
