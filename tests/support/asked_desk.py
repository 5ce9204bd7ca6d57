"""A desk over its real socket and a real journal, with people of every role; the line itself stands still."""

import asyncio
import time
from collections.abc import AsyncIterator, Awaitable, Callable
from contextlib import asynccontextmanager
from dataclasses import dataclass, field
from datetime import UTC, datetime
from pathlib import Path
from typing import Any
from uuid import UUID, uuid4

import numpy as np

from camera.frame import PixelFormat
from station.config import StationConfig, load_station
from station.desk.address import connect
from station.desk.desk import Desk
from station.desk.messages import (
    Answer,
    Attach,
    Command,
    FromEngine,
    GiveVerdict,
    Kind,
    LogIn,
    ManagePeople,
    Welcome,
    from_engine,
    line_of,
)
from station.journal.disk import Watermark
from station.journal.images import encode, encode_preview
from station.journal.records import utc_now
from station.journal.store import Journal
from station.keeping.keeper import Keeper
from station.line.archive import DiskArchive
from station.line.clock import Clock
from station.line.engine import Engine, EngineSettings
from station.line.inspection import Author, Inspection, RecipeRef, Trigger, Verdict, VerdictKind, View
from station.line.recipe import load_active_recipe
from station.line.recorder import Recorder, RecorderEvents
from station.line.uid import UidSource

STATION = """
[station]
name = "s"
data = "."
audit_key = "{key}"
[[camera]]
name = "cam"
[plc]
mode = "none"
[line]
recipe = "plate"
trigger = "timer"
"""
RECIPE = """
name = "{name}"
number = {number}
[[view]]
name = "top"
camera = "cam"
model = "plate"
"""
NOW = datetime(2026, 3, 1, tzinfo=UTC)
SECRET = "a long password"
ROLES = {
    "Maria": "operator",
    "Jan": "operator",
    "Quinn": "qa",
    "Erik": "engineer",
    "Ada": "administrator",
    "Sam": "service",
}


@dataclass
class Peer:
    """An attached program: asks one thing after the other, and keeps what it is told meanwhile."""

    reader: asyncio.StreamReader
    writer: asyncio.StreamWriter
    session: str = ""
    heard: list[FromEngine] = field(default_factory=list)

    async def hear(self) -> FromEngine:
        async with asyncio.timeout(20):
            return from_engine.validate_json(await self.reader.readuntil(b"\n"))

    async def ask(self, command: Command) -> Answer:
        self.writer.write(line_of(command))
        while True:
            message = await self.hear()
            if isinstance(message, Answer):
                assert message.key == command.key
                return message
            self.heard.append(message)

    async def log_in(self, name: str) -> Answer:
        answer = await self.ask(LogIn(key=uuid4(), name=name, secret=SECRET))
        self.session = str(answer.result.get("session", ""))
        return answer


@dataclass
class Bench:
    config: StationConfig
    engine: Engine
    recorder: Recorder
    desk: Desk
    chosen: asyncio.Event

    async def journal(self, work: Callable[[Journal], Any]) -> Any:
        return await asyncio.wrap_future(self.recorder.ask(work))

    @asynccontextmanager
    async def attached(self, kind: Kind = Kind.SCREEN, session: str = "") -> AsyncIterator[Peer]:
        data = self.config.station.data
        await until((data / "desk.sock").exists)
        reader, writer = await asyncio.open_unix_connection(sock=connect(data, 5.0), limit=1 << 22)
        peer = Peer(reader, writer, session)
        try:
            assert isinstance(await peer.hear(), Welcome)
            assert (await peer.ask(Attach(key=uuid4(), kind=kind, session=session))).done
            yield peer
        finally:
            writer.transport.abort()
            await asyncio.sleep(0)

    async def people(self) -> None:
        async with self.attached(Kind.TOOL) as tool:
            for name, role in ROLES.items():
                details = {"name": name, "role": role, "password": SECRET}
                assert (await tool.ask(ManagePeople(key=uuid4(), action="add", details=details))).done

    async def part(self, kind: VerdictKind = VerdictKind.NOT_DECIDABLE) -> UUID:
        """Record a part with a picture of 8 x 6 pixels."""
        uid = UidSource()()

        def record(journal: Journal) -> None:
            pixels = np.arange(48, dtype=np.uint8).reshape(6, 8)
            image, preview = encode(pixels, PixelFormat.MONO8), encode_preview(pixels, PixelFormat.MONO8)
            view = View(
                name="top",
                camera="cam",
                frame_id=1,
                width=8,
                height=6,
                pixel_format="Mono8",
                image=journal.blobs.put(image.data, image.media_type),
                preview=journal.blobs.put(preview.data, preview.media_type),
                score=0.7,
            )
            number = journal.next_inspection_id()
            trigger = Trigger(uid, number, number, number, f"S{number}", 0, NOW, 1)
            verdict = Verdict(kind, Author.RULES, "0.7", NOW)
            journal.record(Inspection(trigger, RecipeRef("plate", 1, "a" * 64), (view,), verdict, 5))

        await self.journal(record)
        return uid


async def until(condition: Callable[[], bool], what: str = "condition") -> None:
    deadline = time.monotonic() + 20
    while not condition():
        assert time.monotonic() < deadline, what
        await asyncio.sleep(0.005)


def write_station(folder: Path) -> StationConfig:
    (folder / "recipes").mkdir(parents=True, exist_ok=True)
    (folder / "station.toml").write_text(STATION.format(key=folder.with_name("audit.key")))
    for number, name in enumerate(("plate", "other"), 1):
        (folder / "recipes" / f"{name}.toml").write_text(RECIPE.format(name=name, number=number))
    return load_station(folder / "station.toml")


@asynccontextmanager
async def bench(folder: Path) -> AsyncIterator[Bench]:
    config = write_station(folder)
    recipe, clock, chosen = load_active_recipe(config), Clock(), asyncio.Event()
    engine = Engine(recipe, EngineSettings(1.0, 4), UidSource(), clock, lambda: None)

    def archive() -> DiskArchive:
        journal = Journal.open(config.station.data, audit_key_path=config.station.audit_key)
        keeper = Keeper(config.station.data, config.retention.rules, time.monotonic, utc_now)
        return DiskArchive(journal, Watermark(config.station.data, 1), keeper)

    events = RecorderEvents(
        part=lambda *_: None,
        recorded=lambda _: None,
        storage_failed=lambda _: None,
        storage_well=lambda: None,
        crashed=lambda _: None,
    )
    recorder = Recorder(archive, events, 1)
    recorder.start()
    desk = Desk(config, recipe, engine, recorder, clock, chosen.set)
    engine.face(desk)
    desk.start()
    try:
        yield Bench(config, engine, recorder, desk, chosen)
    finally:
        await desk.stop()
        await asyncio.to_thread(recorder.stop)


def run(test: Callable[[], Awaitable[None]]) -> None:
    asyncio.run(test())  # type: ignore[arg-type]


def verdict(peer: Peer, uid: UUID, kind: str = "OK", seen: str = "NOT_DECIDABLE") -> GiveVerdict:
    fields = {"key": uuid4(), "session": peer.session, "uid": uid, "verdict": kind, "seen": seen, "reason": "looked"}
    return GiveVerdict.model_validate(fields)
