"""Removes the pictures of parts and is killed at every step of it in turn; after each kill the store must be sound.

Prints how many kills there were. A picture may only be gone where a durable row says why, and what a row says is gone must be
gone once the journal was opened again.
"""

import os
import signal
import sys
from pathlib import Path

from record_parts import part, store

from station.journal import blobs, disk
from station.journal.reader import JournalReader
from station.journal.removals import Why
from station.journal.store import Journal
from station.journal.verify import verify


class Fuse:
    """Kills this process when it is burnt to its end."""

    def __init__(self, length: int) -> None:
        self.left = length

    def burn(self, *_: object) -> bool:
        if self.left == 0:
            os.kill(os.getpid(), signal.SIGKILL)
        self.left -= 1
        return True


def remove(data: Path, key: Path, steps: int) -> None:
    """Remove the oldest two parts' pictures; die after so many statements, unlinks and syncs."""
    fuse = Fuse(steps)
    unlink, sync = Path.unlink, disk.sync_directory

    def burning_unlink(path: Path, *, missing_ok: bool = False) -> None:
        fuse.burn()
        unlink(path, missing_ok=missing_ok)
        fuse.burn()

    def burning_sync(path: Path) -> None:
        sync(path)
        fuse.burn()

    with Journal.open(data, audit_key_path=key) as journal:
        journal._connection.exec_trace = fuse.burn
        setattr(Path, unlink.__name__, burning_unlink)
        setattr(blobs, disk.sync_directory.__name__, burning_sync)
        rows = [
            int(row) for (row,) in journal._connection.execute("SELECT id FROM parts WHERE removal IS NULL LIMIT 2")
        ]
        journal.removals.remove(rows, Why.REQUEST, author="Ana", reason="asked")
        journal.removals.finish()


def killed(data: Path, key: Path, steps: int) -> bool:
    pid = os.fork()
    if pid == 0:
        remove(data, key, steps)
        os._exit(0)
    _, status = os.waitpid(pid, 0)
    assert os.WIFSIGNALED(status) or os.WEXITSTATUS(status) == 0, status
    return os.WIFSIGNALED(status)


def check(data: Path, key: Path) -> None:
    before = verify(data, key)
    assert before.ok, before
    with Journal.open(data, audit_key_path=key):
        pass
    after = verify(data, key)
    assert after.ok, after
    with JournalReader(data) as reader:
        assert reader.files_to_unlink() == 0
        files = set(reader.blobs.hashes())
        doomed = {sha256 for (sha256,) in reader.connection.execute("SELECT sha256 FROM removed_blobs")}
    assert not files & doomed
    assert len(files) + after.removed_blobs == after.blobs


def main(data: Path, key: Path) -> None:
    with Journal.open(data, audit_key_path=key) as journal:
        for number in range(1, 121):
            journal.record(part(number, store(journal, number)))
    steps = 0
    while killed(data, key, steps):
        check(data, key)
        steps += 1
    check(data, key)
    print(steps)


if __name__ == "__main__":
    main(Path(sys.argv[1]), Path(sys.argv[2]))
