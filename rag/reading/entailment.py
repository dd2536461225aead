"""Whether a text supports a sentence, as a trained model judges it: the seam where one goes in.

The embedded reader has learned it a little (its card says how little) and judges nowhere yet: the
exact binding of figures, tones and names decides, until one is given that knows more.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Protocol

LEAST_SUPPORT = 0.5  # share from which on a sentence counts as supported


@dataclass(frozen=True, slots=True)
class CitedSentence:
    """A sentence and the text that it is said to stand in."""

    sentence: str
    source: str


class Entailment(Protocol):
    """What judges."""

    def support(self, claims: Sequence[CitedSentence]) -> Sequence[float]:
        """For each claim the share, 0 to 1, of its being supported; in their order.

        :raises ModelError: the model cannot be loaded.
        """
        ...


def is_supported(judge: Entailment, sentence: str, sources: Sequence[str]) -> bool:
    """Whether one of the texts supports a sentence, or all of them together do."""
    texts = [*sources, "\n".join(sources)] if len(sources) > 1 else list(sources)
    return max(judge.support([CitedSentence(sentence, text) for text in texts])) >= LEAST_SUPPORT
