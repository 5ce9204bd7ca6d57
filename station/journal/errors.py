"""What goes wrong with storage, in words for the person who has to mend it."""


class StorageError(Exception):
    """The journal or its pictures cannot be written or read; the text names the file, the cause and the remedy."""


class NoJournalError(StorageError):
    """There is no journal where one was looked for: a wrong path rather than a broken disk."""
