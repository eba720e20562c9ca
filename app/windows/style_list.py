"""The person's styles: which one is written in, here and everywhere, and how one is erased."""

from __future__ import annotations

from PySide6.QtCore import QEvent, Qt, Signal, Slot
from PySide6.QtWidgets import (
    QHBoxLayout,
    QLabel,
    QListWidget,
    QListWidgetItem,
    QMessageBox,
    QPushButton,
    QVBoxLayout,
    QWidget,
)

from app.services.sentences import said
from app.services.teaching import TeachingService
from app.windows.style_choice import StyleChoice
from engine import Style

_NAME = Qt.ItemDataRole.UserRole


class StyleList(QWidget):
    """A list that begins with the model as it is, and what can be done with the one chosen."""

    resumed = Signal(object)
    """Carries a ``Style`` whose training is to go on."""

    def __init__(
        self, service: TeachingService, choice: StyleChoice, parent: QWidget | None = None
    ) -> None:
        super().__init__(parent)
        self._service = service
        self._choice = choice
        self.list = QListWidget(self)
        self.words = QLabel(self)
        self.words.setWordWrap(True)
        self.words.setTextFormat(Qt.TextFormat.PlainText)
        self.here_button = QPushButton(self)
        self.everywhere_button = QPushButton(self)
        self.go_on_button = QPushButton(self)
        self.erase_button = QPushButton(self)
        row = QHBoxLayout()
        row.setSpacing(8)
        for button, act in (
            (self.here_button, self._use_here),
            (self.everywhere_button, self._use_everywhere),
            (self.go_on_button, self._go_on),
            (self.erase_button, self._erase),
        ):
            button.setAutoDefault(True)
            button.clicked.connect(act)
            row.addWidget(button)
        row.addStretch()
        layout = QVBoxLayout(self)
        layout.setContentsMargins(0, 12, 0, 0)
        layout.setSpacing(10)
        layout.addWidget(self.words)
        layout.addWidget(self.list, 1)
        layout.addLayout(row)
        self.list.currentItemChanged.connect(self._show_buttons)
        service.styles_changed.connect(self.show_styles)
        service.changed.connect(self._show_buttons)
        choice.changed.connect(self.show_styles)
        self._retranslate()

    def select(self, name: str) -> None:
        """Make the style called ``name`` the one chosen."""
        for row in range(self.list.count()):
            if self.list.item(row).data(_NAME) == name:
                self.list.setCurrentRow(row)

    @Slot(str)
    def use_here(self, name: str) -> None:
        """Write the document in front in the style called ``name``."""
        self._choice.use_here(name)

    @Slot(str)
    def use_everywhere(self, name: str) -> None:
        """Write all documents in the style called ``name``."""
        self._choice.use_everywhere(name)

    @Slot(str)
    def erase(self, name: str) -> None:
        """Ask, and delete all there is of the style called ``name``."""
        if not self._sure(name):
            return
        self._choice.forget(name)
        if error := self._service.erase(name):
            self.words.setText(said(error))

    @Slot()
    def show_styles(self) -> None:
        """Show what there is now."""
        chosen = self._name()
        here, everywhere = self._choice.here(), self._choice.everywhere()
        plain = self.tr("The model as it is")
        self.list.clear()
        for name, title in [
            ("", plain),
            *((each.name, self._title(each)) for each in self._service.styles()),
        ]:
            item = QListWidgetItem(title, self.list)
            item.setData(_NAME, name)
        self.list.setCurrentRow(0)
        self.select(chosen)
        self.words.setText(
            self.tr(
                "This document: {here}. All documents for which nothing else was chosen: "
                "{everywhere}."
            ).format(here=here or plain, everywhere=everywhere or plain)
        )
        self._show_buttons()

    @Slot()
    def _show_buttons(self) -> None:
        style = self._style()
        usable = style is None or style.adapter
        self.here_button.setEnabled(usable)
        self.everywhere_button.setEnabled(usable)
        busy = self._service.state.running
        self.go_on_button.setVisible(style is not None and style.begun)
        self.go_on_button.setEnabled(not busy)
        lesson = self._service.lesson
        taught = busy and lesson is not None and style is not None and lesson.name == style.name
        self.erase_button.setEnabled(style is not None and not taught)

    @Slot()
    def _use_here(self) -> None:
        self.use_here(self._name())

    @Slot()
    def _use_everywhere(self) -> None:
        self.use_everywhere(self._name())

    @Slot()
    def _go_on(self) -> None:
        style = self._style()
        if style is not None:
            self.resumed.emit(style)

    @Slot()
    def _erase(self) -> None:
        if style := self._style():
            self.erase(style.name)

    def _sure(self, name: str) -> bool:
        box = QMessageBox(self)
        box.setWindowTitle(self.tr("Erase a Style"))
        box.setText(self.tr("Erase {name}?").format(name=name))
        box.setInformativeText(
            self.tr(
                "What was learnt is deleted, and with it the copy of your texts that was kept for "
                "it. Your texts themselves and the model stay as they are."
            )
        )
        erase = box.addButton(self.tr("Erase"), QMessageBox.ButtonRole.DestructiveRole)
        cancel = box.addButton(QMessageBox.StandardButton.Cancel)
        box.setDefaultButton(cancel)
        box.exec()
        sure = box.clickedButton() is erase
        box.deleteLater()
        return sure

    def _title(self, style: Style) -> str:
        if style.begun:
            return self.tr("{name} (not done yet)").format(name=style.name)
        if not style.adapter:
            return self.tr("{name} (no help, not kept)").format(name=style.name)
        report = style.report
        if not report:
            return style.name
        fewer = 1 - report["perplexity_after"] / report["perplexity_before"]
        return self.tr("{name}: {percent}% less unsure, learnt from {words} words").format(
            name=style.name,
            percent=self.locale().toString(100 * fewer, "f", 0),
            words=self.locale().toString(int(report["words"])),
        )

    def _name(self) -> str:
        item = self.list.currentItem()
        return str(item.data(_NAME)) if item is not None else ""

    def _style(self) -> Style | None:
        name = self._name()
        return next((each for each in self._service.styles() if each.name == name), None)

    def changeEvent(self, event: QEvent) -> None:
        super().changeEvent(event)
        if event.type() == QEvent.Type.LanguageChange:
            self._retranslate()

    def _retranslate(self) -> None:
        self.list.setAccessibleName(self.tr("My styles"))
        self.here_button.setText(self.tr("Use for This Document"))
        self.everywhere_button.setText(self.tr("Use for All"))
        self.go_on_button.setText(self.tr("Go On"))
        self.erase_button.setText(self.tr("Erase\u2026"))
        self.show_styles()
