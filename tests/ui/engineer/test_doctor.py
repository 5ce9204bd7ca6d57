"""Every finding with its remedy."""

from pathlib import Path

from engineer_page import LONG_MS, FakeStation, tap
from fake_desk import Desk
from pytestqt.qtbot import QtBot

from station.ui.engineer.doctor import DoctorPanel
from station.ui.engineer.page import EngineerPage
from station.ui.widgets import Band


def test_every_finding_with_its_remedy_the_worst_first(
    desk: Desk, station: FakeStation, page: EngineerPage, config: Path, qtbot: QtBot
) -> None:
    checks = [
        {"name": "python", "state": "ok", "text": "CPython 3.11", "remedy": ""},
        {"name": "memory", "state": "warning", "text": "little", "remedy": "add memory"},
        {"name": "camera cam", "state": "fail", "text": "is not there", "remedy": "check its cable"},
    ]
    station.says("doctor", {"ok": False, "checks": checks}, code=3)
    desk.log_in("service")
    page.entered()
    page.go(3)
    panel = page.findChild(DoctorPanel)
    qtbot.waitUntil(lambda: panel._checks is not None, timeout=LONG_MS)
    assert station.calls[-1] == ["doctor", "--config", str(config), "--json"]
    assert panel._outcome.text() == "To mend: 1. To know: 1."
    band = panel._list.itemAt(0).widget()
    assert isinstance(band, Band)
    assert band.words == "camera cam: is not there check its cable"
    assert panel._list.count() == 4
    station.says("doctor", lines=("station: no such file",), code=2)
    tap(qtbot, panel._again)
    qtbot.waitUntil(lambda: "could not work: station: no such file" in panel._outcome.text(), timeout=LONG_MS)


def test_the_real_doctor(desk: Desk, page: EngineerPage, qtbot: QtBot) -> None:
    desk.log_in("engineer")
    page.entered()
    page.go(3)
    panel = page.findChild(DoctorPanel)
    qtbot.waitUntil(lambda: panel._checks is not None, timeout=LONG_MS)
    assert {"python", "camera cam", "model of top"} <= {check["name"] for check in panel._checks}
