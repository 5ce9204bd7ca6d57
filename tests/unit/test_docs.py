import re
import tomllib
from pathlib import Path

import pytest
from pydantic import BaseModel

from camera.backends.genicam import GenicamOptions
from camera.backends.replay import ReplayOptions
from camera.backends.simulated import Options as SimulatedOptions
from plc.registers import standard_table
from station.commands.main import COMMANDS
from station.config import (
    AssetTable,
    AssistTable,
    CameraTable,
    LineTable,
    ModelTable,
    OpcuaTable,
    PeopleTable,
    PlcTable,
    PlcTag,
    ShiftTable,
    StationConfig,
    StationTable,
    StorageTable,
    load_station,
)
from station.delivery.settings import DeliveryTable
from station.keeping.table import RetentionTable
from station.line.acceptance import RuleTable, ZoneTable
from station.line.recipe import ClassTable, HealthTable, LearnTable, OperatorTable, Recipe, RecipeView, RuleLimits
from station.mask_table import MaskTable

ROOT = Path(__file__).parents[2]
PAGES = sorted([*ROOT.glob("*.md"), *ROOT.glob("docs/**/*.md")])
CONFIGURATION = (ROOT / "docs/configuration.md").read_text()

SECTIONS: dict[str, tuple[type[BaseModel], str]] = {
    "station": (StationTable, "### `[station]`"),
    "camera": (CameraTable, "### `[[camera]]`"),
    "plc": (PlcTable, "### `[plc]`"),
    "tag": (PlcTag, "Each tag is a line"),
    "line": (LineTable, "### `[line]`"),
    "storage": (StorageTable, "### `[storage]`"),
    "retention": (RetentionTable, "### `[retention]`"),
    "mask": (MaskTable, "Each `[[camera.mask]]`"),
    "model": (ModelTable, "### `[model]`"),
    "assist": (AssistTable, "### `[assist]`"),
    "recipe": (Recipe, "## recipes/"),
    "view": (RecipeView, "### `[[view]]`"),
    "health": (HealthTable, "### `[view.health]`"),
    "rules": (RuleLimits, "### `[rules]`"),
    "learn": (LearnTable, "### `[learn]`"),
    "operator": (OperatorTable, "### `[operator]`"),
    "class": (ClassTable, "### `[[class]]`"),
    "rule": (RuleTable, "### `[[rule]]`"),
    "zone": (ZoneTable, "### `[[zone]]`"),
    "people": (PeopleTable, "### `[people]`"),
    "shift": (ShiftTable, "### `[shift]`"),
    "opcua": (OpcuaTable, "### `[opcua]`"),
    "asset": (AssetTable, "### `[asset]`"),
    "delivery": (DeliveryTable, "### `[[delivery]]`"),
}


def _rows(text: str) -> dict[str, str]:
    """Give the first table of a text: key to default."""
    rows: dict[str, str] = {}
    for line in text.splitlines():
        if found := re.match(r"\| (`.*?`) \| (.*?) \|", line):
            for key in re.findall(r"`(\w+)`", found[1]):
                rows[key] = found[2]
        elif rows and not line.startswith("|"):
            break
    return rows


@pytest.mark.parametrize(("model", "heading"), SECTIONS.values(), ids=SECTIONS)
def test_the_reference_has_exactly_the_keys_there_are(model: type[BaseModel], heading: str) -> None:
    rows = _rows(CONFIGURATION[CONFIGURATION.index(heading) :])
    keys = {info.alias or name for name, info in model.model_fields.items()}
    assert (
        set(rows) == keys - {"view", "rules", "rule", "zone", "learn", "operator", "class"}
        if model is Recipe
        else set(rows) == keys
    )


@pytest.mark.parametrize(("model", "heading"), SECTIONS.values(), ids=SECTIONS)
def test_the_reference_gives_the_true_defaults(model: type[BaseModel], heading: str) -> None:
    for key, default in _rows(CONFIGURATION[CONFIGURATION.index(heading) :]).items():
        info = next(info for name, info in model.model_fields.items() if key in {name, info.alias})
        if default == "**required**":
            assert info.is_required(), key
        elif re.fullmatch(r"`[^`]+`", default):
            shown = tomllib.loads(f"value = {default.strip('`')}")["value"]
            assert (tuple(shown) if isinstance(shown, list) else shown) == (
                str(info.default) if isinstance(info.default, Path) else info.default
            ), key
        else:
            assert not info.is_required(), key


def test_every_table_of_the_station_is_described() -> None:
    for name in StationConfig.model_fields:
        assert f"### `[{name}]`" in CONFIGURATION or f"### `[[{name}]]`" in CONFIGURATION


@pytest.mark.parametrize(
    ("options", "backend"),
    [(GenicamOptions, "genicam"), (ReplayOptions, "replay"), (SimulatedOptions, "simulated")],
)
def test_the_options_of_backends_are_described(options: type, backend: str) -> None:
    rows = _rows(CONFIGURATION[CONFIGURATION.index(f"Options of the backend `{backend}`") :])
    assert set(rows) == set(options.__dataclass_fields__)  # type: ignore[attr-defined]


def test_the_register_map_is_the_true_one() -> None:
    page = (ROOT / "docs/how-to/connect-a-plc.md").read_text()
    found = re.findall(r"^\| (\d+)(?:\D(\d+))? \| `(\w+)` \|", page, re.MULTILINE)
    shown = {name: range(int(first), int(last or first) + 1) for first, last, name in found}
    assert shown == {name: tag.addresses for name, tag in standard_table().items()}


@pytest.mark.parametrize("page", sorted(ROOT.glob("docs/how-to/*.md")), ids=lambda page: page.stem)
def test_every_example_of_a_configuration_loads(page: Path, tmp_path: Path) -> None:
    for example in re.findall(r"^( *)```toml\n(.*?)^ *```", page.read_text(), re.MULTILINE | re.DOTALL):
        text = "\n".join(line.removeprefix(example[0]) for line in example[1].splitlines())
        camera = "" if "[[camera]]" in text else '\n[[camera]]\nname = "camera-1"\n'
        path = tmp_path / "station.toml"
        path.write_text(text + camera)
        assert load_station(path).camera[0].name == "camera-1"


def test_every_command_is_described() -> None:
    page = (ROOT / "docs/command-line.md").read_text()
    assert [name for name in COMMANDS if f"`station {name}" not in page] == []


@pytest.mark.parametrize("page", PAGES, ids=lambda page: str(page.relative_to(ROOT)))
def test_links_within_the_repository_lead_somewhere(page: Path) -> None:
    targets = re.findall(r"\]\(([^)#]+)(?:#[^)]*)?\)", page.read_text())
    dead = [target for target in targets if "://" not in target and not (page.parent / target).exists()]
    assert dead == []


def test_every_decision_is_in_the_index() -> None:
    index = (ROOT / "docs/decisions/README.md").read_text()
    decisions = sorted(path.name for path in (ROOT / "docs/decisions").glob("[0-9]*.md"))
    assert decisions
    assert [name for name in decisions if f"({name})" not in index] == []
    numbers = [name[:4] for name in decisions]
    assert len(set(numbers)) == len(numbers)
