"""Why the part is what it is: the reason, a few figures, and who said what before."""

from PySide6.QtCore import QCoreApplication, QLocale, Qt
from PySide6.QtWidgets import QGridLayout, QScrollArea, QVBoxLayout, QWidget

from station.line.inspection import Author, Verdict
from station.ui.context import Context
from station.ui.pictures import PartPicture, ViewPicture
from station.ui.theme import MARGIN_MM
from station.ui.widgets import Words
from station.ui.words import by_word, clock_text, part_name, verdict_word

_ROWS = 8


def facts_of(part: PartPicture, view: ViewPicture, locale: QLocale) -> list[tuple[str, str]]:
    """List what there is to say of one view of a part: a name and a value each."""
    inspection = part.record.inspection
    trigger = inspection.trigger
    rows = [
        (
            QCoreApplication.translate("Facts", "part"),
            f"{part_name(trigger.part_id, trigger.part_seq)} · {clock_text(trigger.time, locale)}",
        )
    ]
    if view.score is not None:
        score = _figure(view.score, locale)
        if view.limits is not None:
            between = QCoreApplication.translate("Facts", "{0} · OK below {1}, NG from {2}")
            score = between.format(score, *(_figure(limit, locale) for limit in view.limits))
        rows.append((QCoreApplication.translate("Facts", "score"), score))
    if view.defects:
        rows.append((QCoreApplication.translate("Facts", "places found"), locale.toString(len(view.defects))))
    if view.model:
        rows.append((QCoreApplication.translate("Facts", "model"), view.model))
    if len(part.views) > 1:
        rows.append((QCoreApplication.translate("Facts", "view"), f"{view.name} · {view.camera}"))
    earlier = part.record.verdicts[:-1]
    rows.extend((_when(verdict, locale), _who(verdict)) for verdict in earlier[-(_ROWS - len(rows)) :])
    return rows


def _when(verdict: Verdict, locale: QLocale) -> str:
    return clock_text(verdict.time, locale)


def _who(verdict: Verdict) -> str:
    author = verdict.author if verdict.by is not Author.RULES else ""
    return f"{verdict_word(verdict.kind.value)} {by_word(verdict.by.value, author)}"


def _figure(value: float, locale: QLocale) -> str:
    return locale.toString(value, "g", 3)


class Facts(QScrollArea):
    """The reason in a sentence, then the figures; scrolls under a finger where it is long."""

    def __init__(self, context: Context) -> None:
        super().__init__()
        self._context = context
        self._reason = Words()
        self._rows = [(Words(role="quiet"), Words()) for _ in range(_ROWS)]
        inside = QWidget()
        inside.setObjectName("panel")
        self._box = QVBoxLayout(inside)
        self._box.addWidget(self._reason)
        self._grid = QGridLayout()
        self._grid.setColumnStretch(1, 1)
        for row, (name, value) in enumerate(self._rows):
            self._grid.addWidget(name, row, 0, Qt.AlignmentFlag.AlignTop)
            self._grid.addWidget(value, row, 1, Qt.AlignmentFlag.AlignTop)
        self._box.addLayout(self._grid)
        self._box.addStretch(1)
        self.setWidget(inside)
        self.setWidgetResizable(True)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        context.theme.changed.connect(self._dress)
        self._dress()
        self.say("", [])

    def say(self, reason: str, rows: list[tuple[str, str]]) -> None:
        """Show a reason and figures."""
        self._reason.setText(reason)
        self._reason.setVisible(bool(reason))
        shown = [*rows[:_ROWS], *[("", "")] * (_ROWS - len(rows))]
        for (name, value), (name_text, value_text) in zip(self._rows, shown, strict=True):
            name.setText(name_text)
            value.setText(value_text)
            name.setVisible(bool(name_text))
            value.setVisible(bool(name_text))

    @property
    def words(self) -> str:
        """All it says."""
        rows = (f"{name.text()} {value.text()}" for name, value in self._rows if name.text())
        return "\n".join((self._reason.text(), *rows))

    def _dress(self) -> None:
        margin = self._context.theme.px(MARGIN_MM)
        self._box.setContentsMargins(margin, margin // 2, margin, margin // 2)
        self._box.setSpacing(margin // 2)
        self._grid.setHorizontalSpacing(margin)
        self._grid.setVerticalSpacing(margin // 4)
