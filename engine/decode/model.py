"""A model ready to generate: session, tokenizer, chat template and what decoding needs of them."""

from __future__ import annotations

import time
from collections.abc import Callable, Sequence
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass
from pathlib import Path

from engine.api import GenerationRequest, ModelInfo, PromptSize
from engine.api import Prompt as TextOrChat
from engine.cancel import CancelToken
from engine.decode.candidates import CandidateTokens
from engine.decode.generate import Prompt, Vocabulary
from engine.decode.healing import TokenPrefixes
from engine.decode.prompt import answer_room, chat_prompt, text_prompt
from engine.errors import ContextOverflow, DeviceUnusable, InvalidRequest
from engine.machine import release_memory
from engine.runtime.kv_cache import KVShape
from engine.runtime.providers import CPU, DeviceWish, open_on_device
from engine.runtime.session import DecoderSession, session_options
from engine.store.catalog import model_info
from engine.store.manifest import (
    GRAPH_NAME,
    TEMPLATE_NAME,
    TOKENIZER_NAME,
    Manifest,
    read_manifest,
)
from engine.store.verified import verify_once
from engine.tokens.chat_template import ChatTemplate
from engine.tokens.tokenizer import Tokenizer

_VERIFIED_SHARE = 0.6


@dataclass(frozen=True, slots=True)
class LoadedModel:
    """A loaded model; ``start_id`` is the token put before a plain text, if the model has one."""

    info: ModelInfo
    session: DecoderSession
    tokenizer: Tokenizer
    template: ChatTemplate | None
    vocabulary: Vocabulary
    start_id: int | None
    load_ms: float

    def prepare(self, request: GenerationRequest) -> Prompt:
        """The request's prompt in tokens, cut to the model's context.

        Raises:
            InvalidRequest: an empty prompt, or a conversation for a model without a template.
            ContextOverflow: a single message that cannot fit.
        """
        if isinstance(request.prompt, str):
            return self._text_prompt(request, request.prompt)
        template, tokenizer = self._chat_template(), self.tokenizer
        return chat_prompt(
            request,
            request.prompt,
            lambda messages: template.encode(tokenizer, messages),
            self.info.context_length,
        )

    def measure(self, request: GenerationRequest) -> PromptSize:
        """What the request's prompt takes of the context; raises as ``prepare`` does."""
        prompt = self.prepare(request)
        context = self.info.context_length
        limit = context - answer_room(request.max_tokens, context)
        return PromptSize(len(prompt.token_ids), limit, prompt.dropped)

    def _text_prompt(self, request: GenerationRequest, text: str) -> Prompt:
        ids = self.tokenizer.encode(text)
        if not ids:
            raise InvalidRequest("There is no text to continue. Write a few words first.")
        start = [] if self.start_id is None else [self.start_id]
        return text_prompt(request, ids, self.vocabulary.prefixes, self.info.context_length, start)

    def candidate_tokens(self, prompt: TextOrChat, candidates: Sequence[str]) -> CandidateTokens:
        """The tokens of a prompt and of each candidate after it.

        Prompt and candidate of a plain text are encoded as one, as the model has read such texts;
        where that changes the prompt's last tokens, they count as part of every candidate.

        Raises:
            InvalidRequest: no candidate, an empty one, or a prompt that leaves nothing to read.
            ContextOverflow: prompt and candidate together are longer than the model's context.
        """
        encode = self.tokenizer.encode
        if isinstance(prompt, str):
            start = [] if self.start_id is None else [self.start_id]
            whole = [[*start, *encode(prompt + candidate)] for candidate in candidates]
            read = [*start, *encode(prompt)]
        else:
            read = self._chat_template().encode(self.tokenizer, prompt)
            whole = [[*read, *encode(candidate)] for candidate in candidates]
        kept = min((_common_prefix(read, ids) for ids in whole), default=0)
        if not candidates or not all(candidates) or any(len(ids) == kept for ids in whole):
            raise InvalidRequest("There is nothing to choose from: a candidate is empty.")
        if not kept:
            raise InvalidRequest("There is no text before the candidates. Write a few words first.")
        longest = max(map(len, whole))
        if longest > self.info.context_length:
            raise ContextOverflow(self.info.context_length, longest)
        return CandidateTokens(tuple(read[:kept]), tuple(tuple(ids[kept:]) for ids in whole))

    def _chat_template(self) -> ChatTemplate:
        if self.template is None:
            raise InvalidRequest(
                f"The model {self.info.name} only continues text; it cannot hold a conversation. "
                "Choose an instruct model for rewriting and chat."
            )
        return self.template


def _common_prefix(first: Sequence[int], second: Sequence[int]) -> int:
    for place, (mine, other) in enumerate(zip(first, second, strict=False)):
        if mine != other:
            return place
    return min(len(first), len(second))


def load_model(
    directory: Path,
    threads: int,
    progress: Callable[[float], None],
    cancel: CancelToken,
    device: DeviceWish = DeviceWish.CPU,
) -> LoadedModel:
    """Check and open the model in ``directory``; ``progress`` runs from 0 to 1.

    Raises:
        ModelDamaged: a file is missing, differs from the manifest, or cannot be opened.
        EngineClosed: cancelled on the way.
    """
    started = time.perf_counter()
    manifest = read_manifest(directory)
    verify_once(directory, manifest, lambda share: progress(share * _VERIFIED_SHARE), cancel)
    progress(_VERIFIED_SHARE)
    # ONNX Runtime packs the weights on one core, without Python's lock: time for all the rest.
    with ThreadPoolExecutor(1, "inkling-open") as beside:
        opening = beside.submit(open_session, directory, manifest, threads, device)
        tokenizer = Tokenizer(directory / TOKENIZER_NAME)
        template = None
        if manifest.has_chat_template:
            source = (directory / TEMPLATE_NAME).read_text(encoding="utf-8")
            template = ChatTemplate(source, manifest)
        spellings = tokenizer.all_token_bytes()
        vocabulary = Vocabulary(spellings, frozenset(manifest.stop_ids), TokenPrefixes(spellings))
        session = opening.result()
    release_memory()
    return LoadedModel(
        info=model_info(directory, manifest),
        session=session,
        tokenizer=tokenizer,
        template=template,
        vocabulary=vocabulary,
        start_id=manifest.bos_id if manifest.add_bos else None,
        load_ms=(time.perf_counter() - started) * 1000,
    )


def open_session(
    directory: Path, manifest: Manifest, threads: int, device: DeviceWish
) -> DecoderSession:
    """The graph of a package that was checked. Raises ``ModelDamaged`` if it cannot be opened."""
    shape = KVShape(manifest.layers, manifest.kv_heads, manifest.head_dim, manifest.context)
    return DecoderSession(directory, shape, manifest.vocab, threads, device)


def device_of(directory: Path, wish: DeviceWish) -> tuple[str, DeviceUnusable | None]:
    """What would run the model in ``directory``, and why it is not what ``wish`` asks for.

    Opens the graph where a graphics card is to be used, to see which of its parts that runs.

    Raises:
        ModelDamaged: the manifest cannot be read.
    """
    manifest = read_manifest(directory)
    heads, dim = manifest.kv_heads, manifest.head_dim
    try:
        opened = open_on_device(
            directory / GRAPH_NAME, heads, dim, lambda: session_options(1), wish
        )
    except DeviceUnusable as error:
        return CPU, error
    return (CPU if opened is None else opened.title), None
