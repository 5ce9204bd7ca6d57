"""One question to the running engine, for a command that ends with its answer."""

from pathlib import Path
from queue import Empty, SimpleQueue

from station.desk.client import DeskClient
from station.desk.messages import Answer, Kind, ToEngine

ANSWER_S = 5.0


def ask_engine(data: Path, command: ToEngine, wait_s: float = ANSWER_S) -> Answer | str:
    """Send a command in the name of the machine's user and return its answer; where no engine runs, why it was not sent.

    Raises
    ------
    TimeoutError
        An engine runs and has not answered within `wait_s`; it may do what it was asked later.
    """
    heard: SimpleQueue[Answer | str] = SimpleQueue()
    client = DeskClient(data, Kind.TOOL, lambda _: None, heard.put)
    client.send(command, heard.put)
    client.start()
    try:
        return heard.get(timeout=wait_s)
    except Empty:
        raise TimeoutError(f"the engine of {data} did not answer within {wait_s:g} s") from None
    finally:
        client.stop()
