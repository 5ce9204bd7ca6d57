"""Results to deliver: a journal with a few parts, and the configuration of a station that sends them."""

from datetime import UTC, datetime, timedelta
from pathlib import Path
from uuid import UUID

from labeling.shapes import Polygon, frozen_points
from models.prediction import Defect
from station.journal.store import Journal
from station.line.inspection import Author, Inspection, RecipeRef, Trigger, Verdict, VerdictKind, View

START = datetime(2026, 5, 1, 6, tzinfo=UTC)
SHA = "ab" * 32
KEY = "audit.key"
SECRET = "a secret of both sides"


def uid(number: int) -> UUID:
    return UUID(int=(1 << 100) + number)


def part(number: int, kind: VerdictKind = VerdictKind.OK, *, time: datetime | None = None) -> Inspection:
    time = time or START + timedelta(seconds=number)
    trigger = Trigger(uid(number), number, 1, number % 256, f"SN-{number}", 0, time, 0)
    outline = Polygon(frozen_points([[10.0, 20.0], [40.0, 20.0], [40.0, 24.0]]))
    defects = (Defect("scratch", 0.9, outline),) if kind is VerdictKind.NG else ()
    model = ("plate", "2", SHA)
    view = View("top", "cam", None, 0, 0, "", None, None, *model, score=0.9, defects=defects)
    return Inspection(trigger, RecipeRef("plate", 3, SHA), (view,), Verdict(kind, Author.RULES, "why", time), 250)


def correction(hours: int = 1) -> Verdict:
    return Verdict(VerdictKind.NG, Author.OPERATOR, "dust", START + timedelta(hours=hours), "Ann")


def open_journal(folder: Path) -> Journal:
    """Open the journal of the station in `folder`."""
    return Journal.open(folder / "data", audit_key_path=folder / KEY)


def record_parts(folder: Path, first: int, last: int) -> None:
    """Record parts with these numbers, every fifth one NG."""
    with open_journal(folder) as journal:
        for number in range(first, last + 1):
            journal.record(part(number, VerdictKind.NG if number % 5 == 0 else VerdictKind.OK))


def write_config(folder: Path, *deliveries: str) -> Path:
    """Write a station with these destinations; each says its keys in TOML, and may use `mes.secret`."""
    secret = folder / "mes.secret"
    secret.write_text(SECRET + "\n")
    secret.chmod(0o600)
    path = folder / "station.toml"
    station = f'[station]\nname = "line-7"\ndata = "data"\naudit_key = "{KEY}"\n\n[[camera]]\nname = "cam"\n'
    path.write_text(station + "".join(f"\n[[delivery]]\n{text}\n" for text in deliveries))
    return path


def webhook(port: int, name: str = "mes", more: str = "") -> str:
    """Return the keys of a webhook on this machine."""
    url = f"http://127.0.0.1:{port}/results"
    return f'name = "{name}"\nkind = "webhook"\nurl = "{url}"\nsecret_file = "mes.secret"\n{more}'
