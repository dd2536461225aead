"""Questions written for this project on official documents, with what a search finds for them.

A folder holds documents.jsonl.xz, questions.jsonl.xz and twins.jsonl.xz, or files of these names
without .xz; each line of a question names its documents, quotes what answers it, and quotes what
looks as if it did.
"""

import json
import lzma
from collections.abc import Callable, Iterator, Mapping, Sequence
from functools import cache
from pathlib import Path
from typing import Any

from corpus.bulletin import Bulletin, Span
from corpus.text.quotes import place_of_quote
from index.library import Library
from index.scope import OPEN
from index.temporary import library_of_texts
from index.vectors.encoder import Encoder
from rag.query.question import Query, understand
from rag.reading.reader import Passage
from rag.reading.unit_passages import passage_of
from rag.retrieval.fusion import candidates
from rag.training.groups import KEPT_ASIDE
from rag.training.reading.samples import Role, Sample, TaughtQuestion, samples_of

FOUND = 24  # units that a search gives for a question, of which those of other documents are FAR
FILES = (
    "questions.jsonl",
    "twins.jsonl",
    "english.jsonl",
    "everyday.jsonl",
    "gists.jsonl",
    "misses.jsonl",
    "operations.jsonl",
)
DOCUMENTS, CLAIMS = "documents.jsonl", "claims.jsonl"


def written_exercises(folders: Sequence[Path], encoder: Encoder) -> list[TaughtQuestion]:
    """The exercises of some folders, asked of one library of all their documents but those that are
    kept aside to test by.

    :raises CallError: a folder holds no such files.
    """
    documents = [one for folder in folders for one in written_lines(folder, DOCUMENTS)]
    documents = [one for one in documents if one["group"] not in KEPT_ASIDE]
    groups = {one["name"]: one["group"] for one in documents}
    asked = [one for folder in folders for name in FILES for one in written_lines(folder, name)]
    with library_of_texts(texts_of(documents), encoder) as library:
        # each is read many times, and a library keeps few of them parsed
        bulletin_of = cache(library.bulletin)
        return [
            _exercise(library, bulletin_of, one, groups[one["doc"][0]])
            for one in asked
            if all(name in groups for name in one["doc"])
        ]


def texts_of(documents: Sequence[Mapping[str, Any]]) -> dict[str, str]:
    """Documents as texts by name, a paragraph a line, under their titles."""
    return {
        one["name"]: "\n".join([*([one["title"]] if one["title"] else ()), *one["paragraphs"], ""])
        for one in documents
    }


def _exercise(
    library: Library, bulletin_of: Callable[[str], Bulletin], one: dict[str, Any], group: str
) -> TaughtQuestion:
    query = understand(one["question"], tuple(one["history"]))
    samples: list[Sample] = []
    for name in one["doc"]:
        bulletin = bulletin_of(name)
        for unit in bulletin.units:
            passage = passage_of(bulletin, unit)
            quotes = _places(unit.text, one["evidence"])
            tempts = bool(_places(unit.text, one["distractors"]))
            terms = _terms(unit.text, one.get("terms", ()))
            answer = _answer(unit.text, quotes, one["must"])
            answers = terms or ([answer] if answer else [])
            role = Role.TEMPTS if tempts else Role.BESIDE
            samples += _samples(query, passage, quotes, answers, role)
    for candidate in candidates(library, query, FOUND, OPEN)[:FOUND]:
        if (name := candidate.found.bulletin) not in one["doc"]:
            bulletin = bulletin_of(name)
            far = passage_of(bulletin, bulletin.units[candidate.found.position])
            samples += _samples(query, far, (), (), Role.FAR)
    return TaughtQuestion(
        one["id"], one["type"], group, one["answerable"], tuple(samples), one.get("twin")
    )


def _samples(
    query: Query, passage: Passage, quotes: Sequence[Span], answers: Sequence[Span], otherwise: Role
) -> Iterator[Sample]:
    return samples_of(
        passage.text, query.question, quotes, answers, otherwise,
        before=query.before, context=passage.context,
    )  # fmt: skip


def _places(text: str, quotes: Sequence[str]) -> tuple[Span, ...]:
    return tuple(span for quote in quotes if (span := place_of_quote(text, quote)))


def _terms(text: str, terms: Sequence[Mapping[str, str]]) -> list[Span]:
    """The figures that an answer reckons with, each inside the clause that it is quoted with."""
    found = []
    for one in terms:
        if quote := place_of_quote(text, one["quote"]):
            at = text.find(one["figure"], quote.start, quote.end)
            if at >= 0:
                found.append(Span(at, at + len(one["figure"])))
    return found


def _answer(text: str, quotes: Sequence[Span], must: Sequence[Sequence[str]]) -> Span | None:
    """The first alternative of what an answer must hold that stands in a quote."""
    for group in must:
        for words in group:
            for quote in quotes:
                if (at := text.find(words, quote.start, quote.end)) >= 0:
                    return Span(at, at + len(words))
    return None


def written_lines(folder: Path, name: str) -> Iterator[dict[str, Any]]:
    """The objects of a file of a folder, packed or not; none where there is no such file."""
    packed, plain = folder / f"{name}.xz", folder / name
    if packed.is_file():
        with lzma.open(packed, "rt", encoding="utf-8") as file:
            yield from map(json.loads, file)
    elif plain.is_file():
        with plain.open(encoding="utf-8") as file:
            yield from map(json.loads, file)
