"""What is asked at the desk, over its real socket, of a real journal; the line itself stands still."""

import asyncio
import contextlib
import json
import time
from dataclasses import replace
from pathlib import Path
from typing import Any
from uuid import UUID, uuid4

import pytest
from asked_desk import NOW, SECRET, Peer, bench, run, until, verdict

from labeling.annotation import Annotation, Label, Source, model_author
from labeling.codec import annotation_to_json
from labeling.shapes import Polygon, frozen_points
from station.datasets.intake import Planned
from station.datasets.prelabel import Proposals, carry_out
from station.desk import asking, commands
from station.desk.messages import (
    AddAudit,
    Annotate,
    Answer,
    ChooseRecipe,
    Command,
    Kind,
    LogIn,
    LogOut,
    ManagePeople,
    PartCaptured,
    Pause,
    Propose,
    Refusal,
    Resume,
    SetPreferences,
    State,
    VerdictChanged,
    WriteNote,
)
from station.journal.reader import JournalReader
from station.line.inspection import VerdictKind
from station.line.recipe import load_active_recipe


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
