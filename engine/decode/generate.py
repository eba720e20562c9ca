"""One generation: prefill in chunks, then a token a step, as an iterator of forward passes.

Between two passes the caller may run anything else; the state lives here and in the cache.
"""

from __future__ import annotations

import time
from collections.abc import Callable, Generator, Iterator, Sequence
from dataclasses import dataclass, field

import numpy as np

from engine.api import Alternative, FinishReason, GenerationRequest, TokenLogprob
from engine.cancel import CancelToken
from engine.decode.healing import TokenPrefixes
from engine.decode.lookup import PromptLookup
from engine.decode.spelling import OpenSpelling, SpellingSearch
from engine.decode.stopping import StopMatcher
from engine.decode.words import WordTokens
from engine.runtime.kv_cache import KVCache
from engine.runtime.session import Decoder, ForwardCancelled
from engine.sampling.avoid import AvoidedWords, TokenSpellings
from engine.sampling.sampler import Logits, choose, log_softmax, penalise
from engine.tokens.detokenizer import Detokenizer

PREFILL_CHUNK = 128
"""Tokens of one prefill pass: large enough for full speed, small enough to give way."""


_AVOIDED_LISTS = 4
_TAIL_TOKENS = 64
"""Tokens of the text so far that words to avoid are looked for in."""


@dataclass(frozen=True, slots=True)
class Vocabulary:
    """What decoding needs to know of the tokens; used on the engine's thread only."""

    token_bytes: tuple[bytes, ...]
    stop_ids: frozenset[int]
    prefixes: TokenPrefixes
    words: WordTokens = field(init=False)
    _spellings: list[TokenSpellings] = field(init=False, default_factory=list)
    _avoided: dict[tuple[str, ...], AvoidedWords] = field(init=False, default_factory=dict)

    def __post_init__(self) -> None:
        object.__setattr__(self, "words", WordTokens(self.token_bytes))

    def avoiding(self, words: tuple[str, ...]) -> AvoidedWords | None:
        """What keeps ``words`` away, None where there are none; a list is prepared once."""
        if not words:
            return None
        known = self._avoided.get(words)
        if known is None:
            if not self._spellings:
                self._spellings.append(TokenSpellings(self.token_bytes))
            if len(self._avoided) >= _AVOIDED_LISTS:
                self._avoided.clear()
            known = self._avoided[words] = AvoidedWords(words, self._spellings[0])
        return known

    def spell(self, token_ids: Sequence[int]) -> bytes:
        """The bytes of tokens."""
        return b"".join([self.token_bytes[token] for token in token_ids])


@dataclass(frozen=True, slots=True)
class Prompt:
    """Token ids to prefill, and the end of the text that is still to be spelt (healing), UTF-8.

    ``dropped`` messages of a conversation did not fit.
    """

    token_ids: list[int]
    tail: bytes = b""
    dropped: int = 0


class Generation:
    """The state of one running generation.

    ``emit`` gets new text as it becomes certain. ``steps`` ends when the generation does; then
    ``finish_reason`` is set.
    """

    def __init__(
        self,
        request: GenerationRequest,
        prompt: Prompt,
        session: Decoder,
        cache: KVCache,
        vocabulary: Vocabulary,
        cancel: CancelToken,
        emit: Callable[[str], None],
        seed: int,
    ) -> None:
        self._request = request
        self._prompt = prompt
        self._session = session
        self.cache = cache
        self._vocabulary = vocabulary
        self._cancel = cancel
        self._emit = emit
        self._rng = np.random.default_rng(seed)
        self._detokenizer = Detokenizer()
        self._stops = StopMatcher(request.stop)
        self._owed = prompt.tail
        self._respelt = 0
        self._lookup = PromptLookup(prompt.token_ids) if request.speculation else None
        self._avoided = vocabulary.avoiding(request.sampling.avoid)
        self.token_ids: list[int] = []
        self.logprobs: list[TokenLogprob] = []
        self.finish_reason: FinishReason | None = None
        self.confidence = 0.0
        self.reused_tokens = 0
        self.prefill_ms = 0.0
        self.first_token_ms = 0.0
        self.decode_tokens_per_s = 0.0

    def steps(self) -> Iterator[None]:
        """Do one forward pass a step. Raises ``GenerationFailed``."""
        started = time.perf_counter()
        try:
            logits = yield from self._prefill()
            self.prefill_ms = (time.perf_counter() - started) * 1000
            if self._request.max_tokens == 0:
                self.finish_reason = FinishReason.LENGTH
                return
            first = 0.0
            read = time.perf_counter()
            going = yield from self._begin(logits, read)
            while going:
                now = time.perf_counter()
                if not first:
                    first = now
                    self.first_token_ms = (now - started) * 1000
                else:
                    self.decode_tokens_per_s = (len(self.token_ids) - 1) / (now - first)
                yield
                draft = self._draft()
                rows = self._forward([self.token_ids[-1], *draft], 1 + len(draft))
                going = self._take_verified(rows, draft, read)
            self.first_token_ms = self.first_token_ms or (time.perf_counter() - started) * 1000
            self._finish()
        except ForwardCancelled:
            self.finish_reason = FinishReason.CANCELLED

    def alternatives(self) -> tuple[Alternative, ...]:
        """Further answers, where there are any."""
        return ()

    def reported_ids(self) -> tuple[int, ...]:
        """The generated ids without those that only re-spell the prompt's tail."""
        return tuple(self.token_ids[self._respelt :])

    def _prefill(self) -> Generator[None, None, Logits]:
        """Read the prompt in passes of two tokens or more (see ``KVCache.settled``).

        Nothing is read where the last prompt was the same: while a word is being typed, the prompt
        ends before it.
        """
        wanted = self._prompt.token_ids
        known = self.cache.recall(wanted)
        if known is not None:
            self.reused_tokens = len(wanted)
            return known
        self.reused_tokens = self.cache.reuse(reusable(wanted))
        while True:
            start = len(self.cache.tokens)
            end = min(len(wanted), start + PREFILL_CHUNK)
            if len(wanted) - end == 1:
                end -= 1
            logits: Logits = self._forward(wanted[start:end], 1)[0]
            if end == len(wanted):
                self.cache.remember(logits)
                return logits
            yield

    def _begin(self, logits: Logits, read: float) -> Generator[None, None, bool]:
        """Take the first token; before it, spell the prompt's tail. False as ``_take``."""
        token, logits = yield from self._first(logits)
        return self._take(token, logits, read)

    def _first(self, logits: Logits) -> Generator[None, None, tuple[int, Logits]]:
        """The first token, and the logits that it is chosen from once the tail is spelt."""
        if not self._owed:
            return self._choose(logits), logits
        read = len(self.cache.tokens)
        search = SpellingSearch(self._owed, self._vocabulary.prefixes, self._request.sampling)
        while spelling := search.next():
            if rest := self._rewind(read, spelling.path):
                yield
                logits = self._forward(rest, 1)[0]
            search.add(spelling, self._allowed_spelling(logits, spelling))
        path, token, logits = search.choose(self._rng)
        if rest := self._rewind(read, path):
            self._forward(rest, 1)
        for each in path:
            self._take_respelt(each)
        return token, logits

    def _take_respelt(self, token: int) -> None:
        """Take a token that spells no more than what was typed, and so is none of the answer's."""
        self.token_ids.append(token)
        self._respelt += 1
        self._owed = self._owed[len(self._spelling(token)) :]

    def _rewind(self, read: int, path: tuple[int, ...]) -> list[int]:
        """Go back to where the prompt's ``read`` tokens lead on to ``path``; what of it is left."""
        tokens = self.cache.tokens[read:]
        shared = 0
        while shared < min(len(tokens), len(path)) and tokens[shared] == path[shared]:
            shared += 1
        self.cache.rewind(read + shared)
        return list(path[shared:])

    def _spelling(self, token: int) -> bytes:
        return self._vocabulary.token_bytes[token]

    def _forward(self, token_ids: list[int], num_logits: int) -> Logits:
        logits: Logits = self._session.forward(self.cache, token_ids, num_logits, self._cancel)
        return logits

    def _draft(self) -> list[int]:
        """Tokens that probably come next; they do not go beyond a limit of the request."""
        if self._lookup is None:
            return []
        to_come = self._request.max_tokens - (len(self.token_ids) - self._respelt)
        space = self._session.shape.max_length - len(self.cache.tokens) - 1
        return self._lookup.draft(self.token_ids, min(to_come, space) - 1)

    def _take_verified(self, rows: Logits, draft: list[int], read: float) -> bool:
        """Choose a token from each row of logits for as long as the draft was right.

        Row ``i`` follows the draft's first ``i`` tokens. Each choice is made as without a draft,
        so greedy text is what these logits say, and a draw has the distribution it always has:
        a draft's token is kept with its own probability, and otherwise the draw is of the others
        (the rejection sampling of Leviathan et al. 2023, for drafts that are certain).
        """
        verified = len(self.cache.tokens) - len(draft)
        accepted = 0
        for row, guess in zip(rows, [*draft, None], strict=True):
            if not self._take(self._choose(row), row, read):
                return False
            if self.token_ids[-1] != guess:
                break
            accepted += 1
        if draft and self._lookup is not None:
            self._lookup.learn(len(draft), accepted)
            self.cache.rewind(verified + accepted)
        return True

    def _take(self, token: int, logits: Logits, read: float) -> bool:
        """Take the next token; False when the generation is over.

        ``read`` is when the prompt was read: the time budget is for the answer alone, so that a
        slow machine gives at least a token of it.
        """
        if token in self._vocabulary.stop_ids:
            self.finish_reason = FinishReason.STOP
            return False
        if self._request.logprobs is not None:
            self.logprobs.append(self._logprob(logits, token, self._request.logprobs))
        self.token_ids.append(token)
        spelling = self._spelling(token)
        # A token that spells no more than what was typed is none of the answer's.
        self._respelt += bool(self._owed) and len(spelling) <= len(self._owed)
        spelling, self._owed = spelling[len(self._owed) :], b""
        self._send(self._stops.feed(self._detokenizer.feed(spelling)))
        self.finish_reason = self._limit_reached(read)
        return self.finish_reason is None

    def _start_like(self, other: Generation) -> None:
        """Begin where ``other`` is, before its first token of the answer."""
        self.token_ids = list(other.token_ids)
        self._respelt, self._owed = other._respelt, other._owed

    def _finish(self) -> None:
        """Send what was held back."""
        self._send(self._stops.feed(self._detokenizer.finish()))
        self._send(self._stops.flush())

    def _limit_reached(self, read: float) -> FinishReason | None:
        if self._stops.stopped:
            return FinishReason.STOP
        request = self._request
        full = len(self._prompt.token_ids) + len(self.token_ids) >= self._session.shape.max_length
        if full or len(self.token_ids) - self._respelt >= request.max_tokens:
            return FinishReason.LENGTH
        spent = (time.perf_counter() - read) * 1000
        if request.max_ms and spent >= request.max_ms and len(self.token_ids) > self._respelt:
            return FinishReason.TIME
        return FinishReason.CANCELLED if self._cancel.cancelled() else None

    def _choose(self, logits: Logits) -> int:
        return choose(self._penalised(self._allowed(logits)), self._request.sampling, self._rng)

    def _allowed(self, logits: Logits) -> Logits:
        """The logits of the next token without the words to avoid."""
        if self._avoided is None:
            return logits
        return self._avoided.without(logits, self._tail())

    def _allowed_spelling(self, logits: Logits, spelling: OpenSpelling) -> Logits:
        """The same after a way to spell what was typed, which itself may be a word to avoid."""
        if self._avoided is None:
            return logits
        finishing = self._vocabulary.prefixes.finishing(spelling.owed)
        typed = finishing[[self._spelling(each) == spelling.owed for each in finishing.tolist()]]
        return self._avoided.without(logits, self._tail(spelling.path), typed)

    def _tail(self, path: tuple[int, ...] = ()) -> bytes:
        """The end of the text so far, after which ``path`` comes."""
        tokens = [*self.token_ids[-_TAIL_TOKENS:], *path]
        missing = _TAIL_TOKENS - len(tokens)
        before = self._prompt.token_ids[-missing:] if missing > 0 else []
        return self._vocabulary.spell([*before, *tokens])

    def _penalised(self, logits: Logits) -> Logits:
        params = self._request.sampling
        if params.repetition_penalty == 1.0 or not params.repetition_window:
            return logits
        recent = (self._prompt.token_ids + self.token_ids)[-params.repetition_window :]
        return penalise(logits, recent, params.repetition_penalty)

    def _logprob(self, logits: Logits, token: int, alternatives: int) -> TokenLogprob:
        return token_logprob(logits, token, alternatives, self._vocabulary.token_bytes)

    def _send(self, text: str) -> None:
        if text:
            self._emit(text)


def reusable(prompt: list[int]) -> list[int]:
    """What of a prompt may come from a cache: the last pass reads two tokens or more."""
    return prompt[:-2]


def token_logprob(
    logits: Logits, token: int, alternatives: int, token_bytes: tuple[bytes, ...]
) -> TokenLogprob:
    """Log-probability of ``token`` under raw logits ``[vocab]``, with the best alternatives."""

    def text(token_id: int) -> str:
        return token_bytes[token_id].decode(errors="replace")

    logprobs = log_softmax(logits)
    best = np.argsort(-logprobs, kind="stable")[:alternatives] if alternatives else ()
    top = tuple((int(i), text(int(i)), float(logprobs[i])) for i in best)
    return TokenLogprob(token, text(token), float(logprobs[token]), top)
