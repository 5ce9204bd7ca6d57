"""What the screen does away from its own thread: the engine's words, the journal, pictures."""

import threading
from collections.abc import Callable, Iterator
from pathlib import Path
from uuid import UUID, uuid4

import numpy as np
import pytest
from desk_of_parts import Station
from PySide6.QtCore import QThread
from pytestqt.qtbot import QtBot

from camera.frame import PixelFormat
from station.desk.messages import Answer, FromEngine, LogOut, ToEngine
from station.journal.images import encode, encode_preview
from station.journal.reader import JournalReader
from station.line.inspection import Author, Inspection, RecipeRef, Trigger, Verdict, VerdictKind, View
from station.ui.link import DeskLink, keyed
from station.ui.pictures import PartPicture, Pictures
from station.ui.reading import Reading

# The engine's words ---------------------------------------------------------------------------------------------------


class Client:
    """Speaks on a thread of its own, as the real one does."""

    def __init__(self, hear: Callable[[FromEngine], None], lose: Callable[[str], None]) -> None:
        self.hear, self.lose = hear, lose
        self.sent: list[tuple[ToEngine, Callable[[Answer], None]]] = []

    def start(self) -> None:
        """Nothing to begin."""

    def stop(self) -> None:
        """Nothing to end."""

    def send(self, command: ToEngine, answered: Callable[[Answer], None]) -> None:
        self.sent.append((command, answered))


def elsewhere(work: Callable[[], object]) -> None:
    thread = threading.Thread(target=work)
    thread.start()
    thread.join()


def test_what_the_engine_says_arrives_on_the_screens_thread(qtbot: QtBot, station: Station) -> None:
    clients: list[Client] = []

    def connect(hear: Callable[[FromEngine], None], lose: Callable[[str], None]) -> Client:
        clients.append(Client(hear, lose))
        return clients[-1]

    link = DeskLink(connect)
    client, threads = clients[0], list[QThread]()
    link.welcome.connect(lambda _: threads.append(QThread.currentThread()))
    link.lost.connect(lambda _: threads.append(QThread.currentThread()))
    assert (link.up, link.why_down) == (False, "not connected yet")
    welcome = station.welcome()
    elsewhere(lambda: client.hear(welcome))
    assert not threads, "nothing happens on the other thread"
    qtbot.waitUntil(lambda: link.up)
    assert link.last_welcome == welcome
    answers: list[Answer] = []
    command = keyed(LogOut, "token")
    link.send(command, answers.append)
    elsewhere(lambda: client.sent[0][1](Answer(key=command.key, done=True)))
    assert not answers
    qtbot.waitUntil(lambda: bool(answers))
    elsewhere(lambda: client.lose("the engine ended"))
    qtbot.waitUntil(lambda: not link.up)
    assert link.why_down == "the engine ended"
    assert set(threads) == {QThread.currentThread()}


# The journal ----------------------------------------------------------------------------------------------------------


@pytest.fixture
def reading(station: Station) -> Iterator[Reading]:
    reading = Reading(station.data)
    yield reading
    reading.stop()


def test_the_urgent_goes_first_and_every_question_is_answered_once(qtbot: QtBot, reading: Reading) -> None:
    begun, gate, order = threading.Event(), threading.Event(), list[str]()

    def wait(_: JournalReader) -> str:
        begun.set()
        gate.wait(10)
        return "first"

    reading.ask(wait, order.append)
    assert begun.wait(10)
    reading.ask(lambda _: "later", order.append)
    reading.ask(lambda _: "urgent", order.append, urgent=True)
    gate.set()
    qtbot.waitUntil(lambda: len(order) == 3)
    assert order == ["first", "urgent", "later"]


def test_what_cannot_be_read_is_said_and_the_next_question_is_answered(qtbot: QtBot, tmp_path: Path) -> None:
    reading = Reading(tmp_path / "none")
    failures: list[str] = []
    done: list[int] = []
    try:
        reading.ask(lambda journal: journal.counts().parts, done.append, failures.append)
        qtbot.waitUntil(lambda: bool(failures))
        assert "journal" in failures[0]
        with_parts = Station(tmp_path / "none", tmp_path / "key")
        reading.ask(lambda journal: journal.counts().parts, done.append, failures.append)
        qtbot.waitUntil(lambda: done == [0])
        with_parts.close()
    finally:
        reading.stop()


# Pictures -------------------------------------------------------------------------------------------------------------


@pytest.fixture
def pictures(station: Station) -> Iterator[Pictures]:
    pictures = Pictures(station.data)
    yield pictures
    pictures.stop()


@pytest.fixture
def came(pictures: Pictures) -> list[PartPicture]:
    came: list[PartPicture] = []
    pictures.ready.connect(came.append)
    return came


def test_the_preview_comes_first_and_then_every_pixel(
    qtbot: QtBot, station: Station, pictures: Pictures, came: list[PartPicture]
) -> None:
    uid = station.add_part()
    pictures.want(uid)
    qtbot.waitUntil(lambda: len(came) == 2)
    preview, whole = (part.views[0] for part in came)
    assert [part.complete for part in came] == [False, True]
    assert (preview.sharp, whole.sharp) == (False, True)
    assert preview.pixels is not None
    assert whole.pixels is not None
    assert preview.pixels.shape == whole.pixels.shape == (1200, 1600), "outlines fit both"
    assert np.abs(preview.pixels.astype(int) - whole.pixels).mean() < 10
    assert whole.heat is not None
    assert len(whole.defects) == 1
    pictures.want(uid)
    assert came[2] is came[1], "what is held is there at once"


def test_a_part_read_ahead_is_there_at_once(
    qtbot: QtBot, station: Station, pictures: Pictures, came: list[PartPicture]
) -> None:
    uid = station.add_part()
    pictures.prefetch(uid)
    qtbot.waitUntil(lambda: pictures.held(uid) is not None)
    assert not came, "nobody wanted to see it yet"
    pictures.want(uid)
    assert [part.complete for part in came] == [True]


def test_of_a_part_no_longer_wanted_nothing_more_is_said(
    qtbot: QtBot, station: Station, pictures: Pictures, came: list[PartPicture]
) -> None:
    first, second = station.add_part(), station.add_part()
    pictures.want(first)
    pictures.want(second)
    qtbot.waitUntil(lambda: any(part.complete for part in came))
    assert {part.uid for part in came} == {second}


def test_memory_is_bounded_and_the_part_on_show_is_kept(qtbot: QtBot, station: Station) -> None:
    pictures = Pictures(station.data, cache_bytes=1600 * 1200 + 1)
    try:
        uids = [station.add_part() for _ in range(3)]
        for uid in uids:
            pictures.want(uid)
            qtbot.waitUntil(lambda uid=uid: pictures.held(uid) is not None)  # type: ignore[misc]
        assert [pictures.held(uid) is not None for uid in uids] == [False, False, True]
    finally:
        pictures.stop()


def test_a_new_verdict_is_read_without_the_pictures(
    qtbot: QtBot, station: Station, pictures: Pictures, came: list[PartPicture]
) -> None:
    uid = station.add_part()
    pictures.want(uid)
    qtbot.waitUntil(lambda: len(came) == 2)
    verdict = Verdict(VerdictKind.OK, Author.OPERATOR, "", came[0].record.inspection.trigger.time, "Mara")
    station.journal.give_verdict(uid, verdict, VerdictKind.NOT_DECIDABLE)
    pictures.refresh(uid)
    qtbot.waitUntil(lambda: len(came) == 3)
    assert came[2].record.inspection.verdict.kind is VerdictKind.OK
    assert came[2].views is came[1].views


def test_pictures_that_come_late_bring_no_stale_verdict(
    qtbot: QtBot, station: Station, pictures: Pictures, came: list[PartPicture]
) -> None:
    uid = station.add_part()
    pictures.prefetch(uid)
    pictures.want(uid)
    pictures.want(uid)
    qtbot.waitUntil(lambda: bool(came))
    now = came[0].record.inspection.trigger.time
    station.journal.give_verdict(
        uid, Verdict(VerdictKind.OK, Author.OPERATOR, "", now, "Mara"), VerdictKind.NOT_DECIDABLE
    )
    pictures.refresh(uid)
    qtbot.waitUntil(lambda: came[-1].complete and came[-1].record.inspection.verdict.kind is VerdictKind.OK)
    asked: list[int] = []
    pictures._reading.ask(lambda journal: journal.counts().parts, asked.append)
    qtbot.waitUntil(lambda: bool(asked))  # all that was under way has come by now
    assert came[-1].record.inspection.verdict.kind is VerdictKind.OK
    held = pictures.held(uid)
    assert held is not None
    assert held.record.inspection.verdict.kind is VerdictKind.OK


def test_a_part_that_nobody_knows_is_said(qtbot: QtBot, station: Station, pictures: Pictures) -> None:
    station.add_part()
    failures: list[tuple[UUID, str]] = []
    pictures.failed.connect(lambda uid, text: failures.append((uid, text)))
    unknown = uuid4()
    pictures.want(unknown)
    qtbot.waitUntil(lambda: bool(failures))
    assert failures[0][0] == unknown
    assert "there is no part" in failures[0][1]


def test_raw_bayer_is_seen_in_colour_at_its_own_size(
    qtbot: QtBot, station: Station, pictures: Pictures, came: list[PartPicture]
) -> None:
    mosaic = np.zeros((60, 81), np.uint8)
    mosaic[0::2, 0::2] = 200  # red
    uid = record(station, mosaic, PixelFormat.BAYER_RG8)
    pictures.want(uid)
    qtbot.waitUntil(lambda: len(came) == 2)
    pixels = came[1].views[0].pixels
    assert pixels is not None
    assert pixels.shape == (60, 81, 3)
    assert pixels[30, 40].tolist() == [200, 0, 0]


def test_sixteen_bits_are_seen_as_eight(
    qtbot: QtBot, station: Station, pictures: Pictures, came: list[PartPicture]
) -> None:
    uid = record(station, np.full((4, 5), 0xABCD, np.uint16), PixelFormat.MONO16)
    pictures.want(uid)
    qtbot.waitUntil(lambda: len(came) == 2)
    pixels = came[1].views[0].pixels
    assert pixels is not None
    assert np.all(pixels == 0xAB)


def record(station: Station, pixels: "np.ndarray", pixel_format: PixelFormat) -> UUID:
    image, preview = encode(pixels, pixel_format), encode_preview(pixels, pixel_format)
    height, width = pixels.shape[:2]
    view = View(
        "top",
        "cam",
        width=width,
        height=height,
        pixel_format=pixel_format.value,
        image=station.journal.blobs.put(image.data, image.media_type),
        preview=station.journal.blobs.put(preview.data, preview.media_type),
    )
    uid, now = UUID(int=77), station._start
    trigger = Trigger(uid, 77, 7, 77, "", 0, now, 0)
    verdict = Verdict(VerdictKind.NOT_DECIDABLE, Author.RULES, "", now)
    station.journal.record(Inspection(trigger, RecipeRef("plate-A", 7, "cd" * 32), (view,), verdict, 1))
    return uid
