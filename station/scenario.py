"""A scenario: what a simulated or replay camera does wrong, and when, as a file."""

from pathlib import Path
from typing import Annotated, Self

from pydantic import AfterValidator, Field, model_validator

from camera.backends.fault_script import TIMED, Fault
from station.toml_file import StrictModel, load_toml, not_empty


class FaultTable(StrictModel):
    """[[fault]]: one kind, at one trigger, at every one of a range, or for a share of all others."""

    kind: Annotated[Fault, Field(strict=False)]
    at: Annotated[int, Field(ge=0)] | None = None
    until: Annotated[int, Field(ge=0)] | None = None
    share: Annotated[float, Field(gt=0, le=1)] | None = None
    seconds: Annotated[float, Field(gt=0)] | None = None

    @model_validator(mode="after")
    def _fits_together(self) -> Self:
        if (self.at is None) == (self.share is None):
            raise ValueError("write either at = TRIGGER or share = 0.02")
        if self.until is not None and (self.at is None or not self.at <= self.until < self.at + MOST):
            raise ValueError(f"until is the last trigger of a range of at most {MOST} that begins with at")
        if (self.kind in TIMED) != (self.seconds is not None):
            raise ValueError("seconds belong to silent and late, and to nothing else")
        return self

    @property
    def script(self) -> str:
        """The same in words of `parse_faults`."""
        seconds = "" if self.seconds is None else f":{self.seconds:f}"
        if self.at is None:
            return f"{self.kind}={self.share:f}{seconds}"
        last = self.at if self.until is None else self.until
        return ", ".join(f"{self.kind}@{number}{seconds}" for number in range(self.at, last + 1))


MOST = 1000


class Scenario(StrictModel):
    """The file."""

    fault: Annotated[tuple[FaultTable, ...], AfterValidator(not_empty)]


def read_scenario(path: Path) -> str:
    """Read a scenario as a script of faults. Raises `ConfigError` in one line that names file, line, key and remedy."""
    return ", ".join(table.script for table in load_toml(path, Scenario).fault)
