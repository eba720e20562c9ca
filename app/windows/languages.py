"""What languages are called."""

from __future__ import annotations

from PySide6.QtCore import QLocale


def language_title(name: str) -> str:
    """A dictionary's language in its own words: "British English", "Deutsch (Österreich)"."""
    locale = QLocale(name)
    if locale.language() == QLocale.Language.C:
        return name
    title = locale.nativeLanguageName()
    code = QLocale.languageToCode(locale.language())
    usual = QLocale(code)
    if locale.territory() != usual.territory() and title == usual.nativeLanguageName():
        title = f"{title} ({locale.nativeTerritoryName()})"
    title = title[:1].upper() + title[1:]
    # Some have several dictionaries for one place, told apart by what follows.
    known = (locale.name().lower(), code.lower())
    return title if name.replace("-", "_").lower() in known else f"{title} ({name})"
