"""A power cut keeps what was synced and any part of the rest; what the journal acknowledged must be in what is kept."""

import copy
import functools
import random
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field, replace
from datetime import UTC, datetime
from pathlib import Path
from uuid import UUID

import apsw
import pytest

from labeling.annotation import Annotation, Label
from labeling.shapes import Box
from station.journal.reader import JournalReader
from station.journal.store import Journal
from station.line.inspection import Author, Inspection, Verdict, VerdictKind, View

SECTOR = 512
PARTS = 40

Write = tuple[int, bytes]


@dataclass
class Platter:
    """What a disk holds for certain, and what it was told but never had to keep."""

    kept: dict[str, bytearray] = field(default_factory=dict)
    pending: dict[str, list[Write]] = field(default_factory=dict)
    on_change: Callable[[], None] = lambda: None

    def write(self, name: str, offset: int, data: bytes) -> None:
        self.pending.setdefault(name, []).append((offset, data))
        self.on_change()

    def truncate(self, name: str, size: int) -> None:
        self.sync(name)
        del self.kept.setdefault(name, bytearray())[size:]

    def sync(self, name: str) -> None:
        for offset, data in self.pending.pop(name, []):
            put(self.kept.setdefault(name, bytearray()), offset, data)
        self.on_change()

    def delete(self, name: str) -> None:
        self.kept.pop(name, None)
        self.pending.pop(name, None)

    def after_power_cut(self, rng: random.Random, torn: float) -> dict[str, bytearray]:
        """Return the files as found afterwards: of the unsynced sectors a random share arrived, in no order."""
        files = copy.deepcopy(self.kept)
        for name, writes in self.pending.items():
            for offset, data in writes:
                for begin in range(0, len(data), SECTOR):
                    if rng.random() < torn:
                        put(files.setdefault(name, bytearray()), offset + begin, data[begin : begin + SECTOR])
        return files


def put(content: bytearray, offset: int, data: bytes) -> None:
    content.extend(bytes(max(0, offset - len(content))))
    content[offset : offset + len(data)] = data


class WatchedFile(apsw.VFSFile):
    def __init__(self, base: str, name: apsw.URIFilename | str | None, flags: list[int], platter: Platter) -> None:
        self._name = Path(name.filename() if isinstance(name, apsw.URIFilename) else str(name)).name
        self._platter = platter
        super().__init__(base, name, flags)

    def xWrite(self, data: bytes, offset: int) -> None:  # noqa: N802 - SQLite's name
        super().xWrite(data, offset)
        self._platter.write(self._name, offset, bytes(data))

    def xTruncate(self, newsize: int) -> None:  # noqa: N802 - SQLite's name
        super().xTruncate(newsize)
        self._platter.truncate(self._name, newsize)

    def xSync(self, flags: int) -> None:  # noqa: N802 - SQLite's name
        super().xSync(flags)
        self._platter.sync(self._name)


class WatchedVfs(apsw.VFS):
    def __init__(self, platter: Platter) -> None:
        self._platter = platter
        super().__init__("power-cut", "")

    def xOpen(self, name: apsw.URIFilename | str | None, flags: list[int]) -> WatchedFile:  # noqa: N802 - SQLite's name
        return WatchedFile("", name, flags, self._platter)

    def xDelete(self, filename: str, syncdir: bool) -> None:  # noqa: N802 - SQLite's name
        super().xDelete(filename, syncdir)
        self._platter.delete(Path(filename).name)


@pytest.fixture
def platter(monkeypatch: pytest.MonkeyPatch) -> Iterator[Platter]:
    platter = Platter()
    vfs = WatchedVfs(platter)
    monkeypatch.setattr(apsw, "Connection", functools.partial(apsw.Connection, vfs="power-cut"))
    yield platter
    vfs.unregister()


Words = frozenset[tuple[str, UUID]]
Crash = tuple[Words, dict[str, bytearray]]

VIEW = View("top", "cam", width=32, height=24)
AT = datetime(2026, 3, 1, tzinfo=UTC)


def _crashes(journal: Journal, platter: Platter, make_part: Callable[..., Inspection], torn: float) -> list[Crash]:
    """Record parts and what people say of them; return what power cuts at random moments would leave.

    Each with what was acknowledged by then.
    """
    rng = random.Random(7)
    crashes: list[Crash] = []
    acknowledged: set[tuple[str, UUID]] = set()

    def maybe_cut() -> None:
        if rng.random() < 0.08:
            crashes.append((frozenset(acknowledged), platter.after_power_cut(rng, torn)))

    platter.on_change = maybe_cut
    picture = journal.blobs.put(b"picture", "image/jxl")
    for number in range(1, PARTS + 1):
        part = make_part(number, replace(VIEW, image=picture), kind=VerdictKind.NOT_DECIDABLE)
        uid = part.trigger.uid
        journal.record(part)
        acknowledged.add(("part", uid))
        maybe_cut()
        if number % 3 == 0:
            verdict = Verdict(VerdictKind.NG, Author.OPERATOR, "a scratch", AT, "Ann")
            journal.give_verdict(uid, verdict, VerdictKind.NOT_DECIDABLE, key=uid, answer="done")
            acknowledged.add(("verdict", uid))
            maybe_cut()
        if number % 4 == 0:
            label = Label(UUID(int=1), "scratch", Box(1, 2, 8, 9))
            journal.annotate(uid, "top", None, Annotation(uid, None, "Ann", AT, (32, 24), (label,)))
            acknowledged.add(("annotation", uid))
            maybe_cut()
    platter.on_change = lambda: None
    crashes.append((frozenset(acknowledged), platter.after_power_cut(rng, torn)))
    return crashes


def _found(reader: JournalReader) -> Iterator[tuple[str, UUID]]:
    """Yield what a journal has, each thing whole: the verdict with its answer and samples, the annotation with its label."""
    samples = {sample.part_uid for sample in reader.samples("plate", "NG")}
    for part in reader.parts(limit=1000).parts:
        yield "part", part.uid
        if part.by is Author.OPERATOR:
            assert reader.answer_of(part.uid) == "done"
            assert part.uid in samples
            yield "verdict", part.uid
        if reader.annotations(part.uid):
            assert part.labels == 1
            assert part.uid in samples
            yield "annotation", part.uid


def _lost(crash: Crash, folder: Path, monkeypatch: pytest.MonkeyPatch) -> int:
    """Open what a crash left with the plain file system; return how much that was acknowledged is not there."""
    acknowledged, files = crash
    folder.mkdir()
    for name, content in files.items():
        (folder / name).write_bytes(content)
    with monkeypatch.context() as plain:
        plain.setattr(apsw, "Connection", apsw.Connection.func)  # type: ignore[attr-defined]
        with JournalReader(folder) as reader:
            assert reader.connection.execute("PRAGMA integrity_check").fetchall() == [("ok",)]
            found = set(_found(reader))
            assert reader.counts().parts == sum(kind == "part" for kind, _ in found)
    return len(acknowledged - found)


@pytest.mark.parametrize("torn", [0.0, 0.5, 0.95])
def test_no_power_cut_loses_what_was_acknowledged(
    platter: Platter,
    data_dir: Path,
    key_path: Path,
    make_part: Callable[..., Inspection],
    monkeypatch: pytest.MonkeyPatch,
    torn: float,
) -> None:
    with Journal.open(data_dir, audit_key_path=key_path) as journal:
        journal._connection.wal_autocheckpoint(50)  # so that some cuts fall into a checkpoint
        crashes = _crashes(journal, platter, make_part, torn)
    assert len(crashes) > 20
    lost = [_lost(crash, data_dir.parent / f"crash{number}", monkeypatch) for number, crash in enumerate(crashes)]
    assert lost == [0] * len(crashes)


def test_the_same_power_cuts_do_lose_parts_without_full_sync(
    platter: Platter,
    data_dir: Path,
    key_path: Path,
    make_part: Callable[..., Inspection],
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    with Journal.open(data_dir, audit_key_path=key_path) as journal:
        journal._connection.pragma("synchronous", "normal")
        crashes = _crashes(journal, platter, make_part, 0.0)
    lost = [_lost(crash, data_dir.parent / f"crash{number}", monkeypatch) for number, crash in enumerate(crashes)]
    assert sum(lost) > 0, "the test above proves nothing if this one loses nothing"
