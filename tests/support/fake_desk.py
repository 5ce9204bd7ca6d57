"""A screen's pages without an engine: a client that keeps what is sent, and everything else as on a station."""

from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import UTC, datetime
from pathlib import Path
from typing import TypeVar
from uuid import UUID

from PySide6.QtWidgets import QApplication

from station.desk.messages import (
    Answer,
    Command,
    FromEngine,
    LogIn,
    PartCounts,
    PartFinished,
    RecipeLine,
    Refusal,
    State,
    ToEngine,
    Welcome,
)
from station.ui.context import Clock, Context
from station.ui.i18n import Language
from station.ui.keys import Keys
from station.ui.link import DeskLink
from station.ui.pictures import Pictures
from station.ui.reading import Reading
from station.ui.screen_file import ScreenFile
from station.ui.session import Session
from station.ui.theme import Theme

Sent = TypeVar("Sent", bound=Command)
NOW = datetime(2026, 11, 17, 11, 40, tzinfo=UTC)


@dataclass
class FakeClient:
    """In the place of `DeskClient`; `say` is the engine speaking."""

    say: Callable[[FromEngine], None]
    lose: Callable[[str], None]
    sent: list[tuple[ToEngine, Callable[[Answer], None]]] = field(default_factory=list)

    def start(self) -> None:
        """Nothing to connect to."""

    def stop(self) -> None:
        """Nothing to end."""

    def send(self, command: ToEngine, answered: Callable[[Answer], None]) -> None:
        """Keep a command."""
        self.sent.append((command, answered))

    def last(self, kind: type[Sent]) -> Sent:
        """Return the last command, which must be of a kind."""
        command, _ = self.sent[-1]
        assert isinstance(command, kind), command
        return command

    def answer(self, refusal: Refusal | None = None, text: str = "", **result: object) -> None:
        """Answer the last command."""
        command, answered = self.sent[-1]
        answered(Answer(key=command.key, done=refusal is None, refusal=refusal, text=text, result=result))


@dataclass
class Desk:
    """A context and the engine's side of it."""

    context: Context
    client: FakeClient

    def stop(self) -> None:
        """End everything, and let no key or language of a later test reach what is gone by then."""
        self.context.stop()
        self.context.language.choose("en")
        app = QApplication.instance()
        assert app is not None
        for sieve in (self.context.keys, self.context.session):
            app.removeEventFilter(sieve)

    def log_in(self, role: str, name: str = "Ann", **wishes: object) -> None:
        """Have somebody log in."""
        self.context.session.log_in("1234", lambda _: None, badge="B-1")
        self.client.last(LogIn)
        self.client.answer(session="token", name=name, role=role, **wishes)

    def welcome(self, *, recipes: tuple[str, ...] = ("plate-A",), accepting: bool = True, online: bool = True) -> None:
        """Have the engine come up and say how it is."""
        recipe = RecipeLine(
            name=recipes[0],
            version=7,
            sha256="ab" * 32,
            number=1,
            takt_ms=800,
            pixel_size_um=50.0,
            classes=(),
            wait_ms=0,
            views=("top",),
        )
        self.client.say(Welcome(station="s", engine=UUID(int=5), recipe=recipe, recipes=recipes, cameras=("top",)))
        self.state(accepting=accepting, online=online)

    def state(self, *, accepting: bool = True, online: bool = True) -> None:
        """Have the engine say how it is."""
        counts = PartCounts(started=1, finished=1, refused=0, ok=1, ng=0, not_decidable=0)
        self.client.say(
            State(
                online=online,
                reason="NONE",
                accepting=accepting,
                plc_up=True,
                faults=(),
                awaited=(),
                counts=counts,
                latency_p50_ms=None,
                latency_p99_ms=None,
            )
        )


def make_desk(data: Path, screen_file: Path, *, config: Path | None = None, now: datetime = NOW) -> Desk:
    """Make what every page is given; `desk.stop()` ends it."""
    clients: list[FakeClient] = []

    def connect(say: Callable[[FromEngine], None], lose: Callable[[str], None]) -> FakeClient:
        clients.append(FakeClient(say, lose))
        return clients[-1]

    link = DeskLink(connect)
    context = Context(
        link=link,
        pictures=Pictures(data),
        reading=Reading(data),
        session=Session(link),
        theme=Theme(),
        language=Language(),
        keys=Keys(),
        screen=ScreenFile(screen_file),
        clock=Clock(now=lambda: now),
        data=data,
        config=config,
    )
    return Desk(context, clients[0])


def finished_part(uid: UUID) -> PartFinished:
    """What the engine says of a part that is OK and waits for nobody."""
    return PartFinished(
        uid=uid,
        part_id="P",
        part_seq=1,
        inspection_id=1,
        time=NOW,
        verdict="OK",
        reason="",
        score=0.1,
        faulty=False,
        hold_ms=0,
    )
