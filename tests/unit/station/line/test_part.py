"""The part's state machine under every order of events."""

from datetime import UTC, datetime
from uuid import UUID

import pytest
from hypothesis import given
from hypothesis import strategies as st

from models.prediction import Prediction
from station.line.inspection import Author, BlobRef, Fault, FaultCode, RecipeRef, Trigger, Verdict, VerdictKind
from station.line.part import (
    DeadlinePassed,
    FrameArrived,
    FrameFacts,
    Judged,
    ModelRef,
    Part,
    PartEvent,
    Phase,
    PictureFailed,
    PictureStored,
    Predicted,
    Recorded,
    StoredPicture,
    ViewFaulted,
    ViewProgress,
    advance,
    to_inspection,
)

NOW = datetime(2026, 1, 2, tzinfo=UTC)
FRAME = FrameFacts(7, 4, 3, "Mono8", {"truth": '{"defective":false}', "exposure": "5"}, 1)
PICTURE = StoredPicture(BlobRef("a" * 64, 1, "image/jxl"), BlobRef("b" * 64, 1, "image/jpeg"))
PREDICTION = Prediction("c" * 64, 0.1, 0.5, 1.0, (), None)
MODEL = ModelRef("plate", "1", "c" * 64, ("anomaly",))
FAULT = Fault(FaultCode.CAMERA, "cam", "gone")
VERDICT = Verdict(VerdictKind.OK, Author.RULES, "good", NOW)
VIEWS = ("left", "right")


def new_part(views: tuple[str, ...] = VIEWS) -> Part:
    trigger = Trigger(UUID(int=1), 1, 1, 5, "P5", 0, NOW, 0)
    return Part(trigger, RecipeRef("r", 1, "0" * 64), tuple(ViewProgress(name, "cam") for name in views), 10)


def events() -> st.SearchStrategy[PartEvent]:
    view = st.sampled_from((*VIEWS, "unknown"))
    return st.one_of(
        st.builds(FrameArrived, view, st.just(FRAME)),
        st.builds(ViewFaulted, view, st.just(FAULT)),
        st.builds(Predicted, view, st.just(PREDICTION), st.just(MODEL)),
        st.builds(PictureStored, view, st.just(PICTURE)),
        st.builds(PictureFailed, view, st.just(FAULT)),
        st.just(DeadlinePassed()),
        st.just(Judged(VERDICT)),
        st.just(Recorded()),
    )


@given(st.lists(events(), max_size=25))
def test_no_order_of_events_breaks_the_part(sequence: list[PartEvent]) -> None:
    part = new_part()
    for event in sequence:
        before, part = part, advance(part, event)
        assert list(Phase).index(part.phase) >= list(Phase).index(before.phase)
        for old, new in zip(before.views, part.views, strict=True):
            assert not (old.settled and not new.settled)
            assert old.prediction is None or new.prediction is old.prediction
            assert new.prediction is None or new.frame is not None
            assert not (new.picture and new.picture_failed)
        if before.phase is not Phase.OPEN:
            assert part.verdict is before.verdict
            assert part.views == before.views
        if part.phase is not Phase.OPEN:
            assert part.verdict is VERDICT
            assert all(view.settled and view.stored for view in part.views)


@given(st.lists(events(), max_size=15))
def test_after_the_deadline_only_storage_is_awaited(sequence: list[PartEvent]) -> None:
    part = new_part()
    for event in sequence:
        part = advance(part, event)
    part = advance(part, DeadlinePassed())
    if part.phase is Phase.OPEN:
        assert all(view.settled for view in part.views)
        for name in VIEWS:
            part = advance(part, PictureStored(name, PICTURE))
        assert part.ready_to_judge


def test_the_way_of_a_good_part() -> None:
    part = new_part(("top",))
    for event in (FrameArrived("top", FRAME), Predicted("top", PREDICTION, MODEL)):
        part = advance(part, event)
        assert not part.ready_to_judge
    part = advance(part, PictureStored("top", PICTURE))
    assert part.ready_to_judge
    part = advance(advance(part, Judged(VERDICT)), Recorded())
    assert part.phase is Phase.RECORDED
    view = to_inspection(part, 12).views[0]
    assert (view.image, view.preview) == (PICTURE.image, PICTURE.preview)
    assert view.score == PREDICTION.score
    assert view.model_sha256 == MODEL.sha256


def test_the_truth_is_kept_apart_from_the_chunk() -> None:
    part = advance(new_part(("top",)), FrameArrived("top", FRAME))
    part = advance(advance(part, DeadlinePassed()), PictureStored("top", PICTURE))
    view = to_inspection(advance(part, Judged(VERDICT)), 1).views[0]
    assert view.truth == '{"defective":false}'
    assert view.chunk == {"exposure": "5"}
    assert view.fault is not None
    assert view.fault.code is FaultCode.TIMEOUT


def test_a_picture_that_cannot_be_stored_is_a_fault() -> None:
    part = advance(new_part(("top",)), FrameArrived("top", FRAME))
    part = advance(advance(part, Predicted("top", PREDICTION, MODEL)), PictureFailed("top", FAULT))
    assert part.ready_to_judge
    assert part.views[0].fault is FAULT


def test_a_part_without_a_verdict_has_no_record() -> None:
    with pytest.raises(ValueError, match="no verdict"):
        to_inspection(new_part(), 1)
