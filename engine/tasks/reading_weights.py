"""The constants with which a sentence is chosen to be quoted, and taken as an answer or not.

They were fitted, not set by hand, on the questions of ``training/reading/questions.jsonl``, which
were written for it, with the default model's scores:

    python -m engine.train.reading training/reading/questions.jsonl

``RANK`` is a conditional logit over the sentences of a text: which of them holds the answer.
``ANSWER`` is a logistic regression on the chosen sentence: whether the text tells at all. Both are
drawn towards 0 (ridge). ``LEAST_SUPPORT`` is where one in ten answerable questions would be
declined, in a cross-validation over the texts. No constant was fitted on the questions that
docs/quality.md measures on.
"""

from __future__ import annotations

RANK = {
    "coverage": 7.61,
    "nothing_expected": -1.81,
    "expected": 1.60,
    "likelihood": 2.40,
    "length": 0.34,
}
ANSWER = {
    "intercept": -3.79,
    "coverage": 5.25,
    "nothing_expected": -1.90,
    "expected": 1.29,
    "likelihood": 0.01,
    "missing": 3.07,
}
LEAST_SUPPORT = 0.35
