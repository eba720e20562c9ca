"""``classify``: which of some labels fits a text."""

from __future__ import annotations

import argparse

from app.cli.console import Console
from app.cli.errors import UsageError
from app.cli.inputs import read_text
from app.cli.session import adapter_prompt, open_engine, run_interruptibly
from engine import CLASSIFY_TEMPLATE, InvalidRequest, classify, classify_request


def classify_text(arguments: argparse.Namespace, console: Console) -> int:
    """Print the labels with their probabilities, the most probable first."""
    text = read_text(arguments.words, arguments.text, arguments.file)
    if not text.text.strip():
        raise UsageError(f"There is no text to label: {text.called()} is empty.")
    own = adapter_prompt(arguments.adapter)
    template = arguments.template or own or CLASSIFY_TEMPLATE
    try:
        request = classify_request(
            text.text,
            arguments.labels.split(","),
            template=template.replace("\\n", "\n"),
            # What an adapter says after no text is no prior of what it was trained to say.
            divide_prior=not (arguments.no_prior or own),
        )
    except InvalidRequest as error:
        raise UsageError(str(error)) from error
    with open_engine(
        arguments.model, console, device=arguments.device, adapter=arguments.adapter
    ) as engine:
        scores = run_interruptibly(lambda: classify(engine, request))
        name = model.name if (model := engine.status().model) else None
    best = sorted(scores, key=lambda score: -score.probability)
    if arguments.json:
        labels = [
            {
                "label": score.text.strip(),
                "probability": score.probability,
                "logprob": score.logprob,
                "mean_logprob": score.mean_logprob,
                "prior_logprob": score.prior_logprob,
                "tokens": score.tokens,
            }
            for score in best
        ]
        console.json({"label": best[0].text.strip(), "labels": labels, "model": name})
    else:
        width = max(len(score.text.strip()) for score in best)
        for score in best:
            console.line(f"{score.text.strip():{width}}  {score.probability:6.1%}")
    return 0
