"""The journal as the desk asks it: on the writer's thread, for a bounded time, with refusals in place of surprises."""

import asyncio
from collections.abc import Callable
from concurrent.futures import CancelledError, Future
from typing import TypeVar

from station.desk.messages import Refusal
from station.journal.errors import RefusedError, StorageError
from station.journal.store import Journal
from station.line.recorder import Recorder

T = TypeVar("T")

ASK_S = 3.0
"""How long a wish may wait for its turn; while storage fails it would wait for ever."""
_NO_TURN = "Nothing can be stored at present. Nothing was changed; try again."


async def ask(recorder: Recorder, work: Callable[[Journal], T]) -> T:
    """Have the journal do something, and return what it returned.

    Raises
    ------
    RefusedError
        What `work` refused; or `STORAGE`, when storage fails or the turn did not come in time. Nothing was changed then.
    """
    wish = recorder.ask(work)
    turn = asyncio.wrap_future(wish)
    settled, _ = await asyncio.wait([turn], timeout=ASK_S)
    if not settled and not wish.cancel():
        await asyncio.wait([turn])  # it is being done, and its outcome must be known
    if turn.done() and not turn.cancelled():
        turn.exception()  # heard: the wish has it too
    return _outcome(wish)


def ask_and_wait(recorder: Recorder, work: Callable[[Journal], T]) -> T:
    """Do the same as `ask`, for a thread of its own."""
    wish = recorder.ask(work)
    try:
        wish.exception(ASK_S)
    except TimeoutError:
        if not wish.cancel():
            wish.exception()
    except CancelledError:
        pass
    return _outcome(wish)


def _outcome(wish: Future[T]) -> T:
    try:
        return wish.result()
    except CancelledError:
        raise RefusedError(Refusal.STORAGE, _NO_TURN) from None
    except StorageError as error:
        raise RefusedError(Refusal.STORAGE, f"It could not be stored: {error}.") from error
