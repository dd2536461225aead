"""Read news, laws and official documents into documents and title pairs."""

from __future__ import annotations

import re
from collections.abc import Iterator
from pathlib import Path

from index.training.text import split_sentences
from index.training.text_sources import PASSAGE_LIMIT, Document, Pair, read_lines, read_objects

_DATELINE = re.compile(r"^[-\d :]{8,20}，正文：")


def news(path: Path) -> Iterator[Document]:
    """Yield news documents, one a line, without the date line in front."""
    for _, line in read_lines(path):
        sentences = split_sentences(_DATELINE.sub("", line))
        if sentences:
            yield Document(tuple(sentences))


def law_pairs(path: Path) -> Iterator[Pair]:
    """Yield law title and section -> article."""
    for record in read_objects(path, ("law", "section", "text")):
        yield Pair(f"{record['law']} {record['section']}", record["text"][:PASSAGE_LIMIT])


def laws(path: Path) -> Iterator[Document]:
    """Yield each law as one document of its articles' sentences."""
    law, sentences = "", list[str]()
    for record in read_objects(path, ("law", "text")):
        if record["law"] != law and sentences:
            yield Document(tuple(sentences))
            sentences = []
        law = record["law"]
        sentences.extend(split_sentences(record["text"]))
    if sentences:
        yield Document(tuple(sentences))


def policy_pairs(path: Path) -> Iterator[Pair]:
    """Yield title -> first characters of an official document."""
    for record in read_objects(path, ("title", "body")):
        yield Pair(record["title"], record["body"][:PASSAGE_LIMIT])


def policies(path: Path) -> Iterator[Document]:
    """Yield the bodies of official documents."""
    for record in read_objects(path, ("title", "body")):
        sentences = split_sentences(record["body"])
        if sentences:
            yield Document(tuple(sentences))
