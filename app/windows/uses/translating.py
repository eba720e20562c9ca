"""The page for translating and couplets, which asks a model only for what it was measured to do."""

from __future__ import annotations

from collections.abc import Callable

from PySide6.QtWidgets import QComboBox, QWidget

from app.core.provenance.sources import Kind
from app.services.bridge import EngineBridge
from app.windows.uses.page import UsePage
from app.windows.uses.rows import Job, Row, SourceText, Tell
from engine import (
    CancelToken,
    Capability,
    TextEngine,
    can_pair,
    can_translate,
    couplet_request,
    fits_couplet,
    language_of,
    translated,
)

COUPLET = "couplet"
_WISHES = ("zh", "en", "fr", "de", "es", "it", "ja", COUPLET)


class TranslatePage(UsePage):
    """Measures whether the model can, says plainly if it cannot, and works if it can."""

    def __init__(
        self, bridge: EngineBridge, source: Callable[[], SourceText], parent: QWidget | None = None
    ) -> None:
        super().__init__(bridge, source, parent)
        self._unable = False
        self.wish = QComboBox(self)
        for code in _WISHES:
            self.wish.addItem("", code)
        self.options.addWidget(self.wish)
        self.retranslate()

    def words(self) -> str:
        return self.tr(
            "Translates paragraph by paragraph, or answers a line of Chinese with a second one. "
            "First it is measured on known examples whether this model can."
        )

    def retranslate(self) -> None:
        titles = (
            self.tr("Into Chinese"),
            self.tr("Into English"),
            self.tr("Into French"),
            self.tr("Into German"),
            self.tr("Into Spanish"),
            self.tr("Into Italian"),
            self.tr("Into Japanese"),
            self.tr("Second line of a couplet"),
        )
        for at, title in enumerate(titles):
            self.wish.setItemText(at, title)
        self.wish.setAccessibleName(self.tr("What to do"))
        super().retranslate()

    def said_of(self, rows: tuple[Row, ...], source: SourceText) -> str:
        if self._unable:
            return self.tr(
                "This model cannot do that: it did not know the examples, so it was not asked. "
                "A larger model that knows both languages can. Bring one in from a file with "
                "\u201cinkling models import FILE\u201d, and choose it."
            )
        return super().said_of(rows, source)

    def job(self) -> Job:
        wish = str(self.wish.currentData())
        self._unable = False

        def run(
            engine: TextEngine, source: SourceText, tell: Tell, cancel: CancelToken
        ) -> tuple[Row, ...]:
            couplet = wish == COUPLET
            request = couplet_request(source.text) if couplet else None
            able = can_pair if couplet else _ability(wish, language_of(source.text))
            if not able(engine).able:
                self._unable = True
                return ()
            if request is not None:
                result = engine.generate(request)
                lines = [result.text, *(each.text for each in result.alternatives)]
                return tuple(
                    Row(line.strip(), kind=Kind.OTHER)
                    for line in lines
                    if fits_couplet(source.text, line)
                )
            text, share = "", [0.0]
            pieces = translated(
                source.text,
                wish,
                engine,
                cancel=cancel,
                progress=lambda done: share.insert(0, done),
            )
            for piece in pieces:
                text += piece
                tell(share[0], (Row(text, kind=Kind.OTHER),))
            return (Row(text, kind=Kind.OTHER),) if text.strip() else ()

        return Job(run)


def _ability(target: str, source: str) -> Callable[[TextEngine], Capability]:
    return lambda engine: can_translate(engine, target, source)
