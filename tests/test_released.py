"""A graph that was released can be learned on from, and what did not change keeps its bytes."""

from pathlib import Path

import pytest
import torch
from test_reading_files import tiny_net, tiny_tokenizer
from torch import Tensor

pytest.importorskip("onnx", reason="the training extra is absent")

from rag.training.embedding.embedding_model import EmbeddingNet
from rag.training.reading.graph_export import export_encoder
from rag.training.reading.released import Released, read_released
from rag.training.reading.smoothing import smooth

IDS = torch.tensor([[0, 7, 9, 12, 2]])


def net() -> EmbeddingNet:
    """With no two parameters alike, which a graph would hold once."""
    made = tiny_net(tiny_tokenizer())
    with torch.no_grad():
        for parameter in made.encoder.parameters():
            parameter.add_(0.01 * torch.rand_like(parameter))
    return EmbeddingNet(made.encoder, made.padding)


def released(folder: Path, seen: Tensor, kept: Released | None = None) -> Path:
    """A graph of the tiny encoder, evened out by what it saw."""
    made = net()
    smooth(made.encoder, iter([lambda: made(seen)]), kept.below(1) if kept else None)
    export_encoder(made, tiny_tokenizer(), folder)
    return folder / "encoder.onnx"


@pytest.fixture
def graph(tmp_path: Path) -> Path:
    return released(tmp_path / "first", IDS)


def test_a_run_begins_with_what_a_graph_has_learned(graph: Path) -> None:
    """Every weight is there, rounded to eight bits of its row: the vector is nearly the same."""
    begun, before = net(), net()
    read = read_released(graph)
    assert set(read.weights) == set(before.state_dict())
    with torch.no_grad():
        begun.encoder.layers[0].widen.weight.zero_()
        read.begin(begun)
        assert torch.nn.functional.cosine_similarity(begun(IDS), before(IDS)) > 0.999


def test_a_layer_that_stays_keeps_the_factors_it_was_released_with(
    graph: Path, tmp_path: Path
) -> None:
    """Evened out by other texts it would get others, and other bytes; the layers above do."""
    first = read_released(graph)
    other = torch.tensor([[0, 30, 31, 4, 17, 2]])
    again = read_released(released(tmp_path / "again", other, first))
    anew = read_released(released(tmp_path / "anew", other))
    name = "encoder.layers.0.narrow"
    assert torch.equal(again.factors[name], first.factors[name])
    assert not torch.equal(anew.factors[name], first.factors[name])
    above = "encoder.layers.1.narrow"
    assert torch.equal(again.factors[above], anew.factors[above])
