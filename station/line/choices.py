"""What people chose at a screen and what must outlive the engine: the recipe, and whether the station is paused.

`choices.json` in the data folder, replaced as a whole. A choice of recipe holds as long as `line.recipe` in station.toml is
what it was when the choice was made: whoever edits the configuration afterwards has the last word.
"""

from pathlib import Path

from pydantic import BaseModel, ConfigDict, ValidationError

from station.journal.disk import write_durably
from station.toml_file import ConfigError

CHOICES_FILE = "choices.json"


class Choices(BaseModel):
    """The file's content; every field has the meaning "nobody chose" when it is None."""

    model_config = ConfigDict(extra="forbid", frozen=True, strict=True)

    recipe: str | None = None
    instead_of: str | None = None
    """What `line.recipe` was at the time."""
    paused: str | None = None
    """Why, in the words of who paused the station."""
    job_by_job: bool = False
    """Whether a program paused it, which may have parts taken one by one meanwhile."""

    def recipe_for(self, configured: str) -> str:
        """Return the recipe to run where station.toml says `configured`."""
        return self.recipe if self.recipe is not None and self.instead_of == configured else configured


def load_choices(data: Path) -> Choices:
    """Read the choices of a data folder; none were made where there is no file.

    Raises
    ------
    ConfigError
        If the file cannot be read; the text names it and the remedy.
    """
    path = data / CHOICES_FILE
    try:
        return Choices.model_validate_json(path.read_bytes())
    except FileNotFoundError:
        return Choices()
    except (OSError, ValidationError) as error:
        cause = error.strerror if isinstance(error, OSError) else "its content is not what the station wrote"
        raise ConfigError(f"{path}: {cause}; delete the file to go back to line.recipe of station.toml") from None


def save_choices(data: Path, choices: Choices) -> None:
    """Replace the file, durable on return; not to be called by two threads at once.

    Raises
    ------
    StorageError
        If it cannot be written; the file is as it was then.
    """
    write_durably(data / CHOICES_FILE, choices.model_dump_json().encode(), attempt="keep the choice")
