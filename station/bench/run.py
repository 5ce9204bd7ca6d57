"""Every row of the performance table, in one run on one machine."""

from collections.abc import Callable
from dataclasses import dataclass, field, replace
from pathlib import Path
from typing import Any

import numpy as np

from camera.backends.genicam import bundled_producer
from camera.bench import wake_up_lateness
from labeling.bench import bench_edits
from models.bench import defect_cost, overhead
from station.bench.canvas import canvas_rows
from station.bench.desk_cost import desk_cost
from station.bench.formats import format_rows
from station.bench.heads import head_rows, whole_row
from station.bench.judging import held_against_rules
from station.bench.killed_gateway import killed_cost, killed_row
from station.bench.opcua import opcua_rows
from station.bench.opcua_storm import storm_cost, storm_row
from station.bench.part_latency import deployed_predictor, raw_pieces, recorded_pictures, write_pictures
from station.bench.review import review_rows
from station.bench.review_window import review_window_rows
from station.bench.rows import Relation, Row
from station.bench.screen import screen_pace, screen_rows
from station.demo.layout import DemoPlan
from station.demo.line import run_demo, run_taught
from station.demo.summary import GatedPart
from station.journal.bench import bench_journal

Say = Callable[[str], None]
MODEL = "plate-A"
PICTURES = "pictures"


@dataclass(frozen=True, slots=True)
class BenchPlan:
    """How much is measured."""

    folder: Path
    parts: int = 60
    width: int = 2448
    height: int = 2048
    takt_ms: int = 800
    learn_parts: int = 30
    stream_s: float = 10.0
    journal_parts: int = 100
    review_parts: int = 1_000_000
    desk_turns: int = 8
    desk_parts: int = 14
    screen_turns: int = 3
    screen_parts: int = 40
    canvas_size: tuple[int, int] = (4000, 3000)
    canvas_repetitions: int = 20
    opcua_results: int = 100_000
    opcua_told: int = 1000
    storm_turns: int = 36
    storm_parts: int = 12
    """Many short turns: what else the machine does weighs on both kinds alike."""
    killed_turns: int = 12
    killed_parts: int = 32
    """Long ones: a gateway lives for seconds, and takes two to start."""
    export_images: int = 1000
    head_runs: int = 40


@dataclass(slots=True)
class _QuietScreen:
    """A demo's screen that only passes on what is said."""

    say: Say
    stages: set[str] = field(default_factory=set)

    def learning(self, stage: str, fraction: float) -> None:  # noqa: ARG002 - the screen's protocol
        if stage not in self.stages:
            self.stages.add(stage)
            self.say(f"learning: {stage}")

    def line(self, gated: list[GatedPart], status: dict[str, Any], wanted: int) -> None:
        """Say nothing: the line is being measured."""


def run_bench(plan: BenchPlan, say: Say) -> list[Row]:
    """Measure every row; takes some minutes at 5 MP."""
    say("wake-up lateness beside a streaming camera")
    rows = [_lateness(plan)]
    say("durable parts a second")
    rows += _journal(plan)
    say(f"the review queue among {plan.review_parts:,} parts")
    rows += review_rows(plan.folder / "review", plan.review_parts)
    say("the operator's canvas beside a QGraphicsView")
    rows += canvas_rows(plan.canvas_size, plan.canvas_repetitions)
    rows.append(_edits())
    say("whole inference beside bare session.run, by head")
    rows += head_rows(plan.head_runs)
    say("the review's window, on pictures read ahead")
    rows += review_window_rows((plan.width, plan.height))
    say("labels for a trainer beside a bare writer")
    rows += format_rows(plan.folder / "formats", plan.export_images)
    say("the OPC UA server, its clients and a long list")
    rows += opcua_rows(plan.folder / "opcua", plan.opcua_results, plan.opcua_told)
    say("the line: learning, then part latency")
    rows += _line(plan, say)
    return rows


def _lateness(plan: BenchPlan) -> Row:
    producer = bundled_producer()
    if producer is None:
        raise FileNotFoundError("the virtual GenTL producer of the genicam package is not installed; run make setup")
    late = wake_up_lateness(str(producer), seconds=plan.stream_s, width=plan.width, height=plan.height)
    return Row(
        name="wake-up lateness p99 in the engine while a GenTL camera streams at 60 fps",
        figure=late["streaming_p99_ms"],
        baseline=late["idle_p99_ms"],
        unit="ms",
        baseline_name="no camera",
        relation=Relation.DIFFERENCE,
        limit=2.0,
    )


def _journal(plan: BenchPlan) -> list[Row]:
    measured = bench_journal(plan.folder / "journal", parts=plan.journal_parts, height=plan.height, width=plan.width)
    return [
        Row(
            name="durable parts a second, encoding and hashing on, inference excluded",
            figure=measured.parts_per_s,
            baseline=1000 / measured.raw_sum_ms,
            unit="1/s",
            baseline_name="raw pieces on one thread",
            relation=Relation.AT_LEAST,
            limit=20.0,
        )
    ]


def _edits() -> Row:
    measured = bench_edits()
    return Row(
        name=f"one moved corner among {measured.shapes} outlines, in the model and in the draft log",
        figure=measured.kept_ms,
        baseline=measured.deep_copy_ms,
        unit="ms",
        baseline_name="copy.deepcopy of all labels",
        relation=Relation.AT_MOST,
        limit=2.0,
    )


def _line(plan: BenchPlan, say: Say) -> list[Row]:
    demo = DemoPlan(plan.folder / "line", plan.parts, 1, plan.takt_ms, plan.width, plan.height, plan.learn_parts)
    summary = run_demo(demo, _QuietScreen(say))
    predictor = deployed_predictor(demo.data, MODEL)
    pictures = recorded_pictures(demo.data, min(plan.parts, 30))
    say("part latency, the same parts from a camera that draws nothing")
    write_pictures(demo.data / PICTURES, pictures)
    status = run_taught(replace(demo, pictures=PICTURES), _QuietScreen(say))
    say("part latency with a program at the desk and without, in turns")
    attached = desk_cost(
        replace(demo, pictures=PICTURES, takt_ms=plan.takt_ms // 2), turns=plan.desk_turns, parts_a_turn=plan.desk_parts
    )
    say("the operator's screen: taps, parts painted, and what it costs the line, in turns")
    full_rate = replace(demo, pictures=PICTURES, takt_ms=plan.takt_ms // 2)
    shown = screen_pace(full_rate, turns=plan.screen_turns, parts_a_turn=plan.screen_parts)
    say("part latency in a storm of hostile OPC UA clients and without, in turns")
    stormed = storm_cost(full_rate, turns=plan.storm_turns, parts_a_turn=plan.storm_parts)
    say("part latency while the OPC UA gateway is killed again and again, and while it lives, in turns")
    killed = killed_cost(full_rate, turns=plan.killed_turns, parts_a_turn=plan.killed_parts)
    raw = raw_pieces(predictor, pictures, plan.folder / "raw").sum_ms
    cost = defect_cost(predictor, pictures[0], then=held_against_rules(plan.width, plan.height))
    whole = overhead(predictor, pictures[0])
    latency = status["latency_ms"]
    return [
        attached.row("while a program at the desk reads all it is told", "nobody attached", 1.02),
        *screen_rows(shown, 1000 / full_rate.takt_ms),
        storm_row(stormed),
        killed_row(killed),
        _latency_row("p50", float(latency["p50"]), float(np.percentile(raw, 50)), 1.25),
        _latency_row("p99", float(latency["p99"]), float(np.percentile(raw, 99)), 2.0),
        Row(
            name=f"learning from {plan.learn_parts} good parts to a loaded model",
            figure=float(summary["learned"]["seconds"]),
            baseline=float(plan.learn_parts),
            unit="s",
            baseline_name="parts",
            relation=Relation.AT_MOST,
            limit=20.0,
        ),
        Row(
            name="a part with 300 defects, each held against rules in millimetres",
            figure=cost.times.other_ms,
            baseline=cost.times.base_ms,
            unit="ms",
            baseline_name="a part with none",
            relation=Relation.RATIO,
            limit=1.5,
        ),
        whole_row("of the anomaly graph as it was learned: registration, preprocessing, run and outlines", whole),
        Row(
            name=f"the inference thread's work on a part; it limits the station to {1000 / whole.other_ms:.1f} parts a second",
            figure=whole.other_ms,
            baseline=whole.base_ms,
            unit="ms",
            baseline_name="bare session.run",
            relation=Relation.RATIO,
            limit=1.25,
        ),
    ]


def _latency_row(name: str, figure: float, baseline: float, limit: float) -> Row:
    return Row(
        name=f"part latency {name}, frame in the ring to durable verdict",
        figure=figure,
        baseline=baseline,
        unit="ms",
        baseline_name="raw run + encode + fsync + commit",
        relation=Relation.RATIO,
        limit=limit,
    )
