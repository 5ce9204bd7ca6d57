"""Temporary files: bounded, a session's own, and as a file on a disk would be."""

import asyncio
import io
from types import SimpleNamespace
from typing import Any

import pytest
from asyncua import ua
from hypothesis import given, settings
from hypothesis import strategies as st

from plc.opcua.files import CHUNK_BYTES, MOST_OPEN, MOST_PER_SESSION, TemporaryFiles
from plc.opcua.methods import StatusError
from plc.opcua.rules import Caller

LIMIT = 200
ANN, BEN = Caller(name="Ann", session="a"), Caller(name="Ben", session="b")


def opened() -> TemporaryFiles:
    return TemporaryFiles(SimpleNamespace(), 4)  # only `bind` asks the server


async def nothing(_caller: Caller, _content: bytes) -> None:
    """Take a file."""


STEPS = st.lists(
    st.one_of(
        st.tuples(st.just("write"), st.binary(max_size=80)),
        st.tuples(st.just("read"), st.integers(0, 300)),
        st.tuples(st.just("seek"), st.integers(0, 2**64 - 1)),
    ),
    max_size=30,
)


@settings(max_examples=200, deadline=None)
@given(STEPS)
def test_it_is_as_a_file_that_may_not_grow_beyond_its_limit(steps: list[tuple[str, Any]]) -> None:
    """Hold it against plain bytes and a position."""

    async def happen() -> None:
        files, taken = opened(), []

        async def commit(_caller: Caller, content: bytes) -> None:
            taken.append(content)

        node, handle = files.writer("a", LIMIT, commit)
        content, at = b"", 0
        for step, value in steps:
            if step == "seek":
                await files._set_position(ANN, node, handle, value)
                at = min(value, len(content))
            elif step == "read":
                assert await files._read(ANN, node, handle, value) == (content[at : at + value],)
                at = min(len(content), at + value)
            elif at + len(value) > LIMIT:
                with pytest.raises(StatusError):
                    await files._write(ANN, node, handle, value)
            else:
                await files._write(ANN, node, handle, value)
                content, at = content[:at] + value + content[at + len(value) :], at + len(value)
            assert await files._get_position(ANN, node, handle) == (at,)
        await files.commit(ANN, handle)
        assert taken == [content]
        with pytest.raises(StatusError):
            await files.commit(ANN, handle)

    asyncio.run(happen())


def test_a_file_is_its_sessions_own() -> None:
    async def happen() -> None:
        files = opened()
        node, handle = files.reader("a", io.BytesIO(b"secret"))
        for work in (files._read(BEN, node, handle, 9), files._close(BEN, node, handle), files.commit(BEN, handle)):
            with pytest.raises(StatusError) as refused:
                await work
            assert refused.value.code == ua.StatusCodes.BadInvalidArgument
        with pytest.raises(StatusError):
            await files._read(ANN, ua.NodeId("File.99", 4), handle, 9)
        assert await files._read(ANN, node, handle, 9) == (b"secret",)
        with pytest.raises(StatusError, match="for reading"):
            await files._write(ANN, node, handle, b"x")
        with pytest.raises(StatusError, match="for reading"):
            await files.commit(ANN, handle)
        await files._close(ANN, node, handle)

    asyncio.run(happen())


def test_files_are_few_and_end_with_their_session() -> None:
    async def happen() -> None:
        files = opened()
        content = [io.BytesIO(b"x") for _ in range(MOST_OPEN + 1)]
        for number, one in enumerate(content[:-1]):
            files.reader(f"session {number // MOST_PER_SESSION}", one)
        with pytest.raises(StatusError, match="too many"):
            files.reader("another", content[-1])
        assert content[-1].closed
        files.forget("session 0")
        assert [one.closed for one in content[: MOST_PER_SESSION + 1]] == [True] * MOST_PER_SESSION + [False]
        node, handle = files.writer("session 0", CHUNK_BYTES, nothing)
        assert files._has(node)
        files._end(handle)
        assert not files._has(node)
        for number in range(MOST_OPEN):
            files.forget(f"session {number}")

    asyncio.run(happen())
