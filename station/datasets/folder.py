"""A folder that is whole or not there: written beside under another name, and taken up again where that broke off.

What a writer left is known by a mark in it, which says what it was writing and which its writer locks. Pictures that are on
the disk for certain are listed in it; another try with the same contents keeps them, and everything else is written anew.
"""

import fcntl
import json
import os
import shutil
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from pathlib import Path

from labeling.dataset import FormatError
from station.journal.disk import sync_directory
from station.line.interrupt import InterruptedByUserError

_MARK = ".unfinished-export"
_LIST = ".unfinished-files"
AT_ONCE = 64
"""Files that are made durable together, and then listed."""

Contents = Mapping[str, object]


class Unfinished:
    """A folder that is being written; `kept` are files of an earlier try that need not be written again."""

    def __init__(self, root: Path, kept: frozenset[str]) -> None:
        self.root = root
        self.kept = kept
        self._unclaimed = set(kept)
        self._waiting: list[str] = []

    def keeps(self, path: str) -> bool:
        """Whether a file is there of an earlier try; it stays then."""
        self._unclaimed.discard(path)
        return path in self.kept

    def drop_unclaimed(self) -> None:
        """Remove what an earlier try wrote and nobody asked for again, such as a picture that was removed meanwhile."""
        for path in self._unclaimed:
            (self.root / path).unlink()

    def wrote(self, path: str) -> None:
        """Take note of a file that is costly to make: it is listed once it is on the disk."""
        self._waiting.append(path)
        if len(self._waiting) >= AT_ONCE:
            self.list_written()

    def list_written(self) -> None:
        """Make the files that were noted durable, and list them."""
        for path in self._waiting:
            _sync(self.root / path)
        for folder in {(self.root / path).parent for path in self._waiting}:
            sync_directory(folder)
        with (self.root / _LIST).open("a", encoding="utf-8", newline="\n") as file:
            file.writelines(f"{path}\n" for path in self._waiting)
            file.flush()
            os.fsync(file.fileno())
        self._waiting.clear()


@contextmanager
def whole(out: Path, contents: Contents) -> Iterator[Unfinished]:
    """Give a folder that becomes `out` when all went well.

    An interruption leaves it for the next try with the same contents; an error removes it.

    Parameters
    ----------
    contents
        What is to be in it: a try with any other begins anew.

    Raises
    ------
    FormatError
        If `out` is there already, another export is writing it, or something else is in the way.
    """
    out = out.absolute()
    if out.exists() and not (out.is_dir() and not any(out.iterdir())):
        raise FormatError(f"{out}: is there already; name a folder that is not")
    hidden = out.with_name(f".{out.name}.partial")
    mark = hidden / _MARK
    if hidden.exists() and not mark.exists() and any(hidden.iterdir()):
        raise FormatError(f"{hidden}: is in the way, and is no unfinished export; move it")
    hidden.mkdir(parents=True, exist_ok=True)
    descriptor = os.open(mark, os.O_RDWR | os.O_CREAT, 0o644)
    try:
        try:
            fcntl.flock(descriptor, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except BlockingIOError:
            raise FormatError(f"{out}: another export is writing it; wait for it, or name another folder") from None
        unfinished = Unfinished(hidden, _kept(hidden, descriptor, contents))
        try:
            yield unfinished
        except (InterruptedByUserError, KeyboardInterrupt):
            unfinished.list_written()
            raise
        except BaseException:
            shutil.rmtree(hidden)
            raise
        unfinished.drop_unclaimed()
        (hidden / _LIST).unlink(missing_ok=True)
        _sync_below(hidden)
        mark.unlink()
        hidden.rename(out)  # over an empty folder too
        sync_directory(out.parent)
    finally:
        os.close(descriptor)


def _kept(hidden: Path, mark: int, contents: Contents) -> frozenset[str]:
    """Return what of an earlier try is kept, and sweep the rest of it."""
    wanted = json.dumps(dict(contents), sort_keys=True).encode()
    listed = _listed(hidden) if os.pread(mark, len(wanted) + 1, 0) == wanted else frozenset[str]()
    os.ftruncate(mark, 0)  # while it says nothing, nothing is kept
    kept = frozenset(path for path in listed if _is_own(hidden, path))
    _sweep(hidden, kept)
    if not kept:
        (hidden / _LIST).unlink(missing_ok=True)
    os.fsync(mark)
    os.pwrite(mark, wanted, 0)
    os.fsync(mark)
    return kept


def _listed(hidden: Path) -> frozenset[str]:
    try:
        text = (hidden / _LIST).read_text(encoding="utf-8")
    except (FileNotFoundError, UnicodeDecodeError):
        return frozenset()
    return frozenset(text.splitlines()[: text.count("\n")])  # without a last line that broke off


def _is_own(hidden: Path, path: str) -> bool:
    file = hidden / path
    return ".." not in Path(path).parts and file.is_file() and not file.is_symlink()


def _sweep(hidden: Path, kept: frozenset[str]) -> None:
    """Remove everything that is not kept."""
    staying = {_MARK, _LIST, *kept}
    for place, folders, names in os.walk(hidden, topdown=False):
        for name in [*names, *(each for each in folders if Path(place, each).is_symlink())]:
            path = Path(place, name)
            if str(path.relative_to(hidden)) not in staying:
                path.unlink()
        for name in folders:
            if (folder := Path(place, name)).is_dir() and not any(folder.iterdir()):
                folder.rmdir()


def _sync_below(folder: Path) -> None:
    """Make what is in a folder durable, file by file: a sync of the whole machine would make a running line wait."""
    for place, _, names in os.walk(folder):
        for name in names:
            _sync(Path(place, name))
        sync_directory(Path(place))


def _sync(path: Path) -> None:
    descriptor = os.open(path, os.O_RDONLY)
    try:
        os.fsync(descriptor)
    finally:
        os.close(descriptor)
