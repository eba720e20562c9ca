"""The window can be used by keyboard and by ear: names, visible focus, a way everywhere."""

from __future__ import annotations

from collections.abc import Iterator
from itertools import pairwise

import numpy as np
import pytest
from PySide6.QtCore import Qt
from PySide6.QtGui import QAccessible, QImage
from PySide6.QtWidgets import QApplication, QWidget
from pytestqt.qtbot import QtBot

from app.core.settings import SettingsStore
from app.services.theme import THEMES, Theme, palette, style_sheet
from app.windows.keys_dialog import KeysDialog
from app.windows.main import MainWindow
from app.windows.preferences import SHORTCUTS, PreferencesDialog

pytestmark = pytest.mark.qt_log_ignore("propagateSizeHints")  # the offscreen plugin says so
each_theme = pytest.mark.parametrize("theme", THEMES.values(), ids=THEMES)
_RING = 12
"""Pixels that have to differ clearly: fewer are no ring."""


@pytest.fixture(autouse=True)
def _as_before(qapp: QApplication) -> Iterator[None]:
    flash, colours = qapp.cursorFlashTime(), qapp.palette()
    qapp.setCursorFlashTime(0)
    yield
    qapp.setCursorFlashTime(flash)
    qapp.setPalette(colours)


@pytest.fixture
def busy_window(window: MainWindow, qtbot: QtBot) -> MainWindow:
    """The window with all of its bars open."""
    qtbot.waitUntil(window.isActiveWindow)
    window.editor.load_text("Some words to rewrite.")
    window.rewrite.ask_instruction()
    window.actions_by_id["edit.replace"].trigger()
    window.notice.say("Something happened.", ("Close", None))
    window.chat.composer.set_text("a question")
    window.status.show_paused(True)
    return window


@pytest.fixture(params=["settings", SHORTCUTS, "keys"])
def dialog(request, settings: SettingsStore, qtbot: QtBot) -> QWidget:
    if request.param == "keys":
        dialog: QWidget = KeysDialog(settings)
    else:
        settings.set("ghost.max_tokens", 20)
        settings.set("keys", {"file.new": "F2"})
        preferences = PreferencesDialog(settings)
        preferences.show_page(request.param)
        dialog = preferences
    qtbot.addWidget(dialog)
    dialog.show()
    qtbot.waitUntil(dialog.isActiveWindow)
    return dialog


def _dress(qapp: QApplication, theme: Theme, top: QWidget) -> None:
    qapp.setPalette(palette(theme))
    qapp.setStyleSheet(style_sheet(theme))
    if isinstance(top, MainWindow):
        top._apply_theme(theme)


def _focusable(top: QWidget) -> list[QWidget]:
    return [
        widget
        for widget in top.findChildren(QWidget)
        if widget.isVisible()
        and widget.isEnabled()
        and widget.focusProxy() is None
        and widget.focusPolicy() & Qt.FocusPolicy.TabFocus
    ]


def _name(widget: QWidget) -> str:
    return f"{type(widget).__name__} {widget.objectName()} {widget.property('text')}"


def _picture(widget: QWidget, ground: str) -> QImage:
    image = QImage(widget.size(), QImage.Format.Format_RGB32)
    image.fill(ground)
    widget.render(image)
    return image


def _luminance(image: QImage) -> np.ndarray:
    flat = np.frombuffer(image.constBits(), np.uint8)
    pixels = flat.reshape(image.height(), -1, 4)[:, : image.width(), 2::-1] / 255
    linear = np.where(pixels <= 0.04045, pixels / 12.92, ((pixels + 0.055) / 1.055) ** 2.4)
    return linear @ np.array([0.2126, 0.7152, 0.0722])


def _clearly_different(before: QImage, after: QImage) -> int:
    """How many pixels differ by a contrast of 3 or more."""
    one, other = _luminance(before), _luminance(after)
    ratio = (np.maximum(one, other) + 0.05) / (np.minimum(one, other) + 0.05)
    return int((ratio >= 3).sum())


def _invisible(top: QWidget, theme: Theme) -> list[str]:
    """The parts of ``top`` whose focus cannot be seen."""
    parts = _focusable(top)
    assert len(parts) > 2
    hidden = []
    for elsewhere, widget in pairwise([parts[-1], *parts]):
        elsewhere.setFocus(Qt.FocusReason.TabFocusReason)
        before = _picture(widget, theme.window)
        widget.setFocus(Qt.FocusReason.TabFocusReason)
        assert widget.hasFocus(), _name(widget)
        if _clearly_different(before, _picture(widget, theme.window)) < _RING:
            hidden.append(_name(widget))
    return hidden


@each_theme
def test_the_focus_can_be_seen_everywhere_in_the_window(
    theme: Theme, busy_window: MainWindow, qapp: QApplication
):
    _dress(qapp, theme, busy_window)
    assert "; ".join(_invisible(busy_window, theme)) == ""


@each_theme
def test_the_focus_can_be_seen_everywhere_in_dialogs(
    theme: Theme, dialog: QWidget, qapp: QApplication
):
    _dress(qapp, theme, dialog)
    assert "; ".join(_invisible(dialog, theme)) == ""


def _nameless(top: QWidget) -> list[str]:
    found = []
    for widget in top.findChildren(QWidget):
        takes = widget.focusPolicy() != Qt.FocusPolicy.NoFocus and widget.focusProxy() is None
        if not takes or not widget.isVisible():
            continue
        interface = QAccessible.queryAccessibleInterface(widget)
        if interface is not None and not interface.text(QAccessible.Text.Name).strip():
            found.append(_name(widget))
    return found


def test_whatever_takes_the_focus_in_the_window_has_a_name(busy_window: MainWindow):
    assert "; ".join(_nameless(busy_window)) == ""


def test_whatever_takes_the_focus_in_dialogs_has_a_name(dialog: QWidget):
    assert "; ".join(_nameless(dialog)) == ""


def test_a_key_goes_through_the_areas_and_back(busy_window: MainWindow, qtbot: QtBot):
    window = busy_window
    window.editor.setFocus()
    seen: list[QWidget] = []
    areas = window._areas_in_order()
    for _ in areas:
        window.actions_by_id["view.next_area"].trigger()
        focused = window.focusWidget()
        assert focused is not None
        seen += [each for each in areas if each is focused or each.isAncestorOf(focused)]
        if focused is window.editor:
            break
    assert seen[-1] is window.editor
    assert {window.chat.composer, window.finding.bars, window.notice, window.status} <= set(seen)
    assert len(set(seen)) == len(seen)
    window.actions_by_id["view.previous_area"].trigger()
    window.actions_by_id["view.next_area"].trigger()
    assert window.editor.hasFocus()


def test_what_is_hidden_is_passed_over(window: MainWindow, qtbot: QtBot):
    qtbot.waitUntil(window.editor.hasFocus)
    window.actions_by_id["chat.toggle_panel"].trigger()
    for _ in range(4):
        window.actions_by_id["view.next_area"].trigger()
        assert window.focusWidget().isVisible()
    assert not window.chat.composer.edit.hasFocus()


def test_tab_leads_from_the_message_to_its_buttons(busy_window: MainWindow, qtbot: QtBot):
    composer = busy_window.chat.composer
    composer.edit.setFocus()
    for part in (composer.main_button, composer.document_button, composer.selection_button):
        qtbot.keyClick(busy_window.focusWidget(), Qt.Key.Key_Tab)
        assert part.hasFocus()
