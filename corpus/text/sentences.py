"""A paragraph's text to its sentences, with their places in it."""

import re

from corpus.bulletin import Span

# Ends of a sentence, or of a clause that says a thing of its own, with the closing marks behind.
_END = re.compile(r"[。！？；!?;\n]+[”’」』）》]*")
_OPENING, _CLOSING = "“‘「『（《", "”’」』）》"
MIN_CHARS = 6  # shorter pieces (一是…；) say too little alone and stay with what follows


def split_sentences(text: str) -> list[Span]:
    """Spans of the sentences of `text`, in order, blanks at their ends left out.

    A mark inside quotes or brackets ends nothing, unless they close right behind it: a quoted
    speech of several sentences stays whole, and one that opens a sentence stays with its speaker
    (“合口味吗？”他问道。).
    """
    spans: list[Span] = []
    start = seen = depth = 0
    for match in _END.finditer(text):
        end = match.end()
        depth = _depth(depth, text[seen:end])
        seen = end
        speech = text[start] in "“‘「" and text[end - 1] in _CLOSING and end < len(text)
        if speech or end - start < MIN_CHARS or depth > 0:
            continue
        spans.append(Span(start, end))
        start, depth = end, 0
    if text[start:].strip():
        spans.append(Span(start, len(text)))
    return [_trimmed(text, span) for span in spans]


def _depth(depth: int, piece: str) -> int:
    """Quotes and brackets open behind a piece, of which `depth` were open before it; a stray
    closing mark of a damaged text counts for nothing.
    """
    for char in piece:
        if char in _OPENING:
            depth += 1
        elif char in _CLOSING:
            depth = max(0, depth - 1)
    return depth


def _trimmed(text: str, span: Span) -> Span:
    piece = text[span.start : span.end]
    start = span.start + len(piece) - len(piece.lstrip())
    return Span(start, start + len(piece.strip()))
