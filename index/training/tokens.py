"""Token ids of many texts, end to end in one array."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import TypeAlias

import numpy as np
from numpy.typing import NDArray
from tokenizers import Tokenizer

Ids: TypeAlias = NDArray[np.int32]

# Texts a tokenizer call gets at once; bounds the memory of its answer.
ENCODE_BLOCK = 20_000


@dataclass(frozen=True, slots=True)
class Ragged:
    """Many sequences of token ids end to end.

    ``ids`` is int32; sequence ``i`` is ``ids[starts[i]:starts[i + 1]]``.
    """

    ids: Ids
    starts: NDArray[np.int64]

    def __len__(self) -> int:
        """Return the number of sequences."""
        return len(self.starts) - 1

    def __getitem__(self, number: int) -> Ids:
        """Return one sequence, a view."""
        return self.ids[self.starts[number] : self.starts[number + 1]]


def join(sequences: Iterable[Ids]) -> Ragged:
    """Lay sequences end to end."""
    parts = list(sequences)
    starts = np.zeros(len(parts) + 1, dtype=np.int64)
    np.cumsum([len(part) for part in parts], out=starts[1:])
    ids = np.concatenate(parts) if parts else np.zeros(0, dtype=np.int32)
    return Ragged(ids, starts)


def encode(tokenizer: Tokenizer, texts: Sequence[str]) -> Ragged:
    """Tokenize texts without special tokens."""
    sequences: list[Ids] = []
    for at in range(0, len(texts), ENCODE_BLOCK):
        block = tokenizer.encode_batch_fast(
            list(texts[at : at + ENCODE_BLOCK]), add_special_tokens=False
        )
        sequences.extend(np.array(encoding.ids, dtype=np.int32) for encoding in block)
    return join(sequences)
