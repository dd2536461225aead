"""The training itself: steps of a few batches, with checkpoints, so that it runs in pieces."""

import logging
import random
import time
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from pathlib import Path

import torch
from torch import Tensor

from rag.reading.encoding import NOTHING, QUESTION, Encoding
from rag.training.reading.checkpoints import resume, save_checkpoint
from rag.training.reading.losses import loss_of
from rag.training.reading.mixture import Mixture, WindowBatch
from rag.training.reading.reading_model import Logits, ReadingNet

LOG = logging.getLogger(__name__)
BATCHES = 2  # of a step
SAVED_EVERY = 250  # steps
TOLD_EVERY = 50  # steps
LEAST_RATE = 0.02  # share of the learning rate that is left at the end
# Without these instructions a product in brain floating point takes ten to eighty times as long as
# one in single precision.
IN_BRAIN_FLOATS = bool(torch.cpu.get_capabilities().get("avx512_bw"))

Loss = Callable[[WindowBatch, Logits], Tensor]


@dataclass(frozen=True, slots=True)
class Schedule:
    """How long and how fast is learned: the rate rises over the first `warming` share of the steps
    and falls in a line; heads, which start from nothing, learn `heads` times as fast. The table of
    words and the lowest `frozen` layers stay as they were pretrained, which saves their backward
    pass.
    """

    steps: int
    rate: float = 1.2e-4
    heads: float = 4.0
    warming: float = 0.06
    decay: float = 0.01
    dropped: float = 0.1
    frozen: int = 6
    seed: int = 0

    def factor(self, step: int) -> float:
        """The share of the rate at a step."""
        warm = max(1, round(self.warming * self.steps))
        return min((step + 1) / warm, max(LEAST_RATE, (self.steps - step) / (self.steps - warm)))


def train(
    net: ReadingNet,
    mixture: Mixture,
    schedule: Schedule,
    checkpoint: Path,
    encoding: Encoding,
    loss: Loss | None = None,
) -> None:
    """Train the net in place; begins where the checkpoint ended, if there is one.

    The batches that were drawn before a pause are not drawn again: a run in pieces sees other ones
    than a run in one, of the same mixture.
    """
    torch.manual_seed(schedule.seed)
    net.encoder.dropped = schedule.dropped
    net.encoder.freeze(schedule.frozen)
    inner = {id(parameter) for parameter in net.encoder.parameters()}
    heads = [parameter for parameter in net.parameters() if id(parameter) not in inner]
    learning = [parameter for parameter in net.encoder.parameters() if parameter.requires_grad]
    optimizer = torch.optim.AdamW(
        [
            {"params": learning, "lr": schedule.rate},
            {"params": heads, "lr": schedule.rate * schedule.heads},
        ],
        weight_decay=schedule.decay,
        betas=(0.9, 0.98),
        fused=True,
    )
    bases = [group["lr"] for group in optimizer.param_groups]
    step = resume(checkpoint, net, optimizer, schedule)
    batches = mixture.batches()
    told, began = 0.0, time.monotonic()
    while step < schedule.steps:
        net.train()
        for group, base in zip(optimizer.param_groups, bases, strict=True):
            group["lr"] = base * schedule.factor(step)
        told += _stepped(net, batches, optimizer, encoding, loss or _taught)
        step += 1
        if step % TOLD_EVERY == 0:
            seconds = (time.monotonic() - began) / TOLD_EVERY
            LOG.info("step %d: loss %.4f, %.2f s a step", step, told / TOLD_EVERY, seconds)
            told, began = 0.0, time.monotonic()
        if step % SAVED_EVERY == 0 or step == schedule.steps:
            save_checkpoint(checkpoint, net, optimizer, schedule, step)


def run(net: ReadingNet, batch: WindowBatch, encoding: Encoding) -> Logits:
    """The net's logits for the windows of a batch, in brain floating point where that is fast."""
    ids = torch.full((batch.size, batch.tokens), encoding.padding)
    segments = torch.full((batch.size, batch.tokens), NOTHING)
    ids[:, 0] = encoding.start  # of rows that hold no window: nothing may be all padding
    for row, one in enumerate(batch.encoded):
        ids[row, : len(one)] = torch.tensor(one.ids)
        segments[row, : len(one)] = torch.tensor(one.segments)
    numbers = torch.arange(QUESTION + 1, max(int(segments.max()), QUESTION + 1) + 1)
    with torch.autocast("cpu", torch.bfloat16, enabled=IN_BRAIN_FLOATS):
        logits = net(ids, segments, numbers)
    return Logits(*(one[: len(batch.samples)].float() for one in logits))


def _taught(batch: WindowBatch, logits: Logits) -> Tensor:
    return loss_of(logits, batch.samples, batch.encoded)


def _stepped(
    net: ReadingNet,
    batches: Iterator[WindowBatch],
    optimizer: torch.optim.Optimizer,
    encoding: Encoding,
    loss: Loss,
) -> float:
    """One step; the mean loss of a window."""
    drawn = [next(batches) for _ in range(BATCHES)]
    windows = sum(len(batch.samples) for batch in drawn)
    optimizer.zero_grad(set_to_none=True)
    total = 0.0
    for batch in drawn:
        own = loss(batch, run(net, batch, encoding)) / windows
        torch.autograd.backward(own)
        total += float(own.detach())
    torch.nn.utils.clip_grad_norm_(net.parameters(), 1.0)
    optimizer.step()
    return total


def seeded(schedule: Schedule, piece: int) -> random.Random:
    """The chance of a piece of a run."""
    return random.Random(f"{schedule.seed} {piece}")  # nosec B311 # a sample that can be repeated
