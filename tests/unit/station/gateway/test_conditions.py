"""Conditions outlive the gateway."""

import asyncio
from pathlib import Path

import pytest

from plc.opcua.ports import Fault, KeptCondition
from station.gateway.conditions import CONDITIONS_FILE, ConditionFile
from station.toml_file import ConfigError

KEPT = KeptCondition(Fault("camera", "top", "no picture"), False, True, False, "on my way", "mes")


def test_they_are_there_after_a_restart(tmp_path: Path) -> None:
    assert asyncio.run(ConditionFile(tmp_path).read()) == ()
    asyncio.run(ConditionFile(tmp_path).keep((KEPT,)))
    assert asyncio.run(ConditionFile(tmp_path).read()) == (KEPT,)
    asyncio.run(ConditionFile(tmp_path).keep(()))
    assert asyncio.run(ConditionFile(tmp_path).read()) == ()


def test_a_file_that_is_not_ours(tmp_path: Path) -> None:
    (tmp_path / CONDITIONS_FILE).write_text("[]")
    with pytest.raises(ConfigError, match="delete the file"):
        ConditionFile(tmp_path)
