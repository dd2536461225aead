"""The transformer that reads by default: question and passage together, in ONNX Runtime."""

import math
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import islice
from pathlib import Path

import numpy as np
from numpy.typing import NDArray

from corpus.bulletin import Span
from index.vectors.loaded_once import LoadedOnce
from rag.query.question import Query
from rag.reading.certainty import logistic
from rag.reading.encoding import Encoded
from rag.reading.entailment import CitedSentence
from rag.reading.memory import Memory
from rag.reading.reader import Passage, Point, ReadPassage, ReadSentence
from rag.reading.reading_files import OUTPUTS, ReadingModel, load_model
from rag.reading.windows import pieces_of, windows

# Windows of one passage that are read; a longer one is a file without paragraphs, of which those
# are read that share most pairs of characters with the question.
MOST_WINDOWS = 24
MOST_READ = 2 * MOST_WINDOWS  # with those that a window becomes whose tokens have no room in one
SUPPORTED = OUTPUTS.index("supported")
LEAST_POINTED = 0.02  # probability of a place that is told of
LONGEST_FOCUS = 40  # tokens of the words that are the answer itself

Floats = NDArray[np.float32]
Asked = tuple[list[int], list[int]]  # a question as it opens every window


@dataclass(frozen=True, slots=True)
class _Window:
    """A window: its sentences, and how they are encoded."""

    sentences: tuple[Span, ...]
    encoded: Encoded


@dataclass(frozen=True, slots=True)
class _Seen:
    """What the model said of a window: a logit for each sentence, above that of "not here", and the
    words in each that are most likely the answer itself, and where such words may begin.
    """

    sentences: tuple[Span, ...]
    logits: tuple[float, ...]
    focuses: tuple[Span | None, ...]
    points: tuple[tuple[Point, ...], ...]


class TransformerReader:
    """Reads with a model folder in the product's own form; loaded at the first question."""

    def __init__(self, folder: Path) -> None:
        self._model = LoadedOnce(lambda: load_model(folder))
        self._memory = Memory()

    def read(self, query: Query, passages: Sequence[Passage]) -> tuple[ReadPassage, ...]:
        """See Reader.read; what was read for the same question lately is not read again."""
        return self._memory.of(query, passages, lambda unread: self._read(query, unread))

    def support(self, claims: Sequence[CitedSentence]) -> tuple[float, ...]:
        """See Entailment.support; of a source of several windows the best one speaks."""
        model = self._model.get()
        return tuple(
            max(
                (
                    logistic(float(model.run(window.encoded)[SUPPORTED]))
                    for window in _claimed(model, claim)
                ),
                default=0.0,
            )
            for claim in claims
        )

    def _read(self, query: Query, passages: Sequence[Passage]) -> list[ReadPassage]:
        model = self._model.get()
        question = model.encoding.question(query.to_read, query.before)
        pairs = _pairs(query.to_read)
        return [
            _gathered([_seen(window, *model.run(window.encoded)[:SUPPORTED]) for window in own])
            for own in (_windows(model, question, pairs, passage) for passage in passages)
        ]


def _windows(
    model: ReadingModel, question: Asked, pairs: set[str], passage: Passage
) -> Iterator[_Window]:
    """The windows of a passage that are read."""
    gathered = windows(passage.text, pieces_of(passage.text))
    if len(gathered) > MOST_WINDOWS:
        gathered = _nearest(pairs, passage.text, gathered)
    parts = (part for window in gathered for part in _parts(model, question, passage, window))
    return islice(parts, MOST_READ)


def _claimed(model: ReadingModel, claim: CitedSentence) -> Iterator[_Window]:
    """The windows of a claim's source."""
    opening, source = model.encoding.claim(claim.sentence), Passage(claim.source)
    gathered = windows(claim.source, pieces_of(claim.source))
    if len(gathered) > MOST_WINDOWS:
        gathered = _nearest(_pairs(claim.sentence), claim.source, gathered)
    return (part for window in gathered for part in _parts(model, opening, source, window))


def _parts(
    model: ReadingModel, question: Asked, passage: Passage, sentences: list[Span]
) -> Iterator[_Window]:
    """A window of such sentences; those that it has no room for follow in another."""
    while sentences:
        encoded = model.encoding.window(question, passage.text, sentences, passage.context)
        inside = max(encoded.segments)  # the first always has room
        yield _Window(tuple(sentences[:inside]), encoded)
        sentences = sentences[inside:]


def _pairs(text: str) -> set[str]:
    return {text[at : at + 2] for at in range(len(text) - 1)}


def _nearest(pairs: set[str], text: str, gathered: list[list[Span]]) -> list[list[Span]]:
    """The windows that share most pairs of characters with a question, in their order."""

    def shared(window: list[Span]) -> int:
        return len(pairs & _pairs(text[window[0].start : window[-1].end]))

    order = sorted(range(len(gathered)), key=lambda n: (-shared(gathered[n]), n))
    return [gathered[n] for n in sorted(order[:MOST_WINDOWS])]


def _seen(window: _Window, absent: Floats, logits: Floats, begins: Floats, ends: Floats) -> _Seen:
    above = tuple(float(logit - absent) for logit in logits)
    focuses = tuple(_focus(window.encoded, n, begins, ends) for n in range(1, len(above) + 1))
    points = _points(window.encoded, len(above), begins)
    return _Seen(window.sentences, above, focuses, points)


def _points(encoded: Encoded, sentences: int, begins: Floats) -> tuple[tuple[Point, ...], ...]:
    """Where in each sentence words that answer may begin, by a softmax over the window."""
    open_to = np.array([span is not None for span in encoded.spans])
    if not open_to.any():
        return ((),) * sentences
    odds = np.where(open_to, begins[: len(open_to)], -np.inf)
    weights = np.exp(odds - odds.max())
    weights /= weights.sum()
    found: list[list[Point]] = [[] for _ in range(sentences)]
    for at in np.flatnonzero(weights >= LEAST_POINTED):
        span, segment = encoded.spans[int(at)], encoded.segments[int(at)]
        if span is not None and 1 <= segment <= sentences:
            found[segment - 1].append(Point(span.start, float(weights[at])))
    return tuple(map(tuple, found))


def _focus(encoded: Encoded, sentence: int, begins: Floats, ends: Floats) -> Span | None:
    """The likeliest run of tokens inside a sentence to be the answer itself."""
    inside = [
        at
        for at, (segment, span) in enumerate(zip(encoded.segments, encoded.spans, strict=True))
        if segment == sentence and span is not None
    ]
    if not inside:
        return None
    first, last = inside[0], inside[-1] + 1
    scores = begins[first:last, None] + ends[None, first:last]
    allowed = np.triu(np.ones_like(scores, dtype=bool)) & ~np.triu(
        np.ones_like(scores, dtype=bool), LONGEST_FOCUS
    )
    begin, end = np.unravel_index(np.where(allowed, scores, -np.inf).argmax(), scores.shape)
    left, right = encoded.spans[first + int(begin)], encoded.spans[first + int(end)]
    return Span(left.start, right.end) if left and right else None


def _gathered(seen: Sequence[_Seen]) -> ReadPassage:
    """The windows of a passage in one: sentences in order, their shares by a softmax of logits."""
    parts = sorted(
        (
            part
            for one in seen
            for part in zip(one.sentences, one.logits, one.focuses, one.points, strict=True)
        ),
        key=lambda part: part[0].start,
    )
    if not parts:
        return ReadPassage((), -math.inf)
    logits = np.array([logit for _, logit, *_ in parts], dtype=np.float64)
    top = float(logits.max())
    weights = np.exp(logits - top)
    total = float(weights.sum())
    return ReadPassage(
        tuple(
            ReadSentence(span, float(weight) / total, focus, points)
            for (span, _, focus, points), weight in zip(parts, weights, strict=True)
        ),
        top + math.log(total),
    )
