"""The reader's weights, from exercises: which sentence answers, and whether any does."""

from collections.abc import Sequence
from contextlib import ExitStack
from dataclasses import dataclass
from pathlib import Path

import numpy as np
from numpy.typing import NDArray

from index.library import Library
from index.temporary import library_of_texts
from index.vectors.encoder import Encoder
from rag.query.question import understand
from rag.query.sides import sides
from rag.reading.answerable import answerable_values
from rag.reading.evidence import probabilities, readable
from rag.reading.linear_reader import Sentences, read
from rag.reading.weights import Weights
from rag.retrieval.features import Array
from rag.retrieval.search import search
from rag.training.fit import Alternatives, fit, fit_logistic
from rag.training.training_questions import Exercise, read_exercises

HITS = 10  # as many as an answer reads
# Penalties on the weights: from 0.01 to 0.1 questions of other bulletins see little difference.
SENTENCE_PENALTY = 0.03
ANSWERABLE_PENALTY = 0.003


@dataclass(frozen=True, slots=True, eq=False)
class Lesson:
    """An exercise with the sentences found for it: which of them can answer by their form, and
    which do.
    """

    exercise: Exercise
    library: Library
    sentences: Sentences
    can: NDArray[np.bool_]
    right: NDArray[np.bool_]


def lessons(library: Library, exercises: Sequence[Exercise]) -> list[Lesson]:
    """Exercises on a library, comparisons left out."""
    found = []
    for exercise in exercises:
        query = understand(exercise.question, exercise.history)
        if len(sides(query)) > 1:
            continue
        hits = readable(query, search(library, query, HITS))
        sentences = read(query, hits, library.likeness)
        if not sentences.spans:
            continue
        level = np.zeros(len(sentences.spans), dtype=np.float32)
        can = probabilities(query, sentences, level) > 0
        right = np.array([exercise.answered_by(quote) for quote in sentences.quotes], dtype=bool)
        found.append(Lesson(exercise, library, sentences, can, right & can))
    return found


def choices(found: Sequence[Lesson]) -> list[Alternatives]:
    """Of every answerable exercise the sentences that it may choose from."""
    return [
        Alternatives(one.sentences.values[one.can], one.right[one.can])
        for one in found
        if one.exercise.answerable and one.can.any()
    ]


def answerables(found: Sequence[Lesson], sentence: Array) -> tuple[Array, NDArray[np.bool_]]:
    """What each exercise looks like to a reader of these weights, and whether it is answerable."""
    rows, right = [], []
    for one in found:
        if one.can.any():
            query = understand(one.exercise.question, one.exercise.history)
            shares = probabilities(query, one.sentences, one.sentences.values @ sentence)
            rows.append(answerable_values(one.library, query, one.sentences, shares))
            right.append(one.exercise.answerable)
    return np.array(rows, dtype=np.float32), np.array(right, dtype=bool)


def train_reader(encoder: Encoder, questions: Path) -> Weights:
    """The reader that the exercises teach; `questions` are those on the shipped bulletins."""
    documents, exercises = read_exercises(questions)
    with ExitStack() as libraries:
        found = [
            lesson
            for group, texts in documents.items()
            for lesson in lessons(
                libraries.enter_context(library_of_texts(texts, encoder)),
                [exercise for exercise in exercises if exercise.group == group],
            )
        ]
        sentence = fit(choices(found), SENTENCE_PENALTY)
        values, right = answerables(found, sentence)
    return Weights(sentence, fit_logistic(values, right, ANSWERABLE_PENALTY))
