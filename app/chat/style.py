"""The chat panel's looks as one short style sheet made from the theme."""

from __future__ import annotations

from app.services.theme import Theme

_SHEET = """
ChatPanel {{ background: {page}; }}
#messages, #messages > QWidget > QWidget {{ background: {page}; border: none; }}
QTextBrowser, QLabel {{ background: transparent; color: {ink}; }}
QTextBrowser {{ border: none; selection-background-color: {selection};
    selection-color: {selection_ink}; }}
QuestionView {{ background: {tint}; border: 1px solid {tint}; border-radius: 6px; }}
AnswerView {{ background: {page}; border: 1px solid {page}; border-radius: 6px; }}
QuestionView:focus, AnswerView:focus {{ border: 1px solid {accent}; }}
QLabel[role="quiet"] {{ color: {secondary}; font-size: 12px; }}
QLabel[role="problem"] {{ color: {warning}; }}
#chatTitle {{ background: transparent; color: {ink}; border: 1px solid transparent;
    border-radius: 4px; padding: 3px 9px; font-weight: 700; text-align: left; outline: 0; }}
#chatTitle:hover {{ background: {tint}; }}
#chatTitle:focus {{ border-color: {accent}; }}
#conversations {{ background: {page}; color: {ink}; border: 1px solid transparent;
    placeholder-text-color: {secondary};
    border-radius: 6px; outline: 0; }}
#conversations:focus {{ border-color: {accent}; }}
QLabel[role="teach"] {{ color: {secondary}; font-size: 13px;
    padding: 0 23px 14px 23px; }}
AnswerView > QLabel {{ padding-left: 4px; }}
QPushButton[role="quiet"] {{ background: transparent; color: {secondary}; border: 1px solid
    transparent; border-radius: 4px; padding: 2px 6px; font-size: 12px;
    text-align: left; outline: 0; }}
QPushButton[role="quiet"]:hover {{ color: {ink}; background: {tint}; }}
QPushButton[role="quiet"]:focus {{ color: {ink}; border-color: {accent}; }}
QPushButton[role="mode"] {{ background: transparent; color: {secondary}; border: 1px solid
    transparent; border-radius: 4px; padding: 1px 8px; font-size: 12px; outline: 0; }}
QPushButton[role="mode"]:hover {{ color: {ink}; }}
QPushButton[role="mode"]:checked {{ background: {tint}; color: {ink}; font-weight: 700; }}
QPushButton[role="mode"]:focus {{ border-color: {accent}; }}
QPushButton[role="main"] {{ background: {accent}; color: {on_accent}; border: 1px solid {accent};
    border-radius: 5px; padding: 3px 12px; font-size: 12px; font-weight: 700; outline: 0; }}
QPushButton[role="main"]:disabled {{ background: transparent; color: {secondary};
    border-color: {line}; }}
QPushButton[role="main"]:focus {{ background: {page}; color: {accent}; border: 2px solid {accent};
    padding: 2px 11px; }}
QuestionView QPushButton[role="quiet"] {{ background: {tint}; }}
QuestionView QPushButton[role="quiet"][flush="true"] {{ padding-left: 0; }}
QuestionView QPushButton[role="quiet"]:hover {{ background: {page}; }}
#composer {{ background: {page}; border: 1px solid {line}; border-radius: 8px; }}
#composer[focused="true"] {{ border-color: {accent}; }}
#composer QPlainTextEdit {{ background: transparent; color: {ink}; border: none;
    placeholder-text-color: {secondary};
    selection-background-color: {selection}; selection-color: {selection_ink}; }}
#instructionField {{ background: {page}; border: 1px solid {accent}; border-radius: 8px; }}
#instructionField QPlainTextEdit {{ background: transparent; color: {ink}; border: none;
    placeholder-text-color: {secondary};
    selection-background-color: {selection}; selection-color: {selection_ink}; }}
#chip {{ background: {tint}; border: 1px solid {tint}; border-radius: 8px; }}
QPushButton[role="chip"] {{ background: transparent; color: {ink}; border: 1px solid transparent;
    border-radius: 7px; padding: 1px 6px; font-size: 12px; text-align: left; outline: 0; }}
QPushButton[role="chip"]:hover {{ border-color: {line}; }}
QPushButton[role="chip"]:focus {{ border-color: {accent}; }}
#chatNotice {{ background: {tint}; border-radius: 6px; }}
#quote {{ border: none; border-left: 2px solid {accent}; border-radius: 0; }}
QPushButton[role="citation"] {{ background: transparent; color: {accent}; border: 1px solid
    transparent; border-radius: 4px; padding: 1px 5px; margin-left: -6px; font-size: 12px;
    text-align: left; outline: 0; }}
QPushButton[role="citation"]:hover {{ background: {tint}; }}
QPushButton[role="citation"]:focus {{ border-color: {accent}; }}
QLabel[role="missing"] {{ font-weight: 700; }}
#rule {{ background: {line}; border: none; }}
"""


def chat_style(theme: Theme) -> str:
    """The style sheet for ``theme``."""
    return _SHEET.format(
        page=theme.page,
        ink=theme.ink,
        secondary=theme.secondary,
        line=theme.line,
        accent=theme.accent,
        on_accent=theme.on_accent,
        selection=theme.selection,
        selection_ink=theme.selection_ink,
        tint=theme.tint,
        warning=theme.warning,
    )
