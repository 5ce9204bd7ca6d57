"""The engine's running counts, for status, demo and the final report."""

from collections import Counter, deque
from collections.abc import Sequence
from dataclasses import dataclass, field

import numpy as np

from station.line.inspection import VerdictKind

LATENCY_WINDOW = 10_000
"""Parts whose latency is kept for the percentiles."""


@dataclass(slots=True)
class Tally:
    """Counts since this engine started."""

    started: int = 0
    refused: int = 0
    acknowledged: int = 0
    plc_up: bool = False
    verdicts: Counter[VerdictKind] = field(default_factory=Counter)
    latencies_ms: deque[float] = field(default_factory=lambda: deque(maxlen=LATENCY_WINDOW))

    @property
    def finished(self) -> int:
        """Parts that are durable and published."""
        return self.verdicts.total()

    def finish(self, verdict: VerdictKind, frames_ns: Sequence[int], now_ns: int) -> None:
        """Count a part; its latency runs from its last frame in the ring to the verdict handed to the PLC's registers."""
        self.verdicts[verdict] += 1
        if frames_ns:
            self.latencies_ms.append((now_ns - max(frames_ns)) / 1e6)

    def latency_ms(self) -> dict[str, float | None]:
        """Return the median and the 99th percentile in ms; None while there is none."""
        if not self.latencies_ms:
            return {"p50": None, "p99": None}
        p50, p99 = np.percentile(np.array(self.latencies_ms), [50, 99])
        return {"p50": round(float(p50), 2), "p99": round(float(p99), 2)}
