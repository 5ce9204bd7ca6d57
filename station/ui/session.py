"""Who works at this screen: logging in by badge or name, what a role may do, and the lock after idle minutes."""

from collections.abc import Mapping
from dataclasses import dataclass

from PySide6.QtCore import QEvent, QObject, QTimer, Signal
from PySide6.QtWidgets import QApplication

from station.desk.messages import SESSION_OVER, Answer, LogIn, LogOut, Refusal, SetPreferences, Welcome
from station.people.roles import Action, Role, may
from station.ui.link import Answered, DeskLink, keyed

IDLE_MINUTES = 10.0
"""After so long without a touch or a key the person is logged out."""

_ACTIVITY = {
    QEvent.Type.MouseButtonPress,
    QEvent.Type.TouchBegin,
    QEvent.Type.KeyPress,
    QEvent.Type.Wheel,
    QEvent.Type.TabletPress,
}


@dataclass(frozen=True, slots=True)
class LoggedIn:
    """The person at the screen and what the engine knows them by."""

    token: str
    name: str
    role: str
    language: str
    left_handed: bool
    theme: str
    sound: bool


class Session(QObject):
    """At most one person at a time."""

    changed = Signal()
    """Somebody came or went, or wants the screen otherwise."""
    ended = Signal(str)
    """The person was logged out by something other than their own wish; says why."""

    def __init__(self, link: DeskLink, *, idle_minutes: float = IDLE_MINUTES) -> None:
        super().__init__()
        self._link = link
        self._person: LoggedIn | None = None
        self._engine: object = None
        self._idle = QTimer(self)
        self._idle.setSingleShot(True)
        self._idle.setInterval(round(idle_minutes * 60_000))
        self._idle.timeout.connect(self._lock)
        link.welcome.connect(self._met)
        app = QApplication.instance()
        if app is not None:
            app.installEventFilter(self)

    @property
    def person(self) -> LoggedIn | None:
        """Who is logged in."""
        return self._person

    @property
    def token(self) -> str:
        """What commands carry; empty where nobody is logged in."""
        return self._person.token if self._person else ""

    def may(self, action: Action) -> bool:
        """Whether the person at the screen may do something; the engine has the last word."""
        return self._person is not None and may(Role(self._person.role), action)

    def log_in(self, secret: str, answered: Answered, *, badge: str = "", name: str = "") -> None:
        """Ask the engine; `answered` hears what it said, after the session has changed."""

        def take(answer: Answer) -> None:
            if answer.done:
                if self._person is not None:
                    self._link.send(keyed(LogOut, self.token), _nothing)
                self._person = _person(answer.result)
                self._idle.start()
                self.changed.emit()
            answered(answer)

        self._link.send(keyed(LogIn, "", badge=badge, name=name, secret=secret), take)

    def log_out(self) -> None:
        """End the session by the person's own wish."""
        if self._person is None:
            return
        self._link.send(keyed(LogOut, self.token), _nothing)
        self._go()

    def prefer(self, answered: Answered | None = None, **preferences: str | bool) -> None:
        """Keep what the person wants of every screen; it counts here at once."""
        if self._person is None:
            return
        known = {name: value for name, value in preferences.items() if name in LoggedIn.__dataclass_fields__}
        values = {name: getattr(self._person, name) for name in LoggedIn.__dataclass_fields__}
        self._person = LoggedIn(**{**values, **known})
        self.changed.emit()
        self._link.send(keyed(SetPreferences, self.token, preferences=preferences), answered or _nothing)

    def heard(self, answer: Answer) -> None:
        """Look at a refusal: an engine that says the session is over has ended it."""
        if self._person is not None and answer.refusal is Refusal.NOT_ALLOWED and answer.text == SESSION_OVER:
            self._end(self.tr("The engine no longer knows this login. Scan your badge again."))

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:  # noqa: N802  (Qt's name)
        """Count every touch and key as work."""
        if self._person is not None and event.type() in _ACTIVITY:
            self._idle.start()
        return super().eventFilter(watched, event)

    def _met(self, welcome: Welcome) -> None:
        if self._person is not None and self._engine not in {None, welcome.engine}:
            self._end(self.tr("The engine started again. Scan your badge again."))
        self._engine = welcome.engine
        if welcome.idle_lock_s is not None:
            self._idle.setInterval(welcome.idle_lock_s * 1000)

    def _lock(self) -> None:
        if self._person is not None:
            self._link.send(keyed(LogOut, self.token), _nothing)
            minutes = round(self._idle.interval() / 60_000)
            self._end(self.tr("Logged out after %n minute(s) without a touch.", "", minutes))

    def _end(self, why: str) -> None:
        self._go()
        self.ended.emit(why)

    def _go(self) -> None:
        self._person = None
        self._idle.stop()
        self.changed.emit()


def _person(result: Mapping[str, object]) -> LoggedIn:
    return LoggedIn(
        token=str(result["session"]),
        name=str(result["name"]),
        role=str(result["role"]),
        language=str(result.get("language") or ""),
        left_handed=bool(result.get("left_handed", False)),
        theme=str(result.get("theme") or ""),
        sound=bool(result.get("sound", False)),
    )


def _nothing(_: Answer) -> None:
    """Nobody waits for this answer: the screen has already done its side."""
