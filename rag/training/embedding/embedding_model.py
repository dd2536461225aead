"""The encoder as a module that is trained: a text to one vector, the mean of its tokens' states."""

from collections.abc import Sequence
from dataclasses import replace

import torch
from torch import Tensor, nn
from torch.nn.functional import normalize

from index.training.encoder_layers import Transformer

# Of the pretrained layers. The lowest six stay as they are; of the six above them the last four are
# what makes a vector of a text: with them alone half of what twelve layers find is found, with the
# first two of them nothing.
LAYERS = (0, 1, 2, 3, 4, 5, 8, 9, 10, 11)


class EmbeddingNet(nn.Module):
    """Ids of tokens to unit vectors."""

    def __init__(self, encoder: Transformer, padding: int) -> None:
        super().__init__()
        self.encoder = encoder
        self.padding = padding

    def forward(self, ids: Tensor) -> Tensor:
        """Vectors, float32 of shape (batch, width); `ids` are int64 of shape (batch, tokens)."""
        present = ids != self.padding
        states = self.encoder(ids, present).float()
        inside = present[..., None].float()
        return normalize((states * inside).sum(1) / inside.sum(1), dim=-1)


def with_layers(encoder: Transformer, layers: Sequence[int]) -> Transformer:
    """The encoder with only these of its layers, changed in place."""
    encoder.layers = nn.ModuleList(encoder.layers[number] for number in layers)
    encoder.shape = replace(encoder.shape, layers=len(layers))
    return encoder


def padded(texts: Sequence[Sequence[int]], padding: int, step: int) -> Tensor:
    """Ids of some texts, int64 of shape (texts, tokens), where tokens is a multiple of `step`."""
    tokens = -(-max(map(len, texts)) // step) * step
    return torch.tensor([[*ids, *[padding] * (tokens - len(ids))] for ids in texts])
