"""The OPC UA server under load and under attack: short versions of the rows of `station bench`."""

from dataclasses import replace
from pathlib import Path

import pytest
from line_cost import must_not_slow
from rig import learn_small_line, small_plan

from station.bench.desk_cost import SKIPPED, DeskCost
from station.bench.opcua import CLIENTS, opcua_load
from station.bench.opcua_storm import storm_cost

ALLOWED = 1.05
TURNS, PARTS = 2, 16
RESULTS, TOLD = 2000, 60

pytestmark = pytest.mark.bench


def test_ten_clients_hear_of_every_result_at_a_hundred_a_second_once(tmp_path: Path) -> None:
    load = opcua_load(tmp_path, results=RESULTS, told=TOLD)
    assert (load.lost, load.doubled) == (0, 0)
    assert len(load.delays_ms) == TOLD * CLIENTS
    assert len(load.page_ms) > 0


def test_a_storm_of_hostile_clients_costs_the_line_next_to_nothing(tmp_path: Path) -> None:
    learn_small_line(tmp_path)
    plan = replace(small_plan(tmp_path), takt_ms=100)

    def measure() -> DeskCost:
        cost = storm_cost(plan, turns=TURNS, parts_a_turn=PARTS)
        assert cost.told > TURNS * PARTS, "the storm came through"
        assert len(cost.with_ms) == len(cost.without_ms) == TURNS * (PARTS - SKIPPED)
        return cost

    must_not_slow(measure, ALLOWED, TURNS)
