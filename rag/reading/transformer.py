"""The transformer that reads by default: question and passage together, in ONNX Runtime."""

import math
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import count
from pathlib import Path
from threading import Lock

import numpy as np
from numpy.typing import NDArray

from corpus.bulletin import Span
from rag.query.question import Query
from rag.reading.encoding import Encoded
from rag.reading.memory import Memory
from rag.reading.reader import Passage, ReadPassage, ReadSentence
from rag.reading.reading_files import ReadingModel, load_model
from rag.reading.windows import pieces_of, windows

BATCH_TOKENS = 4096  # padded tokens of a call; more costs memory and saves no time
# Windows of one passage that are read; a longer one is a file without paragraphs, of which those
# are read that share most pairs of characters with the question.
MOST_WINDOWS = 24
LONGEST_FOCUS = 40  # tokens of the words that are the answer itself

Floats = NDArray[np.float32]


@dataclass(frozen=True, slots=True)
class _Window:
    """A window with its place: which passage it is of, its sentences, and how it is encoded."""

    passage: int
    sentences: tuple[Span, ...]
    encoded: Encoded


@dataclass(frozen=True, slots=True)
class _Seen:
    """What the model said of a window: a logit for each sentence, above that of "not here", and the
    words in each that are most likely the answer itself.
    """

    sentences: tuple[Span, ...]
    logits: tuple[float, ...]
    focuses: tuple[Span | None, ...]


class TransformerReader:
    """Reads with a model folder in the product's own form; loaded at the first question."""

    def __init__(self, folder: Path) -> None:
        self._folder = folder
        self._lock = Lock()
        self._model: ReadingModel | None = None
        self._memory = Memory()

    def read(self, query: Query, passages: Sequence[Passage]) -> tuple[ReadPassage, ...]:
        """See Reader.read; what was read for the same question lately is not read again."""
        return self._memory.of(query, passages, lambda unread: self._read(query, unread))

    def _read(self, query: Query, passages: Sequence[Passage]) -> list[ReadPassage]:
        model = self._loaded()
        seen: dict[int, list[_Seen]] = {n: [] for n in range(len(passages))}
        for window, what in _run(model, list(_windows(model, query, passages))):
            seen[window.passage].append(what)
        return [_gathered(seen[n]) for n in range(len(passages))]

    def _loaded(self) -> ReadingModel:
        with self._lock:
            if self._model is None:
                self._model = load_model(self._folder)
            return self._model


def _windows(model: ReadingModel, query: Query, passages: Sequence[Passage]) -> Iterator[_Window]:
    question = model.encoding.question(query.question, query.before)
    pairs = {query.question[at : at + 2] for at in range(len(query.question) - 1)}
    for number, passage in enumerate(passages):
        gathered = windows(passage.text, pieces_of(passage.text))
        if len(gathered) > MOST_WINDOWS:
            gathered = _nearest(pairs, passage.text, gathered)
        for sentences in gathered:
            encoded = model.encoding.window(question, passage.text, sentences, passage.context)
            yield _Window(number, tuple(sentences), encoded)


def _nearest(pairs: set[str], text: str, gathered: list[list[Span]]) -> list[list[Span]]:
    """The windows that share most pairs of characters with a question, in their order."""

    def shared(window: list[Span]) -> int:
        inside = text[window[0].start : window[-1].end]
        return sum(pair in inside for pair in pairs)

    order = sorted(range(len(gathered)), key=lambda n: (-shared(gathered[n]), n))
    return [gathered[n] for n in sorted(order[:MOST_WINDOWS])]


def _run(model: ReadingModel, asked: list[_Window]) -> Iterator[tuple[_Window, _Seen]]:
    """Each window with what the model says of it; windows of like length share a call."""
    asked.sort(key=lambda window: len(window.encoded))
    start = 0
    while start < len(asked):
        size = next(
            n
            for n in count(1)
            if start + n == len(asked) or (n + 1) * len(asked[start + n].encoded) > BATCH_TOKENS
        )
        batch = asked[start : start + size]
        outputs = model.run([window.encoded for window in batch])
        for row, window in enumerate(batch):
            yield window, _seen(window, *(output[row] for output in outputs))
        start += size


def _seen(
    window: _Window, absent: np.float32, logits: Floats, begins: Floats, ends: Floats
) -> _Seen:
    number = len(window.sentences)
    above = tuple(float(logit - absent) for logit in logits[:number])
    focuses = tuple(_focus(window.encoded, n, begins, ends) for n in range(1, number + 1))
    return _Seen(window.sentences, above, focuses)


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
        (part for one in seen for part in zip(one.sentences, one.logits, one.focuses, strict=True)),
        key=lambda part: part[0].start,
    )
    if not parts:
        return ReadPassage((), -math.inf)
    logits = np.array([logit for _, logit, _ in parts], dtype=np.float64)
    top = float(logits.max())
    weights = np.exp(logits - top)
    total = float(weights.sum())
    return ReadPassage(
        tuple(
            ReadSentence(span, float(weight) / total, focus)
            for (span, _, focus), weight in zip(parts, weights, strict=True)
        ),
        top + math.log(total),
    )
