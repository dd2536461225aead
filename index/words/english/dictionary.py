"""The English–Chinese word list: an English phrase to weighted Chinese words.

words.tsv.xz has a line per entry, sorted: the English words in dictionary form, a tab, and Chinese
words with a weight of 1 to 9 each. It is made by
`python -m index.training.english_words`; sources and licence stand in NOTICE.md.
"""

import lzma
from collections.abc import Iterable, Sequence
from functools import cache
from importlib.resources import files

from index.words.english.lemmas import forms, lemma

WEIGHTS = "123456789"
FULL_WEIGHT = 9
LONGEST_PHRASE = 5  # words of an entry
# A word's other dictionary form (built: build) says a little less than the form that was written.
OTHER_FORM = 0.7
# Words that carry no subject; an entry neither begins nor ends with one.
FUNCTION_WORDS = frozenset(
    "a an the of to in on at by for with from and or as is are was were be been being am do does "
    "did done doing have has had having will would can could may might shall should must it its "
    "this that these those he she they them his her their theirs we our ours us you your i my me "
    "him itself himself herself themselves what which who whom whose when where why how there here "
    "not no nor so than then if but about into onto over under after before between during through "
    "out up down off again all any both each some such only own same too very just also s t please "
    "tell could whether per via towards toward upon within without while because many much".split()
)
# What "centre for the elderly" and "elderly centre" share once these are gone.
_LINKS = frozenset("a an the of to be".split())

Weighted = tuple[tuple[str, float], ...]


def phrase_key(words: Iterable[str]) -> str:
    """The key of an entry: its words in dictionary form without articles and links."""
    kept = list(words)
    return " ".join([word for word in kept if word not in _LINKS] or kept)


def dictionary_form(word: str) -> str:
    """The form under which the word list has a word; the word itself where it has none."""
    return lemma(word, _word_list())


def look_up(phrase: Sequence[str]) -> Weighted:
    """Chinese words for an English phrase in lower case, best first, weights in (0, 1]; empty if
    the list has no such phrase. A single word is looked up in all its forms.
    """
    entries = _word_list()
    if len(phrase) > 1:
        return _parse(entries.get(phrase_key(map(dictionary_form, phrase)), ""))
    found: dict[str, float] = {}
    factor = 1.0
    for form in forms(phrase[0]):
        if form in entries:
            for word, weight in _parse(entries[form]):
                found[word] = max(found.get(word, 0.0), weight * factor)
            factor = OTHER_FORM
    # the list has the best first, which a stable sort keeps among equals
    return tuple(sorted(found.items(), key=lambda item: -item[1]))


def format_entry(key: str, words: Iterable[tuple[str, float]]) -> str:
    """A line of the list, as _parse reads it back; weights in (0, 1] become 1 to 9."""
    cells = (f"{word}{max(1, round(weight * FULL_WEIGHT))}" for word, weight in words)
    return f"{key}\t{' '.join(cells)}"


def _parse(cell: str) -> Weighted:
    return tuple((item[:-1], int(item[-1]) / FULL_WEIGHT) for item in cell.split())


@cache
def _word_list() -> dict[str, str]:
    """Entries by key, unparsed: read at the first English question, in a tenth of a second."""
    packed = files("index.words.english").joinpath("words.tsv.xz").read_bytes()
    lines = lzma.decompress(packed).decode("utf-8").splitlines()
    return {key: cell for key, _, cell in (line.partition("\t") for line in lines)}
