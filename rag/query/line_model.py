"""What a line is like, told by its vector where the embedded encoder is: a softmax over kinds.

The weights are learned by `python -m rag.training.line_fit`. They mean nothing to another encoder,
which is known by the vector of a probe sentence.
"""

import json
from collections.abc import Callable
from dataclasses import dataclass
from importlib.resources import files

import numpy as np

from index.vectors.encoder import Vectors

QUESTION = "question"  # the kind of what is asked of the bulletins' content
PROBE = (
    "你好，请问今年的工作进展怎么样"  # whose vector tells whether this is the encoder learned by
)
SAME_MODEL_COSINE = 0.99

Vector = Callable[[str], Vectors]  # of a query, float32 of shape (dimension,)


@dataclass(frozen=True, slots=True)
class LineModel:
    """What the recipe writes: `weights`, float32 of shape (kinds, dimension), `bias` of shape
    (kinds,), the last kind QUESTION; `probe` is the vector of PROBE.
    """

    kinds: tuple[str, ...]
    weights: Vectors
    bias: Vectors
    probe: Vectors

    def logits(self, vector: Vectors) -> Vectors:
        """How like each kind a line is, float32 of shape (kinds,)."""
        return np.asarray(self.weights @ vector + self.bias, dtype=np.float32)


class LineKinds:
    """A shipped model beside the encoder in use; loaded at the first line."""

    def __init__(self, file: str, vector: Vector) -> None:
        self._file = file
        self._vector = vector
        self._model: LineModel | None = None
        self._looked = False

    def of(self, line: str) -> tuple[tuple[str, ...], Vectors] | None:
        """The kinds, and how like each a line is; None with another encoder."""
        if not self._looked:
            model, probe = shipped_model(self._file), self._vector(PROBE)
            same = probe.shape == model.probe.shape
            if same and float(probe @ model.probe) >= SAME_MODEL_COSINE:
                self._model = model
            self._looked = True
        return (self._model.kinds, self._model.logits(self._vector(line))) if self._model else None


def shipped_model(file: str) -> LineModel:
    """The model in a file beside this module."""
    kept = json.loads(files("rag.query").joinpath(file).read_text("utf-8"))
    return LineModel(
        tuple(kept["kinds"]),
        np.array(kept["weights"], dtype=np.float32),
        np.array(kept["bias"], dtype=np.float32),
        np.array(kept["probe"], dtype=np.float32),
    )
