"""Cut text into sentences and sentences into chunks, the unit that retrieval embeds."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator

# A chunk closes once it holds this many characters; whole sentences make it 120-160 in practice.
CHUNK_TARGET = 120
# A chunk never grows past this unless one sentence alone is longer.
CHUNK_LIMIT = 160
# Fewer characters than this carry no topic of their own and join the sentence before.
SENTENCE_MINIMUM = 6

_SENTENCE = re.compile(r"[^。！？!?；;\n]*[。！？!?；;\n]+[”’」』）)\"]*|[^。！？!?；;\n]+$")
_LATIN_STOP = re.compile(r"(?<=[a-z0-9)][.])\s+(?=[A-Z])")


def split_sentences(text: str) -> list[str]:
    """Split Chinese or English text into sentences, in order and without blanks at the ends.

    :param text: any text; line feeds end sentences.
    :returns: the sentences; very short ones are joined to the one before.
    """
    sentences: list[str] = []
    for match in _SENTENCE.finditer(text):
        for piece in _LATIN_STOP.split(match.group()):
            piece = piece.strip()
            if not piece:
                continue
            if sentences and len(piece) < SENTENCE_MINIMUM:
                sentences[-1] += piece
            else:
                sentences.append(piece)
    return sentences


def chunk_bounds(lengths: Iterable[int]) -> Iterator[tuple[int, int]]:
    """Group consecutive sentences into chunks of ``CHUNK_TARGET`` to ``CHUNK_LIMIT`` characters.

    :param lengths: characters of each sentence, in order.
    :returns: half-open ranges of sentence numbers that cover all sentences once.
    """
    start = end = size = 0
    for end, length in enumerate(lengths, start=1):
        if size and size + length > CHUNK_LIMIT:
            yield start, end - 1
            start, size = end - 1, 0
        size += length
        if size >= CHUNK_TARGET:
            yield start, end
            start, size = end, 0
    if start < end:
        yield start, end


def split_chunks(text: str) -> list[str]:
    """Split text into chunks of whole sentences.

    :param text: a paragraph.
    :returns: at least one chunk, the text itself where it has no sentence.
    """
    sentences = split_sentences(text)
    chunks = [
        "".join(sentences[start:end])
        for start, end in chunk_bounds([len(sentence) for sentence in sentences])
    ]
    return chunks or [text]
