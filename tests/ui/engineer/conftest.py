"""The page Engineer of a station whose folder and size a test file may choose: it has a fixture `plant` of its own then."""

import sys
from collections.abc import Callable, Iterator
from dataclasses import replace
from pathlib import Path
from uuid import UUID

import numpy as np
import pytest
from engineer_page import FAKE, SHELF, FakeStation, Plant, pictured, record_part
from fake_desk import Desk, make_desk
from pytestqt.qtbot import QtBot

from station.line.inspection import View
from station.ui import child
from station.ui.engineer.page import EngineerPage


@pytest.fixture
def plant() -> Plant:
    return Plant()


@pytest.fixture
def config(plant: Plant, tmp_path: Path) -> Path:
    data = tmp_path / "data"
    (data / "recipes").mkdir(parents=True)
    (data / "recipes" / "plate-A.toml").write_text(plant.recipe)
    (data / "station.toml").write_text(f'[station]\naudit_key = "{tmp_path}/audit.key"\n{plant.station}')
    return data / "station.toml"


@pytest.fixture
def desk(config: Path, tmp_path: Path, qtbot: QtBot) -> Iterator[Desk]:
    desk = make_desk(config.parent, tmp_path / "screen.json", config=config)
    yield desk
    desk.stop()


@pytest.fixture
def page(desk: Desk, plant: Plant, qtbot: QtBot) -> Iterator[EngineerPage]:
    page = EngineerPage(desk.context)
    qtbot.addWidget(page)
    page.resize(*plant.size)
    page.show()
    yield page
    page.left()  # gives its keys back


@pytest.fixture
def record(config: Path) -> Callable[..., UUID]:
    """Record a part with a picture, the left half of which has a grey value; None: without one."""
    numbers = iter(range(1, 100))

    def record(grey: int | None, **fields: object) -> UUID:
        view = View("top", "cam")
        pixels = np.full((256, 320), 250, np.uint8)
        pixels[:, :160] = grey or 0
        return record_part(
            config,
            next(numbers),
            lambda journal: [
                replace(view if grey is None else pictured(journal, "top", "cam", pixels), **fields)  # type: ignore[arg-type]
            ],
        )

    return record


@pytest.fixture
def station(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> FakeStation:
    folder = tmp_path / "station"
    folder.mkdir()
    (folder / "station.py").write_text(FAKE)
    monkeypatch.setattr(child, "PROGRAM", (sys.executable, str(folder / "station.py")))
    fake = FakeStation(folder)
    fake.says("list", SHELF)
    return fake
