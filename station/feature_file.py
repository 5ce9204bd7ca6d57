"""A file of camera features, as `station cameras features --out` writes it."""

from pathlib import Path

from pydantic import Field

from station.toml_file import Scalar, StrictModel, load_toml


class _Camera(StrictModel):
    features: dict[str, Scalar] = Field(default_factory=dict)


class FeatureFile(StrictModel):
    """One table, [camera.features]."""

    camera: _Camera


def read_feature_file(path: Path) -> dict[str, bool | int | float | str]:
    """Read the features in a file, in its order. Raises `ConfigError` in one line that names file, line, key and remedy."""
    return load_toml(path, FeatureFile).camera.features
