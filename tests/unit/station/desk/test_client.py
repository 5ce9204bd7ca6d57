"""The client against an engine that the test plays, line by line."""

import contextlib
import queue
import socket
import threading
from collections.abc import Callable, Iterator
from pathlib import Path
from uuid import UUID, uuid4

import pytest
from welcome import WELCOME

from station.desk import client as desk_client
from station.desk.address import listen
from station.desk.client import DeskClient
from station.desk.messages import (
    MAX_COMMAND_BYTES,
    NOBODY,
    PROTOCOL,
    Annotate,
    Answer,
    Attach,
    FromEngine,
    HoldEnded,
    Kind,
    LogIn,
    LogOut,
    Message,
    Refusal,
    ToEngine,
    WriteNote,
    line_of,
    to_engine,
)

ENDED = HoldEnded(uid=UUID(int=7), part_seq=7)
WAIT_S = 10.0


class Engine:
    """One connection, from the engine's end."""

    def __init__(self, server: socket.socket) -> None:
        server.settimeout(WAIT_S)
        self._connection, _ = server.accept()
        self._connection.settimeout(WAIT_S)
        self._lines = self._connection.makefile("rb")

    def says(self, *messages: Message | bytes) -> None:
        for message in messages:
            self._connection.sendall(message if isinstance(message, bytes) else line_of(message))

    def hears(self) -> ToEngine:
        return to_engine.validate_json(self._lines.readline())

    def lets_in(self) -> Attach:
        self.says(WELCOME)
        attach = self.hears()
        assert isinstance(attach, Attach)
        self.says(Answer(key=attach.key, done=True))
        return attach

    def left(self) -> bool:
        return self._lines.readline() == b""

    def ends(self) -> None:
        self._lines.close()
        self._connection.close()


class Program:
    """The client with what it heard, in order."""

    def __init__(self, data: Path) -> None:
        self.heard: queue.Queue[FromEngine] = queue.Queue()
        self.lost: queue.Queue[str] = queue.Queue()
        self.answers: queue.Queue[Answer] = queue.Queue()
        self.client = DeskClient(data, Kind.SCREEN, self.heard.put, self.lost.put)

    def sends(self, command: ToEngine) -> ToEngine:
        self.client.send(command, self.answers.put)
        return command


@pytest.fixture
def program(tmp_path: Path) -> Iterator[Program]:
    made = Program(tmp_path)
    yield made
    made.client.stop()


@pytest.fixture
def server(tmp_path: Path) -> Iterator[socket.socket]:
    with contextlib.closing(listen(tmp_path)) as opened:
        yield opened


def note(text: str = "burr") -> WriteNote:
    return WriteNote(key=uuid4(), text=text)


def test_it_attaches_hears_asks_and_is_answered(program: Program, server: socket.socket) -> None:
    program.client.start()
    engine = Engine(server)
    assert engine.lets_in().kind is Kind.SCREEN
    assert program.heard.get(timeout=WAIT_S) == WELCOME
    engine.says(ENDED)
    assert program.heard.get(timeout=WAIT_S) == ENDED
    sent = program.sends(note())
    assert engine.hears() == sent
    engine.says(Answer(key=sent.key, done=True))
    assert program.answers.get(timeout=WAIT_S).key == sent.key
    program.client.stop()
    assert engine.left()
    engine.ends()
    assert program.lost.empty()


def test_what_comes_in_pieces_or_in_one_piece_is_the_same(program: Program, server: socket.socket) -> None:
    program.client.start()
    engine = Engine(server)
    engine.lets_in()
    for byte in line_of(ENDED):
        engine.says(bytes([byte]))
    engine.says(line_of(ENDED) * 1000)
    program.heard.get(timeout=WAIT_S)
    assert all(program.heard.get(timeout=WAIT_S) == ENDED for _ in range(1001))
    engine.ends()


def test_an_engine_that_comes_later_is_found_and_its_absence_is_said_once(program: Program, tmp_path: Path) -> None:
    sent = program.sends(note("before there is an engine"))
    program.client.start()
    assert "no engine" in program.lost.get(timeout=WAIT_S)
    with contextlib.closing(listen(tmp_path)) as server:
        engine = Engine(server)
        engine.lets_in()
        assert engine.hears() == sent
        assert program.lost.empty()
        engine.ends()


def test_what_was_not_answered_is_sent_again_with_its_key_and_its_order(
    program: Program, server: socket.socket
) -> None:
    program.client.start()
    first = Engine(server)
    first.lets_in()
    sent = [program.sends(note(str(number))) for number in range(3)]
    assert [first.hears() for _ in sent] == sent
    first.says(Answer(key=sent[0].key, done=True))
    program.answers.get(timeout=WAIT_S)
    first.ends()
    assert program.lost.get(timeout=WAIT_S)
    sent.append(program.sends(note("while nobody was there")))
    second = Engine(server)
    second.lets_in()
    assert [second.hears() for _ in range(3)] == sent[1:]
    second.says(*(Answer(key=command.key, done=True) for command in sent[1:]))
    assert [program.answers.get(timeout=WAIT_S).key for _ in range(3)] == [command.key for command in sent[1:]]
    assert program.heard.get(timeout=WAIT_S) == program.heard.get(timeout=WAIT_S) == WELCOME
    second.ends()


def test_the_session_is_told_when_it_attaches_again(program: Program, server: socket.socket) -> None:
    program.client.start()
    engine = Engine(server)
    assert engine.lets_in().session == ""
    log_in = program.sends(LogIn(key=uuid4(), name="Maria", secret="x"))
    engine.hears()
    engine.says(Answer(key=log_in.key, done=True, result={"session": "token"}))
    program.answers.get(timeout=WAIT_S)
    engine.ends()
    engine = Engine(server)
    assert engine.lets_in().session == "token"
    log_out = program.sends(LogOut(key=uuid4(), session="token"))
    engine.hears()
    engine.says(Answer(key=log_out.key, done=True))
    program.answers.get(timeout=WAIT_S)
    engine.ends()
    engine = Engine(server)
    assert engine.lets_in().session == ""
    engine.ends()


@pytest.mark.parametrize(
    ("line", "why"),
    [
        (b"HTTP/1.1 400 Bad Request\r\n\n", "another version"),
        (line_of(WELCOME.model_copy(update={"protocol": PROTOCOL + 1})), "another version"),
        (
            line_of(Answer(key=NOBODY, done=False, refusal=Refusal.NOT_NOW, text="16 programs are attached")),
            "16 programs",
        ),
        (b"x" * (desk_client.MAX_LINE_BYTES + 10), "too long"),
    ],
    ids=["not ours", "newer", "full", "no end"],
)
def test_an_engine_that_cannot_be_understood_is_tried_again(
    program: Program, server: socket.socket, line: bytes, why: str
) -> None:
    program.client.start()
    engine = Engine(server)
    with contextlib.suppress(OSError):  # it may hang up before the line is out
        engine.says(line)
    assert why in program.lost.get(timeout=WAIT_S)
    engine.ends()
    engine = Engine(server)
    engine.lets_in()
    assert program.heard.get(timeout=WAIT_S) == WELCOME
    engine.ends()


def test_an_engine_that_hangs_is_left(program: Program, server: socket.socket, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(desk_client, "SILENCE_S", 0.05)
    program.client.start()
    engine = Engine(server)
    engine.lets_in()
    assert "nothing" in program.lost.get(timeout=WAIT_S)
    engine.ends()


def test_too_much_that_waits_is_refused_and_send_never_blocks(
    program: Program, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(desk_client, "MAX_UNANSWERED", 3)
    program.client.start()
    sent = [program.sends(note(str(number))) for number in range(5)]
    refused = [program.answers.get(timeout=WAIT_S) for _ in range(2)]
    assert [answer.key for answer in refused] == [command.key for command in sent[3:]]
    assert {answer.refusal for answer in refused} == {Refusal.NOT_NOW}


def test_what_no_engine_would_take_is_refused_here(program: Program, server: socket.socket) -> None:
    program.client.start()
    engine = Engine(server)
    engine.lets_in()
    huge = {"labels": "x" * MAX_COMMAND_BYTES}
    program.sends(Annotate(key=uuid4(), uid=uuid4(), view="top", parent=None, annotation=huge))
    assert program.answers.get(timeout=WAIT_S).refusal is Refusal.BAD_VALUE
    sent = program.sends(note())
    assert engine.hears() == sent
    engine.ends()


def test_a_callback_that_fails_does_not_leave_the_program_without_the_engine(
    tmp_path: Path, server: socket.socket
) -> None:
    heard: list[FromEngine] = []
    again = threading.Event()

    def hear(message: FromEngine) -> None:
        heard.append(message)
        if len(heard) == 1:
            raise RuntimeError("a defect of the program")
        again.set()

    lost: queue.Queue[str] = queue.Queue()
    client = DeskClient(tmp_path, Kind.TOOL, hear, lost.put)
    client.start()
    engine = Engine(server)
    engine.says(WELCOME)
    assert "defect" in lost.get(timeout=WAIT_S)
    engine.ends()
    engine = Engine(server)
    engine.lets_in()
    assert again.wait(WAIT_S)
    client.stop()
    engine.ends()


def test_stopping_is_quick_safe_twice_and_without_a_start(tmp_path: Path) -> None:
    stops: list[Callable[[], None]] = []
    for start in (False, True):
        client = Program(tmp_path).client
        if start:
            client.start()
        stops += [client.stop, client.stop]
    for stop in stops:
        stop()
