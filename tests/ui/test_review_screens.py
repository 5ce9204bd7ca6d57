"""The review's pages in sizes, themes and languages, taken to be looked at; and what can be checked of them without eyes.

With SCREENSHOTS set to a folder the pictures are kept there; with SCREENSHOTS_ALL set to anything, in every language.
"""

import os
from collections.abc import Callable, Iterator
from datetime import UTC, datetime
from pathlib import Path
from uuid import uuid4

import numpy as np
import pytest
from desk_of_parts import CLASSES, PIT, Station, scratch_outline
from overruled import overrule
from pytestqt.qtbot import QtBot
from review_screen import Reviewer, record_parts, reviewing, write_station
from seen_screen import cut_off, too_small

from labeling.annotation import Annotation, Label, Source
from labeling.shapes import Polygon, frozen_points
from station.line.inspection import Author, Verdict, VerdictKind
from station.people.roles import Role
from station.ui.i18n import LANGUAGES
from station.ui.theme import ThemeName

Look = tuple[tuple[int, int], ThemeName, str]
LARGE, SMALL, TALL = (1920, 1080), (1280, 800), (1080, 1920)
LOOKS: list[Look] = [
    (SMALL, ThemeName.DAY, "de"),
    (LARGE, ThemeName.NIGHT, "en"),
    (SMALL, ThemeName.SUNLIGHT, "zh"),
    (TALL, ThemeName.DAY, "ja"),
]
if os.environ.get("SCREENSHOTS_ALL"):
    LOOKS = [
        (size, theme, language)
        for size in (LARGE, SMALL, TALL)
        for theme in ThemeName
        for language in (*LANGUAGES, "ar")
    ]
KEPT = os.environ.get("SCREENSHOTS")
SETTLED_MS = 200 if KEPT else 50


@pytest.fixture(scope="module")
def folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A station with thirty parts, some of which people have said something of."""
    folder = tmp_path_factory.mktemp("review")
    write_station(folder)
    record_parts(folder, _fill, {"Vera": Role.QA, "Otto": Role.OPERATOR})
    return folder


def _fill(station: Station) -> None:
    random = np.random.default_rng(3)
    for number in range(30):
        kind = (VerdictKind.NG, VerdictKind.NG, VerdictKind.NOT_DECIDABLE)[number % 3]
        uid = station.add_part(kind=kind, defects=1 + number % 2)
        if number % 4 == 0:
            when = datetime.now(UTC)
            said = VerdictKind.OK if number % 8 == 0 else VerdictKind.NG
            overrule(station.journal, uid, Verdict(said, Author.OPERATOR, "", when, "Mara"))
            grow = float(random.uniform(0, 8))
            x, y = PIT
            pit = Polygon(frozen_points([[x - 40, y - 35], [x + 45, y - 30], [x + 30, y + 45], [x - 45, y + 30]]))
            scratch = scratch_outline(8 + grow)
            labels = (
                Label(uuid4(), CLASSES[number % 6], scratch, Source.PERSON),
                Label(uuid4(), "pit", pit, Source.PERSON),
            )
            station.journal.annotate(uid, "top", None, Annotation(uuid4(), None, "Mara", when, (1600, 1200), labels))


@pytest.fixture(params=LOOKS, ids=lambda look: f"{look[0][0]}x{look[0][1]}-{look[1].value}-{look[2]}")
def look(request: pytest.FixtureRequest) -> Look:
    return request.param  # type: ignore[no-any-return]


@pytest.fixture
def reviewer(
    folder: Path, look: Look, qtbot: QtBot, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> Iterator[Reviewer]:
    monkeypatch.setenv("XDG_CONFIG_HOME", str(tmp_path / "config"))
    with reviewing(folder, folder / "station.toml", qtbot, *look) as reviewer:
        reviewer.window.go_to(0)
        yield reviewer


def _take(reviewer: Reviewer, look: Look, scene: str) -> None:
    reviewer.qtbot.wait(SETTLED_MS)
    (width, height), theme, language = look
    window = reviewer.window
    assert (window.width(), window.height()) == (width, height), f"{scene}: the window was pushed to another size"
    picture = window.grab()
    if KEPT:
        Path(KEPT).mkdir(parents=True, exist_ok=True)
        assert picture.save(f"{KEPT}/review-{scene}-{theme.value}-{language}-{width}x{height}.png")
    assert not cut_off(window), f"{scene}: words are cut off"
    assert not too_small(window), f"{scene}: too small for a glove"


def test_every_scene(reviewer: Reviewer, look: Look) -> None:
    _take(reviewer, look, "login")
    reviewer.log_in()
    for scene, arrange in SCENES.items():
        arrange(reviewer)
        _take(reviewer, look, scene)


def _queue(reviewer: Reviewer) -> None:
    listing = reviewer.window.queue.listing
    reviewer.until(lambda: bool(listing.items) and reviewer.window.queue.begin.isEnabled())


def _one(reviewer: Reviewer) -> None:
    reviewer.window.queue.begin.click()
    reviewer.until_part()


def _heat(reviewer: Reviewer) -> None:
    reviewer.window.one.bar.heat.click()


def _rework(reviewer: Reviewer) -> None:
    reviewer.window.one.bar.heat.click()
    reviewer.hands.time_s += 1.0
    reviewer.window.one.column.needs_rework.click()


def _edit(reviewer: Reviewer) -> None:
    one = reviewer.window.one
    one.judging.drop_question()
    one.column.edit.click()
    reviewer.until(lambda: one.ng.active)


def _said(reviewer: Reviewer) -> None:
    one, lending = reviewer.window.one, reviewer.window.lending
    one.ng.page.back.click()
    reviewer.until_part()
    one.judging.accept()
    reviewer.until_saved()
    reviewer.until_part()
    lending.go(lending.at - 1)
    reviewer.until_part()


def _keys(reviewer: Reviewer) -> None:
    reviewer.window._show_keys()


def _book(reviewer: Reviewer) -> None:
    reviewer.window._show_keys()
    book = reviewer.window.one.ng.book
    reviewer.window.one._open_book()
    reviewer.until(lambda: bool(book.class_name))
    reviewer.qtbot.wait(300)


def _grid(reviewer: Reviewer) -> None:
    reviewer.window.one.ng.book.close_book()
    grid = reviewer.window.grid
    reviewer.window.go_to(2)
    reviewer.until(lambda: len(grid.board.crops) == 24 and all(crop.sharp for crop in grid.board.crops))
    grid.board.go(1, 1)
    grid.board.toggle()
    grid.board.go(1, 0, selecting=True)


def _compare(reviewer: Reviewer) -> None:
    window = reviewer.window
    items = window.queue.listing.items
    mara = next(item for item in items if item.by is Author.OPERATOR and not reviewer.words(item.uid))
    window.lending.open(mara.uid)
    window.go_to(3)
    reviewer.until(lambda: len(window.compare.opinions) > 1)


def _settings(reviewer: Reviewer) -> None:
    reviewer.window.go_to(5)
    reviewer.qtbot.wait(300)


SCENES: dict[str, Callable[[Reviewer], None]] = {
    "queue": _queue,
    "one": _one,
    "one-heat": _heat,
    "one-rework": _rework,
    "one-edit": _edit,
    "one-said": _said,
    "keys": _keys,
    "one-book": _book,
    "grid": _grid,
    "compare": _compare,
    "settings": _settings,
}
