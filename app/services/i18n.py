"""The interface's language."""

from __future__ import annotations

from PySide6.QtCore import QCoreApplication, QLibraryInfo, QLocale, QTranslator

from app.services.assets import asset


def install_translations(application: QCoreApplication, language: str) -> None:
    """Load the translations for "system", "en" or "zh_CN"; Qt's own texts too."""
    locale = QLocale.system() if language == "system" else QLocale(language)
    if locale.language() != QLocale.Language.Chinese:
        return
    places = (
        ("inkling_zh_CN", str(asset("translations"))),
        ("qtbase_zh_CN", QLibraryInfo.path(QLibraryInfo.LibraryPath.TranslationsPath)),
    )
    for name, folder in places:
        translator = QTranslator(application)
        if translator.load(name, folder):
            application.installTranslator(translator)
