"""Turn pairs and documents into token ids and draw training batches from them."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Protocol

import numpy as np
from numpy.typing import NDArray
from tokenizers import Tokenizer

from index.training.text import chunk_bounds
from index.training.text_sources import Document, Pair
from index.training.tokens import Ids, Ragged, encode, join

# Longest query drawn from a document, in tokens, and the shortest worth asking.
QUERY_TOKENS = (3, 28)
# Largest share of a drawn query's tokens that is dropped: the cloze part.
DROP_LIMIT = 0.6
# Chance that the sentence asked about is taken out of its chunk, leaving only its context.
REMOVE_CHANCE = 0.3
# Chance that a drawn query is put into English word by word.
GLOSS_CHANCE = 0.25
# Chance that some words of a drawn query are replaced by others of like meaning, and of each word.
SUBSTITUTE_CHANCE = 0.4
SUBSTITUTE_SHARE = 0.5


class Sampler(Protocol):
    """Draws one example: query ids, passage ids and the passage's key within the sampler."""

    def draw(self, rng: np.random.Generator) -> tuple[Ids, Ids, int]:
        """Draw one example."""
        ...


class PairSampler:
    """Draws given pairs with equal chance."""

    def __init__(self, pairs: Sequence[Pair], tokenizer: Tokenizer) -> None:
        """Tokenize the pairs; those with an empty side are left out.

        :raises ValueError: no pair is left.
        """
        queries = encode(tokenizer, [pair.query for pair in pairs])
        passages = encode(tokenizer, [pair.passage for pair in pairs])
        self.usable = [i for i in range(len(pairs)) if len(queries[i]) and len(passages[i])]
        if not self.usable:
            raise ValueError("no pair has text on both sides")
        self.queries, self.passages = queries, passages
        keys: dict[str, int] = {}
        self.keys = [keys.setdefault(pair.passage, len(keys)) for pair in pairs]

    def draw(self, rng: np.random.Generator) -> tuple[Ids, Ids, int]:
        """Draw one pair."""
        number = self.usable[rng.integers(len(self.usable))]
        return self.queries[number], self.passages[number], self.keys[number]


class DocumentSampler:
    """Draws part of a sentence as query and the chunk it stands in as passage.

    ``sentences`` and ``texts`` are the same ids, cut by sentence and by document.
    """

    def __init__(
        self,
        documents: Sequence[Document],
        tokenizer: Tokenizer,
        glosses: dict[int, list[Ids]] | None = None,
        substitutes: dict[int, list[Ids]] | None = None,
    ) -> None:
        """Tokenize the documents and cut them into chunks.

        :param glosses: English phrases of a Chinese token, as ids.
        :param substitutes: Chinese words of like meaning of a Chinese token, as ids.
        :raises ValueError: no chunk is left.
        """
        self.sentences = encode(
            tokenizer, [s for document in documents for s in document.sentences]
        )
        ends = np.cumsum([0, *(len(document.sentences) for document in documents)])
        self.texts = Ragged(self.sentences.ids, self.sentences.starts[ends])
        self.bounds: list[tuple[int, int]] = []
        first, starts = 0, self.sentences.starts
        for document in documents:
            lengths = [len(sentence) for sentence in document.sentences]
            for start, end in chunk_bounds(lengths):
                if starts[first + end] - starts[first + start] > QUERY_TOKENS[0]:
                    self.bounds.append((first + start, first + end))
            first += len(lengths)
        if not self.bounds:
            raise ValueError("no document has a chunk to ask about")
        self.glosses = glosses or {}
        self.substitutes = substitutes or {}

    def draw(self, rng: np.random.Generator) -> tuple[Ids, Ids, int]:
        """Draw one chunk and ask about one of its sentences."""
        number = int(rng.integers(len(self.bounds)))
        start, end = self.bounds[number]
        asked = int(rng.integers(start, end))
        ids, starts = self.sentences.ids, self.sentences.starts
        sentence = self.sentences[asked]
        if len(sentence) < QUERY_TOKENS[0]:
            sentence = ids[starts[start] : starts[end]]
        query = self._query(sentence, rng)
        if end - start > 1 and rng.random() < REMOVE_CHANCE:
            before = ids[starts[start] : starts[asked]]
            passage = np.concatenate((before, ids[starts[asked + 1] : starts[end]]))
        else:
            passage = ids[starts[start] : starts[end]]
        return query, passage, number

    def _query(self, sentence: Ids, rng: np.random.Generator) -> Ids:
        """Cut a window, put it into English at times, and drop some of its tokens."""
        width = min(int(rng.integers(QUERY_TOKENS[0], QUERY_TOKENS[1] + 1)), len(sentence))
        at = int(rng.integers(len(sentence) - width + 1))
        window = sentence[at : at + width]
        if self.glosses and rng.random() < GLOSS_CHANCE:
            english = self._translate(sentence, rng)
            if len(english) >= QUERY_TOKENS[0]:
                window = english
        elif self.substitutes and rng.random() < SUBSTITUTE_CHANCE:
            window = self._reword(window, rng)
        kept = window[rng.random(len(window)) >= rng.random() * DROP_LIMIT]
        return kept if len(kept) else window

    def _reword(self, window: Ids, rng: np.random.Generator) -> Ids:
        """Replace some tokens by words of like meaning."""
        parts: list[Ids] = []
        for place, token in enumerate(window.tolist()):
            others = self.substitutes.get(token)
            if others and rng.random() < SUBSTITUTE_SHARE:
                parts.append(others[int(rng.integers(len(others)))])
            else:
                parts.append(window[place : place + 1])
        return np.concatenate(parts)

    def _translate(self, sentence: Ids, rng: np.random.Generator) -> Ids:
        """Replace each token by one of its English phrases; those without one are left out."""
        parts: list[Ids] = []
        for token in sentence.tolist():
            phrases = self.glosses.get(token)
            if phrases:
                # The square favours the first phrase, the word's main sense.
                parts.append(phrases[int(rng.random() ** 2 * len(phrases))])
        return np.concatenate(parts) if parts else sentence[:0]


@dataclass(frozen=True, slots=True)
class Batch:
    """B examples: ragged queries and passages and an int64 key for each distinct passage."""

    queries: Ragged
    passages: Ragged
    keys: NDArray[np.int64]


def draw_batch(
    samplers: Sequence[Sampler], counts: Sequence[int], rng: np.random.Generator
) -> Batch:
    """Draw ``counts[i]`` examples from sampler ``i``."""
    drawn: list[tuple[Ids, Ids]] = []
    keys: list[int] = []
    for place, (sampler, count) in enumerate(zip(samplers, counts, strict=True)):
        for _ in range(count):
            query, passage, key = sampler.draw(rng)
            drawn.append((query, passage))
            keys.append(place << 40 | key)
    return Batch(
        join(query for query, _ in drawn),
        join(passage for _, passage in drawn),
        np.array(keys, dtype=np.int64),
    )
