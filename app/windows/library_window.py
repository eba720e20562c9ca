"""The window of the library: its folders, what is being indexed, and what could not be."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

from PySide6.QtCore import QEvent, Qt, Slot
from PySide6.QtGui import QDragEnterEvent, QDropEvent
from PySide6.QtWidgets import (
    QDialog,
    QFileDialog,
    QHBoxLayout,
    QHeaderView,
    QLabel,
    QListWidget,
    QMessageBox,
    QProgressBar,
    QPushButton,
    QStackedWidget,
    QTreeWidget,
    QTreeWidgetItem,
    QWidget,
)

from app.core.library import LibraryView
from app.services.library import LibraryService
from app.services.sentences import said
from app.windows.dialog_frame import frame
from app.windows.library_words import problem_words, size_words, stage_words, totals_words
from app.windows.screen_fit import fitting
from engine import IndexStage

_FOLDER, _FILES, _PASSAGES, _SIZE = range(4)
_PATH = Qt.ItemDataRole.UserRole


class LibraryWindow(QDialog):
    """Adds and removes folders; indexing goes on when it is closed."""

    def __init__(self, service: LibraryService, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._service = service
        self.setAcceptDrops(True)
        self._intro = _words(self)
        self.empty = _words(self)
        self.empty.setAlignment(Qt.AlignmentFlag.AlignCenter)
        self.empty.setProperty("role", "quiet")
        self.list = QTreeWidget(self)
        self.list.setRootIsDecorated(False)
        self.list.setUniformRowHeights(True)
        self.list.currentItemChanged.connect(self._show_buttons)
        self.stack = QStackedWidget(self)
        self.stack.addWidget(self.empty)
        self.stack.addWidget(self.list)
        self.add_button = _button(self, self.choose_folder)
        self.remove_button = _button(self, self.remove)
        self.look_button = _button(self, service.refresh)
        self.state = _words(self)
        self.bar = QProgressBar(self)
        self.bar.setTextVisible(False)
        self.pause_button = _button(self, self.pause_or_go_on)
        self.stop_button = _button(self, service.stop)
        self.totals = _words(self)
        self.totals.setProperty("role", "quiet")
        self._problems_title = _words(self)
        self.problems = QListWidget(self)
        self.problems.setWordWrap(True)
        self.problems.setMaximumHeight(140)
        buttons, self._work = QWidget(self), QWidget(self)
        _row(buttons, self.add_button, self.remove_button, self.look_button).addStretch()
        work = _row(self._work, self.bar, self.pause_button, self.stop_button)
        work.setStretch(0, 1)
        parts = [self._intro, self.stack, buttons, self.state, self._work, self.totals]
        frame(self, [*parts, self._problems_title, self.problems])
        policy = self.stack.sizePolicy()
        policy.setVerticalStretch(1)
        self.stack.setSizePolicy(policy)
        self.resize(fitting(self, 720, 600))
        service.status_changed.connect(self._show_state)
        service.view_changed.connect(self.show_view)
        service.failed.connect(self._fail)
        self._retranslate()

    def showEvent(self, event: object) -> None:
        """Show what there is now."""
        super().showEvent(event)  # type: ignore[arg-type]
        self._service.show_view()

    @Slot()
    def choose_folder(self) -> None:
        """Ask for a folder and add it."""
        name = QFileDialog.getExistingDirectory(
            self, self.tr("Add a Folder to the Library"), str(Path.home())
        )
        if name:
            self.add([Path(name)])

    def add(self, folders: list[Path]) -> None:
        """Add folders and index them."""
        for folder in folders:
            self._service.add(folder)

    @Slot()
    def remove(self) -> None:
        """Ask, and remove the chosen folder with all that was kept of it."""
        path = self._chosen()
        if path is not None and self._sure(path):
            self._service.remove(path)

    @Slot()
    def pause_or_go_on(self) -> None:
        """Hold, or go on."""
        if self._service.status.paused:
            self._service.resume()
        else:
            self._service.pause()

    @Slot(object)
    def show_view(self, view: LibraryView) -> None:
        """Show these folders and problems."""
        chosen = self._chosen()
        self.list.clear()
        number = self.locale().toString
        for folder in view.folders:
            name = str(folder.path)
            shown = (
                name if folder.there else self.tr("{folder} (not there now)").format(folder=name)
            )
            item = QTreeWidgetItem(
                self.list,
                [shown, number(folder.files), number(folder.passages), size_words(folder.size)],
            )
            item.setData(_FOLDER, _PATH, name)
            item.setToolTip(_FOLDER, name)
            for column in (_FILES, _PASSAGES, _SIZE):
                item.setTextAlignment(
                    column, Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignVCenter
                )
            if folder.path == chosen or self.list.currentItem() is None:
                self.list.setCurrentItem(item)
        self.stack.setCurrentWidget(self.list if view.folders else self.empty)
        self.problems.clear()
        for document in view.problems:
            self.problems.addItem(problem_words(document))
            self.problems.item(self.problems.count() - 1).setToolTip(str(document.path))
        self._problems_title.setText(
            self.tr("Files that could not be read: {count}").format(
                count=number(len(view.problems))
            )
        )
        self._problems_title.setVisible(bool(view.problems))
        self.problems.setVisible(bool(view.problems))
        self._show_state()

    def dragEnterEvent(self, event: QDragEnterEvent) -> None:
        """Accept folders."""
        if _folders(event):
            event.acceptProposedAction()

    def dropEvent(self, event: QDropEvent) -> None:
        """Add the dropped folders."""
        event.acceptProposedAction()
        self.add(_folders(event))

    @Slot()
    def _show_state(self) -> None:
        service = self._service
        status, progress = service.status, service.status.progress
        busy = service.busy()
        self.state.setText(stage_words(status))
        self.state.setVisible(busy)
        self._work.setVisible(busy)
        self.bar.setRange(0, progress.total)  # 0 of 0 shows that it is at work
        self.bar.setValue(progress.done)
        paused = status.paused
        self.pause_button.setText(self.tr("Go On") if paused else self.tr("Pause"))
        looked = service.looked_at
        time = f"{looked:%H:%M}" if looked is not None else ""
        self.totals.setText(totals_words(service.view, service.report, time))
        self.totals.setVisible(bool(service.view.folders))
        self._show_buttons()

    @Slot()
    def _show_buttons(self) -> None:
        removing = self._service.status.progress.stage is IndexStage.REMOVING
        self.remove_button.setEnabled(self._chosen() is not None and not removing)
        self.look_button.setEnabled(bool(self._service.view.folders) and not self._service.busy())

    @Slot(object)
    def _fail(self, error: Exception) -> None:
        self.state.setText(said(error))
        self.state.show()

    def _chosen(self) -> Path | None:
        item = self.list.currentItem()
        return Path(item.data(_FOLDER, _PATH)) if item is not None else None

    def _sure(self, path: Path) -> bool:
        box = QMessageBox(self)
        box.setWindowTitle(self.tr("Remove a Folder"))
        box.setText(self.tr("Remove {folder} from the library?").format(folder=path))
        box.setInformativeText(
            self.tr(
                "All that was kept of its files is erased from Inkling's index. The files "
                "themselves stay as they are."
            )
        )
        remove = box.addButton(self.tr("Remove"), QMessageBox.ButtonRole.DestructiveRole)
        cancel = box.addButton(QMessageBox.StandardButton.Cancel)
        box.setDefaultButton(cancel)
        box.exec()
        sure = box.clickedButton() is remove
        box.deleteLater()
        return sure

    def changeEvent(self, event: QEvent) -> None:
        """Speak another language at once."""
        super().changeEvent(event)
        if event.type() == QEvent.Type.LanguageChange:
            self._retranslate()

    def _retranslate(self) -> None:
        self.setWindowTitle(self.tr("Library"))
        self._intro.setText(
            self.tr(
                "Folders whose texts answer your questions. Inkling reads them in the background "
                "and follows their changes; the index stays on this computer, and your files are "
                "never touched."
            )
        )
        self.empty.setText(
            self.tr(
                "No folder yet.\n\nAdd one, or drop it here: with notes, letters, papers.\n"
                "Markdown, text, Word, OpenDocument, web pages, PDF and EPUB are read.\n\n"
                "Then choose Ask above the chat's field, and + Library below it."
            )
        )
        self.list.setHeaderLabels(
            [self.tr("Folder"), self.tr("Files"), self.tr("Passages"), self.tr("Size")]
        )
        right = Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignVCenter
        for column in (_FILES, _PASSAGES, _SIZE):
            self.list.headerItem().setTextAlignment(column, right)
        header = self.list.header()
        header.setStretchLastSection(False)
        header.setSectionResizeMode(QHeaderView.ResizeMode.ResizeToContents)
        header.setSectionResizeMode(_FOLDER, QHeaderView.ResizeMode.Stretch)
        self.list.setAccessibleName(self.tr("Folders of the library"))
        self.add_button.setText(self.tr("Add Folder…"))
        self.remove_button.setText(self.tr("Remove Completely…"))
        self.look_button.setText(self.tr("Look for Changes"))
        self.stop_button.setText(self.tr("Stop"))
        self.stop_button.setToolTip(self.tr("What is indexed stays; Look for Changes goes on"))
        self.bar.setAccessibleName(self.tr("Progress"))
        self.problems.setAccessibleName(self.tr("Files that could not be read"))
        self.show_view(self._service.view)


def _folders(event: QDropEvent) -> list[Path]:
    paths = [Path(url.toLocalFile()) for url in event.mimeData().urls() if url.isLocalFile()]
    return [path for path in paths if path.is_dir()]


def _words(parent: QWidget) -> QLabel:
    label = QLabel(parent)
    label.setWordWrap(True)
    label.setTextFormat(Qt.TextFormat.PlainText)
    return label


def _button(parent: QWidget, act: Callable[[], None]) -> QPushButton:
    button = QPushButton(parent)
    button.setAutoDefault(True)  # Enter on it is for it, not for Close
    button.clicked.connect(act)
    return button


def _row(parent: QWidget, *widgets: QWidget) -> QHBoxLayout:
    layout = QHBoxLayout(parent)
    layout.setContentsMargins(0, 0, 0, 0)
    layout.setSpacing(8)
    for widget in widgets:
        layout.addWidget(widget)
    return layout
