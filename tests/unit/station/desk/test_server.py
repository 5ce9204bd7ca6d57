"""The desk's socket: who gets in, who is cut off, and that nobody out there is ever waited for."""

import asyncio
import contextlib
import json
import socket
import stat
import time
from collections.abc import AsyncIterator, Awaitable, Callable
from contextlib import asynccontextmanager
from dataclasses import dataclass, field
from pathlib import Path
from uuid import UUID, uuid4

import pytest
from welcome import WELCOME

from station.desk import server as desk_server
from station.desk.address import SOCKET_FILE, connect
from station.desk.messages import (
    MAX_COMMAND_BYTES,
    MAX_LINE_BYTES,
    Answer,
    Attach,
    FromEngine,
    HoldEnded,
    Kind,
    PartCounts,
    Refusal,
    State,
    ToEngine,
    Welcome,
    WriteNote,
    from_engine,
    line_of,
)
from station.desk.server import MAX_CLIENTS, Client, DeskServer

ENDED = HoldEnded(uid=UUID(int=7), part_seq=7)


def state(text: str = "NONE") -> State:
    counts = PartCounts(started=0, finished=0, refused=0, ok=0, ng=0, not_decidable=0)
    return State(
        online=True,
        reason=text,
        accepting=True,
        plc_up=True,
        faults=(),
        awaited=(),
        counts=counts,
        latency_p50_ms=None,
        latency_p99_ms=None,
    )


@dataclass
class Played:
    """What an engine does behind the socket: answers, and remembers what was asked."""

    asked: list[ToEngine] = field(default_factory=list)
    go_on: asyncio.Event = field(default_factory=asyncio.Event)
    fail: bool = False

    async def perform(self, _client: Client, command: ToEngine) -> Answer:
        self.asked.append(command)
        if isinstance(command, WriteNote):
            await self.go_on.wait()
            if self.fail:
                raise RuntimeError("a defect of ours")
        return Answer(key=command.key, done=True)

    async def welcome(self) -> Welcome:
        return WELCOME


@dataclass
class Peer:
    """A program at the socket, as its bytes."""

    reader: asyncio.StreamReader
    writer: asyncio.StreamWriter

    async def hear(self) -> FromEngine:
        async with asyncio.timeout(10):
            return from_engine.validate_json(await self.reader.readuntil(b"\n"))

    async def gone(self) -> bool:
        async with asyncio.timeout(10):
            with contextlib.suppress(ConnectionError):
                while await self.reader.read(1 << 20):
                    pass
            return True

    def say(self, data: bytes) -> None:
        self.writer.write(data)


@asynccontextmanager
async def desk(data: Path) -> AsyncIterator[tuple[DeskServer, Played]]:
    played = Played()
    played.go_on.set()
    server = DeskServer(data, played.perform, played.welcome, lambda: None)
    server.start()
    try:
        await until((data / SOCKET_FILE).exists)
        yield server, played
    finally:
        await server.stop()


async def until(condition: Callable[[], bool]) -> None:
    deadline = time.monotonic() + 10
    while not condition():
        assert time.monotonic() < deadline
        await asyncio.sleep(0.002)


@asynccontextmanager
async def peer(data: Path) -> AsyncIterator[Peer]:
    sock = connect(data, 5.0)
    reader, writer = await asyncio.open_unix_connection(sock=sock, limit=MAX_LINE_BYTES)
    try:
        yield Peer(reader, writer)
    finally:
        writer.transport.abort()
        await asyncio.sleep(0)


@asynccontextmanager
async def attached(data: Path) -> AsyncIterator[Peer]:
    async with peer(data) as program:
        assert isinstance(await program.hear(), Welcome)
        program.say(line_of(Attach(key=uuid4(), kind=Kind.SCREEN)))
        answer = await program.hear()
        assert isinstance(answer, Answer)
        assert answer.done
        yield program


def run(test: Callable[[], Awaitable[None]]) -> None:
    asyncio.run(test())  # type: ignore[arg-type]


def test_whoever_attaches_is_welcomed_answered_and_told(tmp_path: Path) -> None:
    async def test() -> None:
        async with desk(tmp_path) as (server, played), attached(tmp_path) as program:
            note = WriteNote(key=uuid4(), text="burr at fixture 2")
            program.say(line_of(note))
            assert await program.hear() == Answer(key=note.key, done=True)
            server.tell(ENDED)
            assert await program.hear() == ENDED
            assert played.asked[1] == note
        assert not (tmp_path / SOCKET_FILE).exists()

    run(test)


def test_the_socket_is_its_owners_alone(tmp_path: Path) -> None:
    async def test() -> None:
        async with desk(tmp_path):
            assert stat.S_IMODE((tmp_path / SOCKET_FILE).stat().st_mode) == 0o600

    run(test)


def test_a_path_too_long_for_a_socket_is_reached_all_the_same(tmp_path: Path) -> None:
    deep = tmp_path.joinpath(*["a folder with quite a long name"] * 6)
    deep.mkdir(parents=True)

    async def test() -> None:
        async with desk(deep), attached(deep):
            pass

    run(test)


def test_what_a_dead_engine_left_is_replaced(tmp_path: Path) -> None:
    with socket.socket(socket.AF_UNIX) as dead:
        dead.bind(str(tmp_path / SOCKET_FILE))

    async def test() -> None:
        async with desk(tmp_path) as (server, _):
            await until(lambda: server._server is not None)
            async with attached(tmp_path):
                pass

    run(test)


def test_a_second_engine_does_not_take_the_first_ones_socket(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(desk_server, "RETRY_S", 0.01)

    async def test() -> None:
        async with desk(tmp_path) as (first, _), attached(tmp_path) as program:
            second = DeskServer(tmp_path, Played().perform, Played().welcome, lambda: None)
            second.start()
            await asyncio.sleep(0.05)
            first.tell(ENDED)
            assert await program.hear() == ENDED
            await first.stop()
            await until(lambda: second._server is not None)
            async with attached(tmp_path):
                pass
            await second.stop()

    run(test)


def test_a_data_folder_that_comes_later_is_waited_for(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(desk_server, "RETRY_S", 0.01)
    data = tmp_path / "later"

    async def test() -> None:
        server = DeskServer(data, Played().perform, Played().welcome, lambda: None)
        server.start()
        await asyncio.sleep(0.03)
        data.mkdir()
        await until((data / SOCKET_FILE).exists)
        await until(lambda: server._server is not None)
        await server.stop()

    run(test)


@pytest.mark.parametrize(
    "first",
    [
        b"GET / HTTP/1.1\r\n\n",
        b"\x00\xff\xfe\n",
        line_of(WriteNote(key=uuid4(), text="before attaching")),
        b'{"type":"attach","kind":"king","key":"' + str(uuid4()).encode() + b'"}\n',
        b"x" * (desk_server.FIRST_LINE_BYTES + 10) + b"\n",
    ],
    ids=["http", "bytes", "note first", "unknown kind", "long"],
)
def test_who_does_not_say_what_it_is_is_told_why_and_let_go(tmp_path: Path, first: bytes) -> None:
    async def test() -> None:
        async with desk(tmp_path) as (server, played), peer(tmp_path) as program:
            await program.hear()
            program.say(first)
            answer = await program.hear()
            assert isinstance(answer, Answer)
            assert answer.refusal is Refusal.BAD_VALUE
            assert answer.text
            assert await program.gone()
            assert played.asked == []
            await until(lambda: not server._clients)

    run(test)


def test_who_says_nothing_is_let_go(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(desk_server, "ATTACH_S", 0.02)

    async def test() -> None:
        async with desk(tmp_path), peer(tmp_path) as program:
            await program.hear()
            answer = await program.hear()
            assert isinstance(answer, Answer)
            assert not answer.done
            assert await program.gone()

    run(test)


def test_a_wrong_command_with_a_key_is_answered_and_the_connection_stays(tmp_path: Path) -> None:
    async def test() -> None:
        async with desk(tmp_path), attached(tmp_path) as program:
            key = uuid4()
            program.say(
                json.dumps({"type": "write-note", "key": str(key), "text": "", "colour": "red"}).encode() + b"\n"
            )
            answer = await program.hear()
            assert answer == Answer(key=key, done=False, refusal=Refusal.BAD_VALUE, text=answer.text)
            note = WriteNote(key=uuid4(), text="still here")
            program.say(line_of(note))
            assert (await program.hear()) == Answer(key=note.key, done=True)

    run(test)


def test_a_line_without_end_is_cut_off(tmp_path: Path) -> None:
    async def test() -> None:
        async with desk(tmp_path), attached(tmp_path) as program:
            program.say(b"x" * (2 * MAX_COMMAND_BYTES + 1))
            assert await program.gone()

    run(test)


def test_half_a_line_and_gone_is_nothing(tmp_path: Path) -> None:
    async def test() -> None:
        async with desk(tmp_path) as (server, played):
            async with attached(tmp_path) as program:
                program.say(line_of(WriteNote(key=uuid4(), text="never ended"))[:-5])
                await program.writer.drain()
            await until(lambda: not server._clients)
            assert len(played.asked) == 1, "the attach alone"

    run(test)


def test_who_never_reads_is_cut_off_and_the_others_hear_all(tmp_path: Path) -> None:
    async def test() -> None:
        async with desk(tmp_path) as (server, _), attached(tmp_path) as good:
            sock = connect(tmp_path, 5.0)
            sock.sendall(line_of(Attach(key=uuid4(), kind=Kind.SCREEN)))
            try:
                await until(lambda: len(server.clients) == 2)
                heard = 0
                while len(server.clients) == 2:
                    for _ in range(50):
                        server.tell(ENDED)
                    for _ in range(50):
                        assert await good.hear() == ENDED
                    heard += 50
                    assert heard * len(line_of(ENDED)) < 4 * desk_server.MAX_UNREAD_BYTES
                assert len(server.clients) == 1
            finally:
                sock.close()

    run(test)


def test_a_state_is_left_out_for_who_is_behind_but_a_part_never_is(tmp_path: Path) -> None:
    async def test() -> None:
        async with desk(tmp_path) as (server, _):
            sock = connect(tmp_path, 5.0)
            sock.sendall(line_of(Attach(key=uuid4(), kind=Kind.SCREEN)))
            try:
                await until(lambda: len(server.clients) == 1)
                (client,) = server.clients
                while not client.behind:
                    server.tell(ENDED)
                before = client._writer.transport.get_write_buffer_size()
                server.tell(state("SKIPPED"))
                assert client._writer.transport.get_write_buffer_size() == before
                server.tell(ENDED)
                assert client._writer.transport.get_write_buffer_size() > before
            finally:
                sock.close()

    run(test)


def test_one_program_too_many_is_told_so(tmp_path: Path) -> None:
    async def test() -> None:
        async with desk(tmp_path) as (server, _), contextlib.AsyncExitStack() as stack:
            for _ in range(MAX_CLIENTS):
                await stack.enter_async_context(attached(tmp_path))
            async with peer(tmp_path) as late:
                answer = await late.hear()
                assert isinstance(answer, Answer)
                assert answer.refusal is Refusal.NOT_NOW
                assert await late.gone()
            assert len(server.clients) == MAX_CLIENTS

    run(test)


def test_a_defect_met_by_one_program_ends_that_connection_alone(tmp_path: Path) -> None:
    async def test() -> None:
        async with desk(tmp_path) as (server, played), attached(tmp_path) as good, attached(tmp_path) as bad:
            played.fail = True
            bad.say(line_of(WriteNote(key=uuid4(), text="oops")))
            assert await bad.gone()
            server.tell(ENDED)
            assert await good.hear() == ENDED

    run(test)


def test_commands_of_one_program_are_done_one_after_the_other(tmp_path: Path) -> None:
    async def test() -> None:
        async with desk(tmp_path) as (_, played), attached(tmp_path) as program:
            played.go_on.clear()
            notes = [WriteNote(key=uuid4(), text=str(number)) for number in range(20)]
            program.say(b"".join(line_of(note) for note in notes))
            await until(lambda: len(played.asked) == 2)
            played.go_on.set()
            for note in notes:
                assert await program.hear() == Answer(key=note.key, done=True)

    run(test)


def test_who_asks_too_fast_waits_its_turn_and_nobody_else_does(tmp_path: Path) -> None:
    async def test() -> None:
        async with desk(tmp_path) as (_, played), attached(tmp_path) as hasty, attached(tmp_path) as calm:
            credit = int(desk_server.CREDIT_S * desk_server.COMMANDS_PER_S)
            hasty.say(line_of(WriteNote(key=uuid4(), text="again")) * 10 * credit)
            note = WriteNote(key=uuid4(), text="now and then")
            calm.say(line_of(note))
            assert await calm.hear() == Answer(key=note.key, done=True)
            await until(lambda: len(played.asked) >= credit // 2)
            assert len(played.asked) < 2 * credit

    run(test)


def test_the_server_ends_with_somebody_who_does_not_read(tmp_path: Path) -> None:
    async def test() -> None:
        sock = socket.socket()
        try:
            async with desk(tmp_path) as (server, _):
                sock.close()
                sock = connect(tmp_path, 5.0)
                sock.sendall(line_of(Attach(key=uuid4(), kind=Kind.SCREEN)))
                await until(lambda: len(server.clients) == 1)
                (client,) = server.clients
                while not client.behind:
                    server.tell(ENDED)
        finally:
            sock.close()

    run(test)
    assert not (tmp_path / SOCKET_FILE).exists()
