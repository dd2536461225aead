"""A shallower reader that learns from a deeper one what it says of every window.

After Hinton et al. 2015 (arXiv 1503.02531): the teacher's shares of the sentences tell more than
which of them is right. The pupil starts with every so many of the teacher's layers.
"""

from collections.abc import Sequence
from copy import deepcopy
from dataclasses import replace

import torch
from torch import Tensor, nn
from torch.nn.functional import kl_div, log_softmax

from rag.reading.encoding import Encoded, Encoding
from rag.training.reading.losses import SPAN_SHARE, loss_of
from rag.training.reading.mixture import WindowBatch
from rag.training.reading.reading_model import NEVER, Logits, ReadingNet
from rag.training.reading.training_loop import Loss, run

TRUTH_SHARE = 0.3  # of the truth's loss beside the teacher's


def shallower(teacher: ReadingNet, layers: Sequence[int]) -> ReadingNet:
    """A copy of a net that has only these of its layers."""
    pupil = deepcopy(teacher)
    kept = [pupil.encoder.layers[number] for number in layers]
    pupil.encoder.layers = nn.ModuleList(kept)
    pupil.encoder.shape = replace(pupil.encoder.shape, layers=len(kept))
    return pupil


def taught_by(teacher: ReadingNet, encoding: Encoding) -> Loss:
    """The loss of a pupil: how far its shares are from the teacher's, and from the truth."""
    teacher.eval()

    def loss(batch: WindowBatch, logits: Logits) -> Tensor:
        with torch.no_grad():
            told = run(teacher, batch, encoding)
        copied = _distance(_choices(logits), _choices(told)).sum()
        hidden = _hidden(batch.encoded, batch.tokens)
        for mine, its in ((logits.begins, told.begins), (logits.ends, told.ends)):
            words = _distance(mine.masked_fill(hidden, NEVER), its.masked_fill(hidden, NEVER))
            copied = copied + SPAN_SHARE / 2 * words.sum()
        return copied + TRUTH_SHARE * loss_of(logits, batch.samples, batch.encoded)

    return loss


def _choices(logits: Logits) -> Tensor:
    """Logits of "not here" and of each sentence, float32 of shape (windows, 1 + sentences)."""
    return torch.cat([logits.absent[:, None], logits.sentences], dim=1)


def _distance(mine: Tensor, its: Tensor) -> Tensor:
    """The Kullback-Leibler divergence of each row's shares from those it should have."""
    wanted = log_softmax(its, dim=-1)
    return kl_div(log_softmax(mine, dim=-1), wanted, log_target=True, reduction="none").sum(-1)


def _hidden(encoded: Sequence[Encoded], tokens: int) -> Tensor:
    """Which tokens are none of the passage's, bool of shape (windows, tokens)."""
    hidden = torch.ones((len(encoded), tokens), dtype=torch.bool)
    for row, one in enumerate(encoded):
        for at, span in enumerate(one.spans):
            hidden[row, at] = span is None
    return hidden
