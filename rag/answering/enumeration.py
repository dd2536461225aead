"""The points that a paragraph counts itself: 一是…二是…, （一）…（二）…, or so many as it says."""

import re
from collections.abc import Iterator

from corpus.bulletin import Span
from corpus.figures.quantities import whole_number
from corpus.text.list_marks import SERIES, TEN
from corpus.text.sentences import split_sentences

POINT_CHARS = 60  # of a point what comes first is told; its details can be read where it stands


def points(text: str) -> tuple[Span, ...]:
    """Spans of the points of a text, in order, each with its mark; empty where it counts none."""
    return _marked(text) or _counted(text)


def opening(text: str, point: Span) -> Span:
    """What is told of a point: its first clauses, up to POINT_CHARS characters."""
    piece = text[point.start : point.end]
    first = split_sentences(piece)[0]
    end = first.end
    if end > POINT_CHARS:
        cuts = [m.start() for m in re.finditer(r"[，；]", piece[:POINT_CHARS])]
        end = cuts[-1] if cuts else end
    return Span(point.start + first.start, point.start + end)


def _marked(text: str) -> tuple[Span, ...]:
    """The longest series of marks that runs 1, 2, 3 without a gap."""
    best: tuple[Span, ...] = ()
    for series in SERIES:
        starts: list[int] = []
        for match in series.finditer(text):
            if _number(match["n"]) == len(starts) + 1:
                starts.append(match.start())
        if len(starts) > max(1, len(best)):
            ends = [*starts[1:], len(text)]
            best = tuple(Span(s, e) for s, e in zip(starts, ends, strict=True))
    return best


def _counted(text: str) -> tuple[Span, ...]:
    """Behind a sentence that ends in a number of things, as many pieces of the next sentence."""
    sentences = split_sentences(text)
    for n, lead in enumerate(sentences[:-1]):
        said = re.search(
            rf"(?P<n>[{TEN}\d])个?(?:方面|维度|点|项|条|类|举措|措施|环节)",
            text[lead.start : lead.end],
        )
        if said is None:
            continue
        wanted = _number(said["n"])
        pieces = list(_pieces(text, sentences[n + 1 :]))
        if wanted > 2 and len(pieces) >= wanted and _alike(text, pieces[:wanted]):
            return tuple(pieces[:wanted])
    return ()


def _pieces(text: str, sentences: list[Span]) -> Iterator[Span]:
    """The parts of sentences between semicolons."""
    for sentence in sentences:
        start = sentence.start
        for match in re.finditer(r"[；;]", text[sentence.start : sentence.end]):
            yield Span(start, sentence.start + match.start())
            start = sentence.start + match.end()
        if start < sentence.end:
            yield Span(start, sentence.end)


def _alike(text: str, pieces: list[Span]) -> bool:
    """Whether pieces are joined by semicolons, all but the last."""
    return all(text[piece.end : piece.end + 1] in "；;" for piece in pieces[:-1])


def _number(numeral: str) -> int:
    if "①" <= numeral <= "⑨":
        return ord(numeral) - ord("①") + 1
    return whole_number(numeral)
