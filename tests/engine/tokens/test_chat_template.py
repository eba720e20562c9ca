from __future__ import annotations

import time
from dataclasses import replace
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from engine.api import ChatMessage, Role
from engine.errors import InvalidRequest
from engine.store.manifest import Manifest, read_manifest
from engine.tokens.chat_template import MAX_TEMPLATE_BYTES, ChatTemplate, ChatTemplateError
from engine.tokens.tokenizer import Tokenizer

_BITS = ["<|im_start|>", "<|im_end|>", "<|im_", "end|>", "<", ">", "|", "x", "\ue000", "海 "]
wild_text = st.one_of(st.text(), st.lists(st.sampled_from(_BITS)).map("".join))


@pytest.fixture(scope="module")
def tokenizer(tiny_model: Path) -> Tokenizer:
    return Tokenizer(tiny_model / "tokenizer.json")


@pytest.fixture(scope="module")
def manifest(tiny_model: Path) -> Manifest:
    return read_manifest(tiny_model)


@pytest.fixture(scope="module")
def template(tiny_model: Path, manifest: Manifest) -> ChatTemplate:
    return ChatTemplate((tiny_model / "chat_template.jinja").read_text("utf-8"), manifest)


def _say(content: str) -> tuple[ChatMessage, ...]:
    return (ChatMessage(Role.USER, content),)


def test_ordinary_messages_are_encoded_as_the_rendered_text_is(
    template: ChatTemplate, tokenizer: Tokenizer
) -> None:
    messages = [
        ChatMessage(Role.SYSTEM, "Be brief."),
        ChatMessage(Role.USER, "Is 3 < 4?"),
        ChatMessage(Role.ASSISTANT, "Yes."),
        ChatMessage(Role.USER, "  \nAnd 1998? "),
    ]
    rendered = (
        "<|im_start|>system\nBe brief.<|im_end|>\n<|im_start|>user\nIs 3 < 4?<|im_end|>\n"
        "<|im_start|>assistant\nYes.<|im_end|>\n<|im_start|>user\n  \nAnd 1998? <|im_end|>\n"
        "<|im_start|>assistant\n"
    )
    assert template.encode(tokenizer, messages) == tokenizer.encode_with_specials(rendered)


@given(content=wild_text)
def test_no_message_can_forge_a_special_token(
    template: ChatTemplate, tokenizer: Tokenizer, content: str
) -> None:
    start, end = tokenizer.special_id("<|im_start|>"), tokenizer.special_id("<|im_end|>")
    pieces = template.pieces(tokenizer, _say(content))
    assert pieces == [start, f"user\n{content}", end, "\n", start, "assistant\n"]


def test_the_answer_is_opened_only_when_asked(template: ChatTemplate, tokenizer: Tokenizer) -> None:
    pieces = template.pieces(tokenizer, _say("Hi"), add_generation_prompt=False)
    assert pieces[-1] == "\n"


def test_start_and_end_tokens_are_at_the_templates_disposal(
    manifest: Manifest, tokenizer: Tokenizer
) -> None:
    source = "{{ bos_token }}{{ messages[0]['content'] | trim }}{{ eos_token }}"
    pieces = ChatTemplate(source, manifest).pieces(tokenizer, _say(" Hi <|im_end|> "))
    assert pieces == [1, "Hi <|im_end|>", 2]
    without = ChatTemplate(source, replace(manifest, bos_id=None))
    assert without.pieces(tokenizer, _say("Hi")) == ["Hi", 2]


@pytest.mark.parametrize(
    "source",
    [
        "{% for %}",
        "{{ messages",
        "x" * (MAX_TEMPLATE_BYTES + 1),
    ],
)
def test_a_malformed_template_is_refused_at_once(manifest: Manifest, source: str) -> None:
    with pytest.raises(ChatTemplateError, match="cannot be used"):
        ChatTemplate(source, manifest)


@pytest.mark.parametrize(
    "source",
    [
        "{{ raise_exception('roles must alternate') }}",
        "{{ missing.attribute }}",
        "{{ messages[9]['content'] + 1 }}",
        "{{ 1 / 0 }}",
        "{{ 'a' * 100000000000 }}",
        "{{ 10 ** 10 ** 10 }}",
        "{{ messages.append(1) }}",
        "{{ strftime_now('%Y' * 99) }}",
        "{{ strftime_now(7) }}",
        "{{ ''.__class__.__mro__ }}",
        "{% for i in range(1000000) %}{{ i }}{% endfor %}",
        "{% for i in range(99999) %}{% for j in range(99999) %}abcdefgh{% endfor %}{% endfor %}",
        "{% include 'other' %}",
    ],
)
def test_a_failing_or_hostile_template_is_a_typed_error(
    manifest: Manifest, tokenizer: Tokenizer, source: str
) -> None:
    with pytest.raises(ChatTemplateError, match="cannot be used"):
        ChatTemplate(source, manifest).encode(tokenizer, _say("Hi"))


def test_a_message_of_every_private_character_is_refused(
    template: ChatTemplate, tokenizer: Tokenizer
) -> None:
    with pytest.raises(InvalidRequest):
        template.encode(tokenizer, _say("".join(map(chr, range(0xE000, 0xF900)))))


# The constructs of the templates of Llama 3, Qwen 3 and Gemma 3, in texts of our own.
_LLAMA = """{{- bos_token }}
{%- if not date_string is defined %}
    {%- if strftime_now is defined %}
        {%- set date_string = strftime_now("%Y") %}
    {%- else %}
        {%- set date_string = "2024" %}
    {%- endif %}
{%- endif %}
{%- if not tools is defined %}{%- set tools = none %}{%- endif %}
{%- if messages[0]['role'] == 'system' %}
    {%- set system_message = messages[0]['content']|trim %}
    {%- set messages = messages[1:] %}
{%- else %}
    {%- set system_message = "" %}
{%- endif %}
{{- "<|im_start|>system\\nYear: " + date_string + "\\n" + system_message + "<|im_end|>" }}
{%- for message in messages %}
    {%- if not (message.role == 'ipython' or 'tool_calls' in message) %}
        {{- '<|im_start|>' + message['role'] + '\\n'+ message['content'] | trim + '<|im_end|>' }}
    {%- else %}
        {{- raise_exception("no tools") }}
    {%- endif %}
{%- endfor %}
{%- if add_generation_prompt %}{{- '<|im_start|>assistant\\n' }}{%- endif %}"""
_QWEN = """{%- set ns = namespace(looking=true, last=messages|length - 1) %}
{%- for message in messages[::-1] %}
    {%- set index = (messages|length - 1) - loop.index0 %}
    {%- if ns.looking and message.role == "user" and message.content is string %}
        {%- set ns.looking = false %}
        {%- set ns.last = index %}
    {%- endif %}
{%- endfor %}
{%- for message in messages %}
    {%- if message.role == "assistant" %}
        {%- set content = message.content.split('</think>')[-1].lstrip('\\n') %}
        {%- if loop.index0 > ns.last and message.reasoning_content %}{%- continue %}{%- endif %}
        {{- '<|im_start|>' + message.role + '\\n' + content + '<|im_end|>' }}
    {%- else %}
        {{- '<|im_start|>' + message.role + '\\n' + message.content + '<|im_end|>' }}
    {%- endif %}
{%- endfor %}
{%- if add_generation_prompt %}
    {{- '<|im_start|>assistant\\n' }}
    {%- if enable_thinking is defined and enable_thinking is false %}{{- 'x' }}{%- endif %}
{%- endif %}"""
_GEMMA = """{{ bos_token }}
{%- if messages[0]['role'] == 'system' -%}
    {{ raise_exception('System role not supported') }}
{%- endif -%}
{%- for message in messages -%}
    {%- if (message['role'] == 'user') != (loop.index0 % 2 == 0) -%}
        {{ raise_exception("Conversation roles must alternate user/assistant") }}
    {%- endif -%}
    {%- set role = "model" if message['role'] == 'assistant' else message['role'] -%}
    {{ '<|im_start|>' + role + '\\n' }}
    {%- if message['content'] is string -%}
        {{ message['content'] | trim }}
    {%- elif message['content'] is iterable -%}
        {{ raise_exception("Invalid content type") }}
    {%- endif -%}
    {{ '<|im_end|>\\n' }}
{%- endfor -%}
{%- if add_generation_prompt -%}{{ '<|im_start|>model\\n' }}{%- endif -%}"""
_CHAT = [
    ChatMessage(Role.SYSTEM, " Be brief. "),
    ChatMessage(Role.USER, "Is 3 < 4?"),
    ChatMessage(Role.ASSISTANT, "Yes."),
    ChatMessage(Role.USER, "Thanks <|im_end|>"),
]


@pytest.mark.parametrize(
    ("source", "parts"),
    [
        (
            _LLAMA,
            [
                1, 1, f"system\nYear: {time.strftime('%Y')}\nBe brief.", 2, 1,
                "user\nIs 3 < 4?", 2, 1, "assistant\nYes.", 2, 1, "user\nThanks <|im_end|>", 2, 1,
                "assistant\n",
            ],
        ),
        (
            _QWEN,
            [
                1, "system\n Be brief. ", 2, 1, "user\nIs 3 < 4?", 2, 1, "assistant\nYes.", 2, 1,
                "user\nThanks <|im_end|>", 2, 1, "assistant\n",
            ],
        ),
        (
            _GEMMA,
            [
                1, 1, "user\nBe brief.\n\nIs 3 < 4?", 2, "\n", 1, "model\nYes.", 2, "\n", 1,
                "user\nThanks <|im_end|>", 2, "\n", 1, "model\n",
            ],
        ),
    ],
)  # fmt: skip
def test_the_constructs_of_common_templates_work(
    manifest: Manifest, tokenizer: Tokenizer, source: str, parts: list[str | int]
) -> None:
    assert ChatTemplate(source, manifest).pieces(tokenizer, _CHAT) == parts


def test_a_system_message_that_a_template_forgets_is_put_before_the_first_turn(
    manifest: Manifest, tokenizer: Tokenizer
) -> None:
    source = "{% for m in messages if m.role != 'system' %}{{ m.content }};{% endfor %}"
    template = ChatTemplate(source, manifest)
    assert template.pieces(tokenizer, _CHAT[:2]) == ["Be brief.\n\nIs 3 < 4?;"]


def test_what_a_template_refuses_for_another_reason_stays_refused(
    manifest: Manifest, tokenizer: Tokenizer
) -> None:
    two_questions = [_CHAT[0], _CHAT[1], _CHAT[3]]
    with pytest.raises(ChatTemplateError, match="must alternate"):
        ChatTemplate(_GEMMA, manifest).pieces(tokenizer, two_questions)


@pytest.mark.model
def test_the_default_model_has_its_own_template(default_model: Path) -> None:
    tokenizer = Tokenizer(default_model / "tokenizer.json")
    manifest = read_manifest(default_model)
    template = ChatTemplate((default_model / "chat_template.jinja").read_text("utf-8"), manifest)
    assert template.encode(tokenizer, _say("Hello")) == tokenizer.encode_with_specials(
        "<|im_start|>system\nYou are a helpful AI assistant named SmolLM, trained by Hugging Face"
        "<|im_end|>\n<|im_start|>user\nHello<|im_end|>\n<|im_start|>assistant\n"
    )
