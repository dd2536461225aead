"""Deterministic doubles and small inputs that several tests share."""

from collections.abc import Collection, Iterator, Mapping, Sequence
from contextlib import closing, contextmanager
from pathlib import Path
from typing import TYPE_CHECKING

import numpy as np
from langchain_core.runnables import Runnable

from corpus.bulletin import Figure, Kind, Span, Unit
from corpus.figures.quantities import find_figures
from corpus.text.sentences import split_sentences
from index.library import Library
from index.vectors.encoder import Role, Vectors
from index.words.tokenizer import normalize, tokenize
from rag.answering.answer import Answer
from rag.chain import Request, answer_chain
from rag.query.intents import Wants
from rag.query.question import Query, subject_words
from rag.reading.entailment import CitedSentence
from rag.reading.evidence import Evidence
from rag.reading.reader import Passage, ReadPassage, ReadSentence
from rag.retrieval.hit import Hit
from rag.retrieval.stages import ALL_STAGES, Stages

if TYPE_CHECKING:
    from langchain_core.language_models import BaseChatModel


class WordEncoder:
    """A model without a file: a text's vector counts its words, spread over `dimension` places."""

    def __init__(self, name: str = "words", dimension: int = 256) -> None:
        self.name = name
        self.dimension = dimension
        self.texts = 0  # how many texts were encoded, for tests of what costs nothing

    def encode(self, texts: Sequence[str], role: Role) -> Vectors:
        """Unit-norm float32 of shape (len(texts), dimension)."""
        self.texts += len(texts)
        vectors = np.full((len(texts), self.dimension), 1e-3, dtype=np.float32)
        for row, text in enumerate(texts):
            for token in tokenize(text):
                place = sum(ord(char) * 31**i for i, char in enumerate(token)) % self.dimension
                vectors[row, place] += 1
        return vectors / np.linalg.norm(vectors, axis=1, keepdims=True)


class ToldLikeness:
    """Words are as near as a test says, pair by pair: 1 to themselves, else 0."""

    def __init__(self, pairs: Mapping[tuple[str, str], float] | None = None) -> None:
        """`pairs` are of a word that is asked for and a token of a text."""
        self._pairs = pairs or {}

    def of(self, words: Sequence[str], texts: Sequence[Sequence[str]]) -> Vectors:
        """Float32 of shape (texts, words)."""
        found = np.zeros((len(texts), len(words)), dtype=np.float32)
        for row, text in enumerate(texts):
            for column, word in enumerate(words):
                near = [1.0 if t == word else self._pairs.get((word, t), 0.0) for t in text]
                found[row, column] = max(near, default=0.0)
        return found


def write_bulletin(path: Path, place: str, fact: str) -> None:
    """A clean bulletin of one article: a title, an opening paragraph, a paragraph with the fact."""
    path.write_text(
        f"{place}：扎实推进养老服务\n"
        f"{place}人大常委会高度重视养老服务工作，多次组织代表开展专题调研和执法检查。\n"
        f"{fact}\n",
        encoding="utf-8",
    )


@contextmanager
def library_of(home: Path, **facts: tuple[str, str]) -> Iterator[Library]:
    """A library in `home` over its folder `bulletins`, of a clean bulletin for each name, about a
    place and with a fact; open as long as it is used.
    """
    folder = home / "bulletins"
    folder.mkdir()
    for name, (place, fact) in facts.items():
        write_bulletin(folder / f"{name}.txt", place, fact)
    with closing(Library(home / "library", WordEncoder())) as library:
        library.sync(folder)
        yield library


class WordReader:
    """A reader without a model, by the words that a question is about: how many of them a sentence
    has, and a passage together with what stands above it, which answers where it has nearly all.
    """

    def __init__(self) -> None:
        self.passages = 0  # how many were read, for tests of what costs nothing

    def read(self, query: Query, passages: Sequence[Passage]) -> tuple[ReadPassage, ...]:
        """See rag.reading.reader.Reader."""
        self.passages += len(passages)
        words = dict.fromkeys(map(normalize, subject_words(query)))
        return tuple(self._read(words, passage) for passage in passages)

    def _read(self, words: Collection[str], passage: Passage) -> ReadPassage:
        def held(text: str) -> float:
            """The share of the words that a text has, 0 where nothing is asked about."""
            plain = normalize(text)
            return sum(word in plain for word in words) / max(1, len(words))

        text = passage.text
        spans = split_sentences(text)
        weights = np.exp([10 * held(text[span.start : span.end]) for span in spans])
        shares = (weights / weights.sum()).tolist()
        sentences = tuple(map(ReadSentence, spans, shares))
        return ReadPassage(sentences, 20 * (held(f"{passage.context} {text}") - 0.8))


def word_chain(
    library: Library, model: "BaseChatModel | None" = None, stages: Stages = ALL_STAGES
) -> Runnable[Request, Answer]:
    """The chain over a library, read by a WordReader: for tests of what an answer goes through."""
    return answer_chain(library, model, stages, reader=WordReader())


def evidence_of(
    text: str, focus: str = "", share: float = 1.0, figures: Sequence[Figure] | None = None
) -> Evidence:
    """A whole text as a sentence that answers, by those of its words."""
    own = tuple(find_figures(text) if figures is None else figures)
    whole = Span(0, len(text))
    unit = Unit(Kind.PARAGRAPH, 1, text, text, (whole,), None, 0, None, (), own)
    hit = Hit("b", "简报", 0, unit, 1.0, "", 1.0, 1.0)
    at = text.index(focus)
    return Evidence(hit, whole, share, Span(at, at + len(focus)) if focus else None)


def read_query(question: str, before: str = "") -> Query:
    """A question as a reader sees it, without understanding it first."""
    return Query(question, question, Wants.FACT, (), (), "", before=before)


class ToldSupport:
    """A judge that says of each sentence what a test says; `asked` are those it was asked of."""

    def __init__(self, shares: Mapping[str, float]) -> None:
        """`shares` by sentence; 1 of any other."""
        self._shares = shares
        self.asked: list[str] = []

    def support(self, claims: Sequence[CitedSentence]) -> list[float]:
        """See rag.reading.entailment.Entailment."""
        self.asked += [claim.sentence for claim in claims]
        return [self._shares.get(claim.sentence, 1.0) for claim in claims]
