"""The pages: summary, keywords, tone, and ideas."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from pathlib import Path

from PySide6.QtWidgets import QCheckBox, QComboBox, QSpinBox, QWidget

from app.core.provenance.sources import Kind
from app.services.bridge import EngineBridge
from app.windows.uses.page import UsePage
from app.windows.uses.rows import Job, Row, SourceText, Tell
from engine import (
    MOST_AT_ONCE,
    BrainstormKind,
    CancelToken,
    Keyword,
    SummaryLength,
    SummarySentence,
    TextEngine,
    ToneReader,
    brainstorm_request,
    ideas_of,
    keywords,
    summarise,
)

_KEYWORDS = 12
_SHOWN = 160


class SummaryPage(UsePage):
    """The sentences that say most, and one in the model's own words if it is sound."""

    entered_as = Kind.SUMMARY

    def __init__(
        self, bridge: EngineBridge, source: Callable[[], SourceText], parent: QWidget | None = None
    ) -> None:
        super().__init__(bridge, source, parent)
        self.length = QComboBox(self)
        for length in SummaryLength:
            self.length.addItem("", length)
        self.length.setCurrentIndex(1)
        self.own = QCheckBox(self)
        self.own.setChecked(True)
        self.options.addWidget(self.length)
        self.options.addWidget(self.own)
        self.retranslate()

    def words(self) -> str:
        return self.tr(
            "Quotes the sentences that say most of the text. A sentence in the model's own words "
            "comes first, if every number, name and nearly every word of it is in the text."
        )

    def notice(self) -> str:
        if any(row.kind is not None for row in self.rows()):
            return self.tr(
                "The first sentence is generated and may be wrong. The others are quoted."
            )
        return ""

    def retranslate(self) -> None:
        titles = (self.tr("Short"), self.tr("Medium"), self.tr("Long"))
        for at, title in enumerate(titles):
            self.length.setItemText(at, title)
        self.length.setAccessibleName(self.tr("How long"))
        self.own.setText(self.tr("With a sentence of the model's own"))
        super().retranslate()

    def job(self) -> Job:
        length, own = SummaryLength(self.length.currentData()), self.own.isChecked()

        def run(
            engine: TextEngine, source: SourceText, tell: Tell, cancel: CancelToken
        ) -> tuple[Row, ...]:
            rows: list[tuple[Row, ...]] = [()]

            def on_part(found: Sequence[SummarySentence], share: float) -> None:
                rows[0] = _quotes(found, source)
                tell(0.9 * share, rows[0])

            found = summarise(
                source.text,
                engine,
                length=length,
                own=own,
                on_part=on_part,
                progress=lambda share: tell(0.9 * share, rows[0]),
                cancel=cancel,
            )
            if found is None:
                return ()
            first = (Row(found.own, kind=Kind.SUMMARY),) if found.own else ()
            return first + _quotes(found.sentences, source)

        return Job(run)

    def joined(self, rows: list[Row]) -> str:
        return " ".join(row.text.strip() for row in rows)


class KeywordsPage(UsePage):
    """What the text is about, in a few words."""

    def __init__(
        self, bridge: EngineBridge, source: Callable[[], SourceText], parent: QWidget | None = None
    ) -> None:
        super().__init__(bridge, source, parent)
        self.retranslate()

    def words(self) -> str:
        return self.tr(
            "Names what the text is about: words that come often and early, and that the model did "
            "not expect there."
        )

    def notice(self) -> str:
        return ""

    def job(self) -> Job:
        def run(
            engine: TextEngine, source: SourceText, tell: Tell, cancel: CancelToken
        ) -> tuple[Row, ...]:
            first = _named(keywords(source.text, None, count=_KEYWORDS))
            if cancel.cancelled():
                return first
            tell(0.1, first)
            return _named(keywords(source.text, engine, count=_KEYWORDS))

        return Job(run)

    def joined(self, rows: list[Row]) -> str:
        return ", ".join(row.text for row in rows)


class TonePage(UsePage):
    """How positive each paragraph is, with a bar that leads to it."""

    def __init__(
        self,
        bridge: EngineBridge,
        source: Callable[[], SourceText],
        folders: Sequence[Path],
        parent: QWidget | None = None,
    ) -> None:
        super().__init__(bridge, source, parent)
        self._folders = folders
        self.insert.hide()
        self.insert_all.hide()
        self.retranslate()

    def words(self) -> str:
        return self.tr(
            "Shows for each paragraph how probable it is that it is positive, and that it is "
            "formal. A click goes to the paragraph."
        )

    def notice(self) -> str:
        return self.tr(
            "A guess of the model, and no judgement. Irony and mixed feelings mislead it."
        )

    def goes(self) -> bool:
        return True

    def worded(self, row: Row) -> str:
        return self.tr("{positive}% positive, {formal}% formal: {text}").format(
            positive=round(100 * (row.positive or 0.0)),
            formal=round(100 * row.formal),
            text=row.text,
        )

    def job(self) -> Job:
        folders = self._folders

        def run(
            engine: TextEngine, source: SourceText, tell: Tell, cancel: CancelToken
        ) -> tuple[Row, ...]:
            rows: list[Row] = []
            for each in ToneReader.choose(engine, folders).read(source.text, cancel):
                start = " ".join(source.text[each.start : each.end].split())
                rows.append(
                    Row(
                        start if len(start) <= _SHOWN else start[:_SHOWN].rstrip() + "\u2026",
                        source.start + each.start,
                        source.start + each.end,
                        each.positive,
                        each.formal,
                    )
                )
                tell(each.end / len(source.text), tuple(rows))
            return tuple(rows)

        return Job(run)


class IdeasPage(UsePage):
    """Several ideas or ways to go on, made together."""

    def __init__(
        self,
        bridge: EngineBridge,
        source: Callable[[], SourceText],
        before: Callable[[], str],
        parent: QWidget | None = None,
    ) -> None:
        super().__init__(bridge, source, parent)
        self._before = before
        self.kind = QComboBox(self)
        for kind in (BrainstormKind.IDEAS, BrainstormKind.CONTINUATIONS):
            self.kind.addItem("", kind)
        self.count = QSpinBox(self)
        self.count.setRange(2, MOST_AT_ONCE)
        self.count.setValue(6)
        self.options.addWidget(self.kind)
        self.options.addWidget(self.count)
        self.retranslate()

    def words(self) -> str:
        return self.tr(
            "Makes several ideas at once, about what is selected or the first line, or several "
            "ways to go on from the caret. Enter puts one into the page; Undo takes it out."
        )

    def retranslate(self) -> None:
        for at, title in enumerate((self.tr("Ideas"), self.tr("Ways to go on"))):
            self.kind.setItemText(at, title)
        self.kind.setAccessibleName(self.tr("What to make"))
        self.count.setAccessibleName(self.tr("How many"))
        super().retranslate()

    def job(self) -> Job:
        kind, count = BrainstormKind(self.kind.currentData()), self.count.value()
        before = self._before()

        def run(
            engine: TextEngine, source: SourceText, tell: Tell, cancel: CancelToken
        ) -> tuple[Row, ...]:
            subject = source.text if source.selected else _first_line(source.text)
            text = before if kind is BrainstormKind.CONTINUATIONS else subject
            request = brainstorm_request(text, kind, count)
            tell(0.1, ())
            cancel.on_cancel(lambda: engine.cancel(request.request_id))
            result = engine.generate(request)
            ideas = ideas_of(result, kind, before)
            return tuple(Row(idea, kind=Kind.IDEAS) for idea in ideas)

        return Job(run)

    def joined(self, rows: list[Row]) -> str:
        return "\n" + super().joined(rows)


def _quotes(found: Sequence[SummarySentence], source: SourceText) -> tuple[Row, ...]:
    return tuple(
        Row(each.text, source.start + each.start, source.start + each.end) for each in found
    )


def _named(found: Sequence[Keyword]) -> tuple[Row, ...]:
    return tuple(Row(each.text) for each in found)


def _first_line(text: str) -> str:
    line = next((line for line in text.splitlines() if line.strip()), "")
    return line.strip().lstrip("#").strip()
