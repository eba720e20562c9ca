"""The interface's language, which can be changed while the program runs."""

from __future__ import annotations

from PySide6.QtCore import QCoreApplication, QLibraryInfo, QLocale, QObject, QTranslator

from app.core.assets import asset
from app.core.marks import QT_TRANSLATE_NOOP

OF_QT = (
    QT_TRANSLATE_NOOP("QFileDialog", "&Look in:"),
    QT_TRANSLATE_NOOP("QFileDialog", "Files of &type:"),
)
"""Words of Qt's own dialogs that its Chinese translation lacks; Qt finds them in Inkling's."""


class Language(QObject):
    """Holds the translations in use.

    Qt sends ``QEvent.LanguageChange`` to every widget when they change; each one then says its
    words anew.
    """

    def __init__(self, application: QCoreApplication) -> None:
        super().__init__(application)
        self._application = application
        self._in_use: list[QTranslator] = []

    def choose(self, language: str) -> None:
        """Speak "system", "en" or "zh_CN"; Qt's own texts and numbers follow."""
        locale = QLocale.system() if language == "system" else QLocale(language)
        QLocale.setDefault(locale)
        for translator in self._in_use:
            self._application.removeTranslator(translator)
            translator.deleteLater()
        self._in_use = []
        if locale.language() != QLocale.Language.Chinese:
            return
        places = (
            ("inkling_zh_CN", str(asset("translations"))),
            ("qtbase_zh_CN", QLibraryInfo.path(QLibraryInfo.LibraryPath.TranslationsPath)),
        )
        for name, folder in places:
            translator = QTranslator(self)
            if translator.load(name, folder):
                self._application.installTranslator(translator)
                self._in_use.append(translator)
