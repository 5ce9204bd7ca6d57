"""Reading the journal away from the GUI's thread: the GUI asks, one thread of its own reads, the answer comes back."""

import logging
import threading
from collections import deque
from collections.abc import Callable
from pathlib import Path
from typing import TypeVar

from PySide6.QtCore import QObject, Qt, Signal, Slot

from models.errors import ModelError
from station.journal.errors import StorageError
from station.journal.reader import JournalReader
from station.ui.priority import give_way_more

T = TypeVar("T")
Work = Callable[[JournalReader], T]
Failed = Callable[[str], None]

_log = logging.getLogger(__name__)


def _only_log(text: str) -> None:
    _log.info("%s", text)


class Reading(QObject):
    """A thread with a journal open for reading. `ask` from the GUI's thread alone; answers come there too."""

    _came = Signal(object, object)

    def __init__(self, data: Path, name: str = "reading") -> None:
        super().__init__()
        self._data = data
        self._jobs: deque[tuple[Work[object], Callable[[object], None], Failed]] = deque()
        self._wake = threading.Condition()
        self._ending = False
        self._came.connect(self._hand_over, Qt.ConnectionType.QueuedConnection)
        self._thread = threading.Thread(target=self._run, name=f"ui-{name}", daemon=True)
        self._thread.start()

    def ask(
        self, work: Work[T], done: Callable[[T], None], failed: Failed = _only_log, *, urgent: bool = False
    ) -> None:
        """Have `work` done with the journal; `done` gets what it returns, `failed` a sentence where it cannot be read.

        `urgent` goes before everything that waits.
        """
        with self._wake:
            add = self._jobs.appendleft if urgent else self._jobs.append
            add((work, done, failed))  # type: ignore[arg-type]  # a job's own types fit each other
            self._wake.notify()

    def stop(self) -> None:
        """End the thread after the job it is at; what waits is dropped, answers that are on their way too."""
        with self._wake:
            self._ending = True
            self._jobs.clear()
            self._wake.notify()
        self._thread.join()

    def _run(self) -> None:
        give_way_more()
        journal: JournalReader | None = None
        try:
            while (job := self._next()) is not None:
                work, done, failed = job
                try:
                    journal = journal or JournalReader(self._data)
                    result = work(journal)
                except (StorageError, ModelError, OSError) as error:
                    self._came.emit(failed, str(error))
                    if journal is not None:  # opened again for the next job: the file may be another one by then
                        journal.close()
                        journal = None
                else:
                    self._came.emit(done, result)
        finally:
            if journal is not None:
                journal.close()

    def _next(self) -> tuple[Work[object], Callable[[object], None], Failed] | None:
        with self._wake:
            self._wake.wait_for(lambda: self._jobs or self._ending)
            return None if self._ending else self._jobs.popleft()

    @Slot(object, object)
    def _hand_over(self, receive: Callable[[object], None], result: object) -> None:
        if not self._ending:  # whoever asked may be gone since
            receive(result)
