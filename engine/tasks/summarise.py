"""A whole summary: sentences of the text, and before them one by the model if it is sound."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass

from engine.api import (
    ChatMessage,
    FinishReason,
    GenerationRequest,
    Lane,
    Role,
    SamplingParams,
    TextEngine,
)
from engine.cancel import CancelToken
from engine.errors import InvalidRequest
from engine.library.words import sentences
from engine.tasks.grounded import Grounding, grounding
from engine.tasks.summary import (
    ScoredPart,
    SummaryLength,
    SummarySentence,
    choose_sentences,
    score_parts,
    summary_words,
    word_count,
)

_READ_CHARACTERS = 4_000
"""Of a longer text the model reads the chosen sentences instead."""
_OWN_TOKENS = 70
_OWN_WORDS = (6, 45)
_INSTRUCTION = (
    "Say in one short sentence what this text is about. Use only what the text says.\n\n{text}"
)
_LEADS = ("summary: ", "in one sentence: ")
OnPart = Callable[[tuple[SummarySentence, ...], float], None]
"""Gets the sentences chosen of what was read so far, and the share of the text that was read."""


@dataclass(frozen=True, slots=True)
class Summary:
    """``own`` is the model's sentence, "" where there is none that passed; ``refused`` says why.

    ``words`` is how many the summary has, of ``source_words``.
    """

    sentences: tuple[SummarySentence, ...]
    own: str
    refused: Grounding | None
    words: int
    source_words: int

    @property
    def text(self) -> str:
        """The quoted sentences, one after the other."""
        return " ".join(each.text for each in self.sentences)


def summarise(
    text: str,
    engine: TextEngine | None,
    *,
    length: SummaryLength = SummaryLength.MEDIUM,
    count: int | None = None,
    own: bool = True,
    on_part: OnPart | None = None,
    progress: Callable[[float], None] | None = None,
    cancel: CancelToken | None = None,
) -> Summary | None:
    """Summarise a text (blocking), part by part; None if it was cancelled.

    ``count`` sentences, or as many as fit ``length``. Without an engine words decide alone and
    there is no own sentence. Raises ``InvalidRequest`` for a text without a whole sentence, and the
    ``EngineError`` that the model fails with.
    """
    read: list[ScoredPart] = []
    whole = word_count(text)
    for part in score_parts(text, engine, cancel=cancel, progress=progress):
        read.append(part)
        if on_part is not None:
            on_part(_chosen(read, whole, length, count, part.share), part.share)
    if cancel is not None and cancel.cancelled():
        return None
    if not read:
        raise InvalidRequest("There is no whole sentence to summarise. Select more text.")
    chosen = _chosen(read, whole, length, count, 1.0)
    sentence, refused = "", None
    if own and engine is not None and engine_can_answer(engine):
        source = text if len(text) <= _READ_CHARACTERS else " ".join(each.text for each in chosen)
        sentence, refused = own_sentence(engine, source)
    if cancel is not None and cancel.cancelled():
        return None
    if sentence and count is None:
        chosen = _chosen(read, whole, length, None, 1.0, word_count(sentence))
    words = sum(word_count(each.text) for each in chosen) + word_count(sentence)
    return Summary(chosen, sentence, refused, words, whole)


def engine_can_answer(engine: TextEngine) -> bool:
    """Whether the model holds conversations, and so follows an instruction."""
    try:
        engine.measure(_request("Hello."))
    except InvalidRequest:
        return False
    return True


def own_sentence(engine: TextEngine, source: str) -> tuple[str, Grounding | None]:
    """The model's sentence about ``source`` (blocking); "" and what is wrong with it if unsound."""
    result = engine.generate(_request(source))
    sentence = _first_sentence(result.text)
    least, most = _OWN_WORDS
    if not least <= word_count(sentence) <= most or result.finish_reason is FinishReason.CANCELLED:
        return "", None
    found = grounding(sentence, source)
    return (sentence, None) if found.sound else ("", found)


def _request(source: str) -> GenerationRequest:
    return GenerationRequest(
        prompt=(ChatMessage(Role.USER, _INSTRUCTION.replace("{text}", source.strip())),),
        lane=Lane.CHAT,
        max_tokens=_OWN_TOKENS,
        sampling=SamplingParams(repetition_penalty=1.05, seed=0),
        stop=("\n",),
    )


def _first_sentence(answer: str) -> str:
    """The first whole sentence of an answer, without an introduction; "" where none ends."""
    answer = answer.strip().strip('"')
    for lead in _LEADS:
        if answer.lower().startswith(lead):
            answer = answer[len(lead) :]
    found = next(sentences(answer, 0, len(answer)), None)
    sentence = answer[found[0] : found[1]] if found else ""
    return sentence if sentence.endswith((".", "!", "?", "\u3002")) else ""


def _chosen(
    read: Sequence[ScoredPart],
    whole: int,
    length: SummaryLength,
    count: int | None,
    share: float,
    taken: int = 0,
) -> tuple[SummarySentence, ...]:
    if count is not None:
        return choose_sentences(read, count=count)
    room = round(summary_words(length, whole) * share) - taken
    return choose_sentences(read, most_words=max(1, room))
