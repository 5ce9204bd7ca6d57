"""What belongs to a screen and to no person; a file that cannot be read never keeps a screen from coming up."""

from pathlib import Path

import pytest

from station.ui.screen_file import ScreenFile, ScreenSettings, default_path
from station.ui.theme import ThemeName


def test_what_is_changed_is_there_the_next_time(tmp_path: Path) -> None:
    path = tmp_path / "made" / "screen.json"
    assert ScreenFile(path).change(px_per_mm=5.5, theme=ThemeName.NIGHT) == ""
    assert ScreenFile(path).settings == ScreenSettings(px_per_mm=5.5, theme=ThemeName.NIGHT)


@pytest.mark.parametrize("content", [b"", b"{", b'{"px_per_mm": 0}', b"\xff\xfe", b'{"theme": "pink"}'])
def test_a_file_that_means_nothing_counts_as_none(tmp_path: Path, content: bytes) -> None:
    path = tmp_path / "screen.json"
    path.write_bytes(content)
    assert ScreenFile(path).settings == ScreenSettings()


def test_a_disk_that_takes_nothing_is_said(tmp_path: Path) -> None:
    (tmp_path / "file").write_text("")
    file = ScreenFile(tmp_path / "file" / "screen.json")
    assert "screen.json" in file.change(px_per_mm=5.0)
    assert file.settings.px_per_mm == 5.0, "it counts until the screen ends"


def test_it_lies_in_the_users_own_configuration(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    monkeypatch.setenv("XDG_CONFIG_HOME", str(tmp_path))
    assert default_path() == tmp_path / "inspection-station" / "screen.json"
