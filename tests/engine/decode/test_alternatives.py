from __future__ import annotations

from dataclasses import replace

import pytest

from engine import FinishReason, GenerationRequest, InvalidRequest, LocalEngine, SamplingParams

STORY = "The old lighthouse keeper climbed the stairs as he had every evening for thirty years"
GREEDY = GenerationRequest(STORY, max_tokens=10, sampling=SamplingParams(repetition_penalty=1.1))


def test_the_first_is_the_plain_text_and_the_others_begin_differently(engine: LocalEngine) -> None:
    plain = engine.generate(GREEDY)
    result = engine.generate(replace(GREEDY, alternatives=4, request_id=plain.request_id + 10_000))
    assert result.token_ids == plain.token_ids
    assert len(result.alternatives) == 3
    firsts = {each.token_ids[0] for each in (result, *result.alternatives)}
    assert len(firsts) == 4
    for other in result.alternatives:
        assert len(other.token_ids) == 10
        assert other.text == engine.decode(other.token_ids)


def test_sampled_alternatives_repeat_with_their_seed(tiny: LocalEngine) -> None:
    request = replace(GREEDY, sampling=SamplingParams(temperature=1.0, seed=5), alternatives=3)
    texts = []
    for number in range(2):
        result = tiny.generate(replace(request, request_id=50_000 + number))
        texts.append([each.text for each in (result, *result.alternatives)])
        assert len({each.token_ids[0] for each in (result, *result.alternatives)}) == 3
    assert texts[0] == texts[1]


def test_rows_end_by_themselves(tiny: LocalEngine) -> None:
    whole = tiny.generate(replace(GREEDY, alternatives=3, request_id=60_000))
    stop = whole.text[3:5]
    result = tiny.generate(replace(GREEDY, alternatives=3, stop=(stop,), request_id=60_001))
    assert result.finish_reason is FinishReason.STOP
    assert result.text == whole.text[: whole.text.index(stop)]
    for before, after in zip(whole.alternatives, result.alternatives, strict=True):
        assert after.text == before.text.split(stop)[0]


def test_alternatives_finish_the_typed_word_each_in_its_way(engine: LocalEngine) -> None:
    request = GenerationRequest(
        "She studied the philos", max_tokens=4, heal=True, alternatives=3, stop=("\n",)
    )
    result = engine.generate(request)
    texts = [each.text for each in (result, *result.alternatives)]
    assert len(set(texts)) == len(texts) > 1
    assert texts[0].startswith("oph")


@pytest.mark.parametrize("count", [0, 9])
def test_too_many_or_none_are_refused(tiny: LocalEngine, count: int) -> None:
    with pytest.raises(InvalidRequest, match="alternatives"):
        tiny.generate(replace(GREEDY, alternatives=count, request_id=70_000 + count))
