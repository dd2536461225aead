"""The weights of the reader, in a file that anyone can read."""

import json
from dataclasses import dataclass
from functools import cache
from importlib.resources import files

import numpy as np

from rag.reading.answerable import ANSWERABLE_FEATURES
from rag.reading.linear_reader import READER_FEATURES
from rag.retrieval.features import Array

WEIGHTS_FILE = "reader.json"


@dataclass(frozen=True, slots=True, eq=False)
class Weights:
    """`sentence`, float32 of shape (READER_FEATURES,): a sentence's logit among its rivals;
    `answerable`, float32 of shape (ANSWERABLE_FEATURES,): the logit that a question is answered.
    """

    sentence: Array
    answerable: Array

    def as_json(self) -> str:
        """The file's text: weights by name of feature."""
        named = {
            "sentence": dict(zip(READER_FEATURES, map(float, self.sentence), strict=True)),
            "answerable": dict(zip(ANSWERABLE_FEATURES, map(float, self.answerable), strict=True)),
        }
        rounded = {
            part: {name: round(weight, 4) for name, weight in weights.items()}
            for part, weights in named.items()
        }
        return json.dumps(rounded, ensure_ascii=False, indent=1) + "\n"


@cache
def shipped_weights() -> Weights:
    """The weights that the product carries; a feature without one counts for nothing."""
    named = json.loads(files("rag.reading").joinpath(WEIGHTS_FILE).read_text("utf-8"))
    return Weights(
        sentence=_ordered(named["sentence"], READER_FEATURES),
        answerable=_ordered(named["answerable"], ANSWERABLE_FEATURES),
    )


def _ordered(named: dict[str, float], names: tuple[str, ...]) -> Array:
    return np.array([named.get(name, 0.0) for name in names], dtype=np.float32)
