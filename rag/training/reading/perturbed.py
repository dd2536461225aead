"""Sentences of documents made into claims: shortened and reworded ones stay true, changed ones not.

A true claim and a false one are made of the same sentence, and the false one is changed after it
was shortened too, so that not being a copy says nothing.
"""

import random
import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from corpus.text.sentences import split_sentences
from rag.training.reading.breaking_edits import ALWAYS, BREAKING
from rag.training.reading.claim_edits import Around, Edit
from rag.training.reading.keeping_edits import KEEPING

LEAST, MOST = 16, 150  # characters of a sentence that makes a claim
SOURCE_SENTENCES = 3  # at most, of a source
REWORDED = 0.7  # how often a claim is not the sentence itself
PUT_OFF = 0.7  # by how much an edit that is always possible comes later
UNSAID = 0.06  # how often a false claim is a sentence that stands elsewhere, unchanged
_TEXT = re.compile(r"[一-鿿]")


@dataclass(frozen=True, slots=True)
class Statement:
    """A claim on a source, by what kind of change it was made."""

    source: str
    claim: str
    supported: bool
    kind: str


class Perturber:
    """Makes claims of documents, each given as its paragraphs; `chance` decides."""

    def __init__(self, documents: Sequence[Sequence[str]], chance: random.Random) -> None:
        self._documents = [paragraphs for paragraphs in documents if any(paragraphs)]
        self._chance = chance

    def pair(self) -> tuple[Statement, Statement] | None:
        """A true claim and a false one on the same source; None where a sentence allows none."""
        chance = self._chance
        paragraphs = chance.choice(self._documents)
        sentences = _sentences(chance.choice(paragraphs))
        fit = [n for n, one in enumerate(sentences) if _fits(one)]
        if not fit:
            return None
        at = chance.choice(fit)
        first = max(0, at - chance.randrange(SOURCE_SENTENCES))
        source = "".join(sentences[first : first + SOURCE_SENTENCES])
        said = sentences[at]
        other = [one for text in paragraphs for one in _sentences(text) if one not in source]
        around = Around(said, "".join(paragraphs), tuple(filter(_fits, other)), chance)
        true = self._kept(said, around) if chance.random() < REWORDED else (said, "copied")
        false = self._broken(true[0] if chance.random() < REWORDED else said, source, around)
        if false is None:
            return None
        return (
            Statement(source, true[0], True, true[1]),
            Statement(source, false[0], False, false[1]),
        )

    def _kept(self, said: str, around: Around) -> tuple[str, str]:
        """The sentence after one or two edits that leave it true."""
        for _, edit in _drawn(KEEPING, self._chance, 2):
            said = edit(said, around) or said
        return said, "reworded"

    def _broken(self, said: str, source: str, around: Around) -> tuple[str, str] | None:
        """The sentence after an edit that makes it untrue or at least unsaid."""
        if around.others and self._chance.random() < UNSAID:
            return self._chance.choice(around.others), "unsaid"
        for kind, edit in _drawn(BREAKING, self._chance, len(BREAKING)):
            changed = edit(said, around)
            if changed and changed != said and changed.rstrip("。") not in source:
                return changed, kind
        return None


def _drawn(edits: dict[str, Edit], chance: random.Random, most: int) -> Iterator[tuple[str, Edit]]:
    drawn = {name: chance.random() + PUT_OFF * (name in ALWAYS) for name in edits}
    for name in sorted(drawn, key=drawn.__getitem__)[:most]:
        yield name, edits[name]


def _sentences(text: str) -> list[str]:
    return [text[one.start : one.end].strip() for one in split_sentences(text)]


def _fits(sentence: str) -> bool:
    return LEAST <= len(sentence) <= MOST and len(_TEXT.findall(sentence)) * 2 > len(sentence)
