"""A released graph back to the weights of a net, so that another run begins with what was learned.

Matrices stand in the graph in eight bits with a scale for each row, the table of words with one of
its own; a run that begins with them mends what was rounded in a few steps. What activations were
evened out with is taken out again, and told apart: layers that another run leaves as they are keep
it, and with it every byte of theirs in the file.
"""

from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import numpy as np
import torch
from torch import Tensor, nn

MULTIPLIED = "MatMulInteger"
LAYERS = "encoder.layers."
QUANTISED, SCALE, ZERO = "_quantized", "_scale", "_zero_point"
# What the name of a multiplication ends with, behind the module that it belongs to.
_INNER, _ENDINGS = "/inner", ("/MatMul_quant", "/Gemm_MatMul_quant")
_FACTORS = ".factors"


@dataclass(frozen=True, slots=True)
class Released:
    """Weights by the names of a net's parameters, and by the name of a matrix what its inputs are
    multiplied with in the graph, float32 of shape (inputs,).
    """

    weights: dict[str, Tensor]
    factors: dict[str, Tensor]

    def begin(self, net: nn.Module) -> None:
        """Put the weights into a net in place.

        :raises RuntimeError: the net has other parameters than the graph.
        """
        net.load_state_dict(self.weights)

    def below(self, layers: int) -> dict[str, Tensor]:
        """The factors of the lowest layers."""
        return {
            name: value
            for name, value in self.factors.items()
            if int(name.removeprefix(LAYERS).partition(".")[0]) < layers
        }


def read_released(graph: Path) -> Released:
    """The weights of a graph that `graph_export` wrote.

    :raises OSError: there is no such file.
    """
    import onnx

    model = onnx.load(str(graph)).graph
    arrays = {one.name: onnx.numpy_helper.to_array(one) for one in model.initializer}
    factors = {
        name.removesuffix(_FACTORS): torch.from_numpy(value.copy())
        for name, value in arrays.items()
        if name.endswith(_FACTORS)
    }
    weights = {
        name.replace(".inner.", "."): torch.from_numpy(value.copy())
        for name, value in arrays.items()
        if value.dtype == np.float32 and not name.endswith((_FACTORS, SCALE)) and "::" not in name
    }
    for module, held in _matrices(model.node):
        matrix = torch.from_numpy(_whole(arrays, held).T.copy())
        weights[f"{module}.weight"] = matrix * factors.get(module, torch.ones(matrix.shape[1]))
    for name in (name for name in arrays if name.endswith(f".weight{QUANTISED}")):
        held = name.removesuffix(QUANTISED)
        if held not in weights:
            weights[held] = torch.from_numpy(_whole(arrays, held))
    return Released(weights, factors)


def _matrices(nodes: Any) -> Iterator[tuple[str, str]]:
    """The module of each multiplication, and what its matrix is called in the graph."""
    for node in nodes:
        if node.op_type == MULTIPLIED:
            for ending in _ENDINGS:
                if node.name.endswith(ending):
                    path = node.name.removesuffix(ending).removesuffix(_INNER)
                    yield path.strip("/").replace("/", "."), node.input[1].removesuffix(QUANTISED)


def _whole(arrays: dict[str, Any], name: str) -> Any:
    """A tensor in floating point, scaled by its last dimension or as a whole."""
    values = arrays[name + QUANTISED].astype(np.float32)
    zero = arrays[name + ZERO].astype(np.float32)
    return (values - zero) * arrays[name + SCALE].astype(np.float32)
