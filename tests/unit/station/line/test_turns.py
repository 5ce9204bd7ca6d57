"""Pictures judged together: never at the cost of a deadline, and what one of them suffers is its own."""

import threading
from collections.abc import Sequence
from dataclasses import dataclass, field
from types import MappingProxyType
from typing import Any
from uuid import UUID

import numpy as np
import numpy.typing as npt
import pytest
from hypothesis import given
from hypothesis import strategies as st

from camera.frame import Frame, PixelFormat
from camera.health import HealthLimits, HealthWatch
from models.errors import ModelError, PictureError
from models.prediction import Prediction
from station.line.inference import Inference, LoadedModel
from station.line.inspection import FaultCode
from station.line.lease import SharedLease
from station.line.part import ModelRef, PartEvent, Predicted, ViewFaulted
from station.line.turns import next_turn

Bytes = npt.NDArray[np.uint8]
NEVER = 1 << 40
COSTS = MappingProxyType({"a": 10, "b": 7})


@dataclass(frozen=True)
class Waiting:
    model_name: str
    deadline_ns: int
    came_ns: int = 0


def test_those_of_the_same_model_go_together_where_there_is_time() -> None:
    waiting = [Waiting("a", 100), Waiting("b", 100), Waiting("a", 100), Waiting("a", 100)]
    assert next_turn(waiting, 50, 8, COSTS) == [0, 2, 3]
    assert next_turn(waiting, 50, 2, COSTS) == [0, 2]
    assert next_turn(waiting, 50, 1, COSTS) == [0]
    assert next_turn(waiting, 63, 8, COSTS) == [0, 2, 3]
    assert next_turn(waiting, 64, 8, COSTS) == [0]
    too_late = [Waiting("a", 10), Waiting("b", 100), Waiting("a", 100)]
    assert next_turn(too_late, 80, 8, COSTS) == [0, 2]
    assert next_turn(too_late, 84, 8, COSTS) == [0]


def test_nothing_goes_together_before_a_cost_is_known() -> None:
    waiting = [Waiting("a", 100), Waiting("a", 100), Waiting("c", 100)]
    assert next_turn(waiting, 0, 8, COSTS) == [0]


def played(jobs: Sequence[Waiting], most: int) -> dict[int, int]:
    """Return when each picture is done, where a batch gains nothing at all."""
    waiting: list[int] = []
    coming = sorted(range(len(jobs)), key=lambda number: jobs[number].came_ns)
    now, done = 0, {}
    while coming or waiting:
        if not waiting:
            now = max(now, jobs[coming[0]].came_ns)
        while coming and jobs[coming[0]].came_ns <= now:
            waiting.append(coming.pop(0))
        turn = [waiting[place] for place in next_turn([jobs[number] for number in waiting], now, most, COSTS)]
        assert turn[0] == waiting[0]
        assert len({jobs[number].model_name for number in turn}) == 1
        judged = [number for number in turn if jobs[number].deadline_ns >= now]  # the others are rejected already
        now += sum(COSTS[jobs[number].model_name] for number in judged)
        done |= dict.fromkeys(turn, NEVER) | dict.fromkeys(judged, now)
        waiting = [number for number in waiting if number not in turn]
    return done


@given(
    st.lists(
        st.builds(
            lambda model, came, room: Waiting(model, came + room, came),
            st.sampled_from("ab"),
            st.integers(0, 60),
            st.integers(5, 80),
        ),
        min_size=1,
        max_size=12,
    ),
    st.integers(2, 6),
)
def test_whoever_is_in_time_alone_is_in_time_together(jobs: list[Waiting], most: int) -> None:
    alone, together = played(jobs, 1), played(jobs, most)
    assert alone.keys() == together.keys()
    late = [number for number, job in enumerate(jobs) if alone[number] <= job.deadline_ns < together[number]]
    assert late == []


@dataclass
class PlayedJudge:
    """Finds in a picture what its first pixel says: 1 that it cannot be judged, 2 that the model fails."""

    entered: threading.Event = field(default_factory=threading.Event)
    go: threading.Event = field(default_factory=threading.Event)
    batches: list[int] = field(default_factory=list)

    def predict(self, pixels: Bytes) -> Prediction:
        self.batches.append(1)
        self.entered.set()
        assert self.go.wait(10)
        (answer,) = self._answers([pixels])
        assert isinstance(answer, Prediction)
        return answer

    def predict_all(self, pictures: Sequence[Bytes]) -> list[Prediction | PictureError | ModelError]:
        self.batches.append(len(pictures))
        return self._answers(pictures)

    @staticmethod
    def _answers(pictures: Sequence[Bytes]) -> list[Prediction | PictureError | ModelError]:
        answers: list[Prediction | PictureError | ModelError] = []
        for pixels in pictures:
            number = int(pixels[0, 0])
            wrong = {1: PictureError("no part"), 2: ModelError("no answer")}
            answers.append(wrong.get(number) or Prediction("c" * 64, float(number), 50, 60, (), None))
        return answers


@dataclass
class PlayedLease:
    frame: Frame
    released: int = 0

    def release(self) -> None:
        self.released += 1


def lease(number: int) -> PlayedLease:
    pixels = np.random.default_rng(number).integers(60, 200, (16, 16), dtype=np.uint8)
    pixels[0, 0] = number
    return PlayedLease(Frame(pixels, PixelFormat.MONO8, "cam", number, number, None, 0, {}))


def test_what_waits_is_judged_together_and_each_gets_its_own_answer() -> None:
    posted: dict[int, PartEvent] = {}
    all_posted = threading.Event()

    def post(uid: UUID, event: PartEvent) -> None:
        posted[uid.int] = event
        if len(posted) == 9:
            all_posted.set()

    judge, leases = PlayedJudge(), [lease(number) for number in range(9)]
    inference = Inference(post, 9, {"top": HealthWatch(HealthLimits(frozen=False))})
    inference.use(LoadedModel(judge, ModelRef("plate", "1", "c" * 64, ("anomaly",)), batch=4))
    inference.start()
    for number, each in enumerate(leases):
        deadline_ns = 0 if number == 6 else 1 << 62
        inference.submit(UUID(int=number), "top", "plate", SharedLease(each, 1), deadline_ns)
        assert judge.entered.wait(10)  # the first is being judged while the others come to wait
    judge.go.set()
    assert all_posted.wait(10)
    inference.stop()
    assert judge.batches == [1, 4, 3]
    for number in (0, 3, 4, 5, 7, 8):
        event = posted[number]
        assert isinstance(event, Predicted)
        assert event.prediction.score == number
    codes = {number: event.fault.code for number, event in posted.items() if isinstance(event, ViewFaulted)}
    assert codes == {1: FaultCode.PICTURE, 2: FaultCode.MODEL, 6: FaultCode.TIMEOUT}
    assert [each.released for each in leases] == [1] * 9


def test_what_nobody_expected_rejects_those_that_were_judged_together_and_no_other() -> None:
    posted: dict[int, PartEvent] = {}
    all_posted = threading.Event()

    def post(uid: UUID, event: PartEvent) -> None:
        posted[uid.int] = event
        if len(posted) == 4:
            all_posted.set()

    class Breaking(PlayedJudge):
        def predict_all(self, pictures: Sequence[Bytes]) -> list[Prediction | PictureError | ModelError]:
            raise ZeroDivisionError(len(pictures))

    judge, leases = Breaking(), [lease(number) for number in (3, 4, 5, 6)]
    inference = Inference(post, 4, {"top": HealthWatch(HealthLimits(frozen=False))})
    inference.use(LoadedModel(judge, ModelRef("plate", "1", "c" * 64, ("anomaly",)), batch=2))
    inference.start()
    for number, each in enumerate(leases):
        inference.submit(UUID(int=number), "top", "plate", SharedLease(each, 1), 1 << 62)
        assert judge.entered.wait(10)
    judge.go.set()
    assert all_posted.wait(10)
    inference.stop()
    broken = [number for number, event in posted.items() if isinstance(event, ViewFaulted)]
    assert sorted(broken) == [1, 2]
    assert all(isinstance(posted[number], Predicted) for number in (0, 3))
    assert [each.released for each in leases] == [1] * 4


class DeepJudge(PlayedJudge):
    """Writes down what it is shown."""

    def __init__(self) -> None:
        super().__init__()
        self.shown: list[npt.NDArray[np.unsignedinteger[Any]]] = []

    def predict(self, pixels: npt.NDArray[np.unsignedinteger[Any]]) -> Prediction:
        self.shown.append(pixels.copy())
        raise PictureError("seen")


@pytest.mark.parametrize(("bits", "shown"), [(16, 0x9AF0), (8, 0x9A)])
def test_twelve_bits_reach_the_model_that_takes_them_and_eight_every_other(bits: int, shown: int) -> None:
    pixels = np.full((16, 16), 0x9AF, np.uint16)
    pixels[::2] = 0x3A1
    played = PlayedLease(Frame(pixels, PixelFormat.MONO12, "cam", 1, 1, None, 0, {}))
    judge, done = DeepJudge(), threading.Event()
    inference = Inference(lambda *_: done.set(), 1, {"top": HealthWatch(HealthLimits(frozen=False))})
    inference.use(LoadedModel(judge, ModelRef("plate", "1", "c" * 64, ("anomaly",)), bits=bits))
    inference.start()
    inference.submit(UUID(int=1), "top", "plate", SharedLease(played, 1), 1 << 62)
    assert done.wait(10)
    inference.stop()
    assert judge.shown[0].dtype == (np.uint16 if bits == 16 else np.uint8)
    assert int(judge.shown[0][1, 1]) == shown
