"""The encoder as a module that is trained: BERT's layers (Devlin et al. 2019), weights pretrained.

Where gradients are wanted attention is written out instead of called: its backward pass in brain
floating point is faster on a processor than that of the library's own for texts of some hundred
tokens, and no slower than a tenth for longer ones.
"""

from collections.abc import Sequence

import torch
from torch import Tensor, nn
from torch.nn.functional import gelu, scaled_dot_product_attention

from index.training.pretrained import Pretrained, Shape

EPSILON = 1e-12  # of layer normalisation, as the encoder was pretrained
MASKED = -1e4  # added to the attention that a padded token would get; half precision holds it


class Layer(nn.Module):
    """Self-attention and a feed-forward net, each normalised together with what came in."""

    def __init__(self, shape: Shape) -> None:
        super().__init__()
        self.heads = shape.heads
        self.attend = nn.Linear(shape.width, 3 * shape.width)  # queries, keys, values
        self.gather = nn.Linear(shape.width, shape.width)
        self.attended = nn.LayerNorm(shape.width, eps=EPSILON)
        self.widen = nn.Linear(shape.width, shape.inner)
        self.narrow = nn.Linear(shape.inner, shape.width)
        self.done = nn.LayerNorm(shape.width, eps=EPSILON)

    def forward(self, states: Tensor, mask: Tensor, dropped: float) -> Tensor:
        """States, float of shape (batch, tokens, width); `mask` is added to the attention."""
        batch, tokens, width = states.shape
        split = self.attend(states).view(batch, tokens, 3, self.heads, width // self.heads)
        queries, keys, values = split.permute(2, 0, 3, 1, 4)
        if torch.is_grad_enabled() and split.requires_grad:
            scores = (queries * (width // self.heads) ** -0.5) @ keys.transpose(-1, -2)
            seen = (scores + mask).softmax(-1, dtype=scores.dtype) @ values
        else:
            seen = scaled_dot_product_attention(queries, keys, values, attn_mask=mask)
        seen = seen.transpose(1, 2).reshape(batch, tokens, width)
        states = self.attended(states + thinned(self.gather(seen), dropped))
        fed = self.narrow(gelu(self.widen(states)))
        done: Tensor = self.done(states + thinned(fed, dropped))
        return done


class Transformer(nn.Module):
    """Ids of tokens to a state for each."""

    def __init__(self, shape: Shape) -> None:
        super().__init__()
        self.shape = shape
        self.words = nn.Embedding(shape.tokens, shape.width)
        self.positions = nn.Embedding(shape.positions, shape.width)
        self.embedded = nn.LayerNorm(shape.width, eps=EPSILON)
        self.layers = nn.ModuleList(Layer(shape) for _ in range(shape.layers))
        self.dropped = 0.0  # share of features that are left out of a text while training

    def freeze(self, layers: int) -> None:
        """Keep the words, the positions and the lowest layers as they are; all above them learn."""
        kept = [self.words, self.positions, self.embedded, *self.layers[:layers]]
        for parameter in self.parameters():
            parameter.requires_grad = True
        for module in kept:
            module.requires_grad_(False)

    def forward(self, ids: Tensor, present: Tensor) -> Tensor:
        """States, float of shape (batch, tokens, width).

        `ids` are int64 of shape (batch, tokens), `present` says which of them are no padding.
        """
        dropped = self.dropped if self.training else 0.0
        states: Tensor = self.embedded(self.words(ids) + self.positions.weight[: ids.shape[1]])
        states = thinned(states, dropped)
        half = torch.bfloat16 if torch.is_autocast_enabled("cpu") else states.dtype
        mask = torch.zeros(present.shape).masked_fill(~present, MASKED)[:, None, None, :].to(half)
        for layer in self.layers:
            states = layer(states, mask, dropped)
        return states


def thinned(states: Tensor, dropped: float) -> Tensor:
    """States with a share of each text's features left out, the same for all of its tokens: drawing
    for every token would cost a quarter of a step.
    """
    if not dropped:
        return states
    kept = torch.rand(states.shape[0], 1, states.shape[2]) >= dropped
    return states * (kept.to(states.dtype) / (1 - dropped))


def from_pretrained(
    pretrained: Pretrained, kept: Sequence[int], layers: Sequence[int] | None = None
) -> Transformer:
    """A transformer that starts with the pretrained weights.

    `kept` are the ids of the pieces that stay, in order; `layers` those that stay, all by default.
    """
    old = pretrained.shape
    taken = range(old.layers) if layers is None else layers
    shape = Shape(old.width, len(taken), old.heads, old.inner, len(kept), old.positions)
    made = Transformer(shape)

    def tensor(name: str, *form: int) -> Tensor:
        return torch.from_numpy(pretrained.tensors[name].reshape(form).copy())

    width = old.width
    with torch.no_grad():
        made.words.weight.copy_(tensor("emb.word", old.tokens, width)[list(kept)])
        # texts are of one type: its vector belongs to every position
        made.positions.weight.copy_(
            tensor("emb.pos", old.positions, width) + tensor("emb.type", -1, width)[0]
        )
        _fill(made.embedded, tensor("emb.ln.w", width), tensor("emb.ln.b", width))
        for layer, number in zip(made.layers, taken, strict=True):
            assert isinstance(layer, Layer)  # nosec B101 # a list of modules forgets which
            own = f"l{number}."
            weights = [tensor(f"{own}{part}.w", width, width) for part in "qkv"]
            biases = [tensor(f"{own}{part}.b", width) for part in "qkv"]
            _fill(layer.attend, torch.cat(weights), torch.cat(biases))
            _fill(layer.gather, tensor(own + "ao.w", width, width), tensor(own + "ao.b", width))
            _fill(layer.attended, tensor(own + "aln.w", width), tensor(own + "aln.b", width))
            _fill(layer.widen, tensor(own + "fi.w", old.inner, width), tensor(own + "fi.b", -1))
            _fill(layer.narrow, tensor(own + "fo.w", width, old.inner), tensor(own + "fo.b", -1))
            _fill(layer.done, tensor(own + "oln.w", width), tensor(own + "oln.b", width))
    return made


def _fill(module: nn.Linear | nn.LayerNorm, weight: Tensor, bias: Tensor) -> None:
    module.weight.copy_(weight)
    module.bias.copy_(bias)
