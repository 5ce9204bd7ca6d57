"""A small journal of labelled parts, and the command over it through its own parser."""

import argparse
import json
import shutil
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from dataset_parts import make

from station.commands import dataset

Run = Callable[..., dict[str, Any]]


@pytest.fixture(scope="session")
def made(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Make the parts once; every test gets a copy."""
    root = tmp_path_factory.mktemp("parts")
    make(root / "data", root / "config/audit.key")
    return root


@pytest.fixture
def key(tmp_path: Path) -> Path:
    return tmp_path / "config/audit.key"


@pytest.fixture
def data(tmp_path: Path, made: Path) -> Path:
    shutil.copytree(made / "data", tmp_path / "data")
    shutil.copytree(made / "config", tmp_path / "config")
    return tmp_path / "data"


@pytest.fixture
def run(data: Path, key: Path, capsys: pytest.CaptureFixture[str]) -> Run:
    def run_it(*words: object) -> dict[str, Any]:
        parser = argparse.ArgumentParser()
        dataset.add_parser(parser.add_subparsers())
        more = ["--audit-key", str(key)] if words[0] in {"import", "prelabel"} else []
        args = parser.parse_args(["dataset", *map(str, words), "--data", str(data), "--json", *more])
        capsys.readouterr()
        assert args.run(args) == 0
        result: dict[str, Any] = json.loads(capsys.readouterr().out)
        return result

    return run_it
