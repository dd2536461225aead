"""A text to what a reader takes in at once: its sentences, gathered in windows."""

import re
from collections.abc import Sequence

from corpus.bulletin import Span
from corpus.text.sentences import split_sentences

# Weight of a text by which windows and pieces are measured: an ideograph counts 1, a narrow letter
# or digit a third, which is about what each costs in tokens.
NARROW = 1 / 3
WINDOW = 420  # weight of a window; with question and context some 350 tokens, paragraphs fit whole
LONGEST = 160  # weight of a sentence read as one; a longer one is read in pieces
PIECE = 120  # weight of such a piece, which ends at the last comma inside it
_PAUSE = re.compile(r"[，,：:、 ]")


def weight(text: str) -> float:
    """How much of a reader's room a text takes."""
    narrow = sum(char.isascii() for char in text)
    return len(text) - narrow + narrow * NARROW


def pieces_of(text: str) -> list[Span]:
    """The sentences of a text in order, those that are too long cut at their commas."""
    return [piece for sentence in split_sentences(text) for piece in _pieces(text, sentence)]


def windows(text: str, pieces: Sequence[Span]) -> list[list[Span]]:
    """Pieces that follow each other, gathered as long as a window has room."""
    gathered: list[list[Span]] = []
    room = 0.0
    for piece in pieces:
        taken = weight(text[piece.start : piece.end])
        if not gathered or taken > room:
            gathered.append([])
            room = WINDOW
        gathered[-1].append(piece)
        room -= taken
    return gathered


def _pieces(text: str, sentence: Span) -> list[Span]:
    found = []
    start, left = sentence.start, weight(text[sentence.start : sentence.end])
    while left > LONGEST:
        full, taken = _full(text, start, sentence.end)
        pauses = [match.end() for match in _PAUSE.finditer(text, start, full)]
        end = pauses[-1] if pauses else full
        found.append(Span(start, end))
        left -= taken - weight(text[end:full])
        start = end
    if text[start : sentence.end].strip():
        found.append(Span(start, sentence.end))
    return found


def _full(text: str, start: int, end: int) -> tuple[int, float]:
    """Where a piece that opens at `start` is full, and its weight."""
    taken = 0.0
    for at in range(start, end):
        taken += NARROW if text[at].isascii() else 1.0
        if taken >= PIECE:
            return at + 1, taken
    return end, taken
