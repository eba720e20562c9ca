"""What a rewrite must keep, and what may be said another way."""

from __future__ import annotations

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from engine.rewriting.guards import GuardFinding, findings


@pytest.mark.parametrize(
    ("source", "result", "expected"),
    [
        ("It cost 42,300 once.", "It cost 43,200 once.",
         [("number", "42,300", "changed", "43,200")]),
        ("It costs £94 in all.", "It costs €94 in all.", [("number", "£94", "changed", "€94")]),
        ("Pay 94 by then.", "Pay by then.", [("number", "94", "dropped", "")]),
        ("Pay by then.", "Pay 94 by then.", [("number", "94", "added", "")]),
        ("Wait ten minutes.", "Wait five minutes.", [("number", "ten", "changed", "five")]),
        ("Call Marta Zielinska.", "Call Martha Zielinski.",
         [("name", "Marta Zielinska", "changed", "Martha Zielinski")]),
        ("Please ask Hugh first.", "Please ask first.", [("name", "Hugh", "dropped", "")]),
        ("Please ask first.", "Please ask Hugh first.", [("name", "Hugh", "added", "")]),
        ("We meet on 8 September.", "We meet on 9 September.",
         [("date", "8 September", "changed", "9 September")]),
        ("Come on Thursday.", "Come on Friday.", [("date", "Thursday", "changed", "Friday")]),
        ("Closed in September.", "Closed.", [("date", "September", "dropped", "")]),
        ("See https://a.example/b for it.", "See the page for it.",
         [("link", "https://a.example/b", "dropped", "")]),
        ("It is not safe to enter.", "It is safe to enter.",
         [("negation", "not safe", "dropped", "")]),
        ("It is safe to enter.", "It isn't safe to enter.",
         [("negation", "isn't safe", "added", "")]),
        ('She said "come at once" and left.', "She said to hurry and left.",
         [("quote", "come at once", "dropped", "")]),
        ("She told us to hurry.", 'She said "come at once" to us.',
         [("quote", "come at once", "added", "")]),
        ("I will write again.", "I will write again. Regards, [Your Name]",
         [("name", "[Your Name]", "added", "")]),
        ("不可以进去。", "可以进去。", [("negation", "不可", "dropped", "")]),
        ("他在10月5日来了。", "他在10月6日来了。", [("date", "10月5日", "changed", "10月6日")]),
    ],
)  # fmt: skip
def test_what_was_not_kept_is_found(source, result, expected):
    assert findings(source, result) == tuple(GuardFinding(*each) for each in expected)


@pytest.mark.parametrize(
    ("source", "result"),
    [
        ("It costs 42,300 pounds.", "It costs £42300."),
        ("About 27 per cent agreed.", "About 27% agreed."),
        ("Spent $1.3 million so far.", "So far $1,300,000 was spent."),
        ("Wait three days.", "Wait 3 days."),
        ("Two keys are there.", "Both keys are there."),
        ("Take the 10:42 train.", "Take the 10.42 train."),
        ("It is due on 8 September 2026.", "It is due on September 8th."),
        ("From 8 September to 22 September.", "From 8 to 22 September."),
        ("It is due on 2026-09-08.", "It is due on 8 September 2026."),
        ("Open on Wednesdays.", "Open every Wednesday."),
        ("Collect it from Mrs Adaeze Bright.", "Collect it from Mrs Bright."),
        ("It was Leila's idea.", "The idea was Leila's."),
        ("You may not enter.", "Entry is prohibited."),
        ("Do not wait; it isn't ready.", "Don't wait, it is not ready."),
        ("No later than 28 days.", "Within 28 days."),
        ('She called it "a mess".', "In her words it was “a mess”."),
        ("Write to a.b@c.example now.", "Now write to a.b@c.example."),
        ("I'd like to come. Can I?", "May I come? I would like to."),
    ],
)
def test_another_way_to_say_the_same_is_none(source, result):
    assert findings(source, result) == ()


@settings(deadline=None)
@given(st.text(max_size=200))
def test_a_text_keeps_all_of_itself(text):
    assert findings(text, text) == ()


@settings(deadline=None)
@given(st.text(max_size=120), st.text(max_size=120))
def test_every_text_can_be_compared(source, result):
    for finding in findings(source, result):
        assert finding.text
        assert (finding.where == "changed") == bool(finding.new)
