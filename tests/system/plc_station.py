"""A station with nothing behind its PLC link: judges each trigger by its PartSeq and says on stdout what happens.

``python plc_station.py server|client PORT [DELAY_MS]``; parts whose PartSeq divides by 5 are NG, by 7 NOT_DECIDABLE.
"""

import asyncio
import os
import signal
import sys
from dataclasses import replace

from plc.link import ErrorCode, OfflineReason, PlcResult, PlcTrigger, VerdictCode
from plc.modbus import ModbusServerLink, open_link
from plc.settings import LinkMode, PlcSettings


def say(text: str) -> None:
    os.write(1, f"{text}\n".encode())


def verdict_of(part_seq: int) -> VerdictCode:
    if part_seq % 5 == 0:
        return VerdictCode.NG
    return VerdictCode.NOT_DECIDABLE if part_seq % 7 == 0 else VerdictCode.OK


class Judge:
    """Judges after a delay; refuses a trigger for the same part as the one before, as an engine with its hands full does."""

    def __init__(self, settings: PlcSettings, delay_s: float) -> None:
        self.link = open_link(settings, self)
        self._delay_s = delay_s
        self._last = -1
        self._count = 0

    def on_trigger(self, trigger: PlcTrigger) -> bool:
        if trigger.part_seq == self._last:
            return False
        self._last = trigger.part_seq
        self._count += 1
        say(f"trigger {trigger.part_seq} {trigger.encoder} {trigger.serial}")
        blank = PlcResult(
            self._count, trigger.acquisition_id, 0, 0, VerdictCode.NONE, 1, ErrorCode.NONE, 3, 2, 0.75, 42
        )
        verdict = verdict_of(trigger.part_seq)
        result = replace(blank, part_seq=trigger.part_seq, encoder=trigger.encoder, verdict=verdict)
        asyncio.get_running_loop().call_later(self._delay_s, self.link.publish, result)
        return True

    def on_acknowledged(self, inspection_id: int) -> None:
        say(f"acknowledged {inspection_id}")

    def on_link(self, *, up: bool, text: str) -> None:
        say(f"link {up} {text}")


async def main() -> None:
    delay_s = float(sys.argv[3]) / 1000 if len(sys.argv) > 3 else 0.005
    settings = PlcSettings(
        mode=LinkMode(sys.argv[1]), port=int(sys.argv[2]), heartbeat_timeout_s=0.8, heartbeat_period_s=0.1
    )
    judge = Judge(settings, delay_s)
    await judge.link.start()
    say(f"port {judge.link.port if isinstance(judge.link, ModbusServerLink) else sys.argv[2]}")
    judge.link.set_recipe(3)
    judge.link.set_online(OfflineReason.NONE)
    stop = asyncio.Event()
    asyncio.get_running_loop().add_signal_handler(signal.SIGTERM, stop.set)
    await stop.wait()
    await judge.link.stop()


if __name__ == "__main__":
    asyncio.run(main())
