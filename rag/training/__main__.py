"""`python -m rag.training --data FOLDER --questions FILE [--out FOLDER]`: the weights of ranker
and reader.

The ranker's come from CMRC 2018 trial: the folder of data holds cmrc2018_trial.json.xz (1,002
questions on 256 passages, CC BY-SA 4.0). The reader's come from the exercises beside this module
and from the questions of FILE on the shipped bulletins (eval/questions.jsonl). To be run again
whenever the features or the embedded model change.
"""

import argparse
from collections.abc import Sequence
from pathlib import Path

import numpy as np

from corpus.questions.public_sets import read_public
from corpus.questions.truth import Question
from index.library import Library
from index.temporary import library_of_texts
from index.vectors.encoder import Encoder, SentenceTransformerEncoder
from rag.reading.weights import WEIGHTS_FILE as READER_FILE
from rag.retrieval.features import tabulate, unit_values
from rag.retrieval.ranker import WEIGHTS_FILE as RANKER_FILE
from rag.retrieval.ranker import Ranker, shipped_ranker
from rag.training.fit import Alternatives, fit
from rag.training.passage_examples import answering, found_for
from rag.training.reader_fit import train_reader

TRAINING_SET = "cmrc2018_trial.json.xz"
# Penalties on the weights. For sentences, the best of 0.001 to 0.03 by halves of the training set.
# For units halves prefer less than 0.1, but the embedded model has learned from these questions,
# and on half of CMRC 2018 dev, where this was seen, lightly held weights trusted it too much.
UNIT_PENALTY = 0.1
SENTENCE_PENALTY = 0.01


def choices(
    library: Library, questions: Sequence[Question]
) -> tuple[list[Alternatives], list[Alternatives]]:
    """For each question its units to choose from, and its sentences: those of the right paragraph
    alone, then those of all units, for a sentence must stand out in both.
    """
    units, sentences = [], []
    for question in questions:
        pool, prior = found_for(library, question.question)
        table = tabulate(pool, library.likeness)
        right = np.array([unit.bulletin in question.bulletins for unit in pool.readings])
        units.append(Alternatives(unit_values(table, prior), right))
        held = np.zeros(len(table.units), dtype=bool)
        inside = right[table.units]
        for i in np.flatnonzero(right):
            rows = np.flatnonzero(table.units == i)
            spans = [table.spans[row] for row in rows]
            held[rows] = answering(pool.readings[i].text, spans, question.must[0])
        sentences += [
            Alternatives(table.values[inside], held[inside]),
            Alternatives(table.values, held),
        ]
    return units, sentences


def train_ranker(data: Path, encoder: Encoder) -> Ranker:
    """The ranker that CMRC's trial questions teach."""
    public = read_public("cmrc2018", data / TRAINING_SET)
    with library_of_texts(public.passages, encoder) as library:
        units, sentences = choices(library, public.questions)
    return Ranker(fit(sentences, SENTENCE_PENALTY), fit(units, UNIT_PENALTY))


def main() -> None:
    """Train and write the weights; the reader learns from what the ranker finds."""
    parser = argparse.ArgumentParser(prog="python -m rag.training", description=__doc__)
    parser.add_argument("--data", type=Path, required=True)
    parser.add_argument("--questions", type=Path, required=True)
    parser.add_argument("--out", type=Path, default=Path(__file__).parent.parent)
    arguments = parser.parse_args()
    encoder = SentenceTransformerEncoder()
    ranker = train_ranker(arguments.data, encoder)
    (arguments.out / "retrieval" / RANKER_FILE).write_text(ranker.as_json(), "utf-8")
    shipped_ranker.cache_clear()
    reader = train_reader(encoder, arguments.questions)
    (arguments.out / "reading" / READER_FILE).write_text(reader.as_json(), "utf-8")


if __name__ == "__main__":
    main()
