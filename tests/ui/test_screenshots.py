"""Every page in every size, theme and language, taken to be looked at; and what can be checked of them without eyes.

With SCREENSHOTS set to a folder the pictures are kept there. Every theme is seen in English, every language by day on the
screens that have least room, and once all of it from right to left; with SCREENSHOTS_ALL set to anything, all of them.
"""

import json
import os
from collections.abc import Callable
from datetime import UTC, datetime
from pathlib import Path
from uuid import uuid4

import pytest
from desk_of_parts import PIT, Station
from overruled import overrule
from seen_screen import cut_off, too_small
from whole_screen import OpenScreen, Screen

from labeling.shapes import Box, Polygon, frozen_points
from station.desk.messages import FaultLine
from station.line.inspection import Author, Verdict, VerdictKind
from station.ui import child
from station.ui.engineer.doctor import DoctorPanel
from station.ui.engineer.line import LinePanel
from station.ui.engineer.models import ModelsPanel
from station.ui.engineer.page import EngineerPage
from station.ui.engineer.zones import ZonesPanel
from station.ui.i18n import LANGUAGES
from station.ui.operator.handover import Standing
from station.ui.operator.ng_state import Drawn
from station.ui.shift.page import ShiftPage
from station.ui.theme import ThemeName

SIZES = LARGE, SMALL, TALL = (1920, 1080), (1280, 800), (1080, 1920)
Look = tuple[tuple[int, int], ThemeName, str]
RIGHT_TO_LEFT = "ar"
"""A language written from right to left: the screens have no words in it, and turn all the same."""
LOOKS = [
    (size, theme, language)
    for size in SIZES
    for theme in ThemeName
    for language in (*LANGUAGES, RIGHT_TO_LEFT)
    if os.environ.get("SCREENSHOTS_ALL")
    or language == "en"
    or (theme is ThemeName.DAY and (size == SMALL or (size == TALL and language != RIGHT_TO_LEFT)))
]
KEPT = os.environ.get("SCREENSHOTS")
SETTLED_MS = 200 if KEPT else 50
"""What slides takes 150 ms; where nobody looks, the words only have to be laid out."""
FAULT = FaultLine(
    code="camera",
    source="top",
    text="Camera top has been silent for 1.2 s. Its parts are rejected. Check the cable at camera top; it reconnects by itself.",
)
STATION = """
[[camera]]
name = "cam"
[plc]
mode = "none"
[line]
recipe = "plate-A"
trigger = "timer"
"""
RECIPE = """
name = "plate-A"
number = 1
version = 7
[[view]]
name = "top"
camera = "cam"
model = "plate"
[[zone]]
name = "sealing face"
view = "top"
polygon = [[400, 250], [1200, 250], [1200, 420], [400, 420]]
[[zone]]
name = "clamp"
view = "top"
polygon = [[140, 480], [300, 480], [300, 720], [140, 720]]
ignore = true
"""


class Camera:
    """Takes pictures of one window and checks what is on them."""

    def __init__(self, screen: Screen, look: Look) -> None:
        self._screen, self._look = screen, look

    def take(self, scene: str) -> None:
        shell = self._screen.shell
        self._screen.qtbot.wait(SETTLED_MS)
        (width, height), theme, language = self._look
        assert (shell.width(), shell.height()) == (width, height), f"{scene}: the window was pushed to another size"
        picture = shell.grab()
        if KEPT:
            Path(KEPT).mkdir(parents=True, exist_ok=True)
            assert picture.save(f"{KEPT}/{scene}-{theme.value}-{language}-{width}x{height}.png")
        assert not cut_off(shell), f"{scene}: words are cut off"
        assert not too_small(shell), f"{scene}: too small for a glove"


@pytest.fixture(params=LOOKS, ids=lambda look: f"{look[0][0]}x{look[0][1]}-{look[1].value}-{look[2]}")
def look(request: pytest.FixtureRequest) -> Look:
    return request.param  # type: ignore[no-any-return]


def test_every_scene_of_the_inspect_page(open_screen: OpenScreen, look: Look) -> None:
    screen = open_screen(*look)
    camera = Camera(screen, look)
    camera.take("login-badge")
    screen.shell.login.take_badge("BADGE-7")
    camera.take("login-pin")
    screen.shell.login._switch()
    camera.take("login-name")
    screen.log_in()
    for scene, arrange in SCENES.items():
        arrange(screen)
        camera.take(scene)


def test_every_other_page(
    open_screen: OpenScreen,
    station: Station,
    look: Look,
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setattr(child.Child, "run", lambda *_: False)  # what commands say is put on the page below
    screen = open_screen(*look, config=_written(station.data))
    screen.log_in("engineer")
    for kind, person in ((VerdictKind.OK, None), (VerdictKind.NG, VerdictKind.NG), (VerdictKind.NG, VerdictKind.OK)):
        uid = screen.part(kind=kind, bad=kind is VerdictKind.NG)
        if person is not None:
            verdict = Verdict(person, Author.OPERATOR, "", datetime.now(UTC), "Mara")
            overrule(screen.station.journal, uid, verdict)
    camera = Camera(screen, look)
    for scene, arrange in PAGES.items():
        arrange(screen)
        camera.take(scene)


def _written(data: Path) -> Path:
    """Write a station and its recipe, with zones, as its people would."""
    (data / "recipes").mkdir()
    (data / "recipes" / "plate-A.toml").write_text(RECIPE)
    (data / "station.toml").write_text(STATION)
    return data / "station.toml"


def _good(screen: Screen) -> None:
    screen.part(kind=VerdictKind.OK, bad=False)


def _bad(screen: Screen) -> None:
    screen.part(kind=VerdictKind.NG, defects=2)


def _heat(screen: Screen) -> None:
    screen.inspect.bar.heat.click()


def _ng_mode(screen: Screen) -> None:
    screen.inspect.bar.heat.click()
    screen.hands.tap(screen.inspect.column.verdicts.ng)
    screen.until(lambda: screen.inspect.ng.active)


def _ng_drawn(screen: Screen) -> None:
    ng, (x, y) = screen.inspect.ng, PIT
    ng._do(
        Drawn(uuid4(), Polygon(frozen_points([[x - 40, y - 35], [x + 45, y - 30], [x + 30, y + 45], [x - 45, y + 30]])))
    )
    screen.until(lambda: "mm" in ng.page.head.words)


def _ng_saved(screen: Screen) -> None:
    ng = screen.inspect.ng
    screen.hands.tap(ng.page.palette_.chips[1])
    screen.until(lambda: ng.work is not None and ng.work.handover.standing is Standing.SAVED)
    screen.hands.tap(ng.toolbar.more)


def _ng_book(screen: Screen) -> None:
    book = screen.inspect.ng.book
    screen.hands.tap(screen.inspect.ng.toolbar.book)
    screen.until(lambda: any(shelf.thumbs for shelf in book.shelves.values()))


def _held(screen: Screen) -> None:
    screen.inspect._live()
    screen.part(kind=VerdictKind.NOT_DECIDABLE, hold_ms=9000)
    screen.station.announce(screen.station.add_part(kind=VerdictKind.NOT_DECIDABLE), hold_ms=9000)
    screen.until(screen.inspect.column.waiting.isVisible)


def _saved(screen: Screen) -> None:
    waiting = screen.inspect.showing.waiting[0].uid
    screen.hands.tap(screen.inspect.column.verdicts.ok)
    screen.until_shown(waiting)
    screen.station.passed_already = True
    screen.hands.tap(screen.inspect.column.verdicts.ng)
    screen.until(screen.inspect.column.fetch.isVisible)
    screen.until(lambda: screen.inspect.ng.active)


def _hidden(screen: Screen) -> None:
    screen.hands.tap(screen.inspect.column.fetched)
    screen.hands.tap(screen.inspect.ng.page.finish)
    screen.part(kind=VerdictKind.NG, hidden=True)


def _fault(screen: Screen) -> None:
    state = screen.shell.context.link.last_state
    assert state is not None
    screen.station._hear(state.model_copy(update={"faults": (FAULT,), "online": False, "reason": "NO_CAMERA"}))
    screen.until(screen.shell.faults[0].isVisible)


def _lost(screen: Screen) -> None:
    screen.station.lose()
    screen.until(screen.shell.lost.isVisible)


SCENES: dict[str, Callable[[Screen], None]] = {
    "inspect-ok": _good,
    "inspect-ng": _bad,
    "inspect-heat": _heat,
    "inspect-ng-mode": _ng_mode,
    "ng-drawn": _ng_drawn,
    "ng-saved": _ng_saved,
    "ng-book": _ng_book,
    "inspect-held": _held,
    "inspect-fetch-back": _saved,
    "inspect-hidden": _hidden,
    "inspect-fault": _fault,
    "inspect-no-engine": _lost,
}


def _shift(screen: Screen) -> None:
    screen.shell.go_to(1)
    page = screen.shell.page
    assert isinstance(page, ShiftPage)
    screen.until(lambda: page._figures is not None)


def _engineer(screen: Screen, number: int) -> EngineerPage:
    screen.shell.go_to(2)
    page = screen.shell.page
    assert isinstance(page, EngineerPage)
    page.go(number)
    return page


def _cameras(screen: Screen) -> None:
    live = _engineer(screen, 0).panels[0][0]
    screen.until(lambda: bool(live._cards))  # type: ignore[attr-defined]


def _line(screen: Screen) -> None:
    panel = _engineer(screen, 1).findChild(LinePanel)
    assert panel is not None
    panel.recipe.choose("plate-A")


def _models(screen: Screen) -> None:
    panel = _engineer(screen, 2).findChild(ModelsPanel)
    assert panel is not None
    made = {"head": "padim", "created": "2026-11-17T10:00:00+00:00", "sha256": "ab" * 32}
    versions = [{"version": "1", "deployed": False, **made}, {"version": "2", "deployed": True, **made}]
    panel.shelf._show([{"name": "plate", "deployed": "2", "versions": versions}])


def _doctor(screen: Screen) -> None:
    panel = _engineer(screen, 3).findChild(DoctorPanel)
    assert panel is not None
    names = ("python", "memory", "camera cam")
    checks = zip(names, ("ok", "warning", "fail"), ("", "add memory", "check its cable"), strict=True)
    panel._show(
        [{"name": name, "state": state, "text": "so it is", "remedy": remedy} for name, state, remedy in checks]
    )


def _zones(screen: Screen) -> None:
    panel = _engineer(screen, 4).findChild(ZonesPanel)
    assert panel is not None
    screen.until(lambda: panel.board.ground is not None)
    panel.canvas.shape_drawn.emit(Box(640.0, 480.0, 960.0, 800.0))
    panel.card.named.emit("bore")


def _saved_zones(screen: Screen) -> None:
    panel = _engineer(screen, 4).findChild(ZonesPanel)
    assert panel is not None
    panel._saving = Path("zones-of-nobody"), panel.sheet
    panel._finish(0, json.dumps({"recipe": "plate-A", "version": 8, "sha256": "ab" * 32}), "")


def _settings(screen: Screen) -> None:
    screen.shell.go_to(3)


PAGES: dict[str, Callable[[Screen], None]] = {
    "shift": _shift,
    "engineer-cameras": _cameras,
    "engineer-line": _line,
    "engineer-models": _models,
    "engineer-doctor": _doctor,
    "engineer-zones": _zones,
    "engineer-zones-saved": _saved_zones,
    "settings": _settings,
}
