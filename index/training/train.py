"""Train the token table: in-batch contrast between queries and passages."""

from __future__ import annotations

import logging
import time
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from pathlib import Path

import numpy as np
import torch
from tokenizers import Tokenizer
from torch import Tensor
from torch.nn import functional

from index.training.batches import Batch, Sampler, draw_batch
from index.training.folding import (
    FoldedTable,
    composition,
    csr,
    first_rows,
    frequency_weights,
)
from index.training.tokens import Ragged
from index.training.vocabulary import token_scores

log = logging.getLogger(__name__)

# Steps over which the learning rate climbs to its full value.
WARM_UP_STEPS = 50
# The learning rate ends at this share of its full value.
LAST_RATE = 0.02


@dataclass(frozen=True, slots=True)
class TrainingSettings:
    """What one run does.

    ``scale`` multiplies cosines before the softmax; ``rate`` is Adam's step; ``threads`` bounds
    PyTorch's threads; a checkpoint is written every ``checkpoint_steps`` steps.
    """

    dimension: int = 512
    steps: int = 600
    batch: int = 2_048
    scale: float = 20.0
    rate: float = 0.007
    seed: int = 7
    threads: int = 2
    checkpoint_steps: int = 200


def pool(table: Tensor, texts: Ragged) -> Tensor:
    """Average the rows of each text's tokens and bring the mean to unit length.

    :param table: float32, V x D.
    :returns: float32, B x D.
    """
    lengths = np.maximum(np.diff(texts.starts), 1)
    shares = np.repeat((1.0 / lengths).astype(np.float32), np.diff(texts.starts))
    size = (len(texts), table.shape[0])
    bag = csr(
        torch.from_numpy(texts.starts), torch.from_numpy(texts.ids), torch.from_numpy(shares), size
    )
    return functional.normalize(bag @ table, dim=1)


def contrast(queries: Tensor, passages: Tensor, keys: Tensor, scale: float) -> Tensor:
    """Return the mean of both directions' cross-entropy of finding one's partner in the batch.

    Passages that are the same text as the partner are left out of the alternatives.

    :param queries: unit rows, B x D.
    :param passages: unit rows, B x D.
    :param keys: int64, B; equal for equal passages.
    """
    logits = scale * (queries @ passages.T)
    same = keys[:, None] == keys[None, :]
    same.fill_diagonal_(False)
    logits = logits.masked_fill(same, float("-inf"))
    partner = torch.arange(len(keys))
    forth = functional.cross_entropy(logits, partner)
    back = functional.cross_entropy(logits.T, partner)
    return (forth + back) / 2


def rate_at(step: int, settings: TrainingSettings) -> float:
    """Return the learning rate of a step: a short climb, then a straight fall."""
    climb = min(1.0, (step + 1) / WARM_UP_STEPS)
    fall = 1.0 - (1.0 - LAST_RATE) * step / settings.steps
    return settings.rate * min(climb, fall)


def split_batch(shares: Mapping[str, float], size: int) -> dict[str, int]:
    """Divide a batch among groups by share; rounding goes to the largest group.

    :raises ValueError: no group has a positive share.
    """
    total = sum(shares.values())
    if total <= 0:
        raise ValueError("no group has a share of the batch")
    counts = {group: int(size * share / total) for group, share in shares.items()}
    counts[max(shares, key=lambda group: shares[group])] += size - sum(counts.values())
    return counts


def train(
    samplers: Mapping[str, Sampler],
    shares: Mapping[str, float],
    tokenizer: Tokenizer,
    settings: TrainingSettings,
    *,
    start: Tensor | None = None,
    checkpoint: Path | None = None,
    progress: Callable[[int, float], None] | None = None,
) -> Tensor:
    """Train a table and return it folded.

    :param samplers: where examples of each group come from.
    :param shares: relative share of each group in a batch; groups without sampler are left out.
    :param start: what is known of the tokens beforehand, float32, V x D; chance alone if None.
    :param checkpoint: file that receives the folded table from time to time.
    :param progress: is told each step's number and loss.
    :returns: float32, V x D.
    :raises ValueError: no group with a sampler has a share.
    """
    torch.manual_seed(settings.seed)
    torch.set_num_threads(settings.threads)
    rng = np.random.default_rng(settings.seed)
    counts = split_batch({g: s for g, s in shares.items() if g in samplers}, settings.batch)
    chosen = [samplers[group] for group in counts]
    tokens, scores = token_scores(tokenizer)
    weights = frequency_weights(tokens, scores)
    matrix = composition(tokens)
    known = torch.zeros(len(tokens), settings.dimension) if start is None else start
    model = FoldedTable(matrix, weights, first_rows(known, matrix.shape[1], settings.seed))
    optimiser = torch.optim.Adam(model.parameters(), lr=settings.rate, fused=True)
    started = time.monotonic()
    for step in range(settings.steps):
        for group in optimiser.param_groups:
            group["lr"] = rate_at(step, settings)
        batch = draw_batch(chosen, list(counts.values()), rng)
        loss = batch_loss(model(), batch, settings.scale)
        optimiser.zero_grad()
        loss.backward()  # type: ignore[no-untyped-call]
        optimiser.step()
        if progress is not None:
            progress(step, float(loss.detach()))
        if checkpoint is not None and (step + 1) % settings.checkpoint_steps == 0:
            torch.save(fold(model), checkpoint)
    log.info("%d steps in %.0f s", settings.steps, time.monotonic() - started)
    return fold(model)


def fold(model: FoldedTable) -> Tensor:
    """Return the table as it stands, cut off from training."""
    with torch.no_grad():
        table: Tensor = model()
    return table


def batch_loss(table: Tensor, batch: Batch, scale: float) -> Tensor:
    """Return the loss of one batch under a folded table."""
    queries, passages = pool(table, batch.queries), pool(table, batch.passages)
    return contrast(queries, passages, torch.from_numpy(batch.keys), scale)
