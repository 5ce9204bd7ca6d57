"""What belongs to this screen and to no person: how many pixels a millimetre has, theme and language before a login."""

import logging
import os
from pathlib import Path
from typing import Annotated

from pydantic import BaseModel, ConfigDict, Field, ValidationError

from station.ui.theme import DEFAULT_PX_PER_MM, MAX_PX_PER_MM, MIN_PX_PER_MM, ThemeName

_log = logging.getLogger(__name__)


class ScreenSettings(BaseModel):
    """The file's content."""

    model_config = ConfigDict(extra="ignore", frozen=True)

    px_per_mm: Annotated[float, Field(ge=MIN_PX_PER_MM, le=MAX_PX_PER_MM)] = DEFAULT_PX_PER_MM
    calibrated: bool = False
    """Whether somebody has measured the screen; otherwise `px_per_mm` is a guess."""
    theme: ThemeName = ThemeName.DAY
    language: str = "en"


def default_path() -> Path:
    """`screen.json` in the user's configuration folder (XDG Base Directory Specification)."""
    return Path(os.environ.get("XDG_CONFIG_HOME") or Path.home() / ".config") / "inspection-station" / "screen.json"


class ScreenFile:
    """The settings and where they are kept; a file that cannot be read counts as none, for a screen must come up."""

    def __init__(self, path: Path | None = None) -> None:
        self._path = path or default_path()
        try:
            self.settings = ScreenSettings.model_validate_json(self._path.read_bytes())
        except FileNotFoundError:
            self.settings = ScreenSettings()
        except (OSError, ValidationError) as error:
            _log.warning("%s: not used (%s)", self._path, error)
            self.settings = ScreenSettings()

    def change(self, **values: object) -> str:
        """Change some settings and keep them; returns why they could not be kept, empty where they were."""
        self.settings = ScreenSettings.model_validate({**self.settings.model_dump(), **values})
        temporary = self._path.with_suffix(".new")
        try:
            self._path.parent.mkdir(parents=True, exist_ok=True)
            temporary.write_text(self.settings.model_dump_json(indent=2) + "\n", encoding="utf-8")
            temporary.replace(self._path)
        except OSError as error:
            return f"{self._path}: {error.strerror}"
        return ""
