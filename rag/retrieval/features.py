"""What a ranker looks at: a row of numbers for every sentence of every candidate.

Each number says how well a sentence, its neighbours or its unit fit a question, and most of them
are shares of the best one that this question has: what a library or an embedding model makes large
or small for all candidates alike then counts for nothing.
"""

import re
from collections.abc import Sequence
from dataclasses import dataclass
from itertools import chain, repeat

import numpy as np
from numpy.typing import NDArray

from corpus.bulletin import Span
from corpus.remember import remembered
from corpus.text.sentences import split_sentences
from index.pool import Pool
from index.records import UnitReading
from index.vectors.likeness import WordLikeness
from index.words.tokenizer import ASKING, normalize
from rag.query.cues import NAMES, answer_cues, question_cues
from rag.query.meanings import asked_terms, nearness, said
from rag.retrieval.fusion import standardised

Array = NDArray[np.float32]
K1, B = 1.2, 0.75  # BM25's saturation and length normalisation, as FTS5 has them
_ASKED = re.compile(r"什么|多少|几|哪|谁|何|怎|多[长高大久远]|how|wh(?:at|o|en|ere|ich|y)")
REMEMBERED = 1024  # units that are read once, some 5 MB: the same ones are found again and again
GRAM = 3  # characters of the pieces that show a shared wording
SENTENCE = (
    "coverage", "coverage of unit's best",
    "rarity in unit", "rarity in unit, of unit's best",
    "bm25", "bm25 of unit's best", "trigrams", "trigrams of unit's best",
    "run", "run of unit's best", "before", "after", "window", "window of unit's best",
    "meaning", "meaning of unit's best", "first", "place in unit", "length", "only sentence",
    "digits of question", "rarity alone", "rarity alone, of unit's best",
    "beyond subject", "beyond subject, of unit's best",
    "near asking", "near asking, of unit's best",
    "characters", "characters, of unit's best", "beyond context", "beyond context, of unit's best",
    "said", "said, of unit's best", "said, of all's best", "least said",
)  # fmt: skip
UNIT = (
    "unit bm25", "unit coverage", "context bm25", "unit meaning", "unit trigrams", "unit run",
    "unit best sentence", "unit best window", "unit length", "unit words and context",
    "unit said", "unit said, of all's best",
)  # fmt: skip
SENTENCE_FEATURES = (
    *SENTENCE, *UNIT, *(f"asked and held: {name}" for name in NAMES),
    *(f"asked: {name}" for name in NAMES), *(f"held: {name}" for name in NAMES),
)  # fmt: skip
# Of a unit: what all its sentences share (but its length and its titles, which told nothing), the
# best of its sentences, and its score by fusion.
_SHARED = tuple(name for name in UNIT if name not in ("unit length", "context bm25"))
_BEST = (
    "coverage", "rarity in unit", "bm25", "window", "meaning", "rarity alone", "beyond subject",
    "near asking", "characters", "beyond context", "said",
)  # fmt: skip
UNIT_FEATURES = (*_SHARED, *(f"best: {name}" for name in _BEST), "fused")


@dataclass(frozen=True, slots=True)
class Table:
    """Features of all sentences of a pool, unit after unit: `values`, float32 of shape
    (sentences, features); `units[i]` is the index of sentence i's reading, `spans[i]` its place in
    that reading's text, `tokens[i]` its tokens.
    """

    values: Array
    units: NDArray[np.intp]
    spans: tuple[Span, ...]
    tokens: tuple[tuple[str, ...], ...]


def tabulate(pool: Pool, likeness: WordLikeness) -> Table:
    """The features of a pool's sentences; the pool holds at least one unit."""
    read = [_read(unit.text, len(unit.sentences)) for unit in pool.readings]
    spans = [own.spans for own in read]
    sizes = np.array([len(own) for own in spans])
    units = np.repeat(np.arange(len(spans)), sizes)
    starts = np.concatenate(([0], np.cumsum(sizes)[:-1]))
    texts = [text for own in read for text in own.texts]
    tokens = [
        own
        for unit, own_spans in zip(pool.readings, spans, strict=True)
        for own in unit.sentences[: len(own_spans)]
    ]
    asked = list(pool.tokens)
    counts = _counts(asked, tokens)
    context = _counts(asked, [unit.context for unit in pool.readings])
    idf = _idf(asked, pool)
    lengths = np.array([max(1, len(own)) for own in tokens], dtype=np.float32)

    held = counts > 0
    coverage = _share(held @ idf, idf.sum())
    here = np.add.reduceat(held, starts, axis=0)[units]  # sentences of the unit that hold a token
    alone = np.log1p((sizes[units, None] - here + 0.5) / (here + 0.5)).astype(np.float32)
    own_idf = alone * idf
    rarity = _share((held * own_idf).sum(1), (own_idf * (here > 0)).sum(1))
    rarity_alone = _share((held * alone).sum(1), (alone * (here > 0)).sum(1))
    # what the opening names, or the titles above, is the subject: other sentences leave it out
    beyond = own_idf * ~held[starts][units]
    beyond_subject = _share((held * beyond).sum(1), own_idf.sum(1))
    untitled = own_idf * ~(context > 0)[units]
    beyond_context = _share((held * untitled).sum(1), own_idf.sum(1))
    near = own_idf * nearness(normalize(pool.query), asked, _ASKED)
    near_asking = _share((held * near).sum(1), near.sum(1))
    letters = _characters(pool.query, texts, starts, units)
    bm25 = _bm25(counts, lengths, idf, float(lengths.mean()))
    runs, grams = _shared_wording(pool.query, texts)
    first = np.isin(np.arange(len(units)), starts)
    last = np.isin(np.arange(len(units)), starts + sizes - 1)
    before = np.where(first, 0, np.roll(coverage, 1))
    after = np.where(last, 0, np.roll(coverage, -1))
    held_before = np.where(first[:, None], False, np.roll(held, 1, axis=0))
    held_after = np.where(last[:, None], False, np.roll(held, -1, axis=0))
    window = _share((held | held_before | held_after) @ idf, idf.sum())
    z = [standardised(own, pool.background).astype(np.float32) for own in pool.cosines]
    top = max(1e-6, max((float(own.max()) for own in z if len(own)), default=0.0))
    meaning = np.concatenate(
        [_by_sentence(own / top, unit, own_spans)
         for own, unit, own_spans in zip(z, pool.readings, spans, strict=True)]
    )  # fmt: skip
    terms = asked_terms(pool.query)
    by_term = (
        said(terms, tokens, likeness) if terms else np.zeros((len(tokens), 1), dtype=np.float32)
    )
    said_of = by_term.mean(1)
    whole_said = np.maximum.reduceat(by_term, starts, axis=0).mean(1)
    digits = re.findall(r"\d+(?:\.\d+)?", normalize(pool.query))
    place = (np.arange(len(units)) - starts[units]) / np.maximum(1, sizes[units] - 1)
    sentence = [
        coverage, _of_best(coverage, units, starts), rarity, _of_best(rarity, units, starts),
        _share(bm25, bm25.max()), _of_best(bm25, units, starts),
        grams, _of_best(grams, units, starts), runs, _of_best(runs, units, starts),
        before, after, window, _of_best(window, units, starts),
        meaning, _of_best(meaning, units, starts),
        first, place, np.log(lengths) / 5, sizes[units] == 1,
        [all(number in text for number in digits) if digits else 0.5 for text in texts],
        rarity_alone, _of_best(rarity_alone, units, starts),
        beyond_subject, _of_best(beyond_subject, units, starts),
        near_asking, _of_best(near_asking, units, starts),
        letters, _of_best(letters, units, starts),
        beyond_context, _of_best(beyond_context, units, starts),
        said_of, _of_best(said_of, units, starts), _share(said_of, said_of.max()), by_term.min(1),
    ]  # fmt: skip

    body = np.add.reduceat(counts, starts, axis=0)
    body_lengths = np.add.reduceat(lengths, starts)
    unit_bm25 = _bm25(body, body_lengths, idf, pool.statistics.length)
    around = _bm25(context, np.ones(len(context), dtype=np.float32), idf, 1.0)
    unit = [
        _share(unit_bm25, unit_bm25.max()), _share((body > 0) @ idf, idf.sum()),
        _share(around, around.max()), [max(own.max(initial=0.0) / top, -1.0) for own in z],
        _peaks(grams, starts), _peaks(runs, starts), _peaks(_share(bm25, bm25.max()), starts),
        _peaks(window, starts), np.log(body_lengths) / 7,
        _share(((body > 0) | (context > 0)) @ idf, idf.sum()),
        whole_said, _share(whole_said, whole_said.max()),
    ]  # fmt: skip
    kinds = question_cues(pool.query)
    cues = np.concatenate([own.cues for own in read])
    values = np.column_stack(
        [np.asarray(column, dtype=np.float32) for column in sentence]
        + [np.asarray(column, dtype=np.float32)[units] for column in unit]
        + [cues * kinds, np.broadcast_to(kinds, cues.shape), cues]
    )
    return Table(values, units, tuple(span for own in spans for span in own), tuple(tokens))


def unit_values(table: Table, fused: Array) -> Array:
    """Features of the units of a table, float32 of shape (units, UNIT_FEATURES)."""
    starts = np.searchsorted(table.units, np.arange(len(fused)))
    shared = [SENTENCE_FEATURES.index(name) for name in _SHARED]
    best = [SENTENCE_FEATURES.index(name) for name in _BEST]
    return np.column_stack(
        [
            table.values[starts][:, shared],
            np.maximum.reduceat(table.values[:, best], starts, axis=0),
            fused,
        ]
    ).astype(np.float32)


@dataclass(frozen=True, slots=True)
class _Read:
    """What a unit's text holds whatever is asked: its sentences, `texts` as they are compared, and
    their answer cues, float32 of shape (sentences, NAMES).
    """

    spans: tuple[Span, ...]
    texts: tuple[str, ...]
    cues: Array


@remembered(REMEMBERED)
def _read(text: str, sentences: int) -> _Read:
    spans = split_sentences(text)[:sentences] or [Span(0, len(text))]
    texts = tuple(normalize(text[span.start : span.end]) for span in spans)
    cues = np.array([answer_cues(own) for own in texts], dtype=np.float32)
    return _Read(tuple(spans), texts, cues)


def _counts(asked: Sequence[str], texts: Sequence[Sequence[str]]) -> Array:
    """How often each text holds each token asked about, of shape (texts, tokens)."""
    column = {token: n for n, token in enumerate(asked)}
    row = np.repeat(np.arange(len(texts)), [len(tokens) for tokens in texts])
    flat = np.fromiter(map(column.get, chain.from_iterable(texts), repeat(-1)), dtype=np.intp)
    cells = (row * len(asked) + flat)[flat >= 0]
    counts = np.bincount(cells, minlength=len(texts) * len(asked))
    return counts.reshape(len(texts), len(asked)).astype(np.float32)


def _idf(asked: Sequence[str], pool: Pool) -> Array:
    """ln(1 + (n - df + 0.5) / (df + 0.5)): BM25's rarity of a token in the library."""
    df = np.array([pool.statistics.frequency.get(token, 0) for token in asked], dtype=np.float32)
    n = max(pool.statistics.units, int(df.max(initial=0)))
    # what no text holds tells none from another: 如何 and a misspelling would outweigh the rest
    return np.where(df > 0, np.log1p((n - df + 0.5) / (df + 0.5)), 0).astype(np.float32)


def _bm25(counts: Array, lengths: Array, idf: Array, average: float) -> Array:
    norm = K1 * (1 - B + B * lengths / max(average, 1e-6))
    return ((counts * (K1 + 1) / (counts + norm[:, None])) @ idf).astype(np.float32)


def _shared_wording(query: str, texts: Sequence[str]) -> tuple[Array, Array]:
    """Of each text, the longest run of characters that the question has too, as a share of the
    question's length, and the share of the question's trigrams.
    """
    plain = re.sub(r"\W+", "", normalize(query))
    grams = [plain[i : i + GRAM] for i in range(max(1, len(plain) - GRAM + 1))]
    held = np.array([[gram in text for gram in grams] for text in texts])
    run = np.zeros(len(texts))
    longest = np.zeros(len(texts))
    for column in held.T:
        run = np.where(column, run + 1, 0)
        longest = np.maximum(longest, run)
    runs = np.where(longest > 0, longest + GRAM - 1, 0) / max(1, len(plain))
    return runs.astype(np.float32), held.mean(1).astype(np.float32)


def _characters(
    query: str, texts: Sequence[str], starts: NDArray[np.intp], units: NDArray[np.intp]
) -> Array:
    """Share of the question's characters in each text, by their rarity in the unit."""
    own = sorted(set(re.sub(r"\W+", "", ASKING.sub("", normalize(query)))))
    held = np.array([[char in text for char in own] for text in texts]).reshape(len(texts), -1)
    here = np.add.reduceat(held.astype(np.float32), starts, axis=0)
    sizes = np.bincount(units)[:, None]
    rarity = np.log1p((sizes - here + 0.5) / (here + 0.5))[units]
    return _share((held * rarity).sum(1), rarity.sum(1))


def _by_sentence(values: Array, unit: UnitReading, spans: Sequence[Span]) -> Array:
    """Values of a unit's passages as values of its sentences: passages are sentences gathered."""
    from index.passages import gathered

    owner = gathered([span.end - span.start for span in spans])
    return values[np.minimum(owner, len(values) - 1)]


def _of_best(values: Array, units: NDArray[np.intp], starts: NDArray[np.intp]) -> Array:
    return _share(values, _peaks(values, starts)[units])


def _peaks(values: Array, starts: NDArray[np.intp]) -> Array:
    return np.maximum.reduceat(values, starts)


def _share(values: Array, of: Array | float) -> Array:
    return (values / np.maximum(of, 1e-6)).astype(np.float32)
