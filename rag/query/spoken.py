"""Small talk in words that no list has: told by a line's vector, where the embedded encoder is.

A softmax over the kinds of small talk and "question", learned from the lines beside its recipe
(`python -m rag.training.spoken_fit`) and from questions to bulletins. On lines and questions that
it has not seen: docs/small_talk.md.
"""

import json
from collections.abc import Callable
from dataclasses import dataclass
from importlib.resources import files

import numpy as np

from index.vectors.encoder import Vectors
from rag.query.intents import asked_aspect
from rag.query.question import Query
from rag.query.small_talk import LONGEST, SmallTalk, small_talk

FILE = "spoken.json"
QUESTION = "question"  # the kind of what is asked of the bulletins
PROBE = (
    "你好，请问今年的工作进展怎么样"  # whose vector tells whether this is the encoder learned by
)
SAME_MODEL_COSINE = 0.99
# Odds, as a logit, of small talk against a question. From SURE on a line is answered so at once;
# from LIKELY on where the bulletins do not surely answer it. Behind a conversation a line may lean
# on it (争得厉害的呢), and more is needed.
SURE, LIKELY = 0.6, 0.0
LEANING = 2.0


@dataclass(frozen=True, slots=True)
class SpokenModel:
    """What the recipe writes: `weights`, float32 of shape (kinds, dimension), `bias` of shape
    (kinds,), the last kind QUESTION; `probe` is the vector of PROBE.
    """

    kinds: tuple[str, ...]
    weights: Vectors
    bias: Vectors
    probe: Vectors


@dataclass(frozen=True, slots=True)
class Spoken:
    """The kind of small talk that a line is most like, and the odds that it is any, as a logit."""

    kind: SmallTalk
    odds: float


class SpokenLines:
    """Tells small talk by vectors; with another encoder than the model was learned by, by the
    closed list alone. `vector` gives the vector of a query, float32 of shape (dimension,).
    """

    def __init__(self, vector: Callable[[str], Vectors]) -> None:
        self._vector = vector
        self._model: SpokenModel | None = None
        self._usable: bool | None = None

    def said(self, query: Query) -> Spoken | None:
        """What a question is like, read as small talk; None where it plainly asks something: of a
        place, of bulletins, at length.
        """
        text = query.question.strip()
        if listed := small_talk(text):
            return Spoken(listed, float("inf"))
        if len(text) > LONGEST or query.places or query.years or asked_aspect(text):
            return None
        model = self._learned()
        return _most_like(model, self._vector(text)) if model else None

    def surely(self, query: Query) -> SmallTalk | None:
        """The kind of small talk that a question is, where it is hardly anything else."""
        return self._from(query, SURE)

    def likely(self, query: Query) -> SmallTalk | None:
        """The same of a question that the bulletins do not surely answer."""
        return self._from(query, LIKELY)

    def _from(self, query: Query, odds: float) -> SmallTalk | None:
        said = self.said(query)
        needed = odds + (LEANING if query.before else 0.0)
        return said.kind if said and said.odds >= needed else None

    def _learned(self) -> SpokenModel | None:
        """The model, where it was learned by this encoder."""
        if self._usable is None:
            model = shipped_model()
            probe = self._vector(PROBE)
            same = probe.shape == model.probe.shape
            self._usable = same and float(probe @ model.probe) >= SAME_MODEL_COSINE
            self._model = model if self._usable else None
        return self._model


def shipped_model() -> SpokenModel:
    """The model beside this module."""
    kept = json.loads(files("rag.query").joinpath(FILE).read_text("utf-8"))
    return SpokenModel(
        tuple(kept["kinds"]),
        np.array(kept["weights"], dtype=np.float32),
        np.array(kept["bias"], dtype=np.float32),
        np.array(kept["probe"], dtype=np.float32),
    )


def _most_like(model: SpokenModel, vector: Vectors) -> Spoken:
    logits = model.weights @ vector + model.bias
    talk, question = logits[:-1], float(logits[-1])
    best = int(np.argmax(talk))
    return Spoken(SmallTalk(model.kinds[best]), float(np.logaddexp.reduce(talk)) - question)
