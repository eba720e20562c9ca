"""A graphics card is taken where one does the work; otherwise the processor is, with the reason."""

from __future__ import annotations

import pytest

from engine import DeviceUnusable, DeviceWish, GenerationRequest, LocalEngine, device_of
from engine.runtime.providers import Backend, attention_on_device, usable

_CARD = Backend("CardProvider", "Card", "card", hardware=True)
_SOFTWARE = Backend("SoftwareProvider", "Software", "software", hardware=False)
_CPU = "CPUExecutionProvider"


@pytest.mark.parametrize(
    ("wish", "found", "expected"),
    [
        (DeviceWish.AUTO, [_SOFTWARE, _CARD], [_CARD]),
        (DeviceWish.AUTO, [_SOFTWARE], []),
        (DeviceWish.GPU, [_SOFTWARE], [_SOFTWARE]),
        (DeviceWish.CPU, [_CARD], []),
    ],
)
def test_hardware_is_taken_by_itself_and_software_only_when_asked_for(wish, found, expected):
    assert usable(wish, found) == expected


def test_the_cache_lies_where_attention_runs():
    matrices = [("MatMulNBits", _CARD.provider)] * 3
    assert attention_on_device(_CARD, [*matrices, ("GroupQueryAttention", _CARD.provider)])
    assert not attention_on_device(_CARD, [*matrices, ("GroupQueryAttention", _CPU)])


@pytest.mark.parametrize(
    "nodes",
    [
        [],
        [("MatMulNBits", _CPU)],
        [("MatMul", _CARD.provider), ("MatMul", _CPU), ("MatMul", _CPU)],
        [
            ("MatMul", _CARD.provider),
            ("GroupQueryAttention", _CARD.provider),
            ("GroupQueryAttention", _CPU),
        ],
    ],
)
def test_a_card_that_leaves_work_to_the_processor_is_refused(nodes):
    with pytest.raises(DeviceUnusable, match="Card cannot run all the parts"):
        attention_on_device(_CARD, nodes)


def test_asking_for_a_card_gives_the_same_text_and_the_reason_where_there_is_none(tiny_model):
    request = GenerationRequest("The ferry leaves", max_tokens=8)
    texts = []
    for wish in (DeviceWish.CPU, DeviceWish.GPU):
        engine = LocalEngine(tiny_model, device=wish)
        texts.append(engine.generate(request).text)
        status = engine.status()
        engine.close(30)
        asked_in_vain = wish is DeviceWish.GPU and status.device == "CPU"
        assert (status.notice is not None) == asked_in_vain
        assert status.device == device_of(tiny_model, wish)[0]
        if status.notice:
            assert "The model runs on the processor" in str(status.notice)
            assert status.device == "CPU"
    assert texts[0] == texts[1]
