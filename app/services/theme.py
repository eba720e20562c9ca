"""Colours: named roles, and how Qt gets them."""

from __future__ import annotations

from dataclasses import dataclass
from types import MappingProxyType

from PySide6.QtCore import QObject, Qt, Signal, Slot
from PySide6.QtGui import QColor, QGuiApplication, QPalette

from app.core.assets import asset


@dataclass(frozen=True, slots=True)
class Theme:
    """Colours by role, as "#rrggbb"."""

    name: str
    dark: bool
    window: str
    page: str
    ink: str
    secondary: str
    ghost: str
    line: str
    accent: str
    on_accent: str
    selection: str
    selection_ink: str
    tint: str
    inserted: str
    deleted: str
    warning: str


THEMES = MappingProxyType(
    {
        theme.name: theme
        for theme in (
            Theme(
                "paper",
                False,
                window="#f3f1ec",
                page="#fbfaf7",
                ink="#24211d",
                secondary="#625c53",
                ghost="#716b61",
                line="#dfdad1",
                accent="#2f5d8c",
                on_accent="#ffffff",
                selection="#cfdfee",
                selection_ink="#1b1916",
                tint="#eeebe3",
                inserted="#2b6a3a",
                deleted="#9c3a33",
                warning="#8a5300",
            ),
            Theme(
                "night",
                True,
                window="#151518",
                page="#1b1b1f",
                ink="#dedbd4",
                secondary="#a39f97",
                ghost="#8f8b84",
                line="#33333a",
                accent="#8fb8e0",
                on_accent="#101418",
                selection="#35506b",
                selection_ink="#f4f2ee",
                tint="#26262c",
                inserted="#86c492",
                deleted="#e69a92",
                warning="#e0b36a",
            ),
            Theme(
                "sepia",
                False,
                window="#ebe0c9",
                page="#f5ecd9",
                ink="#3a2d1c",
                secondary="#67563d",
                ghost="#746044",
                line="#d9caab",
                accent="#7a4a1e",
                on_accent="#fff8ea",
                selection="#e2cfa5",
                selection_ink="#2c2114",
                tint="#ece0c6",
                inserted="#3c6428",
                deleted="#97372a",
                warning="#7f4c00",
            ),
            Theme(
                "contrast",
                True,
                window="#000000",
                page="#000000",
                ink="#ffffff",
                secondary="#e0e0e0",
                ghost="#c8c8c8",
                line="#8c8c8c",
                accent="#ffd84a",
                on_accent="#000000",
                selection="#ffd84a",
                selection_ink="#000000",
                tint="#1f1f1f",
                inserted="#7dff93",
                deleted="#ff9d94",
                warning="#ffc04d",
            ),
        )
    }
)


def palette(theme: Theme) -> QPalette:
    """The palette that gives widgets the theme's colours."""
    roles = QPalette.ColorRole
    colours = {
        roles.Window: theme.window,
        roles.WindowText: theme.ink,
        roles.Base: theme.page,
        roles.AlternateBase: theme.tint,
        roles.Text: theme.ink,
        roles.Button: theme.window,
        roles.ButtonText: theme.ink,
        roles.BrightText: theme.warning,
        roles.Highlight: theme.selection,
        roles.HighlightedText: theme.selection_ink,
        roles.Link: theme.accent,
        roles.LinkVisited: theme.accent,
        roles.ToolTipBase: theme.tint,
        roles.ToolTipText: theme.ink,
        roles.PlaceholderText: theme.secondary,
        roles.Light: theme.page,
        roles.Midlight: theme.tint,
        roles.Mid: theme.line,
        roles.Dark: theme.line,
        roles.Shadow: theme.line,
        roles.Accent: theme.accent,
    }
    result = QPalette()
    for role, colour in colours.items():
        result.setColor(role, QColor(colour))
    for role in (roles.WindowText, roles.Text, roles.ButtonText):
        result.setColor(QPalette.ColorGroup.Disabled, role, QColor(theme.secondary))
    return result


def style_sheet(theme: Theme) -> str:
    """What a palette cannot say: hairlines, radii and spacing."""
    check = asset("icons", f"check-{'dark' if theme.dark else 'light'}.svg").as_posix()
    down = asset("icons", "chevron-down.svg").as_posix()
    up = asset("icons", "chevron-up.svg").as_posix()
    left = asset("icons", "chevron-left.svg").as_posix()
    right = asset("icons", "chevron-right.svg").as_posix()
    close = asset("icons", "tab-close.svg").as_posix()
    return f"""
QToolBar {{ border: none; border-bottom: 1px solid {theme.line}; padding: 3px 8px; spacing: 4px; }}
QToolButton {{ border: 1px solid transparent; border-radius: 6px; padding: 3px 0 3px 8px; }}
QToolButton[popupMode="2"] {{ padding-right: 12px; }}
QToolButton:hover {{ background: {theme.tint}; }}
QToolButton:checked {{ background: {theme.page}; border-color: {theme.line};
  color: {theme.accent}; }}
QToolButton:focus {{ border: 2px solid {theme.accent}; padding: 2px 0 2px 7px; }}
QToolButton[popupMode="2"]:focus {{ padding-right: 11px; }}
QToolButton::menu-indicator {{ image: url("{down}"); width: 10px; height: 10px;
  subcontrol-origin: padding; subcontrol-position: right center; right: 8px; }}
QTabBar {{ border: none; background: transparent; }}
QTabBar::tab {{ border: 1px solid transparent; border-radius: 6px; padding: 4px 6px 4px 10px;
  margin-right: 2px; color: {theme.secondary}; }}
QTabBar::tab:selected {{ background: {theme.page}; border-color: {theme.line};
  color: {theme.ink}; }}
QTabBar::tab:selected:focus {{ border-color: {theme.accent}; }}
QTabBar::tab:hover:!selected {{ background: {theme.tint}; }}
QTabBar::close-button {{ image: url("{close}"); subcontrol-position: right; width: 12px;
  height: 12px; padding: 2px; border-radius: 4px; }}
QTabBar::close-button:hover {{ background: {theme.line}; }}
QTabBar::tear {{ width: 0; image: none; }}
QTabBar::scroller {{ width: 40px; }}
QTabBar QToolButton {{ background: {theme.window}; border: none; border-radius: 0; padding: 0; }}
QTabBar QToolButton::left-arrow {{ image: url("{left}"); width: 14px; height: 14px; }}
QTabBar QToolButton::right-arrow {{ image: url("{right}"); width: 14px; height: 14px; }}
QStatusBar {{ border-top: 1px solid {theme.line}; color: {theme.secondary}; }}
QStatusBar::item {{ border: none; }}
QStatusBar QLabel {{ color: {theme.secondary}; padding: 2px 8px; }}
QStatusBar QLabel[alarm="true"] {{ color: {theme.warning}; }}
QStatusBar QPushButton {{ padding: 1px 10px; color: {theme.ink}; }}
QStatusBar QPushButton:focus {{ padding: 0 9px; }}
QSplitter::handle {{ background: {theme.line}; }}
QMenu {{ border: 1px solid {theme.line}; padding: 4px; background: {theme.page}; }}
QMenu::item {{ padding: 5px 32px 5px 24px; border-radius: 4px; }}
QMenu::item:selected {{ background: {theme.selection}; color: {theme.selection_ink}; }}
QMenu::item:disabled {{ color: {theme.secondary}; }}
QMenu::separator {{ height: 1px; background: {theme.line}; margin: 4px 8px; }}
QPushButton {{ border: 1px solid {theme.line}; border-radius: 6px; padding: 5px 14px;
  background: {theme.page}; }}
QPushButton:hover {{ background: {theme.tint}; }}
QPushButton:focus {{ border: 2px solid {theme.accent}; padding: 4px 13px; }}
QPushButton:default {{ background: {theme.accent}; color: {theme.on_accent};
  border-color: {theme.accent}; }}
QPushButton:default:focus {{ background: {theme.page}; color: {theme.accent}; }}
QDialogButtonBox, QMessageBox {{ dialogbuttonbox-buttons-have-icons: 0; }}
QPushButton:disabled {{ color: {theme.secondary}; background: {theme.window}; }}
QLineEdit, QSpinBox, QComboBox {{ border: 1px solid {theme.line}; border-radius: 6px;
  padding: 4px 8px; background: {theme.page}; color: {theme.ink}; min-width: 96px;
  placeholder-text-color: {theme.secondary};
  selection-background-color: {theme.selection}; selection-color: {theme.selection_ink}; }}
QLineEdit:focus, QSpinBox:focus, QComboBox:focus {{ border: 2px solid {theme.accent};
  padding: 3px 7px; }}
QComboBox::drop-down {{ border: none; width: 24px; }}
QComboBox::down-arrow {{ image: url("{down}"); width: 12px; height: 12px; }}
QComboBox QAbstractItemView {{ border: 1px solid {theme.line}; background: {theme.page}; }}
QSpinBox::up-button, QSpinBox::down-button {{ border: none; width: 20px; }}
QSpinBox::up-arrow {{ image: url("{up}"); width: 10px; height: 10px; }}
QSpinBox::down-arrow {{ image: url("{down}"); width: 10px; height: 10px; }}
QTableView {{ border: none; background: transparent; outline: 0; }}
QTableView::item {{ padding: 4px 16px 4px 5px; border-bottom: 1px solid {theme.line}; }}
QTableView::item:focus {{ border: 2px solid {theme.selection_ink}; padding: 3px 15px 3px 3px; }}
QHeaderView {{ border: none; background: transparent; }}
QHeaderView::section {{ border: none; background: transparent; color: {theme.secondary};
  padding: 4px 16px 4px 8px; }}
QCheckBox::indicator {{ width: 16px; height: 16px; border: 1px solid {theme.secondary};
  border-radius: 4px; background: {theme.page}; }}
QCheckBox::indicator:checked {{ background: {theme.accent}; border-color: {theme.accent};
  image: url("{check}"); }}
#documents::tab:focus {{ border: 2px solid {theme.accent}; }}
QCheckBox {{ padding: 2px; border: 2px solid transparent; border-radius: 6px; }}
QCheckBox:focus {{ border-color: {theme.accent}; }}
#palette {{ background: {theme.page}; border: 1px solid {theme.secondary}; border-radius: 8px; }}
#welcome {{ background: {theme.page}; border: 1px solid {theme.secondary}; border-radius: 10px; }}
#welcome QLabel[role="welcome"] {{ font-size: 22px; font-weight: bold; }}
QPushButton[role="first"] {{ background: {theme.accent}; color: {theme.on_accent};
  border-color: {theme.accent}; }}
QPushButton[role="first"]:focus {{ background: {theme.page}; color: {theme.accent}; }}
#palette QListView {{ background: transparent; border: none; outline: 0; }}
QProgressBar {{ border: 1px solid {theme.line}; border-radius: 4px; background: {theme.page};
  max-height: 8px; }}
QProgressBar::chunk {{ background: {theme.accent}; border-radius: 3px; }}
#wordList {{ background: {theme.page}; border: 1px solid {theme.secondary}; border-radius: 6px; }}
#wordList QListView {{ background: transparent; border: none; outline: 0; }}
QLabel[role="heading"] {{ font-size: 16px; font-weight: 600; }}
QPushButton[role="flat"] {{ border-color: transparent; background: transparent;
  color: {theme.accent}; padding: 3px 8px; }}
QPushButton[role="flat"]:hover {{ background: {theme.tint}; }}
QPushButton[role="flat"]:focus {{ border: 2px solid {theme.accent}; padding: 2px 7px; }}
QListWidget#sections {{ border: none; background: transparent; outline: 0; }}
QListWidget#sections::item {{ padding: 6px 10px; border-radius: 6px;
  border: 1px solid transparent; }}
QListWidget#sections::item:selected {{ background: {theme.selection};
  color: {theme.selection_ink}; }}
QListWidget#sections::item:focus {{ border: 2px solid {theme.selection_ink}; padding: 5px 9px; }}
QPlainTextEdit#list {{ border: 1px solid {theme.line}; border-radius: 6px; }}
QSlider:horizontal {{ min-height: 22px; }}
QSlider::groove:horizontal {{ height: 4px; border-radius: 2px; background: {theme.line}; }}
QSlider::sub-page:horizontal {{ border-radius: 2px; background: {theme.accent}; }}
QSlider::handle:horizontal {{ width: 14px; height: 14px; margin: -6px 0; border-radius: 8px;
  border: 1px solid {theme.accent}; background: {theme.page}; }}
QSlider::handle:horizontal:focus {{ background: {theme.accent}; border-color: {theme.ink}; }}
QLabel[role="quiet"] {{ color: {theme.secondary}; }}
#notice {{ background: {theme.tint}; border-bottom: 1px solid {theme.line}; }}
QStatusBar #counts {{ border: 1px solid transparent; padding: 1px 8px; background: transparent;
  color: {theme.secondary}; }}
QStatusBar #counts:hover {{ color: {theme.ink}; }}
QStatusBar #counts:focus {{ border-color: {theme.accent}; }}
#details {{ border: 1px solid {theme.line}; background: {theme.page}; }}
#outline QListWidget {{ border: none; background: transparent; }}
#outline QListWidget::item {{ padding: 4px 6px; border-radius: 4px; color: {theme.secondary}; }}
#outline QListWidget::item:hover {{ background: {theme.tint}; }}
#outline QListWidget::item:selected {{ background: {theme.tint}; color: {theme.ink}; }}
#outline QListWidget::item:selected:focus {{ background: {theme.selection};
  color: {theme.selection_ink}; }}
#outline QLabel {{ color: {theme.secondary}; padding: 4px 6px; }}
#bar {{ border-top: 1px solid {theme.line}; }}
#bar QToolButton {{ padding: 4px; }}
#bar QToolButton:focus {{ padding: 3px; }}
#bar QLabel {{ color: {theme.secondary}; }}
#bar QLabel[alarm="true"] {{ color: {theme.warning}; }}
QScrollBar:vertical {{ background: transparent; width: 10px; margin: 0; }}
QScrollBar::handle:vertical {{ background: {theme.line}; border-radius: 4px; min-height: 32px;
  margin: 1px; }}
QScrollBar:horizontal {{ background: transparent; height: 10px; margin: 0; }}
QScrollBar::handle:horizontal {{ background: {theme.line}; border-radius: 4px; min-width: 32px;
  margin: 1px; }}
QScrollBar::add-line, QScrollBar::sub-line {{ height: 0; width: 0; }}
QScrollBar::add-page, QScrollBar::sub-page {{ background: transparent; }}
QToolTip {{ border: 1px solid {theme.line}; padding: 4px; background: {theme.tint};
  color: {theme.ink}; }}
"""


def contrast(first: str, second: str) -> float:
    """Contrast ratio of two colours, 1 to 21 (WCAG 2.2, relative luminance)."""
    low, high = sorted((_luminance(first), _luminance(second)))
    return (high + 0.05) / (low + 0.05)


def _luminance(colour: str) -> float:
    channels = [int(colour[at : at + 2], 16) / 255 for at in (1, 3, 5)]
    linear = [c / 12.92 if c <= 0.04045 else ((c + 0.055) / 1.055) ** 2.4 for c in channels]
    return 0.2126 * linear[0] + 0.7152 * linear[1] + 0.0722 * linear[2]


class ThemeService(QObject):
    """The theme in use; "system" follows the desktop as it changes: light, dark, high contrast."""

    theme_changed = Signal(object)
    """Carries the ``Theme``."""

    def __init__(self, choice: str, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._choice = choice
        self._theme = self._resolve()
        hints = QGuiApplication.styleHints()
        hints.colorSchemeChanged.connect(self._refresh)
        if hasattr(hints, "accessibility"):  # since Qt 6.10
            hints.accessibility().contrastPreferenceChanged.connect(self._refresh)

    def theme(self) -> Theme:
        """The theme at this moment."""
        return self._theme

    def choose(self, choice: str) -> None:
        """Use "system" or a theme's name."""
        self._choice = choice
        self._refresh()

    @Slot()
    def _refresh(self) -> None:
        theme = self._resolve()
        if theme != self._theme:
            self._theme = theme
            self.theme_changed.emit(theme)

    def _resolve(self) -> Theme:
        if self._choice in THEMES:
            return THEMES[self._choice]
        hints = QGuiApplication.styleHints()
        if (
            hasattr(hints, "accessibility")
            and hints.accessibility().contrastPreference() == Qt.ContrastPreference.HighContrast
        ):
            return THEMES["contrast"]
        return THEMES["night" if hints.colorScheme() == Qt.ColorScheme.Dark else "paper"]
