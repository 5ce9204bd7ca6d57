"""The demo's own configuration: written as files, so that the demo is an ordinary station that anyone can look into."""

import socket
from dataclasses import dataclass
from pathlib import Path

STATION = """\
# The virtual line's station, written by `station demo`.
[station]
name = "virtual-line"
data = "."

[[camera]]
name = "top"
trigger = "software"
frame_deadline_ms = 3000
{camera}

[plc]
mode = "server"
host = "127.0.0.1"
port = {port}

[line]
recipe = "plate-A"
trigger = "plc"
takt_ms = {takt_ms}
part_deadline_ms = {part_deadline_ms}
queue = 8

[storage]
min_free_mb = 200

[opcua]
{opcua}
"""

SIMULATED = """\
backend = "simulated"

[camera.options]
seed = {seed}
width = {width}
height = {height}"""

REPLAY = """\
backend = "replay"

[camera.options]
folder = "{pictures}"
loop = true"""

RECIPE = """\
# A machined plate, 122.4 mm across the picture.
name = "plate-A"
version = 1
number = 1
pixel_size_um = {pixel_size_um}

[[view]]
name = "top"
camera = "top"
model = "plate-A"

[operator]
wait_ms = {wait_ms}

[learn]
parts = {learn_parts}
smallest_defect_mm = 0.5
registered = true
"""

FIELD_OF_VIEW_MM = 122.4
"""Width of the picture on the part; the virtual camera's lens does not change with its sensor."""
STANDARD_PORT, STANDARD_OPCUA_PORT = 1502, 4840


@dataclass(frozen=True, slots=True)
class DemoPlan:
    """What a demo does."""

    data: Path
    parts: int
    seed: int
    takt_ms: int
    width: int
    height: int
    learn_parts: int
    gate_pitch: int = 3
    """Parts between camera and reject gate: a verdict has that many takts to arrive."""
    pictures: str | None = None
    """A folder within the data folder whose pictures the camera shows, over and over, in place of virtual parts."""
    window: tuple[int, int] | None = None
    """Width and height of the operator's screen; None: headless."""

    @property
    def config(self) -> Path:
        """The station's configuration."""
        return self.data / "station.toml"

    @property
    def plc_log(self) -> Path:
        """What the virtual PLC writes of every part that left its gate."""
        return self.data / "plc.jsonl"

    @property
    def camera(self) -> str:
        """The camera's backend and options, as they stand in `station.toml`."""
        return (SIMULATED if self.pictures is None else REPLAY).format(
            seed=self.seed, width=self.width, height=self.height, pictures=self.pictures
        )

    @property
    def wait_ms(self) -> int:
        """How long a part that is not decidable may wait for a person and still be told before its gate."""
        return max(1, int(self.takt_ms * (self.gate_pitch - 1)))

    @property
    def part_deadline_ms(self) -> int:
        """A little before the gate, so that a late part is a recorded fault rather than a missing verdict."""
        return max(1, int(self.takt_ms * (self.gate_pitch - 0.5)))


def free_port(standard: int) -> int:
    """Return a port, or any free one when that is taken."""
    for port in (standard, 0):
        with socket.socket() as probe:
            probe.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
            try:
                probe.bind(("127.0.0.1", port))
            except OSError:
                continue
            return int(probe.getsockname()[1])
    raise OSError("no free TCP port on 127.0.0.1")


def write_files(plan: DemoPlan, port: int, opcua_port: int | None = None) -> None:
    """Write `station.toml` and the recipe into the demo's data folder; without an OPC UA port there is no gateway."""
    recipes = plan.data / "recipes"
    recipes.mkdir(parents=True, exist_ok=True)
    plan.config.write_text(
        STATION.format(
            camera=plan.camera,
            port=port,
            opcua="enabled = false" if opcua_port is None else f"port = {opcua_port}",
            takt_ms=plan.takt_ms,
            part_deadline_ms=plan.part_deadline_ms,
        )
    )
    pixel_size_um = round(FIELD_OF_VIEW_MM * 1000 / plan.width, 3)
    recipe = RECIPE.format(pixel_size_um=pixel_size_um, learn_parts=plan.learn_parts, wait_ms=plan.wait_ms)
    (recipes / "plate-A.toml").write_text(recipe)
