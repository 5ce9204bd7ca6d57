"""Loads the deployed models beside the running line and swaps them in once they are warm."""

import logging
import threading
from collections.abc import Callable, Sequence
from dataclasses import dataclass

from models.errors import ModelError
from models.predictor import Predictor
from models.shelf import Shelf
from station.config import ModelTable
from station.line.inference import LoadedModel
from station.line.inspection import Fault, FaultCode
from station.line.part import ModelRef

log = logging.getLogger(__name__)

LOOK_S = 1.0
"""How often the shelf is read."""
GLANCE_S = 0.05
"""How often its pointers are glanced at: whoever deploys sees it in the next parts."""


@dataclass(frozen=True, slots=True)
class ModelEvents:
    """What the watcher tells; each is safe to call from its thread."""

    use: Callable[[LoadedModel], None]
    fault: Callable[[Fault], None]
    well: Callable[[str], None]


class ModelWatch:
    """A thread that keeps the deployed version of every model of the recipe loaded.

    A version that cannot be loaded never replaces one that works; at the start it leaves the station offline with the reason.
    """

    def __init__(self, shelf: Shelf, names: Sequence[str], running: ModelTable, events: ModelEvents) -> None:
        self._shelf = shelf
        self._names = tuple(names)
        self._running = running
        self._events = events
        self._loaded: dict[str, str] = {}
        self._refused: dict[str, str] = {}
        self._stopping = threading.Event()
        self._thread = threading.Thread(target=self._run, name="model watch", daemon=True)

    def start(self) -> None:
        """Start looking; `well("model")` follows when every model is loaded."""
        self._thread.start()

    def stop(self) -> None:
        """Stop looking; a load in progress is finished first."""
        self._stopping.set()
        self._thread.join()

    def _run(self) -> None:
        try:
            if left := self._shelf.tidy():
                log.warning("%d versions of models that were left half written or half removed are tidied away", left)
        except OSError as error:
            log.error("what is left of half-written models stays: %s", error)
        while not self._stopping.is_set():
            marks = self._marks()
            for name in self._names:
                self._look(name)
            self._rest(marks)

    def _rest(self, marks: list[object]) -> None:
        """Wait until it is time to look again: when a pointer is another one than before the last look, or after a while."""
        for _ in range(round(LOOK_S / GLANCE_S)):
            if self._stopping.wait(GLANCE_S) or self._marks() != marks:
                return

    def _marks(self) -> list[object]:
        return [self._shelf.mark(name) for name in self._names]

    def _look(self, name: str) -> None:
        try:
            version = self._shelf.deployed(name)
            if version is None:
                raise ModelError("none is deployed; run `station learn`")
            if self._loaded.get(name) != version:
                self._load(name, version)
        except (ModelError, OSError) as error:
            if self._refused.get(name) == str(error):
                return
            self._refused[name] = str(error)
            if name in self._loaded:
                log.error("model %s: %s; the loaded version stays in use", name, error)
            else:
                text = f"Model {name} cannot be used: {error}. Every part is rejected until there is one."
                self._events.fault(Fault(FaultCode.MODEL, "model", text))

    def _load(self, name: str, version: str) -> None:
        running = self._running
        folder = self._shelf.folder(name, version)
        predictor = Predictor.load(folder, threads=running.threads or None, provider=running.provider)
        predictor.warm_up()
        predictor = predictor.batched(running.batch)
        manifest = predictor.manifest
        ref = ModelRef(manifest.name, manifest.version, manifest.model_sha256, tuple(manifest.classes))
        self._events.use(LoadedModel(predictor, ref, predictor.batch, predictor.bits))
        self._loaded[name] = version
        self._refused.pop(name, None)
        where = ", ".join(predictor.runs_on)
        log.info("model %s version %s is in use on %s, batch %d", ref.name, ref.version, where, predictor.batch)
        if len(self._loaded) == len(self._names):
            self._events.well("model")
