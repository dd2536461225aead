"""The texts and questions of the comparison, laid out for processes of their own."""

import re
from collections.abc import Sequence
from dataclasses import dataclass
from itertools import islice
from pathlib import Path
from typing import TypeVar

from corpus.questions.public_sets import read_public
from corpus.questions.question_file import load_questions
from eval.bench.archive import OPENING_CHARS, documents
from eval.sources import OWN_QUESTIONS
from index.temporary import write_texts

T = TypeVar("T")
OWN, OPENINGS = 100, 100  # timed questions: ours, and openings of documents
OPENED = 1_000  # the openings are of the first documents, so that every size is asked the same
JUDGED = 500  # questions judged among news; all are where the passages stand alone


@dataclass(frozen=True, slots=True)
class Material:
    """A folder with a file a document, the questions to time, and those to judge by."""

    folder: Path
    documents: int
    timed: list[str]
    judged: list[tuple[str, str]]


def lay_out(folder: Path, news: Path | None, count: int, cmrc: Path) -> Material:
    """The first `count` documents of the news and all passages of CMRC as files of `folder`.

    :raises CallError: a file is missing or of another format.
    """
    public = read_public("cmrc2018", cmrc)
    folder.mkdir(parents=True)
    write_texts(public.passages, folder)
    openings: list[str] = []
    if news:
        known = filter(None, documents(news, 2 * max(count, OPENED)))  # a few lines have no text
        for number, text in enumerate(islice(known, max(count, OPENED))):
            if number < count:
                (folder / f"doc-{number:06d}.txt").write_text(text + "\n", "utf-8")
            if number < OPENED:
                openings.append(re.sub(r"\s", "", text)[:OPENING_CHARS])
    own = [q.question for q in load_questions(OWN_QUESTIONS) if q.lang == "zh" and not q.history]
    judged = [(q.question, q.bulletins[0]) for q in public.questions]
    return Material(
        folder=folder,
        documents=sum(1 for _ in folder.iterdir()),
        timed=[*spread(own, OWN), *spread(openings, OPENINGS)],
        judged=spread(judged, JUDGED) if count else judged,
    )


def spread(items: Sequence[T], count: int) -> list[T]:
    """`count` of the items, at equal distances."""
    return list(islice(items, 0, None, max(1, len(items) // count)))[:count]
