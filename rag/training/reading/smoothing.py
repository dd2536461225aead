"""Activations made alike before they are kept in eight bits.

A call shares one scale for all that goes into a matrix. Behind a layer's widening some features are
a hundred times as large as others, which then drown: of the logits the median moves by 0.4 and one
best sentence of fourteen is another one. So each feature is divided by a factor, and the matrix
behind multiplies it back: the net computes the same (SmoothQuant, Xiao et al. 2023, arXiv
2211.10438).
"""

from collections.abc import Callable, Iterable, Iterator
from functools import partial

import torch
from torch import Tensor, nn

from index.training.encoder_layers import Layer, Transformer
from rag.reading.encoding import Encoding
from rag.training.reading.mixture import LENGTH_STEP, WindowBatch
from rag.training.reading.reading_model import ReadingNet
from rag.training.reading.samples import Sample
from rag.training.reading.training_loop import run

# How much of the unevenness goes from the activations over to the matrix. Of .5, .7, .8, .9 and 1
# the one by which the logits move least: .2 in the median, and 4 of 96 best sentences.
STRENGTH = 0.8
LEAST = 1e-4  # a feature that is never seen keeps its place


class Evened(nn.Module):
    """A linear layer behind factors that its inputs are multiplied with."""

    def __init__(self, inner: nn.Linear, factors: Tensor) -> None:
        super().__init__()
        self.inner = inner
        self.factors = nn.Parameter(factors, requires_grad=False)

    def forward(self, states: Tensor) -> Tensor:
        """As the linear layer was before."""
        made: Tensor = self.inner(states * self.factors)
        return made


def smooth(encoder: Transformer, examples: Iterable[Callable[[], object]]) -> None:
    """Even out what goes into the widest matrices of each layer, in place, by how large each
    feature is in some examples; each runs a net that the encoder is part of.
    """
    largest = _largest(encoder, examples)
    with torch.no_grad():
        for layer, found in largest.items():
            assert isinstance(layer.narrow, nn.Linear)  # nosec B101 # not evened yet
            factors = _factors(found, layer.narrow.weight)
            layer.narrow.weight.mul_(factors)
            layer.narrow = Evened(layer.narrow, 1 / factors)  # type: ignore[assignment]


def window_examples(
    net: ReadingNet, encoding: Encoding, samples: Iterable[Sample]
) -> Iterator[Callable[[], object]]:
    """What runs a reader over some windows."""
    for sample in samples:
        question = encoding.question(sample.question, sample.before)
        window = encoding.window(question, sample.text, sample.sentences, sample.context)
        tokens = -(-len(window) // LENGTH_STEP) * LENGTH_STEP
        yield partial(run, net, WindowBatch((sample,), (window,), 1, tokens), encoding)


def _factors(largest: Tensor, weight: Tensor) -> Tensor:
    """What each feature is divided by: the geometric mean of both sides where STRENGTH is 0.5."""
    columns = weight.abs().amax(0).clamp(min=LEAST)
    return largest.clamp(min=LEAST) ** STRENGTH / columns ** (1 - STRENGTH)


def _largest(encoder: Transformer, examples: Iterable[Callable[[], object]]) -> dict[Layer, Tensor]:
    """By layer the largest amount of each feature that goes into its last matrix."""
    found: dict[Layer, Tensor] = {}
    hooks = []
    for layer in encoder.layers:
        assert isinstance(layer, Layer)  # nosec B101 # a list of modules forgets which

        def note(_: nn.Module, given: tuple[Tensor, ...], layer: Layer = layer) -> None:
            top = given[0].detach().float().abs().flatten(0, -2).amax(0)
            found[layer] = torch.maximum(found.get(layer, torch.zeros_like(top)), top)

        hooks.append(layer.narrow.register_forward_pre_hook(note))
    encoder.eval()
    with torch.no_grad():
        for example in examples:
            example()
    for hook in hooks:
        hook.remove()
    return found
