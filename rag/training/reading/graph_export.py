"""A trained reader to the file that answers: an ONNX graph with weights of eight bits."""

from pathlib import Path
from tempfile import TemporaryDirectory

import torch
from tokenizers import Tokenizer

from rag.reading.reading_files import GRAPH, INPUTS, OUTPUTS, TOKENIZER, VOCABULARY
from rag.training.reading.reading_model import ReadingNet

OPSET = 17
# Multiplied in eight bits, and kept in eight bits: the layers' matrices and the table of words.
QUANTISED = ["MatMul", "Gather"]


def export(net: ReadingNet, tokenizer: Tokenizer, folder: Path) -> None:
    """Write graph and tokenizer into a folder, which holds them whole or as they were before.

    :raises OSError: the folder cannot be written.
    """
    import onnx
    from onnxruntime.quantization import QuantType, quantize_dynamic

    net.eval()
    net.encoder.dropped = 0.0
    ids = torch.full((2, 16), 5)
    segments = torch.zeros_like(ids)
    segments[:, 8:] = 1
    axes = {"ids": {0: "batch", 1: "tokens"}, "segments": {0: "batch", 1: "tokens"},
            "numbers": {0: "sentences"}, "absent": {0: "batch"},
            "sentences": {0: "batch", 1: "sentences"},
            "begins": {0: "batch", 1: "tokens"}, "ends": {0: "batch", 1: "tokens"}}  # fmt: skip
    folder.mkdir(parents=True, exist_ok=True)
    with TemporaryDirectory(dir=folder, prefix=".reader-") as scratch:
        whole, small = Path(scratch) / "whole.onnx", Path(scratch) / GRAPH
        torch.onnx.export(
            net, (ids, segments, torch.arange(1, 3)), str(whole), opset_version=OPSET,
            input_names=list(INPUTS), output_names=list(OUTPUTS), dynamic_axes=axes, dynamo=False,
        )  # fmt: skip
        quantize_dynamic(
            whole, small, op_types_to_quantize=QUANTISED, weight_type=QuantType.QInt8,
            per_channel=True,
        )  # fmt: skip
        model = onnx.load(str(small))
        onnx.helper.set_model_props(model, {VOCABULARY: str(tokenizer.get_vocab_size())})
        onnx.save(model, str(small))
        tokenizer.save(str(Path(scratch) / TOKENIZER), pretty=False)
        for name in (GRAPH, TOKENIZER):
            (Path(scratch) / name).replace(folder / name)
