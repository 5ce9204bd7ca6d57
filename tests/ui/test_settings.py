"""The page Settings: a person's wishes go to the engine, the screen's own stay here; and the measuring of the screen."""

import json
from collections.abc import Iterator
from pathlib import Path

import pytest
from fake_desk import Desk, make_desk
from PySide6.QtCore import QPoint, Qt
from PySide6.QtWidgets import QWidget
from pytestqt.qtbot import QtBot

from station.desk.messages import Refusal, SetPreferences
from station.ui.calibration import CARD_MM, UnmeasuredBand
from station.ui.settings import SettingsPage
from station.ui.theme import MAX_PX_PER_MM, MIN_PX_PER_MM, ThemeName


@pytest.fixture
def desk(tmp_path: Path, qtbot: QtBot) -> Iterator[Desk]:
    desk = make_desk(tmp_path / "data", tmp_path / "screen.json")
    yield desk
    desk.stop()


@pytest.fixture
def page(desk: Desk, qtbot: QtBot) -> SettingsPage:
    page = SettingsPage(desk.context)
    qtbot.addWidget(page)
    page.resize(1920, 1000)
    page.show()
    page.entered()
    return page


def _tap(qtbot: QtBot, widget: QWidget) -> None:
    qtbot.mouseClick(widget, Qt.MouseButton.LeftButton)


def _kept(tmp_path: Path) -> dict[str, object]:
    kept: dict[str, object] = json.loads((tmp_path / "screen.json").read_text())
    return kept


def test_a_persons_wishes_go_to_the_engine(desk: Desk, page: SettingsPage, qtbot: QtBot) -> None:
    desk.log_in("operator", theme="night")
    wishes = page.wishes
    assert [name for name, button in wishes._themes.items() if button.isChecked()] == [ThemeName.NIGHT]
    for button, expected in (
        (wishes._languages["de"], {"language": "de"}),
        (wishes._themes[ThemeName.SUNLIGHT], {"theme": "sunlight"}),
        (wishes._hands[True], {"left_handed": True}),
        (wishes._sounds[True], {"sound": True}),
    ):
        _tap(qtbot, button)
        assert desk.client.last(SetPreferences).preferences == expected
        assert button.isChecked()
        desk.client.answer()
    assert desk.context.session.person is not None
    assert desk.context.session.person.left_handed
    assert not wishes._languages["en"].isChecked()


def test_a_wish_that_could_not_be_kept_says_so(desk: Desk, page: SettingsPage, qtbot: QtBot) -> None:
    desk.log_in("operator")
    _tap(qtbot, page.wishes._sounds[True])
    desk.client.answer(Refusal.STORAGE, "The disk is full.")
    assert page.wishes._outcome.text() == "In use here, but not kept: The disk is full."


def test_without_a_person_the_screen_itself_is_set(
    desk: Desk, page: SettingsPage, qtbot: QtBot, tmp_path: Path
) -> None:
    _tap(qtbot, page.wishes._themes[ThemeName.NIGHT])
    _tap(qtbot, page.wishes._languages["es"])
    assert (_kept(tmp_path)["theme"], _kept(tmp_path)["language"]) == ("night", "es")
    assert desk.context.theme.name is ThemeName.NIGHT
    assert desk.context.language.code == "es"
    assert not page.wishes._hands[True].isEnabled()
    assert not desk.client.sent


def test_the_drawn_card_is_pulled_until_it_fits(desk: Desk, page: SettingsPage, qtbot: QtBot, tmp_path: Path) -> None:
    drawn, theme = page.calibration.drawn, desk.context.theme
    qtbot.mousePress(drawn, Qt.MouseButton.LeftButton, pos=QPoint(300, 40))
    qtbot.mouseMove(drawn, QPoint(428, 40))
    qtbot.mouseRelease(drawn, Qt.MouseButton.LeftButton, pos=QPoint(428, 40))
    assert drawn.px_per_mm == pytest.approx(428 / CARD_MM[0], abs=0.02)
    assert theme.px_per_mm == 4.0, "nothing changes under the finger"
    _tap(qtbot, page.calibration._larger)
    _tap(qtbot, page.calibration._fits)
    assert theme.px_per_mm == pytest.approx(429 / CARD_MM[0], abs=0.02)
    assert _kept(tmp_path)["px_per_mm"] == theme.px_per_mm
    assert _kept(tmp_path)["calibrated"] is True


def test_back_takes_what_is_in_force(page: SettingsPage, qtbot: QtBot) -> None:
    _tap(qtbot, page.calibration._smaller)
    assert page.calibration.drawn.px_per_mm < 4.0
    _tap(qtbot, page.calibration._undo)
    assert page.calibration.drawn.px_per_mm == 4.0


@pytest.mark.parametrize(("wanted", "given"), [(0.0, MIN_PX_PER_MM), (-3.0, MIN_PX_PER_MM), (99.0, None)])
def test_no_screen_is_that_coarse_or_fine(page: SettingsPage, wanted: float, given: float | None) -> None:
    drawn = page.calibration.drawn
    drawn.choose(wanted)
    assert drawn.px_per_mm == (given or min(MAX_PX_PER_MM, (drawn.width() - 2) / CARD_MM[0]))


def test_a_size_that_cannot_be_kept_is_used_and_says_so(
    desk: Desk, page: SettingsPage, qtbot: QtBot, tmp_path: Path
) -> None:
    (tmp_path / "screen.new").mkdir()
    page.calibration.drawn.choose(5.0)
    _tap(qtbot, page.calibration._fits)
    assert desk.context.theme.px_per_mm == 5.0
    assert "could not be kept" in page.calibration._outcome.text()


def test_an_unmeasured_screen_asks_until_somebody_works(desk: Desk, page: SettingsPage, qtbot: QtBot) -> None:
    band = UnmeasuredBand(desk.context)
    qtbot.addWidget(band)
    assert not band.isHidden()
    desk.log_in("operator")
    assert band.isHidden()
    desk.context.session.log_out()
    assert not band.isHidden()
    with qtbot.waitSignal(band.wanted):
        _tap(qtbot, band._now)
    assert band.isHidden()


def test_a_measured_screen_does_not_ask(desk: Desk, page: SettingsPage, qtbot: QtBot) -> None:
    band = UnmeasuredBand(desk.context)
    qtbot.addWidget(band)
    _tap(qtbot, page.calibration._fits)
    assert band.isHidden()
    later = UnmeasuredBand(desk.context)
    qtbot.addWidget(later)
    assert later.isHidden()


def test_not_now_is_an_answer(desk: Desk, qtbot: QtBot) -> None:
    band = UnmeasuredBand(desk.context)
    qtbot.addWidget(band)
    _tap(qtbot, band._later)
    assert band.isHidden()


@pytest.mark.parametrize("theme", ThemeName)
@pytest.mark.parametrize("size", [(1920, 1000), (1280, 720), (1080, 1780)])
def test_nothing_sticks_out(
    desk: Desk, page: SettingsPage, qtbot: QtBot, theme: ThemeName, size: tuple[int, int]
) -> None:
    desk.context.theme.choose(theme)
    page.setStyleSheet(desk.context.theme.stylesheet())
    page.resize(*size)
    cards: tuple[QWidget, ...] = (page.wishes, page.calibration)
    qtbot.waitUntil(lambda: all(page.rect().contains(card.geometry()) for card in cards))
    assert not page.wishes.geometry().intersects(page.calibration.geometry())
    for card in cards:
        for child in card.findChildren(QWidget, options=Qt.FindChildOption.FindDirectChildrenOnly):
            assert not child.isVisible() or card.rect().contains(child.geometry()), (card, child)
