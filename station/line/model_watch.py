"""Loads the deployed models beside the running line and swaps them in once they are warm."""

import logging
import threading
from collections.abc import Callable, Sequence
from dataclasses import dataclass

from models.errors import ModelError
from models.predictor import Predictor
from models.shelf import Shelf
from station.line.inference import LoadedModel
from station.line.inspection import Fault, FaultCode
from station.line.part import ModelRef

log = logging.getLogger(__name__)

LOOK_S = 1.0
"""How often the shelf is looked at."""


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

    def __init__(self, shelf: Shelf, names: Sequence[str], threads: int | None, events: ModelEvents) -> None:
        self._shelf = shelf
        self._names = tuple(names)
        self._threads = threads
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
        while True:
            for name in self._names:
                self._look(name)
            if self._stopping.wait(LOOK_S):
                return

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
        predictor = Predictor.load(self._shelf.folder(name, version), threads=self._threads)
        predictor.warm_up()
        manifest = predictor.manifest
        ref = ModelRef(manifest.name, manifest.version, manifest.model_sha256, tuple(manifest.classes))
        self._events.use(LoadedModel(predictor, ref))
        self._loaded[name] = version
        self._refused.pop(name, None)
        log.info("model %s version %s is in use", ref.name, ref.version)
        if len(self._loaded) == len(self._names):
            self._events.well("model")
