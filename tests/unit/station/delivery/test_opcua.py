"""Results pushed into an OPC UA server as the configuration maps them: all the way from the journal."""

import asyncio
import contextlib
from pathlib import Path

from delivery_parts import record_parts, write_config
from mes_server import Mes, running

from plc.opcua.certificates import TrustList
from station.config import load_station
from station.delivery.process import Sender
from station.delivery.standing import standing_of

KEYS = """name = "mes"
kind = "opcua"
url = "{url}"
user = "station"
secret_file = "mes.secret"
acknowledge = "ns=2;s=Taken"

[delivery.map]
"ns=2;s=Verdict" = "verdict"
"ns=2;s=Sequence" = "sequence"
"""


async def taken(mes: Mes, count: int) -> list[tuple[str, int]]:
    """Take results as a MES does: read the variables when the sequence has changed, and acknowledge."""
    node, found = mes.server.get_node("ns=2;s=Taken"), []
    async with asyncio.timeout(30):
        while len(found) < count:
            sequence = await mes.value("Sequence")
            if sequence > len(found):
                found.append((await mes.value("Verdict"), sequence))
                await node.write_value(sequence, mes.count)
            await asyncio.sleep(0.01)
    return found


def test_a_mes_that_acknowledges_misses_no_result(tmp_path: Path) -> None:
    record_parts(tmp_path, 1, 6)

    async def go() -> list[tuple[str, int]]:
        async with running(tmp_path) as mes:
            config = load_station(write_config(tmp_path, KEYS.format(url=mes.url)))
            trust = TrustList(config.station.data / "opcua" / "certificates")
            sender = asyncio.create_task(Sender(config).run())
            (destination,) = config.delivery
            async with asyncio.timeout(30):
                while "opcua trust add" not in standing_of(config.station.data, destination).error:  # noqa: ASYNC110  # its own clock
                    await asyncio.sleep(0.05)
            ((rejected, _),) = trust.rejected()
            trust.trust(rejected.stem)
            found = await taken(mes, 6)
            sender.cancel()
            with contextlib.suppress(asyncio.CancelledError):
                await sender
        return found

    verdicts = ["OK", "OK", "OK", "OK", "NG", "OK"]
    assert asyncio.run(go()) == list(zip(verdicts, range(1, 7), strict=True))
