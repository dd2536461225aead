"""A trained net to the file that the product runs: an ONNX graph with weights of eight bits."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from tempfile import TemporaryDirectory

import torch
from tokenizers import Tokenizer
from torch import Tensor, nn

from index.vectors import transformer_encoder
from index.vectors.onnx_graph import TOKENIZER, VOCABULARY
from rag.reading import reading_files

OPSET = 17
# Multiplied in eight bits, and kept in eight bits: the layers' matrices and the table of words.
QUANTISED = ["MatMul", "Gather"]


@dataclass(frozen=True, slots=True)
class GraphForm:
    """The file of a graph, the names of what goes in and comes out, and which of their dimensions
    are open.
    """

    name: str
    inputs: tuple[str, ...]
    outputs: tuple[str, ...]
    open: Mapping[str, Mapping[int, str]]


_TOKENS = {0: "batch", 1: "tokens"}
READER = GraphForm(
    reading_files.GRAPH,
    reading_files.INPUTS,
    reading_files.OUTPUTS,
    {"ids": _TOKENS, "segments": _TOKENS, "numbers": {0: "sentences"}, "absent": {0: "batch"},
     "sentences": {0: "batch", 1: "sentences"}, "begins": _TOKENS, "ends": _TOKENS,
     "supported": {0: "batch"}},
)  # fmt: skip
ENCODER = GraphForm(
    transformer_encoder.GRAPH,
    transformer_encoder.INPUTS,
    transformer_encoder.OUTPUTS,
    {"ids": _TOKENS, "vectors": {0: "batch"}},
)


def export_reader(net: nn.Module, tokenizer: Tokenizer, folder: Path) -> None:
    """Write a reader's graph and tokenizer into a folder.

    :raises OSError: the folder cannot be written.
    """
    ids = torch.full((2, 16), 5)
    segments = torch.zeros_like(ids)
    segments[:, 8:] = 1
    _export(net, (ids, segments, torch.arange(1, 3)), READER, tokenizer, folder)


def export_encoder(net: nn.Module, tokenizer: Tokenizer, folder: Path) -> None:
    """Write an encoder's graph and tokenizer into a folder.

    :raises OSError: the folder cannot be written.
    """
    _export(net, (torch.full((2, 16), 5),), ENCODER, tokenizer, folder)


def _export(
    net: nn.Module, example: Sequence[Tensor], form: GraphForm, tokenizer: Tokenizer, folder: Path
) -> None:
    """Write a net, which stays whole or as it was before in the folder."""
    import onnx
    from onnxruntime.quantization import QuantType, quantize_dynamic

    net.eval()
    folder.mkdir(parents=True, exist_ok=True)
    with TemporaryDirectory(dir=folder, prefix=".export-") as scratch:
        whole, small = Path(scratch) / "whole.onnx", Path(scratch) / form.name
        torch.onnx.export(
            net, tuple(example), str(whole), opset_version=OPSET, input_names=list(form.inputs),
            output_names=list(form.outputs), dynamic_axes=form.open, dynamo=False,
        )  # fmt: skip
        quantize_dynamic(
            whole, small, op_types_to_quantize=QUANTISED, weight_type=QuantType.QInt8,
            per_channel=True,
        )  # fmt: skip
        model = onnx.load(str(small))
        onnx.helper.set_model_props(model, {VOCABULARY: str(tokenizer.get_vocab_size())})
        onnx.save(model, str(small))
        tokenizer.save(str(Path(scratch) / TOKENIZER), pretty=False)
        for name in (form.name, TOKENIZER):
            (Path(scratch) / name).replace(folder / name)
