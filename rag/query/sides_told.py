"""How many things a question asks, whatever its words: told by its vector.

家庭病床和助餐的那个试点，一共去了几次 names two things and asks of one matter. A softmax over
"compared", "several" and "question", learned from lines written for it
(`python -m rag.training.line_fit`). On lines that it has not seen: docs/intents.md.
"""

from dataclasses import replace

from rag.query.intents import Asks
from rag.query.line_model import LineKinds, Vector
from rag.query.question import Query

FILE = "sided.json"
# Odds, as a logit, of one kind against the others, from which it decides.
SURE = 1.0
LONGEST = 80  # characters: what is longer is no one thing


class SidesTold:
    """Tells how many things are asked; with another encoder than the model was learned by, the
    words alone decide.
    """

    def __init__(self, vector: Vector) -> None:
        self._kinds = LineKinds(FILE, vector)

    def completed(self, query: Query) -> Query:
        """The query with how many things it asks, where that is sure."""
        return replace(query, asks=self.told(query.understood))

    def told(self, line: str) -> Asks | None:
        """How many things a line asks; None where that is not sure."""
        told = self._kinds.of(line) if len(line) <= LONGEST else None
        if told is None:
            return None
        likeliest = told.likeliest
        return Asks(likeliest) if told.against_others(likeliest) >= SURE else None
