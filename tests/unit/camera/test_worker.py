"""The worker's loop over scripted devices, in a thread of this process; the real process is tests/system's."""

import time
from collections.abc import Mapping

import pytest
from scripted_camera import Answer, ScriptedDevice, answers_by_id, answers_in_order, running, wait_until

from camera.device import (
    CameraError,
    FeatureValue,
    IncompleteFrame,
    TriggerKind,
)
from camera.frame import PixelFormat
from camera.mask import Mask
from camera.settings import Setup
from camera.trigger_id import trigger_id
from camera.wire import Failed, Missed, Ready, Written
from camera.worker import with_features


@pytest.fixture(autouse=True)
def signals_belong_to_the_main_thread(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("camera.worker.ignore_interrupts", lambda: None)


def test_features_are_set_before_it_is_armed_and_the_device_is_closed_at_the_end() -> None:
    device = ScriptedDevice(answers_by_id)
    with running(device, features={"Width": 12, "ExposureTime": 5.0}) as engine:
        ready = engine.hear()
        assert isinstance(ready, Ready)
        assert ready.info.width == 12
    assert device.calls == ["open", "set", "set", "arm software", "close"]
    assert device.set == {"Width": 12, "ExposureTime": 5.0}
    assert engine.status == 0


def test_each_shot_gets_its_own_picture_and_the_last_is_the_preview() -> None:
    with running(ScriptedDevice(answers_by_id)) as engine:
        engine.hear()
        for shot in range(1, 20):
            engine.fire(shot, 100 + shot)
        written = [engine.hear() for _ in range(8)]
        assert [(type(message), message.shot) for message in written if isinstance(message, Written)] == [
            (Written, shot) for shot in range(1, 9)
        ]
        assert all(engine.level(message) == 100 + shot for shot, message in enumerate(written, 1))
        rest = [engine.hear() for _ in range(11)]
        assert [message.shot for message in rest if isinstance(message, Missed | Written)] == list(range(9, 20))
        wait_until(lambda: (shown := engine.ring.preview()) is not None and shown.pixels.max() == 119)
        assert engine.ring.count().whole == 19


def test_a_full_ring_is_told_for_that_trigger_and_overwrites_nothing() -> None:
    with running(ScriptedDevice(answers_by_id), ring_slots=2) as engine:
        engine.hear()
        for shot in (1, 2, 3):
            engine.fire(shot, shot)
        first, second, third = (engine.hear() for _ in range(3))
        assert isinstance(third, Missed)
        assert not third.incomplete
        assert "all 2 slots" in third.reason
        assert [engine.level(first), engine.level(second)] == [1, 2]
        engine.fire(4, 4)
        assert engine.level(engine.hear()) == 4


def test_a_picture_too_large_for_a_slot_is_told_with_its_remedy() -> None:
    device = ScriptedDevice(lambda self, trigger_id: [(0.0, self.picture(1, trigger_id, side=100))])
    with running(device) as engine:
        engine.hear()
        engine.fire(1, 1)
        missed = engine.hear()
        assert isinstance(missed, Missed)
        assert "max_frame_bytes to at least 10000" in missed.reason
        assert engine.ring.preview() is None


def test_an_incomplete_frame_ends_its_trigger_with_its_reason() -> None:
    with running(ScriptedDevice(lambda _, trigger_id: [(0.0, IncompleteFrame(1, "torn", trigger_id))])) as engine:
        engine.hear()
        engine.fire(1, 50)
        assert engine.hear() == Missed(1, incomplete=True, reason="torn")
        assert (engine.ring.count().produced, engine.ring.count().incomplete) == (1, 1)


def test_a_trigger_that_comes_too_late_is_not_fired() -> None:
    device = ScriptedDevice(answers_by_id)
    with running(device, trigger_late_s=0.2) as engine:
        engine.hear()
        engine.fire(1, 1, ago_s=0.5)
        missed = engine.hear()
        assert isinstance(missed, Missed)
        assert "late" in missed.reason
        engine.fire(2, 2)
        assert engine.level(engine.hear()) == 2
    assert "trigger 1" not in device.calls


def test_a_trigger_within_the_dead_time_is_an_overrun_and_is_not_fired() -> None:
    device = ScriptedDevice(answers_by_id)
    device.set["ResultingFrameRate"] = 2.0
    with running(device) as engine:
        ready = engine.hear()
        assert isinstance(ready, Ready)
        assert ready.info.dead_time_us == 500_000.0
        engine.fire(1, 11)
        engine.fire(2, 12)
        refused, answered = sorted((engine.hear(), engine.hear()), key=lambda message: type(message).__name__)
        assert engine.level(answered) == 11
        assert isinstance(refused, Missed)
        assert (refused.shot, refused.overrun, refused.incomplete) == (2, True, False)
        assert "trigger overrun" in refused.reason
        assert "none within 500.0 ms" in refused.reason
        device.set.clear()
    assert "trigger 12" not in device.calls


def test_without_ids_a_second_trigger_is_refused_while_the_first_is_under_way() -> None:
    device = ScriptedDevice(lambda self, trigger_id: [(0.2, self.picture(trigger_id))], knows_trigger_ids=False)
    with running(device) as engine:
        engine.hear()
        engine.fire(1, 11)
        engine.fire(2, 12)
        refused, answered = engine.hear(), engine.hear()
        assert isinstance(refused, Missed)
        assert (refused.shot, refused.overrun) == (2, True)
        assert engine.level(answered) == 11
    assert "trigger 12" not in device.calls


def test_without_ids_a_late_picture_is_never_the_next_triggers() -> None:
    """The picture of 11 comes long after its deadline, just when 12 was fired: a wrong pairing would pass a bad part."""
    device = ScriptedDevice(
        lambda self, trigger_id: [(0.3 if trigger_id == 11 else 0.02, self.picture(trigger_id))],
        knows_trigger_ids=False,
    )
    with running(device, frame_deadline_s=0.1) as engine:
        engine.hear()
        engine.fire(1, 11)
        missed = engine.hear()
        assert isinstance(missed, Missed)
        assert missed.shot == 1
        engine.fire(2, 12)
        answer = engine.hear()
        assert isinstance(answer, Written)
        assert answer.shot == 2
        assert engine.level(answer) == 12
    assert device.calls.count("arm software") == 2


def test_without_ids_a_gap_before_the_answer_is_not_an_answer() -> None:
    def lossy(self: ScriptedDevice, trigger_id: int) -> list[tuple[float, Answer]]:
        return [(0.0, self.picture(trigger_id, skip=1 if trigger_id == 12 else 0))]

    device = ScriptedDevice(lossy, knows_trigger_ids=False)
    with running(device) as engine:
        engine.hear()
        engine.fire(1, 11)
        assert engine.level(engine.hear()) == 11
        engine.fire(2, 12)
        missed = engine.hear()
        assert isinstance(missed, Missed)
        assert "cannot be told" in missed.reason
        engine.fire(3, 13)
        assert engine.level(engine.hear()) == 13
        assert engine.ring.count().lost == 1


def test_without_ids_an_unasked_frame_is_thrown_away_before_the_next_trigger() -> None:
    def twice(self: ScriptedDevice, trigger_id: int) -> list[tuple[float, Answer]]:
        return (
            [(0.0, self.picture(trigger_id)), (0.0, self.picture(99))]
            if trigger_id == 11
            else answers_in_order(self, trigger_id)
        )

    device = ScriptedDevice(twice, knows_trigger_ids=False)
    with running(device) as engine:
        engine.hear()
        engine.fire(1, 11)
        assert engine.level(engine.hear()) == 11
        wait_until(lambda: device.calls.count("arm software") == 2)
        engine.fire(2, 12)
        assert engine.level(engine.hear()) == 12


def test_without_ids_a_frame_that_was_there_before_the_trigger_is_not_its_answer() -> None:
    device = ScriptedDevice(answers_in_order, knows_trigger_ids=False)
    with running(device) as engine:
        engine.hear()
        for shot in range(1, 30):
            device.coming.append((0.0, device.picture(99)))  # at any moment of the worker's round
            engine.fire(shot, shot)
            answer = engine.hear()
            assert isinstance(answer, Missed) or engine.level(answer) == shot


def test_a_device_that_fails_is_closed_and_the_reason_comes_first() -> None:
    device = ScriptedDevice(lambda _, __: [(0.0, CameraError("camera 'left': link lost; check the cable"))])
    with running(device) as engine:
        engine.hear()
        engine.fire(1, 1)
        assert engine.hear() == Failed("camera 'left': link lost; check the cable")
    assert engine.status == 3
    assert device.calls[-1] == "close"


def test_a_bug_in_a_backend_is_told_with_its_place() -> None:
    def broken(_: ScriptedDevice, __: int) -> list[tuple[float, Answer]]:
        raise ZeroDivisionError("by zero")

    with running(ScriptedDevice(broken)) as engine:
        engine.hear()
        engine.fire(1, 1)
        failed = engine.hear()
        assert isinstance(failed, Failed)
        assert "ZeroDivisionError: by zero" in failed.reason
        assert "test_worker.py" in failed.reason


def test_a_device_that_answers_nothing_is_given_up_after_three_triggers() -> None:
    with running(ScriptedDevice(lambda _, __: []), frame_deadline_s=0.05) as engine:
        engine.hear()
        for shot in (1, 2, 3):
            engine.fire(shot, shot)
            missed = engine.hear()
            assert isinstance(missed, Missed)
            assert "no picture came in time" in missed.reason
        failed = engine.hear()
        assert isinstance(failed, Failed)
        assert "no frame" in failed.reason


def test_a_free_running_device_that_falls_silent_is_given_up() -> None:
    with running(ScriptedDevice(answers_by_id), trigger=TriggerKind.FREE_RUN, silence_s=0.1) as engine:
        engine.hear()
        failed = engine.hear()
        assert isinstance(failed, Failed)
        assert "no frame for 0.1" in failed.reason


def test_a_free_running_device_whose_frames_answer_nobody_is_not_given_up() -> None:
    """Its driver always holds a frame more, so no frame is known to have begun after a trigger; several expire at once."""
    device = ScriptedDevice(answers_by_id)
    with running(device, trigger=TriggerKind.FREE_RUN, frame_deadline_s=0.05) as engine:
        engine.hear()
        device.coming.extend((0.0, device.picture(1)) for _ in range(3000))
        for shot in range(1, 6):
            engine.fire(shot, shot)
        answers = [engine.hear() for _ in range(5)]
        assert not any(isinstance(answer, Failed) for answer in answers)
    assert engine.status == 0


def test_an_unknown_pixel_format_is_named() -> None:
    info = ScriptedDevice(answers_by_id).open()
    with pytest.raises(CameraError, match=r"Confidence8.*Mono8"):
        with_features(info, {"PixelFormat": "Confidence8"})
    assert with_features(info, {"PixelFormat": "BayerRG12p"}).pixel_format is PixelFormat.BAYER_RG12
    assert with_features(info, {"PixelFormat": "RGB8", "Height": 9}).pixel_format is PixelFormat.RGB8


def test_masks_are_burnt_in_before_anybody_has_the_picture() -> None:
    mask = Mask("door", ((0.0, 0.0), (0.4, 0.0), (0.4, 0.4), (0.0, 0.4)))
    with running(ScriptedDevice(answers_by_id), masks=(mask,)) as engine:
        engine.hear()
        engine.fire(1, 77)
        written = engine.hear()
        assert isinstance(written, Written)
        lease = engine.ring.lease(written.slot)
        hidden = lease.frame.pixels == 128
        lease.release()
        assert hidden.sum() == 4, "the pixel and those next to it"
        assert hidden[:2, :2].all()
        wait_until(lambda: (shown := engine.ring.preview()) is not None and bool((shown.pixels[:2, :2] == 128).all()))


def test_a_picture_that_the_masks_do_not_fit_is_nobodys() -> None:
    mask = Mask("door", ((0.0, 0.0), (1.0, 0.0), (1.0, 1.0)))
    device = ScriptedDevice(lambda self, trigger_id: [(0.0, self.picture(1, trigger_id, side=5))])
    with running(device, masks=(mask,)) as engine:
        engine.hear()
        engine.fire(1, 1)
        missed = engine.hear()
        assert isinstance(missed, Missed)
        assert missed.incomplete
        assert "5 x 5 pixels came, and the privacy masks are for 4 x 4" in missed.reason
        assert engine.ring.preview() is None


def test_a_mask_beyond_the_picture_keeps_the_camera_down() -> None:
    mask = Mask("door", ((50.0, 50.0), (60.0, 50.0), (60.0, 60.0)))
    with running(ScriptedDevice(answers_by_id), masks=(mask,)) as engine:
        failed = engine.hear()
        assert isinstance(failed, Failed)
        assert "would hide nothing" in failed.reason


def two_views(frame_s: float = 0.0) -> tuple[ScriptedDevice, dict[str, object]]:
    """A device whose pictures have the grey value of the feature in force when they were triggered."""

    def answer(self: ScriptedDevice, trigger_id: int) -> list[tuple[float, Answer]]:
        return [(frame_s, self.picture(int(self.set["ExposureTime"]), trigger_id))]

    setups = (Setup("dark", {"ExposureTime": 10}), Setup("bright", {"ExposureTime": 200}))
    return ScriptedDevice(answer), {"setups": setups}


def test_each_view_of_a_part_is_taken_with_its_own_features_however_closely_the_triggers_come() -> None:
    device, settings = two_views(0.02)
    with running(device, **settings) as engine:
        engine.hear()
        for part in range(3):
            engine.fire(2 * part + 1, trigger_id(part, 0))
            engine.fire(2 * part + 2, trigger_id(part, 1))
        answers = [engine.hear() for _ in range(6)]
        assert [engine.level(answer) for answer in answers] == [10, 200] * 3
        assert [answer.shot for answer in answers if isinstance(answer, Written)] == [1, 2, 3, 4, 5, 6]
        wait_until(lambda: device.set["ExposureTime"] == 10)


def test_a_view_that_does_not_come_does_not_stop_the_next_part() -> None:
    device, settings = two_views()
    whole = device.behaviour
    device.behaviour = lambda self, trigger: [] if trigger == trigger_id(1, 1) else whole(self, trigger)
    with running(device, frame_deadline_s=0.1, **settings) as engine:
        engine.hear()
        for shot, trigger in enumerate((trigger_id(1, 0), trigger_id(1, 1), trigger_id(2, 0)), 1):
            engine.fire(shot, trigger)
        assert engine.level(engine.hear()) == 10
        missed = engine.hear()
        assert isinstance(missed, Missed)
        assert missed.shot == 2
        assert engine.level(engine.hear()) == 10


def test_a_second_view_waits_for_the_devices_dead_time() -> None:
    device, settings = two_views()
    device.set["ResultingFrameRate"] = 10.0
    with running(device, **settings) as engine:
        engine.hear()
        begun_s = time.monotonic()
        engine.fire(1, trigger_id(1, 0))
        engine.fire(2, trigger_id(1, 1))
        assert [engine.level(engine.hear()), engine.level(engine.hear())] == [10, 200]
        assert time.monotonic() - begun_s >= 0.1


def test_features_that_the_device_refuses_for_a_view_are_told_at_the_start() -> None:
    device, settings = two_views()
    take = device.set_features

    def stubborn(features: Mapping[str, FeatureValue]) -> None:
        if features.get("ExposureTime") == 200:
            raise CameraError("ExposureTime is 200; it must be 20 to 100")
        take(features)

    device.set_features = stubborn  # type: ignore[method-assign]
    with running(device, **settings) as engine:
        failed = engine.hear()
    assert isinstance(failed, Failed)
    assert failed.reason == "ExposureTime is 200; it must be 20 to 100 (for view bright)"


def test_a_device_that_cannot_tell_the_time_is_not_triggered_by_a_wire() -> None:
    with running(ScriptedDevice(answers_by_id), trigger=TriggerKind.LINE, line="Line0") as engine:
        failed = engine.hear()
    assert isinstance(failed, Failed)
    assert "camera 'left' cannot be asked for its time" in failed.reason
