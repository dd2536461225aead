"""How a question leans on the conversation, in words that no pattern has: told by its vector.

A softmax over the ways to lean and "question", learned from lines written for it
(`python -m rag.training.line_fit`). On lines that it has not seen: docs/intents.md.
"""

from rag.query.changes import Lean
from rag.query.line_model import LineKinds, Vector

FILE = "leaning.json"
# Odds, as a logit, of the likeliest way to lean against a question, from which it decides.
SURE = 1.0
LONGEST = 24  # characters: what is longer says what it is about


class LeaningTold:
    """Tells how a question leans; with another encoder than the model was learned by, none does."""

    def __init__(self, vector: Vector) -> None:
        self._kinds = LineKinds(FILE, vector)

    def told(self, line: str) -> Lean | None:
        """How a line leans on what was said before it, None where it stands by itself."""
        if len(line) > LONGEST:
            return None
        told = self._kinds.of(line)
        if told is None:
            return None
        likeliest = told.likeliest_asked
        return Lean(likeliest) if told.against_question(likeliest) >= SURE else None
