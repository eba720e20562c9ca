"""A text rewritten piece by piece: what is told, tried again, refused, and kept."""

from __future__ import annotations

import threading
from dataclasses import replace

import pytest

from engine import FakeEngine, FinishReason, GenerationFailed
from engine.api import ChunkCallback, GenerationRequest
from engine.cancel import CancelToken
from engine.rewriting.action import (
    ActionForm,
    ActionOutput,
    ActionPiece,
    ActionPrompt,
    Preference,
    RewriteAction,
)
from engine.rewriting.prompts import RewriteContext
from engine.rewriting.rewriter import PieceDone, PieceGrown, PieceStarted, Rewriter, rewritten
from engine.rewriting.verdict import Reason

CLEARER = RewriteAction("clearer", "Clearer", ActionPrompt("Make this text clear and easy."))


class Answering(FakeEngine):
    """Answers each request at once with the next of some texts, the last one again and again."""

    def __init__(self, *answers: str, error: GenerationFailed | None = None) -> None:
        super().__init__()
        self.answers = list(answers)
        self.error = error

    def submit(self, request: GenerationRequest, on_chunk: ChunkCallback) -> None:
        super().submit(request, on_chunk)
        answer = self.answers.pop(0) if len(self.answers) > 1 else self.answers[0]
        half = len(answer) // 2
        self.emit(request.request_id, [answer[:half], answer[half:]])
        reason = FinishReason.ERROR if self.error else FinishReason.STOP
        self.finish(request.request_id, reason, self.error)


def run(engine, text, action=CLEARER, **options):
    return list(Rewriter(engine, action, **options).run(text))


def done(events):
    return [event for event in events if isinstance(event, PieceDone)]


def test_pieces_are_told_of_in_order_and_markdown_stays():
    text = "# One 1\n\nThe first paragraph is here.\n\n- The item is here.\n\n```\ncode\n```\n"
    engine = Answering("Paragraph one is here.", "Here the item is.")
    events = run(engine, text)
    assert [type(event) for event in events if not isinstance(event, PieceGrown)] == [
        PieceStarted,
        PieceDone,
    ] * 2
    first, second = done(events)
    assert (first.index, first.of, second.index) == (0, 2, 1)
    assert text[first.start : first.end] == first.source == "The first paragraph is here."
    assert rewritten(text, done(events)) == (
        "# One 1\n\nParagraph one is here.\n\n- Here the item is.\n\n```\ncode\n```\n"
    )


@pytest.mark.parametrize(
    ("answer", "reason"),
    [
        ("", Reason.EMPTY),
        ("The train is late. " * 9, Reason.LOOPS),
        ("Make this text clear and easy.", Reason.INSTRUCTION),
        ("I'm sorry, I can't see the train.", Reason.ANSWERS),
        ("Bananas grow best in warm, wet, sunny valleys.", Reason.ANSWERS),
        ("The train, " + "which everybody knows is blue, " * 1 + "is " + "very " * 2 + "late and "
         "nobody can say why that is so or when it will come or who ought to be asked about it",
         Reason.LONG),
        ("Train.", Reason.SHORT),
    ],
)  # fmt: skip
def test_what_is_not_usable_is_tried_once_more_and_then_refused(answer, reason):
    text = "The train that we wait for is late."
    engine = Answering(answer)
    (result,) = done(run(engine, text))
    assert result.verdict.reason is reason
    assert result.result == text
    assert result.refused.strip() == answer.strip()
    first, second = engine.requests
    assert first.sampling.temperature == 0
    assert second.sampling.temperature > 0
    assert second.sampling.seed != first.sampling.seed


def test_a_usable_second_try_is_taken():
    engine = Answering("", "The train is late today.")
    (result,) = done(run(engine, "The train that we wait for is late."))
    assert result.verdict.usable
    assert result.result == "The train is late today."


def test_of_two_tries_the_one_that_keeps_more_is_taken():
    text = "Mr Venn pays 42 pounds on 3 May."
    engine = Answering("Mr Venn pays 24 pounds on 5 May.", "Mr Venn pays 42 pounds on 4 May.")
    (result,) = done(run(engine, text))
    assert result.result == "Mr Venn pays 42 pounds on 4 May."
    assert [(each.kind, each.text, each.new) for each in result.findings] == [
        ("date", "3 May", "4 May")
    ]


def test_a_good_first_try_is_not_repeated():
    engine = Answering("The train is late today.")
    run(engine, "The train that we wait for is late.")
    assert len(engine.requests) == 1


def test_links_come_back_around_their_words():
    engine = Answering("Please read the rules first.")
    (result,) = done(run(engine, "You should first read [the rules](https://a.example)."))
    assert result.result == "Please read [the rules](https://a.example) first."
    assert "https" not in str(engine.requests[0].prompt)


def test_a_lost_link_is_a_refusal():
    engine = Answering("Please read first what they are.")
    (result,) = done(run(engine, "You should first read [the rules](https://a.example)."))
    assert result.verdict.reason is Reason.MARKUP
    assert "https://a.example" in result.verdict.detail


def test_the_model_gets_the_wrapping_cut_off():
    engine = Answering('Here is the clearer text:\n"The train is late today."')
    (result,) = done(run(engine, "The train that we wait for is late."))
    assert result.result == "The train is late today."


def test_a_pattern_shows_the_examples_and_stops_at_the_line():
    action = RewriteAction(
        "formal",
        "Formal",
        ActionPrompt("x"),
        families={
            "fake": ActionPrompt("x", pattern="Casual: {text}\nFormal: {answer}", piece="sentence")
        },
    )
    engine = Answering(" It is late.")
    run(engine, "It's late.", action)
    (request,) = engine.requests
    assert request.prompt == "Casual: It's late.\nFormal:"
    assert request.stop == ("\n",)


def test_what_is_added_is_not_compared_with_the_text():
    action = RewriteAction(
        "title",
        "Title",
        ActionPrompt("Give a title. {text}"),
        form=ActionForm.LINE,
        output=ActionOutput.INSERT,
        piece=ActionPiece.WHOLE,
    )
    engine = Answering('"The Late Train."\nIt is about a train.')
    (result,) = done(run(engine, "The 10:42 that we wait for is late.", action))
    assert result.result == "The Late Train"
    assert result.findings == ()


def test_a_translation_that_is_none_is_refused():
    action = RewriteAction("t", "T", ActionPrompt("Translate into {language}."))
    context = RewriteContext(language="Chinese")
    text = "The train that we wait for is late."
    engine = Answering("The train we wait for is late.")
    (result,) = done(run(engine, text, action, context=context))
    assert result.verdict.reason is Reason.LANGUAGE
    engine = Answering("我们等的火车晚点了。")
    (result,) = done(run(engine, text, action, context=context))
    assert result.result == "我们等的火车晚点了。"
    assert "Chinese" in str(engine.requests[0].prompt)


def test_an_error_of_the_model_is_raised():
    engine = Answering("x", error=GenerationFailed("It broke."))
    with pytest.raises(GenerationFailed):
        run(engine, "The train is late.")


def test_cancelling_ends_it_within_a_piece():
    engine = FakeEngine()
    cancel = CancelToken()
    told = []

    def work() -> None:
        told.extend(Rewriter(engine, CLEARER).run("One is here.\n\nTwo is here.", cancel))

    thread = threading.Thread(target=work)
    thread.start()
    while not engine.requests:
        pass
    cancel.cancel()
    thread.join(5)
    assert not thread.is_alive()
    assert [type(event) for event in told] == [PieceStarted]
    assert len(engine.requests) == 1


BULLETS = RewriteAction(
    "bullets", "Bullets", ActionPrompt("x"), form=ActionForm.LIST, piece=ActionPiece.SENTENCE
)


def test_sentences_become_items_and_a_refused_one_stays_as_it_is():
    text = "Intro.\n\nThe bus is the cheap way. The train is quick, but dear. Walk.\n\n- An item."
    engine = Answering("Soon: intro.", "The bus is cheap.", "", "", "Walk.", "An item.")
    result = rewritten(text, done(run(engine, text, BULLETS)))
    assert result == (
        "- Soon: intro.\n\n- The bus is cheap.\n- The train is quick, but dear.\n- Walk.\n\n"
        "- An item."
    )


def by_rules(prefer):
    prompt = ActionPrompt("x", prefer=Preference(prefer), piece=ActionPiece.SENTENCE)
    return replace(CLEARER, replace={"utilise": "use"}, families={"fake": prompt})


def test_rules_come_first_where_they_are_preferred():
    engine = Answering("We walk along the old road.")
    text = "We utilise the old road. We go along the old road."
    result = rewritten(text, done(run(engine, text, by_rules("rules"))))
    assert result == "We use the old road. We walk along the old road."
    assert len(engine.requests) == 1


def test_rules_alone_ask_the_model_only_for_another_version():
    engine = Answering("We walk along the old road.")
    text = "We utilise the old road. We go along the old road."
    action = by_rules("only rules")
    first = done(run(engine, text, action))
    assert rewritten(text, first) == "We use the old road. We go along the old road."
    assert all(each.verdict.usable for each in first)
    assert engine.requests == []
    run(engine, text, action, fresh=True)
    assert engine.requests


def test_rules_stand_in_where_the_model_fails():
    engine = Answering("")
    text = "We utilise the old road."
    (result,) = done(run(engine, text, by_rules("model")))
    assert result.result == "We use the old road."
    assert result.verdict.usable


def test_a_model_that_is_known_to_be_unable_is_not_asked():
    prompt = ActionPrompt("x", unable=True)
    engine = Answering("x")
    (result,) = done(run(engine, "All is well.", replace(CLEARER, families={"fake": prompt})))
    assert result.verdict.reason is Reason.UNABLE
    assert result.result == "All is well."
    assert engine.requests == []
