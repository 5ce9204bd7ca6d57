from dataclasses import dataclass

import pytest

from camera.device import CameraError
from camera.options import OptionValue, nearest, read_options


@dataclass(frozen=True, slots=True)
class Sample:
    folder: str
    seed: int | None = None
    rate: float = 1.0
    loop: bool = False


def test_options_are_read_with_their_defaults() -> None:
    assert read_options(Sample, "left", {"folder": "/x"}) == Sample("/x")
    assert read_options(Sample, "left", {"folder": "/x", "seed": 3, "rate": 2, "loop": True}) == Sample(
        "/x", 3, 2.0, True
    )


@pytest.mark.parametrize(
    ("options", "words"),
    [
        ({"folder": "/x", "sed": 1}, ["left", "'sed'", "'seed'"]),
        ({}, ["left", "'folder'", "missing"]),
        ({"folder": 5}, ["'folder'", "str", "5"]),
        ({"folder": "/x", "seed": "one"}, ["'seed'", "int", "'one'"]),
        ({"folder": "/x", "seed": True}, ["'seed'", "int", "True"]),
        ({"folder": "/x", "loop": 1}, ["'loop'", "bool", "1"]),
    ],
)
def test_a_wrong_option_is_named_with_its_camera(options: dict[str, OptionValue], words: list[str]) -> None:
    with pytest.raises(CameraError) as failure:
        read_options(Sample, "left", options)
    assert all(word in str(failure.value) for word in words)


def test_nearest_names_the_likely_one_and_lists_all() -> None:
    assert nearest("genicm", ["replay", "genicam"]) == "did you mean 'genicam'? valid are genicam, replay"
    assert nearest("zzz", ["replay", "genicam"]) == "valid are genicam, replay"
