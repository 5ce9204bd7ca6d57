"""Recorded parts judged once more, out of a real journal."""

import hashlib
from collections.abc import Iterator
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any
from uuid import UUID

import numpy as np
import pytest
from overruled import overrule
from shelved import manifest_of

from labeling.shapes import Polygon, frozen_points
from models.prediction import Defect
from models.shelf import Shelf
from station.journal.store import Journal
from station.line.inspection import (
    Author,
    BlobRef,
    Fault,
    FaultCode,
    Inspection,
    ScoreLimits,
    Trigger,
    Verdict,
    VerdictKind,
    View,
)
from station.line.recipe import Recipe
from station.line.replay import Replay, limits_on_shelf, replay

OK, NG, NOT_DECIDABLE = VerdictKind.OK, VerdictKind.NG, VerdictKind.NOT_DECIDABLE
START = datetime(2026, 1, 2, 6, tzinfo=UTC)
LIMITS = ScoreLimits(0.4, 0.6, 0.4)
FAULT = Fault(FaultCode.CAMERA, "cam", "no picture")


def _uid(number: int) -> UUID:
    return UUID(int=(0x7 << 76) + (0b10 << 62) + number)


def _recipe(*rules: dict[str, Any], name: str = "cup", model: str = "m", **view: Any) -> Recipe:
    views = ({"name": "top", "camera": "cam", "model": model, **view},)
    return Recipe.model_validate({"name": name, "number": 1, "view": views, "rule": rules})


def _view(image: BlobRef, length: float = 0, score: float = 0.7, **fields: Any) -> View:
    shape = Polygon(frozen_points([[10, 10], [10 + length, 10], [10 + length, 14], [10, 14]]))
    known = {
        "name": "top",
        "camera": "cam",
        "width": 200,
        "height": 100,
        "pixel_format": "Mono8",
        "image": image,
        "preview": image,
        "model_name": "m",
        "model_version": "1",
        "model_sha256": "ef" * 32,
        "score": score,
        "defects": (Defect("scratch", score, shape),) if length else (),
        "limits": LIMITS,
    }
    return View(**(known | fields))


@pytest.fixture
def journal(tmp_path: Path) -> Iterator[Journal]:
    with Journal.open(tmp_path / "data", audit_key_path=tmp_path / "audit.key") as journal:
        yield journal


@pytest.fixture
def image(journal: Journal) -> BlobRef:
    return journal.blobs.put(b"picture", "image/jxl")


def _record(journal: Journal, number: int, view: View, kind: VerdictKind, recipe: Recipe | None = None) -> UUID:
    time = START + timedelta(minutes=number)
    trigger = Trigger(_uid(number), number, 1, number, f"P{number}", 0, time, 0)
    verdict = Verdict(kind, Author.RULES, f"reason {number}", time)
    journal.record(Inspection(trigger, (recipe or _recipe()).ref, (view,), verdict, 40))
    return trigger.uid


def _replay(journal: Journal, recipe: Recipe, **options: Any) -> Replay:
    return replay(journal, recipe, lambda _view: None, **{"limit": 100, **options})


def _kinds(found: Replay) -> list[tuple[int, VerdictKind, VerdictKind]]:
    return [(part.part_seq, part.was.kind, part.now.kind) for part in found.parts]


def test_changed_rules_change_verdicts_and_nothing_in_the_journal(journal: Journal, image: BlobRef) -> None:
    _record(journal, 1, _view(image, score=0.1), OK)
    _record(journal, 2, _view(image, length=20), NG)
    _record(journal, 3, _view(image, length=60), NG)
    _record(journal, 4, View("top", "cam", fault=FAULT), NOT_DECIDABLE)
    _record(journal, 5, _view(image, length=12, score=0.5), NOT_DECIDABLE)
    before = [journal.part(part.uid) for part in journal.parts().parts]
    same = _replay(journal, _recipe())
    assert _kinds(same) == [
        (5, NOT_DECIDABLE, NOT_DECIDABLE),
        (4, NOT_DECIDABLE, NOT_DECIDABLE),
        (3, NG, NG),
        (2, NG, NG),
        (1, OK, OK),
    ]
    assert (same.changes, same.left_out) == ({}, ())
    lenient = _replay(journal, _recipe({"max_length_px": 40}, decided_by="rules"))
    assert lenient.changes == {(NG, OK): 1, (NOT_DECIDABLE, OK): 1}
    assert [part.part_seq for part in lenient.parts if part.changed] == [5, 2]
    strict = _replay(journal, _recipe(low=0.05))
    assert strict.changes == {(OK, NOT_DECIDABLE): 1}
    assert strict.parts[-1].now.reason.startswith("top: anomaly 0.1; between 0.05 and 0.6")
    after = [journal.part(part.uid) for part in journal.parts().parts]
    assert [part and part.verdicts for part in after] == [part and part.verdicts for part in before]


def test_only_parts_of_the_recipe_the_newest_first_and_none_too_old(journal: Journal, image: BlobRef) -> None:
    for number in range(1, 8):
        _record(journal, number, _view(image, score=0.1), OK, _recipe(name="mug") if number == 6 else None)
    assert [part.part_seq for part in _replay(journal, _recipe()).parts] == [7, 5, 4, 3, 2, 1]
    assert [part.part_seq for part in _replay(journal, _recipe(), limit=2).parts] == [7, 5]
    since = START + timedelta(minutes=4)
    assert [part.part_seq for part in _replay(journal, _recipe(), since=since).parts] == [7, 5, 4]


def test_pages_are_turned(journal: Journal, image: BlobRef, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("station.line.replay.PAGE", 2)
    for number in range(1, 6):
        _record(journal, number, _view(image, score=0.1), OK)
    assert [part.part_seq for part in _replay(journal, _recipe()).parts] == [5, 4, 3, 2, 1]
    assert _replay(journal, _recipe(name="mug")).parts == ()


def test_a_persons_verdict_is_shown_beside_that_of_the_rules(journal: Journal, image: BlobRef) -> None:
    uid = _record(journal, 1, _view(image, length=20), NG)
    _record(journal, 2, _view(image, score=0.1), OK)
    overrule(journal, uid, Verdict(OK, Author.QA, "looked", START + timedelta(hours=1), "Ann"))
    found = _replay(journal, _recipe({"max_length_px": 40}, decided_by="rules"))
    part = found.parts[-1]
    assert (part.was.kind, part.now.kind, part.person) == (NG, OK, OK)
    assert found.agreement() == (1, 0, 1)


def test_what_cannot_be_judged_once_more_is_said_to_be_left_out(journal: Journal, image: BlobRef) -> None:
    _record(journal, 1, _view(image, model_name="other"), OK)
    _record(journal, 2, _view(image, limits=None), OK)
    found = _replay(journal, _recipe())
    assert found.parts == ()
    assert [part.reason for part in found.left_out] == [
        "view top: the thresholds are not on record, and model m version 1 is not on the shelf any more",
        "view top was judged by model other, the recipe asks for m",
    ]


def test_heat_and_what_was_left_out_count_once_more(journal: Journal, image: BlobRef) -> None:
    heat = np.full((10, 20), 0.1, np.float32)
    heat[4:6, 8:11] = 0.9
    _record(journal, 1, _view(image, score=0.9, heat_map=heat), NG)
    _record(journal, 2, _view(image, score=0.1, defects_left_out=5), OK)
    zone = {"name": "hole", "view": "top", "polygon": ((50, 20), (150, 20), (150, 80), (50, 80)), "ignore": True}
    recipe = Recipe.model_validate({**_recipe({"max_count": 3}).model_dump(by_alias=True), "zone": (zone,)})
    assert _kinds(_replay(journal, recipe)) == [(2, OK, NOT_DECIDABLE), (1, NG, OK)]


def test_a_recipe_with_another_view_decides_nothing(journal: Journal, image: BlobRef) -> None:
    _record(journal, 1, _view(image, score=0.1), OK)
    other = _recipe()
    renamed = other.model_copy(update={"views": (other.views[0].model_copy(update={"name": "side"}),)})
    assert _kinds(_replay(journal, renamed)) == [(1, OK, NOT_DECIDABLE)]


def test_thresholds_of_older_records_come_from_the_shelf(journal: Journal, image: BlobRef, tmp_path: Path) -> None:
    shelf = Shelf(tmp_path / "models")
    for model, more in ((b"one", {}), (b"two", {"outline": 0.5})):
        shelf.add(manifest_of(model, **more), model)
    find = limits_on_shelf(shelf)

    def of(version: str, model: bytes) -> ScoreLimits | None:
        return find(replace(_view(image), model_version=version, model_sha256=hashlib.sha256(model).hexdigest()))

    assert of("1", b"one") == ScoreLimits(0.4, 0.6, 0.4)
    assert of("2", b"two") == ScoreLimits(0.4, 0.6, 0.5)
    assert of("1", b"two") is None, "a version of that number, but another model"
    assert of("3", b"one") is None
