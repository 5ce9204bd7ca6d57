"""Which versions of models from elsewhere an engineer has found right: `<root>/<name>/confirmed.json`, which only grows.

What a sidecar or the exporter said needs no confirmation. What was only assumed does, before the version may be deployed: a model
read wrongly finds nothing, and nothing found is good.
"""

from dataclasses import dataclass
from datetime import datetime

from pydantic import BaseModel, ConfigDict, TypeAdapter, ValidationError

from models.errors import ModelError
from models.files import read_bounded
from models.manifest import ForeignManifest, UtcTime, Version, read_manifest
from models.shelf import Shelf

FILE = "confirmed.json"
MAX_BYTES = 1 << 20


class _Word(BaseModel):
    model_config = ConfigDict(strict=True, extra="forbid", frozen=True)

    by: str
    time: UtcTime


_WORDS: TypeAdapter[dict[Version, _Word]] = TypeAdapter(dict[Version, _Word])


@dataclass(frozen=True, slots=True)
class Confirmations:
    """Those of one model on a shelf."""

    shelf: Shelf
    name: str

    def assumed(self, version: str) -> tuple[str, ...]:
        """Return what of a version was only assumed and nobody has confirmed. Raises `ModelError` if there is no such version."""
        manifest = read_manifest(self.shelf.folder(self.name, version))
        if not isinstance(manifest, ForeignManifest):
            return ()
        made_of = (
            version if manifest.quantized is None else manifest.quantized.of_version
        )  # in 8 bits, and read the same
        return () if {version, made_of} & set(self._read()) else manifest.assumed

    def require(self, version: str) -> None:
        """Raise `ModelError` unless nothing of a version was assumed, or somebody has confirmed it."""
        if assumed := self.assumed(version):
            raise ModelError(
                f"version {version} of model {self.name!r} was understood by assumption ({', '.join(assumed)}) and nobody has "
                f"confirmed it; look at it with 'station models preview {self.name} {version} PICTURE --out FOLDER', then say "
                f"'station models confirm {self.name} {version}', or add it again with a sidecar that says how it is read"
            )

    def confirm(self, version: str, by: str, time: datetime) -> None:
        """Note durably that somebody has found a version right. Raises `ModelError` if there is none, or the disk is full."""
        self.shelf.folder(self.name, version)
        words = self._read() | {version: _Word(by=by, time=time)}
        self.shelf.write_beside(self.name, FILE, _WORDS.dump_json(words) + b"\n")

    def _read(self) -> dict[str, _Word]:
        path = self.shelf.root / self.name / FILE
        if not path.exists():
            return {}
        try:
            return _WORDS.validate_json(read_bounded(path, MAX_BYTES))
        except ValidationError as error:
            raise ModelError(f"{path}: damaged; delete it and confirm the versions in use again") from error
