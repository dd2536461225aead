"""Activations made alike before they are kept in eight bits.

A call shares one scale for all that goes into a matrix. Behind a layer's widening some features are
a hundred times as large as others, which then drown: of the logits the median moves by 0.4 and one
best sentence of fourteen is another one. So each feature is divided by a factor, and the matrix
behind multiplies it back: the net computes the same (SmoothQuant, Xiao et al. 2023, arXiv
2211.10438). All four matrices of a layer are evened: of an encoder's vectors, which are .9961 like
those in floating point with the last matrix alone, it makes .9983.
"""

from collections.abc import Callable, Iterable, Iterator, Mapping
from functools import partial
from itertools import product

import torch
from torch import Tensor, nn

from index.training.encoder_layers import Transformer
from rag.reading.encoding import Encoding
from rag.training.reading.mixture import LENGTH_STEP, WindowBatch
from rag.training.reading.reading_model import ReadingNet
from rag.training.reading.samples import Sample
from rag.training.reading.training_loop import run

# How much of the unevenness goes from the activations over to the matrix. Of .5, .7, .8, .9 and 1
# the one by which logits and vectors move least.
STRENGTH = 0.8
EVENED = ("attend", "gather", "widen", "narrow")  # the matrices of a layer
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


def smooth(
    encoder: Transformer,
    examples: Iterable[Callable[[], object]],
    released: Mapping[str, Tensor] | None = None,
) -> None:
    """Even out what goes into the matrices of each layer, in place, by how large each feature is in
    some examples; each runs a net that the encoder is part of. `released` are factors by the name
    of a matrix, as a graph has them, of layers that have not changed since.
    """
    kept, largest = released or {}, _largest(encoder, examples)
    with torch.no_grad():
        for (number, name), found in largest.items():
            layer = encoder.layers[number]
            matrix = getattr(layer, name)
            own = kept.get(f"encoder.layers.{number}.{name}")
            factors = _factors(found, matrix.weight) if own is None else 1 / own
            matrix.weight.mul_(factors)
            setattr(layer, name, Evened(matrix, 1 / factors if own is None else own))


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


def _largest(
    encoder: Transformer, examples: Iterable[Callable[[], object]]
) -> dict[tuple[int, str], Tensor]:
    """By number of the layer and matrix the largest amount of each feature that goes into it."""
    found: dict[tuple[int, str], Tensor] = {}
    hooks = []
    for place in product(range(len(encoder.layers)), EVENED):

        def note(_: nn.Module, given: tuple[Tensor, ...], place: tuple[int, str] = place) -> None:
            top = given[0].detach().float().abs().flatten(0, -2).amax(0)
            found[place] = torch.maximum(found.get(place, torch.zeros_like(top)), top)

        number, name = place
        hooks.append(getattr(encoder.layers[number], name).register_forward_pre_hook(note))
    encoder.eval()
    with torch.no_grad():
        for example in examples:
            example()
    for hook in hooks:
        hook.remove()
    return found
