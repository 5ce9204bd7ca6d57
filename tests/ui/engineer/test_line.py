"""Another recipe in two taps, and the line paused."""

from engineer_page import line_panel, tap
from fake_desk import Desk
from pytestqt.qtbot import QtBot

from station.desk.messages import ChooseRecipe, Pause, Refusal, Resume
from station.ui.engineer.page import EngineerPage


def test_a_recipe_is_chosen_in_two_taps_that_say_what_it_means(desk: Desk, page: EngineerPage, qtbot: QtBot) -> None:
    card = line_panel(desk, page).recipe
    assert card._now.text() == "plate-A, version 7, number 1 for the PLC"
    assert not card._yes.isVisible()
    tap(qtbot, card._buttons["plate-B"])
    assert card._meaning.text().startswith("Change to plate-B: the engine starts again.")
    before = len(desk.client.sent)
    tap(qtbot, card._no)
    assert not card._yes.isVisible()
    assert len(desk.client.sent) == before
    tap(qtbot, card._buttons["plate-B"])
    tap(qtbot, card._yes)
    assert desk.client.last(ChooseRecipe).recipe == "plate-B"
    assert not card._buttons["plate-A"].isEnabled()
    desk.client.answer()
    assert "starts again with recipe plate-B" in card._outcome.text()


def test_a_refused_recipe_says_why(desk: Desk, page: EngineerPage, qtbot: QtBot) -> None:
    card = line_panel(desk, page).recipe
    tap(qtbot, card._buttons["plate-B"])
    tap(qtbot, card._yes)
    desk.client.answer(Refusal.BAD_VALUE, "plate-B.toml, line 3: number is missing.")
    assert card._outcome.text() == "plate-B.toml, line 3: number is missing."
    assert card._buttons["plate-B"].isEnabled()


def test_pause_and_go_on(desk: Desk, page: EngineerPage, qtbot: QtBot) -> None:
    card = line_panel(desk, page).line
    assert card._state.text() == "running"
    assert not card._resume.isVisible()
    tap(qtbot, card._reasons[0])
    tap(qtbot, card._pause)
    assert desk.client.last(Pause).reason == "Cleaning"
    desk.client.answer()
    desk.state(accepting=False, online=False)
    assert card._state.text() == "paused"
    assert not card._pause.isVisible()
    tap(qtbot, card._resume)
    desk.client.last(Resume)
    desk.client.answer()
    desk.state()
    assert card._state.text() == "running"


def test_without_an_engine_nothing_can_be_pressed(desk: Desk, page: EngineerPage) -> None:
    panel = line_panel(desk, page)
    desk.client.lose("the engine ended")
    assert panel.line._state.text() == "no engine"
    assert not panel.line._pause.isEnabled()
    assert not panel.recipe._buttons["plate-B"].isEnabled()
