"""Read the raw training files into typed pairs and documents.

Every reader is a generator over one file. A line that does not have the columns it should is
skipped with a warning that names the file and the line, so that a damaged file is noticed.
"""

from __future__ import annotations

import json
import logging
import lzma
import re
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from pathlib import Path

log = logging.getLogger(__name__)

# Longer passages are cut: a mean of word vectors over more text says little about any of it.
PASSAGE_LIMIT = 260
# Similarity 4 of 5 and more means "same content" in the graded pairs.
GRADED_POSITIVE = 4.0
# More words than this in one thesaurus group are no longer synonyms of each other.
GROUP_LIMIT = 6

_BRACKETS = re.compile(r"\([^)]*\)|\[[^\]]*\]")
_GLOSS_PREFIX = re.compile(r"^(?:to be |to |a |an |the |lit\. |fig\. )")


@dataclass(frozen=True, slots=True)
class Pair:
    """Two texts that should lie close to each other; the second is the one searched for.

    ``record`` names the record a secondary pair was derived from; it is empty for the pair that
    stands for its record in a score, whose record is its query.
    """

    query: str
    passage: str
    record: str = ""


@dataclass(frozen=True, slots=True)
class Document:
    """The sentences of one text in order."""

    sentences: tuple[str, ...]


def read_lines(path: Path) -> Iterator[tuple[int, str]]:
    """Yield the numbered non-empty lines of an xz-compressed UTF-8 file.

    :raises OSError: the file cannot be read.
    :raises lzma.LZMAError: the file is not xz data.
    """
    with lzma.open(path, "rt", encoding="utf-8") as lines:
        for number, line in enumerate(lines, start=1):
            if line.strip():
                yield number, line.rstrip("\n")


def read_table(path: Path, columns: int) -> Iterator[list[str]]:
    """Yield rows of a tab-separated file that have at least ``columns`` columns."""
    for number, line in read_lines(path):
        row = [cell.strip() for cell in line.split("\t")]
        if len(row) < columns:
            log.warning("%s:%d: %d columns, expected %d", path.name, number, len(row), columns)
            continue
        yield row


def read_objects(path: Path, keys: tuple[str, ...]) -> Iterator[dict[str, str]]:
    """Yield the JSON objects of a file, one a line, that hold a string under each key."""
    for number, line in read_lines(path):
        try:
            record = json.loads(line)
        except json.JSONDecodeError as error:
            log.warning("%s:%d: not JSON: %s", path.name, number, error)
            continue
        if not isinstance(record, dict) or not all(isinstance(record.get(k), str) for k in keys):
            log.warning("%s:%d: not an object with %s", path.name, number, ", ".join(keys))
            continue
        yield {key: record[key] for key in keys}


def first_pair(path: Path, columns: int = 2) -> Iterator[Pair]:
    """Yield the first two columns as pairs."""
    for row in read_table(path, columns):
        if row[0] and row[1]:
            yield Pair(row[0], row[1][:PASSAGE_LIMIT])


def labelled(positive: str) -> Callable[[Path], Iterator[Pair]]:
    """Make a reader of ``text, text, label`` rows that keeps one label."""

    def read(path: Path) -> Iterator[Pair]:
        for row in read_table(path, 3):
            if row[2] == positive and row[0] and row[1]:
                yield Pair(row[0], row[1])

    return read


def graded(path: Path) -> Iterator[Pair]:
    """Yield the pairs of ``text, text, score`` rows at or above ``GRADED_POSITIVE``."""
    for number, row in enumerate(read_table(path, 3), start=1):
        try:
            score = float(row[2])
        except ValueError:
            log.warning("%s: row %d: %r is no score", path.name, number, row[2])
            continue
        if score >= GRADED_POSITIVE:
            yield Pair(row[0], row[1])


def letters(path: Path) -> Iterator[Pair]:
    """Yield title -> letter, letter -> reply and title -> reply of citizens' letters."""
    for title, letter, reply in (row[:3] for row in read_table(path, 3)):
        parts = [part[:PASSAGE_LIMIT] for part in (title, letter, reply)]
        for left, right, record in ((0, 2, ""), (0, 1, parts[0]), (1, 2, parts[0])):
            if parts[left] and parts[right]:
                yield Pair(parts[left], parts[right], record)


def statutes(path: Path) -> Iterator[Pair]:
    """Yield lay question -> article."""
    for row in read_table(path, 3):
        if row[0] and row[2]:
            yield Pair(row[0], row[2][:PASSAGE_LIMIT])


def policy_answers(path: Path) -> Iterator[Pair]:
    """Yield question -> answer and, where the row has it, question -> start of the notice."""
    for row in read_table(path, 2):
        yield Pair(row[0], row[1][:PASSAGE_LIMIT])
        if len(row) > 2 and row[2]:
            at = max(row[2].find(row[1][:20]) - PASSAGE_LIMIT // 3, 0)
            yield Pair(row[0], row[2][at : at + PASSAGE_LIMIT])


def word_groups(path: Path) -> Iterator[Pair]:
    """Yield all pairs of a small group in ``key, words`` rows, and the key where it is Chinese."""
    for row in read_table(path, 2):
        words = re.split(r"[ ；;]+", row[1])
        if not row[0].isascii():
            words.insert(0, row[0])
        words = [word for word in dict.fromkeys(words) if word][:GROUP_LIMIT]
        for left, first in enumerate(words):
            for second in words[left + 1 :]:
                yield Pair(first, second)


def clean_glosses(cell: str) -> list[str]:
    """Split a dictionary's gloss cell into bare English phrases without notes."""
    phrases = []
    for gloss in _BRACKETS.sub(" ", cell).split(";"):
        gloss = " ".join(gloss.split())
        if not gloss.startswith(("CL:", "variant of", "surname", "see ", "old variant")):
            phrases.append(_GLOSS_PREFIX.sub("", gloss))
    return [phrase for phrase in phrases if phrase]


def glosses(path: Path) -> Iterator[Pair]:
    """Yield English gloss -> Chinese word."""
    for row in read_table(path, 2):
        for gloss in clean_glosses(row[1])[:GROUP_LIMIT]:
            yield Pair(gloss, row[0])


def place_terms(path: Path) -> Iterator[Pair]:
    """Yield everyday terms -> place type, in and across both languages."""
    for row in read_table(path, 4):
        terms = [*re.split(r"[；;]\s*", row[1]), row[2]]
        for term in terms:
            if term and term != row[0]:
                yield Pair(term, row[0])
