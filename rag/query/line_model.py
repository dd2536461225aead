"""What a line is like, told by its vector where the embedded encoder is: a softmax over kinds.

The weights are learned by `python -m rag.training.line_fit`. They mean nothing to another encoder,
which is known by the vector of a probe sentence.
"""

import json
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from functools import cache
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
class LineLogits:
    """How like each kind a line is, as a logit by the name of the kind; QUESTION is among them."""

    by_kind: Mapping[str, float]

    @property
    def likeliest(self) -> str:
        """The kind that the line is most like."""
        return max(self.by_kind, key=self.by_kind.__getitem__)

    @property
    def likeliest_asked(self) -> str:
        """The same without QUESTION."""
        return max(
            (kind for kind in self.by_kind if kind != QUESTION), key=self.by_kind.__getitem__
        )

    def against_question(self, kind: str) -> float:
        """Odds of a kind against a question, as a logit."""
        return self.by_kind[kind] - self.by_kind[QUESTION]

    def against_others(self, kind: str) -> float:
        """Odds of a kind against all others together, as a logit."""
        others = [logit for name, logit in self.by_kind.items() if name != kind]
        return self.by_kind[kind] - float(np.logaddexp.reduce(others))


@dataclass(frozen=True, slots=True)
class LineModel:
    """What the recipe writes: `weights`, float32 of shape (kinds, dimension), `bias` of shape
    (kinds,), the last kind QUESTION; `probe` is the vector of PROBE.
    """

    kinds: tuple[str, ...]
    weights: Vectors
    bias: Vectors
    probe: Vectors

    def logits(self, vector: Vectors) -> LineLogits:
        """How like each kind a line is whose vector is float32 of shape (dimension,)."""
        likeness = (self.weights @ vector + self.bias).tolist()
        return LineLogits(dict(zip(self.kinds, likeness, strict=True)))


class LineKinds:
    """A shipped model beside the encoder in use; loaded at the first line."""

    def __init__(self, file: str, vector: Vector) -> None:
        self._file = file
        self._vector = vector
        self._model: LineModel | None = None
        self._looked = False

    def of(self, line: str) -> LineLogits | None:
        """How like each kind a line is; None with another encoder."""
        if not self._looked:
            model, probe = shipped_model(self._file), self._vector(PROBE)
            same = probe.shape == model.probe.shape
            if same and float(probe @ model.probe) >= SAME_MODEL_COSINE:
                self._model = model
            self._looked = True
        return self._model.logits(self._vector(line)) if self._model else None


@cache
def shipped_model(file: str) -> LineModel:
    """The model in a file beside this module."""
    kept = json.loads(files("rag.query").joinpath(file).read_text("utf-8"))
    return LineModel(
        tuple(kept["kinds"]),
        np.array(kept["weights"], dtype=np.float32),
        np.array(kept["bias"], dtype=np.float32),
        np.array(kept["probe"], dtype=np.float32),
    )
