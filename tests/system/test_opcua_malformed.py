"""Bytes and arguments that no honest client sends to the OPC UA server: none brings it down."""

import contextlib
import random
import socket
from collections.abc import Iterator

import psutil
import pytest
from asyncua import Node, ua
from hypothesis import given, settings
from hypothesis import strategies as st
from opcua_attack import CODES, attacked_server, refused, run, session, trusted_certificate
from opcua_peers import SYSTEM, Server
from waiting import wait_until

from plc.opcua.certificates import OwnCertificate
from plc.opcua.guard import LARGEST_CHUNK_BYTES

pytestmark = pytest.mark.system


@pytest.fixture(scope="module")
def server(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Server]:
    with attacked_server(tmp_path_factory.mktemp("server")) as server:
        yield server


@pytest.fixture(scope="module")
def trusted(server: Server, tmp_path_factory: pytest.TempPathFactory) -> OwnCertificate:
    return trusted_certificate(server, tmp_path_factory.mktemp("client"))


# Bytes ----------------------------------------------------------------------------------------------------------------


def hello() -> bytes:
    url = b"opc.tcp://127.0.0.1/"
    body = b"".join(number.to_bytes(4, "little") for number in (0, 65535, 65535, 0, 0, len(url))) + url
    return b"HELF" + (8 + len(body)).to_bytes(4, "little") + body


def rubbish(number: int) -> list[bytes]:
    """Return what one broken or hostile client sends."""
    chance = random.Random(number)
    mangled = bytearray(hello())
    mangled[chance.randrange(len(mangled))] ^= 1 << chance.randrange(8)
    open_channel = b"OPNF" + (60).to_bytes(4, "little") + chance.randbytes(52)
    return [
        [chance.randbytes(chance.randrange(1, 400))],
        [bytes(mangled)],
        [hello(), open_channel],
        [hello(), b"MSGF" + (40).to_bytes(4, "little") + chance.randbytes(32)],
        [b"OPNF" + (LARGEST_CHUNK_BYTES * 100).to_bytes(4, "little"), chance.randbytes(5000)],
        [hello(), b"OPNC" + (60).to_bytes(4, "little") + chance.randbytes(52)] * 3,
    ][number % 6]


def storm(server: Server, numbers: range) -> None:
    for number in numbers:
        with socket.create_connection(("127.0.0.1", server.port), 5) as attacker:
            for chunk in rubbish(number):
                try:
                    attacker.sendall(chunk)
                except ConnectionError:
                    break
            if number % 7 == 0:
                attacker.settimeout(0.05)
                with contextlib.suppress(TimeoutError, ConnectionError):
                    attacker.recv(1000)


LEAK_BYTES = 8_000_000
"""600 attackers who each left 16 kB behind would be found."""


def test_malformed_bytes_neither_crash_nor_leak(server: Server, trusted: OwnCertificate) -> None:
    process = psutil.Process(server.process.pid)
    before, files = len(process.net_connections()), process.num_fds()
    storm(server, range(120))  # what is loaded and kept once is not a leak
    wait_until(lambda: len(process.net_connections()) <= before, "the first attackers' connections are gone")
    memory = process.memory_info().rss
    storm(server, range(120, 720))
    wait_until(lambda: len(process.net_connections()) <= before, "the attackers' connections are gone")
    wait_until(lambda: process.num_fds() <= files, "no file stays open")
    assert process.memory_info().rss - memory < LEAK_BYTES
    assert process.is_running()

    async def attempt() -> None:
        async with session(server, trusted) as client:
            assert (await client.get_node(ua.NodeId(5101, 4)).read_value()) is not None

    run(attempt)


@st.composite
def chunks(draw: st.DrawFn) -> bytes:
    """Return something like a chunk: a known or unknown type, and a size that is right or not."""
    kind = draw(st.sampled_from([hello()[:3], b"OPN", b"MSG", b"CLO", b"ERR", b"ACK", b"RHE", b"\x00\x00\x00"]))
    body = draw(st.binary(max_size=300))
    size = draw(st.one_of(st.just(8 + len(body)), st.integers(0, 2**32 - 1)))
    return kind + draw(st.sampled_from([b"F", b"C", b"A", b"?"])) + size.to_bytes(4, "little") + body


@settings(max_examples=60, deadline=None, database=None)
@given(greeting=st.booleans(), sent=st.lists(chunks(), min_size=1, max_size=4))
def test_whatever_one_client_sends_the_next_one_is_answered(server: Server, greeting: bool, sent: list[bytes]) -> None:
    with socket.create_connection(("127.0.0.1", server.port), 20) as attacker, contextlib.suppress(ConnectionError):
        attacker.sendall((hello() if greeting else b"") + b"".join(sent))
    with socket.create_connection(("127.0.0.1", server.port), 20) as client:
        client.sendall(hello())
        assert client.recv(4) == b"ACKF"


def test_a_chunk_that_announces_too_much_is_cut_off(server: Server) -> None:
    with socket.create_connection(("127.0.0.1", server.port), 5) as attacker:
        attacker.sendall(b"HELF" + (2**31).to_bytes(4, "little") + b"x" * 100)
        attacker.settimeout(5)
        assert attacker.recv(10) == b""


def test_requests_that_decode_to_nonsense_end_in_a_fault(server: Server, trusted: OwnCertificate) -> None:
    async def attack() -> None:
        async with session(server, trusted) as client:
            request = ua.CallMethodRequest(ObjectId=ua.NodeId(1, 77), MethodId=ua.NodeId("no", 3), InputArguments=[])
            (result,) = await client.uaclient.call([request])
            assert result.StatusCode.value == CODES.BadNodeIdUnknown
            many = [ua.ReadValueId(NodeId=ua.NodeId(2258), AttributeId=13)] * 1001
            read = client.uaclient.session.read(ua.ReadParameters(NodesToRead=many))
            assert await refused(read) == CODES.BadTooManyOperations

    run(attack)


def any_variant(chance: random.Random) -> ua.Variant:
    """Return an argument of any kind, seldom the right one."""
    structures = [kind for node, kind in ua.extension_objects_by_datatype.items() if node.NamespaceIndex in {2, 3}]
    text = "".join(chr(chance.randrange(32, 0x2FFF)) for _ in range(chance.choice([0, 1, 20, 5000])))
    return chance.choice(
        [
            lambda: ua.Variant(None),
            lambda: ua.Variant(text, ua.VariantType.String),
            lambda: ua.Variant([text[:20]] * chance.choice([0, 1, 2000]), ua.VariantType.String, is_array=True),
            lambda: ua.Variant(chance.choice([0, -1, 1, 2**31 - 1, -(2**31)]), ua.VariantType.Int32),
            lambda: ua.Variant(chance.choice([0, 1, 100, 2**32 - 1]), ua.VariantType.UInt32),
            lambda: ua.Variant(chance.random() < 0.5, ua.VariantType.Boolean),
            lambda: ua.Variant(chance.choice([0.0, float("nan"), float("inf")]), ua.VariantType.Double),
            lambda: ua.Variant(chance.randbytes(50), ua.VariantType.ByteString),
            lambda: ua.Variant(chance.choice(structures)(), ua.VariantType.ExtensionObject),
            lambda: ua.Variant([chance.choice(structures)()], ua.VariantType.ExtensionObject, is_array=True),
            lambda: ua.Variant(ua.NodeId(chance.randrange(99999), chance.randrange(9)), ua.VariantType.NodeId),
            lambda: ua.Variant(ua.ContentFilter(), ua.VariantType.ExtensionObject),
        ]
    )()


def right_kind(chance: random.Random, argument: ua.Argument) -> ua.Variant:
    """Return an argument of the declared kind with a value out of the ordinary."""
    if (kind := ua.extension_objects_by_datatype.get(argument.DataType)) is not None:
        return ua.Variant(kind(), ua.VariantType.ExtensionObject)
    numbers = {6: ua.VariantType.Int32, 7: ua.VariantType.UInt32}
    if (number := numbers.get(argument.DataType.Identifier)) is not None:
        return ua.Variant(chance.choice([0, 1, 2**31 - 1]), number)
    return any_variant(chance)


async def methods_under(node: Node) -> list[tuple[Node, Node]]:
    """Return every object below a node with each of its methods."""
    found = [(node, method) for method in await node.get_methods()]
    for child in await node.get_children(nodeclassmask=ua.NodeClass.Object):
        found += await methods_under(child)
    return found


def test_no_argument_of_any_method_brings_the_server_down(server: Server, trusted: OwnCertificate) -> None:
    chance = random.Random(5)

    async def attack() -> None:
        async with session(server, trusted, "engineer") as client:
            await client.load_data_type_definitions()
            machinery = client.get_node(ua.NodeId(5050, 4))
            methods = await methods_under(client.get_node(SYSTEM)) + await methods_under(machinery)
            assert len(methods) > 20
            answered = 0
            for owner, method in methods:
                declared: list[ua.Argument] = []
                with contextlib.suppress(ua.UaStatusCodeError):
                    declared = await (await method.get_child("0:InputArguments")).read_value()
                for _ in range(12):
                    given = [chance.choice([right_kind(chance, wanted), any_variant(chance)]) for wanted in declared]
                    given = given[: chance.choice([None, None, None, 1])]
                    request = ua.CallMethodRequest(owner.nodeid, method.nodeid, given)
                    try:
                        (result,) = await client.uaclient.call([request])
                    except ua.uaerrors.BadDecodingError:
                        continue  # a structure without what it must have; the session goes on
                    answered += 1
                    assert result.StatusCode.value != CODES.BadInternalError, (method, given)
            assert answered > 6 * len(methods)
            assert await client.get_node(ua.NodeId(2258)).read_value() is not None

    run(attack)
    assert "Traceback" not in server.log.read_text()
