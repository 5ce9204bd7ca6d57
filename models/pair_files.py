"""Where a pair of files for `models.promptable` is; apart, so that a configuration can be read without onnxruntime."""

from dataclasses import dataclass
from pathlib import Path

SMALLEST_SIDE, LARGEST_SIDE = 32, 4096
"""Of the encoder's square input, in pixels."""


@dataclass(frozen=True, slots=True)
class PairFiles:
    """Where the two files are; `side` of the encoder's input in pixels, where its file leaves it free."""

    encoder: Path
    decoder: Path
    side: int | None = None

    @property
    def wanted(self) -> bool:
        """Whether there is anything at either place."""
        return self.encoder.exists() or self.decoder.exists()
