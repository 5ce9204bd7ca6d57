"""The zones of a recipe as JSON, and putting others into its file; whatever else stands there stays as it was written."""

import fcntl
import os
import re
import tempfile
from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager
from pathlib import Path
from typing import Annotated, Any

import tomlkit
import tomlkit.items
from pydantic import Field, ValidationError
from tomlkit.exceptions import TOMLKitError

from station.config import StationConfig
from station.journal.disk import write_durably
from station.line.acceptance import ZoneTable
from station.line.recipe import Recipe, calibrated_in, load_recipe, load_station_recipe
from station.toml_file import MAX_FILE_BYTES, ConfigError, KeyProblemError, StrictModel

PictureSizes = Mapping[str, tuple[int, int]]
"""Width and height in pixels, by the name of the view."""
_POINTS_A_LINE = 8


class ZoneSet(StrictModel):
    """What `station recipe zones --json` prints and `--set` reads; `sha256` is of the recipe that the zones were drawn for."""

    zones: Annotated[tuple[ZoneTable, ...], Field(max_length=64)]
    recipe: str | None = None
    version: int | None = None
    sha256: str | None = None


def zones_json(recipe: Recipe) -> dict[str, Any]:
    """Return the zones of a recipe as JSON, with what identifies the recipe."""
    zones = [zone.model_dump(mode="json") for zone in recipe.zones]
    return {"recipe": recipe.name, "version": recipe.version, "sha256": recipe.sha256, "zones": zones}


def read_zones(path: Path) -> ZoneSet:
    """Read zones from a JSON file.

    Raises
    ------
    ConfigError
        In one sentence that names file, key and remedy.
    """
    try:
        if path.stat().st_size > MAX_FILE_BYTES:
            raise ConfigError(f"{path}: larger than {MAX_FILE_BYTES} bytes, so no zones; name the right file")
        return ZoneSet.model_validate_json(path.read_bytes())
    except OSError as error:
        raise ConfigError(f"{path}: cannot be read: {error.strerror}; name a JSON file with zones") from None
    except ValidationError as error:
        raise ConfigError(f"{path}: {_first_problem(error)}") from None


def _first_problem(error: ValidationError) -> str:
    problem = error.errors(include_url=False)[0]
    if problem["type"] == "json_invalid":
        return (
            f"not valid JSON: {problem['ctx']['error']}; `station recipe zones NAME --json` prints what it looks like"
        )
    cause = problem.get("ctx", {}).get("error")
    keys = problem["loc"] + (cause.path if isinstance(cause, KeyProblemError) else ())
    place = ".".join(str(key) for key in keys) or "the file"
    place = re.sub(r"\.(\d+)", lambda found: f"[{int(found[1]) + 1}]", place)
    text = str(cause) if cause is not None else problem["msg"][0].lower() + problem["msg"][1:]
    return f"{place}: {text.replace('input should', 'must')}"


def check_in_picture(zones: Sequence[ZoneTable], sizes: PictureSizes, source: Path) -> None:
    """Raise `ConfigError` where a corner of a zone lies beyond the picture of its view; views without a size are not checked."""
    for zone in zones:
        width, height = sizes.get(zone.view, (None, None))
        if width is None or height is None:
            continue
        left, top, right, bottom = zone.shape.bounds
        if left < -0.5 or top < -0.5 or right > width - 0.5 or bottom > height - 0.5:
            raise ConfigError(
                f"{source}: zone {zone.name} reaches beyond the picture of view {zone.view}, {width} x {height} pixels;"
                " move its corners into it"
            )


def replace_zones(config: StationConfig, name: str, wanted: ZoneSet, source: Path) -> tuple[Recipe, Recipe]:
    """Put zones in the place of those of a recipe, and raise its version by one; durable on return.

    Returns
    -------
    before, after
        The recipe as it was, and as it is now.

    Raises
    ------
    ConfigError
        If the zones do not fit the recipe, or it has changed since they were drawn; nothing is replaced then.
    StorageError
        If the file cannot be written; it is as it was then.
    """
    path = config.recipe_file(name).resolve()
    with _alone(config.recipes):
        before = load_station_recipe(config, name)
        if wanted.recipe is not None and wanted.recipe != name:
            raise ConfigError(f"{source}: these are the zones of recipe {wanted.recipe}, not of {name}; name that one")
        if wanted.sha256 is not None and wanted.sha256 != before.sha256:
            raise ConfigError(
                f"{path}: recipe {name} has changed since these zones were drawn; read it again, then draw them again"
            )
        text = with_zones(path, wanted.zones, before.version + 1)
        after = _tried(config, path, text, source)
        write_durably(path, text.encode())
    return before, after


def _tried(config: StationConfig, path: Path, text: str, source: Path) -> Recipe:
    """Load a new text of a recipe before it is put in place."""
    with tempfile.TemporaryDirectory() as folder:
        trial = Path(folder) / path.name
        trial.write_bytes(text.encode())
        try:
            return load_recipe(trial, calibrated_in(config.station.data))
        except ConfigError as error:
            problem = re.sub(r"^(, line \d+)?: ", "", error.text.removeprefix(str(trial)))
            raise ConfigError(f"{source}: {path.name} cannot take these zones: {problem}") from None


@contextmanager
def _alone(folder: Path) -> Iterator[None]:
    """Let no other process change a recipe of the folder meanwhile."""
    try:
        descriptor = os.open(folder, os.O_RDONLY | os.O_DIRECTORY)
    except OSError as error:
        raise ConfigError(f"{folder}: cannot be opened: {error.strerror}; check the folder of recipes") from None
    try:
        fcntl.flock(descriptor, fcntl.LOCK_EX)
        yield
    finally:
        os.close(descriptor)


def with_zones(path: Path, zones: Sequence[ZoneTable], version: int) -> str:
    """Return the text of a recipe's file with other zones and another version.

    Zones stand where the first stood, or at the end of the file. The table of a zone that stays, by name and view, keeps its
    comments, as does everything that is no zone.

    Raises
    ------
    ConfigError
        If the file cannot be read, or its zones stand in several places.
    """
    try:
        text = path.read_bytes().decode()
        document = tomlkit.parse(text)
    except (OSError, ValueError, TOMLKitError) as error:
        raise ConfigError(f"{path}: cannot be read: {error}; correct the file") from None
    if document.as_string() != text:
        raise ConfigError(f"{path}: its [[zone]] tables stand in several places; put them together by hand first")
    document["version"] = version
    place = next((i for i, (key, _) in enumerate(document.body) if key is not None and key.key == "zone"), None)
    old = document.get("zone")
    if isinstance(old, tomlkit.items.AoT) and place is not None:
        blocks, rest = _renewed(old, zones)
        document.remove("zone")
        document.body[place] = (None, tomlkit.items.Whitespace(blocks + rest))
        renewed = document.as_string()
    else:
        if old is not None:
            document.remove("zone")
        renewed = document.as_string().rstrip() + "\n" + "".join("\n" + _table(zone) for zone in zones)
    lines = renewed.replace("\r\n", "\n")
    return lines.replace("\n", "\r\n") if "\r\n" in text else lines


def _renewed(old: tomlkit.items.AoT, zones: Sequence[ZoneTable]) -> tuple[str, str]:
    """Return the text of all zones, and what comments follow the last of them: they are about what comes then."""
    kept: dict[tuple[str, str], tuple[str, tomlkit.items.Table]] = {}
    lead = ""
    for table in old.body:
        following = _without_what_follows(table)
        kept[str(table["name"]), str(table["view"])] = lead, table
        lead = following
    blocks = ""
    for zone in zones:
        found = kept.get((zone.name, zone.view))
        above, text = ("\n", _table(zone)) if found is None else (found[0], _changed(found[1], zone))
        above = above if above.startswith(("\n", "\r\n")) else "\n" + above
        blocks += (above if blocks else above.lstrip("\r\n")) + text
    return blocks, lead if blocks else lead.lstrip("\r\n")


def _without_what_follows(table: tomlkit.items.Table) -> str:
    """Take blank lines and comments off the end of a table, and return them: a person wrote them above the next one."""
    body, taken = table.value.body, ""
    while body and body[-1][0] is None:
        taken = body.pop()[1].as_string() + taken
    return taken


def _changed(table: tomlkit.items.Table, zone: ZoneTable) -> str:
    """Return the text of a table of the file with the polygon of a zone, its own where it is the same."""
    if [[float(value) for value in point] for point in table["polygon"].unwrap()] != [list(p) for p in zone.polygon]:
        table["polygon"] = tomlkit.value(_corners(zone))
    if zone.ignore != bool(table.get("ignore", False)):
        table["ignore"] = zone.ignore
    trivia, body = table.trivia, table.as_string()
    return f"{trivia.indent}[[zone]]{trivia.comment_ws}{trivia.comment}\n{body}" + ("" if body.endswith("\n") else "\n")


def _table(zone: ZoneTable) -> str:
    """Return a zone as text."""
    table = tomlkit.table()
    table["name"], table["view"] = zone.name, zone.view
    table["polygon"] = tomlkit.value(_corners(zone))
    if zone.ignore:
        table["ignore"] = True
    return "[[zone]]\n" + table.as_string()


def _corners(zone: ZoneTable) -> str:
    points = [f"[{_number(x)}, {_number(y)}]" for x, y in zone.polygon]
    if len(points) <= _POINTS_A_LINE:
        return f"[{', '.join(points)}]"
    lines = (", ".join(points[start : start + _POINTS_A_LINE]) for start in range(0, len(points), _POINTS_A_LINE))
    return "[\n" + "".join(f"  {line},\n" for line in lines) + "]"


def _number(value: float) -> str:
    return repr(int(value)) if value == int(value) else repr(value)
