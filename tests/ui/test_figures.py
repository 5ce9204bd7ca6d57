"""The page Figures of the review: worked out in the background out of a journal of known parts."""

import random
from collections.abc import Iterator
from datetime import timedelta
from pathlib import Path

import pytest
from fake_desk import Desk, make_desk
from judged_parts import START, decide, moments, outline, record_known
from PySide6.QtCore import QRectF
from PySide6.QtGui import QPainter, QPixmap
from pytestqt.qtbot import QtBot

from station.journal.store import Journal
from station.line.inspection import VerdictKind
from station.quality.attribute_study import Trial, appraise
from station.ui.review.figure_charts import KnownChart
from station.ui.review.figures import FiguresPage

NOW = START + timedelta(hours=23)
LONG_MS = 30_000


@pytest.fixture
def desk(tmp_path: Path, qtbot: QtBot) -> Iterator[Desk]:
    config = tmp_path / "station.toml"
    config.write_text('[[camera]]\nname = "top"\n[shift]\nzone = "UTC"\n')
    Journal.open(tmp_path / "data", audit_key_path=tmp_path / "audit.key").close()
    desk = make_desk(tmp_path / "data", tmp_path / "screen.json", config=config, now=NOW)
    yield desk
    desk.stop()


def _fill(folder: Path) -> None:
    chance, times = random.Random(3), moments(START + timedelta(hours=5))
    with Journal.open(folder / "data", audit_key_path=folder / "audit.key") as journal:
        known = record_known(journal, 120, bad_share=0.3)
        for who, miss, alarm in (("Ann", 0.2, 0.05), ("Bob", 0.05, 0.02)):
            for part in known:
                bad = chance.random() >= miss if part.bad else chance.random() < alarm
                decide(journal, part, who, VerdictKind.NG if bad else VerdictKind.OK, next(times))
        outline(journal, next(part for part in known if part.bad), "Ann", next(times))


def _shown(desk: Desk, qtbot: QtBot, size: tuple[int, int]) -> FiguresPage:
    page = FiguresPage(desk.context)
    qtbot.addWidget(page, before_close_func=lambda widget: widget.stop())
    page.resize(*size)
    page.show()
    page.entered()
    return page


@pytest.mark.parametrize("size", [(1920, 1000), (1080, 1780)])
def test_the_page_shows_what_people_did(desk: Desk, qtbot: QtBot, tmp_path: Path, size: tuple[int, int]) -> None:
    _fill(tmp_path)
    page = _shown(desk, qtbot, size)
    qtbot.waitUntil(lambda: "Ann" in page.work.text(), timeout=LONG_MS)
    assert "Ann: 120 verdicts, 1 outlined views" in page.work.text()
    assert "Ann · Bob" in page.agreement.text()
    assert "Krippendorff's alpha: 0" in page.agreement.text()
    assert "PSI" in page.escapes.text()
    page.grab().save(str(tmp_path / "figures.png"))


def test_without_parts_it_says_so(desk: Desk, qtbot: QtBot) -> None:
    page = _shown(desk, qtbot, (1600, 900))
    qtbot.waitUntil(lambda: bool(page.work.text()), timeout=LONG_MS)
    assert page.work.text() == "Nobody decided or outlined anything."
    assert "not enough data" in page.agreement.text()
    assert "not enough data" in page.escapes.text()


def test_another_period_is_one_key_away(desk: Desk, qtbot: QtBot, tmp_path: Path) -> None:
    _fill(tmp_path)
    page = _shown(desk, qtbot, (1600, 900))
    qtbot.waitUntil(lambda: "Ann" in page.work.text(), timeout=LONG_MS)
    page.periods[2].click()
    assert page.periods[2].isChecked()
    assert not page.periods[0].isChecked()
    page.left()


def test_more_people_than_there_is_room_for_are_counted(desk: Desk, qtbot: QtBot) -> None:
    chart = KnownChart(desk.context.theme, desk.context.language)
    qtbot.addWidget(chart)
    chart.resize(600, 260)
    chart.show_appraisers(appraise(Trial(part, f"P{part % 30:02}", False, part % 2 == 0) for part in range(900)))
    pixmap = QPixmap(600, 260)
    painter = QPainter(pixmap)
    rows = chart._fitting(painter, QRectF(0, 0, 600, 260), 240)
    painter.end()
    assert 0 < len(rows) < 30
    assert not chart.grab().isNull()
