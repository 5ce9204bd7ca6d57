"""Results brought to a MES that is an OPC UA server itself, of a stack nobody here wrote: node-opcua."""

import asyncio
import subprocess
import sys
import time
from collections.abc import Iterator
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import pytest
from delivery_parts import SECRET, record_parts, write_config
from opcua_peers import NodeMes
from waiting import wait_until

from plc.opcua.certificates import TrustList, ensure_own
from plc.opcua.push import Push, PushError, PushRefusedError, PushSettings
from station.config import load_station
from station.delivery.standing import standing_of

pytestmark = pytest.mark.system

SPACE = "http://mes.example/results"
KINDS = {
    "Verdict": ("", "String"),
    "Evaluation": (0, "Byte"),
    "Score": (0.0, "Float"),
    "Final": (False, "Boolean"),
    "Time": (None, "DateTime"),
    "Sequence": (0, "UInt32"),
    "Taken": (0, "UInt32"),
}
TIME = datetime(2026, 5, 1, 6, tzinfo=UTC)
FIELDS: dict[str, Any] = {
    "result_id": "r-1",
    "sequence": 300,
    "verdict": "NG",
    "evaluation": 2,
    "score": 0.5,
    "final": True,
    "time": TIME,
}
DESTINATION = """name = "mes"
kind = "opcua"
url = "{url}"
user = "station"
secret_file = "mes.secret"
acknowledge = "nsu={space};s=Taken"

[delivery.map]
"nsu={space};s=Verdict" = "verdict"
"nsu={space};s=Sequence" = "sequence"
"""


@pytest.fixture
def mes(tmp_path: Path) -> Iterator[NodeMes]:
    with NodeMes(tmp_path / "peer", SPACE, "station", SECRET, KINDS) as mes:
        yield mes


@pytest.fixture
def settings(tmp_path: Path, mes: NodeMes) -> PushSettings:
    """What the station needs to bring results there; both sides trust each other."""
    certificates = tmp_path / "station"
    own = ensure_own(certificates, "urn:inspection-station:line-7", "line-7", datetime.now(UTC))
    TrustList(certificates).trust(str(mes.own.certificate))
    assert mes.ask(order="trust", certificate=str(own.certificate))["done"]
    variables = {f"nsu={SPACE};s={field.title()}": field for field in FIELDS if field != "result_id"}
    return PushSettings(mes.url, "line-7", certificates, "station", variables, timeout_s=20)


def push(settings: PushSettings, fields: dict[str, Any], password: str = SECRET) -> None:
    async def go() -> None:
        way = Push(settings, lambda: password)
        try:
            await way.send(fields)
        finally:
            await way.close()

    asyncio.run(go())


def test_results_reach_a_server_nobody_here_wrote_once_both_sides_trust_each_other(
    tmp_path: Path, mes: NodeMes
) -> None:
    record_parts(tmp_path, 1, 6)
    path = write_config(tmp_path, DESTINATION.format(url=mes.url, space=SPACE))
    config = load_station(path)
    (destination,) = config.delivery
    certificates = config.station.data / "opcua" / "certificates"
    trust, own = TrustList(certificates), certificates / "own" / "certificate.der"

    def waits_with(text: str) -> bool:
        return text in standing_of(config.station.data, destination).error

    with (tmp_path / "sender.log").open("wb") as log:
        command = [sys.executable, "-P", "-m", "station.delivery.process", "--config", str(path)]
        sender = subprocess.Popen(command, stdout=subprocess.DEVNULL, stderr=log)
    try:
        wait_until(lambda: waits_with("opcua trust add"), "the station to refuse a stranger", 60)
        ((refused, _),) = trust.rejected()
        trust.trust(refused.stem)
        wait_until(lambda: waits_with("opcua certificate show"), "the MES to refuse one", 60)
        assert mes.value("Sequence") == 0
        assert mes.ask(order="trust", certificate=str(own))["done"]
        taken = list(results(mes, 6))
        wait_until(lambda: standing_of(config.station.data, destination).waiting == 0, "the last acknowledgement", 60)
    finally:
        sender.terminate()
        sender.wait(20)
    verdicts = ["OK", "OK", "OK", "OK", "NG", "OK"]
    assert taken == list(zip(verdicts, range(1, 7), strict=True))


def results(mes: NodeMes, count: int) -> Iterator[tuple[str, int]]:
    """Take results as a MES does: read the variables when the sequence has changed, and acknowledge."""
    last, deadline = 0, time.monotonic() + 60
    while last < count:
        assert time.monotonic() < deadline, f"only {last} results came"
        if (sequence := mes.value("Sequence")) != last:
            yield mes.value("Verdict"), sequence
            mes.ask(order="write", name="Taken", value=sequence)
            last = sequence


def test_every_type_of_variable_is_written_as_it_is(mes: NodeMes, settings: PushSettings) -> None:
    push(settings, FIELDS)
    written = {name: mes.value(name) for name in ("Verdict", "Evaluation", "Score", "Final", "Sequence")}
    assert written == {"Verdict": "NG", "Evaluation": 2, "Score": 0.5, "Final": True, "Sequence": 300}
    assert datetime.fromisoformat(mes.value("Time")) == TIME
    with pytest.raises(PushError, match="Bad"):
        push(settings, FIELDS | {"sequence": 301}, password="wrong")
    assert mes.value("Sequence") == 300


def test_its_method_is_called_and_its_answer_counts(mes: NodeMes, settings: PushSettings) -> None:
    to_method = PushSettings(
        mes.url,
        "line-7",
        settings.certificates,
        "station",
        owner=f"nsu={SPACE};s=Mes",
        method=f"nsu={SPACE};s=Take",
        arguments=("result_id", "evaluation", "time"),
        timeout_s=20,
    )
    push(to_method, FIELDS)
    mes.ask(order="answer", status="BadOutOfRange")
    with pytest.raises(PushRefusedError, match="BadOutOfRange"):
        push(to_method, FIELDS)
    mes.ask(order="answer", status="BadOutOfService")
    with pytest.raises(PushError, match="BadOutOfService"):
        push(to_method, FIELDS)
    mes.ask(order="answer", status="Good")  # whatever it said before is read by now
    assert mes.called() == [["r-1", 2, "2026-05-01T06:00:00.000Z"]] * 3
