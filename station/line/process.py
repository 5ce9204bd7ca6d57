"""The engine's process: builds the engine from the configuration, runs it, and ends it in order.

`python -m station.line.process --config station.toml [--until N]`. At its end it prints its last status as one JSON line.
"""

import argparse
import asyncio
import contextlib
import json
import logging
import os
import signal
import sys
import time
from collections.abc import Sequence
from pathlib import Path
from typing import Any

import cv2

from camera.client import CameraClient
from camera.health import HealthWatch
from camera.parent import end_with_parent
from models.shelf import Shelf
from plc.link import PlcLink, PlcTrigger
from plc.modbus import open_link
from station.config import StationConfig, TriggerSource, load_station, plc_settings
from station.desk.desk import Desk
from station.errors import KNOWN_ERRORS, exit_code
from station.journal.audit import AuditEvent
from station.journal.disk import Watermark
from station.journal.records import utc_now
from station.journal.store import Journal
from station.keeping.keeper import Keeper
from station.line.archive import DiskArchive
from station.line.calibrations import load_calibrations
from station.line.choices import load_choices
from station.line.clock import Clock
from station.line.engine import Engine, EngineSettings
from station.line.inference import Inference, LoadedModel
from station.line.inspection import Fault, FaultCode
from station.line.model_watch import ModelEvents, ModelWatch
from station.line.recipe import Recipe, load_active_recipe
from station.line.recorder import Recorder, RecorderEvents
from station.line.setups import line_cameras
from station.line.status import describe, write_status
from station.line.supervisor import EXIT_AGAIN
from station.line.uid import UidSource
from station.moments import happened

log = logging.getLogger(__name__)

STATUS_PERIOD_S = 0.5
BUSY_S = 1.0
"""How long a commit waits for another process that holds the journal; after that the station goes offline."""
CRASHED = 70
"""Exit status after what the code does not know (sysexits.h, EX_SOFTWARE); the supervisor starts a new process."""
ANSWER_S = 0.05
"""How long the answer to a change of recipe has to go out before the engine begins to end."""
DRAIN_S = 0.8
"""How long the parts in hand may take to become durable at the end."""


class Station:
    """Everything the engine drives, started and stopped in the order that keeps the three laws."""

    def __init__(self, config: StationConfig, recipe: Recipe, clock: Clock) -> None:
        self._config = config
        self._recipe = recipe
        self._clock = clock
        self._data = config.station.data
        self._changed = asyncio.Event()
        self._finished = asyncio.Event()
        settings = EngineSettings(config.line.part_deadline_ms / 1000, config.line.queue)
        calibrations = load_calibrations(self._data, [view.name for view in recipe.views])
        self.engine = Engine(recipe, settings, UidSource(), clock, self._note_change, calibrations)
        self._inference = Inference(
            self.engine.post_part, config.line.queue * len(recipe.views), self._make_health_watches()
        )
        self._recorder = Recorder(self._open_archive, self._recorder_events(), config.storage.encoder_threads)
        self._model_watch = self._make_model_watch()
        self._cameras = self._make_cameras()
        self._link: PlcLink | None = None
        self._again = asyncio.Event()
        self._desk = Desk(config, recipe, self.engine, self._recorder, clock, self._start_again)

    async def start(self) -> None:
        """Start everything; the PLC hears Online only when camera, model and storage are well.

        Raises
        ------
        ConfigError, PlcError
            If the choices cannot be read or the PLC's link not opened; nothing runs then.
        """
        choices = load_choices(self._data)
        settings = plc_settings(self._config)
        self._link = open_link(settings, self.engine) if settings is not None else None
        self.engine.attach(self._cameras, self._inference, self._recorder, self._link)
        self.engine.face(self._desk)
        self.engine.pause(choices.paused, job_by_job=choices.job_by_job)
        if self._link is not None:
            await self._link.start()
            self._link.set_recipe(self._recipe.number)
        self._recorder.note(AuditEvent.STATION_STARTED, {"station": self._config.station.name})
        ref = self._recipe.ref
        self._recorder.note(
            AuditEvent.RECIPE_IN_USE, {"name": ref.name, "version": str(ref.version), "sha256": ref.sha256}
        )
        self._inference.start()
        self._recorder.start()
        self._model_watch.start()
        for camera in self._cameras.values():
            camera.start()
        self._desk.start()

    async def run(self, until: int | None, stopping: asyncio.Event) -> None:
        """Run until `until` parts are finished, `stopping` is set, or somebody chose another recipe."""
        tasks = [asyncio.create_task(self._keep_status()), asyncio.create_task(stopping.wait())]
        tasks.append(asyncio.create_task(self._again.wait()))
        if self._config.line.trigger is TriggerSource.TIMER:
            tasks.append(asyncio.create_task(self._keep_triggering(until)))
        if until is not None:
            tasks.append(asyncio.create_task(self._wait_for_parts(until)))
        try:
            done, _ = await asyncio.wait(tasks[1:], return_when=asyncio.FIRST_COMPLETED)
            for task in done:
                task.result()
        finally:
            for task in tasks:
                task.cancel()
            await asyncio.gather(*tasks, return_exceptions=True)

    async def stop(self) -> dict[str, Any]:
        """Take no more parts, make those in hand durable, say goodbye to the PLC, end. Return the last status."""
        self.engine.stop()
        deadline = self._clock.monotonic_ns() + int(DRAIN_S * 1e9)
        while not self.engine.idle and self._clock.monotonic_ns() < deadline:
            self._changed.clear()
            await happened(self._changed, DRAIN_S / 4)
        if self._link is not None:
            await self._link.stop()
        await self._desk.stop()
        status = describe(self.engine, self._clock)
        self._recorder.note(AuditEvent.STATION_STOPPED, {"station": self._config.station.name})
        await asyncio.gather(
            *(asyncio.to_thread(camera.stop) for camera in self._cameras.values()),
            asyncio.to_thread(self._inference.stop),
            asyncio.to_thread(self._recorder.stop),
            asyncio.to_thread(self._model_watch.stop),
        )
        with contextlib.suppress(OSError):
            write_status(self._data, status)
        return status

    @property
    def exit_status(self) -> int:
        """How the process ends when it ends in order."""
        return EXIT_AGAIN if self._again.is_set() else 0

    def _start_again(self) -> None:
        """End in order, to be started with the recipe just chosen; whoever chose it is answered first."""
        asyncio.get_running_loop().call_later(ANSWER_S, self._again.set)

    def _note_change(self) -> None:
        self._changed.set()
        self._finished.set()
        self._desk.note_change()

    async def _keep_status(self) -> None:
        while True:
            await happened(self._changed, STATUS_PERIOD_S)
            self._changed.clear()
            try:
                await asyncio.to_thread(write_status, self._data, describe(self.engine, self._clock))
            except OSError as error:
                log.warning("the status file cannot be written: %s", error)
            await asyncio.sleep(STATUS_PERIOD_S / 5)

    async def _wait_for_parts(self, until: int) -> None:
        while self.engine.tally.finished < until:
            await self._finished.wait()
            self._finished.clear()

    async def _keep_triggering(self, until: int | None) -> None:
        """Be the trigger where there is no PLC: one part a takt, no more than `until`, none while offline."""
        takt_s = (self._recipe.takt_ms or self._config.line.takt_ms) / 1000
        part_seq = 0
        loop = asyncio.get_running_loop()
        due = loop.time()
        while True:
            due = max(due + takt_s, loop.time())
            if until is None or self.engine.tally.started < until:
                wanted = PlcTrigger(part_seq + 1, part_seq + 1, 0, "", self._clock.monotonic_ns())
                part_seq += self.engine.on_trigger(wanted)
            await asyncio.sleep(due - loop.time())

    def _open_archive(self) -> DiskArchive:
        station = self._config.station
        journal = Journal.open(
            self._data,
            audit_key_path=station.audit_key,
            busy_timeout_s=BUSY_S,
            review=self._config.review_rules,
        )
        self.engine.begin_at_threadsafe(journal.next_inspection_id())
        watermark = Watermark(self._data, self._config.storage.min_free_mb * 1_000_000)
        keeper = Keeper(self._data, self._config.retention.rules, time.monotonic, utc_now)
        return DiskArchive(journal, watermark, keeper)

    def _recorder_events(self) -> RecorderEvents:
        return RecorderEvents(
            part=self.engine.post_part,
            recorded=self.engine.recorded_threadsafe,
            storage_failed=lambda text: self.engine.fault_threadsafe(
                Fault(FaultCode.STORAGE, "storage", f"Nothing can be stored: {text}. Every part is rejected.")
            ),
            storage_well=lambda: self.engine.well_threadsafe("storage"),
            crashed=lambda _error: os._exit(CRASHED),
        )

    def _make_model_watch(self) -> ModelWatch:
        events = ModelEvents(self._use_model, self.engine.fault_threadsafe, self.engine.well_threadsafe)
        names = tuple(dict.fromkeys(view.model for view in self._recipe.views))
        return ModelWatch(Shelf(self._data / "models"), names, self._config.model, events)

    def _use_model(self, model: LoadedModel) -> None:
        self._inference.use(model)
        details = {"name": model.ref.name, "version": model.ref.version, "sha256": model.ref.sha256}
        self._recorder.note(AuditEvent.MODEL_IN_USE, details)

    def _make_health_watches(self) -> dict[str, HealthWatch]:
        backends = {camera.name: camera.backend for camera in self._config.camera}
        return {view.name: HealthWatch(view.health.limits(backends[view.camera])) for view in self._recipe.views}

    def _make_cameras(self) -> dict[str, CameraClient]:
        return {
            settings.name: CameraClient(settings, self.engine.on_camera)
            for settings in line_cameras(self._config, self._recipe.views)
        }


async def _main(config: StationConfig, recipe: Recipe, until: int | None) -> int:
    stopping = asyncio.Event()
    loop = asyncio.get_running_loop()
    loop.set_exception_handler(_crash)
    for number in (signal.SIGTERM, signal.SIGINT):
        loop.add_signal_handler(number, stopping.set)
    station = Station(config, recipe, Clock())
    await station.start()  # what fails here fails before anything runs that would have to be ended
    try:
        await station.run(until, stopping)
    finally:
        status = await station.stop()
    sys.stdout.write(json.dumps(status) + "\n")
    return station.exit_status


def _crash(loop: asyncio.AbstractEventLoop, context: dict[str, Any]) -> None:
    """End the process at once when a callback fails: an engine that met what it does not know must not go on judging.

    What fails in a connection (a client that sends nonsense) is only logged: nobody out there may stop the line.
    """
    if "handle" not in context:
        loop.default_exception_handler(context)
        return
    log.critical("the engine met what it does not know: %s", context.get("message"), exc_info=context.get("exception"))
    os._exit(CRASHED)


def main(argv: Sequence[str] | None = None) -> int:
    """Run one engine until it is told to stop; the exit code is that of the `station` command."""
    parser = argparse.ArgumentParser(prog="station.line.process")
    parser.add_argument("--config", type=Path, required=True)
    parser.add_argument("--until", type=int)
    parser.add_argument("--parent", type=int, help="process id of the supervisor, without which the engine ends")
    parser.add_argument("--log-level", default="INFO")
    args = parser.parse_args(argv)
    if args.parent is not None:
        end_with_parent(args.parent, signal.SIGTERM)
    cv2.setNumThreads(1)  # inference and encoders have the cores; OpenCV's own pool made them later, not sooner
    logging.basicConfig(
        level=args.log_level, stream=sys.stderr, format="%(asctime)s %(levelname)s %(name)s: %(message)s"
    )
    try:
        config = load_station(args.config)
        recipe = load_active_recipe(config)
        return asyncio.run(_main(config, recipe, args.until))
    except KNOWN_ERRORS as error:
        log.error("%s", error)
        return exit_code(error)


if __name__ == "__main__":
    sys.exit(main())
