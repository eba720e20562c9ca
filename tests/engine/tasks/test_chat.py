"""The request that answers a conversation."""

from __future__ import annotations

from engine import ChatMessage, ContextText, Role, chat_request, shortened_context

QUESTION = ChatMessage(Role.USER, "Who?")


def system(*context: ContextText) -> str:
    prompt = chat_request([QUESTION], context).prompt
    assert not isinstance(prompt, str)
    assert prompt[0].role is Role.SYSTEM
    return prompt[0].content


def test_the_model_gets_what_the_person_is_shown():
    texts = (ContextText("a", " word " * 3000), ContextText("b", "\nshort\n"))
    shown = shortened_context(texts)
    assert [item.title for item in shown] == ["a", "b"]
    assert shown[1].text == "short"
    assert 5900 < len(shown[0].text) <= 6000
    given = system(*texts)
    assert all(f"[{item.title}]\n{item.text}" in given for item in shown)
    assert system(*shown) == given
    assert shortened_context(shown) == shown


def test_without_context_nothing_is_said_of_a_text():
    assert shortened_context(()) == ()
    assert "text" not in system()
