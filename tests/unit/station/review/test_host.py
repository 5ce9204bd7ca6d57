"""A review desk that stands alone, over its real socket and a real journal: what two reviewers ask of it."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any
from uuid import UUID, uuid4

import numpy as np
import pytest
from argon2 import PasswordHasher
from screen import Screen, add_people, screen, wait

from camera.frame import PixelFormat
from labeling.annotation import Annotation, Label, Source
from labeling.codec import annotation_to_json
from labeling.shapes import Box, Polygon, frozen_points
from models.prediction import Defect
from station.config import StationConfig, load_station
from station.desk.messages import Annotate, Answer, Pause, Refusal, ToEngine, Welcome
from station.desk.review_messages import (
    Adjudicate,
    DeleteView,
    Relabel,
    ReleaseParts,
    Review,
    SaveView,
    SetGolden,
    TakeParts,
    UndoRelabel,
)
from station.journal.images import encode, encode_preview
from station.journal.reader import JournalReader
from station.journal.review_queries import ReviewQueries
from station.journal.store import Journal
from station.journal.verify import verify
from station.line.inspection import Author, Inspection, RecipeRef, Trigger, Verdict, VerdictKind, View
from station.people import hashing
from station.review.host import ReviewHost, review_host
from station.review.queue import Outcome, QueueFilter, Reason, Stage, item_json

STATION = """
[station]
name = "s"
data = "."
audit_key = "../audit.key"
[[camera]]
name = "cam"
[plc]
mode = "none"
[line]
recipe = "plate"
trigger = "timer"
[storage]
min_free_mb = 1
[review]
audit_percent = 0
drift_sigmas = 0
golden_percent = 0
stages = "second-pass"
"""
RECIPE = """
name = "plate"
number = 1
[[view]]
name = "top"
camera = "cam"
model = "plate"
"""
START = datetime(2026, 3, 1, tzinfo=UTC)
OUTLINE = Polygon(frozen_points([[1, 2], [30, 2], [30, 20]]))
DEFECTS = (Defect("scratch", 0.9, OUTLINE), Defect("dent", 0.5, OUTLINE))


@dataclass
class Alone:
    """The desk, its data and the reviewers at it."""

    config: StationConfig
    host: ReviewHost
    ann: Screen
    ben: Screen
    parts: list[UUID]

    def ask(self, who: Screen, kind: type, **values: Any) -> Answer:
        command: ToEngine = kind(key=values.pop("key", uuid4()), session=who.session, **values)
        return who.ask(command)

    def classes(self, uid: UUID) -> list[str]:
        with JournalReader(self.config.station.data) as reader:
            stored = reader.annotations(uid)
        if not stored:
            return []
        return [label.class_name for label in stored[-1].annotation.labels] + list(stored[-1].annotation.tags)


@pytest.fixture(autouse=True)
def _quick_hashes(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(hashing, "HASHER", PasswordHasher(1, 64, 1))
    monkeypatch.setattr("station.desk.people.LOG_IN_S", 0.0)


@pytest.fixture
def station(tmp_path: Path) -> tuple[StationConfig, list[UUID]]:
    """A station that ran once and left four NG parts, the last one without defects."""
    data = tmp_path / "data"
    (data / "recipes").mkdir(parents=True)
    (data / "station.toml").write_text(STATION)
    (data / "recipes" / "plate.toml").write_text(RECIPE)
    config = load_station(data / "station.toml")
    with Journal.open(data, audit_key_path=config.station.audit_key, review=config.review_rules) as journal:
        uids = [_record(journal, number, DEFECTS if number < 4 else ()) for number in range(1, 5)]
    return config, uids


def _record(journal: Journal, number: int, defects: tuple[Defect, ...]) -> UUID:
    pixels = np.random.default_rng(number).integers(0, 255, (24, 32), dtype=np.uint8)
    image, preview = encode(pixels, PixelFormat.MONO8), encode_preview(pixels, PixelFormat.MONO8)
    view = View(
        "top",
        "cam",
        width=32,
        height=24,
        pixel_format="Mono8",
        image=journal.blobs.put(image.data, image.media_type),
        preview=journal.blobs.put(preview.data, preview.media_type),
        model_name="plate",
        model_version="3",
        score=0.9,
        defects=defects,
    )
    uid, time = UUID(int=(1 << 100) + number), START + timedelta(seconds=number)
    trigger = Trigger(uid, number, number, number, f"LOT1-{number}", 0, time, number)
    verdict = Verdict(VerdictKind.NG, Author.RULES, "scratch", time)
    journal.record(Inspection(trigger, RecipeRef("plate", 1, "cd" * 32), (view,), verdict, 5))
    return uid


@pytest.fixture
def alone(station: tuple[StationConfig, list[UUID]]) -> Iterator[Alone]:
    config, parts = station
    data = config.station.data
    with review_host(config) as host:
        wait(lambda: host.serving, "the host serves")
        add_people(data, Ann="qa", Ben="qa", Ada="administrator", Mia="operator")
        with screen(data) as ann, screen(data) as ben:
            assert ann.log_in("Ann").done
            assert ben.log_in("Ben").done
            yield Alone(config, host, ann, ben, parts)
    assert not host.serving
    assert verify(data, config.station.audit_key).audit.ok


def test_a_desk_alone_says_so_and_drives_no_line(alone: Alone) -> None:
    assert alone.host.problem == ""
    assert not alone.ann.first(Welcome).line
    with screen(alone.config.station.data) as ada:
        assert ada.log_in("Ada").done
        assert alone.ask(ada, Pause, reason="").refusal is Refusal.NOT_NOW


def test_two_reviewers_and_an_adjudicator(alone: Alone) -> None:
    first = alone.ask(alone.ann, TakeParts, filter=QueueFilter(lot="LOT1-"), n=2)
    taken = [item_json.validate_python(part, strict=False) for part in first.result["parts"]]
    other = alone.ask(alone.ben, TakeParts, n=4)
    assert {item.uid for item in taken} | {UUID(part["uid"]) for part in other.result["parts"]} == set(alone.parts)
    assert len(other.result["parts"]) == 2
    uid = taken[0].uid
    said = alone.ask(alone.ann, Review, uid=uid, outcome=Outcome.ACCEPT, seen="NG")
    assert said.result == {"stage": "second", "verdict": "", "plc_told": False, "passed_already": False}
    assert alone.ask(alone.ben, Review, uid=uid, outcome=Outcome.REJECT, seen="NG").result["stage"] == "adjudication"
    alone.ask(alone.ann, ReleaseParts)
    for who in (alone.ann, alone.ben):
        decided = alone.ask(who, Adjudicate, uid=uid, verdict="NG")
        assert decided.refusal is Refusal.NOT_ALLOWED
    with screen(alone.config.station.data) as ada:
        assert ada.log_in("Ada").done
        (item,) = alone.ask(ada, TakeParts, filter=QueueFilter(stage=Stage.ADJUDICATION), n=3).result["parts"]
        assert item["uid"] == str(uid)
        assert alone.ask(ada, Adjudicate, uid=uid, verdict="OK", comment="dirt").result["verdict"] == "OK"
        assert alone.ask(ada, SetGolden, uid=uid, verdict="OK").done
    with JournalReader(alone.config.station.data) as reader:
        final = reader.verdicts(uid)[-1]
        assert [part.uid for part in ReviewQueries(reader).golden_parts()] == [uid]
    assert (final.kind, final.by, final.author, final.reason) == (VerdictKind.OK, Author.QA, "Ada", "dirt")


def test_rework_is_only_given_to_who_asks_for_it(alone: Alone) -> None:
    uid = alone.parts[0]
    sent_back = alone.ask(
        alone.ann, Review, uid=uid, outcome=Outcome.REWORK, reasons=(Reason.WRONG_CLASS,), seen="NG", comment="a pit"
    )
    assert sent_back.result["stage"] == "rework"
    given = alone.ask(alone.ben, TakeParts, n=10).result["parts"]
    assert str(uid) not in {part["uid"] for part in given}
    (part,) = alone.ask(alone.ben, TakeParts, filter=QueueFilter(stage=Stage.REWORK), n=10).result["parts"]
    assert part["uid"] == str(uid)
    annotation = Annotation(uuid4(), None, "", START, (32, 24), (Label(uuid4(), "pit", Box(1, 1, 5, 5)),))
    made = alone.ask(alone.ben, Annotate, uid=uid, view="top", parent=None, annotation=annotation_to_json(annotation))
    assert made.done
    assert alone.ask(alone.ben, Review, uid=uid, outcome=Outcome.ACCEPT, seen="NG").result["stage"] == "second"


def test_one_class_for_many_parts_and_one_undo(alone: Alone) -> None:
    first, second, third, bare = alone.parts
    drawn = Label(uuid4(), "dent", Box(1, 1, 5, 5))
    annotation = Annotation(uuid4(), None, "", START, (32, 24), (drawn,), ("dirt",))
    alone.ask(alone.ann, Annotate, uid=first, view="top", parent=None, annotation=annotation_to_json(annotation))
    alone.ask(alone.ben, TakeParts, uids=(third,))
    key = uuid4()
    uids = (first, second, third, bare, UUID(int=5))
    answer = alone.ask(alone.ann, Relabel, key=key, uids=uids, class_name="pit")
    assert answer.result["relabelled"] == [str(first), str(second), str(bare)]
    assert set(answer.result["refused"]) == {str(third), str(UUID(int=5))}
    assert alone.ask(alone.ann, Relabel, key=key, uids=uids, class_name="other") == answer, "the same command"
    assert [alone.classes(uid) for uid in (first, second, third, bare)] == [["pit", "pit"], ["pit", "pit"], [], ["pit"]]
    with JournalReader(alone.config.station.data) as reader:
        queries = ReviewQueries(reader)
        assert {item.uid for item in queries.page(QueueFilter(classes=("pit",))).items} == {first, second, bare}
        (labels,) = [stored.annotation.labels for stored in reader.annotations(second)]
    assert {label.source for label in labels} == {Source.MODEL}
    assert alone.ask(alone.ben, UndoRelabel, relabel=key).refusal is Refusal.SUPERSEDED, "Ann's"
    undone = alone.ask(alone.ann, UndoRelabel, relabel=key)
    assert undone.result["relabelled"] == [str(first), str(second), str(bare)]
    assert [alone.classes(uid) for uid in (first, second, third, bare)] == [["dent", "dirt"], [], [], []]
    assert alone.ask(alone.ann, UndoRelabel, relabel=key).refusal is Refusal.SUPERSEDED, "once"


def test_what_somebody_annotated_since_is_not_taken_back(alone: Alone) -> None:
    first, second = alone.parts[:2]
    key = uuid4()
    assert alone.ask(alone.ann, Relabel, key=key, uids=(first, second), class_name="pit").done
    with JournalReader(alone.config.station.data) as reader:
        newest = reader.annotations(first)[-1].annotation
    later = Annotation(uuid4(), newest.uid, "", START, (32, 24), (), ("burr",))
    alone.ask(alone.ben, Annotate, uid=first, view="top", parent=newest.uid, annotation=annotation_to_json(later))
    undone = alone.ask(alone.ann, UndoRelabel, relabel=key)
    assert undone.result["relabelled"] == [str(second)]
    assert "Ben" in undone.result["refused"][str(first)]
    assert [alone.classes(uid) for uid in (first, second)] == [["burr"], []]


def test_a_bulk_change_that_was_cut_off_goes_on_where_it_stopped(
    station: tuple[StationConfig, list[UUID]], monkeypatch: pytest.MonkeyPatch
) -> None:
    config, parts = station
    command = Relabel(key=uuid4(), uids=tuple(parts[:2]), class_name="pit")

    def cut_off(*_args: Any, **_words: Any) -> str:
        raise OSError("the desk ends here")

    for attempt in range(2):
        with monkeypatch.context() as patch, review_host(config) as host:
            if attempt == 0:
                patch.setattr(Journal, "note_relabel", cut_off)
            wait(lambda: host.serving, "the host serves")
            if attempt == 0:
                add_people(config.station.data, Ann="qa")
            with screen(config.station.data) as ann:
                assert ann.log_in("Ann").done
                answer = ann.ask(command.model_copy(update={"session": ann.session}))
        with JournalReader(config.station.data) as reader:
            assert [len(reader.annotations(uid)) for uid in parts] == [1, 1, 0, 0]
        if attempt == 0:
            assert answer.refusal is Refusal.FAILED
    assert answer.result == {"relabelled": [str(uid) for uid in parts[:2]], "refused": {}}


def test_views_are_saved_and_forgotten(alone: Alone) -> None:
    def names() -> list[str]:
        with JournalReader(alone.config.station.data) as reader:
            return [view.name for view in ReviewQueries(reader).saved_views()]

    assert alone.ask(alone.ann, SaveView, name="night", filter=QueueFilter(shift=3)).done
    assert names() == ["night"]
    assert alone.ask(alone.ben, DeleteView, name="night").done
    assert alone.ask(alone.ben, DeleteView, name="night").done
    assert names() == []


def test_without_a_journal_the_host_waits_and_makes_none(station: tuple[StationConfig, list[UUID]]) -> None:
    config, _ = station
    (config.station.data / "journal.db").unlink()
    with review_host(config) as host:
        wait(lambda: "no journal" in host.problem, "it says why it waits")
        assert not host.serving
    assert not (config.station.data / "journal.db").exists()
