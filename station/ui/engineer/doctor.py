"""The doctor on a page: every finding with its remedy."""

import json
from typing import Any

from PySide6.QtWidgets import QHBoxLayout, QScrollArea, QVBoxLayout, QWidget

from station.doctor import State
from station.ui.button import Button
from station.ui.cards import Card
from station.ui.child import Child
from station.ui.context import Context
from station.ui.marks import Look, Mark, MarkLabel
from station.ui.theme import MARGIN_MM
from station.ui.widgets import Band, Line, Words

_MARKS = {State.OK: Mark.OK, State.WARNING: Mark.UNDECIDED, State.FAIL: Mark.FAULT}
_WORST_FIRST = (State.FAIL, State.WARNING, State.OK)


class DoctorPanel(Card):
    """Runs `station doctor` and shows what it found, the worst first."""

    def __init__(self, context: Context) -> None:
        super().__init__(context.theme)
        self._context = context
        self._checks: list[dict[str, Any]] | None = None
        self._child = Child(self)
        self._child.done.connect(self._finish)
        self._again = Button(context.theme, clicked=self.examine)
        self.head.addWidget(self._again)
        self._outcome = Words(role="title")
        inside = QWidget()
        inside.setObjectName("panel")
        self._list = QVBoxLayout(inside)
        self._list.setContentsMargins(0, 0, 0, 0)
        self._list.setSpacing(context.theme.px(MARGIN_MM))
        scroll = QScrollArea()
        scroll.setWidgetResizable(True)
        scroll.setWidget(inside)
        self.add(self._outcome)
        self.add(scroll, 1)
        self.retranslate()

    def entered(self) -> None:
        """Look at everything once."""
        if self._checks is None:
            self.examine()

    def left(self) -> None:
        """What was found stays."""

    def examine(self) -> None:
        """Look at everything."""
        where = ("--config", str(self._context.config)) if self._context.config else ()
        if self._child.run("doctor", *where, "--json"):
            self._again.setEnabled(False)
            self._outcome.setText(self.tr("Looking at cameras, models, disk and ports …"))

    def _finish(self, code: int, out: str, last: str) -> None:
        self._again.setEnabled(True)
        try:
            self._show(json.loads(out)["checks"])
        except (ValueError, KeyError):  # it ended before it could say anything: the last line says why
            self._outcome.setText(self.tr("The doctor could not work: {0}").format(last or code))

    def _show(self, checks: list[dict[str, Any]]) -> None:
        self._checks = checks
        while (item := self._list.takeAt(0)) is not None:
            if widget := item.widget():
                widget.deleteLater()
        for state in _WORST_FIRST:
            for check in checks:
                if check["state"] == state:
                    self._list.addWidget(self._finding(state, check))
        self._list.addStretch(1)
        failed = sum(check["state"] == State.FAIL for check in checks)
        warned = sum(check["state"] == State.WARNING for check in checks)
        if not failed and not warned:
            self._outcome.setText(self.tr("Everything is well."))
        else:
            self._outcome.setText(self.tr("To mend: {0}. To know: {1}.").format(failed, warned))

    def _finding(self, state: State, check: dict[str, Any]) -> QWidget:
        theme = self._context.theme
        if state is State.FAIL:
            band = Band(theme, Look.FAULT, Mark.FAULT)
            band.say(f"{check['name']}: {check['text']}", check["remedy"])
            return band
        widget = QWidget()
        row, words = QHBoxLayout(widget), QVBoxLayout()
        row.setContentsMargins(theme.px(MARGIN_MM), 0, 0, 0)
        row.addWidget(MarkLabel(theme, _MARKS[state]))
        row.addLayout(words, 1)
        words.setSpacing(0)
        name = Line(check["name"], role="small")
        words.addWidget(name)
        words.addWidget(Words(check["text"]))
        if check["remedy"]:
            words.addWidget(Words(self.tr("To do: {0}").format(check["remedy"])))
        return widget

    def retranslate(self) -> None:
        """Say everything again in the language in force."""
        self.say(self.tr("Doctor"))
        self._again.say(self.tr("Look again"))
        if self._checks is not None:
            self._show(self._checks)
