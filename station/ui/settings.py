"""The page Settings: what a person wants of every screen, and how large a millimetre is on this one."""

from collections.abc import Mapping
from functools import partial

from PySide6.QtWidgets import QBoxLayout, QGridLayout

from station.desk.messages import Answer
from station.ui.button import Button
from station.ui.calibration import CalibrationCard
from station.ui.cards import Card, CardPage
from station.ui.context import Context
from station.ui.i18n import LANGUAGES
from station.ui.sentences import said
from station.ui.theme import MARGIN_MM, ThemeName
from station.ui.widgets import Line, Words


class WishesCard(Card):
    """Language, colours, hand and sound: those of the person who is logged in, otherwise those of the screen."""

    def __init__(self, context: Context) -> None:
        super().__init__(context.theme)
        self._context = context
        self._headings = {name: Line(role="small") for name in ("language", "theme", "hand", "sound")}
        self._languages = {
            code: Button(context.theme, name, checkable=True, clicked=partial(self._wish, language=code))
            for code, name in LANGUAGES.items()
        }
        self._themes = {
            name: Button(context.theme, checkable=True, clicked=partial(self._wish, theme=name.value))
            for name in ThemeName
        }
        self._hands = {
            left: Button(context.theme, checkable=True, clicked=partial(self._wish, left_handed=left))
            for left in (False, True)
        }
        self._sounds = {
            on: Button(context.theme, checkable=True, clicked=partial(self._wish, sound=on)) for on in (False, True)
        }
        self._outcome = Words()
        self._lay_out()
        context.session.changed.connect(self.show_wishes)
        self.retranslate()

    def _lay_out(self) -> None:
        groups = (self._languages, self._themes, self._hands, self._sounds)
        buttons = (tuple(group.values()) for group in groups)
        for heading, group in zip(self._headings.values(), buttons, strict=True):
            grid = QGridLayout()
            grid.setSpacing(self._context.theme.px(MARGIN_MM / 2))
            columns = max(len(group), 3)
            for number, button in enumerate(group):
                grid.addWidget(button, 0, number)
            for column in range(columns):
                grid.setColumnStretch(column, 1)
            self.add(heading)
            self.body.addLayout(grid)
        self.add(self._outcome)
        self.body.addStretch(1)

    def show_wishes(self) -> None:
        """Mark what is in force."""
        person, screen = self._context.session.person, self._context.screen.settings
        language = (person.language if person else "") or screen.language
        theme = (person.theme if person else "") or screen.theme
        for code, button in self._languages.items():
            button.setChecked(code == language)
        for name, button in self._themes.items():
            button.setChecked(name == theme)
        for left, button in self._hands.items():
            button.setChecked(person is not None and person.left_handed == left)
            button.setEnabled(person is not None)
        for on, button in self._sounds.items():
            button.setChecked(person is not None and person.sound == on)
            button.setEnabled(person is not None)
        self.say(
            self.tr("For {0}, at every screen").format(person.name)
            if person
            else self.tr("For whoever is not logged in"),
            "" if person else self.tr("Log in to choose your own; hand and sound belong to a person."),
        )

    def _wish(self, **wishes: str | bool) -> None:
        self._tell("")
        if self._context.session.person is not None:
            self._context.session.prefer(self._answered, **wishes)
        else:
            self._change_screen(wishes)
        self.show_wishes()

    def _change_screen(self, wishes: Mapping[str, str | bool]) -> None:
        if problem := self._context.screen.change(**wishes):
            self._tell(self.tr("In use until the screen is started again; it could not be kept: {0}").format(problem))
        self._context.theme.choose(self._context.screen.settings.theme)
        self._context.language.choose(self._context.screen.settings.language)

    def _answered(self, answer: Answer) -> None:
        if not answer.done:
            self._tell(self.tr("In use here, but not kept: {0}").format(said(answer.text)))

    def _tell(self, text: str) -> None:
        self._outcome.setText(text)
        self._outcome.setVisible(bool(text))

    def retranslate(self) -> None:
        """Say everything again in the language in force."""
        headings = {
            "language": self.tr("Language"),
            "theme": self.tr("Colours"),
            "hand": self.tr("OK and NG are pressed with"),
            "sound": self.tr("Sound when a part needs you"),
        }
        for name, heading in self._headings.items():
            heading.say(headings[name])
        self._themes[ThemeName.DAY].say(self.tr("Day"))
        self._themes[ThemeName.NIGHT].say(self.tr("Night"))
        self._themes[ThemeName.SUNLIGHT].say(self.tr("Sunlight"))
        self._hands[False].say(self.tr("right hand"))
        self._hands[True].say(self.tr("left hand"))
        self._sounds[False].say(self.tr("off"))
        self._sounds[True].say(self.tr("on"))
        self.show_wishes()


class SettingsPage(CardPage):
    """Two cards, beside each other or one below the other."""

    def __init__(self, context: Context) -> None:
        super().__init__(context)
        self.wishes, self.calibration = WishesCard(context), CalibrationCard(context)
        self._halves = QBoxLayout(QBoxLayout.Direction.LeftToRight, self)
        self._halves.addWidget(self.wishes, 1)
        self._halves.addWidget(self.calibration, 1)
        self.retheme()

    def name(self) -> str:
        """What the page is called."""
        return self.tr("Settings")

    def entered(self) -> None:
        """Show what is in force."""
        self.wishes.show_wishes()
        self.calibration.begin()

    def arrange(self, *, wide: bool) -> None:
        """Put the cards beside each other, or one below the other."""
        self._halves.setDirection(QBoxLayout.Direction.LeftToRight if wide else QBoxLayout.Direction.TopToBottom)

    def retranslate(self) -> None:
        """Say everything again in the language in force."""
        self.wishes.retranslate()
        self.calibration.retranslate()
