"""Questions on official documents: what the reader learns from.

The files beside this module: documents of the news (CRUD-RAG, Apache-2.0), regulations and policies
(official documents), and questions written on them for this project. With them go the questions on
the shipped bulletins that the product is tuned on (eval/questions.jsonl); those kept aside and the
development bulletins teach nothing.
"""

import json
import lzma
from collections import defaultdict
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from importlib.resources import files
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any

from corpus.text.quotes import comparable, holds
from index.library import Library
from index.vectors.encoder import Encoder
from rag.query.question import Turn
from rag.settings import shipped_bulletins

QUESTIONS = Path(__file__).parents[2] / "eval" / "questions.jsonl"
OURS = "shipped bulletins"
# Kinds of question that no sentence answers, or several of different bulletins.
UNTAUGHT = frozenset({"catalogue", "injection", "compare"})


@dataclass(frozen=True, slots=True)
class Exercise:
    """A question with its truth, in the format of evaluation questions; `group` names the library
    that it is asked of.
    """

    group: str
    type: str
    question: str
    history: tuple[Turn, ...]
    answerable: bool
    evidence: tuple[str, ...]
    must: tuple[tuple[str, ...], ...]

    def answered_by(self, sentence: str) -> bool:
        """Whether a sentence holds an alternative of each group of `must`, or a whole quote."""
        if self.must and all(any(holds(sentence, one) for one in group) for group in self.must):
            return True
        plain = comparable(sentence)
        return len(self.evidence) == 1 and comparable(self.evidence[0]) in plain


def read_exercises() -> tuple[dict[str, dict[str, str]], list[Exercise]]:
    """Documents by group and name, and all exercises."""
    documents: dict[str, dict[str, str]] = defaultdict(dict)
    for one in _lines("documents.jsonl.xz"):
        documents[one["group"]][one["name"]] = one["text"]
    for path in shipped_bulletins().glob("*.txt"):
        documents[OURS][path.stem] = path.read_text("utf-8")
    exercises = [_exercise(one["group"], one) for one in _lines("questions.jsonl.xz")]
    lines = QUESTIONS.read_text("utf-8").splitlines()
    exercises += [_exercise(OURS, json.loads(line)) for line in lines]
    return dict(documents), [one for one in exercises if one.type not in UNTAUGHT]


def _exercise(group: str, one: dict[str, Any]) -> Exercise:
    return Exercise(
        group=group,
        type=one["type"],
        question=one["question"],
        history=tuple(one.get("history", ())),
        answerable=one["answerable"],
        evidence=tuple(one["evidence"]),
        must=tuple(tuple(group) for group in one["must"]),
    )


@contextmanager
def filled(documents: dict[str, str], encoder: Encoder) -> Iterator[Library]:
    """A temporary library of documents by name."""
    with TemporaryDirectory(prefix="jianbao-documents-") as name:
        folder = Path(name) / "bulletins"
        folder.mkdir()
        for title, text in documents.items():
            (folder / f"{title}.txt").write_text(text, "utf-8")
        library = Library(Path(name) / "home", encoder)
        library.sync(folder)
        try:
            yield library
        finally:
            library.close()


def _lines(name: str) -> Iterator[dict[str, Any]]:
    with lzma.open(str(files("rag.training").joinpath(name)), "rt", encoding="utf-8") as file:
        for line in file:
            yield json.loads(line)
