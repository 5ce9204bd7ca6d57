from pathlib import Path

import pytest

from camera.backends.fault_script import parse_faults
from station.scenario import read_scenario
from station.toml_file import ConfigError


def read(folder: Path, text: str) -> str:
    path = folder / "scenario.toml"
    path.write_text(text)
    return read_scenario(path)


def test_a_scenario_is_a_script_of_faults(tmp_path: Path) -> None:
    text = """
[[fault]]
kind = "silent"
at = 30
seconds = 2.5
[[fault]]
kind = "black"
at = 40
until = 42
[[fault]]
kind = "late"
share = 0.01
seconds = 0.5
"""
    script = read(tmp_path, text)
    assert parse_faults(script) == parse_faults("silent@30:2.5, black@40, black@41, black@42, late=0.01:0.5")


@pytest.mark.parametrize(
    ("table", "said"),
    [
        ('kind = "melted"\nat = 3', "line 2: fault[1].kind"),
        ('kind = "black"', "either at = TRIGGER or share"),
        ('kind = "black"\nat = 3\nshare = 0.1', "either at = TRIGGER or share"),
        ('kind = "black"\nat = 3\nuntil = 2', "the last trigger of a range"),
        ('kind = "black"\nshare = 0.1\nuntil = 2', "the last trigger of a range"),
        ('kind = "late"\nat = 3', "seconds belong to silent and late"),
        ('kind = "black"\nat = 3\nseconds = 1.0', "seconds belong to silent and late"),
        ('kind = "black"\nwhen = 3', "unknown key"),
    ],
)
def test_mistakes_are_told_in_one_line(table: str, said: str, tmp_path: Path) -> None:
    with pytest.raises(ConfigError) as failure:
        read(tmp_path, f"[[fault]]\n{table}\n")
    assert said in failure.value.text


def test_a_scenario_without_faults(tmp_path: Path) -> None:
    with pytest.raises(ConfigError, match="at least one"):
        read(tmp_path, "fault = []\n")
