"""What people chose outlives the engine, and the configuration has the last word."""

import os
from pathlib import Path

import pytest

from station.journal.errors import StorageError
from station.line.choices import CHOICES_FILE, Choices, load_choices, save_choices
from station.toml_file import ConfigError


def test_nothing_was_chosen_where_there_is_no_file(tmp_path: Path) -> None:
    choices = load_choices(tmp_path)
    assert choices == Choices()
    assert choices.recipe_for("plate-A") == "plate-A"
    assert choices.paused is None


def test_a_choice_holds_until_the_configuration_says_something_else(tmp_path: Path) -> None:
    save_choices(tmp_path, Choices(recipe="plate-B", instead_of="plate-A", paused="lunch"))
    choices = load_choices(tmp_path)
    assert choices.recipe_for("plate-A") == "plate-B"
    assert choices.recipe_for("plate-C") == "plate-C", "somebody has edited line.recipe since"
    assert choices.paused == "lunch"
    assert [path.name for path in tmp_path.iterdir()] == [CHOICES_FILE]


@pytest.mark.parametrize("content", [b"", b"{", b'{"recipe": 3}', b'{"colour": "red"}', b"\xff\xfe"])
def test_a_file_that_is_none_of_ours_is_named_with_the_remedy(tmp_path: Path, content: bytes) -> None:
    (tmp_path / CHOICES_FILE).write_bytes(content)
    with pytest.raises(ConfigError, match=r"choices\.json.*delete the file"):
        load_choices(tmp_path)


def test_a_choice_that_cannot_be_kept_says_so_and_leaves_the_old_one(tmp_path: Path) -> None:
    with pytest.raises(StorageError, match="cannot keep the choice"):
        save_choices(tmp_path / "nowhere", Choices(recipe="plate-B"))
    save_choices(tmp_path, Choices(paused="before"))
    (tmp_path / f".choices.json.{os.getpid()}").mkdir()
    with pytest.raises(StorageError):
        save_choices(tmp_path, Choices(paused="after"))
    assert load_choices(tmp_path).paused == "before"
