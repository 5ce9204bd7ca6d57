"""What goes wrong with storage, in words for the person who has to mend it; and what is refused though nothing is wrong."""

from station.desk.messages import Refusal


class StorageError(Exception):
    """The journal or its pictures cannot be written or read; the text names the file, the cause and the remedy."""


class NoJournalError(StorageError):
    """There is no journal where one was looked for: a wrong path rather than a broken disk."""


class RefusedError(Exception):
    """What a person asked for was not done, and nothing was changed: no failure of the station. The text says why."""

    def __init__(self, refusal: Refusal, text: str) -> None:
        super().__init__(text)
        self.refusal = refusal
