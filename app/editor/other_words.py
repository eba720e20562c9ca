"""Other words for one word of the suggestion: found by the model, chosen by key or mouse."""

from __future__ import annotations

import math
import re

from PySide6.QtCore import QEvent, QObject, QRect, Slot
from PySide6.QtGui import QHelpEvent

from app.core.characters import HAN
from app.editor.completion import CompletionController
from app.editor.editor import Editor
from app.editor.pieces import first_word, word_spans
from app.editor.word_list import WordList
from app.services.bridge import EngineBridge, Scores
from app.services.sentences import said
from engine import EngineError, GenerationResult

_BEGUN = re.compile(rf"[^\W{HAN}]\0[^\W{HAN}]")


class OtherWords(QObject):
    """Opens the list of words by its command or when the mouse rests on the suggestion.

    The probability of a word is the model's after the text before it. Of a word that the person
    has begun it is the share among the words found, since only words that begin so can follow.
    """

    def __init__(
        self,
        editor: Editor,
        completion: CompletionController,
        bridge: EngineBridge,
        parent: QObject | None = None,
    ) -> None:
        super().__init__(parent)
        self._editor = editor
        self._completion = completion
        self._bridge = bridge
        self._text = ""
        self._word = 0
        self._place_of_text = 0
        self._asked = 0
        self.list = WordList(editor)
        self.list.hide()
        self.list.chosen.connect(self._chosen)
        self.list.turned.connect(self._turned)
        self.list.closed.connect(self._closed)
        editor.viewport().installEventFilter(self)
        editor.ghost.changed.connect(self._ghost_changed)
        editor.ghost.add_command("suggestion.words", self.open_by_key)

    def open_by_key(self) -> bool:
        """Show other words for the first word of the suggestion."""
        return self._open(0, by_key=True)

    def eventFilter(self, _watched: QObject, event: QEvent) -> bool:
        """Open where the mouse rests on a word of the suggestion."""
        if isinstance(event, QHelpEvent) and event.type() == QEvent.Type.ToolTip:
            index = self._editor.ghost.index_at(event.pos())
            if index is not None:
                spans = word_spans(self._editor.ghost.text())
                at = next(i for i, (start, end) in enumerate(spans) if start <= index < end)
                self._open(at, by_key=False)
                return True
        return False

    def _open(self, word: int, *, by_key: bool) -> bool:
        ghost = self._editor.ghost
        spans = word_spans(ghost.text())
        if not 0 <= word < len(spans):
            return False
        start, end = spans[word]
        self._asked += 1
        asked = self._asked

        def found(prompt: str, result: GenerationResult) -> None:
            if asked == self._asked:
                self._score(prompt, result, asked)

        if not self._completion.find_words(start, found):
            return False
        self._text, self._word, self._place_of_text = ghost.text(), word, ghost.position()
        if not self.list.isVisible():
            self.list.say(self.tr("Looking for other words\u2026"))
        self.list.open_at(self._place(start, end), by_key=by_key)
        return True

    def _score(self, prompt: str, result: GenerationResult, asked: int) -> None:
        texts = [result.text, *(other.text for other in result.alternatives)]
        start, end = word_spans(self._text)[self._word]
        found = [first_word(text.split("\n")[0]) for text in texts]
        # The one that is shown comes first, whatever the model would say without the text after.
        words = [word for word in dict.fromkeys([self._text[start:end], *found]) if word.strip()]

        def scored(scores: Scores | EngineError) -> None:
            if asked != self._asked:
                return
            if isinstance(scores, EngineError):
                self.list.say(said(scores))
                return
            begun = not self._word and bool(_BEGUN.search(prompt + "\0" + self._text[:1]))
            ranked = sorted(
                (
                    (each.text, each.probability if begun else math.exp(each.logprob))
                    for each in scores
                ),
                key=lambda pair: -pair[1],
            )
            title = self.tr("Instead of \u201c{word}\u201d").format(
                word=self._text[start:end].strip()
            )
            self.list.show_words(title, ranked)
            self.list.open_at(self._place(start, end), by_key=self.list.has_keyboard())

        self._bridge.score_candidates(prompt, words, scored, self._completion.adapter())

    def _place(self, start: int, end: int) -> QRect:
        word = self._editor.ghost.text()[start:end]
        start += len(word) - len(word.lstrip())  # The space before it may be on the line before.
        box = self._editor.ghost.rect_of(start, end)
        return QRect(self._editor.viewport().mapToGlobal(box.topLeft()), box.size())

    @Slot(str)
    def _chosen(self, word: str) -> None:
        start = word_spans(self._text)[self._word][0]
        self._completion.go_on_from(self._text[:start] + word)

    @Slot(int)
    def _turned(self, step: int) -> None:
        self._open(self._word + step, by_key=True)

    @Slot()
    def _closed(self) -> None:
        self._asked += 1

    @Slot(str)
    def _ghost_changed(self, text: str) -> None:
        if not self.list.isVisible():
            return
        start = word_spans(self._text)[self._word][0]
        same = text.startswith(self._text[:start]) and len(text) > start
        if same and self._editor.ghost.position() == self._place_of_text:
            self._text = text  # It grows while it streams.
        else:
            self.list.close()
