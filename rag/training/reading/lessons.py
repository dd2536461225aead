"""All that a reader learns from, in proportion, and what its learning is watched by."""

import logging
import random
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

from index.vectors.encoder import SentenceTransformerEncoder
from rag.training.groups import WATCHED
from rag.training.reading.mixture import Source
from rag.training.reading.own_questions import write_own
from rag.training.reading.public import SETS, public_exercises
from rag.training.reading.samples import TaughtQuestion
from rag.training.reading.written import written_exercises

LOG = logging.getLogger(__name__)
WRITTEN_WEIGHT = 14.0  # beside the weights of the public sets


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
    written = written_exercises(written_in, SentenceTransformerEncoder())
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
    return Lessons(tuple(sources), seen)
