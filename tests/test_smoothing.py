"""Evening out what goes into a matrix changes how it is kept, and nothing that it computes."""

import torch

from index.training.encoder_layers import Layer, Transformer
from index.training.pretrained import Shape
from rag.training.reading.smoothing import Evened, _factors


def test_the_layer_computes_the_same() -> None:
    """Features of very different size go in; what comes out differs by rounding alone, and the
    features that reach the matrix are more alike than before.
    """
    torch.manual_seed(0)
    layer = Transformer(Shape(8, 1, 2, 16, 10, 32)).layers[0]
    assert isinstance(layer, Layer)
    states = torch.rand(5, 16) * torch.logspace(-2, 2, 16)
    before = layer.narrow(states)
    largest = states.abs().amax(0)
    factors = _factors(largest, layer.narrow.weight)
    with torch.no_grad():
        layer.narrow.weight.mul_(factors)
    evened = Evened(layer.narrow, 1 / factors)
    assert torch.allclose(evened(states), before, atol=1e-4)
    inside = largest / factors
    assert inside.max() / inside.min() < 0.1 * largest.max() / largest.min()
