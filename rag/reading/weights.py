"""The weights of the reader, in a file that anyone can read."""

from dataclasses import dataclass
from functools import cache

from rag.reading.answerable import ANSWERABLE_FEATURES
from rag.reading.linear_reader import READER_FEATURES
from rag.retrieval.features import Array
from rag.retrieval.named_weights import shipped_parts, weights_text

WEIGHTS_FILE = "reader.json"
_FEATURES = {"sentence": READER_FEATURES, "answerable": ANSWERABLE_FEATURES}


@dataclass(frozen=True, slots=True, eq=False)
class Weights:
    """`sentence`, float32 of shape (READER_FEATURES,): a sentence's logit among its rivals;
    `answerable`, float32 of shape (ANSWERABLE_FEATURES,): the logit that a question is answered.
    """

    sentence: Array
    answerable: Array

    def as_json(self) -> str:
        """The file's text: weights by name of feature."""
        weights = {"sentence": self.sentence, "answerable": self.answerable}
        return weights_text(_FEATURES, weights)


@cache
def shipped_weights() -> Weights:
    """The weights that the product carries; a feature without one counts for nothing."""
    return Weights(**shipped_parts("rag.reading", WEIGHTS_FILE, _FEATURES))
