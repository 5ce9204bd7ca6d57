"""A rig for tests that run the station as real processes: one small learned line, copied for each test."""

import shutil
from collections.abc import Iterator
from pathlib import Path

import pytest
from rig import Rig, learn_small_line, small_plan, unused_port

from station.demo.layout import write_files


@pytest.fixture(scope="session")
def learned(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Return a data folder with a learned and deployed model and no parts."""
    data = tmp_path_factory.mktemp("learned")
    learn_small_line(data)
    return data


@pytest.fixture
def rig(learned: Path, tmp_path: Path) -> Iterator[Rig]:
    """A learned line, not yet started."""
    data = tmp_path / "data"
    shutil.copytree(learned, data)
    plan, port = small_plan(data), unused_port()
    write_files(plan, port)
    line = Rig(plan, port, tmp_path / "plc.jsonl")
    yield line
    line.end()
