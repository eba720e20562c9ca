"""A model that cannot translate is found out before it is asked."""

from __future__ import annotations

import pytest

from engine import (
    CancelToken,
    CandidateScore,
    FakeEngine,
    InvalidRequest,
    can_pair,
    can_translate,
    couplet_request,
    fits_couplet,
    language_of,
    translated,
)
from engine.tasks.translate import _COUPLETS, _PAIRS


class Polyglot(FakeEngine):
    """Knows the translations of the known sentences, as likely as ``logprob``."""

    def __init__(self, logprob: float) -> None:
        super().__init__()
        self._logprob = logprob

    def score_candidates(self, prompt, candidates, neutral=(), **more):
        super().score_candidates(prompt, candidates, neutral)
        known = [pair for pairs in _PAIRS.values() for pair in pairs]
        known += [(b, a) for a, b in known] + list(_COUPLETS)
        return tuple(
            CandidateScore(each, 5, self._logprob, -1.0, -20.0, 0.999 if right else 0.0005)
            for each in candidates
            for right in [any(a in prompt[-60:] and b == each.strip() for a, b in known)]
        )


@pytest.mark.parametrize("target", sorted(_PAIRS))
def test_a_model_whose_translations_follow_from_their_source_can(target: str) -> None:
    assert can_translate(Polyglot(-4.0), target).able
    assert can_translate(Polyglot(-4.0), "en", target).able


def test_a_model_that_the_source_tells_little_cannot() -> None:
    found = can_translate(Polyglot(-15.0), "zh")
    assert not found.able
    assert found.right == found.asked == 4
    assert found.saved == pytest.approx(0.25)


def test_a_model_that_prefers_another_translation_cannot() -> None:
    assert not can_translate(FakeEngine(), "fr").able
    assert not can_pair(FakeEngine()).able
    assert can_pair(Polyglot(-4.0)).able


def test_the_same_language_is_no_translation() -> None:
    with pytest.raises(InvalidRequest, match="already"):
        can_translate(FakeEngine(), "en", "en")


class French(FakeEngine):
    """Says the same to everything."""

    def generate(self, request):
        results = []
        self.submit(request, lambda chunk: results.append(chunk.result))
        self.emit(request.request_id, ["Bonjour."])
        self.finish(request.request_id)
        return results[-1]


def test_line_breaks_stay_and_it_can_be_stopped() -> None:
    engine, cancel, shares = French(), CancelToken(), []
    pieces = translated("Hello.\n\nGoodbye.\n", "fr", engine, cancel=cancel, progress=shares.append)
    assert next(pieces).strip() == "Bonjour."
    assert next(pieces) == "\n\n"
    cancel.cancel()
    assert list(pieces) == []
    assert shares == sorted(shares)


def test_a_second_line_has_as_many_characters_and_repeats_none() -> None:
    first = "\u660e\u6708\u677e\u95f4\u7167"
    assert fits_couplet(first, "\u6e05\u6cc9\u77f3\u4e0a\u6d41")
    assert not fits_couplet(first, "\u6e05\u6cc9\u6d41")
    assert not fits_couplet(first, "\u6e05\u6708\u77f3\u4e0a\u6d41")
    assert couplet_request(first).alternatives > 1
    with pytest.raises(InvalidRequest):
        couplet_request("bright moon")


def test_languages_are_told_by_their_script() -> None:
    assert language_of("The library is closed.") == "en"
    assert language_of("\u56fe\u4e66\u9986\u5173\u4e86\u3002") == "zh"
    assert language_of("\u99c5\u306f\u3069\u3053\u3067\u3059\u304b") == "ja"
