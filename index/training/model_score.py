"""Measure a model on retrieval: the right passage among many by cosine."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path

import numpy as np
from numpy.typing import NDArray

from corpus.questions.squad import read_squad
from index.training.text import split_chunks
from index.training.text_sources import Pair

# Turns N texts into float32 unit rows, N x D.
Encoder = Callable[[list[str]], NDArray[np.float32]]

# Mean reciprocal rank counts ranks up to this one.
RANK_LIMIT = 10


@dataclass(frozen=True, slots=True)
class Score:
    """Recall at 1 and 5 and mean reciprocal rank at 10 of some queries over a pool."""

    queries: int
    pool: int
    recall_1: float
    recall_5: float
    reciprocal_rank: float


def ranks(similarity: NDArray[np.float32], gold: Sequence[set[int]]) -> NDArray[np.int64]:
    """Return the rank, from 1, of the best right passage of each query.

    :param similarity: queries x passages.
    :param gold: the numbers of the right passages of each query.
    """
    best = np.array([row[list(right)].max() for row, right in zip(similarity, gold, strict=True)])
    return np.asarray(1 + (similarity > best[:, None]).sum(axis=1), dtype=np.int64)


def summarise(found: NDArray[np.int64], pool: int) -> Score:
    """Summarise ranks, from 1, as a score."""
    reciprocal = np.where(found <= RANK_LIMIT, 1.0 / found, 0.0)
    return Score(
        queries=len(found),
        pool=pool,
        recall_1=float((found <= 1).mean()),
        recall_5=float((found <= 5).mean()),
        reciprocal_rank=float(reciprocal.mean()),
    )


def score_pairs(encode: Encoder, pairs: Sequence[Pair], others: Sequence[str] = ()) -> Score:
    """Score queries against the pool of all the pairs' passages, each searched as one vector.

    :param others: further passages for the pool.
    :raises ValueError: there is no pair.
    """
    if not pairs:
        raise ValueError("nothing to score")
    texts = dict.fromkeys([*(pair.passage for pair in pairs), *others])
    passages = {text: number for number, text in enumerate(texts)}
    gold: dict[str, set[int]] = {}
    for pair in pairs:
        gold.setdefault(pair.query, set()).add(passages[pair.passage])
    similarity = encode(list(gold)) @ encode(list(passages)).T
    return summarise(ranks(similarity, list(gold.values())), len(passages))


def score_paragraphs(encode: Encoder, pairs: Sequence[Pair]) -> Score:
    """Score queries against paragraphs, a paragraph being as close as its closest chunk."""
    numbers = {text: i for i, text in enumerate(dict.fromkeys(pair.passage for pair in pairs))}
    chunks, starts = list[str](), list[int]()
    for text in numbers:
        starts.append(len(chunks))
        chunks.extend(split_chunks(text))
    similarity = encode([pair.query for pair in pairs]) @ encode(chunks).T
    by_paragraph = np.maximum.reduceat(similarity, starts, axis=1)
    return summarise(ranks(by_paragraph, [{numbers[p.passage]} for p in pairs]), len(numbers))


def read_questions(path: Path) -> list[Pair]:
    """Read question -> paragraph of a SQuAD-format file."""
    return [Pair(asked.question, asked.passage) for asked in read_squad(path)]


def score_all(
    encode: Encoder,
    data: Path,
    held_out: Mapping[str, Sequence[Pair]],
    pools: Mapping[str, Sequence[str]],
) -> dict[str, Score]:
    """Score everything that the data directory offers and the held-out pairs.

    :param encode: the model under test.
    :param data: the data directory; test files that are missing are left out.
    :param held_out: pairs by the name of their score.
    :param pools: all passages of a held-out file by the name of its score, for a harder pool.
    """
    scores: dict[str, Score] = {}
    tests = {"cmrc": "cmrc2018_dev.json.xz", "xquad zh": "xquad.zh.json.xz"}
    for name, file in tests.items():
        if (data / file).is_file():
            scores[name] = score_paragraphs(encode, read_questions(data / file))
    english, chinese = data / "xquad.en.json.xz", data / "xquad.zh.json.xz"
    if english.is_file() and chinese.is_file():
        # The files are parallel, question by question.
        crossed = [
            Pair(question.query, target.passage)
            for question, target in zip(
                read_questions(english), read_questions(chinese), strict=True
            )
        ]
        scores["xquad en-zh"] = score_paragraphs(encode, crossed)
    for name, pairs in held_out.items():
        scores[name] = score_pairs(encode, pairs)
        scores[f"{name}, all"] = score_pairs(encode, pairs, pools.get(name, ()))
    return scores
