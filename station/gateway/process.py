"""The gateway's process: an OPC UA server between the engine and the MES, where no client can slow the line.

`python -m station.gateway.process --config station.toml [--parent PID]`. It may be killed at any time: what it published and
what was acknowledged is in its cursor, the results are in the journal.
"""

import asyncio
import errno
import logging
import signal
import sys
from collections.abc import Sequence
from pathlib import Path

from plc.opcua.certificates import CertificateError
from plc.opcua.nodesets import NodeSetError
from plc.opcua.ports import Identity, PortError
from plc.opcua.server import Ports, VisionServer
from plc.tasks import end_all
from station.config import PlcMode, StationConfig, load_station
from station.errors import FAILED, KNOWN_ERRORS, exit_code
from station.gateway.conditions import ConditionFile
from station.gateway.configuration_store import ConfigurationStore
from station.gateway.cursor import Cursor
from station.gateway.halt import HaltFile
from station.gateway.jobs import Jobs
from station.gateway.line import EngineLine
from station.gateway.products import ProductFile
from station.gateway.recipe_store import RecipeStore
from station.gateway.results import JournalResults
from station.gateway.settings import opcua_folder, read_asset, read_cameras, read_temperatures, server_settings
from station.gateway.users import UserFile
from station.journal.errors import StorageError
from station.line.beside import begin_beside
from station.line.priority import put_behind
from station.moments import happened

log = logging.getLogger(__name__)

LOOK_S = 0.5
"""How often the journal is asked although nobody said that it has grown."""
AT_ONCE = 20
"""Results read and published before the cursor is written."""
RETRY_S = 2.0
"""Pause after a journal that cannot be read."""
TEMPERATURE_S = 5.0
"""How often the engine's word on its cameras' temperatures is read."""
END_S = 2.0
"""What a task has to end in order."""
GATEWAY_ERRORS = (CertificateError, NodeSetError)


class Gateway:
    """Everything of the process, started and ended in order."""

    def __init__(self, config: StationConfig, path: Path) -> None:
        self._config = config
        self._path = path
        self._data = config.station.data
        self._poke = asyncio.Event()
        self._observe = asyncio.Event()
        self._captured: asyncio.Queue[tuple[str, str]] = asyncio.Queue()
        self._published = 0
        self._recipes = RecipeStore(config)
        self._results = JournalResults(self._data, Identity(config.station.name), self._recipes.pixel_size_um)
        self._line = EngineLine(
            self._data,
            self._results.last_part,
            self._observe.set,
            lambda uid, job: self._captured.put_nowait((uid, job)),
            self._poke.set,
            expects_plc=config.plc.mode is not PlcMode.NONE,
        )

    async def run(self) -> None:
        """Serve until told to stop by SIGTERM. Before the port is open, the signal ends the process at once.

        Raises
        ------
        ConfigError, StorageError
            If a file of the gateway cannot be read or written.
        CertificateError, NodeSetError, OSError
            If the server cannot start.
        """
        try:
            while (journal := await self._results.open()) is None:  # noqa: ASYNC110  # a file of another process
                await asyncio.sleep(LOOK_S)
            await self._serve(journal)
        finally:
            await self._results.close()

    async def _serve(self, journal: str) -> None:
        folder = opcua_folder(self._config)
        cursor, jobs = Cursor(folder, journal), Jobs(folder, journal)
        self._results.know_jobs(jobs)
        configurations = await asyncio.to_thread(ConfigurationStore, self._path, self._config, folder)
        halt = HaltFile(folder)
        conditions = ConditionFile(folder)
        ports = Ports(
            UserFile(folder),
            self._results,
            cursor,
            self._recipes,
            ProductFile(folder),
            configurations,
            self._line,
            halt,
            conditions,
            read_asset(self._config),
        )
        server = VisionServer(server_settings(self._config), ports)
        await server.start()
        put_behind()  # from now on the MES is answered, also where nothing idles
        log.info("OPC UA: opc.tcp://%s:%d/station/", self._config.opcua.host, server.port)
        stopping = asyncio.Event()
        asyncio.get_running_loop().add_signal_handler(signal.SIGTERM, stopping.set)
        self._line.start(jobs)
        tasks = [
            asyncio.create_task(self._keep_publishing(server, cursor)),
            asyncio.create_task(self._keep_observing(server)),
            asyncio.create_task(self._keep_telling_captures(server)),
            asyncio.create_task(stopping.wait()),
        ]
        if any(camera.figures_every_s for camera in self._config.camera):
            tasks.append(asyncio.create_task(self._keep_telling_temperatures(server)))
        try:
            done, _ = await asyncio.wait(tasks, return_when=asyncio.FIRST_COMPLETED)
            for task in done:
                task.result()
        finally:
            await end_all(tasks, again_s=END_S)
            await self._line.stop()
            await server.stop()

    async def _keep_publishing(self, server: VisionServer, cursor: Cursor) -> None:
        """Publish each result of the journal once, in order; what is not in the cursor yet comes again after a crash."""
        self._published = cursor.published
        while True:
            self._poke.clear()
            try:
                await self._publish_all(server, cursor)
            except StorageError as error:
                log.error("the journal cannot be read; it is tried again: %s", error)
                await asyncio.sleep(RETRY_S)
            await happened(self._poke, LOOK_S)

    async def _publish_all(self, server: VisionServer, cursor: Cursor) -> None:
        while results := await self._results.after(self._published, AT_ONCE):
            for result in results:
                await server.publish(result)
                self._published = result.sequence
            await self._keep(cursor, self._published)
        if self._published != cursor.published:
            await self._keep(cursor, self._published)

    async def _keep(self, cursor: Cursor, done: int) -> None:
        try:
            await cursor.publish(done)
        except StorageError as error:
            log.error("what is published cannot be kept, and comes again after a restart: %s", error)

    async def _keep_telling_captures(self, server: VisionServer) -> None:
        while True:
            await server.acquired(*await self._captured.get())

    async def _keep_observing(self, server: VisionServer) -> None:
        """Bring every change of the line's state to the state machine."""
        recipe: Identity | None = None
        up: tuple[bool, frozenset[str]] | None = None
        while True:
            await self._observe.wait()
            self._observe.clear()
            try:
                job = await self._line.running_job()
            except PortError as error:
                log.error("the job of the parts cannot be kept: %s", error)
                continue
            state = self._line.state
            await server.observe(state, job)
            if up != (up := (state.settled, frozenset(fault.source for fault in state.faults))):
                await server.show_cameras(await asyncio.to_thread(read_cameras, self._config))
            if state.attached and state.recipe != recipe:
                if recipe is not None:
                    await server.recipe_changed()
                recipe = state.recipe

    async def _keep_telling_temperatures(self, server: VisionServer) -> None:
        """Bring what cameras say of their temperature; without an engine its last word is none."""
        while True:
            attached = self._line.state.attached
            known = await asyncio.to_thread(read_temperatures, self._config) if attached else {}
            await server.show_temperatures(known)
            await asyncio.sleep(TEMPERATURE_S)


async def _serve_station(config: StationConfig, path: Path) -> None:
    await Gateway(config, path).run()


def main(argv: Sequence[str] | None = None) -> int:
    """Run the gateway and return its exit code."""
    path = begin_beside("station.gateway.process", __doc__, argv, ("asyncua",), started=False)
    try:
        config = load_station(path)
        asyncio.run(_serve_station(config, path))
    except KNOWN_ERRORS as error:
        log.error("%s", error)
        return exit_code(error)
    except GATEWAY_ERRORS as error:
        log.error("%s", error)
        return FAILED
    except OSError as error:
        log.error("%s", _why_not_listening(error, config))
        return FAILED
    return 0


def _why_not_listening(error: OSError, config: StationConfig) -> str:
    where = f"OPC UA cannot listen on {config.opcua.host}:{config.opcua.port}"
    if error.errno == errno.EADDRINUSE:
        return f"{where}: the port is taken; end the program that holds it, or choose another opcua.port"
    return f"{where}: {error.strerror or error}; opcua.host must be an address of this machine"


if __name__ == "__main__":
    sys.exit(main())
