"""The engine: parts, faults, deadlines, numbers and rules."""

import asyncio
import threading
from collections.abc import Callable
from dataclasses import replace
from pathlib import Path

import numpy as np
import pytest
from played_line import BAD, INFO, RECIPE, Bench, bench, run

from camera.calibration import Calibration
from camera.events import CameraDown, CameraUp, FrameMissing
from camera.trigger_id import trigger_id
from labeling.shapes import Polygon, frozen_points
from models.errors import ModelError, PictureError
from models.prediction import Defect, Prediction
from plc.link import ErrorCode, OfflineReason, VerdictCode
from station.line.inspection import Fault, FaultCode, ScoreLimits, VerdictKind
from station.line.recipe import Recipe, load_recipe


def test_a_good_part_is_durable_before_the_plc_hears_of_it(recipe: Recipe) -> None:
    async def test() -> None:
        async with bench(recipe) as b:
            await b.online()
            assert b.trigger(5)
            result = await b.result(1)
            assert b.archive.order[:3] == ["picture", "record", "publish"]
            assert (result.verdict, result.part_seq, result.encoder) == (VerdictCode.OK, 5, 77)
            assert b.archive.parts[0].verdict.kind is VerdictKind.OK
            assert [lease.released for lease in b.camera.leases] == [1]

    run(test)


@pytest.mark.parametrize(
    ("spoil", "code"),
    [
        (lambda b: setattr(b.camera, "answer", "lost"), ErrorCode.CAMERA),
        (lambda b: setattr(b.camera, "answer", "incomplete"), ErrorCode.CAMERA),
        (lambda b: setattr(b.camera, "grey", 1), ErrorCode.CAMERA),
        (lambda b: setattr(b.camera, "grey", 255), ErrorCode.CAMERA),
        (lambda b: setattr(b.model, "answer", ModelError("it does not answer")), ErrorCode.MODEL),
        (lambda b: setattr(b.model, "answer", PictureError("no part in the picture")), ErrorCode.CAMERA),
        (lambda b: setattr(b.model, "answer", RuntimeError("a defect of ours")), ErrorCode.INTERNAL),
        (lambda b: b.archive.broken.add("picture"), ErrorCode.STORAGE),
    ],
    ids=[
        "lost frame",
        "incomplete frame",
        "black",
        "over-exposed",
        "model error",
        "no part found",
        "unknown error",
        "picture not stored",
    ],
)
def test_every_fault_rejects_its_part_and_says_why(
    recipe: Recipe, spoil: Callable[[Bench], None], code: ErrorCode
) -> None:
    async def test() -> None:
        async with bench(recipe) as b:
            await b.online()
            spoil(b)
            assert b.trigger(1)
            result = await b.result(1)
            assert result.verdict is VerdictCode.NOT_DECIDABLE
            assert result.error is code
            assert code in b.link.errors
            assert "rejected" in b.archive.parts[0].verdict.reason
            assert all(lease.released == 1 for lease in b.camera.leases)

    run(test)


def test_the_same_picture_twice_is_a_fault_of_the_second_part(recipe: Recipe) -> None:
    async def test() -> None:
        async with bench(recipe) as b:
            await b.online()
            b.camera.grey = 90
            for part_seq in (1, 2):
                assert b.trigger(part_seq)
                await b.result(part_seq)
            first, second = b.archive.parts
            assert first.verdict.kind is VerdictKind.OK
            assert second.verdict.kind is VerdictKind.NOT_DECIDABLE
            fault = second.views[0].fault
            assert fault is not None
            assert (fault.code, fault.source) == (FaultCode.PICTURE, "cam")
            assert "frozen" in second.verdict.reason
            assert b.model.asked == 1, "no model is asked about a picture that is none"
            assert second.views[0].image is not None, "the evidence is kept"

    run(test)


def test_a_bad_part_is_ng(recipe: Recipe) -> None:
    async def test() -> None:
        async with bench(recipe) as b:
            await b.online()
            b.model.answer = BAD
            assert b.trigger(1)
            assert (await b.result(1)).verdict is VerdictCode.NG

    run(test)


def test_silence_ends_with_the_deadline_and_the_late_frame_is_let_go(recipe: Recipe) -> None:
    async def test() -> None:
        async with bench(recipe, deadline_s=0.05) as b:
            await b.online()
            b.camera.answer = "nothing"
            assert b.trigger(1)
            result = await b.result(1)
            assert (result.verdict, result.error) == (VerdictCode.NOT_DECIDABLE, ErrorCode.TIMEOUT)
            b.camera.deliver(b.camera.triggers[0])
            await b.until(lambda: b.camera.leases[0].released == 1, "released")
            assert len(b.link.results) == 1

    run(test)


def test_a_part_that_is_late_already_does_not_make_the_next_one_late(recipe: Recipe) -> None:
    async def test() -> None:
        async with bench(recipe, deadline_s=0.1, capacity=3) as b:
            await b.online()
            b.model.go_on.clear()
            assert b.trigger(1)
            await b.until(lambda: b.model.asked == 1, "the first is in the model")
            assert b.trigger(2)
            assert [(await b.result(number)).verdict for number in (1, 2)] == [VerdictCode.NOT_DECIDABLE] * 2
            b.model.go_on.set()
            await b.until(lambda: all(lease.released for lease in b.camera.leases), "both pictures are let go")
            assert b.model.asked == 1, "the second was not judged after its time"

    run(test)


def test_more_triggers_than_hands_are_refused(recipe: Recipe) -> None:
    async def test() -> None:
        async with bench(recipe, capacity=2) as b:
            await b.online()
            b.camera.answer = "nothing"
            assert [b.trigger(seq) for seq in (1, 2, 3)] == [True, True, False]
            assert b.engine.tally.refused == 1
            for trigger in list(b.camera.triggers):
                b.camera.deliver(trigger)
            await b.result(2)
            assert b.trigger(4)

    run(test)


def test_nothing_is_published_while_the_journal_fails_and_the_part_is_kept(recipe: Recipe) -> None:
    async def test() -> None:
        async with bench(recipe) as b:
            await b.online()
            b.archive.broken = {"record", "prove"}
            assert b.trigger(1)
            await b.until(lambda: b.link.reason is OfflineReason.NO_STORAGE, "offline")
            assert b.link.results == []
            assert not b.trigger(2)
            b.archive.broken = set()
            assert (await b.result(1)).part_seq == 1
            await b.online()
            assert len(b.archive.parts) == 1

    run(test)


def test_a_dead_camera_takes_the_station_offline_until_it_is_back(recipe: Recipe) -> None:
    async def test() -> None:
        async with bench(recipe) as b:
            await b.online()
            b.engine.on_camera(CameraDown("cam", "its process was ended by SIGKILL"))
            await b.until(lambda: b.link.reason is OfflineReason.NO_CAMERA, "offline")
            assert not b.trigger(1)
            assert ErrorCode.CAMERA in b.link.errors
            b.engine.on_camera(CameraUp("cam", INFO))
            await b.online()

    run(test)


def test_a_station_without_a_model_takes_no_parts(recipe: Recipe) -> None:
    async def test() -> None:
        async with bench(recipe) as b:
            await b.online()
            b.engine.stand(Fault(FaultCode.MODEL, "model", "none is deployed"))
            assert b.link.reason is OfflineReason.NO_MODEL
            assert not b.trigger(1)

    run(test)


def test_the_numbers_go_on_where_the_journal_ends(recipe: Recipe) -> None:
    async def test() -> None:
        async with bench(recipe) as b:
            await b.online()
            b.engine.begin_at_threadsafe(65_536)
            await asyncio.sleep(0)
            assert b.trigger(1)
            assert (await b.result(1)).inspection_id == 1
            assert b.archive.parts[0].trigger.inspection_id == 65_536

    run(test)


def test_threads_end_with_the_engine(recipe: Recipe) -> None:
    async def test() -> None:
        async with bench(recipe) as b:
            await b.online()
            assert {"inference", "writer"} <= {thread.name for thread in threading.enumerate()}
        assert b.archive.order[-1] == "closed"

    run(test)


def test_rules_are_held_against_a_part_beside_the_loop_and_by_the_calibration(tmp_path: Path) -> None:
    """Following the middle line of a defect takes time; the loop that feeds the PLC does not wait for it."""
    path = tmp_path / "plate.toml"
    path.write_text(RECIPE + 'decided_by = "rules"\n[[rule]]\nmax_length_mm = 0.5\n')
    outline = Polygon(frozen_points([[0, 0], [3, 0], [3, 1], [0, 1]]))
    found = Prediction("c" * 64, 2.0, 0.5, 1.0, (Defect("scratch", 2.0, outline),), None)
    calibration = Calibration(4, 3, (0.0, 0.0), np.diag([0.1, 0.1, 1.0]), 0.1, 0.01, 20)

    async def test() -> None:
        for mm_per_px, verdict in ((0.1, VerdictCode.OK), (0.2, VerdictCode.NG)):
            scaled = replace(calibration, to_plane=np.diag([mm_per_px, mm_per_px, 1.0]))
            async with bench(load_recipe(path), calibrations={"top": scaled}) as b:
                b.model.answer = found
                await b.online()
                assert b.trigger(1)
                assert b.trigger(2)
                assert [(await b.result(number)).verdict for number in (1, 2)] == [verdict, verdict]
                assert b.archive.parts[0].views[0].limits == ScoreLimits(0.5, 1.0, None)
                assert b.archive.parts[0].verdict.findings

    run(test)


def two_views(folder: Path) -> Recipe:
    path = folder / "plate.toml"
    path.write_text(RECIPE + '[[view]]\nname = "bright"\ncamera = "cam"\nmodel = "plate"\n')
    return load_recipe(path)


def test_a_part_of_two_views_of_one_camera_waits_for_both_and_takes_each_for_what_it_is(tmp_path: Path) -> None:
    async def test() -> None:
        async with bench(two_views(tmp_path)) as b:
            await b.online()
            b.camera.answer = "nothing"
            assert b.trigger(1)
            assert b.camera.triggers == [trigger_id(0, 0), trigger_id(0, 1)]
            b.camera.deliver(trigger_id(0, 1))
            await b.until(lambda: b.model.asked == 1, "the second view is judged")
            assert not b.link.results
            b.camera.deliver(trigger_id(0, 0))
            assert (await b.result(1)).verdict is VerdictCode.OK
            frames = {view.name: view.frame_id for view in b.archive.parts[0].views}
            assert frames == {"top": trigger_id(0, 0), "bright": trigger_id(0, 1)}

    run(test)


def test_a_part_without_its_second_view_is_rejected_and_the_view_is_named(tmp_path: Path) -> None:
    async def test() -> None:
        async with bench(two_views(tmp_path)) as b:
            await b.online()
            b.camera.answer = "nothing"
            assert b.trigger(1)
            b.camera.deliver(trigger_id(0, 0))
            b.engine.on_camera(FrameMissing("cam", trigger_id(0, 1), False, "no picture came"))
            assert (await b.result(1)).verdict is VerdictCode.NOT_DECIDABLE
            assert "View bright: no picture came. This part is rejected." in b.archive.parts[0].verdict.reason

    run(test)
