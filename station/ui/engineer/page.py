"""The page Engineer: cameras, recipe and line, models, doctor, zones; for those whose role allows it."""

from functools import partial
from typing import Protocol

from PySide6.QtWidgets import QHBoxLayout, QStackedWidget, QVBoxLayout, QWidget

from station.people.roles import Action
from station.ui.button import Button
from station.ui.cards import CardPage
from station.ui.context import Context
from station.ui.engineer.doctor import DoctorPanel
from station.ui.engineer.line import LinePanel
from station.ui.engineer.live import LivePanel
from station.ui.engineer.models import ModelsPanel
from station.ui.engineer.zones import ZonesPanel

NEEDED = Action.CHOOSE_RECIPE
"""Whoever may do this may see the page."""


class Panel(Protocol):
    """What each part of the page can do."""

    def entered(self) -> None:
        """It is on show from now on."""

    def left(self) -> None:
        """Another is."""

    def retranslate(self) -> None:
        """Say everything again in the language in force."""


class EngineerPage(CardPage):
    """Five panels behind five buttons; each button in them asks for its own right."""

    def __init__(self, context: Context) -> None:
        super().__init__(context)
        self._shown = False
        self.panels: tuple[tuple[QWidget, Panel], ...] = tuple(
            (panel, panel)
            for panel in (
                LivePanel(context),
                LinePanel(context),
                ModelsPanel(context),
                DoctorPanel(context),
                ZonesPanel(context),
            )
        )
        self._keys = {str(number + 1): partial(self.go, number) for number in range(len(self.panels))}
        self._buttons = tuple(
            Button(context.theme, shortcut=key, checkable=True, clicked=action) for key, action in self._keys.items()
        )
        self._stack = QStackedWidget()
        row, column = QHBoxLayout(), QVBoxLayout(self)
        for button in self._buttons:
            row.addWidget(button, 1)
        for widget, _ in self.panels:
            self._stack.addWidget(widget)
        column.addLayout(row)
        column.addWidget(self._stack, 1)
        self.retranslate()
        self.retheme()

    def may_be_seen(self) -> bool:
        """Only those whose role allows it go there; an operator's screen has no more on it than is needed."""
        return self.context.session.may(NEEDED)

    def name(self) -> str:
        """What the page is called."""
        return self.tr("Engineer")

    @property
    def _panel(self) -> Panel:
        return self.panels[self._stack.currentIndex()][1]

    def entered(self) -> None:
        """Go on where it was left."""
        self._shown = True
        self.context.keys.bind(self._keys)
        self.go(self._stack.currentIndex())

    def left(self) -> None:
        """Follow nothing any more."""
        self._shown = False
        self.context.keys.unbind(*self._keys)
        self._panel.left()

    def go(self, number: int) -> None:
        """Show a panel."""
        self._panel.left()
        self._stack.setCurrentIndex(number)
        for index, button in enumerate(self._buttons):
            button.setChecked(index == number)
        if self._shown:
            self._panel.entered()

    def retranslate(self) -> None:
        """Say everything again in the language in force."""
        names = (
            self.tr("Cameras"),
            self.tr("Recipe and line"),
            self.tr("Models"),
            self.tr("Doctor"),
            self.tr("Zones"),
        )
        for button, name in zip(self._buttons, names, strict=True):
            button.say(name)
        for _, panel in self.panels:
            panel.retranslate()
