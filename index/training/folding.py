"""Compose each token's vector from its own vector and those of its parts, and fold the sum.

A Chinese word shares vectors with its characters and with the shorter words inside it, an English
word with its stem, so rare words start near their kin. The composition is linear and is folded
into one table when training ends: the saved model knows nothing of it.
"""

from __future__ import annotations

import re
import warnings
from collections.abc import Sequence

import torch
from torch import Tensor, nn

# Lengths of the word beginnings that stand for an English word's stem.
STEM_LENGTHS = (4, 5, 6)
# Smooth inverse frequency: a word of this relative frequency gets half the full weight.
FREQUENCY_HALF = 1e-3
# Spread of the chance that first vectors hold; some dozens of Adam's steps replace it.
FIRST_SPREAD = 0.1
# Spread for tokens whose use is known beforehand: enough to keep words of one use apart.
KNOWN_SPREAD = 0.05

_HAN_WORD = re.compile(r"[\u3400-\u4dbf\u4e00-\u9fff]{2,}")
_LATIN_WORD = re.compile(r"[a-z]{4,}")


def token_parts(tokens: Sequence[str]) -> list[list[str]]:
    """Name the parts of each token: ``c:`` characters, ``w:`` inner words, ``s:`` stems."""
    known = set(tokens)
    parts: list[list[str]] = []
    for token in tokens:
        names: list[str] = []
        if _HAN_WORD.fullmatch(token):
            names += [f"c:{character}" for character in token]
            size = len(token)
            for width in range(2, size):
                inner = (token[at : at + width] for at in range(size - width + 1))
                names += [f"w:{word}" for word in inner if word in known]
        elif _LATIN_WORD.fullmatch(token):
            names += [f"s:{token[:length]}" for length in STEM_LENGTHS if length <= len(token)]
        elif len(token) == 1:
            names.append(f"c:{token}")
        parts.append(names)
    return parts


def composition(tokens: Sequence[str]) -> Tensor:
    """Build the sparse matrix that adds to each token's vector the mean of each kind of part.

    :param tokens: the vocabulary in the order of its ids, V entries.
    :returns: float32 CSR matrix, V rows and V + P columns for P distinct parts; the first V
        columns are the identity.
    """
    parts = token_parts(tokens)
    ids = {token: number for number, token in enumerate(tokens)}
    columns: dict[str, int] = {}
    starts, indices, values = [0], list[int](), list[float]()
    for number, names in enumerate(parts):
        row = {number: 1.0}
        for kind in ("c", "w", "s"):
            mine = [name for name in names if name[0] == kind]
            for name in mine:
                if kind == "w":
                    column = ids[name[2:]]
                else:
                    column = columns.setdefault(name, len(tokens) + len(columns))
                row[column] = row.get(column, 0.0) + 1.0 / len(mine)
        for column in sorted(row):
            indices.append(column)
            values.append(row[column])
        starts.append(len(indices))
    return csr(starts, indices, values, (len(tokens), len(tokens) + len(columns)))


def csr(
    starts: Sequence[int] | Tensor,
    columns: Sequence[int] | Tensor,
    values: Sequence[float] | Tensor,
    size: tuple[int, int],
) -> Tensor:
    """Build a float32 CSR matrix, without the notice that PyTorch calls the layout beta."""
    with warnings.catch_warnings():
        warnings.filterwarnings("ignore", category=UserWarning, message="Sparse")
        return torch.sparse_csr_tensor(
            torch.as_tensor(starts, dtype=torch.int64),
            torch.as_tensor(columns, dtype=torch.int64),
            torch.as_tensor(values, dtype=torch.float32),
            size=size,
            check_invariants=False,
        )


def frequency_weights(tokens: Sequence[str], log_probabilities: Sequence[float]) -> Tensor:
    """Weigh tokens by smooth inverse frequency within their script.

    The share is taken within the script because there is far less English text than Chinese.

    :param log_probabilities: of each token over all scripts, natural logarithm.
    :returns: float32 vector of V weights in 0..1.
    """
    share = torch.tensor(log_probabilities, dtype=torch.float64).exp()
    latin = torch.tensor([token.isascii() and token.isalpha() for token in tokens])
    for script in (latin, ~latin):
        share[script] /= share[script].sum().clamp_min(torch.finfo(torch.float64).tiny)
    return (FREQUENCY_HALF / (FREQUENCY_HALF + share)).float()


def first_rows(table: Tensor, size: int, seed: int) -> Tensor:
    """Make first vectors of all tokens and parts: what is known of the tokens, and chance.

    :param table: float32, V x D; zero rows where nothing is known.
    :param size: V + P, the number of tokens and parts.
    :returns: float32, (V + P) x D.
    """
    generator = torch.Generator().manual_seed(seed)
    rows = torch.randn(size, table.shape[1], generator=generator)
    known = table.any(dim=1).float()
    rows[: len(table)] *= (FIRST_SPREAD + known * (KNOWN_SPREAD - FIRST_SPREAD))[:, None]
    rows[len(table) :] *= FIRST_SPREAD
    rows[: len(table)] += table
    return rows


class FoldedTable(nn.Module):
    """The table under training: V vectors of dimension D made of shared parts under a gate."""

    def __init__(self, matrix: Tensor, weights: Tensor, first: Tensor) -> None:
        """Start from given vectors.

        :param matrix: the composition, V x (V + P).
        :param weights: first gate of each token, V positive numbers.
        :param first: first vectors of tokens and parts, float32, (V + P) x D.
        """
        super().__init__()
        self.vectors = nn.Parameter(first)
        self.gate = nn.Parameter(weights.log())
        self.matrix = matrix

    def forward(self) -> Tensor:
        """Return the folded table, float32, V x D."""
        table: Tensor = self.matrix @ self.vectors
        return table * self.gate.exp()[:, None]
