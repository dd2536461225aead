"""Questions with the passage that answers each and one that does not, drawn from the exercises that
a reader learns from.
"""

import random
from collections.abc import Sequence
from dataclasses import dataclass

from rag.training.reading.mixture import Source
from rag.training.reading.samples import Role, Sample, TaughtQuestion, cut_around

# Weight of a passage: what an index holds is a sentence or two, and a long paragraph is cut.
LEAST_ROOM, MOST_ROOM = 40.0, 140.0
# How often a question brings along a passage that does not answer; the others of a step never do,
# and every passage costs the same time.
TEMPTED = 0.6
TITLED = 0.3  # how often a passage stands under its title
TEMPTING = 3  # how often what tempts is drawn beside another window of the same document
NEAREST_FAR = 12  # of the windows found in other documents


@dataclass(frozen=True, slots=True)
class QuestionPair:
    """A question, a passage that answers it, and one that does not, None where there is none.
    `answers` are all windows that answer it, by which a passage is known that does too; `window`
    and `other` are those that the passages are cut from.
    """

    query: str
    passage: str
    negative: str | None
    window: str
    other: str
    answers: frozenset[str]


class PairMixture:
    """Draws pairs without end; each question of a source once before any comes again."""

    def __init__(self, sources: Sequence[Source], chance: random.Random) -> None:
        self._sources = [
            Source(kept, source.weight)
            for source in sources
            if (kept := [one for one in source.exercises if _stands_alone(one)])  # claims do not
        ]
        self._left: list[list[int]] = [[] for _ in self._sources]
        self._chance = chance

    def draw(self, size: int) -> list[QuestionPair]:
        """So many pairs."""
        weights = [source.weight for source in self._sources]
        numbers = self._chance.choices(range(len(weights)), weights, k=size)
        return [self._pair(self._next(number)) for number in numbers]

    def _next(self, number: int) -> TaughtQuestion:
        exercises = self._sources[number].exercises
        if not self._left[number]:
            self._left[number] = list(range(len(exercises)))
            self._chance.shuffle(self._left[number])
        return exercises[self._left[number].pop()]

    def _pair(self, exercise: TaughtQuestion) -> QuestionPair:
        answering = exercise.having(Role.ANSWERS)
        chosen = self._chance.choice(answering)
        wrong = [
            *exercise.having(Role.TEMPTS) * TEMPTING,
            *exercise.having(Role.BESIDE),
            *exercise.having(Role.FAR)[:NEAREST_FAR],
        ]
        wrong = [one for one in wrong if one.text != chosen.text]
        tempted = wrong and self._chance.random() < TEMPTED
        other = self._chance.choice(wrong) if tempted else None
        return QuestionPair(
            query=chosen.question,
            passage=self._cut(chosen),
            negative=self._cut(other) if other else None,
            window=chosen.text,
            other=other.text if other else "",
            answers=frozenset(one.text for one in answering),
        )

    def _cut(self, sample: Sample) -> str:
        """Some sentences that follow each other, one that answers among them if there is one."""
        chance = self._chance
        text = cut_around(sample, chance, LEAST_ROOM, MOST_ROOM).text
        return f"{sample.context} {text}" if sample.context and chance.random() < TITLED else text


def _stands_alone(exercise: TaughtQuestion) -> bool:
    """Whether it is answered somewhere, and asked without a conversation before it."""
    return bool(exercise.having(Role.ANSWERS)) and not exercise.samples[0].before
