"""What each sign of being answered weighs, fitted on questions that the reader did not learn from.

A logistic regression with a small penalty (Cox 1958), by Newton's method: some hundred questions
and ten signs need nothing more.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path

import numpy as np
from numpy.typing import NDArray

from index.temporary import library_of_texts
from index.vectors.encoder import Encoder
from rag.query.question import understand
from rag.reading.certainty import logistic
from rag.reading.read_evidence import look, read_among
from rag.reading.reader import Reader
from rag.reading.signs import SIGNS
from rag.retrieval.search import search
from rag.training.groups import WATCHED
from rag.training.reading.reading_score import separation
from rag.training.reading.written import DOCUMENTS, FILES, texts_of, written_lines

HITS = 10  # as an answer reads
PENALTY = 2.0  # on the square of each weight, of signs whose spread is made 1
STEPS = 25  # Newton's; five would do
THRESHOLDS = (0.3, 0.4, 0.45, 0.5, 0.55, 0.6, 0.65, 0.7, 0.8)

Floats = NDArray[np.float64]


@dataclass(frozen=True, slots=True)
class CertaintyFit:
    """Weights by name of sign, the bias, and how well they tell apart what they were fitted on: the
    area under the curve, and by threshold precision and recall of refusing, and how many of the
    answerable ones are refused.
    """

    weights: Mapping[str, float]
    bias: float
    separated: float
    thresholds: tuple[tuple[float, float, float, float], ...]

    def __str__(self) -> str:
        lines = [f'    "{name}": {weight:.3f},' for name, weight in self.weights.items()]
        lines += [f"BIAS = {self.bias:.3f}", f"separated {self.separated:.3f}"]
        lines += [
            f"below {at:.2f} refused: precision {p:.3f}, recall {r:.3f}, answerable lost {lost:.3f}"
            for at, p, r, lost in self.thresholds
        ]
        return "\n".join(lines)


def fit_certainty(folder: Path, reader: Reader, encoder: Encoder) -> CertaintyFit:
    """The weights by the watched questions of a folder of written ones, asked of one library of
    their documents.
    """
    documents = [one for one in written_lines(folder, DOCUMENTS) if one["group"] in WATCHED]
    names = {one["name"] for one in documents}
    rows, truths = [], []
    with library_of_texts(texts_of(documents), encoder) as library:
        for one in (line for name in FILES for line in written_lines(folder, name)):
            if not names.issuperset(one["doc"]):
                continue
            query = understand(one["question"], one["history"])
            hits = read_among(query, search(library, query, HITS, reader=reader))
            if hits:
                sighted = look(reader, query, hits)
                rows.append([sign(sighted) for sign in SIGNS.values()])
                truths.append(one["answerable"])
    return fitted(np.array(rows, dtype=np.float64), np.array(truths, dtype=np.float64))


def fitted(signs: Floats, answered: Floats) -> CertaintyFit:
    """The weights for signs of shape (questions, SIGNS) and whether each is answered, 0 or 1."""
    spread = np.where(signs.std(0) > 0, signs.std(0), 1.0)
    scaled = np.column_stack([signs / spread, np.ones(len(signs))])
    penalty = np.diag([PENALTY] * signs.shape[1] + [0.0])
    weights = np.zeros(scaled.shape[1])
    for _ in range(STEPS):
        told = np.array([logistic(logit) for logit in scaled @ weights])
        slope = scaled.T @ (answered - told) - penalty @ weights
        bend = (scaled * (told * (1 - told))[:, None]).T @ scaled + penalty
        weights = weights + np.linalg.solve(bend, slope)
    told = np.array([logistic(logit) for logit in scaled @ weights])
    yes, no = told[answered == 1], told[answered == 0]
    return CertaintyFit(
        dict(zip(SIGNS, (weights[:-1] / spread).tolist(), strict=True)),
        float(weights[-1]),
        separation(yes, no),
        tuple(_refused(at, yes, no) for at in THRESHOLDS),
    )


def _refused(at: float, yes: Floats, no: Floats) -> tuple[float, float, float, float]:
    lost, right = float((yes < at).sum()), float((no < at).sum())
    return at, right / max(1.0, right + lost), right / len(no), lost / len(yes)
