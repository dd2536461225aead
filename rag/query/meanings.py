"""What a question asks about, term by term, and how far a text says it in these or like words."""

import re
from collections.abc import Sequence

import numpy as np
from numpy.typing import NDArray

from index.vectors.likeness import WordLikeness
from index.words.terms import Term
from index.words.tokenizer import ASKING, words
from rag.query.asking import INTERROGATIVE
from rag.query.everyday import lexicon
from rag.query.question import Query, placeless

# An official word that stands for an everyday one says the same, but for what it leaves out.
OFFICIAL_WEIGHT = 0.95
# Words that every sentence may have, whatever it is about.
_EMPTY = frozenset(
    "的 了 是 在 和 与 及 或 对 为 以 等 将 从 把 被 让 使 到 给 向 按 就 都 也 还 又 再 "
    "很 更 最 各 该 其 本 这 那 个 们 上 下 中 里 内 外 前 后 着 过 地 得 之 而 且 并 但 "
    "呀 啊 吧 呗 嘛 哪 几 咋 啥 么 这个 那个 这些 那些 咋样 怎么样".split()
)


def asked_terms(question: str) -> tuple[Term, ...]:
    """The terms of a question: each everyday phrase with the official words that may stand for it,
    each other word alone; without the words that only ask.
    """
    pattern, official = lexicon()
    terms: dict[Term, None] = {}
    at = 0
    for match in pattern.finditer(question):
        terms.update(dict.fromkeys(_plain(question[at : match.start()])))
        if not _plain(match[0]):  # 多少钱 asks, and names nothing
            at = match.end()
            continue
        others = ((word, OFFICIAL_WEIGHT) for word in official[match[0]].split())
        terms[Term(((match[0], 1.0), *others))] = None
        at = match.end()
    terms.update(dict.fromkeys(_plain(question[at:])))
    return tuple(terms)


def terms_of(query: Query) -> tuple[Term, ...]:
    """The terms of a query, without the names of its places."""
    return query.terms or asked_terms(placeless(query))


def said(
    terms: Sequence[Term], texts: Sequence[Sequence[str]], likeness: WordLikeness
) -> NDArray[np.float32]:
    """How far each text, given as its tokens, says each term: the weight of the alternative that it
    has best, times the mean likeness of that one's words. Float32 of shape (texts, terms), 0 to 1.
    """
    phrases = {word: words(word) for term in terms for word, _ in term.alternatives}
    column = {w: n for n, w in enumerate(dict.fromkeys(w for own in phrases.values() for w in own))}
    like = likeness.of(list(column), texts)
    found = np.zeros((len(texts), len(terms)), dtype=np.float32)
    for n, term in enumerate(terms):
        for word, weight in term.alternatives:
            if own := [column[part] for part in phrases[word]]:
                found[:, n] = np.maximum(found[:, n], weight * like[:, own].mean(1))
    return found


def _plain(text: str) -> list[Term]:
    """A term for each word that has a meaning of its own."""
    return [
        Term(((word, 1.0),))
        for word in words(ASKING.sub(" ", INTERROGATIVE.sub(" ", text)))
        if word not in _EMPTY and re.search(r"\w", word)
    ]
