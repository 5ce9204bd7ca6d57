"""Results over Sparkplug B before Debian's mosquitto and a host: births, deaths, stored results, and what survives a kill."""

import asyncio
import contextlib
import json
import subprocess
from collections.abc import AsyncIterator, Callable, Iterator
from contextlib import asynccontextmanager
from datetime import datetime
from pathlib import Path
from typing import Any

import pytest
from delivery_parts import open_journal, part, record_parts, uid, write_config
from mqtt_peer import Broker, Host
from opcua_peers import MODULES, ROOT
from opcua_peers import NODE as INTERPRETER
from tls_files import make_certificate

from plc.sparkplug.payload import DataType, Metric, _Payload, encode
from station.config import load_station
from station.delivery.process import Sender
from station.journal.records import utc_now

pytestmark = pytest.mark.system

NODE = "line-7"
DEADLINE_S = 10


@pytest.fixture
def broker(tmp_path: Path) -> Iterator[Broker]:
    with Broker(tmp_path / "broker") as broker:
        yield broker


@pytest.fixture
def host(broker: Broker) -> Iterator[Host]:
    with Host(broker.port) as host:
        yield host


def mqtt(port: int, more: str = "") -> str:
    return f'name = "scada"\nkind = "mqtt"\nurl = "mqtt://127.0.0.1:{port}"\n{more}'


@asynccontextmanager
async def sending(folder: Path, keys: str) -> AsyncIterator[None]:
    """Run the couriers of a station."""
    sender = Sender(load_station(write_config(folder, keys)))
    task = asyncio.create_task(sender.run())
    try:
        yield
    finally:
        task.cancel()
        with contextlib.suppress(asyncio.CancelledError):
            await task


async def until(condition: Callable[[], bool], what: str) -> None:
    try:
        async with asyncio.timeout(DEADLINE_S):
            while not condition():  # noqa: ASYNC110  # what another process brings about
                await asyncio.sleep(0.01)
    except TimeoutError:
        pytest.fail(f"not within {DEADLINE_S} s: {what}")


def decoded(host: Host, kind: str) -> list[Any]:
    return [
        _Payload.FromString(payload) for topic, payload in host.heard if topic == f"spBv1.0/inspection/{kind}/{NODE}"
    ]


def metrics(payload: Any) -> dict[str, Any]:
    return {metric.name: metric for metric in payload.metrics}


def ids(host: Host) -> list[str]:
    return [metrics(data)["Result/result_id"].string_value for data in decoded(host, "NDATA")]


def test_results_are_stored_until_the_host_is_there_and_die_with_the_node(
    broker: Broker, host: Host, tmp_path: Path
) -> None:
    record_parts(tmp_path, 1, 5)

    async def go() -> None:
        async with sending(tmp_path, mqtt(broker.port, 'primary_host = "scada"')):
            await asyncio.sleep(0.5)  # long enough to have said something, were it not waiting
            assert host.kinds() == []
            host.say(online=True)
            await until(lambda: len(ids(host)) == 5, "the stored results")
            with open_journal(tmp_path) as journal:
                journal.record(part(6, time=utc_now()))
            await until(lambda: len(ids(host)) == 6, "a new result")
        await until(lambda: host.kinds()[-1] == "NDEATH", "the death")

    asyncio.run(go())
    assert host.kinds() == ["NBIRTH", *["NDATA"] * 6, "NDEATH"]
    assert ids(host) == [str(uid(number)) for number in range(1, 7)]
    (birth,), data, (death,) = decoded(host, "NBIRTH"), decoded(host, "NDATA"), decoded(host, "NDEATH")
    assert [payload.seq for payload in (birth, *data)] == list(range(7))
    born, told = metrics(birth), [metrics(payload) for payload in data]
    assert born["bdSeq"].long_value == metrics(death)["bdSeq"].long_value == 0
    assert not born["Node Control/Rebirth"].boolean_value
    assert born["Result/verdict"].is_null
    assert set(told[0]) == set(born) - {"bdSeq", "Node Control/Rebirth"}
    assert all(told[0][name].datatype == born[name].datatype for name in told[0])
    assert [each["Result/verdict"].is_historical for each in told] == [True] * 5 + [False]
    assert [each["Result/verdict"].string_value for each in told] == ["OK"] * 4 + ["NG", "OK"]
    assert told[4]["Result/sequence"].long_value == 5


def decoded_elsewhere(payloads: list[bytes]) -> list[Any]:
    """Decode with Eclipse Tahu's own package, which nobody here wrote."""
    command = [str(INTERPRETER), str(ROOT / "tests" / "opcua" / "sparkplug.js"), str(MODULES)]
    lines = "".join(f"{payload.hex()}\n" for payload in payloads)
    done = subprocess.run(command, input=lines, capture_output=True, text=True, timeout=60, check=False)
    assert done.returncode == 0, done.stderr
    return [json.loads(line) for line in done.stdout.splitlines()]


def test_a_decoder_that_nobody_here_wrote_reads_the_same(broker: Broker, host: Host, tmp_path: Path) -> None:
    record_parts(tmp_path, 5, 5)

    async def go() -> None:
        async with sending(tmp_path, mqtt(broker.port)):
            await until(lambda: len(ids(host)) == 1, "the result")
        await until(lambda: host.kinds()[-1] == "NDEATH", "the death")

    asyncio.run(go())
    birth, data, death = decoded_elsewhere([payload for topic, payload in host.heard if topic.startswith("spBv1.0/")])
    assert (birth["seq"], data["seq"]) == (0, 1)
    born, told = ({metric["name"]: metric for metric in payload["metrics"]} for payload in (birth, data))
    (session,) = death["metrics"]
    assert (session["name"], session["type"], session["value"]) == ("bdSeq", "Int64", born["bdSeq"]["value"])
    assert (born["Node Control/Rebirth"]["type"], born["Node Control/Rebirth"]["value"]) == ("Boolean", False)
    assert born["Result/verdict"]["value"] is None
    assert {name: metric["type"] for name, metric in told.items()} == {
        name: metric["type"] for name, metric in born.items() if name.startswith("Result/")
    }
    assert told["Result/verdict"] | {"timestamp": None} == {
        "name": "Result/verdict",
        "type": "String",
        "value": "NG",
        "timestamp": None,
        "isHistorical": True,
    }
    values = {name: told[f"Result/{name}"]["value"] for name in ("result_id", "sequence", "final", "time")}
    row = json.loads(told["Result/json"]["value"])
    assert values["result_id"] == str(uid(5)) == row["result_id"]
    assert (values["sequence"], values["final"]) == (1, row["final"])
    moment = datetime.fromisoformat(row["time"]).timestamp() * 1000
    assert values["time"] == pytest.approx(moment, abs=1)
    assert told["Result/time"]["type"] == "DateTime"
    assert told["Result/verdict"]["timestamp"] == pytest.approx(moment, abs=1)


def test_a_host_that_goes_gets_what_it_may_have_missed_and_what_came_meanwhile(
    broker: Broker, host: Host, tmp_path: Path
) -> None:
    record_parts(tmp_path, 1, 2)
    host.say(online=True)

    async def go() -> None:
        async with sending(tmp_path, mqtt(broker.port, 'primary_host = "scada"')):
            await until(lambda: len(ids(host)) == 2, "the first results")
            host.say(online=False)
            await until(lambda: host.kinds()[-1] == "NDEATH", "the death")
            with open_journal(tmp_path) as journal:
                journal.record(part(3))
            host.say(online=True)
            await until(lambda: ids(host)[-1] == str(uid(3)), "what came meanwhile")

    asyncio.run(go())
    assert ids(host) == [str(uid(number)) for number in (1, 2, 1, 2, 3)]
    births = decoded(host, "NBIRTH")
    assert [metrics(birth)["bdSeq"].long_value for birth in births] == [0, 1]
    assert metrics(births[1])["Result/result_id"].string_value == str(uid(2))
    assert all(metrics(data)["Result/verdict"].is_historical for data in decoded(host, "NDATA")[2:])


def test_a_rebirth_is_told_when_a_host_asks(broker: Broker, host: Host, tmp_path: Path) -> None:
    record_parts(tmp_path, 1, 1)
    now = utc_now()
    command = encode([Metric("Node Control/Rebirth", DataType.BOOLEAN, True, now)], now)

    async def go() -> None:
        async with sending(tmp_path, mqtt(broker.port)):
            await until(lambda: len(ids(host)) == 1, "the result")
            host.command(f"spBv1.0/inspection/NCMD/{NODE}", b"nonsense")
            host.command(f"spBv1.0/inspection/NCMD/{NODE}", command)
            await until(lambda: host.kinds().count("NBIRTH") == 2, "the rebirth")
            with open_journal(tmp_path) as journal:
                journal.record(part(2))
            await until(lambda: len(ids(host)) == 2, "another result")

    asyncio.run(go())
    first, second = decoded(host, "NBIRTH")
    assert (first.seq, second.seq, decoded(host, "NDATA")[1].seq) == (0, 0, 1)
    assert metrics(first)["bdSeq"].long_value == metrics(second)["bdSeq"].long_value


def test_a_broker_that_dies_gets_everything_when_it_is_back(broker: Broker, tmp_path: Path) -> None:
    record_parts(tmp_path, 1, 3)
    heard: list[str] = []

    async def go() -> None:
        async with sending(tmp_path, mqtt(broker.port)):
            with Host(broker.port) as host:
                await until(lambda: len(ids(host)) == 3, "the first results")
                heard.extend(ids(host))
                broker.kill()
            with open_journal(tmp_path) as journal:
                journal.record(part(4))
            broker.start()
            with Host(broker.port) as host:
                await until(lambda: str(uid(4)) in ids(host), "the result of meanwhile")
                heard.extend(ids(host))

    asyncio.run(go())
    assert list(dict.fromkeys(heard)) == [str(uid(number)) for number in range(1, 5)]


def test_passwords_and_certificates(tmp_path: Path) -> None:
    certificate = make_certificate(tmp_path / "broker.pem")
    record_parts(tmp_path, 1, 1)
    with Broker(tmp_path / "closed", password="a secret of both sides", certificate=certificate) as broker:
        keys = mqtt(broker.port, 'user = "station"\nsecret_file = "mes.secret"\n').replace("mqtt://", "mqtts://")
        asyncio.run(_takes(tmp_path, keys, "CERTIFICATE_VERIFY_FAILED|certificate"))
        wrong = keys.replace('"station"', '"stranger"') + f'ca_file = "{certificate}"\n'
        asyncio.run(_takes(tmp_path, wrong, "(?i)not authori[sz]ed|bad user"))
        asyncio.run(_takes(tmp_path, keys + f'ca_file = "{certificate}"\n', ""))


async def _takes(folder: Path, keys: str, why: str) -> None:
    """Deliver, or see the reason why not."""
    import re

    from station.journal.deliveries import Deliveries

    def standing() -> bool:
        deliveries = Deliveries.read(folder / "data")
        if deliveries is None:
            return False
        with deliveries:
            state = deliveries.state("scada")
        return state is not None and (bool(re.search(why, state.error)) if why else state.done == 1)

    async with sending(folder, keys):
        await until(standing, why or "the result")
