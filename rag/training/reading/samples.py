"""What a reader learns from: windows of passages with a question each, and what answers in them."""

import random
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from enum import StrEnum

from corpus.bulletin import Span
from rag.reading.windows import pieces_of, weight, windows

LEAST_SHARED = 4  # characters of a quote that a piece must hold to be one that answers


class Role(StrEnum):
    """Why a window is shown with a question."""

    ANSWERS = "answers"  # a sentence of it answers
    SOMEWHERE = "somewhere"  # it answers, nobody said by which sentence
    TEMPTS = "tempts"  # it looks as if it answered, and does not
    BESIDE = "beside"  # of the document that is asked about
    FAR = "far"  # of another document, found for the question
    ROBBED = "robbed"  # its answering sentences were taken out
    BEARS_OUT = "bears out"  # what stands for the question is a claim, which it supports
    BELIES = "belies"  # such a claim, which it does not support


CLAIMED = frozenset({Role.BEARS_OUT, Role.BELIES})


@dataclass(frozen=True, slots=True)
class Sample:
    """A window with a question: `sentences` are spans of `text`; `right` those that answer, by
    number; `answer` the words that are the answer itself, `others` more of them, as the terms of a
    sum are. `before` is what the conversation said, `context` what stands above the passage. By its
    role the question may be a claim.
    """

    question: str
    before: str
    context: str
    text: str
    sentences: tuple[Span, ...]
    right: tuple[int, ...]
    answer: Span | None
    role: Role
    others: tuple[Span, ...] = ()

    @property
    def answers(self) -> tuple[Span, ...]:
        """All words that are the answer itself."""
        return (self.answer, *self.others) if self.answer else ()


@dataclass(frozen=True, slots=True)
class TaughtQuestion:
    """A question with windows to learn it from; `group` is that of its documents, `twin` the id of
    the same question with one point changed.
    """

    id: str
    kind: str
    group: str
    answerable: bool
    samples: tuple[Sample, ...]
    twin: str | None = None

    def having(self, role: Role) -> tuple[Sample, ...]:
        """The windows of a role."""
        return tuple(sample for sample in self.samples if sample.role is role)


def samples_of(
    text: str,
    question: str,
    quotes: Sequence[Span],
    answers: Sequence[Span],
    otherwise: Role,
    *,
    before: str = "",
    context: str = "",
) -> Iterator[Sample]:
    """The windows of a passage, in order; those without any of the quotes as `otherwise`."""
    for window in windows(text, pieces_of(text)):
        start, end = window[0].start, window[-1].end
        right = tuple(n for n, piece in enumerate(window) if any(_held(piece, q) for q in quotes))
        inside = _inside(answers, start, end)
        yield Sample(
            question=question,
            before=before,
            context=context,
            text=text[start:end],
            sentences=tuple(Span(one.start - start, one.end - start) for one in window),
            right=right,
            answer=inside[0] if inside else None,
            role=Role.ANSWERS if right else otherwise,
            others=inside[1:],
        )


def cropped(sample: Sample, first: int, last: int) -> Sample:
    """A window with only its sentences from `first` to `last`, both included; where all that answer
    are left out it is one that does not.
    """
    start, end = sample.sentences[first].start, sample.sentences[last].end
    right = tuple(n - first for n in sample.right if first <= n <= last)
    inside = _inside(sample.answers, start, end)
    return replace(
        sample,
        text=sample.text[start:end],
        sentences=tuple(
            Span(one.start - start, one.end - start) for one in sample.sentences[first : last + 1]
        ),
        right=right,
        answer=inside[0] if inside else None,
        role=Role.ROBBED if sample.right and not right else sample.role,
        others=inside[1:],
    )


def cut_around(sample: Sample, chance: random.Random, least: float, most: float) -> Sample:
    """A window with only some sentences that follow each other, one that answers among them if
    there is one, until their weight passes what is drawn between `least` and `most`.
    """
    weights = [weight(sample.text[one.start : one.end]) for one in sample.sentences]
    first = last = chance.choice(sample.right or range(len(weights)))
    room = chance.uniform(least, most) - weights[first]
    while room > 0 and (first > 0 or last + 1 < len(weights)):
        if first > 0 and (last + 1 == len(weights) or chance.random() < 0.5):
            first -= 1
            room -= weights[first]
        else:
            last += 1
            room -= weights[last]
    return cropped(sample, first, last)


def robbed(sample: Sample) -> Sample | None:
    """A window without the sentences that answer; None where nothing is left worth reading."""
    left = [span for n, span in enumerate(sample.sentences) if n not in sample.right]
    parts = [sample.text[span.start : span.end] for span in left]
    if sum(map(len, parts)) < LEAST_LEFT:
        return None
    spans, at = [], 0
    for part in parts:
        spans.append(Span(at, at + len(part)))
        at += len(part)
    return Sample(
        sample.question,
        sample.before,
        sample.context,
        "".join(parts),
        tuple(spans),
        (),
        None,
        Role.ROBBED,
    )


def _inside(spans: Sequence[Span], start: int, end: int) -> tuple[Span, ...]:
    """Those of some spans that lie between two places, counted from the first."""
    return tuple(
        Span(one.start - start, one.end - start)
        for one in spans
        if start <= one.start < one.end <= end
    )


LEAST_LEFT = 60  # characters of a window that is worth reading


def _held(piece: Span, quote: Span) -> bool:
    shared = min(piece.end, quote.end) - max(piece.start, quote.start)
    return shared >= min(LEAST_SHARED, quote.end - quote.start)
