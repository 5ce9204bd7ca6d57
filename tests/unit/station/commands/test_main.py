"""The program's own process gives way to the line where a command says so; whoever else calls the command does not."""

import sys
from pathlib import Path

import pytest

from station.commands.main import main

LEARN = "learn --config {none} --from journal"


@pytest.fixture
def lowered(monkeypatch: pytest.MonkeyPatch) -> list[bool]:
    """One entry for each time the process was to be lowered."""
    asked: list[bool] = []
    monkeypatch.setattr("station.line.priority.put_behind", lambda: asked.append(True))
    return asked


@pytest.mark.parametrize(
    ("words", "behind"),
    [
        (LEARN, True),
        ("learn --config {none}", False),
        ("models evaluate plate --config {none}", True),
        ("models compare plate@1 plate@2 --config {none}", True),
        ("models quantize plate --config {none}", True),
        ("models list --config {none}", False),
        ("dataset prelabel --model sharp@7 --data {none}", True),
        ("dataset prelabel {none} --format coco --model sharp@7 --data {none}", False),
        ("parts --data {none}", False),
    ],
)
def test_what_may_run_beside_a_line_gets_what_it_leaves(
    words: str, behind: bool, lowered: list[bool], tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(sys, "argv", ["station", *words.format(none=tmp_path / "none").split()])
    assert main() != 0, "there is no station there"
    assert lowered == [True] * behind


def test_a_command_that_is_called_leaves_its_caller_alone(lowered: list[bool], tmp_path: Path) -> None:
    assert main(LEARN.format(none=tmp_path / "none").split()) != 0
    assert lowered == []
