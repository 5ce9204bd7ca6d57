"""What is asked at the desk, over its real socket, of a real journal; the line itself stands still."""

import asyncio
import contextlib
import json
import time
from collections.abc import AsyncIterator, Awaitable, Callable, Mapping
from contextlib import asynccontextmanager
from dataclasses import dataclass, field, replace
from datetime import UTC, datetime
from pathlib import Path
from typing import Any
from uuid import UUID, uuid4

import numpy as np
import pytest
from argon2 import PasswordHasher

from camera.frame import PixelFormat
from labeling.annotation import Annotation, Label, Source, model_author
from labeling.codec import annotation_to_json
from labeling.shapes import Polygon, frozen_points
from station.config import StationConfig, load_station
from station.datasets.intake import Planned
from station.datasets.prelabel import Proposals, carry_out
from station.desk import asking, commands, people
from station.desk.address import connect
from station.desk.desk import FUNCTIONS, IN_ITS_OWN_RIGHT, Desk
from station.desk.messages import (
    AddAudit,
    Annotate,
    Answer,
    Attach,
    ChooseRecipe,
    Command,
    FromEngine,
    GiveVerdict,
    Kind,
    LogIn,
    LogOut,
    ManagePeople,
    ManageRecords,
    PartCaptured,
    Pause,
    Propose,
    Refusal,
    Resume,
    SetPreferences,
    State,
    TriggerPart,
    VerdictChanged,
    Welcome,
    WriteNote,
    from_engine,
    line_of,
)
from station.desk.review_messages import (
    Adjudicate,
    DeleteView,
    Relabel,
    ReleaseParts,
    Review,
    SaveView,
    SetGolden,
    TakeParts,
    UndoRelabel,
    UndoReview,
)
from station.journal.disk import Watermark
from station.journal.images import encode, encode_preview
from station.journal.reader import JournalReader
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
from station.people import hashing
from station.people.roles import COMMANDS, Action
from station.review.queue import Outcome, QueueFilter

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


@pytest.fixture(autouse=True)
def quick_hashes(monkeypatch: pytest.MonkeyPatch) -> None:
    """Hash secrets as quickly as can be; how slow it must be is for the tests of accounts."""
    monkeypatch.setattr(people, "LOG_IN_S", 0.0)
    monkeypatch.setattr(hashing, "HASHER", PasswordHasher(time_cost=1, memory_cost=8, parallelism=1))


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


def every_command(session: str) -> Mapping[str, Command]:
    made: list[Any] = [
        GiveVerdict(key=uuid4(), uid=uuid4(), verdict="OK", seen="NG"),
        Annotate(key=uuid4(), uid=uuid4(), view="top", parent=None, annotation={}),
        Propose(key=uuid4(), uid=uuid4(), view="top", parent=None, annotation={}),
        WriteNote(key=uuid4(), text="hand-over"),
        ChooseRecipe(key=uuid4(), recipe="none such"),
        Pause(key=uuid4(), reason="test"),
        Resume(key=uuid4()),
        TriggerPart(key=uuid4()),
        AddAudit(key=uuid4(), event="write", details={}),
        ManagePeople(key=uuid4(), action="list", details={}),
        ManageRecords(key=uuid4(), action="none such", details={}),
        SetPreferences(key=uuid4(), preferences={}),
        TakeParts(key=uuid4()),
        ReleaseParts(key=uuid4()),
        Review(key=uuid4(), uid=uuid4(), outcome=Outcome.ACCEPT, seen="NG"),
        Adjudicate(key=uuid4(), uid=uuid4(), verdict="OK"),
        UndoReview(key=uuid4(), uid=uuid4()),
        Relabel(key=uuid4(), uids=(uuid4(),), class_name="dent"),
        UndoRelabel(key=uuid4(), relabel=uuid4()),
        SetGolden(key=uuid4(), uid=uuid4(), verdict="NG"),
        SaveView(key=uuid4(), name="mine", filter=QueueFilter()),
        DeleteView(key=uuid4(), name="mine"),
    ]
    return {command.type: command.model_copy(update={"session": session}) for command in made}


MACHINE = {"choose-recipe", "pause", "resume", "trigger-part", "write-note", "set-preferences"}
DECIDE = {"give-verdict", "annotate", "write-note", "set-preferences"}
REVIEW = {name for name, action in COMMANDS.items() if action is Action.REVIEW}
MAY = {
    "Maria": DECIDE,
    "Quinn": DECIDE | REVIEW | {"manage-records"},
    "Erik": DECIDE | MACHINE,
    "Ada": DECIDE | MACHINE | REVIEW | {"manage-people", "manage-records"},
    "Sam": MACHINE | {"manage-people"},
}


def test_who_may_ask_for_what(tmp_path: Path) -> None:
    async def allowed(peer: Peer) -> set[str]:
        answers = {name: await peer.ask(command) for name, command in every_command(peer.session).items()}
        return {name for name, answer in answers.items() if answer.refusal is not Refusal.NOT_ALLOWED}

    async def test() -> None:
        async with bench(tmp_path / "data") as b:
            await b.people()
            for name, may in MAY.items():
                async with b.attached() as peer:
                    assert await allowed(peer) == set(), "nobody is logged in"
                    assert (await peer.log_in(name)).done
                    assert await allowed(peer) == may, name
            for kind in (Kind.GATEWAY, Kind.TOOL):
                async with b.attached(kind) as peer:
                    assert await allowed(peer) == IN_ITS_OWN_RIGHT[kind]
            async with b.attached(session="made up") as peer:
                assert await allowed(peer) == set()

    run(test)


def test_every_command_has_its_doer() -> None:
    apart = {Attach, LogIn, LogOut, SetPreferences, ManagePeople, ManageRecords}
    assert set(FUNCTIONS) | apart == set(Command.__subclasses__())


def test_a_verdict_is_on_record_and_everybody_hears_of_it(tmp_path: Path) -> None:
    async def test() -> None:
        async with bench(tmp_path / "data") as b:
            await b.people()
            uid = await b.part()
            async with b.attached() as maria, b.attached() as jan, b.attached() as quinn:
                for peer, name in ((maria, "Maria"), (jan, "Jan"), (quinn, "Quinn")):
                    await peer.log_in(name)
                given = verdict(maria, uid)
                answer = await maria.ask(given)
                assert answer.result == {"plc_told": False, "passed_already": False}
                assert await maria.ask(given) == answer
                changes = [message for message in maria.heard if isinstance(message, VerdictChanged)]
                assert [(change.author, change.by, change.plc_told) for change in changes] == [
                    ("Maria", "operator", False)
                ]
                assert (await jan.ask(verdict(jan, uid, "NG"))).refusal is Refusal.SUPERSEDED
                assert (await jan.ask(verdict(jan, uid, "NG", "OK"))).refusal is Refusal.NOT_ALLOWED, "not QA"
                assert (await quinn.ask(verdict(quinn, uid, "NG", "OK"))).done
                assert (await jan.ask(verdict(jan, uuid4()))).refusal is Refusal.NO_SUCH_PART
                long = verdict(jan, uid).model_copy(update={"reason": "x" * 1001})
                assert (await jan.ask(long)).refusal is Refusal.BAD_VALUE
            given_kinds = [(v.kind.value, v.by.value) for v in await b.journal(lambda journal: journal.verdicts(uid))]
            assert given_kinds == [("NOT_DECIDABLE", "rules"), ("OK", "operator"), ("NG", "qa")]

    run(test)


def test_a_part_the_rules_passed_must_be_fetched_back(tmp_path: Path) -> None:
    async def test() -> None:
        async with bench(tmp_path / "data") as b:
            await b.people()
            passed, rejected = await b.part(VerdictKind.OK), await b.part(VerdictKind.NG)
            async with b.attached() as maria:
                await maria.log_in("Maria")
                assert (await maria.ask(verdict(maria, passed, "NG", "OK"))).result["passed_already"] is True
                assert (await maria.ask(verdict(maria, rejected, "OK", "NG"))).result["passed_already"] is False

    run(test)


def test_the_same_command_has_no_second_effect_in_the_next_engine(tmp_path: Path) -> None:
    kept: list[tuple[Command, Answer]] = []

    async def before() -> None:
        async with bench(tmp_path / "data") as b:
            await b.people()
            uid = await b.part()
            async with b.attached() as maria, b.attached(Kind.GATEWAY) as gateway:
                await maria.log_in("Maria")
                mine: list[Command] = [verdict(maria, uid), WriteNote(key=uuid4(), session=maria.session, text="burr")]
                kept.extend([(command, await maria.ask(command)) for command in mine])
                audit = AddAudit(key=uuid4(), event="write", details={"node": "i=7"})
                kept.append((audit, await gateway.ask(audit)))

    async def after() -> None:
        async with bench(tmp_path / "data") as b:
            async with b.attached() as maria, b.attached(Kind.GATEWAY) as gateway:
                await maria.log_in("Maria")
                for command, answer in kept:
                    again = command.model_copy(update={"session": maria.session if command.session else ""})
                    peer = maria if command.session else gateway
                    assert await peer.ask(again) == answer
            entries = [event for (event,) in await b.journal(lambda j: j._rows("SELECT event FROM audit"))]
            assert [entries.count(event) for event in ("person-verdict", "note-written", "done-elsewhere")] == [1, 1, 1]

    run(before)
    assert all(answer.done for _, answer in kept)
    run(after)


def test_an_annotation_is_kept_in_the_name_of_who_is_logged_in(tmp_path: Path) -> None:
    outline = Polygon(frozen_points([[1, 1], [6, 1], [6, 4]]))
    drawn = Annotation(uuid4(), None, "somebody else", NOW, (8, 6), (Label(uuid4(), "scratch", outline),))

    def annotate(peer: Peer, uid: UUID, **change: Any) -> Annotate:
        made = Annotate(
            key=uuid4(), session=peer.session, uid=uid, view="top", parent=None, annotation=annotation_to_json(drawn)
        )
        return made.model_copy(update=change)

    async def test() -> None:
        async with bench(tmp_path / "data") as b:
            await b.people()
            uid = await b.part()
            async with b.attached() as maria:
                await maria.log_in("Maria")
                answer = await maria.ask(annotate(maria, uid))
                assert answer.result == {"revision": str(drawn.uid)}
                assert (await maria.ask(annotate(maria, uid, annotation={}))).refusal is Refusal.BAD_VALUE
                assert (await maria.ask(annotate(maria, uid, view="side"))).refusal is Refusal.BAD_VALUE
                second = annotation_to_json(drawn) | {"uid": str(uuid4())}
                late = await maria.ask(annotate(maria, uid, annotation=second))
                assert late.refusal is Refusal.SUPERSEDED
            with JournalReader(b.config.station.data) as reader:
                (stored,) = reader.annotations(uid)
            assert stored.annotation.author == "Maria"

    run(test)


def test_a_tool_proposes_in_a_models_name_and_nobody_else_may(tmp_path: Path) -> None:
    label = Label(uuid4(), "scratch", Polygon(frozen_points([[1, 1], [6, 1], [6, 4]])), Source.MODEL, 0.8)
    found = Annotation(uuid4(), None, model_author("sharp", "7"), NOW, (8, 6), (label,), complete=False)

    async def test() -> None:
        async with bench(tmp_path / "data") as b:
            await b.people()
            uid, data = await b.part(), b.config.station.data
            proposals = Proposals(found.author, (Planned(uid, "top", found),), {}, ())
            assert await asyncio.to_thread(carry_out, data, None, proposals, lambda _: None) == 0
            assert await asyncio.to_thread(carry_out, data, None, proposals, lambda _: None) == 0, "the same again"
            sent = annotation_to_json(found)
            command = Propose(key=uuid4(), uid=uid, view="top", parent=None, annotation=sent)
            async with b.attached() as maria, b.attached(Kind.TOOL) as tool:
                await maria.log_in("Maria")
                mine = command.model_copy(update={"session": maria.session, "key": uuid4()})
                assert (await maria.ask(mine)).refusal is Refusal.NOT_ALLOWED
                for wrong in ({"author": "Maria"}, {"complete": True}, {"size": "x"}):
                    other = command.model_copy(update={"key": uuid4(), "annotation": sent | wrong})
                    assert (await tool.ask(other)).refusal is Refusal.BAD_VALUE
                person = replace(found, uid=uuid4(), parent=found.uid, complete=True)
                drawn = Annotate(
                    key=uuid4(), session=maria.session, uid=uid, view="top", parent=found.uid,
                    annotation=annotation_to_json(person),
                )  # fmt: skip
                assert (await maria.ask(drawn)).done
            later = replace(found, uid=uuid4())
            more = Proposals(found.author, (Planned(uid, "top", later),), {}, ())
            assert await asyncio.to_thread(carry_out, data, None, more, lambda _: None) == 1, "a person came before"
            with JournalReader(data) as reader:
                assert [stored.annotation.author for stored in reader.annotations(uid)] == ["model:sharp@7", "Maria"]

    run(test)


def test_sessions_preferences_and_changed_accounts(tmp_path: Path) -> None:
    async def test() -> None:
        async with bench(tmp_path / "data") as b:
            await b.people()
            async with b.attached() as maria, b.attached(Kind.TOOL) as tool:
                wrong = await maria.ask(LogIn(key=uuid4(), name="Maria", secret="guess"))
                assert wrong.refusal is Refusal.WRONG_LOGIN
                assert not b.desk.attended
                command = LogIn(key=uuid4(), name="Maria", secret=SECRET)
                entered = await maria.ask(command)
                assert entered == await maria.ask(command), "the same log-in is the same session"
                maria.session = str(entered.result["session"])
                assert entered.result["role"] == "operator"
                assert b.desk.attended
                wishes = SetPreferences(
                    key=uuid4(), session=maria.session, preferences={"language": "de", "sound": True}
                )
                assert (await maria.ask(wishes)).result["language"] == "de"
                nonsense = SetPreferences(key=uuid4(), session=maria.session, preferences={"colour": "red"})
                assert (await maria.ask(nonsense)).refusal is Refusal.BAD_VALUE
                async with b.attached(session=maria.session):
                    pass
                demoted = ManagePeople(key=uuid4(), action="role", details={"name": "Maria", "role": "service"})
                assert (await tool.ask(demoted)).done
                assert not b.desk.attended, "a changed account is logged out"
                refused = await maria.ask(WriteNote(key=uuid4(), session=maria.session, text="still me"))
                assert refused.refusal is Refusal.NOT_ALLOWED
                assert (await maria.log_in("Maria")).result["language"] == "de"
                assert not b.desk.attended, "service decides no parts"
                await maria.log_in("Jan")
                assert b.desk.attended
                assert (await maria.ask(LogOut(key=uuid4(), session=maria.session))).done
                assert (await maria.ask(LogOut(key=uuid4(), session=maria.session))).done, "twice is no mistake"
                assert not b.desk.attended
            async with b.attached() as screen:
                await screen.log_in("Jan")
                assert b.desk.attended
            await until(lambda: not b.desk.attended, "the screen is gone, and with it whoever stood there")

    run(test)


def test_a_part_that_is_captured_is_told_to_gateways_alone(tmp_path: Path) -> None:
    async def test() -> None:
        async with bench(tmp_path / "data") as b, b.attached() as screen, b.attached(Kind.GATEWAY) as gateway:
            await b.people()
            captured = PartCaptured(uid=uuid4())
            b.desk.part_captured(captured.uid)
            assert (await gateway.ask(AddAudit(key=uuid4(), event="write", details={"node": "i=7"}))).done
            await screen.log_in("Maria")
            assert captured in gateway.heard
            assert captured not in screen.heard

    run(test)


def test_a_choice_is_durable_and_a_wrong_one_changes_nothing(tmp_path: Path) -> None:
    data = tmp_path / "data"

    async def test() -> None:
        async with bench(data) as b, b.attached(Kind.GATEWAY) as gateway:
            same = await gateway.ask(ChooseRecipe(key=uuid4(), recipe="plate"))
            assert same.done
            for wrong in ("nothing", "../recipes/other", ""):
                answer = await gateway.ask(ChooseRecipe(key=uuid4(), recipe=wrong))
                assert answer.refusal is Refusal.BAD_VALUE
            assert not b.chosen.is_set()
            assert not (data / "choices.json").exists()
            assert (await gateway.ask(Pause(key=uuid4(), reason=""))).done
            assert b.engine.readiness.paused == "by gateway"
            chosen = await gateway.ask(ChooseRecipe(key=uuid4(), recipe="other"))
            assert chosen.done
            assert "no model plate yet" in chosen.text
            assert b.chosen.is_set()
            assert json.loads((data / "choices.json").read_text()) == {
                "recipe": "other",
                "instead_of": "plate",
                "paused": "by gateway",
                "job_by_job": True,
            }
            assert load_active_recipe(b.config).name == "other"
            (data / "choices.json").write_text("{")
            assert (await gateway.ask(Resume(key=uuid4()))).refusal is Refusal.NOT_NOW

    run(test)


def test_while_nothing_can_be_stored_nothing_is_done_and_that_is_said_soon(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    async def test() -> None:
        async with bench(tmp_path / "data") as b:
            await b.people()
            uid = await b.part()
            async with b.attached() as maria:
                await maria.log_in("Maria")
                go_on = asyncio.Event()
                loop = asyncio.get_running_loop()
                monkeypatch.setattr(asking, "ASK_S", 0.05)
                busy = b.recorder.ask(lambda _: asyncio.run_coroutine_threadsafe(go_on.wait(), loop).result(20))
                answer = await maria.ask(verdict(maria, uid))
                assert answer.refusal is Refusal.STORAGE
                go_on.set()
                await asyncio.wrap_future(busy)
                monkeypatch.setattr(asking, "ASK_S", 20.0)
                assert len(await b.journal(lambda journal: journal.verdicts(uid))) == 1
                assert (await maria.ask(verdict(maria, uid))).done

    run(test)


def test_a_defect_in_a_command_is_answered_and_the_next_is_done(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def fail(*_: object) -> bool:
        raise ZeroDivisionError

    monkeypatch.setattr(commands, "may_have_passed", fail)

    async def test() -> None:
        async with bench(tmp_path / "data") as b:
            await b.people()
            uid = await b.part(VerdictKind.OK)
            async with b.attached() as maria:
                await maria.log_in("Maria")
                assert (await maria.ask(verdict(maria, uid, "NG", "OK"))).refusal is Refusal.FAILED
                assert (await maria.ask(WriteNote(key=uuid4(), session=maria.session, text="odd"))).done

    run(test)


def test_the_state_is_told_on_change_but_not_with_every_change(tmp_path: Path) -> None:
    async def test() -> None:
        async with bench(tmp_path / "data") as b, b.attached() as screen:
            async with asyncio.timeout(5):
                assert isinstance(await screen.hear(), State)
                assert isinstance(await screen.hear(), State), "also when nothing changes"
            begin = time.monotonic()
            states = 0
            with contextlib.suppress(TimeoutError):
                async with asyncio.timeout(1.0):
                    while True:
                        b.desk.note_change()
                        reading = asyncio.ensure_future(screen.hear())
                        while not reading.done():
                            b.desk.note_change()
                            await asyncio.sleep(0.002)
                        assert isinstance(reading.result(), State)
                        states += 1
            reading.cancel()
            await asyncio.gather(reading, return_exceptions=True)
            assert 2 <= states <= 11 * (time.monotonic() - begin)

    run(test)
