"""Small talk in words that no list has: told by a line's vector, where the embedded encoder is.

A softmax over the kinds of small talk and "question", learned from the lines beside its recipe
(`python -m rag.training.line_fit`) and from questions to bulletins. On lines and questions that
it has not seen: docs/small_talk.md.
"""

from dataclasses import dataclass

from rag.query.intents import asked_aspect
from rag.query.line_model import QUESTION, LineKinds, Vector
from rag.query.question import Query
from rag.query.small_talk import SmallTalk, is_short, small_talk

FILE = "spoken.json"
# Odds, as a logit, of small talk against a question. From SURE on a line is answered so at once;
# from LIKELY on where the bulletins do not surely answer it. Behind a conversation a line may lean
# on it (争得厉害的呢), and more is needed.
SURE, LIKELY = 0.6, 0.0
LEANING = 2.0


@dataclass(frozen=True, slots=True)
class Spoken:
    """The kind of small talk that a line is most like, and the odds that it is any, as a logit."""

    kind: SmallTalk
    odds: float


class SpokenLines:
    """Tells small talk by vectors; with another encoder than the model was learned by, by the
    closed list alone.
    """

    def __init__(self, vector: Vector) -> None:
        self._kinds = LineKinds(FILE, vector)

    def said(self, query: Query) -> Spoken | None:
        """What a question is like, read as small talk; None where it plainly asks something: of a
        place, of bulletins, at length.
        """
        text = query.question.strip()
        if listed := small_talk(text):
            return Spoken(listed, float("inf"))
        if not is_short(text) or query.places or query.years or asked_aspect(text):
            return None
        told = self._kinds.of(text)
        if told is None:
            return None
        return Spoken(SmallTalk(told.likeliest_asked), -told.against_others(QUESTION))

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
