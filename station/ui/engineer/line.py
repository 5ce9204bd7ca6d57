"""Recipe and line: change over, pause, go on; each says what it means before it is done."""

from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout, QWidget

from station.desk.messages import Answer, ChooseRecipe, Command, Pause, Resume, State, ToEngine, Welcome
from station.people.roles import Action
from station.ui.button import Button
from station.ui.cards import Card
from station.ui.context import Context
from station.ui.link import keyed
from station.ui.marks import Mark
from station.ui.sentences import said
from station.ui.theme import MARGIN_MM
from station.ui.widgets import Words
from station.ui.words import line_words

REASONS = 4


class CommandCard(Card):
    """A card that sends one command at a time and says what came of it."""

    def __init__(self, context: Context) -> None:
        super().__init__(context.theme)
        self._context = context
        self._sent = False
        self._outcome = Words()
        self._outcome.hide()
        context.session.changed.connect(self.enable)
        context.link.lost.connect(self.enable)
        context.link.found.connect(self.enable)

    def send(self, kind: type[Command], waiting: str, done: str, **values: object) -> None:
        """Send a command; nothing else can be sent before it is answered."""
        self._sent = True
        self.tell(waiting)
        self.enable()
        command: ToEngine = keyed(kind, self._context.session.token, **values)

        def answered(answer: Answer) -> None:
            self._sent = False
            self.tell(" ".join(filter(None, (done if answer.done else "", said(answer.text)))))
            self.enable()

        self._context.link.send(command, answered)

    def tell(self, text: str) -> None:
        """Say what came of it."""
        self._outcome.setText(text)
        self._outcome.setVisible(bool(text))

    def may(self, action: Action) -> bool:
        """Whether the person may, the engine is there, and nothing is under way."""
        return self._context.session.may(action) and self._context.link.up and not self._sent

    def enable(self) -> None:
        """Let be pressed what can be pressed."""


class RecipeCard(CommandCard):
    """The recipe in use and those there are; choosing another is asked for once more, in place."""

    def __init__(self, context: Context) -> None:
        super().__init__(context)
        self._chosen = ""
        self._now = Words(role="title")
        self._list = QVBoxLayout()
        self._buttons: dict[str, Button] = {}
        self._meaning = Words()
        self._yes = Button(context.theme, clicked=self._change)
        self._no = Button(context.theme, clicked=lambda: self.choose(""))
        row = QHBoxLayout()
        row.addWidget(self._yes)
        row.addWidget(self._no)
        row.addStretch(1)
        self.add(self._now)
        self.body.addLayout(self._list)
        self.add(self._meaning)
        self.body.addLayout(row)
        self.add(self._outcome)
        self.body.addStretch(1)
        context.link.welcome.connect(self._meet)
        self.retranslate()

    def _meet(self, _: Welcome) -> None:
        """Another engine may have other recipes."""
        self._chosen = ""
        self.retranslate()

    def _recipes(self) -> tuple[str, ...]:
        welcome = self._context.link.last_welcome
        return welcome.recipes if welcome else ()

    def _in_use(self) -> str:
        welcome = self._context.link.last_welcome
        return welcome.recipe.name if welcome else ""

    def _list_recipes(self) -> None:
        if tuple(self._buttons) != self._recipes():
            while (item := self._list.takeAt(0)) is not None:
                if widget := item.widget():
                    widget.deleteLater()
            self._buttons = {name: self._button(name) for name in self._recipes()}
        for name, button in self._buttons.items():
            button.say(self.tr("{0} (in use)").format(name) if name == self._in_use() else name)
            button.setChecked(name == (self._chosen or self._in_use()))

    def _button(self, name: str) -> Button:
        button = Button(self._context.theme, name, checkable=True, clicked=lambda: self.choose(name))
        self._list.addWidget(button)
        return button

    def choose(self, name: str) -> None:
        """Ask about a recipe; about none where the name is empty."""
        self._chosen = name
        self.tell("")
        self.enable()

    def _change(self) -> None:
        name = self._chosen
        self._chosen = ""
        again = self.tr("The engine starts again with recipe {0}.").format(name)
        self.send(ChooseRecipe, self.tr("Changing to {0} …").format(name), again, recipe=name)

    def enable(self) -> None:
        """Let be pressed what can be pressed, and ask where something is chosen."""
        self._list_recipes()
        asked = bool(self._chosen)
        for button in self._buttons.values():
            button.setEnabled(self.may(Action.CHOOSE_RECIPE))
        for widget in (self._meaning, self._yes, self._no):
            widget.setVisible(asked)
        self._yes.setEnabled(self.may(Action.CHOOSE_RECIPE))
        if not asked:
            return
        if self._chosen == self._in_use():
            text = self.tr(
                "Read {0} again: if its file has changed, the engine starts again with it. Meanwhile the line takes no"
                " parts; those in hand are finished first."
            )
        else:
            text = self.tr(
                "Change to {0}: the engine starts again. Meanwhile the line takes no parts; those in hand are finished"
                " first."
            )
        self._meaning.setText(text.format(self._chosen))

    def retranslate(self) -> None:
        """Say everything again in the language in force."""
        welcome = self._context.link.last_welcome
        self.say(self.tr("Recipe"))
        if welcome is None:
            self._now.setText(self.tr("The engine has not said yet."))
        else:
            recipe = welcome.recipe
            text = self.tr("{0}, version {1}, number {2} for the PLC")
            self._now.setText(text.format(recipe.name, recipe.version, recipe.number))
        self._yes.say(self.tr("Change over"))
        self._no.say(self.tr("Leave it"))
        self.enable()


class LineCard(CommandCard):
    """Whether the line takes parts, and the two buttons that change it."""

    def __init__(self, context: Context) -> None:
        super().__init__(context)
        self._state = Words(role="title")
        self._meaning = Words()
        self._reasons = tuple(Button(context.theme, checkable=True) for _ in range(REASONS))
        for button in self._reasons:
            button.setAutoExclusive(True)
        self._pause = Button(context.theme, clicked=self._do_pause, mark=Mark.WAITING)
        self._resume = Button(context.theme, clicked=self._do_resume, mark=Mark.RUNNING)
        reasons, row = QHBoxLayout(), QHBoxLayout()
        for button in self._reasons:
            reasons.addWidget(button)
        for button in (self._pause, self._resume):
            row.addWidget(button)
        row.addStretch(1)
        for widget in (self._state, self._meaning):
            self.add(widget)
        self.body.addLayout(reasons)
        self.body.addLayout(row)
        self.add(self._outcome)
        self.body.addStretch(1)
        context.link.state.connect(self._hear)
        self.retranslate()

    def _hear(self, _: State) -> None:
        self.enable()

    def _reason(self) -> str:
        return next((button.text() for button in self._reasons if button.isChecked()), "")

    def _do_pause(self) -> None:
        self.send(Pause, self.tr("Pausing …"), "", reason=self._reason())

    def _do_resume(self) -> None:
        self.send(Resume, self.tr("Going on …"), "")

    def enable(self) -> None:
        """Show the state, and the button that changes it."""
        state = self._context.link.last_state if self._context.link.up else None
        accepting = state is None or state.accepting
        self._state.setText(line_words(up=self._context.link.up, state=self._context.link.last_state).word)
        self._meaning.setText(
            self.tr("A pause takes no more parts; the PLC sees the station offline. Parts in hand are finished.")
            if accepting
            else self.tr("No parts are taken until somebody goes on, also after a restart.")
        )
        for button in (*self._reasons, self._pause):
            button.setVisible(accepting)
            button.setEnabled(self.may(Action.PAUSE))
        self._resume.setVisible(not accepting)
        self._resume.setEnabled(self.may(Action.PAUSE))

    def retranslate(self) -> None:
        """Say everything again in the language in force."""
        self.say(self.tr("Line"))
        reasons = (self.tr("Cleaning"), self.tr("Set-up"), self.tr("Maintenance"), self.tr("No material"))
        for button, reason in zip(self._reasons, reasons, strict=True):
            button.say(reason)
        self._pause.say(self.tr("Pause the line"))
        self._resume.say(self.tr("Go on"))
        self.enable()


class LinePanel(QWidget):
    """Both cards beside each other."""

    def __init__(self, context: Context) -> None:
        super().__init__()
        self.recipe, self.line = RecipeCard(context), LineCard(context)
        row = QHBoxLayout(self)
        row.setContentsMargins(0, 0, 0, 0)
        row.setSpacing(context.theme.px(MARGIN_MM / 2))
        row.addWidget(self.recipe, 1)
        row.addWidget(self.line, 1)

    def entered(self) -> None:
        """Say what is so now."""
        self.retranslate()

    def left(self) -> None:
        """Forget what was about to be chosen."""
        self.recipe.choose("")

    def retranslate(self) -> None:
        """Say everything again in the language in force."""
        self.recipe.retranslate()
        self.line.retranslate()
