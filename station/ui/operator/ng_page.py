"""The column of the NG mode: what to do next, how large it is, the class chips, how far it has come, and the way out."""

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout, QWidget

from station.ui.button import Button
from station.ui.marks import Look, Mark, MarkLabel
from station.ui.operator.handover import Standing
from station.ui.operator.ng_state import Hint
from station.ui.operator.palette import Palette
from station.ui.theme import MARGIN_MM, Theme
from station.ui.widgets import Band, Line

FINISH_MM = 45.0
HEAD_MM = 25.0
"""Height of the band that says what to do next: always the same, so that no chip moves under a finger."""


class NgPage(QWidget):
    """Words and chips; what they mean is `NgMode`'s business."""

    def __init__(self, theme: Theme) -> None:
        super().__init__()
        self.setObjectName("panel")
        self.setAttribute(Qt.WidgetAttribute.WA_StyledBackground)
        self._theme = theme
        self.head = Band(theme, Look.NG, Mark.NG)
        self.palette_ = Palette(theme)
        self.act = Button(theme)
        """Send again, or reload: what the standing asks for."""
        self.standing = Band(theme, Look.CONTROL, Mark.WAITING, (self.act,))
        self.mark, self.short = MarkLabel(theme), Line()
        self.back = Button(theme)
        self.finish = Button(theme, shortcut="Enter")
        self._inner, self._foot = QVBoxLayout(), QHBoxLayout()
        self._inner.addWidget(self.palette_, 1)
        self._foot.addWidget(self.mark)
        self._foot.addWidget(self.short, 1)
        self._foot.addWidget(self.back)
        self._foot.addWidget(self.finish)
        box = QVBoxLayout(self)
        box.setContentsMargins(0, 0, 0, 0)
        box.setSpacing(0)
        box.addWidget(self.head)
        box.addLayout(self._inner, 1)
        box.addWidget(self.standing)
        box.addLayout(self._foot)
        theme.changed.connect(self._dress)
        self._dress()

    def say_head(self, hint: Hint, detail: str, *, waiting: int, decided: bool) -> None:
        """What to do next, and the size or the fault of what is selected; `waiting` outlines have no class yet."""
        words = {
            Hint.MARK: self.tr("Tap the model's outline, or draw around the defect."),
            Hint.CHOOSE_CLASS: self.tr("What is it? Tap its class."),
            Hint.CHOOSE_OUTLINE: self.tr("For which outline? Tap the outline first."),
            Hint.CHOOSE_TAG: self.tr("Classes of the whole picture: tap to set, tap again to take away."),
            Hint.MORE_OR_DONE: self.tr("Draw another one, or be done. The next part takes over by itself."),
        }
        title = words[hint]
        if hint is Hint.CHOOSE_CLASS and waiting > 1:
            title = self.tr("What are these {0}? One tap for all of them.").format(waiting)
        if hint is Hint.MORE_OR_DONE and not decided:
            title = self.tr("Draw another one, or be done.")
        self.head.wear(Look.NG if decided else Look.CONTROL, Mark.NG)
        self.head.say(title, detail)

    def say_standing(
        self, standing: Standing, text: str, *, recovered: bool, trouble: str, only_outlines: bool = False
    ) -> None:
        """How far it has come. "Saved" is said for what the engine has, and for nothing else."""
        look, mark, title, text, act = self._standing(standing, text, recovered=recovered)
        if only_outlines and standing is Standing.SAVED:
            title = self.tr("Outlines saved")
        if trouble:
            look, mark, text = Look.FAULT, Mark.FAULT, trouble
            title = self.tr("The draft cannot be kept on this disk")
        large = bool(text)
        self.standing.setVisible(large)
        self.standing.wear(look, mark)
        self.standing.say(title, text)
        self.act.setVisible(bool(act) and not trouble)
        self.act.say(act)
        self.mark.show_mark(Mark.NONE if large else mark, "ink")
        self.short.say("" if large else title)

    def _standing(self, standing: Standing, text: str, *, recovered: bool) -> tuple[Look, Mark, str, str, str]:
        """Colour, mark, title, sentence and button; what needs no sentence is said in the line at the foot."""
        if standing is Standing.HERE and recovered:
            what = self.tr("What was drawn before the screen stopped is here again. It is not with the engine yet.")
            return Look.UNDECIDED, Mark.UNDECIDED, self.tr("Recovered"), what, ""
        kept = self.tr("Not saved; it is kept here")
        away = self.tr("The engine is away. All of it is kept on this screen's disk; send it when the engine is back.")
        others = text or self.tr("Somebody else has outlined this part meanwhile.")
        said = {
            Standing.HERE: (Look.CONTROL, Mark.NONE, "", "", ""),
            Standing.SENDING: (Look.CONTROL, Mark.WAITING, self.tr("Being saved …"), "", ""),
            Standing.SAVED: (Look.CONTROL, Mark.OK, self.tr("NG saved"), "", ""),
            Standing.AWAY: (Look.FAULT, Mark.FAULT, self.tr("Not saved yet"), away, self.tr("Send")),
            Standing.REFUSED: (Look.FAULT, Mark.FAULT, kept, text, self.tr("Send again")),
            Standing.SUPERSEDED: (Look.UNDECIDED, Mark.UNDECIDED, kept, others, self.tr("Reload")),
        }
        return said[standing]

    def say_way_out(self, *, decided: bool, outlined: bool) -> None:
        """What the buttons at the foot do."""
        self.back.say(self.tr("Back"))
        self.back.setVisible(not decided)
        self.finish.say(self.tr("Done") if outlined else self.tr("NG without outline"))

    def _dress(self) -> None:
        margin = self._theme.px(MARGIN_MM)
        self.head.setFixedHeight(self._theme.px(HEAD_MM))
        self._inner.setContentsMargins(margin, margin // 2, margin, margin // 2)
        self._foot.setContentsMargins(margin, margin // 2, margin, margin // 2)
        self._foot.setSpacing(margin // 2)
        self.finish.setMinimumWidth(self._theme.px(FINISH_MM))
