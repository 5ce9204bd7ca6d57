"""How many bad parts passed: estimated from those of the passed parts that somebody looked at again, drawn at random."""

from dataclasses import dataclass

from station.quality.p_chart import Interval
from station.quality.share import Share


@dataclass(frozen=True, slots=True)
class Escapes:
    """Parts that passed, those of them audited, and the bad ones among these.

    The estimate holds for a sample drawn at random only: the escapes of the passed parts are as many as the sample's, in
    proportion, within Wilson's interval.
    """

    passed: int
    audited: int
    found: int

    @property
    def rate(self) -> Share:
        """Bad parts of the audited ones."""
        return Share(self.found, self.audited)

    @property
    def escaped(self) -> tuple[float, Interval] | None:
        """Bad parts among all that passed, and the interval of their number; None where none was audited."""
        share, bounds = self.rate.share, self.rate.interval
        if share is None:
            return None
        return share * self.passed, Interval(bounds.low * self.passed, bounds.high * self.passed)
