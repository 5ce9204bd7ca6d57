"""An OPC UA server over results and a line that a test commands: a process of its own, one JSON order a line on stdin.

Orders: {"publish": [{…}, …]}, {"line": {…}}, {"refuse": "text" or null}. Each is answered by a line {"done": true}; calls that
reach the line come as {"line": method, …}, audit entries as {"audit": event, …}. First comes {"port": number}.
"""

import asyncio
import hashlib
import io
import json
import logging
import os
import sys
import zipfile
from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import UTC, datetime
from pathlib import Path
from typing import Any, BinaryIO

from plc.opcua.ports import (
    Asset,
    Configuration,
    Defect,
    Evaluation,
    Fault,
    Identity,
    KeptCondition,
    LineState,
    Maintenance,
    Nameplate,
    Picture,
    PortError,
    Recipe,
    Result,
    ResultFilter,
    ResultState,
    Role,
    UsedModel,
    User,
)
from plc.opcua.server import Ports, VisionServer
from plc.opcua.settings import Limits, ServerSettings

PASSWORD = "a good password"
USERS = {"observer": Role.OBSERVER, "mes": Role.MES, "engineer": Role.ENGINEER}
PLATE = Identity("plate-A", "3", "ab" * 32)
OTHER = Identity("plate-B", "1", "cd" * 32)
START = datetime(2026, 5, 1, 6, tzinfo=UTC)
PIXELS = bytes(range(256)) * 600
CONFIGURATION = Configuration(Identity("station-1", "", "12" * 32), START)


def say(**message: Any) -> None:
    os.write(1, (json.dumps(message) + "\n").encode())


class Users:
    def check(self, name: str, password: str) -> User | None:
        return User(name, USERS[name]) if name in USERS and password == PASSWORD else None


class Recipes:
    """Takes whatever begins with `good`."""

    largest_bytes = 100_000

    def __init__(self) -> None:
        self.made = {PLATE.id: (PLATE, b"plate A"), OTHER.id: (OTHER, b"plate B")}

    async def all(self) -> tuple[Recipe, ...]:
        return tuple(Recipe(identity, START) for identity, _ in self.made.values())

    async def content(self, recipe: Identity) -> bytes:
        return self.made[recipe.id][1]

    async def store(self, wanted: Identity, content: bytes) -> Identity:
        if not content.startswith(b"good"):
            raise PortError("low = 3: must not be greater than 1")
        identity = Identity(wanted.id, "7", hashlib.sha256(content).hexdigest())
        self.made[wanted.id] = identity, content
        return identity

    async def remove(self, recipe: str) -> None:
        del self.made[recipe]


@dataclass
class Results:
    made: list[Result] = field(default_factory=list)

    def make(self, wanted: Mapping[str, Any]) -> Result:
        number = len(self.made) + 1
        evaluation = Evaluation[wanted.get("verdict", "OK")]
        defect = Defect("scratch", "top", 0.9, 10.0, 20.0, 30.0, 4.0, 1.5)
        result = Result(
            sequence=number,
            result_id=wanted.get("id", f"result-{number}"),
            part_id=wanted.get("part", f"SN-{number}"),
            job_id=wanted.get("job", f"job-{number}"),
            meas_id=wanted.get("meas", ""),
            product=wanted.get("product", ""),
            partial=wanted.get("partial", False),
            simulated=False,
            state=ResultState.PROCESSING if wanted.get("partial") else ResultState.COMPLETED,
            evaluation=evaluation,
            reason="top: scratch 0.9; limit 0.5",
            by=wanted.get("by", "rules"),
            author=wanted.get("author", ""),
            supersedes=wanted.get("supersedes", ""),
            recipe=PLATE,
            configuration=Identity("station-1"),
            creation_time=START,
            start_time=START,
            end_time=START,
            score=0.9,
            model="plate-A/2",
            worst_class="scratch" if evaluation is Evaluation.NOT_OK else "",
            defects=(defect,) if evaluation is Evaluation.NOT_OK else (),
            pictures=(Picture("top", "image/png", "ef" * 32),) if wanted.get("pictures", True) else (),
            models=(UsedModel("top", "plate-A", "2", "98" * 32),),
        )
        self.made.append(result)
        return result

    async def by_id(self, result_id: str) -> Result | None:
        return next((result for result in self.made if result.result_id == result_id), None)

    async def latest(self) -> Result | None:
        return self.made[-1] if self.made else None

    async def page(self, wanted: ResultFilter, start: int, count: int) -> tuple[Result, ...]:
        return tuple(result for result in self.made if fits(result, wanted))[start : start + count]

    async def ids(self, wanted: ResultFilter, count: int) -> tuple[str, ...]:
        return tuple(result.result_id for result in self.made if fits(result, wanted))[-count:]

    async def parts(self) -> int:
        return sum(not result.supersedes for result in self.made)

    async def archive(self, result: Result) -> BinaryIO | None:
        if not result.pictures:
            return None
        archive = io.BytesIO()
        with zipfile.ZipFile(archive, "w") as into:
            into.writestr("top.png", PIXELS)
        archive.seek(0)
        return archive


def fits(result: Result, wanted: ResultFilter) -> bool:
    asked = (
        (wanted.state, result.state),
        (wanted.evaluation, result.evaluation),
        (wanted.part_id, result.part_id),
        (wanted.recipe_id, result.recipe.id),
        (wanted.job_id, result.job_id),
        (wanted.meas_id, result.meas_id),
        (wanted.product, result.product),
        (wanted.configuration_id, result.configuration.id),
    )
    return all(want in {None, has} for want, has in asked)


class Configurations:
    """Takes whatever begins with `good`."""

    active = CONFIGURATION
    largest_bytes = 100_000

    def __init__(self) -> None:
        self.made = {CONFIGURATION.identity: b"the active one"}

    def why_not(self, configuration: str) -> str:
        return f"to use it, put {configuration} in its place and start the station again"

    async def waiting(self) -> tuple[Configuration, ...]:
        return tuple(Configuration(one, START) for one in self.made if one != self.active.identity)

    async def content(self, configuration: Identity) -> bytes:
        return self.made[configuration]

    async def store(self, wanted: Identity, content: bytes) -> Identity:
        if not content.startswith(b"good"):
            raise PortError("line 3, takt_ms: must be greater than 0")
        identity = Identity(wanted.id, "", hashlib.sha256(content).hexdigest())
        self.made[identity] = content
        return identity

    async def remove(self, configuration: str) -> None:
        self.made = {one: content for one, content in self.made.items() if one.id != configuration}


class Products:
    def __init__(self) -> None:
        self.links: dict[str, str] = {}

    async def link(self, product: str, recipe: str) -> None:
        self.links[product] = recipe

    async def unlink(self, *products: str) -> None:
        for product in products:
            del self.links[product]


class Acknowledgements:
    sequence = 0

    async def acknowledge(self, sequence: int) -> None:
        self.sequence = max(self.sequence, sequence)


class HaltMark:
    stands = False

    async def keep(self, *, stands: bool) -> None:
        self.stands = stands


class Conditions:
    """With a fault from before the start that nobody has confirmed."""

    kept = (KeptCondition(Fault("storage", "storage", "The disk was full."), False, True, False, "on my way", "Ann"),)

    async def read(self) -> tuple[KeptCondition, ...]:
        return self.kept

    async def keep(self, conditions: tuple[KeptCondition, ...]) -> None:
        self.kept = conditions
        say(kept=len(conditions))


class Line:
    """A line that does as it is told, or refuses everything."""

    def __init__(self) -> None:
        self.refusal: str | None = None
        self.jobs = 0

    def _told(self, method: str, **details: str) -> None:
        if self.refusal is not None:
            raise PortError(self.refusal)
        say(line=method, **details)

    async def trigger(self, part_id: str, meas_id: str, product: str) -> str:
        self._told("trigger", part_id=part_id, meas_id=meas_id, product=product)
        self.jobs += 1
        return f"single-{self.jobs}"

    async def run(self, part_id: str, meas_id: str, product: str) -> str:
        self._told("run", part_id=part_id, meas_id=meas_id, product=product)
        return "run-1"

    async def pause(self, reason: str) -> None:
        self._told("pause", reason=reason)

    async def change_recipe(self, recipe: str) -> None:
        self._told("change_recipe", recipe=recipe)

    async def audit(self, event: str, details: Mapping[str, str]) -> None:
        say(audit=event, **details)


def line_state(order: Mapping[str, Any]) -> LineState:
    return LineState(
        attached=order.get("attached", True),
        faults=tuple(Fault("camera", "top", text) for text in order.get("faults", ())),
        warnings=tuple(Fault("plc", "PLC", text) for text in order.get("warnings", ())),
        accepting=order.get("accepting", False),
        busy=order.get("busy", False),
        settled=order.get("settled", True),
        recipe={"plate-A": PLATE, "plate-B": OTHER, "": None}[order.get("recipe", "plate-A")],
    )


PLATE_OF_SYSTEM = Nameplate("Maker", "4711", "urn:maker:4711", model="Eye", software_revision="1.0", location="hall 2")
PLATE_OF_CAMERA = Nameplate("Lens & Sons", "C-1", model="5 MP")
KEPT_UP = Maintenance(last_service=START, next_service=datetime(2999, 1, 1, tzinfo=UTC), next_calibration=START)
"""Calibration is due."""


async def main(folder: Path, limits: Limits, asset: Asset | None, *, anonymous: bool) -> None:
    results, line = Results(), Line()
    settings = ServerSettings("test", "127.0.0.1", 0, folder, limits, "1.0", anonymous)
    server = VisionServer(
        settings,
        Ports(
            Users(),
            results,
            Acknowledgements(),
            Recipes(),
            Products(),
            Configurations(),
            line,
            HaltMark(),
            Conditions(),
            asset,
        ),
    )
    await server.start()
    say(port=server.port)
    reader = asyncio.StreamReader()
    loop = asyncio.get_running_loop()
    await loop.connect_read_pipe(lambda: asyncio.StreamReaderProtocol(reader), sys.stdin)
    while text := await reader.readline():
        order = json.loads(text)
        for wanted in order.get("publish", ()):
            await server.publish(results.make(wanted))
        if "captured" in order:
            await server.acquired(*order["captured"])
        if "line" in order:
            await server.observe(line_state(order["line"]), order["line"].get("job", ""))
        if "cameras" in order:
            await server.show_cameras({"top": PLATE_OF_CAMERA})
        if "temperatures" in order:
            await server.show_temperatures(order["temperatures"])
        if "refuse" in order:
            line.refusal = order["refuse"]
        say(done=True)
    await server.stop()


if __name__ == "__main__":
    logging.basicConfig(level=logging.INFO)
    logging.getLogger("asyncua").setLevel(logging.CRITICAL)
    given = json.loads(sys.argv[2]) if len(sys.argv) > 2 else {}
    asset_ = Asset("test", PLATE_OF_SYSTEM, {"top": Nameplate("", "")}, KEPT_UP) if given.pop("asset", None) else None
    strangers = given.pop("anonymous", False)
    asyncio.run(main(Path(sys.argv[1]), Limits(**given), asset_, anonymous=strangers))
