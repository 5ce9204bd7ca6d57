"""Work that would hold the screen up, done by one thread beside it; the outcome comes back on the screen's thread."""

import logging
from collections.abc import Callable
from concurrent.futures import Future, ThreadPoolExecutor
from typing import Any, TypeVar

from PySide6.QtCore import QObject, Qt, Signal, Slot

from station.ui.priority import give_way_more

T = TypeVar("T")

_log = logging.getLogger(__name__)


class Aside(QObject):
    """One thread and its queue. `ask` from the screen's thread alone; the outcomes come there too, in order.

    Parameters
    ----------
    name
        Name of the thread.
    """

    _over = Signal(object, object)

    def __init__(self, name: str, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._pool = ThreadPoolExecutor(1, name, initializer=give_way_more)
        self._asked = 0
        self._ended = False
        self._over.connect(self._tell, Qt.ConnectionType.QueuedConnection)

    @property
    def idle(self) -> bool:
        """Whether all that was asked is delivered."""
        return self._asked == 0

    def ask(self, work: Callable[[], T], then: Callable[[T], None], failed: Callable[[], None] | None = None) -> None:
        """Have `work` done and `then` told; what it raises is logged, and `failed` called. Nothing after `stop`."""
        if self._ended:
            return
        self._asked += 1
        self._pool.submit(work).add_done_callback(lambda over: self._over.emit(over, (then, failed)))

    def stop(self) -> None:
        """End the thread after what it is at; what waits is dropped, and nobody is told any more. Safe to call twice."""
        self._ended = True
        self._pool.shutdown(wait=True, cancel_futures=True)

    @Slot(object, object)
    def _tell(self, over: Future[Any], told: tuple[Callable[[Any], None], Callable[[], None] | None]) -> None:
        self._asked -= 1
        then, failed = told
        if over.cancelled() or self._ended:
            return
        if error := over.exception():
            _log.warning("%s", error, exc_info=error)
            if failed is not None:
                failed()
        else:
            then(over.result())
