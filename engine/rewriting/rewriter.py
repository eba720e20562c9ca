"""Rewrites a text piece by piece: tells what it does, judges each result, tries once more."""

from __future__ import annotations

import queue
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, field, replace
from pathlib import Path

from engine.api import (
    FinishReason,
    GenerationChunk,
    GenerationRequest,
    GenerationResult,
    TextEngine,
)
from engine.cancel import CancelToken
from engine.errors import EngineClosed
from engine.proofread.proofreader import Correction
from engine.rewriting.action import (
    ActionForm,
    ActionPiece,
    ActionPrompt,
    ModelRole,
    Preference,
    RewriteAction,
)
from engine.rewriting.details import details
from engine.rewriting.guards import GuardFinding, findings
from engine.rewriting.inline import Masked, mask, restore
from engine.rewriting.pieces import Part, joined_items, split_parts
from engine.rewriting.prompts import (
    RewriteContext,
    clean,
    fresh_temperature,
    piece_request,
    told,
)
from engine.rewriting.replacements import replaced
from engine.rewriting.verdict import Reason, Verdict, judge
from engine.store.adapters import adapter_for

_HELD_CHARACTERS = 20
"""By then it is clear whether an answer begins like an introduction ("Here is the ...")."""
_TRIES = 2
_FEW_FINDINGS = 1
_MOST_FINDINGS = 0.34
"""Of what is exact in a text: with more findings than that share the result is another text."""
_ACROSS_LANGUAGES = frozenset({"number", "link"})
"""What can be compared between languages."""


@dataclass(frozen=True, slots=True)
class PieceStarted:
    """The model begins piece ``index`` (from 0) ``of`` all, code points ``start`` to ``end``.

    With a ``seed`` further tries give other text. A second try of a piece starts it anew.
    """

    index: int
    of: int
    start: int
    end: int
    attempt: int = 0


@dataclass(frozen=True, slots=True)
class PieceGrown:
    """What there is of a piece so far."""

    index: int
    text: str


@dataclass(frozen=True, slots=True)
class PieceDone:
    """A piece has its result; ``source`` itself where none was usable, and ``verdict`` says why.

    ``findings`` are what the result did not keep. ``refused`` is the last text that was not usable.
    ``corrections`` are those of proofreading, in code points of the whole text.
    """

    index: int
    of: int
    start: int
    end: int
    source: str
    result: str
    findings: tuple[GuardFinding, ...] = ()
    verdict: Verdict = field(default_factory=Verdict)
    refused: str = ""
    corrections: tuple[Correction, ...] = ()
    generation: GenerationResult | None = None


RewriteEvent = PieceStarted | PieceGrown | PieceDone


class Rewriter:
    """Rewrites texts by one action, which it takes the right prompt of for the engine's model.

    Blocks; may be called from any thread. ``folders`` are where adapters are.
    """

    def __init__(
        self,
        engine: TextEngine,
        action: RewriteAction,
        context: RewriteContext | None = None,
        *,
        seed: int | None = None,
        fresh: bool = False,
        folders: Sequence[Path] = (),
        adjust: Callable[[GenerationRequest], GenerationRequest] = lambda request: request,
    ) -> None:
        """With ``fresh`` the first try is as free as a second one, for another version.

        ``adjust`` may change every request before it is sent.
        """
        self._adjust = adjust
        self._engine = engine
        self._action = action
        self._context = context or RewriteContext()
        self._seed = seed
        self._fresh = fresh
        self._folders = tuple(folders)

    def pieces(self, text: str) -> tuple[Part, ...]:
        """What of ``text`` is rewritten, and what stays."""
        parts = split_parts(text, self._size(), headings=self._action.headings)
        return tuple(joined_items(parts)) if self._itemises() else parts

    def run(self, text: str, cancel: CancelToken | None = None) -> Iterator[RewriteEvent]:
        """Rewrite the pieces of ``text`` in order; ends early where it was cancelled.

        Raises the ``EngineError`` that the model fails with.
        """
        cancel = cancel or CancelToken()
        parts = [part for part in self.pieces(text) if part.rewritable]
        for index, part in enumerate(parts):
            if cancel.cancelled():
                return
            yield from self._piece(index, len(parts), part, text, cancel)

    def _piece(
        self, index: int, of: int, part: Part, text: str, cancel: CancelToken
    ) -> Iterator[RewriteEvent]:
        whole = self._size() is ActionPiece.WHOLE
        masked = Masked(part.text, ()) if whole else mask(part.plain)
        if self._prompt().unable:
            yield PieceStarted(index, of, part.start, part.end)
            span = (part.start, part.end, part.text, part.text)
            yield PieceDone(index, of, *span, verdict=Verdict(Reason.UNABLE))
            return
        best: _Try | None = None
        refused: _Try | None = None
        rules = self._by_rules(part, masked)
        prefer = Preference.MODEL if self._fresh else self._prompt().prefer
        sure = rules is not None and prefer is not Preference.MODEL and rules.fits
        if prefer is Preference.ONLY_RULES and not sure:
            rules = rules or _Try(part.text, Verdict(), (), None)
            sure = True
        if sure:
            yield PieceStarted(index, of, part.start, part.end)
        for attempt in range(0 if sure else _TRIES):
            yield PieceStarted(index, of, part.start, part.end, attempt)
            request = self._request(masked.shown, text, attempt)
            result: GenerationResult | None = None
            answer = ""
            for chunk in stream(self._engine, request, cancel):
                answer += chunk.text
                result = chunk.result or result
                if shown := self._so_far(answer, masked):
                    yield PieceGrown(index, self._placed(shown, part))
            if cancel.cancelled() or result is None:
                return
            made = self._judged(result, part, masked)
            if not made.verdict.usable:
                refused = made
            elif best is None or len(made.findings) < len(best.findings):
                best = made
            if best is not None and not best.findings:
                break
        if rules is not None and (best is None or best.findings):
            best = rules
        taken = best or refused
        assert taken is not None  # there is a try
        yield PieceDone(
            index,
            of,
            part.start,
            part.end,
            part.text,
            self._item(taken.text if best else part.text, part, text),
            taken.findings if best else (),
            Verdict() if self._itemises() else taken.verdict,
            refused="" if best else taken.text,
            generation=taken.generation,
        )

    def _by_rules(self, part: Part, masked: Masked) -> _Try | None:
        """What the action's replacements make of a piece; None where they change nothing."""
        made = replaced(masked.shown, self._action.replace)
        if made == masked.shown or not made.strip():
            return None
        restored, lost = restore(made, masked)
        if lost:
            return None
        fits = judge(masked.shown, made, self._wanted()).usable
        found = findings(masked.shown, made)
        return _Try(self._placed(restored, part), Verdict(), found, None, fits)

    def _request(self, shown: str, text: str, attempt: int) -> GenerationRequest:
        fresh = self._fresh or attempt > 0
        seed = self._seed
        if fresh:
            seed = (self._seed or 0) + attempt + 1
        context = self._context
        if not context.selection:
            context = RewriteContext(text, context.language, context.title, context.before)
        request = piece_request(
            shown,
            self._action,
            self._prompt(),
            context,
            seed=seed,
            temperature=fresh_temperature(self._action) if fresh else None,
            adapter=self._adapter(),
        )
        return self._adjust(request)

    def _prompt(self) -> ActionPrompt:
        model = self._engine.status().model
        return self._action.prompt_for(
            model.name if model else "", model.architecture if model else ""
        )

    def _size(self) -> ActionPiece:
        return self._prompt().piece or self._action.piece

    def _adapter(self) -> str:
        model = self._engine.status().model
        if self._action.role is not ModelRole.COMPLETION or model is None:
            return ""
        adapter = adapter_for("continue", model.name, self._folders)
        return adapter.name if adapter else ""

    def _so_far(self, answer: str, masked: Masked) -> str:
        """What of an unfinished answer is shown: nothing while it may be an introduction."""
        begun = answer.lstrip()
        prompt = self._prompt()
        introduces = not prompt.pattern and (
            len(begun) < _HELD_CHARACTERS
            or clean(f"{begun}:\nx", "x", self._action, prompt) in ("", "x")
        )
        if introduces and "\n" not in begun:
            return ""
        return clean(answer, masked.shown, self._action, prompt)

    def _judged(self, result: GenerationResult, part: Part, masked: Masked) -> _Try:
        prompt = self._prompt()
        answer = clean(result.text, masked.shown, self._wanted(), prompt)
        source = masked.shown
        if answer.split() == source.split():
            verdict = judge(source, answer, self._wanted())
            return _Try(part.text, verdict, (), result)
        verdict = judge(
            source, answer, self._wanted(), told=told(prompt), language=self._language()
        )
        if verdict.usable and result.finish_reason is FinishReason.LENGTH and not self._goes_on():
            verdict = Verdict(Reason.LONG)
        found: tuple[GuardFinding, ...] = ()
        if not self._goes_on():
            found = findings(source, answer)
        if self._language():
            found = tuple(each for each in found if each.kind in _ACROSS_LANGUAGES)
        restored, lost = restore(answer, masked)
        if verdict.usable and self._astray(source, found):
            verdict = Verdict(Reason.DETAILS, found[0].new or found[0].text)
        if verdict.usable and lost and self._action.form is ActionForm.TEXT:
            verdict = Verdict(Reason.MARKUP, lost[0])
        return _Try(self._placed(restored, part), verdict, found, result)

    def _astray(self, source: str, found: Sequence[GuardFinding]) -> bool:
        """Whether so little that is exact was kept that the result is another text."""
        return len(found) > max(_FEW_FINDINGS, _MOST_FINDINGS * len(details(source)))

    def _wanted(self) -> RewriteAction:
        """What a piece has to be like: an item gets its mark later."""
        return replace(self._action, form=ActionForm.TEXT) if self._itemises() else self._action

    def _itemises(self) -> bool:
        """Whether each sentence becomes an item of a list: it may always be one as it is."""
        return self._action.form is ActionForm.LIST and self._size() is ActionPiece.SENTENCE

    def _item(self, words: str, part: Part, text: str) -> str:
        if not self._itemises():
            return words
        line = text[text.rfind("\n", 0, part.start) + 1 : part.start]
        goes_on = part.text != part.text.rstrip()
        # The mark of a list that the text has already is fixed, and stands in the line.
        mark = "" if line.strip(" \t>") and not _ends_sentence(line) else "- "
        return mark + words.strip() + "\n" * goes_on

    def _language(self) -> str:
        return self._context.language if self._action.needs_language else ""

    def _goes_on(self) -> bool:
        """Whether the result is new text, not the old one anew."""
        return self._action.role is ModelRole.COMPLETION or self._action.form is ActionForm.LINE

    def _placed(self, answer: str, part: Part) -> str:
        if self._action.form is ActionForm.TEXT and "\n" not in part.text:
            answer = " ".join(answer.split("\n"))
        return part.put(answer)


@dataclass(frozen=True, slots=True)
class _Try:
    text: str
    verdict: Verdict
    findings: tuple[GuardFinding, ...]
    generation: GenerationResult | None
    fits: bool = True


def _ends_sentence(line: str) -> bool:
    """Whether a sentence stands in ``line``, after which another begins."""
    return len(line.split()) > 1


def rewritten(text: str, done: Sequence[PieceDone]) -> str:
    """``text`` with the results of pieces in their places."""
    for each in sorted(done, key=lambda piece: piece.start, reverse=True):
        text = text[: each.start] + each.result + text[each.end :]
    return text


def stream(
    engine: TextEngine, request: GenerationRequest, cancel: CancelToken
) -> Iterator[GenerationChunk]:
    """The chunks of a request on the caller's thread; cancelled, the rest does not matter.

    Raises the ``EngineError`` that it failed with.
    """
    chunks: queue.SimpleQueue[GenerationChunk] = queue.SimpleQueue()
    engine.submit(request, chunks.put)
    cancel.on_cancel(lambda: engine.cancel(request.request_id))
    while True:
        chunk = chunks.get()
        yield chunk
        if chunk.result is not None:
            if chunk.result.error is not None:
                raise chunk.result.error
            if chunk.result.finish_reason is FinishReason.CANCELLED and not cancel.cancelled():
                raise EngineClosed("The rewrite was stopped by another one. Nothing was changed.")
            return
