"""What an attached program costs the line: a short version of the row of `station bench`."""

from dataclasses import replace
from pathlib import Path

import pytest
from line_cost import must_not_slow
from rig import learn_small_line, small_plan

from station.bench.desk_cost import SKIPPED, DeskCost, desk_cost

ALLOWED = 1.02
TURNS, PARTS = 3, 16


@pytest.mark.bench
def test_a_program_that_reads_all_it_is_told_adds_next_to_nothing_to_part_latency(tmp_path: Path) -> None:
    learn_small_line(tmp_path)
    plan = replace(small_plan(tmp_path), takt_ms=60)

    def measure() -> DeskCost:
        cost = desk_cost(plan, turns=TURNS, parts_a_turn=PARTS)
        assert cost.told >= TURNS * PARTS, "the program was told of every part of its turns"
        assert len(cost.with_ms) == len(cost.without_ms) == TURNS * (PARTS - SKIPPED)
        return cost

    must_not_slow(measure, ALLOWED, TURNS)
