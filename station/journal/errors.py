"""What goes wrong with storage, in words for the person who has to mend it; and what is refused though nothing is wrong."""

from enum import StrEnum


class Refusal(StrEnum):
    """Why a command was not done; `Answer.text` says it in a sentence."""

    NOT_ALLOWED = "not-allowed"
    """Nobody is logged in, or the person's role may not."""
    WRONG_LOGIN = "wrong-login"
    LOCKED_OUT = "locked-out"
    NO_SUCH_PART = "no-such-part"
    SUPERSEDED = "superseded"
    """Somebody else decided the part since the sender saw it."""
    BAD_VALUE = "bad-value"
    NOT_NOW = "not-now"
    STORAGE = "storage"
    FAILED = "failed"
    """The engine met what it does not know; its log has it."""


class StorageError(Exception):
    """The journal or its pictures cannot be written or read; the text names the file, the cause and the remedy."""


class PictureRemovedError(StorageError):
    """The picture was removed on purpose: by a rule of retention, for room, or on request. The text says which and when."""


class NoJournalError(StorageError):
    """There is no journal where one was looked for: a wrong path rather than a broken disk."""


class RefusedError(Exception):
    """What a person asked for was not done, and nothing was changed: no failure of the station. The text says why."""

    def __init__(self, refusal: Refusal, text: str) -> None:
        super().__init__(text)
        self.refusal = refusal
