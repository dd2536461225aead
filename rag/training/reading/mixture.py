"""Which windows a step learns from: sources in proportion, twins side by side, lengths alike."""

import random
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from rag.reading.encoding import Encoded, Encoding
from rag.training.reading.samples import CLAIMED, Role, Sample, TaughtQuestion, cut_around

GATHERED = 48  # questions whose windows are sorted by length, so that a batch wastes little
BATCH_TOKENS = 4096  # padded tokens of a batch, in a few shapes only: each new one costs a set-up
LENGTH_STEP = 32
TWINNED = 0.5  # how often a question brings its twin along
WITHOUT_CONTEXT = 0.15  # how often a passage is read without what stands above it
SECOND_ANSWER = 0.3  # how often a second window that answers is shown
# How often a window of a role is shown beside one that answers, and beside a question that none
# does: mostly what tempts, for that is what has to be told apart.
BESIDE_ANSWER = {Role.ROBBED: 0.35, Role.TEMPTS: 0.6, Role.BESIDE: 0.7, Role.FAR: 0.7}
WITHOUT_ANSWER = {Role.TEMPTS: 1.0, Role.BESIDE: 0.6, Role.FAR: 0.4}
NEAREST_FAR = 20  # of the units found in other documents
# How often a window is cut to some sentences around one of them, and what weight it may then have:
# more windows are learned from in the same time, and no place in a window is special.
CROPPED, LEAST_ROOM, MOST_ROOM = 0.7, 80.0, 240.0


@dataclass(frozen=True, slots=True)
class Source:
    """Exercises that are drawn with a weight."""

    exercises: Sequence[TaughtQuestion]
    weight: float


@dataclass(frozen=True, slots=True)
class WindowBatch:
    """Windows of like length, encoded; `size` windows and `tokens` tokens it is padded to."""

    samples: tuple[Sample, ...]
    encoded: tuple[Encoded, ...]
    size: int
    tokens: int


class Mixture:
    """Draws batches without end; `chance` decides, and what it decided can be repeated."""

    def __init__(
        self, sources: Sequence[Source], encoding: Encoding, chance: random.Random
    ) -> None:
        self._sources = sources
        self._encoding = encoding
        self._chance = chance
        self._left: list[list[int]] = [[] for _ in sources]
        self._twins = _twins(sources)

    def batches(self) -> Iterator[WindowBatch]:
        """Batches, in no order of length."""
        while True:
            shown = [
                (sample, self._encoded(sample))
                for exercise in self._questions()
                for whole in self._windows(exercise)
                for sample in [self._cut(whole)]
            ]
            shown.sort(key=lambda one: len(one[1]))
            gathered = []
            while shown:
                longest = len(shown[-1][1])
                tokens = -(-longest // LENGTH_STEP) * LENGTH_STEP
                size = max(1, BATCH_TOKENS // tokens)
                taken, shown = shown[-size:], shown[:-size]
                samples, encoded = zip(*taken, strict=True)
                gathered.append(WindowBatch(samples, encoded, size, tokens))
            self._chance.shuffle(gathered)
            yield from gathered

    def _questions(self) -> Iterator[TaughtQuestion]:
        weights = [source.weight for source in self._sources]
        for number in self._chance.choices(range(len(weights)), weights, k=GATHERED):
            exercises = self._sources[number].exercises
            if not self._left[number]:
                self._left[number] = list(range(len(exercises)))
                self._chance.shuffle(self._left[number])
            drawn = exercises[self._left[number].pop()]
            yield drawn
            twin = self._twins.get(drawn.id)
            if twin is not None and self._chance.random() < TWINNED:
                yield twin

    def _windows(self, exercise: TaughtQuestion) -> Iterator[Sample]:
        yield from (sample for sample in exercise.samples if sample.role in CLAIMED)
        answering = [*exercise.having(Role.ANSWERS), *exercise.having(Role.SOMEWHERE)]
        if answering:
            yield self._chance.choice(answering)
            if len(answering) > 1 and self._chance.random() < SECOND_ANSWER:
                yield self._chance.choice(answering)
        beside = BESIDE_ANSWER if answering else WITHOUT_ANSWER
        for role, often in beside.items():
            windows = exercise.having(role)[:NEAREST_FAR]
            if windows and self._chance.random() < often:
                yield self._chance.choice(windows)

    def _cut(self, sample: Sample) -> Sample:
        """The window, or some sentences of it that follow each other, the right one among them."""
        chance = self._chance
        uncut = sample.role is Role.SOMEWHERE or sample.role in CLAIMED
        if uncut or chance.random() >= CROPPED:
            return sample
        return cut_around(sample, chance, LEAST_ROOM, MOST_ROOM)

    def _encoded(self, sample: Sample) -> Encoded:
        if sample.role in CLAIMED:
            claim = self._encoding.claim(sample.question)
            return self._encoding.window(claim, sample.text, sample.sentences)
        question = self._encoding.question(sample.question, sample.before)
        context = "" if self._chance.random() < WITHOUT_CONTEXT else sample.context
        return self._encoding.window(question, sample.text, sample.sentences, context)


def _twins(sources: Sequence[Source]) -> dict[str, TaughtQuestion]:
    """By id of an exercise the one that is its twin."""
    pairs: dict[str, list[TaughtQuestion]] = {}
    for source in sources:
        for exercise in source.exercises:
            if exercise.twin:
                pairs.setdefault(exercise.twin, []).append(exercise)
    return {
        one.id: other
        for pair in pairs.values()
        if len(pair) == 2
        for one, other in (pair, reversed(pair))
    }
