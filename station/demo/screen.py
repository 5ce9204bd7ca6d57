"""What the demo shows in a terminal, on stderr; stdout stays for the result."""

import sys
from collections.abc import Mapping
from types import TracebackType
from typing import Any, Self

from rich.console import Console, Group
from rich.live import Live
from rich.progress import BarColumn, Progress, TextColumn, TimeElapsedColumn
from rich.table import Table
from rich.text import Text

from station.demo.summary import GatedPart

STRIP = 24
"""Parts shown in the strip of the latest ones."""


def has_display(environment: Mapping[str, str]) -> bool:
    """Whether a window can be shown."""
    return bool(environment.get("DISPLAY") or environment.get("WAYLAND_DISPLAY"))


def why_headless(*, headless_wanted: bool, display: bool) -> str:
    """Say why there is no operator screen; empty where there is one."""
    if headless_wanted:
        return "running headless, as asked"
    return "" if display else "running headless: there is no display"


class Screen:
    """Progress bars and the latest parts; plain lines where stderr is no terminal."""

    def __init__(self, why_headless: str = "") -> None:
        self._console = Console(file=sys.stderr, highlight=False)
        self._why_headless = why_headless
        self._progress = Progress(
            TextColumn("{task.description}", justify="left"),
            BarColumn(40),
            TextColumn("{task.fields[note]}"),
            TimeElapsedColumn(),
            console=self._console,
        )
        self._learning = self._progress.add_task("learning the good part", total=1.0, note="", visible=False)
        self._line = self._progress.add_task("inspecting", total=1.0, note="", visible=False)
        self._strip = Text()
        self._live = Live(console=self._console, get_renderable=self._picture, refresh_per_second=8)
        self._said = ""

    def __enter__(self) -> Self:
        self.say(self._why_headless)
        if self._console.is_terminal:
            self._live.start()
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self._live.stop()

    def say(self, text: str) -> None:
        """Say one line, once."""
        if text and text != self._said:
            self._console.print(Text(text))
            self._said = text

    def learning(self, stage: str, fraction: float) -> None:
        """Show how far learning is; `fraction` from 0 to 1."""
        self._progress.update(self._learning, visible=True, completed=fraction, note=stage)
        if not self._console.is_terminal:
            self.say(f"learning: {stage}")

    def line(self, gated: list[GatedPart], status: dict[str, Any], wanted: int) -> None:
        """Show how far the line is."""
        passed = sum(part.passed for part in gated)
        latency = (status.get("latency_ms") or {}).get("p50")
        note = f"{len(gated)}/{wanted} parts, {passed} passed, {len(gated) - passed} rejected"
        note += f", latency p50 {latency:.0f} ms" if latency else ""
        note += "" if status.get("online") else f", offline: {status.get('reason', 'STARTING')}"
        self._progress.update(self._line, visible=True, completed=len(gated), total=wanted, note=note)
        self._strip = Text("latest ")
        for part in gated[-STRIP:]:
            mark = "✓" if part.passed else {"NG": "✕", "NOT_DECIDABLE": "?"}.get(part.verdict or "", "!")
            style = {"✓": "blue", "✕": "dark_orange3", "?": "purple"}.get(mark, "red")
            self._strip.append(f"{mark}{part.part_seq % 10000:04d} ", style=style)
        if not self._console.is_terminal and gated and len(gated) % 20 == 0:
            self.say(note)

    def summary(self, summary: dict[str, Any]) -> None:
        """Show what came of it."""
        self._live.stop()
        truth, frames, plc, latency = summary["truth"], summary["frames"], summary["plc"], summary["latency_ms"]
        table = Table(title="what the virtual line did", show_header=False, title_justify="left")
        rows = {
            "parts": f"{summary['parts']}: {summary['ok']} OK, {summary['ng']} NG, {summary['not_decidable']} not decidable",
            "truth": f"{truth['defective']} defective, {truth['missed']} missed, {truth['false_alarms']} false alarms",
            "frames": f"{frames['triggered']} triggered = {frames['delivered']} delivered + {frames['incomplete']}"
            f" incomplete + {frames['lost']} lost",
            "PLC": f"{plc['passed']} passed, {plc['rejected']} rejected, {plc['mismatched']} at odds with the journal",
            "journal": f"{summary['journal']['parts']} parts, {summary['journal']['blobs']} files",
            "latency": f"frame in the ring → durable verdict in the PLC's registers: p50 {latency['p50']} ms,"
            f" p99 {latency['p99']} ms",
            "learned": f"from {summary['learned']['parts']} good parts in {summary['learned']['seconds']} s",
        }
        for name, text in rows.items():
            table.add_row(name, text)
        self._console.print(table)

    def _picture(self) -> Group:
        return Group(self._progress, self._strip)
