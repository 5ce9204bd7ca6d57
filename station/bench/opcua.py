"""The OPC UA server under load: results a second to many clients, the first page of a long list, and how soon it is up."""

import json
import socket
import subprocess
import sys
import time
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path
from typing import IO, Any
from uuid import UUID

import apsw
import numpy as np

from plc.opcua.bench import MOST_IN_A_PAGE
from station.bench.rows import Relation, Row
from station.journal.reader import JournalReader
from station.journal.store import Journal
from station.line.inspection import Author, Inspection, RecipeRef, Trigger, Verdict, VerdictKind, View

CLIENTS = 10
RATE_PER_S = 100
UP_S = 60.0


@dataclass(frozen=True, slots=True)
class OpcuaLoad:
    """What was measured.

    Attributes
    ----------
    start_s
        From the start of the process to an open port.
    page_ms
        Each first page, as the client had it.
    delays_ms
        From when a result was due to be published to its event at a client: every event of every client.
    lost, doubled
        Events that a client did not get, or got again.
    """

    start_s: float
    page_ms: tuple[float, ...]
    delays_ms: tuple[float, ...]
    lost: int
    doubled: int


def opcua_rows(folder: Path, results: int, told: int) -> list[Row]:
    """Measure and return the rows; `results` in the journal, `told` of them published to every client."""
    load = opcua_load(folder, results=results, told=told)
    return [
        Row(
            name=f"{RATE_PER_S} results a second to {CLIENTS} OPC UA clients: events told exactly once",
            figure=told * CLIENTS - load.lost - load.doubled,
            baseline=told * CLIENTS,
            unit="events",
            baseline_name="events due",
            relation=Relation.AT_LEAST,
            limit=told * CLIENTS,
        ),
        Row(
            name=f"{RATE_PER_S} results a second to {CLIENTS} OPC UA clients: p95 from due to told",
            figure=float(np.percentile(load.delays_ms, 95)),
            baseline=float(np.percentile(load.delays_ms, 50)),
            unit="ms",
            baseline_name="its median",
            relation=Relation.AT_MOST,
            limit=100.0,
        ),
        Row(
            name=f"GetResultListFiltered, first page of {MOST_IN_A_PAGE} from {results} results, at the client",
            figure=float(np.percentile(load.page_ms, 50)),
            baseline=float(np.percentile(load.page_ms, 95)),
            unit="ms",
            baseline_name="its p95",
            relation=Relation.AT_MOST,
            limit=50.0,
        ),
        Row(
            name="OPC UA server, process start to open port",
            figure=load.start_s,
            baseline=float(results),
            unit="s",
            baseline_name="results on record",
            relation=Relation.AT_MOST,
            limit=6.0,
        ),
    ]


def opcua_load(folder: Path, *, results: int, told: int) -> OpcuaLoad:
    """Measure a server over a journal of so many results, its clients in processes of their own.

    Raises
    ------
    StorageError
        If the journal cannot be made.
    TimeoutError
        If the server does not come up.
    """
    make_journal(folder / "data", results)
    began = time.monotonic()
    server = _start("station.bench.opcua_server", folder)
    clients: subprocess.Popen[str] | None = None
    try:
        port = int(_said(server)["port"])
        start_s = _until_open(port) - began
        clients = _start("plc.opcua.bench", folder, str(port), str(CLIENTS))
        pages = tuple(_said(clients)["page_ms"])
        due_s = _ordered(server, json.dumps({"publish": told, "rate": RATE_PER_S}))["due_s"]
        heard: list[list[tuple[str, float]]] = _ordered(clients, json.dumps({"until": told}))["heard"]
    finally:
        for process in (clients, server):
            if process is not None:
                process.terminate()
                process.communicate()
    delays = [1000 * (at - due_s[name]) for told_one in heard for name, at in told_one if name in due_s]
    got = [{name for name, _ in told_one} & set(due_s) for told_one in heard]
    lost = sum(len(due_s) - len(names) for names in got)
    doubled = sum(len(told_one) - len(names) for told_one, names in zip(heard, got, strict=True))
    return OpcuaLoad(start_s, pages, tuple(delays), lost, doubled)


def make_journal(data: Path, results: int) -> None:
    """Make a journal whose one part is there many times, each time with a uid of its own; raises `StorageError`."""
    now = datetime.now(UTC)
    trigger = Trigger(UUID(int=0), 1, 1, 1, "SN-1", 0, now, 0)
    verdict = Verdict(VerdictKind.OK, Author.RULES, "top: score 0.2, limit 0.5", now)
    view = View(name="top", camera="top", score=0.2)
    with Journal.open(data, audit_key_path=data / "audit.key") as journal:
        journal.record(Inspection(trigger, RecipeRef("plate-A", 1, "ab" * 32), (view,), verdict, 120))
    with JournalReader(data) as reader:
        path = reader.path
    connection = apsw.Connection(str(path))
    try:
        with connection:
            for table, key, changed in (
                ("parts", "id", {"uid": "printf('00000000-0000-0000-0000-%012d', n)"}),
                ("verdicts", "id", {"part": "n"}),
                ("views", "part", {}),
            ):
                names = [row[1] for row in connection.execute(f"PRAGMA table_info({table})")]
                values = ", ".join({key: "n", **changed}.get(name, name) for name in names)
                connection.execute(
                    f"WITH RECURSIVE numbers(n) AS (SELECT 2 UNION ALL SELECT n + 1 FROM numbers WHERE n < ?) "  # noqa: S608 - names of the schema
                    f"INSERT INTO {table} SELECT {values} FROM (SELECT * FROM {table} LIMIT 1), numbers",
                    (results,),
                )
    finally:
        connection.close()


def _start(module: str, folder: Path, *arguments: str) -> "subprocess.Popen[str]":
    command = [sys.executable, "-P", "-m", module, str(folder), *arguments]
    return subprocess.Popen(command, stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True)


def _said(process: "subprocess.Popen[str]") -> dict[str, Any]:
    line = _pipe(process.stdout).readline()
    if not line:
        raise RuntimeError("a process of the OPC UA measurement ended before it was done; its words are above")
    said: dict[str, Any] = json.loads(line)
    return said


def _ordered(process: "subprocess.Popen[str]", order: str) -> dict[str, Any]:
    pipe = _pipe(process.stdin)
    pipe.write(order + "\n")
    pipe.flush()
    return _said(process)


def _pipe(pipe: IO[str] | None) -> IO[str]:
    assert pipe is not None  # it was asked for
    return pipe


def _until_open(port: int) -> float:
    deadline = time.monotonic() + UP_S
    while time.monotonic() < deadline:
        try:
            socket.create_connection(("127.0.0.1", port), 1).close()
        except OSError:
            time.sleep(0.01)
        else:
            return time.monotonic()
    raise TimeoutError(f"no OPC UA server within {UP_S:.0f} s")
