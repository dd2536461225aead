"""`python -m rag.training --data FOLDER [--out FOLDER]`: the weights of ranker and reader.

The ranker's come from CMRC 2018 trial: the folder of data holds cmrc2018_trial.json.xz (1,002
questions on 256 passages, CC BY-SA 4.0). The reader's come from the exercises beside this module.
To be run again whenever the features or the embedded model change.
"""

import argparse
from collections.abc import Sequence
from pathlib import Path
from tempfile import TemporaryDirectory

import numpy as np

from index.library import Library
from index.scope import OPEN
from index.vectors.encoder import Encoder, SentenceTransformerEncoder
from rag.query.question import understand
from rag.reading.weights import WEIGHTS_FILE as READER_FILE
from rag.retrieval.features import tabulate, unit_values
from rag.retrieval.fusion import CANDIDATES, candidates
from rag.retrieval.ranker import WEIGHTS_FILE as RANKER_FILE
from rag.retrieval.ranker import Ranker, shipped_ranker
from rag.retrieval.search import RANKED
from rag.training.fit import Choice, fit
from rag.training.reader_fit import train_reader
from rag.training.squad_examples import Asked, answering, fill, read_squad

TRAINING_SET = "cmrc2018_trial.json.xz"
# Penalties on the weights. For sentences, the best of 0.001 to 0.03 by halves of the training set.
# For units halves prefer less than 0.1, but the embedded model has learned from these questions,
# and on half of CMRC 2018 dev, where this was seen, lightly held weights trusted it too much.
UNIT_PENALTY = 0.1
SENTENCE_PENALTY = 0.01


def choices(library: Library, asked: Sequence[Asked]) -> tuple[list[Choice], list[Choice]]:
    """For each question its units to choose from, and its sentences: those of the right paragraph
    alone, then those of all units, for a sentence must stand out in both.
    """
    units, sentences = [], []
    for question in asked:
        query = understand(question.question)
        fused = candidates(library, query, CANDIDATES, OPEN)[:RANKED]
        pool = library.read(query.understood, [candidate.found for candidate in fused])
        scores = {candidate.found.row: candidate.score for candidate in fused}
        table = tabulate(pool, library.likeness)
        prior = np.array([scores[unit.row] for unit in pool.readings], dtype=np.float32)
        right = np.array([unit.bulletin == question.bulletin for unit in pool.readings])
        units.append(Choice(unit_values(table, prior), right))
        held = np.zeros(len(table.units), dtype=bool)
        inside = right[table.units]
        for i in np.flatnonzero(right):
            rows = np.flatnonzero(table.units == i)
            spans = [table.spans[row] for row in rows]
            held[rows] = answering(pool.readings[i].text, spans, question.answers)
        sentences += [Choice(table.values[inside], held[inside]), Choice(table.values, held)]
    return units, sentences


def train_ranker(data: Path, encoder: Encoder) -> Ranker:
    """The ranker that CMRC's trial questions teach."""
    passages, asked = read_squad(data / TRAINING_SET)
    with TemporaryDirectory(prefix="jianbao-ranker-") as home:
        library = Library(Path(home), encoder)
        fill(library, passages)
        units, sentences = choices(library, asked)
        library.close()
    return Ranker(fit(sentences, SENTENCE_PENALTY), fit(units, UNIT_PENALTY))


def main() -> None:
    """Train and write the weights; the reader learns from what the ranker finds."""
    parser = argparse.ArgumentParser(prog="python -m rag.training", description=__doc__)
    parser.add_argument("--data", type=Path, required=True)
    parser.add_argument("--out", type=Path, default=Path(__file__).parent.parent)
    arguments = parser.parse_args()
    encoder = SentenceTransformerEncoder()
    ranker = train_ranker(arguments.data, encoder)
    (arguments.out / "retrieval" / RANKER_FILE).write_text(ranker.as_json(), "utf-8")
    shipped_ranker.cache_clear()
    (arguments.out / "reading" / READER_FILE).write_text(train_reader(encoder).as_json(), "utf-8")


if __name__ == "__main__":
    main()
