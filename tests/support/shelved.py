"""Manifests of learned models for tests that need a version on a shelf, whatever it has learned."""

import hashlib
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

from models.manifest import InputSpec, LearnedFrom, Manifest, SourceSpec, Thresholds
from models.shelf import Shelf

CREATED = datetime(2026, 1, 2, tzinfo=UTC)


def manifest_of(
    model: bytes,
    name: str = "m",
    *,
    size: tuple[int, int] = (64, 64),
    source: tuple[int, int] | None = None,
    low: float = 0.4,
    high: float = 0.6,
    **limits: Any,
) -> Manifest:
    """Return the manifest of a model's bytes; `source` is (width, height) of the pictures, those of its input where None."""
    width, height = source or size
    return Manifest(
        name=name,
        version="1",
        created=CREATED,
        model_sha256=hashlib.sha256(model).hexdigest(),
        input=InputSpec(width=size[0], height=size[1]),
        source=SourceSpec(width=width, height=height),
        scale=size[0] / width,
        registration=None,
        thresholds=Thresholds(low=low, high=high, interval=(low / 2, high), confidence=0.95, parts=30, **limits),
        head="padim",
        cross_validation={},
        learned_from=LearnedFrom(images=(), parts=30, seed=1, code_version="0.1.0"),
        min_defect_area_px=1.0,
    )


def deployed(root: Path, model: bytes, name: str = "m", **about: Any) -> Shelf:
    """Put a model on the shelf of a folder as its first version, and deploy it; `about` as `manifest_of` takes it."""
    shelf = Shelf(root)
    shelf.add(manifest_of(model, name, **about), model)
    shelf.deploy(name, "1")
    return shelf
