"""Asking a GigE Vision device whether it is there: a socket that answers, refuses, is silent, or is somebody else's."""

import socket
import struct
import threading
from collections.abc import Callable, Iterator
from contextlib import contextmanager

import pytest

from camera.backends import gvcp
from camera.backends.gvcp import Ping

Answers = Callable[[bytes, int], bytes | None]


def version(request: bytes, _: int) -> bytes:
    """READREG_ACK with the value of the register (GigE Vision 2.0)."""
    (number,) = struct.unpack_from(">H", request, 6)
    return struct.pack(">HHHHI", 0, 0x0081, 4, number, 0x00020000)


def refusal(request: bytes, _: int) -> bytes:
    """GEV_STATUS_ACCESS_DENIED."""
    (number,) = struct.unpack_from(">H", request, 6)
    return struct.pack(">HHHH", 0x8006, 0x0081, 0, number)


@contextmanager
def device(answer: Answers) -> Iterator[tuple[int, list[bytes]]]:
    """A device on loopback: its port, and what it was asked."""
    asked: list[bytes] = []
    with socket.socket(socket.AF_INET, socket.SOCK_DGRAM) as ours:
        ours.bind(("127.0.0.1", 0))

        def serve() -> None:
            while True:
                request, whose = ours.recvfrom(1024)
                if not request:
                    return
                asked.append(request)
                if (said := answer(request, len(asked))) is not None:
                    ours.sendto(said, whose)

        thread = threading.Thread(target=serve)
        thread.start()
        port = ours.getsockname()[1]
        try:
            yield port, asked
        finally:
            ours.sendto(b"", ("127.0.0.1", port))
            thread.join()


@contextmanager
def ping(port: int) -> Iterator[Ping]:
    asking = Ping("127.0.0.1", port)
    try:
        yield asking
    finally:
        asking.close()


@pytest.mark.parametrize("answer", [version, refusal])
def test_whatever_it_says_it_is_there(answer: Answers) -> None:
    with device(answer) as (port, asked), ping(port) as asking:
        assert asking.answers()
        assert asking.answers()
    assert [request[:6] for request in asked] == [bytes.fromhex("42 01 00 80 00 04")] * 2
    assert [request[6:] for request in asked] == [struct.pack(">HI", number, 0) for number in (1, 2)]


def test_a_lost_question_is_asked_again() -> None:
    with device(lambda request, count: version(request, count) if count == 3 else None) as (port, asked):
        with ping(port) as asking:
            assert asking.answers()
        assert len(asked) == 3


def test_one_that_is_silent_is_not_there(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(gvcp, "WAIT_S", 0.01)
    with device(lambda *_: None) as (port, asked), ping(port) as asking:
        assert not asking.answers()
        assert len(asked) == gvcp.TRIES


def test_an_answer_that_came_too_late_is_none_to_the_next_question(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(gvcp, "WAIT_S", 0.01)
    with socket.socket(socket.AF_INET, socket.SOCK_DGRAM) as silent:
        silent.bind(("127.0.0.1", 0))
        with ping(silent.getsockname()[1]) as asking:
            assert not asking.answers()
            request, whose = silent.recvfrom(1024)
            silent.sendto(version(request, 1), whose)
            assert not asking.answers()


def test_where_nobody_listens_it_is_not_there() -> None:
    with socket.socket(socket.AF_INET, socket.SOCK_DGRAM) as gone:
        gone.bind(("127.0.0.1", 0))
        port = gone.getsockname()[1]
    with ping(port) as asking:
        assert not asking.answers()
