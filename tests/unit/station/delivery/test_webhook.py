"""The webhook before a real HTTP server: what is signed, what acknowledges, what refuses and what waits."""

import asyncio
import socket
from collections.abc import Callable
from pathlib import Path

import pytest
from delivery_parts import SHA, part, uid, webhook, write_config
from http_peer import HttpPeer
from tls_files import make_certificate

from station.config import load_station
from station.delivery.message import Message, make_message
from station.delivery.sink import RefusedError, UnreachableError
from station.delivery.webhook import Webhook, sign
from station.journal.reader import JournalReader
from station.journal.records import utc_now
from station.journal.result_queries import verdicts_after
from station.journal.store import Journal
from station.line.inspection import VerdictKind

Send = Callable[..., None]


@pytest.fixture
def message(tmp_path: Path) -> Message:
    with Journal.open(tmp_path / "data", audit_key_path=tmp_path / "audit.key") as journal:
        journal.record(part(1, VerdictKind.NG))
    with JournalReader(tmp_path / "data") as reader:
        (row,) = verdicts_after(reader, 0, 10)
    return make_message(row, "line-7", lambda _name, sha: 100.0 if sha == SHA else None)


@pytest.fixture
def send(tmp_path: Path, message: Message) -> Send:
    """Send the result to a peer, more than once."""

    def send(keys: str, times: int = 1) -> None:
        (destination,) = load_station(write_config(tmp_path, keys)).delivery

        async def go() -> None:
            sink = Webhook(destination, utc_now)
            try:
                for _ in range(times):
                    await sink.send(message)
            finally:
                await sink.close()

        asyncio.run(go())

    return send


def test_a_result_travels_signed_and_whole(send: Send, message: Message) -> None:
    with HttpPeer() as peer:
        send(webhook(peer.port), times=2)
    first, second = peer.received  # the peer has checked signature and key
    assert first == second
    assert (first["result_id"], first["sequence"], first["part_id"]) == (str(uid(1)), 1, "SN-1")
    assert (first["verdict"], first["evaluation"], first["final"], first["station"]) == ("NG", 2, True, "line-7")
    assert first["time"] == message.time.isoformat()
    assert first["models"] == [{"view": "top", "name": "plate", "version": "2", "sha256": "ab" * 32}]
    (defect,) = first["defects"]
    assert defect["class"] == "scratch"
    assert (defect["x_px"], defect["width_px"], defect["length_mm"]) == (25.0, 30.0, 3.0)


@pytest.mark.parametrize("status", [200, 201, 204])
def test_any_2xx_acknowledges(send: Send, status: int) -> None:
    with HttpPeer() as peer:
        peer.status = status
        send(webhook(peer.port))


@pytest.mark.parametrize(("status", "error"), [(400, RefusedError), (409, RefusedError), (422, RefusedError)])
def test_what_is_said_of_the_result_refuses_it(send: Send, status: int, error: type[Exception]) -> None:
    with HttpPeer() as peer:
        peer.status = status
        with pytest.raises(error, match=f"HTTP {status} .*said"):
            send(webhook(peer.port))


@pytest.mark.parametrize("status", [301, 401, 403, 404, 429, 500, 503])
def test_what_is_said_of_anything_else_lets_it_wait(send: Send, status: int) -> None:
    with HttpPeer() as peer:
        peer.status = status
        with pytest.raises(UnreachableError, match=f"HTTP {status}"):
            send(webhook(peer.port))


def test_nobody_there_and_nobody_who_answers(send: Send) -> None:
    with HttpPeer() as peer:
        port = peer.port
    with pytest.raises(UnreachableError, match="connection"):
        send(webhook(port))


def test_a_silent_server_is_given_up(send: Send) -> None:
    with socket.create_server(("127.0.0.1", 0)) as silent, pytest.raises(UnreachableError, match=r"within 0\.2 s"):
        send(webhook(silent.getsockname()[1], more="timeout_s = 0.2"))


def test_a_secret_that_others_may_read_sends_nothing(send: Send, tmp_path: Path) -> None:
    loose = tmp_path / "loose.secret"
    loose.write_text("a secret of both sides")
    loose.chmod(0o644)
    short = tmp_path / "short.secret"
    short.write_text("short")
    short.chmod(0o600)
    with HttpPeer() as peer:
        keys = webhook(peer.port)
        for name, why in (("loose", "other users"), ("short", "at least"), ("absent", "cannot be read")):
            with pytest.raises(UnreachableError, match=why):
                send(keys.replace("mes.secret", f"{name}.secret"))
    assert peer.seen == []


def test_https_trusts_the_authority_it_is_given_and_no_other(send: Send, tmp_path: Path) -> None:
    ours, others = make_certificate(tmp_path / "ours.pem"), make_certificate(tmp_path / "others.pem")
    with HttpPeer(certificate=ours) as peer:
        keys = webhook(peer.port).replace("http:", "https:")
        send(keys + f'ca_file = "{ours}"\n')
        for stranger in ("", f'ca_file = "{others}"\n'):
            with pytest.raises(UnreachableError, match=r"(?i)certificate"):
                send(keys + stranger)
    assert len(peer.received) == 1


def test_the_signature_is_that_of_the_documentation() -> None:
    """As `printf '1700000000.{}' | openssl dgst -sha256 -hmac key` gives it."""
    assert sign(b"key", "1700000000", b"{}") == "9d713ed406bb7076d4123f0dc2c39d2df5c654ed4b0cd56b52c8b4c940bd63ae"
