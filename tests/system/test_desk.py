"""The desk of a real engine: what people decide reaches the PLC in time or not at all, and nothing they do stops the line."""

import contextlib
import re
import signal
import subprocess
import sys
from collections.abc import Callable
from dataclasses import replace
from uuid import uuid4

import psutil
import pytest
from rig import Rig
from screen import Screen, add_people, screen

from station.demo.layout import write_files
from station.desk.address import connect
from station.desk.messages import (
    Answer,
    Attach,
    ChooseRecipe,
    HoldEnded,
    Kind,
    PartFinished,
    Pause,
    Refusal,
    Resume,
    TriggerPart,
    VerdictChanged,
    Welcome,
    line_of,
)
from station.journal.reader import JournalReader
from station.line.supervisor import EXIT_AGAIN

pytestmark = pytest.mark.system


def ask_people(rig: Rig, wait_ms: int, takt_ms: int = 400) -> None:
    """Have every part of the line be one that a person must decide."""
    rig.plan = replace(rig.plan, takt_ms=takt_ms)
    write_files(rig.plan, rig.port)
    recipe = rig.plan.data / "recipes" / "plate-A.toml"
    view = 'model = "plate-A"\n'
    text, changed = re.subn(r"wait_ms = \d+", f"wait_ms = {wait_ms}", recipe.read_text())
    assert changed == 1
    assert view in text
    recipe.write_text(text.replace(view, f"{view}low = -1e9\nhigh = 1e9\n"))


def decide_each(program: Screen, kind: Callable[[PartFinished], str]) -> list[Answer]:
    """Decide every part as soon as it comes."""
    answers: list[Answer] = []

    def decide(part: PartFinished) -> None:
        if part.hold_ms:
            program.client.send(program.verdict(part.uid, kind(part)), answers.append)  # type: ignore[arg-type]

    program.on_part = decide
    return answers


def test_a_persons_verdict_reaches_the_gate_and_without_one_the_part_is_rejected(rig: Rig) -> None:
    ask_people(rig, wait_ms=500)
    rig.start_engine()
    rig.until_online()
    add_people(rig.plan.data, Maria="operator")
    with screen(rig.plan.data) as inspect:
        assert inspect.log_in("Maria").done
        undecided = {3, 6}
        answers: list[Answer] = []

        def decide(part: PartFinished) -> None:
            assert part.hold_ms == 500
            if part.part_seq not in undecided:
                kind = "NG" if part.part_seq == 5 else "OK"
                inspect.client.send(inspect.verdict(part.uid, kind), answers.append)  # type: ignore[arg-type]

        inspect.on_part = decide
        rig.start_plc(6)
        rig.wait_plc()
        inspect.until(lambda: len(inspect.all(HoldEnded)) == 2, "two holds ended")
        assert {part.part_seq for part in inspect.all(HoldEnded)} == undecided
        assert all(answer.done and answer.result["plc_told"] for answer in answers), answers
        assert len(inspect.all(VerdictChanged)) == 4
        assert all(change.plc_told and change.author == "Maria" for change in inspect.all(VerdictChanged))
    gated = {part.part_seq: part for part in rig.gated()}
    assert {seq for seq, part in gated.items() if part.passed} == {1, 2, 4}
    assert gated[5].why == "NG"
    assert {gated[seq].why for seq in undecided} == {"NOT_DECIDABLE"}
    rig.stop_engine()
    with JournalReader(rig.plan.data) as reader:
        by_seq = {part.part_seq: part for part in reader.parts().parts}
    assert [by_seq[seq].verdict.value for seq in range(1, 7)] == [
        "OK",
        "OK",
        "NOT_DECIDABLE",
        "OK",
        "NG",
        "NOT_DECIDABLE",
    ]
    assert rig.json("verify")["ok"]


def test_a_screen_that_comes_back_hears_what_waits_for_a_person(rig: Rig) -> None:
    ask_people(rig, wait_ms=20_000)
    rig.start_engine()
    rig.until_online()
    add_people(rig.plan.data, Maria="operator")
    with screen(rig.plan.data) as first:
        assert first.first(Welcome).held == ()
        assert first.log_in("Maria").done
        rig.start_plc(1)
        part = first.first(PartFinished)
    with screen(rig.plan.data) as second:
        (held,) = second.first(Welcome).held
        assert (held.uid, held.part_seq) == (part.uid, part.part_seq)
        assert 0 < held.hold_ms < 20_000
        assert second.log_in("Maria").done
        assert second.ask(second.verdict(held.uid, "OK")).result["plc_told"]


def test_without_anybody_logged_in_no_part_waits(rig: Rig) -> None:
    ask_people(rig, wait_ms=60_000)
    rig.start_engine()
    rig.until_online()
    with screen(rig.plan.data) as idle:
        idle.first(Welcome)
        rig.start_plc(2)
        rig.wait_plc()
        idle.until(lambda: len(idle.all(PartFinished)) == 2, "two parts")
        assert [part.hold_ms for part in idle.all(PartFinished)] == [0, 0]
        refusal = idle.ask(idle.verdict(idle.first(PartFinished).uid, "OK"))
        assert refusal.refusal is Refusal.NOT_ALLOWED
    assert [part.why for part in rig.gated()] == ["NOT_DECIDABLE"] * 2


def test_two_screens_and_the_same_key_twice_decide_a_part_once(rig: Rig) -> None:
    ask_people(rig, wait_ms=900)
    rig.start_engine()
    rig.until_online()
    add_people(rig.plan.data, Maria="operator", Jan="operator")
    with screen(rig.plan.data) as left, screen(rig.plan.data) as right:
        assert left.log_in("Maria").done
        assert right.log_in("Jan").done
        rig.start_plc(1)
        uid = left.first(PartFinished).uid
        given = left.verdict(uid, "OK")
        first, again = left.ask(given), left.ask(given)
        assert first.done
        assert first.result == {"plc_told": True, "passed_already": False}
        assert again == first
        late = right.ask(right.verdict(uid, "NG"))
        assert late.refusal is Refusal.SUPERSEDED
        assert right.first(VerdictChanged).author == "Maria"
        corrected = left.ask(left.verdict(uid, "NG", seen="OK"))
        assert corrected.result == {"plc_told": False, "passed_already": True}
        rig.wait_plc()
    assert [part.passed for part in rig.gated()] == [True]
    with JournalReader(rig.plan.data) as reader:
        assert [verdict.kind.value for verdict in reader.verdicts(uid)] == ["NOT_DECIDABLE", "OK", "NG"]


def test_an_engine_killed_while_a_part_waits_never_passes_it_and_answers_the_same_key_the_same(rig: Rig) -> None:
    ask_people(rig, wait_ms=60_000, takt_ms=1500)
    rig.start_engine()
    rig.until_online()
    add_people(rig.plan.data, Maria="operator")
    with screen(rig.plan.data) as inspect:
        assert inspect.log_in("Maria").done
        rig.start_plc(2)
        decided = inspect.first(PartFinished).uid
        given = inspect.verdict(decided, "OK")
        assert inspect.ask(given).done
        inspect.until(lambda: len(inspect.all(PartFinished)) == 2, "the second part waits")
        waiting = inspect.all(PartFinished)[1].uid
        assert rig.engine is not None
        rig.engine.kill()
        rig.engine.communicate()
        inspect.until(lambda: bool(inspect.lost), "the screen knows")
        late = inspect.verdict(waiting, "OK")
        answers: list[Answer] = []
        inspect.client.send(late, answers.append)
        rig.start_engine()
        inspect.until(lambda: inspect.welcomes() == 2, "attached again")
        inspect.until(lambda: len(answers) == 1, "answered by the new engine")
        assert answers[0].refusal is Refusal.NOT_ALLOWED, "the session died with the engine"
        assert inspect.log_in("Maria").done
        again = inspect.ask(given.model_copy(update={"session": inspect.session}))
        assert again.done
        assert again.result["plc_told"] is False
        too_late = inspect.ask(inspect.verdict(waiting, "OK"))
        assert too_late.done
        assert too_late.result["plc_told"] is False
        rig.wait_plc()
    gated = {part.part_seq: part for part in rig.gated()}
    assert gated[2].passed is False
    with JournalReader(rig.plan.data) as reader:
        assert [verdict.kind.value for verdict in reader.verdicts(decided)] == ["NOT_DECIDABLE", "OK"]


def test_an_engine_that_stops_tells_the_plc_what_waits_as_not_decidable(rig: Rig) -> None:
    ask_people(rig, wait_ms=60_000, takt_ms=1500)
    rig.start_engine()
    rig.until_online()
    add_people(rig.plan.data, Maria="operator")
    with screen(rig.plan.data) as inspect:
        assert inspect.log_in("Maria").done
        rig.start_plc(1)
        uid = inspect.first(PartFinished).uid
        rig.stop_engine()
        assert inspect.first(HoldEnded).uid == uid
    rig.wait_plc()
    assert not any(part.passed for part in rig.gated())


CLIENT = """
import sys, time, socket
from pathlib import Path
from station.desk.address import connect
from station.desk.messages import *
from uuid import uuid4
sock = connect(Path(sys.argv[1]), 5)
sock.sendall(line_of(Attach(key=uuid4(), kind=Kind.SCREEN)))
sock.sendall(b'{"type": "write-note", "key": "' + b'x' * 100000)
print('half a line is sent', flush=True)
time.sleep(600)
"""


def test_the_line_does_not_notice_programs_that_die_hang_or_talk_nonsense(rig: Rig) -> None:
    rig.start_engine()
    rig.until_online()
    dying = subprocess.Popen(
        [sys.executable, "-c", CLIENT, str(rig.plan.data)], stdout=subprocess.PIPE, start_new_session=True
    )
    silent = [connect(rig.plan.data, 5.0) for _ in range(3)]
    try:
        assert dying.stdout is not None
        assert dying.stdout.readline()
        for sock in silent:
            sock.sendall(line_of(Attach(key=uuid4(), kind=Kind.SCREEN)))
        with connect(rig.plan.data, 5.0) as nonsense, contextlib.suppress(OSError):
            nonsense.sendall(b"\x00" * 3_000_000)  # the engine hangs up before the end of it
        with screen(rig.plan.data, Kind.TOOL) as tool:
            rig.start_plc(8)
            rig.until(lambda: len(rig.gated()) >= 2, "two parts")
            dying.kill()
            rig.wait_plc()
            tool.until(lambda: len(tool.all(PartFinished)) == 8, "eight parts are told")
    finally:
        for sock in silent:
            sock.close()
        dying.kill()
        dying.communicate()
    status = rig.stop_engine()
    assert status["parts"]["finished"] == 8
    assert status["parts"]["refused"] == 0
    assert not {part.why for part in rig.gated()} - {"OK", "NG", "NOT_DECIDABLE"}


def test_a_pause_outlives_the_engine_and_ends_when_somebody_resumes(rig: Rig) -> None:
    rig.start_engine()
    rig.until_online()
    add_people(rig.plan.data, Erik="engineer")
    with screen(rig.plan.data) as erik, screen(rig.plan.data, Kind.GATEWAY) as gateway:
        assert erik.log_in("Erik").done
        assert erik.ask(Pause(key=uuid4(), session=erik.session, reason="change of fixture")).done
        rig.until(lambda: rig.status().get("reason") == "STOPPING", "offline")
        assert gateway.ask(Pause(key=uuid4(), reason="")).done
        refusal = gateway.ask(TriggerPart(key=uuid4()))
        assert refusal.refusal is Refusal.NOT_NOW, "a person paused the station"
        doctor = rig.station("doctor", "--config", str(rig.plan.config), check=False)
        assert "running but paused" in doctor.stdout
        rig.stop_engine()
        rig.start_engine()
        gateway.until(lambda: gateway.welcomes() == 2, "attached again")
        gateway.until(lambda: not gateway.last_state().awaited, "everything is up")
        assert not gateway.last_state().online
        assert not gateway.last_state().accepting
        assert gateway.ask(Resume(key=uuid4())).done
        rig.until_online()
        gateway.until(lambda: gateway.last_state().accepting, "accepting")


def test_a_part_triggered_from_here_is_recorded_and_no_plc_hears_of_it(rig: Rig) -> None:
    rig.start_engine()
    rig.until_online()
    with screen(rig.plan.data, Kind.GATEWAY) as gateway:
        command = TriggerPart(key=uuid4(), part_id="job 7")
        answer = gateway.ask(command)
        assert answer.done, answer
        assert gateway.ask(command) == answer
        part = gateway.first(PartFinished)
        assert (str(part.uid), part.part_seq, part.part_id) == (
            answer.result["uid"],
            answer.result["part_seq"],
            "job 7",
        )
        assert part.part_seq >= 2**31
        rig.start_plc(2)
        summary = rig.wait_plc()
    assert summary["unknown"] == 0
    status = rig.stop_engine()
    assert status["parts"]["finished"] == 3


def test_another_recipe_is_loaded_by_a_new_engine(rig: Rig) -> None:
    recipes = rig.plan.data / "recipes"
    other = (recipes / "plate-A.toml").read_text().replace('"plate-A"\nversion', '"plate-B"\nversion')
    (recipes / "plate-B.toml").write_text(other.replace("number = 1", "number = 2"))
    (recipes / "broken.toml").write_text("name = 3\n")
    rig.start_engine()
    rig.until_online()
    add_people(rig.plan.data, Erik="engineer", Maria="operator")
    with screen(rig.plan.data) as inspect:
        assert inspect.log_in("Maria").done
        choice = ChooseRecipe(key=uuid4(), session=inspect.session, recipe="plate-B")
        assert inspect.ask(choice).refusal is Refusal.NOT_ALLOWED
        assert inspect.log_in("Erik").done
        for name in ("broken", "../../etc/passwd", "nothing"):
            wrong = inspect.ask(ChooseRecipe(key=uuid4(), session=inspect.session, recipe=name))
            assert wrong.refusal is Refusal.BAD_VALUE
            assert name in wrong.text
        choice = choice.model_copy(update={"key": uuid4(), "session": inspect.session})
        assert inspect.ask(choice).done
        assert rig.engine is not None
        assert rig.engine.wait(10) == EXIT_AGAIN
        rig.engine.communicate()
        rig.start_engine()
        rig.until_online()
        inspect.until(lambda: inspect.welcomes() == 2, "attached again")
        assert inspect.all(Welcome)[-1].recipe.name == "plate-B"
        assert inspect.all(Welcome)[-1].recipe.number == 2
    rig.stop_engine()
    assert rig.json("verify")["ok"]


ORPHAN = """
import os, subprocess, sys
from pathlib import Path
from station.line.supervisor import engine_command
with Path(sys.argv[2]).open('w') as log:
    process = subprocess.Popen(engine_command(Path(sys.argv[1]), None), stdout=subprocess.DEVNULL, stderr=log)
Path(sys.argv[3]).write_text(str(process.pid))
os.kill(os.getpid(), 9)
"""


def test_an_engine_whose_parent_is_gone_before_it_looked_vanishes(rig: Rig) -> None:
    pid_file = rig.plc_log.with_name("pid")
    words = [str(rig.plan.config), str(rig.engine_log), str(pid_file)]
    parent = subprocess.run([sys.executable, "-c", ORPHAN, *words], check=False, timeout=30)
    assert parent.returncode == -signal.SIGKILL
    pid = int(pid_file.read_text())
    rig.until(lambda: not alive(pid), "the orphan ends", timeout_s=20.0)


def alive(pid: int) -> bool:
    """Whether a process runs; a zombie that nobody waits for does not."""
    try:
        return psutil.Process(pid).status() != psutil.STATUS_ZOMBIE
    except psutil.NoSuchProcess:
        return False
