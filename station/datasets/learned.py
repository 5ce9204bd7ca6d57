"""Which models were learned from a version of a dataset, as their manifests say."""

from dataclasses import dataclass

from labeling.manifest import Manifest
from models.errors import ModelError
from models.manifest import Manifest as ModelManifest
from models.manifest import read_manifest
from models.shelf import Shelf


@dataclass(frozen=True, slots=True)
class LearnedVersion:
    """A version of a model; `deployed`: it judges now."""

    name: str
    version: str
    deployed: bool


def learned_from(shelf: Shelf, dataset: Manifest) -> tuple[LearnedVersion, ...]:
    """Return the versions on the shelf whose lineage names the dataset's version; one that cannot be read names none."""
    wanted = dataset.version
    return tuple(
        LearnedVersion(name, version, version == _deployed(shelf, name))
        for name in shelf.names()
        for version in shelf.versions(name)
        if _dataset_of(shelf, name, version) == wanted
    )


def _dataset_of(shelf: Shelf, name: str, version: str) -> str | None:
    try:
        manifest = read_manifest(shelf.folder(name, version))
    except ModelError:
        return None
    lineage = manifest.learned_from.lineage if isinstance(manifest, ModelManifest) else None
    return lineage.dataset.version if lineage is not None and lineage.dataset is not None else None


def _deployed(shelf: Shelf, name: str) -> str | None:
    try:
        return shelf.deployed(name)
    except ModelError:
        return None
