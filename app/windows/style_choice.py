"""Which style each open document is written in."""

from __future__ import annotations

from collections.abc import Collection

from PySide6.QtCore import QObject, Signal, Slot

from app.core.settings import SettingsStore
from app.core.styles import DocumentStyles
from app.services.sentences import why
from app.windows.desk import Desk
from app.windows.tab import DocumentTab

SETTING = "style"


class StyleChoice(QObject):
    """A style for all documents, and one for each document that wants another or none."""

    changed = Signal()
    """Another style is written in, or another document is in front."""
    remarked = Signal(str)
    """A sentence for the person."""

    def __init__(
        self, desk: Desk, settings: SettingsStore, documents: DocumentStyles, parent: QObject
    ) -> None:
        super().__init__(parent)
        self._desk = desk
        self._settings = settings
        self._documents = documents
        self._keys: dict[DocumentTab, str] = {}
        self._fitting: frozenset[str] = frozenset()
        self._unsubscribe = settings.subscribe(self._on_setting)
        desk.for_each(self._follow)
        desk.current_changed.connect(self._on_current)

    def here(self) -> str:
        """The style of the document in front, "" for none."""
        return self.style_of(self._desk.current())

    def everywhere(self) -> str:
        """The style of all documents for which nothing else was chosen."""
        return str(self._settings.get(SETTING))

    def style_of(self, tab: DocumentTab) -> str:
        """The style that ``tab`` is written in, "" for none."""
        own = self._documents.get(_key(tab))
        return self.everywhere() if own is None else own

    def set_fitting(self, names: Collection[str]) -> None:
        """Which styles there are for the model in use; where another is chosen none is used."""
        if self._fitting != set(names):
            self._fitting = frozenset(names)
            self._apply_all()

    def use_here(self, name: str) -> None:
        """Write the document in front in a style, "" in none."""
        self._put(_key(self._desk.current()), name)
        self._apply_all()

    def use_everywhere(self, name: str) -> None:
        """Write all documents in a style, the one in front too; those with their own keep it."""
        self._put(_key(self._desk.current()), None)
        self._settings.set(SETTING, name)
        self._apply_all()

    def forget(self, name: str) -> None:
        """Write in that style nowhere any more."""
        try:
            self._documents.forget(name)
        except OSError as error:
            self.remarked.emit(why(error))
        if self.everywhere() == name:
            self._settings.set(SETTING, "")
        self._apply_all()

    def close(self) -> None:
        """Follow the settings no longer."""
        self._unsubscribe()

    def _put(self, key: str, name: str | None) -> None:
        try:
            self._documents.put(key, name)
        except OSError as error:
            self.remarked.emit(
                self.tr("The style of this document could not be remembered: {reason}.").format(
                    reason=why(error)
                )
            )

    def _follow(self, tab: DocumentTab) -> None:
        self._keys[tab] = _key(tab)
        tab.changed.connect(self._on_tab)
        tab.destroyed.connect(lambda: self._keys.pop(tab, None))
        self._apply(tab)

    @Slot(object)
    def _on_tab(self, tab: DocumentTab) -> None:
        before, key = self._keys.get(tab), _key(tab)
        if before is None or before == key:
            return
        # It got a file, or another one: what was chosen goes with it.
        self._keys[tab] = key
        own = self._documents.get(before)
        if own is not None and self._documents.get(key) is None:
            self._put(key, own)
        self._apply(tab)
        self.changed.emit()

    @Slot(object)
    def _on_current(self, _tab: DocumentTab) -> None:
        self.changed.emit()

    def _on_setting(self, name: str, _value: object) -> None:
        if name == SETTING:
            self._apply_all()

    def _apply_all(self) -> None:
        for tab in self._desk.tabs():
            self._apply(tab)
        self.changed.emit()

    def _apply(self, tab: DocumentTab) -> None:
        name = self.style_of(tab)
        tab.completion.set_adapter(name if name in self._fitting else "")


def _key(tab: DocumentTab) -> str:
    path = tab.document.path()
    return tab.document.doc_id if path is None else str(path)
