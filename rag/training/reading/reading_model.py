"""The reader as a module that is trained: a transformer, and heads for sentence, absence, span and
support.

A sentence's logit begins as what the pretrained encoder can do, the cosine of question and
sentence, and learns from their states what else counts. "Not here" is a logit of its own, so that
one softmax says both which sentence answers and whether any does. Where a claim stands in place of
the question, every token of it may speak against it: one word that the source does not bear out is
enough, however much of the rest is copied.
"""

from typing import NamedTuple

import torch
from torch import Tensor, nn
from torch.nn.functional import cosine_similarity

from index.training.encoder_layers import Transformer
from rag.reading.encoding import QUESTION

# How the cosine of the pretrained encoder, .7 to .9 for all texts, becomes a logit.
COSINE_SCALE, COSINE_SHIFT = 20.0, -17.0
NEVER = -1e4  # logit of a sentence that a window does not have
UNSPOKEN = -4.0  # how far each token of a claim speaks against it before anything is learned


class Logits(NamedTuple):
    """For each window of a batch: "absent" (batch,), "sentences" (batch, sentences), and of each
    token that the answer "begins" or "ends" with it (batch, tokens); whether a claim is "supported"
    (batch,). The names are the graph's.
    """

    absent: Tensor
    sentences: Tensor
    begins: Tensor
    ends: Tensor
    supported: Tensor


class ReadingNet(nn.Module):
    """Encoded windows to logits."""

    def __init__(self, encoder: Transformer, padding: int) -> None:
        super().__init__()
        width = encoder.shape.width
        self.encoder = encoder
        self.padding = padding
        self.compare = nn.Linear(4 * width, width)
        self.judge = nn.Linear(width, 1)
        nn.init.zeros_(self.judge.weight)
        nn.init.zeros_(self.judge.bias)
        self.scale = nn.Parameter(torch.tensor(COSINE_SCALE))
        self.shift = nn.Parameter(torch.tensor(COSINE_SHIFT))
        self.doubt = nn.Linear(width, width)
        self.deny = nn.Linear(width, 1)
        self.edge = nn.Linear(width, 2)
        self.weigh = nn.Linear(width, width)
        self.against = nn.Linear(width, 1)
        nn.init.zeros_(self.against.weight)
        nn.init.constant_(self.against.bias, UNSPOKEN)
        self.hold = nn.Linear(width, width)
        self.uphold = nn.Linear(width, 1)

    def forward(self, ids: Tensor, segments: Tensor, numbers: Tensor) -> Logits:
        """`ids` and `segments`, int64 of shape (batch, tokens), as rag.reading.encoding makes them;
        `numbers`, int64 of shape (sentences,), are 1 to the largest segment.
        """
        states = self.encoder(ids, ids != self.padding).float()
        parts = torch.cat([numbers.new_full((1,), QUESTION), numbers])
        inside = (segments[:, None, :] == parts[None, :, None]).float()
        means = (inside @ states) / inside.sum(-1, keepdim=True).clamp(min=1)
        asked, told = means[:, :1], means[:, 1:]
        # the first token of a sentence is its mark
        before = inside[:, 1:].cumsum(-1)
        marks = (inside[:, 1:] * (before == 1).float()) @ states
        compared = torch.cat([marks, told, asked * told, (asked - told).abs()], dim=-1)
        judged = self.judge(torch.tanh(self.compare(compared)))[..., 0]
        sentences = self.scale * cosine_similarity(asked, told, dim=-1) + self.shift + judged
        sentences = sentences.masked_fill(before[..., -1] == 0, NEVER)
        absent = self.deny(torch.tanh(self.doubt(states[:, 0])))[:, 0]
        begins, ends = self.edge(states).unbind(-1)
        against = self.against(torch.tanh(self.weigh(states)))[..., 0]
        against = against.masked_fill(inside[:, 0] == 0, NEVER)
        whole = self.uphold(torch.tanh(self.hold(states[:, 0])))[:, 0]
        supported = whole - torch.logsumexp(against, dim=-1)
        return Logits(absent, sentences, begins, ends, supported)
