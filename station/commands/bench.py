"""`station bench`: the performance table, our figures beside the raw loops in one run."""

import argparse
import sys
import tempfile
from pathlib import Path

from station.commands.options import add_json


def add_parser(subparsers: "argparse._SubParsersAction[argparse.ArgumentParser]") -> None:
    """Add the command's own parser."""
    parser = subparsers.add_parser("bench", help="measure this machine: our figures beside the raw loops")
    parser.add_argument(
        "--short", action="store_true", help="small pictures, few parts: checks the bench, not the machine"
    )
    add_json(parser)
    parser.set_defaults(run=run)


def run(args: argparse.Namespace) -> int:
    """Measure, print the rows, and fail where a row is not met at full size."""
    from rich.table import Table

    from station.bench.run import BenchPlan, run_bench
    from station.commands.output import console, emit_json

    with tempfile.TemporaryDirectory(prefix="station-bench-") as name:
        folder = Path(name)
        short = BenchPlan(
            folder, 10, 612, 512, 300, 12, 1.0, 10,
            desk_turns=1, desk_parts=5, canvas_size=(800, 600), canvas_repetitions=2,
            opcua_results=500, opcua_told=20, storm_turns=1, screen_turns=1, screen_parts=30, storm_parts=5,
            killed_turns=1, killed_parts=5, export_images=20, review_parts=20_000, head_runs=2,
        )  # fmt: skip
        rows = run_bench(short if args.short else BenchPlan(folder), _tell)
    if args.json:
        emit_json({"rows": [row.to_json() for row in rows], "met": all(row.met for row in rows)})
    else:
        table = Table("what", "figure", "baseline", "compared", "limit", "met")
        for row in rows:
            table.add_row(
                row.name,
                f"{row.figure:.4g} {row.unit}",
                f"{row.baseline:.4g} ({row.baseline_name})",
                f"{row.compared:.3g} ({row.relation.value})",
                f"{row.limit:g}",
                "yes" if row.met else "NO",
            )
        console().print(table)
    return 0 if args.short or all(row.met for row in rows) else 1


def _tell(text: str) -> None:
    sys.stderr.write(text + "\n")
