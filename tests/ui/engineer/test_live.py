"""What the cameras saw last, with its figures."""

from collections.abc import Callable
from uuid import UUID

from fake_desk import Desk, finished_part
from pytestqt.qtbot import QtBot

from station.line.inspection import Fault, FaultCode
from station.ui.engineer.live import LivePanel
from station.ui.engineer.page import EngineerPage


def test_cameras_show_the_newest_picture_and_its_figures(
    desk: Desk, page: EngineerPage, record: Callable[..., UUID], qtbot: QtBot
) -> None:
    record(30)
    newest = record(50, chunk={"ChunkExposureTime": "4998.5"})
    desk.log_in("engineer")
    page.entered()
    live = page.findChild(LivePanel)
    qtbot.waitUntil(lambda: len(live._cards) == 1)
    card = live._cards[0]
    assert card._title.whole == "Camera cam, view top"
    assert "P2" in card._note.text()
    assert card._values["brightness"].whole == f"{(50 + 250) / 2 / 255:.2f}"
    assert card._values["ExposureTime"].whole == "4998.5 (set to 5000.0)"
    assert card._values["Gain"].whole == "set to 2.0"
    assert card._histogram._shares is not None
    assert card._histogram._shares[[50, 250]].tolist() == [0.5, 0.5]
    third = record(90)
    desk.client.say(finished_part(newest))
    desk.client.say(finished_part(third))
    qtbot.waitUntil(lambda: "P3" in card._note.text())
    page.left()


def test_a_camera_without_a_picture_says_why(
    desk: Desk, page: EngineerPage, record: Callable[..., UUID], qtbot: QtBot
) -> None:
    record(None, fault=Fault(FaultCode.CAMERA, "cam", "Camera cam is silent. Check its cable."))
    desk.log_in("engineer")
    page.entered()
    live = page.findChild(LivePanel)
    qtbot.waitUntil(lambda: len(live._cards) == 1)
    assert live._cards[0]._trouble.text() == "Camera cam is silent. Check its cable."
    assert live._cards[0]._values["sharpness"].whole == "-"
    assert not page.grab().isNull()


def test_before_the_first_part(desk: Desk, page: EngineerPage, qtbot: QtBot) -> None:
    desk.log_in("engineer")
    page.entered()
    live = page.findChild(LivePanel)
    qtbot.waitUntil(lambda: "cannot be read" in live._empty.text())
    assert live._empty.isVisible()


def test_a_part_that_the_journal_lost_its_picture_of(
    desk: Desk, page: EngineerPage, record: Callable[..., UUID], qtbot: QtBot
) -> None:
    record(30)
    for blob in (desk.context.data / "blobs").rglob("*"):
        if blob.is_file():
            blob.unlink()
    desk.log_in("engineer")
    page.entered()
    live = page.findChild(LivePanel)
    qtbot.waitUntil(lambda: len(live._cards) == 1)
    assert "blobs" in live._cards[0]._trouble.text()
