"""What is asked of the bulletins themselves, in words that no table has: told by a line's vector.

A softmax over what may be asked of them and "question", learned from lines written for it
(`python -m rag.training.line_fit`). On lines that it has not seen: docs/intents.md.
"""

import re
from dataclasses import replace

from rag.query.intents import Aspect, kinds_asked, wanted
from rag.query.line_model import LineKinds, Vector
from rag.query.question import Query

FILE = "aspects.json"
# Odds, as a logit, of the likeliest aspect against a question, from which it decides, and below
# which what the table of `intents` says is none.
SURE, UNLIKELY = 1.0, -3.0
# What the table is always heard of: 总结一下 asks for a summary of whatever stands before it.
PLAIN = frozenset({Aspect.OVERVIEW, Aspect.DRAFT})
LONGEST = 80  # characters: what is longer tells a story, and asks of it
_HANDED = re.compile(r"[：:\n]+")  # between an order and the text that is handed along with it


class AspectTold:
    """Completes a query by what it asks of the bulletins; with another encoder than the model was
    learned by, the table of `intents` alone decides.
    """

    def __init__(self, vector: Vector) -> None:
        self._kinds = LineKinds(FILE, vector)

    def completed(self, query: Query) -> Query:
        """The query with what it asks of the bulletins."""
        if len(query.understood) > LONGEST:
            order = self._is_ordered(query.understood)
            return replace(query, aspect=Aspect.REWRITE) if order else query
        aspect = self.told(query.understood, query.aspect)
        if aspect is query.aspect:
            return query
        names = len({place.name for place in query.places})
        return replace(
            query,
            aspect=aspect,
            wants=wanted(query.understood, aspect, names),
            stated_by=kinds_asked(query.understood, aspect),
        )

    def told(self, line: str, ruled: Aspect | None = None) -> Aspect | None:
        """What a line asks of the bulletins, None where it asks of their content; `ruled` is what
        the table says.
        """
        told = self._kinds.of(line)
        if told is None:
            return ruled
        likeliest = told.likeliest_asked
        odds = told.against_question(likeliest)
        if odds >= SURE:
            return Aspect(likeliest)
        return ruled if odds >= UNLIKELY or ruled in PLAIN else None

    def _is_ordered(self, text: str) -> bool:
        """Whether a text that is handed along is to be put in other words, by what stands before or
        behind it.
        """
        pieces = _HANDED.split(text)
        ends = [one for one in (pieces[0], pieces[-1]) if len(one) <= LONGEST]
        return any(self.told(one) is Aspect.REWRITE for one in ends)
