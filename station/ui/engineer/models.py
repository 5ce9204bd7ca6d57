"""Models: the versions on the shelf, which of them judges, going back, and learning the good part anew."""

import json
import os
import re
from typing import Any

from PySide6.QtCore import QRectF, QSize, Qt
from PySide6.QtGui import QPainter, QPaintEvent
from PySide6.QtWidgets import QGridLayout, QHBoxLayout, QScrollArea, QSizePolicy, QVBoxLayout, QWidget

from station.people.roles import Action
from station.ui.button import Button
from station.ui.cards import Card
from station.ui.child import Child
from station.ui.context import Context
from station.ui.marks import Mark, MarkLabel
from station.ui.theme import MARGIN_MM, Theme
from station.ui.widgets import Line, Words

_PROGRESS = re.compile(r" *(\d{1,3})% (.+)")
"""How `station learn` tells how far it is."""


def station_arguments(context: Context) -> tuple[str, ...]:
    """Name the station to a command: its configuration, or its data folder where the screen knows no more."""
    return ("--config", str(context.config)) if context.config else ("--data", str(context.data))


class ModelsPanel(QWidget):
    """Shelf on the left, learning on the right."""

    def __init__(self, context: Context) -> None:
        super().__init__()
        self.shelf, self.learning = ShelfCard(context), LearnCard(context)
        self.learning.child.done.connect(lambda *_: self.shelf.refresh())
        row = QHBoxLayout(self)
        row.setContentsMargins(0, 0, 0, 0)
        row.setSpacing(context.theme.px(MARGIN_MM / 2))
        row.addWidget(self.shelf, 2)
        row.addWidget(self.learning, 1)

    def entered(self) -> None:
        """Look at the shelf."""
        self.shelf.refresh()

    def left(self) -> None:
        """Learning goes on."""

    def retranslate(self) -> None:
        """Say everything again in the language in force."""
        self.shelf.retranslate()
        self.learning.retranslate()


class ShelfCard(Card):
    """Every version of every model, newest first; the deployed one is marked."""

    def __init__(self, context: Context) -> None:
        super().__init__(context.theme)
        self._context = context
        self._models: list[dict[str, Any]] | None = None
        self._buttons: list[Button] = []
        self._child = Child(self)
        self._child.done.connect(self._finish)
        self._doing = ""
        self._outcome = Words()
        self._inside = QWidget()
        self._inside.setObjectName("panel")
        self._list = QVBoxLayout(self._inside)
        self._list.setContentsMargins(0, 0, 0, 0)
        scroll = QScrollArea()
        scroll.setWidgetResizable(True)
        scroll.setWidget(self._inside)
        self.add(self._outcome)
        self.add(scroll, 1)
        context.session.changed.connect(self._enable)
        self.retranslate()

    def refresh(self) -> None:
        """Look at the shelf."""
        self._run("list", "", "models", "list", *station_arguments(self._context), "--json")

    def deploy(self, name: str, version: str) -> None:
        """Let a version judge."""
        text = self.tr("Trying version {0} of {1} before it is deployed …").format(version, name)
        self._run("deploy", text, "models", "deploy", name, version, *self._by(), "--json")

    def roll_back(self, name: str) -> None:
        """Let the version before judge again."""
        text = self.tr("Trying the version of {0} that was deployed before …").format(name)
        self._run("deploy", text, "models", "rollback", name, *self._by(), "--json")

    def _by(self) -> tuple[str, ...]:
        person = self._context.session.person
        return (*station_arguments(self._context), *(("--by", person.name) if person else ()))

    def _run(self, doing: str, text: str, *arguments: str) -> None:
        if self._child.run(*arguments):
            self._doing = doing
            if text:
                self._tell(text)
            self._enable()

    def _finish(self, code: int, out: str, last: str) -> None:
        if code or not out:  # a command that was ended from outside says nothing
            self._tell(self.tr("That did not work: {0}").format(last or code))
        elif self._doing == "list":
            self._show(json.loads(out)["models"])
        else:
            said = json.loads(out)
            self._tell(" ".join([self._deployed_words(said), *([last] if last else [])]))
            self.refresh()
        self._enable()

    def _deployed_words(self, said: dict[str, Any]) -> str:
        text = self.tr("Version {0} of {1} is deployed. A running line takes it up within seconds, between two parts.")
        return text.format(said["deployed"], said["name"])

    def _tell(self, text: str) -> None:
        self._outcome.setText(text)
        self._outcome.setVisible(bool(text))

    def _enable(self) -> None:
        may = self._context.session.may(Action.DEPLOY) and not self._child.running
        for button in self._buttons:
            button.setEnabled(may)

    def _show(self, models: list[dict[str, Any]]) -> None:
        self._models = models
        self._buttons = []
        while (item := self._list.takeAt(0)) is not None:
            if widget := item.widget():
                widget.deleteLater()
        for model in models:
            self._list.addWidget(self._model(model))
        if not models:
            self._list.addWidget(Words(self.tr("There is no model yet: learn the good part."), role="quiet"))
        self._list.addStretch(1)
        self._enable()

    def _model(self, model: dict[str, Any]) -> QWidget:
        widget = QWidget()
        grid = QGridLayout(widget)
        grid.setContentsMargins(0, 0, 0, 0)
        grid.setSpacing(self._context.theme.px(MARGIN_MM / 2))
        grid.setColumnStretch(2, 1)
        name = model["name"]
        grid.addWidget(Line(name, role="title"), 0, 0, 1, 3)
        if len(model["versions"]) > 1:
            grid.addWidget(self._button(self.tr("Go back to the version before"), lambda: self.roll_back(name)), 0, 3)
        if "error" in model:
            grid.addWidget(Words(model["error"]), 1, 0, 1, 4)
        for row, version in enumerate(reversed(model["versions"]), 2):
            self._version(grid, row, name, version)
        return widget

    def _version(self, grid: QGridLayout, row: int, name: str, version: dict[str, Any]) -> None:
        number, deployed = version["version"], version["deployed"]
        mark = MarkLabel(self._context.theme, Mark.RUNNING if deployed else Mark.NONE)
        grid.addWidget(mark, row, 0)
        grid.addWidget(Line(self.tr("version {0}").format(number)), row, 1)
        if "error" in version:
            grid.addWidget(Words(version["error"]), row, 2)
            return
        created = version["created"][:16].replace("T", " ")
        about = self.tr("{0}, {1} UTC, {2}").format(version["head"], created, version["sha256"][:12])
        grid.addWidget(Line(about, role="small"), row, 2)
        if deployed:
            grid.addWidget(Line(self.tr("deployed")), row, 3, Qt.AlignmentFlag.AlignCenter)
        else:
            grid.addWidget(self._button(self.tr("Deploy"), lambda: self.deploy(name, number)), row, 3)

    def _button(self, text: str, clicked: Any) -> Button:
        button = Button(self._context.theme, text, clicked=clicked)
        self._buttons.append(button)
        return button

    def retranslate(self) -> None:
        """Say everything again in the language in force."""
        self.say(
            self.tr("Models on the shelf"),
            self.tr("A version is loaded and has to answer before it is deployed; otherwise the present one stays."),
        )
        self._tell("")
        if self._models is not None:
            self._show(self._models)


class ProgressBar(QWidget):
    """How far a long work is."""

    def __init__(self, theme: Theme) -> None:
        super().__init__()
        self._theme = theme
        self.share = 0.0
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)

    def sizeHint(self) -> QSize:  # noqa: N802  (Qt's name)
        """Thick enough to be seen from afar."""
        return QSize(self._theme.px(40), self._theme.px(6))

    def show_share(self, share: float) -> None:
        """Show how far it is, 0 to 1."""
        self.share = share
        self.update()

    def paintEvent(self, _: QPaintEvent) -> None:  # noqa: N802  (Qt's name)
        """Fill from the side where lines begin."""
        painter = QPainter(self)
        painter.fillRect(self.rect(), self._theme.colour("line"))
        length = self.width() * self.share
        left = self.width() - length if self.isRightToLeft() else 0.0
        painter.fillRect(QRectF(left, 0, length, self.height()), self._theme.colour("ink"))
        painter.end()


class LearnCard(Card):
    """Learning the good part with the station's own cameras; possible while no engine holds them."""

    def __init__(self, context: Context) -> None:
        super().__init__(context.theme)
        self._context = context
        self.child = Child(self)
        self.child.line.connect(self._hear)
        self.child.done.connect(self._finish)
        self._cancelled = False
        self._meaning, self._stage = Words(), Words()
        self._bar = ProgressBar(context.theme)
        self._start = Button(context.theme, clicked=self.learn)
        self._cancel = Button(context.theme, clicked=self.cancel)
        for widget in (self._meaning, self._start, self._bar, self._stage, self._cancel):
            self.add(widget)
        self.body.addStretch(1)
        for signal in (context.session.changed, context.link.lost, context.link.found):
            signal.connect(self._enable)
        self.retranslate()

    def learn(self) -> None:
        """Start."""
        config, parent = self._context.config, str(os.getpid())
        if config is not None and self.child.run("learn", "--config", str(config), "--parent", parent):
            self._cancelled = False
            self._bar.show_share(0.0)
            self._stage.setText(self.tr("Starting …"))
            self._enable()

    def cancel(self) -> None:
        """End it; nothing is deployed then."""
        self._cancelled = True
        self._stage.setText(self.tr("Ending …"))
        self.child.cancel()
        self._enable()

    def _hear(self, text: str) -> None:
        if (found := _PROGRESS.fullmatch(text)) and not self._cancelled:
            self._bar.show_share(int(found[1]) / 100)
            self._stage.setText(found[2])

    def _finish(self, code: int, _: str, last: str) -> None:
        if code == 0:
            self._bar.show_share(1.0)
            self._stage.setText(last)
        elif self._cancelled:
            self._stage.setText(self.tr("Cancelled; nothing was deployed."))
        else:
            self._stage.setText(self.tr("That did not work: {0}").format(last))
        self._enable()

    def _enable(self) -> None:
        free = self._context.config is not None and not self._context.link.up
        may = self._context.session.may(Action.LEARN)
        running = self.child.running
        self._start.setEnabled(free and may and not running)
        self._start.setVisible(not running)
        self._bar.setVisible(running or bool(self._stage.text()))
        self._cancel.setVisible(running)
        self._cancel.setEnabled(not self._cancelled)
        self._meaning.setText(self._why())

    def _why(self) -> str:
        if self._context.config is None:
            return self.tr("Learning needs the station's configuration: start the screen with --config.")
        if self._context.link.up and not self.child.running:
            return self.tr(
                "The engine holds cameras and journal. Stop it to learn: this page stays, and so does your login."
            )
        return self.tr(
            "Put good parts before the cameras. What is learned is deployed at once, and each picture is kept as a good"
            " one."
        )

    def retranslate(self) -> None:
        """Say everything again in the language in force."""
        self.say(self.tr("Learn the good part"))
        self._start.say(self.tr("Learn"))
        self._cancel.say(self.tr("Cancel"))
        self._enable()
