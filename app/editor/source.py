"""Where suggestions come from: made a moment ago, or now by the engine; and more in idle time."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import replace

from app.core.endings import Ending, ended
from app.editor.attempt import Attempt
from app.editor.idle import Errand, IdleRequests
from app.editor.recent import RecentSuggestions
from app.services.bridge import EngineBridge
from engine import (
    GATES,
    FinishReason,
    GenerationChunk,
    GenerationRequest,
    GenerationResult,
    completion_request,
    reading_request,
    trim_completion,
)

_CANDIDATES = 4
_WORDS = 8
_WORD_TOKENS = 4
_CUT = (FinishReason.LENGTH, FinishReason.TIME)
_FAILED = (FinishReason.ERROR, FinishReason.CANCELLED)


class CompletionSource:
    """Fills attempts with text."""

    def __init__(self, bridge: EngineBridge) -> None:
        self._bridge = bridge
        self._max_tokens = 16
        self._ending = Ending.SENTENCE
        self._gate = GATES["balanced"]
        self._adapter = self._usual_adapter = ""
        self._recent = RecentSuggestions()
        self._idle = IdleRequests(bridge)

    def set_max_tokens(self, tokens: int) -> None:
        """The longest suggestion."""
        if tokens != self._max_tokens:
            self._max_tokens = tokens
            self._recent.clear()

    def set_ending(self, ending: Ending) -> None:
        """Where suggestions end."""
        if ending != self._ending:
            self._ending = ending
            self._recent.clear()

    def set_eagerness(self, eagerness: str) -> None:
        """How sure a suggestion must be: a name in ``GATES``."""
        if GATES[eagerness] != self._gate:
            self._gate = GATES[eagerness]
            self._recent.clear()

    def set_adapter(self, name: str) -> None:
        """The adapter chosen for this document, "" for the usual one."""
        if name != self._adapter:
            self._adapter = name
            self._recent.clear()

    def set_usual_adapter(self, name: str) -> None:
        """The adapter that suggests where none is chosen, "" for the model as it is."""
        if name != self._usual_adapter:
            self._usual_adapter = name
            self._recent.clear()

    def adapter(self) -> str:
        """The adapter that suggests now: until the usual one is ready the model does as it is."""
        usual = self._usual_adapter
        return self._adapter or (usual if usual and self._bridge.has_adapter(usual) else "")

    def ask(
        self,
        attempt: Attempt,
        told: Callable[[Attempt], None],
        *,
        sure: bool = True,
        taken: bool = False,
    ) -> bool:
        """Give the attempt its text, at once if it was made a moment ago.

        With ``sure`` that is text that the model is sure enough of, perhaps none. ``taken`` says
        that the word before the caret was taken from a suggestion.

        Otherwise the engine is asked, and ``told`` is called after each piece of text and at the
        end, when ``attempt.request_id`` is None. False where there is nothing to go on.
        """
        known = "" if attempt.fixed else self._recent.find(attempt.before, attempt.after)
        if known:
            attempt.grow(known)
            return True
        fixed = attempt.fixed
        request = self._request(
            attempt.before + fixed, attempt, sure=sure, taken=taken or bool(fixed)
        )
        if request is None:
            return False
        attempt.request_id = request.request_id

        def on_chunk(chunk: GenerationChunk) -> None:
            attempt.raw += chunk.text
            self._grow(attempt, chunk.result)
            told(attempt)

        self._bridge.submit(request, on_chunk)
        return True

    def find_words(
        self, attempt: Attempt, start: int, found: Callable[[str, GenerationResult], None]
    ) -> bool:
        """Find other words in place of that at ``start`` of what is left of the text.

        A word that the person has begun is finished; a later one stands whole. ``found`` gets the
        prompt and its continuations. In place of ``look_further``. False if it cannot be asked.
        """
        before = attempt.context + attempt.rest[:start]
        request = self._request(before, attempt, taken=bool(start))
        if request is None:
            return False
        request = replace(request, max_tokens=_WORD_TOKENS, alternatives=_WORDS)
        prompt = str(request.prompt)
        self._idle.start(iter([(request, lambda result: found(prompt, result))]))
        return True

    def drop(self, attempt: Attempt) -> None:
        """Ask for nothing more for the attempt."""
        self._idle.cancel()
        if attempt.request_id is not None:
            self._bridge.cancel(attempt.request_id)

    def look_further(self, attempt: Attempt, found: Callable[[], None]) -> None:
        """In idle time find other candidates, then ``found``, then what would come after it all."""
        if not self._idle.busy():
            self._idle.start(self._errands(attempt, found))

    def read_ahead(self, text: str, offset: int) -> None:
        """Have a text read that a suggestion may soon be asked for; it begins at ``offset``."""
        request = reading_request(text, offset=offset)
        if request is not None:
            self._bridge.submit(replace(request, adapter=self.adapter()), lambda _: None)

    def looking(self) -> bool:
        """Whether ``look_further`` is still at it."""
        return self._idle.busy()

    def _request(
        self, before: str, attempt: Attempt, *, sure: bool = False, taken: bool = False
    ) -> GenerationRequest | None:
        request = completion_request(
            before,
            max_tokens=self._max_tokens,
            revision=attempt.revision,
            offset=attempt.offset,
            gate=self._gate if sure else 0.0,
            taken=taken,
        )
        return replace(request, adapter=self.adapter()) if request is not None else None

    def _grow(self, attempt: Attempt, result: GenerationResult | None) -> None:
        before = attempt.before + attempt.fixed
        if result is None or result.finish_reason in _FAILED:
            text = attempt.fixed + trim_completion(attempt.raw, before, attempt.after)
        else:
            reason = result.finish_reason
            text = attempt.fixed + self._shaped(attempt.raw, before, attempt.after, reason)
            if text.startswith(attempt.text[: attempt.used]):
                attempt.candidates[0] = text  # Perhaps without the beginning of a last word.
            if text:
                self._recent.add(attempt.before, attempt.after, text)
        attempt.grow(text)
        if result is not None:
            attempt.request_id = None

    def _errands(self, attempt: Attempt, found: Callable[[], None]) -> Iterator[Errand]:
        head, before = attempt.text[: attempt.used], attempt.context
        request = self._request(before, attempt)
        if request is not None and len(attempt.candidates) == 1:

            def others(result: GenerationResult) -> None:
                for other in result.alternatives:
                    rest = self._shaped(other.text, before, attempt.after, other.finish_reason)
                    attempt.add(head, rest)
                found()

            yield replace(request, alternatives=_CANDIDATES), others
        before_next = attempt.before + attempt.text
        request = self._request(before_next, attempt, sure=True, taken=True)
        if request is not None and not self._recent.find(before_next, attempt.after):

            def follows(result: GenerationResult) -> None:
                text = self._shaped(result.text, before_next, attempt.after, result.finish_reason)
                if text:
                    self._recent.add(before_next, attempt.after, text)

            yield request, follows

    def _shaped(self, raw: str, before: str, after: str, reason: FinishReason) -> str:
        raw = raw.partition("\ufffd")[0]  # A character that was cut short.
        text = trim_completion(raw, before, after)
        # What was trimmed off had ended; only what reaches to the very end can have been cut short.
        cut = reason in _CUT and not raw[-1:].isspace() and raw.endswith(text.rstrip())
        return ended(text, before, self._ending, cut_short=cut)
