"""The screens' languages: Qt translations from `translations/`, chosen and changed while the screen runs."""

from collections.abc import Iterator, Mapping
from pathlib import Path
from types import MappingProxyType

from PySide6.QtCore import QCoreApplication, QLibraryInfo, QLocale, QTranslator
from PySide6.QtGui import QGuiApplication

LANGUAGES: Mapping[str, str] = MappingProxyType(
    {"en": "English", "de": "Deutsch", "es": "Español", "zh": "中文", "ja": "日本語"}
)
"""Languages by their ISO 639 codes, each in its own words. `deploy/translate.sh` makes the files of one that is added."""

FOLDER = Path(__file__).parent / "translations"


class Language:
    """The language in force. Widgets hear of a change by `LanguageChange`; the layout turns with the script."""

    def __init__(self) -> None:
        self._code = "en"
        self._translators: tuple[QTranslator, ...] = ()

    @property
    def code(self) -> str:
        """Its ISO 639 code."""
        return self._code

    @property
    def locale(self) -> QLocale:
        """How numbers and times are written in it."""
        return QLocale(self._code)

    def choose(self, code: str) -> None:
        """Speak another language, also in Qt's own words and figures; what it has no words for stays English."""
        if code == self._code and self._translators:
            return
        self._code = code
        QLocale.setDefault(self.locale)
        for translator in self._translators:
            QCoreApplication.removeTranslator(translator)
        self._translators = tuple(_translators(self.locale))
        for translator in self._translators:
            QCoreApplication.installTranslator(translator)
        QGuiApplication.setLayoutDirection(self.locale.textDirection())


def _translators(locale: QLocale) -> Iterator[QTranslator]:
    """Read Qt's own words, then the screens', which are asked first."""
    for name, folder in (
        ("qtbase", QLibraryInfo.path(QLibraryInfo.LibraryPath.TranslationsPath)),
        ("station", str(FOLDER)),
    ):
        translator = QTranslator()
        if translator.load(locale, name, "_", folder):
            yield translator
