"""The sender's process: brings every result of the journal to every destination, beside the engine and behind its back.

`python -m station.delivery.process --config station.toml [--parent PID]`. It may be killed at any time: the results are in the
journal, and what each destination has is in `delivery.db`.
"""

import asyncio
import contextlib
import logging
import signal
import sys
from collections.abc import Sequence

from plc.tasks import end_all
from station.config import StationConfig, load_station
from station.delivery.courier import Courier
from station.delivery.queues import Queues
from station.delivery.settings import DeliveryTable
from station.delivery.sink import Surroundings, open_sink
from station.errors import KNOWN_ERRORS, exit_code
from station.gateway.recipes import RecipeFiles
from station.gateway.settings import opcua_folder
from station.journal.errors import StorageError
from station.journal.records import utc_now
from station.line.beside import begin_beside

log = logging.getLogger(__name__)

LOOK_S = 0.5
"""How often a journal is looked for where there is none yet, or it cannot be read."""
END_S = 2.0
"""What a courier has to end in order."""


class Sender:
    """One courier a destination; what stops one does not stop the others."""

    def __init__(self, config: StationConfig) -> None:
        self._config = config
        self._station = config.station.name
        self._trouble = ""
        recipes = RecipeFiles(config.recipes)
        self._queues = Queues(config.station.data, self._station, recipes.pixel_size_um)

    async def run(self) -> None:
        """Deliver until told to stop by SIGTERM."""
        stopping = asyncio.Event()
        asyncio.get_running_loop().add_signal_handler(signal.SIGTERM, stopping.set)
        opened = False
        try:
            while not stopping.is_set() and not (opened := await self._open()):
                with contextlib.suppress(TimeoutError):
                    async with asyncio.timeout(LOOK_S):
                        await stopping.wait()
            if opened:
                await self._deliver_until(stopping)
        finally:
            await self._queues.close()

    async def _open(self) -> bool:
        """Open the journal; False while there is none, or the engine is still bringing it to this program's version."""
        try:
            return await self._queues.open()
        except StorageError as error:
            if str(error) != self._trouble:
                log.warning("results wait for the journal: %s", error)
            self._trouble = str(error)
            return False

    async def _deliver_until(self, stopping: asyncio.Event) -> None:
        couriers = [asyncio.create_task(self._deliver(each)) for each in self._config.delivery]
        ending = asyncio.create_task(stopping.wait())
        try:
            done, _ = await asyncio.wait([ending, *couriers], return_when=asyncio.FIRST_COMPLETED)
            for task in done:
                task.result()
        finally:
            await end_all((ending, *couriers), again_s=END_S)

    async def _deliver(self, destination: DeliveryTable) -> None:
        name, roused = destination.name, asyncio.Event()
        certificates = opcua_folder(self._config) / "certificates"
        around = Surroundings(self._station, certificates, lambda: self._queues.next_session(name), roused.set)
        sink = open_sink(destination, around)
        sink.start()
        await Courier(name, destination.since, self._queues, sink, utc_now, roused).run()


async def _send(config: StationConfig) -> None:
    await Sender(config).run()


def main(argv: Sequence[str] | None = None) -> int:
    """Run the sender and return its exit code."""
    path = begin_beside("station.delivery.process", __doc__, argv, ("asyncua", "httpx", "httpcore"))
    try:
        asyncio.run(_send(load_station(path)))
    except KNOWN_ERRORS as error:
        log.error("%s", error)
        return exit_code(error)
    return 0


if __name__ == "__main__":
    sys.exit(main())
