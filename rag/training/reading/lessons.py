"""All that a reader learns from, in proportion, and what its learning is watched by."""

import logging
import random
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

from index.vectors.encoders import encoder_of
from rag.training.groups import KEPT_ASIDE, WATCHED
from rag.training.reading.claim_exercises import (
    document_claims,
    inference_claims,
    own_claims,
    written_claims,
)
from rag.training.reading.mixture import Source
from rag.training.reading.own_questions import write_own
from rag.training.reading.public import SETS, public_exercises
from rag.training.reading.samples import TaughtQuestion
from rag.training.reading.written import CLAIMS, DOCUMENTS, written_exercises, written_lines

LOG = logging.getLogger(__name__)
WRITTEN_WEIGHT = 20.0  # beside the weights of the public sets
# Claims beside them: the written ones, those made of documents, and those of inference sets.
CLAIM_WEIGHTS = (3.0, 2.5, 1.0)
CLAIMED_ON = frozenset({"w1", "w2"})  # groups of the written claims, some of which are kept aside


@dataclass(frozen=True, slots=True)
class Lessons:
    """Sources to learn from, and exercises to watch by."""

    taught: tuple[Source, ...]
    watched: tuple[TaughtQuestion, ...]


def read_lessons(
    data: Path,
    work: Path,
    folders: Sequence[Path],
    chance: random.Random,
    *,
    watched: bool = False,
) -> Lessons:
    """The lessons below a folder of data, with our own, which are written out into `work`, and the
    questions of more folders; with `watched` only those to watch by.

    :raises OSError: a file is missing.
    """
    written_in = [data / "reading" / "written", write_own(data, work / "own"), *folders]
    written = written_exercises(written_in, encoder_of(None))
    seen = tuple(one for one in written if one.group in WATCHED)
    if watched:
        return Lessons((), seen)
    taught = [one for one in written if one.group not in WATCHED]
    LOG.info("written: %d questions, watched %d", len(taught), len(seen))
    sources = [Source(taught, WRITTEN_WEIGHT)]
    for one in SETS:
        exercises = public_exercises(data / "reading" / "public", one, chance)
        sources.append(Source(exercises, one.weight))
        LOG.info("%s: %d questions", one.file, len(exercises))
    documents = _open_documents(written_in)
    claimed = (one for folder in written_in for one in written_lines(folder, CLAIMS))
    claims = (
        written_claims(data, aside=False) + own_claims(documents, claimed),
        document_claims(list(documents.values()), chance),
        inference_claims(data, chance),
    )
    LOG.info("claims: %d written, %d made, %d inferred", *map(len, claims))
    sources += [Source(made, weight) for made, weight in zip(claims, CLAIM_WEIGHTS, strict=True)]
    return Lessons(tuple(sources), seen)


def _open_documents(folders: Sequence[Path]) -> dict[str, list[str]]:
    """Paragraphs, by name, of the documents on which nothing is kept aside."""
    closed = WATCHED | KEPT_ASIDE | CLAIMED_ON
    return {
        one["name"]: one["paragraphs"]
        for folder in folders
        for one in written_lines(folder, DOCUMENTS)
        if one["group"] not in closed
    }
