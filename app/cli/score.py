"""``score``: how likely the model finds a text."""

from __future__ import annotations

import argparse

from app.cli.console import Console
from app.cli.errors import UsageError
from app.cli.inputs import read_text
from app.cli.session import open_engine, run_interruptibly
from engine import ScoreResult


def score(arguments: argparse.Namespace, console: Console) -> int:
    """Print the mean negative log-likelihood and the perplexity; ``--json`` adds every token."""
    text = read_text(arguments.words, arguments.text, arguments.file)
    if not text.text:
        raise UsageError(f"There is no text to score: {text.called()} is empty.")
    with open_engine(
        arguments.model, console, device=arguments.device, adapter=arguments.adapter
    ) as engine:
        result = run_interruptibly(lambda: engine.score(text.text))
        name = model.name if (model := engine.status().model) else None
    if not result.tokens:
        raise UsageError("The text is too short to score: nothing in it is predicted.")
    if arguments.json:
        console.json({**score_record(result), "model": name})
    else:
        console.line(f"perplexity  {result.perplexity:.3f}")
        console.line(f"mean NLL    {result.mean_nll:.4f} nats a token")
        console.line(f"tokens      {len(result.tokens):,}")
        console.line(f"context     {result.context:,} tokens, stride {result.stride:,}")
    return 0


def score_record(result: ScoreResult) -> dict[str, object]:
    """A score as its JSON object; log-probabilities are natural."""
    return {
        "tokens": [
            {"id": token.token_id, "text": token.text, "logprob": token.logprob}
            for token in result.tokens
        ],
        "mean_nll": result.mean_nll,
        "perplexity": result.perplexity,
        "context": result.context,
        "stride": result.stride,
    }
